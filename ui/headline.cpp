// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/headline.h"

#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace ui {

using namespace Qt::StringLiterals;
using session::Connection;
using upgrade::Board;

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("ui", text, comment);
}

QString upgradeStateWord(const Board &board)
{
    if (board.stopping)
        return tr("Being deleted");
    if (board.cleaningUp && board.state != upgrade::State::Failed)
        return tr("Cleaning up");
    return upgrade::stateTitle(board.state);
}

} // namespace

bool isStale(const Connection &connection)
{
    switch (connection.state) {
    case Connection::State::Online:
    case Connection::State::Degraded:
        return false;
    default:
        return true;
    }
}

QString connectionWord(Connection::State state)
{
    switch (state) {
    case Connection::State::Idle:
        return tr("Not connected");
    case Connection::State::Connecting:
        return tr("Connecting");
    case Connection::State::Online:
        return tr("Connected");
    case Connection::State::Degraded:
        return tr("Connected in part");
    case Connection::State::NeedsConsent:
        return tr("Waits for your consent");
    case Connection::State::NeedsLogin:
        return tr("Login refused");
    case Connection::State::Offline:
        return tr("Not reachable");
    case Connection::State::Failed:
        return tr("Cannot connect");
    }
    return {};
}

Glyph connectionGlyph(Connection::State state)
{
    switch (state) {
    case Connection::State::Idle:
        return {.shape = Shape::Ring, .tone = Tone::Muted};
    case Connection::State::Connecting:
        return {.shape = Shape::Arc, .tone = Tone::Running};
    case Connection::State::Online:
        return {.shape = Shape::Dot, .tone = Tone::Succeeded};
    case Connection::State::Degraded:
        return {.shape = Shape::Alert, .tone = Tone::Warning};
    case Connection::State::NeedsConsent:
        return {.shape = Shape::Question, .tone = Tone::Paused};
    case Connection::State::NeedsLogin:
        return {.shape = Shape::Off, .tone = Tone::Failed};
    case Connection::State::Offline:
        return {.shape = Shape::Off, .tone = Tone::Warning};
    case Connection::State::Failed:
        return {.shape = Shape::Cross, .tone = Tone::Failed};
    }
    return {};
}

QString retryText(const Connection &connection, const QDateTime &now)
{
    if (connection.state == Connection::State::Connecting)
        return tr("connecting");
    if (connection.state != Connection::State::Offline || !connection.retryAt.isValid())
        return {};
    const qint64 seconds = now.secsTo(connection.retryAt);
    return seconds <= 0 ? tr("retrying now")
                        : tr("retry in %1").arg(upgrade::durationText(std::chrono::seconds(seconds)));
}

Headline headlineOf(const session::ClusterState &state, const QDateTime &now)
{
    const Board &board = state.board;
    Headline line;
    line.name = state.context;
    switch (board.presence) {
    case Board::Presence::Loading:
        line.glyph = connectionGlyph(state.connection.state);
        line.state = connectionWord(state.connection.state);
        line.sentence = shown(state.connection.activity);
        return line;
    case Board::Presence::NotHarvester:
        line.glyph = {.shape = Shape::Question, .tone = Tone::Muted};
        line.state = tr("Not a Harvester cluster");
        break;
    case Board::Presence::NoUpgrade:
        line.versions = board.harvesterVersion.isEmpty() ? QString() : u"Harvester %1"_s.arg(board.harvesterVersion);
        line.glyph = {.shape = Shape::Dot, .tone = Tone::Succeeded};
        line.state = tr("No upgrade");
        line.sentence = board.offeredVersions.isEmpty()
            ? tr("No other version is offered.")
            //: %1 is a list of versions
            : tr("Offered versions: %1").arg(board.offeredVersions.join(u", "_s));
        break;
    case Board::Presence::Upgrade:
        line.name = board.upgrade.name;
        line.versions = change(board.fromVersion, board.toVersion);
        line.glyph = glyph(board.state, board.fraction);
        line.state = upgradeStateWord(board);
        if (board.state == upgrade::State::Running && board.fraction >= 0)
            line.state += u" "_s + percent(board.fraction);
        line.sentence = shown(upgrade::summary(board, now)).simplified();
        if (board.state == upgrade::State::Failed) {
            // Reason and message of the condition belong together.
            const QString why
                = QStringList{board.reason, board.message}.filter(QRegularExpression(u"."_s)).join(u": "_s);
            if (!why.isEmpty() && !line.sentence.contains(board.message))
                line.sentence += u" · "_s + shown(why).simplified();
        }
        if (board.started.isValid()) {
            line.elapsed = elapsed(board.started, board.finished.isValid() ? board.finished : now);
            line.times = board.finished.isValid()
                ? tr("Started %1, finished %2").arg(absoluteTime(board.started), absoluteTime(board.finished))
                : tr("Started %1").arg(absoluteTime(board.started));
        }
        if (board.estimate && !board.finished.isValid() && board.state != upgrade::State::Failed) {
            line.left = tr("about %1 left").arg(upgrade::durationText(board.estimate->remaining));
            line.leftBasis = upgrade::text(board.estimate->basis);
        }
        break;
    }
    if (isStale(state.connection) && !state.pastMoment.isValid()) {
        QStringList parts;
        if (const QString age = elapsed(board.asOf, now); !age.isEmpty())
            parts.append(tr("as of %1 ago").arg(age));
        const QString retry = retryText(state.connection, now.addMSecs(-state.clockAhead.count()));
        parts.append(retry.isEmpty() ? connectionWord(state.connection.state) : retry);
        line.age = parts.join(u" · "_s);
    }
    return line;
}

Brief briefOf(const session::ClusterState &state)
{
    const Board &board = state.board;
    Brief brief;
    brief.glyph = connectionGlyph(state.connection.state);
    brief.text = connectionWord(state.connection.state);
    brief.tone = brief.glyph.tone;
    const bool stale = isStale(state.connection);
    if (stale && state.connection.error) {
        brief.text = kube::describe(*state.connection.error).headline;
        return brief;
    }
    if (stale || board.presence == Board::Presence::Loading)
        return brief;
    const QString version
        = board.harvesterVersion.isEmpty() ? u"Harvester"_s : u"Harvester %1"_s.arg(board.harvesterVersion);
    switch (board.presence) {
    case Board::Presence::NotHarvester:
        brief.glyph = {.shape = Shape::Question, .tone = Tone::Muted};
        brief.text = tr("Not a Harvester cluster");
        brief.tone = Tone::Muted;
        break;
    case Board::Presence::NoUpgrade:
        brief.text = version;
        brief.tone = Tone::Muted;
        break;
    case Board::Presence::Upgrade: {
        brief.glyph = glyph(board.state, board.fraction);
        brief.tone = brief.glyph.tone;
        brief.text = upgradeStateWord(board);
        const std::optional<upgrade::PhaseId> phase = board.failedPhase ? board.failedPhase : board.currentPhase;
        const bool over = board.state == upgrade::State::Succeeded && !board.cleaningUp;
        if (over)
            brief.text = u"%1 · %2"_s.arg(brief.text, board.toVersion.isEmpty() ? version : board.toVersion);
        else if (phase)
            brief.text = u"%1 · %2"_s.arg(brief.text, upgrade::phaseTitle(*phase));
        break;
    }
    case Board::Presence::Loading:
        break;
    }
    return brief;
}

} // namespace ui
