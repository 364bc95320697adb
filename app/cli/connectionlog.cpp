// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/connectionlog.h"

#include "cli/console.h"
#include "upgrade/boardtext.h"

#include <QCoreApplication>

#include <algorithm>

namespace cli {

using namespace Qt::StringLiterals;
using session::Connection;
using std::chrono::seconds;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Headline and cause on one line.
QString causeOf(const Connection &connection)
{
    if (!connection.error)
        return {};
    const kube::ErrorText text = kube::describe(*connection.error);
    QString line = plain(text.headline);
    if (const QString cause = plain(text.cause); !cause.isEmpty() && !line.contains(cause))
        line += u" "_s + cause;
    return line;
}

} // namespace

std::optional<ConnectionEvent> ConnectionLog::take(const Connection &connection, const QDateTime &now)
{
    constexpr seconds between{60};
    using S = Connection::State;
    ConnectionEvent event;
    event.connection = connection;
    if (connection.state == S::Online || connection.state == S::Degraded) {
        const bool lost = m_lost.isValid();
        event.kind = ConnectionEvent::Kind::Back;
        event.gone = lost ? seconds(m_lost.secsTo(now)) : seconds(0);
        m_reached = true;
        m_lost = {};
        return lost ? std::optional(event) : std::nullopt;
    }
    // A try that has not answered yet tells nothing.
    if (!m_reached || connection.state == S::Connecting || connection.state == S::Idle)
        return std::nullopt;
    const QString cause = causeOf(connection);
    if (connection.retryAt.isValid())
        event.wait = std::max(seconds(0), seconds(now.secsTo(connection.retryAt)));
    if (!m_lost.isValid()) {
        m_lost = now;
        m_told = {};
        m_cause = cause;
        event.kind = ConnectionEvent::Kind::Lost;
        return event;
    }
    const bool sameCause = std::exchange(m_cause, cause) == cause;
    const bool recent = m_told.isValid() && seconds(m_told.secsTo(now)) < between;
    if (sameCause && (recent || !connection.retryAt.isValid()))
        return std::nullopt;
    m_told = now;
    event.kind = ConnectionEvent::Kind::Retrying;
    event.gone = seconds(m_lost.secsTo(now));
    return event;
}

QString eventText(const ConnectionEvent &event)
{
    const QString cause = causeOf(event.connection);
    const QString gone = upgrade::durationText(event.gone);
    switch (event.kind) {
    case ConnectionEvent::Kind::Lost:
        return cause.isEmpty() ? tr("connection lost") : tr("connection lost: %1").arg(cause);
    case ConnectionEvent::Kind::Retrying: {
        QString line = tr("connection lost for %1, retrying").arg(gone);
        if (event.wait.count() >= 0)
            line = tr("connection lost for %1, retrying in %2").arg(gone, upgrade::durationText(event.wait));
        return cause.isEmpty() ? line : line + u": "_s + cause;
    }
    case ConnectionEvent::Kind::Back:
        return tr("connection back after %1").arg(gone);
    }
    return {};
}

QString connectionWord(Connection::State state)
{
    switch (state) {
    case Connection::State::Idle:
        return u"idle"_s;
    case Connection::State::Connecting:
        return u"connecting"_s;
    case Connection::State::Online:
        return u"online"_s;
    case Connection::State::Degraded:
        return u"degraded"_s;
    case Connection::State::NeedsConsent:
        return u"needs-consent"_s;
    case Connection::State::NeedsLogin:
        return u"needs-login"_s;
    case Connection::State::Offline:
        return u"offline"_s;
    case Connection::State::Failed:
        return u"failed"_s;
    }
    return {};
}

QJsonObject connectionJson(const Connection &connection)
{
    QJsonObject json{{u"state"_s, connectionWord(connection.state)}, {u"serverVersion"_s, connection.serverVersion}};
    if (connection.error) {
        json.insert(u"error"_s, kube::errorWord(connection.error->kind));
        json.insert(u"message"_s, connection.error->message);
    }
    return json;
}

QJsonObject eventJson(const ConnectionEvent &event, const QString &context, const QDateTime &time)
{
    using K = ConnectionEvent::Kind;
    const QString word = event.kind == K::Lost ? u"lost"_s : event.kind == K::Back ? u"back"_s : u"retrying"_s;
    return {{u"schema"_s, u"gleaner.connection/v1"_s}, {u"event"_s, word},
        {u"time"_s, time.toUTC().toString(Qt::ISODate)}, {u"context"_s, context},
        {u"connection"_s, connectionJson(event.connection)}, {u"lostSeconds"_s, qint64(event.gone.count())},
        {u"retrySeconds"_s, event.wait.count() < 0 ? QJsonValue() : QJsonValue(qint64(event.wait.count()))}};
}

} // namespace cli
