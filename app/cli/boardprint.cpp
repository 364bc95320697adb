// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/boardprint.h"

#include "cli/boardtables.h"
#include "cli/console.h"
#include "upgrade/boardtext.h"

#include <QCoreApplication>

namespace cli {

using namespace Qt::StringLiterals;
using upgrade::Board;
using upgrade::State;

namespace {

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("cli", text, comment, n);
}

/// The object or line that says so, in the system's own words; empty where there is none. `said`: what need not be
/// repeated.
QString evidenceText(const upgrade::Evidence &evidence, const QString &said)
{
    if (evidence.object.name.isEmpty())
        return {};
    QString text = upgrade::kindName(evidence.object.kind) + u' ' + plain(evidence.object.name);
    if (evidence.line > 0)
        text += tr(", line %1", "of a log").arg(evidence.line);
    else if (!evidence.field.isEmpty())
        text += u' ' + plain(evidence.field);
    const QString words = plain(evidence.text.trimmed());
    if (!words.isEmpty() && !said.contains(words))
        text += u": "_s + words;
    return text;
}

/// What is waited for and since when; below it the evidence.
QString waitingText(const upgrade::Waiting &waiting, const QDateTime &now)
{
    const QString what = plain(upgrade::text(waiting.what));
    QString text = what;
    if (const QString since = duration(waiting.since, now); !since.isEmpty())
        text += u" · "_s + since;
    if (!waiting.node.isEmpty() && !what.contains(waiting.node))
        text += u" · "_s + waiting.node;
    const QString evidence = evidenceText(waiting.evidence, what);
    return evidence.isEmpty() ? text : text + u"\n  "_s + evidence;
}

/// The lines above the phases.
QStringList headLines(const Board &board, const QDateTime &now)
{
    QStringList head{plain(board.upgrade.name), plain(versions(board.fromVersion, board.toVersion)),
        mark(board.state) + u' ' + upgrade::stateTitle(board.state)};
    const QString elapsed = duration(board.started, board.finished.isValid() ? board.finished : now);
    if (!elapsed.isEmpty())
        head.append(elapsed);
    if (const QString done = percent(board.fraction); !done.isEmpty() && !board.finished.isValid())
        head.append(done);
    if (board.estimate)
        head.append(tr("about %1 left").arg(upgrade::durationText(board.estimate->remaining)));
    if (board.stopping)
        head.append(tr("being deleted"));
    QStringList lines{head.join(u"   "_s), plain(upgrade::summary(board, now))};
    if (board.failure) {
        const QString why = plain(upgrade::failureText(*board.failure));
        lines.append(why);
        if (const QString evidence = evidenceText(board.failure->evidence, why); !evidence.isEmpty())
            lines.append(u"  "_s + evidence);
    } else if (const QString why = plain((board.reason + u' ' + board.message).trimmed()); !why.isEmpty()) {
        lines.append(why);
    }
    if (board.waiting)
        lines += waitingText(*board.waiting, now).split(u'\n');
    return lines;
}

} // namespace

QStringList printBoard(const session::ClusterState &state, const QDateTime &now, int width)
{
    const Board &board = state.board;
    QStringList lines;
    switch (board.presence) {
    case Board::Presence::Loading:
        return {tr("Nothing is known of this cluster yet.")};
    case Board::Presence::NotHarvester:
        return {tr("%1 answers, but it is not a Harvester cluster: it has no upgrades.harvesterhci.io.")
                .arg(state.context)};
    case Board::Presence::NoUpgrade:
        lines.append(tr("No upgrade. Harvester %1")
                .arg(board.harvesterVersion.isEmpty() ? u"?"_s : plain(board.harvesterVersion)));
        if (!board.offeredVersions.isEmpty())
            lines.append(tr("Offered: %1").arg(plain(board.offeredVersions.join(u", "_s))));
        break;
    case Board::Presence::Upgrade:
        lines = headLines(board, now);
        break;
    }
    const auto fit = [&](const QStringList &from) {
        QStringList out;
        for (const QString &line : from)
            out += wrapped(line, width, line.startsWith(u' ') ? 4 : 2);
        return out;
    };
    lines = fit(lines);
    if (!board.phases.isEmpty()) {
        lines.append(QString());
        lines += phaseLines(board, now, width);
    }
    if (!board.nodes.isEmpty()) {
        lines.append(QString());
        lines += nodeLines(board, now, width);
    }
    QStringList tail;
    for (const upgrade::Message &note : board.notes)
        tail.append(u"  "_s + plain(upgrade::text(note)));
    if (!board.otherUpgrades.isEmpty()) {
        QStringList names;
        for (const upgrade::ObjectRef &other : board.otherUpgrades)
            names.append(plain(other.name));
        tail.append(u"  "_s + tr("Earlier upgrades: %1").arg(names.join(u", "_s)));
    }
    if (!tail.isEmpty())
        lines += QStringList{QString()} + fit(tail);
    return lines;
}

QString printLine(const session::ClusterState &state, const QDateTime &now)
{
    const Board &board = state.board;
    const QString time = now.toUTC().toString(u"hh:mm:ss'Z'"_s);
    if (board.presence != Board::Presence::Upgrade)
        return time + u"  "_s + printBoard(state, now).value(0);
    QStringList parts{mark(board.state) + u' ' + upgrade::stateTitle(board.state)};
    if (board.currentPhase) {
        QString phase = upgrade::phaseTitle(*board.currentPhase);
        const int index = int(*board.currentPhase);
        if (index < board.phases.size() && board.phases[index].fraction >= 0)
            phase += u' ' + percent(board.phases[index].fraction);
        if (index < board.phases.size() && !board.phases[index].activity.isEmpty())
            phase += u": "_s + plain(upgrade::text(board.phases[index].activity));
        parts.append(phase);
    }
    if (board.waiting)
        parts.append(waitingText(*board.waiting, now).section(u'\n', 0, 0));
    return time + u"  "_s + parts.join(u"   "_s);
}

QStringList printChanges(const Board &before, const Board &after, const QDateTime &now)
{
    QStringList lines;
    const QString time = now.toUTC().toString(u"hh:mm:ss'Z'"_s) + u"  "_s;
    QMap<QString, const upgrade::NodeRow *> old;
    for (const upgrade::NodeRow &node : before.nodes)
        old.insert(node.name, &node);
    for (const upgrade::NodeRow &node : after.nodes) {
        const upgrade::NodeRow *was = old.value(node.name);
        if (!was
            || (was->stateText == node.stateText && was->state == node.state && was->ready == node.ready
                && was->cordoned == node.cordoned))
            continue;
        QString line = time + plain(node.name) + u": "_s + nodeState(*was) + u" → "_s + nodeState(node);
        QStringList flags;
        if (was->ready != node.ready)
            flags.append(node.ready ? tr("ready") : tr("not ready"));
        if (was->cordoned != node.cordoned)
            flags.append(node.cordoned ? tr("cordoned") : tr("uncordoned"));
        if (!flags.isEmpty())
            line += u"  "_s + flags.join(u", "_s);
        lines.append(line);
    }
    for (const upgrade::Phase &phase : after.phases) {
        const auto index = int(phase.id);
        if (index >= before.phases.size() || before.phases[index].state == phase.state)
            continue;
        lines.append(time + upgrade::phaseTitle(phase.id) + u": "_s + upgrade::stateTitle(before.phases[index].state)
            + u" → "_s + upgrade::stateTitle(phase.state));
    }
    return lines;
}

QStringList printTrouble(const session::ClusterState &state)
{
    QStringList lines;
    const session::Connection &connection = state.connection;
    if (connection.error && connection.state != session::Connection::State::Online)
        lines += explanation(*connection.error);
    if (!state.denied.isEmpty())
        lines.append(tr("Not allowed to read: %1").arg(state.denied.join(u", "_s)));
    return lines;
}

} // namespace cli
