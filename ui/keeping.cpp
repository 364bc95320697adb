// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keeping.h"

#include "ui/wording.h"

#include <QCoreApplication>
#include <QDir>
#include <QSysInfo>

#include <algorithm>
#include <cerrno>

namespace ui {

using namespace Qt::StringLiterals;
using evidence::Store;

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("ui", text, comment);
}

/// As evidence::Store names the process that writes.
QString thisProcess()
{
    return u"%1, %2"_s.arg(QSysInfo::machineHostName()).arg(QCoreApplication::applicationPid());
}

bool isFull(const evidence::DiskError &error)
{
    return error.code == ENOSPC || error.code == EDQUOT;
}

} // namespace

QString homely(const QString &path)
{
    const QString home = QDir::homePath();
    return home.size() > 1 && path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}

Keeping keepingOf(const session::ClusterState &state)
{
    const session::EvidenceState &evidence = state.evidence;
    Keeping keeping;
    keeping.folder = evidence.folder;
    const QString where = shown(homely(evidence.folder));
    keeping.details = {where};
    if (state.pastMoment.isValid()) {
        keeping.text = tr("Read from %1", "a folder").arg(where);
        return keeping;
    }
    switch (evidence.role) {
    case Store::Role::Closed:
        return {};
    case Store::Role::Writer: {
        keeping.text = tr("Logs are kept in %1", "a folder").arg(where);
        keeping.details.append(tr("Every log line of the upgrade and each version of its objects, from the moment "
                                  "Gleaner was connected. Secrets are never kept."));
        const bool full = evidence.objectsFull
            || std::ranges::any_of(evidence.progress,
                [](const session::LogProgress &one) { return one.state == session::LogProgress::State::Full; });
        if (full) {
            keeping.text = tr("The limit of what is kept is reached; the rest is not kept");
            keeping.tone = Tone::Warning;
        }
        break;
    }
    case Store::Role::Reader:
        if (evidence.writer == thisProcess()) {
            keeping.text = tr("Another context of this window keeps the logs");
            keeping.details.append(tr("Both contexts lead to the same cluster. Every log is kept once."));
            break;
        }
        keeping.text = evidence.writer.isEmpty()
            ? tr("Another window keeps the logs")
            : tr("Another window (%1) keeps the logs", "host and process").arg(shown(evidence.writer));
        keeping.details.append(
            tr("This window reads what the other one writes, and goes on by itself when it closes."));
        break;
    case Store::Role::Failed:
        keeping.text = tr("Logs are not kept");
        keeping.tone = Tone::Warning;
        break;
    }
    if (evidence.error) {
        keeping.text = evidence.role == Store::Role::Failed
            ? tr("Logs are not kept: %1").arg(shown(evidence.error->message))
            : tr("The keeping of logs has stopped: %1").arg(shown(evidence.error->message));
        keeping.tone = Tone::Warning;
    }
    return keeping;
}

Trouble keepingTrouble(const session::ClusterState &state)
{
    const session::EvidenceState &evidence = state.evidence;
    Trouble trouble;
    if (!evidence.error || state.pastMoment.isValid())
        return trouble;
    const evidence::DiskError &error = *evidence.error;
    trouble.tone = Tone::Warning;
    trouble.headline = isFull(error) ? tr("The disk is full: logs are not kept at present.")
                                     : tr("Logs are not kept at present: the folder cannot be written.");
    trouble.cause = error.path.isEmpty() ? shown(error.message)
                                         : u"%1: %2"_s.arg(shown(homely(error.path)), shown(error.message));
    if (isFull(error))
        trouble.advice = tr("Free some space there; Gleaner goes on by itself. What was kept before is safe, and what "
                            "the pods still have is read then.");
    else if (error.code == EACCES || error.code == EPERM || error.code == EROFS)
        trouble.advice = tr("Make the folder writable for you; Gleaner tries again by itself. What was kept before is "
                            "safe.");
    else
        trouble.advice = tr("Gleaner tries again by itself. What was kept before is safe.");
    if (evidence.role == Store::Role::Writer && !evidence.folder.isEmpty())
        trouble.actions.append(Trouble::Action::OpenFolder);
    trouble.actions.append(Trouble::Action::CopyDetails);
    trouble.details = u"context: %1\nkeeping: %2\n  path: %3\n  errno: %4"_s.arg(
        state.context, shown(error.message), shown(error.path), QString::number(error.code));
    return trouble;
}

} // namespace ui
