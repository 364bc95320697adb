// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/kube_logserver.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimeZone>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace support {

namespace {

QString timeText(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC).toString(Qt::ISODate);
}

QByteArray lineText(const LogServer::Line &line)
{
    return timeText(line.seconds).chopped(1).toLatin1() + '.' + QByteArray::number(line.nanos).rightJustified(9, '0')
        + "Z " + line.text;
}

} // namespace

LogServer::LogServer(Server &server, quint32 seed)
    : m_random(seed)
{
    instances.append(Instance{{}, 0, {}, m_seconds, -1, 0});
    server.on(path, [this](const HttpRequest &request, const Responder &responder) { servePod(request, responder); });
    server.on(path + "/log",
        [this](const HttpRequest &request, const Responder &responder) { serveLog(request, responder); });
}

void LogServer::write(const QByteArray &text)
{
    m_nanos += m_random.bounded(1, 5) == 1 ? int(m_random.bounded(600000000)) : int(m_random.bounded(2000000));
    if (m_nanos >= 1000000000) {
        m_nanos -= 1000000000;
        ++m_seconds;
    }
    instances.last().lines.append({m_seconds, m_nanos, text});
    feedAll();
}

void LogServer::rotate(qsizetype keep)
{
    Instance &instance = instances.last();
    instance.start = std::max(instance.start, instance.lines.size() - keep);
}

void LogServer::finish(int exitCode)
{
    m_shownPod = podJson();
    m_shownUntil = QDeadlineTimer(statusLag);
    instances.last().finishedAt = m_seconds;
    instances.last().exitCode = exitCode;
    feedAll();
}

void LogServer::restart()
{
    m_seconds += 2;
    instances.append(Instance{{}, 0, {}, m_seconds, -1, 0});
}

void LogServer::removePod()
{
    exists = false;
    cutStreams(2);
}

void LogServer::endIn(const Responder &responder, int kind) const
{
    switch (kind >= 0 ? kind : int(m_random.bounded(3))) {
    case 0:
        responder.abort();
        break;
    case 1:
        responder.close();
        break;
    default:
        responder.end();
        break;
    }
}

void LogServer::cutStreams(int kind)
{
    const QList<Follower> followers = std::exchange(m_followers, {});
    for (const Follower &follower : followers)
        endIn(follower.responder, kind);
}

bool LogServer::send(Follower &follower, QByteArray bytes)
{
    const bool spent = follower.budget >= 0 && bytes.size() >= follower.budget;
    if (spent)
        bytes.truncate(follower.budget);
    if (!bytes.isEmpty())
        follower.responder.chunk(bytes);
    if (follower.budget >= 0)
        follower.budget -= bytes.size();
    if (spent)
        endIn(follower.responder, -1);
    return !spent;
}

bool LogServer::feed(Follower &follower)
{
    if (!follower.responder.isOpen())
        return true;
    const Instance &instance = instances.at(follower.instance);
    longest = std::max(longest, follower.responder.unsent());
    QByteArray bytes;
    for (; follower.next < instance.lines.size(); ++follower.next) {
        const Line &line = instance.lines.at(follower.next);
        if (line.seconds >= follower.since)
            bytes += lineText(line) + '\n';
    }
    const bool over = !follower.follow || instance.finishedAt >= 0;
    if (over && !instance.tail.isEmpty())
        bytes += lineText({m_seconds, m_nanos, instance.tail});
    if (!send(follower, bytes))
        return true;
    if (over)
        follower.responder.end();
    return over;
}

void LogServer::feedAll()
{
    for (qsizetype i = m_followers.size() - 1; i >= 0; --i) {
        if (feed(m_followers[i]))
            m_followers.removeAt(i);
    }
}

QByteArray LogServer::podJson() const
{
    const int count = int(instances.size());
    const Instance &now = instances.last();
    const auto terminated = [](const Instance &instance) {
        return QJsonObject{{u"terminated"_s,
            QJsonObject{{u"exitCode"_s, instance.exitCode},
                {u"reason"_s, instance.exitCode == 0 ? u"Completed"_s : u"Error"_s},
                {u"startedAt"_s, timeText(instance.startedAt)}, {u"finishedAt"_s, timeText(instance.finishedAt)}}}};
    };
    QJsonObject status{{u"name"_s, u"c"_s}, {u"restartCount"_s, count - 1}};
    if (waiting)
        status.insert(u"state"_s, QJsonObject{{u"waiting"_s, QJsonObject{{u"reason"_s, u"ContainerCreating"_s}}}});
    else if (now.finishedAt < 0)
        status.insert(u"state"_s, QJsonObject{{u"running"_s, QJsonObject{{u"startedAt"_s, timeText(now.startedAt)}}}});
    else
        status.insert(u"state"_s, terminated(now));
    if (count > 1)
        status.insert(u"lastState"_s, terminated(instances.at(count - 2)));
    const QString containers = initContainer ? u"initContainers"_s : u"containers"_s;
    const QString statuses = initContainer ? u"initContainerStatuses"_s : u"containerStatuses"_s;
    const QJsonObject pod{{u"kind"_s, u"Pod"_s},
        {u"metadata"_s,
            QJsonObject{{u"name"_s, u"p"_s}, {u"namespace"_s, u"ns"_s}, {u"uid"_s, QString::fromLatin1(uid)},
                {u"resourceVersion"_s, u"1"_s}}},
        {u"spec"_s,
            QJsonObject{{u"restartPolicy"_s, QString::fromLatin1(restartPolicy)},
                {containers, QJsonArray{QJsonObject{{u"name"_s, u"c"_s}}}}}},
        {u"status"_s, QJsonObject{{u"phase"_s, QString::fromLatin1(phase)}, {statuses, QJsonArray{status}}}}};
    return QJsonDocument(pod).toJson(QJsonDocument::Compact);
}

void LogServer::servePod(const HttpRequest &, const Responder &responder)
{
    ++podLooks;
    if (!exists)
        return responder.json(404, statusJson(404, "NotFound", "pods \"p\" not found"));
    if (!m_shownUntil.hasExpired())
        return responder.json(200, m_shownPod);
    responder.json(200, podJson());
}

void LogServer::serveLog(const HttpRequest &request, const Responder &responder)
{
    ++opens;
    if (!exists)
        return responder.json(404, statusJson(404, "NotFound", "pods \"p\" not found"));
    if (waiting)
        return responder.json(
            400, statusJson(400, "BadRequest", "container \"c\" in pod \"p\" is waiting to start: ContainerCreating"));
    if (failOneIn > 0 && m_random.bounded(failOneIn) == 0)
        return responder.json(
            500, statusJson(500, "InternalError", "Get \"https://node1:10250\": connect: connection refused"));
    const QUrlQuery query(QString::fromLatin1(request.target.mid(request.target.indexOf('?') + 1)));
    Follower follower{responder, int(instances.size()) - 1, 0, -1, -1, query.queryItemValue(u"follow"_s) == u"true"_s};
    if (query.queryItemValue(u"previous"_s) == u"true"_s) {
        if (instances.size() < 2 || !previousKept)
            return responder.json(
                400, statusJson(400, "BadRequest", "previous terminated container \"c\" in pod \"p\" not found"));
        --follower.instance;
    }
    const Instance &instance = instances.at(follower.instance);
    follower.next = instance.start;
    if (const QString since = query.queryItemValue(u"sinceTime"_s); !since.isEmpty())
        follower.since = QDateTime::fromString(since, Qt::ISODate).toSecsSinceEpoch();
    if (const int tail = query.queryItemValue(u"tailLines"_s).toInt(); tail > 0)
        follower.next = std::max(follower.next, instance.lines.size() - tail);
    if (cutEach > 0)
        follower.budget = m_random.bounded(cutEach) + 1;
    responder.begin(200, {{"Content-Type", "text/plain"}});
    if (!feed(follower))
        m_followers.append(follower);
}

} // namespace support
