// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/status.h"

#include "cli/boardprint.h"
#include "cli/choosecontext.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "upgrade/boardjson.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>

namespace cli {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using session::Connection;
using Presence = upgrade::Board::Presence;

namespace {

constexpr auto logsPatience = 1500ms;

/// What may be repeated: without the times and the counters that change by themselves.
upgrade::Board comparable(upgrade::Board board)
{
    board.asOf = {};
    board.estimate.reset();
    return board;
}

} // namespace

QJsonObject statusJson(const session::ClusterState &state)
{
    QJsonObject json = upgrade::toJson(state.board, session::clusterNow(state));
    json.insert(u"context"_s, state.context);
    json.insert(u"connection"_s, connectionJson(state.connection));
    json.insert(u"denied"_s, QJsonArray::fromStringList(state.denied));
    return json;
}

Status::Status(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
{
    session::SessionOptions options;
    options.execConsent = true; // the call itself is the consent
    options.execTimeout = arguments.execTimeout;
    m_session = std::make_unique<session::Session>(config, options);
    connect(m_session.get(), &session::Session::changed, this, &Status::take);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Status::giveUp);
    m_logsDeadline.setSingleShot(true);
    connect(&m_logsDeadline, &QTimer::timeout, this, [this] {
        if (!m_told)
            tell(m_session->state());
    });
}

Status::~Status() = default;

void Status::start()
{
    // While a login plugin runs its own limit counts, not ours.
    m_deadline.start(m_arguments.timeout);
    m_session->start();
}

void Status::interrupt()
{
    end(m_told ? Exit::Told : Exit::Interrupted);
}

void Status::take(const session::ClusterState &state)
{
    if (m_ended)
        return;
    tellConnection(state);
    if (m_told) {
        tell(state);
        return;
    }
    const Connection &connection = state.connection;
    if (!connection.activity.isEmpty())
        m_deadline.stop();
    else if (!m_deadline.isActive())
        m_deadline.start(m_arguments.timeout);
    switch (connection.state) {
    case Connection::State::NeedsConsent:
    case Connection::State::NeedsLogin:
    case Connection::State::Failed:
        giveUp();
        return;
    case Connection::State::Offline:
        // Somebody who watches waits for a cluster that is just rebooting; a script wants to know now.
        if (m_arguments.watch && connection.error && connection.error->isTransient())
            tellTrouble(state);
        else
            giveUp();
        return;
    default:
        break;
    }
    if (!state.settled)
        return;
    if (state.board.presence == Presence::Loading) {
        giveUp();
        return;
    }
    if (state.logsSettled)
        tell(state);
    else if (!m_logsDeadline.isActive())
        m_logsDeadline.start(logsPatience);
}

void Status::tell(const session::ClusterState &state)
{
    tellTrouble(state);
    if (state.board.presence == Presence::Loading)
        return;
    const upgrade::Board board = comparable(state.board);
    const bool first = !m_told;
    if (!first && board == *m_told)
        return;
    const QDateTime now = session::clusterNow(state);
    if (m_arguments.json) {
        const auto format = m_arguments.watch ? QJsonDocument::Compact : QJsonDocument::Indented;
        out(QString::fromUtf8(QJsonDocument(statusJson(state)).toJson(format).trimmed()));
    } else if (first || board.presence != m_told->presence || board.upgrade != m_told->upgrade
        || board.state != m_told->state) {
        const QStringList lines = printBoard(state, now, outputWidth());
        for (const QString &line : lines)
            out(line);
        if (m_arguments.watch)
            out({});
        m_lastLine = printLine(state, now).mid(11);
    } else {
        const QStringList changes = printChanges(*m_told, board, now);
        for (const QString &line : changes)
            out(line);
        const QString line = printLine(state, now);
        // The time at its begin and the durations in it are no news.
        if (line.mid(11) != m_lastLine && changes.isEmpty())
            out(line);
        m_lastLine = line.mid(11);
    }
    m_told = board;
    if (first)
        tellConnection(state); // from here on it can be lost
    if (!m_arguments.watch)
        end(board.presence == Presence::NotHarvester ? Exit::NotHarvester : Exit::Told);
}

/// Part of what somebody who watches reads, and of what a script keeps: between the boards, with its time.
void Status::tellConnection(const session::ClusterState &state)
{
    if (!m_arguments.watch || !m_told)
        return;
    const auto event = m_connectionLog.take(state.connection, QDateTime::currentDateTimeUtc());
    if (!event)
        return;
    const QDateTime now = session::clusterNow(state);
    if (m_arguments.json)
        out(QString::fromUtf8(QJsonDocument(eventJson(*event, state.context, now)).toJson(QJsonDocument::Compact)));
    else
        out(now.toUTC().toString(u"hh:mm:ss'Z'"_s) + u"  "_s + eventText(*event));
}

void Status::tellTrouble(const session::ClusterState &state)
{
    // A lost connection has a line of its own when somebody watches.
    const bool lost
        = state.connection.state != Connection::State::Online && state.connection.state != Connection::State::Degraded;
    if (m_arguments.watch && m_told && lost)
        return;
    const QStringList trouble = printTrouble(state);
    if (trouble == m_lastTrouble)
        return;
    m_lastTrouble = trouble;
    for (const QString &line : trouble)
        err(line);
    if (trouble.isEmpty() && m_told)
        err(QCoreApplication::translate("cli", "Everything can be read again."));
}

void Status::giveUp()
{
    const session::ClusterState &state = m_session->state();
    if (state.board.presence != Presence::Loading) {
        // Some kind is late: what is known is worth more than nothing.
        tell(state);
        return;
    }
    tellTrouble(state);
    if (m_lastTrouble.isEmpty())
        err(QCoreApplication::translate("cli", "The cluster of the context \"%1\" did not answer in time.")
                .arg(plain(state.context)));
    end(exitWithoutAnswer(state.connection.error, !state.denied.isEmpty()));
}

void Status::end(Exit code)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    m_logsDeadline.stop();
    Q_EMIT ended(code);
}

Exit runStatus(const Arguments &arguments)
{
    const auto config = chooseContext(arguments);
    if (!config)
        return config.error();
    Status status(arguments, *config);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, &status, &Status::interrupt);
    QObject::connect(
        &status, &Status::ended, &status, [](Exit code) { QCoreApplication::exit(int(code)); }, Qt::QueuedConnection);
    status.start();
    return Exit(QCoreApplication::exec());
}

} // namespace cli
