// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/boardtables.h"

#include "cli/console.h"
#include "upgrade/boardtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace cli {

using namespace Qt::StringLiterals;
using upgrade::Board;
using upgrade::State;

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

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
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

QString phaseRemarks(const upgrade::Phase &phase)
{
    QStringList words;
    if (!phase.activity.isEmpty())
        words.append(plain(upgrade::text(phase.activity)));
    if (phase.attempt > 1)
        words.append(tr("attempt %1").arg(phase.attempt));
    if (!phase.reached.isEmpty())
        words.append(tr("reached: %1").arg(plain(upgrade::text(phase.reached))));
    const QString detail = plain((phase.reason + u' ' + phase.message).trimmed());
    if (!detail.isEmpty())
        words.append(detail);
    return words.join(u", "_s);
}

/// Everything of a node in one row.
QStringList wideNodes(const Board &board, const QDateTime &now)
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

/// For a terminal that is not wide enough: what one follows in a row, Jobs shortened, the rest below it.
QStringList narrowNodes(const Board &board, const QDateTime &now, int width)
{
    constexpr int longestName = 30;
    constexpr int shortestJob = 12;
    const bool upgrading = board.presence == Board::Presence::Upgrade;
    QList<QStringList> rows;
    QStringList head{u"  "_s + tr("NODE")};
    if (upgrading)
        head += {tr("STEPS"), tr("STATE"), tr("SINCE")};
    head.append(tr("VMS"));
    rows.append(head);
    for (const upgrade::NodeRow &node : board.nodes) {
        QStringList row{u"  "_s + elided(plain(node.name), longestName)};
        if (upgrading)
            row += {pips(node), nodeState(node), sinceText(node, now)};
        row.append(node.runningVms < 0 ? u"?"_s : QString::number(node.runningVms));
        rows.append(row);
    }
    QStringList lines = table(rows);
    int column = 0;
    for (const QString &line : std::as_const(lines))
        column = std::max(column, cells(line) + 2);
    const auto beside = [&](const QString &line, const QString &job) {
        return width - column < shortestJob ? line
                                            : line + QString(column - cells(line), u' ') + elided(job, width - column);
    };
    QStringList out{upgrading ? beside(lines.constFirst(), tr("JOB")) : lines.constFirst()};
    for (qsizetype i = 0; i < board.nodes.size(); ++i) {
        const upgrade::NodeRow &node = board.nodes.at(i);
        const bool job = upgrading && !node.job.name.isEmpty();
        out.append(job ? beside(lines.at(i + 1), plain(node.job.name)) : lines.at(i + 1));
        const QStringList parts{roles(node), plain(versions(node.kubeletVersion, node.kubeletTarget)),
            plain(versions(node.osImage, node.osTarget))};
        out += wrapped(u"      "_s + parts.join(u" · "_s), width, 6);
        if (const QString remarks = nodeRemarks(node, now); !remarks.isEmpty())
            out += wrapped(u"      "_s + remarks, width, 6);
    }
    return out;
}

} // namespace

QString nodeState(const upgrade::NodeRow &node)
{
    const QString words
        = node.stateText.isEmpty() ? upgrade::stateTitle(node.state) : upgrade::nodeStateTitle(node.stateText);
    return mark(node.state) + u' ' + plain(words);
}

QStringList phaseLines(const Board &board, const QDateTime &now, int width)
{
    QList<QStringList> rows;
    for (const upgrade::Phase &phase : board.phases) {
        QString state = mark(phase.state) + u' ' + upgrade::stateTitle(phase.state);
        if (phase.skipped)
            state += u' ' + tr("(skipped)");
        const bool running
            = phase.state == State::Running || phase.state == State::Stuck || phase.state == State::Paused;
        rows.append({u"  "_s + upgrade::phaseTitle(phase.id), state, running ? percent(phase.fraction) : QString(),
            phase.finished.isValid() ? duration(phase.started, phase.finished)
                : running            ? duration(phase.started, now)
                                     : QString()});
    }
    QStringList lines = table(rows);
    int column = 0;
    for (const QString &line : std::as_const(lines))
        column = std::max(column, cells(line) + 2);
    constexpr int narrowest = 24; // for what is said beside the columns
    QStringList out;
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const QString remarks = phaseRemarks(board.phases.at(i));
        if (remarks.isEmpty()) {
            out.append(lines.at(i));
        } else if (width > 0 && width - column < narrowest) {
            out.append(lines.at(i));
            out += wrapped(u"      "_s + remarks, width, 6);
        } else {
            const QString padded = lines.at(i) + QString(column - cells(lines.at(i)), u' ');
            out += wrapped(padded + remarks, width, column);
        }
    }
    return out;
}

QStringList nodeLines(const Board &board, const QDateTime &now, int width)
{
    const QStringList wide = wideNodes(board, now);
    const bool fits
        = width <= 0 || std::ranges::all_of(wide, [&](const QString &line) { return cells(line) <= width; });
    return fits ? wide : narrowNodes(board, now, width);
}

} // namespace cli
