// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/boardprint.h"

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

/// Shape before word, as in the window: told without colour.
QString mark(State state)
{
    switch (state) {
    case State::Pending:
        return u"·"_s;
    case State::Running:
        return u"▶"_s;
    case State::Succeeded:
        return u"✓"_s;
    case State::Failed:
        return u"✗"_s;
    case State::Paused:
        return u"‖"_s;
    case State::Stuck:
        return u"!"_s;
    case State::Unknown:
        return u"?"_s;
    }
    return u"?"_s;
}

QString duration(const QDateTime &from, const QDateTime &to)
{
    if (!from.isValid() || !to.isValid() || from > to)
        return {};
    return upgrade::durationText(std::chrono::seconds(from.secsTo(to)));
}

QString percent(double fraction)
{
    return fraction < 0 ? QString() : u"%1 %"_s.arg(int(fraction * 100 + 0.0001));
}

QString versions(const QString &from, const QString &to)
{
    if (from.isEmpty())
        return to;
    return to.isEmpty() || to == from ? from : from + u" → "_s + to;
}

QString roles(const upgrade::NodeRow &node)
{
    QStringList names;
    if (node.controlPlane)
        names.append(u"control-plane"_s);
    if (node.etcd)
        names.append(u"etcd"_s);
    if (node.witness)
        names.append(u"witness"_s);
    return names.isEmpty() ? u"worker"_s : names.join(u',');
}

QString nodeState(const upgrade::NodeRow &node)
{
    const QString words
        = node.stateText.isEmpty() ? upgrade::stateTitle(node.state) : upgrade::nodeStateTitle(node.stateText);
    return mark(node.state) + u' ' + plain(words);
}

/// Time in the state. What was only found so has lasted at least since then: said from a minute on.
QString sinceText(const upgrade::NodeRow &node, const QDateTime &now)
{
    const QString text = duration(node.since, now);
    if (node.sinceExact || text.isEmpty())
        return text;
    return node.since.secsTo(now) < 60 ? QString() : u"> "_s + text;
}

QString pips(const upgrade::NodeRow &node)
{
    QString text;
    for (const upgrade::Tri tri :
        {node.preloaded, node.preDrained, node.runtimeUpgraded, node.systemUpgraded, node.back})
        text += tri == upgrade::Tri::Yes ? u'●' : tri == upgrade::Tri::No ? u'○' : u'·';
    return text;
}

QString nodeRemarks(const upgrade::NodeRow &node, const QDateTime &now)
{
    QStringList words;
    if (!node.present)
        words.append(tr("no such node"));
    if (!node.ready) {
        const QString since = duration(node.notReadySince, now);
        words.append(since.isEmpty() ? tr("not ready") : tr("not ready for %1").arg(since));
    }
    if (node.cordoned)
        words.append(tr("cordoned"));
    if (!node.waiting.isEmpty())
        words.append(plain(upgrade::text(node.waiting)));
    const QString detail = plain((node.reason + u' ' + node.message).trimmed());
    if (!detail.isEmpty())
        words.append(detail);
    return words.join(u", "_s);
}

/// What is waited for and since when; below it the object or line that says so, in the system's own words.
QString waitingText(const upgrade::Waiting &waiting, const QDateTime &now)
{
    const QString what = plain(upgrade::text(waiting.what));
    QString text = what;
    if (const QString since = duration(waiting.since, now); !since.isEmpty())
        text += u" · "_s + since;
    if (!waiting.node.isEmpty() && !what.contains(waiting.node))
        text += u" · "_s + waiting.node;
    const upgrade::Evidence &evidence = waiting.evidence;
    if (evidence.object.name.isEmpty())
        return text;
    text += u"\n  "_s + upgrade::kindName(evidence.object.kind) + u' ' + evidence.object.name;
    if (evidence.line > 0)
        text += tr(", line %1", "of a log").arg(evidence.line);
    else if (!evidence.field.isEmpty())
        text += u' ' + evidence.field;
    const QString words = plain(evidence.text.trimmed());
    if (!words.isEmpty() && !what.contains(words))
        text += u": "_s + words;
    return text;
}

QStringList phaseLines(const Board &board, const QDateTime &now)
{
    QList<QStringList> rows;
    for (const upgrade::Phase &phase : board.phases) {
        QString state = mark(phase.state) + u' ' + upgrade::stateTitle(phase.state);
        if (phase.skipped)
            state += u' ' + tr("(skipped)");
        QStringList activity;
        if (!phase.activity.isEmpty())
            activity.append(plain(upgrade::text(phase.activity)));
        if (phase.attempt > 1)
            activity.append(tr("attempt %1").arg(phase.attempt));
        const QString detail = plain((phase.reason + u' ' + phase.message).trimmed());
        if (!detail.isEmpty())
            activity.append(detail);
        const bool running
            = phase.state == State::Running || phase.state == State::Stuck || phase.state == State::Paused;
        rows.append({u"  "_s + upgrade::phaseTitle(phase.id), state, running ? percent(phase.fraction) : QString(),
            phase.finished.isValid() ? duration(phase.started, phase.finished)
                : running            ? duration(phase.started, now)
                                     : QString(),
            activity.join(u", "_s)});
    }
    return table(rows);
}

QStringList nodeLines(const Board &board, const QDateTime &now)
{
    const bool upgrading = board.presence == Board::Presence::Upgrade;
    QList<QStringList> rows;
    QStringList head{u"  "_s + tr("NODE"), tr("ROLES")};
    if (upgrading)
        head += {tr("STEPS"), tr("STATE"), tr("SINCE"), tr("JOB")};
    head += {u"KUBERNETES"_s, tr("OS"), tr("VMS"), tr("REMARKS")};
    rows.append(head);
    for (const upgrade::NodeRow &node : board.nodes) {
        QStringList row{u"  "_s + plain(node.name), roles(node)};
        if (upgrading)
            row += {pips(node), nodeState(node), sinceText(node, now),
                node.job.name.isEmpty() ? u"-"_s : plain(node.job.name)};
        row += {plain(versions(node.kubeletVersion, node.kubeletTarget)), plain(versions(node.osImage, node.osTarget)),
            node.runningVms < 0 ? u"?"_s : QString::number(node.runningVms), nodeRemarks(node, now)};
        rows.append(row);
    }
    return table(rows);
}

} // namespace

QStringList printBoard(const session::ClusterState &state, const QDateTime &now)
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
    case Board::Presence::Upgrade: {
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
        lines.append(head.join(u"   "_s));
        lines.append(plain(upgrade::summary(board, now)));
        if (const QString why = plain((board.reason + u' ' + board.message).trimmed()); !why.isEmpty())
            lines.append(why);
        if (board.waiting)
            lines.append(waitingText(*board.waiting, now));
        lines.append(QString());
        lines += phaseLines(board, now);
        break;
    }
    }
    if (!board.nodes.isEmpty()) {
        lines.append(QString());
        lines += nodeLines(board, now);
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
        lines += QStringList{QString()} + tail;
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
