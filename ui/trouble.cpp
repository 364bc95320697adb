// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/trouble.h"

#include "ui/headline.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using session::Connection;

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("ui", text, comment);
}

/// For a bug report: stable words and the chain of causes. English on purpose, like any log.
QString detailsOf(const session::ClusterState &state)
{
    QStringList lines{u"context: %1"_s.arg(state.context)};
    const kube::Error *error = state.connection.error ? &*state.connection.error : nullptr;
    for (int depth = 0; error && depth < 8; ++depth, error = error->cause.get()) {
        lines.append(u"error: %1"_s.arg(kube::errorWord(error->kind)));
        const auto add = [&lines](const QString &key, const QString &value) {
            if (!value.isEmpty())
                lines.append(u"  %1: %2"_s.arg(key, shown(value)));
        };
        add(u"message"_s, error->message);
        add(u"http status"_s, error->httpStatus ? QString::number(error->httpStatus) : QString());
        add(u"reason"_s, error->reason);
        add(u"host"_s, error->host);
        add(u"request"_s, QStringList{error->verb, error->path}.join(u' ').trimmed());
        add(u"resource"_s, error->resource);
        add(u"namespace"_s, error->ns);
        add(u"name"_s, error->name);
        add(u"user"_s, error->user);
    }
    for (const QString &warning : state.connection.warnings)
        lines.append(u"warning: %1"_s.arg(shown(warning)));
    return lines.join(u'\n');
}

} // namespace

Trouble troubleOf(const session::ClusterState &state, const kube::ExecConfig *plugin, const QDateTime &now)
{
    using Action = Trouble::Action;
    const Connection &connection = state.connection;
    Trouble trouble;
    if (connection.state == Connection::State::NeedsConsent) {
        trouble.tone = Tone::Paused;
        const QString command = plugin ? plugin->command : connection.error ? connection.error->name : QString();
        trouble.headline = tr("To sign in, this kubeconfig runs a program on your computer.");
        QStringList lines{shellWords(QStringList{command} + (plugin ? plugin->args : QStringList()))};
        if (plugin) {
            QStringList names;
            for (const auto &[name, value] : plugin->env)
                names.append(shown(name));
            // Names only: values may be secrets.
            if (!names.isEmpty())
                lines.append(tr("It sets the variables %1.").arg(names.join(u", "_s)));
            lines.append(tr("Named in %1").arg(shown(plugin->file)));
        }
        trouble.cause = lines.join(u'\n');
        trouble.advice = tr("Run it only when you trust the file. You are asked again when the command changes.");
        trouble.program = shown(command.section(u'/', -1));
        trouble.actions = {Action::CancelPlugin, Action::AllowPlugin};
        trouble.urgent = true;
        return trouble;
    }
    const bool broken
        = connection.state == Connection::State::NeedsLogin || connection.state == Connection::State::Failed;
    if (!connection.error || connection.state == Connection::State::Online
        || connection.state == Connection::State::Idle)
        return trouble;
    const kube::ErrorText text = kube::describe(*connection.error);
    trouble.tone = broken ? Tone::Failed : Tone::Warning;
    trouble.headline = shown(text.headline);
    trouble.cause = shown(text.cause);
    trouble.advice = shown(text.advice);
    if (connection.state == Connection::State::Degraded)
        trouble.advice = trouble.advice.isEmpty()
            ? tr("The rest of the board is up to date.")
            : u"%1 %2"_s.arg(trouble.advice, tr("The rest of the board is up to date."));
    if (const QString retry = retryText(connection, now);
        !retry.isEmpty() && connection.state == Connection::State::Offline)
        trouble.headline = u"%1 · %2"_s.arg(trouble.headline, retry);
    trouble.actions = {Action::RetryNow, Action::CopyDetails};
    trouble.details = detailsOf(state);
    return trouble;
}

QString shellWords(const QStringList &words)
{
    static const QRegularExpression plain(u"^[A-Za-z0-9_@%+=:,./-]+$"_s);
    const auto unseen = [](QChar c) { return c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0); };
    QStringList quoted;
    for (const QString &word : words) {
        if (plain.match(word).hasMatch()) {
            quoted.append(word);
        } else if (std::none_of(word.cbegin(), word.cend(), unseen)) {
            quoted.append(u'\'' + QString(word).replace(u'\'', u"'\\''"_s) + u'\'');
        } else {
            // A line break or an escape sequence as $'…', the way shells write it.
            QString text;
            for (const QChar c : word) {
                if (c == u'\\' || c == u'\'')
                    text += u'\\' + QString(c);
                else if (c == u'\n')
                    text += u"\\n"_s;
                else if (c == u'\t')
                    text += u"\\t"_s;
                else if (unseen(c))
                    text += u"\\x%1"_s.arg(c.unicode(), 2, 16, QLatin1Char('0'));
                else
                    text += c;
            }
            quoted.append(u"$'"_s + text + u'\'');
        }
    }
    return shown(quoted.join(u' '));
}

QString actionText(Trouble::Action action, const QString &program)
{
    switch (action) {
    case Trouble::Action::RetryNow:
        return tr("Retry now");
    case Trouble::Action::CopyDetails:
        return tr("Copy details");
    case Trouble::Action::AllowPlugin:
        return program.isEmpty() ? tr("Run it") : tr("Run %1", "a program").arg(program);
    case Trouble::Action::CancelPlugin:
        return tr("Do not run it");
    case Trouble::Action::Disconnect:
        return tr("Disconnect");
    case Trouble::Action::OpenFolder:
        return tr("Open the folder");
    }
    return {};
}

} // namespace ui
