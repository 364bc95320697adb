// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/logsettling.h"

#include "cli/console.h"
#include "logs/stamp.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

#include <optional>

namespace cli {

using namespace Qt::StringLiterals;
using Progress = session::LogProgress::State;

namespace {

constexpr qint64 tailBytes = qint64(64) * 1024;
constexpr qint64 quietFor = 1000; ///< ms a file of another process must not have grown

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// The time of the last line that has one, among those at the end of the file.
std::optional<qint64> lastTime(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly) || !file.seek(std::max<qint64>(0, file.size() - tailBytes)))
        return std::nullopt;
    const QList<QByteArray> lines = file.read(tailBytes).split('\n');
    for (qsizetype i = lines.size() - 2; i > 0; --i) { // the last is torn or empty, the first may begin anywhere
        if (const auto time = logs::stampTime(lines.at(i)))
            return time;
    }
    return std::nullopt;
}

QString titleOf(const LogSource &source)
{
    return plain(source.key.ns + u'/' + source.key.pod + u'/' + source.key.container);
}

} // namespace

bool LogSettling::isPending(const LogSource &source, const session::ClusterState &state)
{
    const auto isReached = [&] {
        const auto time = source.path.isEmpty() ? std::nullopt : lastTime(source.path);
        return time && *time >= m_asked.toMSecsSinceEpoch() * 1'000'000;
    };
    if (state.evidence.role == evidence::Store::Role::Reader) {
        if (source.path.isEmpty())
            return source.written;
        const bool quiet = m_clock.elapsed() - m_files.value(source.path).since >= quietFor;
        return !quiet && !isReached();
    }
    const auto progress = state.evidence.progress.constFind(source.key);
    if (progress == state.evidence.progress.cend()) // gone long ago, or not planned yet
        return source.written && source.live;
    switch (progress->state) {
    case Progress::Waiting:
        // Logs take turns: it may have been read up to now and wait for its next one.
        return source.written && !m_caughtUp.contains(source.key);
    case Progress::Reading:
        if (!m_caughtUp.contains(source.key) && !isReached())
            return true;
        break;
    case Progress::Following:
    case Progress::Ended:
    case Progress::Gone:
    case Progress::Failed:
    case Progress::Blocked:
    case Progress::Full:
        break;
    }
    m_caughtUp.insert(source.key);
    return false;
}

bool LogSettling::look(const QList<LogSource> &wanted, const session::ClusterState &state)
{
    if (!m_asked.isValid())
        m_asked = session::clusterNow(state);
    m_moved = false;
    for (const LogSource &source : wanted) {
        if (source.path.isEmpty())
            continue;
        File &file = m_files[source.path];
        const qint64 size = QFileInfo(source.path).size();
        if (std::exchange(file.size, size) != size) {
            file.since = m_clock.elapsed();
            m_moved = true;
        }
    }
    QList<evidence::LogKey> pending;
    for (const LogSource &source : wanted) {
        if (isPending(source, state))
            pending.append(source.key);
    }
    m_moved |= pending.size() != m_pending.size();
    m_pending = std::move(pending);
    return m_pending.isEmpty();
}

QList<LogComplaint> LogSettling::complaints(
    const QList<LogSource> &wanted, const session::ClusterState &state, bool late)
{
    QList<LogComplaint> list;
    for (const LogSource &source : wanted) {
        if (m_complained.contains(source.key))
            continue;
        LogComplaint complaint;
        const session::LogProgress progress = state.evidence.progress.value(source.key);
        switch (progress.state) {
        case Progress::Failed:
            complaint.text = tr("%1: its log cannot be read: %2")
                                 .arg(titleOf(source),
                                     progress.error ? explanation(*progress.error).join(u' ') : tr("not known why"));
            complaint.code = progress.error ? exitFor(*progress.error) : Exit::NotReached;
            break;
        case Progress::Blocked:
            complaint.text = tr("%1: its log cannot be kept: %2")
                                 .arg(titleOf(source),
                                     state.evidence.error ? plain(state.evidence.error->message) : tr("not known why"));
            complaint.code = Exit::Failed;
            break;
        case Progress::Full:
            complaint.text = tr("%1: its log is longer than the limit of what is kept").arg(titleOf(source));
            complaint.code = Exit::Failed;
            break;
        case Progress::Gone:
            complaint.text = tr("%1: the pod was gone before its log was read to the end").arg(titleOf(source));
            complaint.code = Exit::Told; // nobody can have more of it
            break;
        default:
            if (!late || !m_pending.contains(source.key))
                continue;
            complaint.text = tr("%1: its log was not read to the end in time").arg(titleOf(source));
        }
        m_complained.insert(source.key);
        list.append(complaint);
    }
    return list;
}

} // namespace cli
