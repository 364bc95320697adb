// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/verdictverb.h"

#include "cli/answerwait.h"
#include "cli/boardprint.h"
#include "cli/choosecontext.h"
#include "cli/connectionlog.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "restart/verdictjson.h"
#include "restart/verdicttext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace cli {

using namespace Qt::StringLiterals;
using Presence = upgrade::Board::Presence;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString objectText(const upgrade::ObjectRef &ref)
{
    if (ref.name.isEmpty())
        return {};
    const QString name = ref.ns.isEmpty() ? ref.name : ref.ns + u'/' + ref.name;
    return plain(upgrade::kindName(ref.kind) + u' ' + name);
}

/// "R10  fact (Upgrade harvester-system/x)".
QString reasonText(const restart::Reason &reason)
{
    QString text = plain(restart::factText(reason.fact));
    if (const QString object = objectText(reason.object); !object.isEmpty() && !text.contains(reason.object.name))
        text += u" ("_s + object + u')';
    const QString rule = reason.rule.isEmpty() ? u"-"_s : reason.rule;
    return u"  "_s + rule.leftJustified(5) + text;
}

} // namespace

QJsonObject verdictJson(const session::ClusterState &state)
{
    QJsonObject json = restart::toJson(state.verdict, session::clusterNow(state));
    json.insert(u"context"_s, state.context);
    json.insert(u"connection"_s, connectionJson(state.connection));
    json.insert(u"denied"_s, QJsonArray::fromStringList(state.denied));
    return json;
}

QStringList printVerdict(const session::ClusterState &state, int width)
{
    const restart::Verdict &verdict = state.verdict;
    QStringList lines;
    const auto add = [&](const QString &text, int indent) { lines += wrapped(text, width, indent); };
    if (!verdict.upgrade.name.isEmpty()) {
        QString head = plain(verdict.upgrade.name);
        if (const QString to = state.board.toVersion; !to.isEmpty())
            head += u"  "_s + plain(state.board.fromVersion) + u" → "_s + plain(to);
        add(head, 0);
    }
    add(restart::title(verdict.code) + u" ("_s + restart::codeWord(verdict.code) + u')', 0);
    add(restart::sentence(verdict.code), 0);
    if (!verdict.reasons.isEmpty()) {
        lines += {QString(), tr("Why")};
        for (const restart::Reason &reason : verdict.reasons)
            add(reasonText(reason), 7);
    }
    if (!verdict.missing.isEmpty()) {
        lines += {QString(), tr("What is not known")};
        for (const restart::Missing &missing : verdict.missing)
            add(u"  - "_s + plain(restart::missingText(missing.what)), 4);
    }
    if (!verdict.instead.isEmpty()) {
        lines += {QString(), tr("What to do")};
        for (const upgrade::Message &advice : verdict.instead)
            add(u"  - "_s + plain(restart::insteadText(advice)), 4);
    }
    return lines;
}

Exit exitFor(const session::ClusterState &state, bool exitCode)
{
    if (state.board.presence == Presence::Loading)
        return exitWithoutAnswer(state.connection.error, !state.denied.isEmpty());
    if (state.board.presence == Presence::NotHarvester)
        return Exit::NotHarvester;
    return exitCode && state.verdict.code != restart::Code::Safe ? Exit::No : Exit::Told;
}

Exit runVerdict(const Arguments &arguments)
{
    const auto config = chooseContext(arguments);
    if (!config)
        return config.error();
    AnswerWait wait(arguments, *config);
    Interrupt interrupt;
    QObject::connect(
        &interrupt, &Interrupt::interrupted, &wait, [] { QCoreApplication::exit(int(Exit::Interrupted)); });
    QObject::connect(
        &wait, &AnswerWait::answered, &wait,
        [&arguments](const session::ClusterState &state) {
            for (const QString &line : printTrouble(state))
                err(line);
            // Also of a cluster that cannot be read: "not known" is an answer, and never "safe".
            if (arguments.json) {
                out(QString::fromUtf8(QJsonDocument(verdictJson(state)).toJson().trimmed()));
            } else {
                for (const QString &line : printVerdict(state, outputWidth()))
                    out(line);
            }
            QCoreApplication::exit(int(exitFor(state, arguments.exitCode)));
        },
        Qt::QueuedConnection);
    wait.start();
    return Exit(QCoreApplication::exec());
}

} // namespace cli
