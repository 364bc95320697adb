// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/logstream.h"

#include "demo/jsonedit.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr qint64 ahead = 256 * 1024; ///< bytes handed to the socket before it has taken them

std::expected<std::optional<qint64>, ApiError> number(const QUrlQuery &query, const QString &key, qint64 least)
{
    const QString text = query.queryItemValue(key, QUrl::FullyDecoded);
    if (text.isEmpty())
        return std::nullopt;
    bool ok = false;
    const qint64 value = text.toLongLong(&ok);
    if (!ok) {
        return std::unexpected(ApiError::badRequest(u"strconv.ParseInt: parsing \"%1\": invalid syntax"_s.arg(text)));
    }
    if (value < least) {
        ApiError error{422, u"Invalid"_s,
            u"PodLogOptions \"\" is invalid: %1: Invalid value: %2: must be greater than or equal to %3"_s.arg(key)
                .arg(value)
                .arg(least),
            {{u"kind"_s, u"PodLogOptions"_s}}};
        return std::unexpected(error);
    }
    return value;
}

bool flag(const QUrlQuery &query, const QString &key)
{
    const QString text = query.queryItemValue(key);
    return query.hasQueryItem(key) && (text.isEmpty() || text == "true"_L1 || text == "1"_L1);
}

} // namespace

std::expected<LogRequest, ApiError> readLogRequest(
    const QUrlQuery &query, const QJsonObject &pod, const LogBook &logs, qint64 now)
{
    LogRequest request;
    const QString podName = json::name(pod);
    request.id = {json::ns(pod), podName, query.queryItemValue(u"container"_s, QUrl::FullyDecoded)};
    request.follow = flag(query, u"follow"_s);
    request.previous = flag(query, u"previous"_s);
    request.timestamps = flag(query, u"timestamps"_s);
    const QString sinceTime = query.queryItemValue(u"sinceTime"_s, QUrl::FullyDecoded);
    if (!sinceTime.isEmpty()) {
        const QDateTime time = QDateTime::fromString(sinceTime, Qt::ISODateWithMs);
        if (!time.isValid()) {
            return std::unexpected(ApiError::badRequest(
                u"parsing time \"%1\" as \"2006-01-02T15:04:05Z07:00\": cannot parse \"%1\" as \"2006\""_s.arg(
                    sinceTime)));
        }
        request.since = time.toSecsSinceEpoch() * 1'000'000'000; // whole seconds, like metav1.Time
    }
    const auto sinceSeconds = number(query, u"sinceSeconds"_s, 1);
    const auto tail = number(query, u"tailLines"_s, 0), limit = number(query, u"limitBytes"_s, 1);
    for (const auto *value : {&sinceSeconds, &tail, &limit}) {
        if (!*value)
            return std::unexpected(value->error());
    }
    if (*sinceSeconds && request.since) {
        return std::unexpected(ApiError{422, u"Invalid"_s,
            u"PodLogOptions \"\" is invalid: <nil>: Forbidden: at most one of `sinceTime` or "
            "`sinceSeconds` may be specified"_s,
            {{u"kind"_s, u"PodLogOptions"_s}}});
    }
    if (*sinceSeconds)
        request.since = now - **sinceSeconds * 1'000'000'000;
    request.tailLines = *tail;
    request.limitBytes = *limit;

    QStringList containers;
    for (const QJsonValue container : json::get(pod, u"spec.containers").toArray())
        containers.append(container["name"_L1].toString());
    if (request.id.container.isEmpty()) {
        if (containers.size() != 1) {
            return std::unexpected(
                ApiError::badRequest(u"a container name must be specified for pod %1, choose one of: [%2]"_s.arg(
                    podName, containers.join(u' '))));
        }
        request.id.container = containers.first();
    }
    if (!containers.contains(request.id.container)) {
        return std::unexpected(
            ApiError::badRequest(u"container %1 is not valid for pod %2"_s.arg(request.id.container, podName)));
    }
    QJsonObject state;
    for (const QJsonValue status : json::get(pod, u"status.containerStatuses").toArray()) {
        if (status["name"_L1].toString() == request.id.container)
            state = status.toObject();
    }
    const QList<ContainerRun> *runs = logs.runs(request.id);
    if (request.previous) {
        if (!runs || runs->size() < 2) {
            return std::unexpected(ApiError::badRequest(
                u"previous terminated container \"%1\" in pod \"%2\" not found"_s.arg(request.id.container, podName)));
        }
    } else if (const QJsonObject waiting = json::get(state, u"state.waiting").toObject();
        !waiting.isEmpty() && (!runs || runs->isEmpty())) {
        const QString reason = waiting.value("reason"_L1).toString();
        const bool pull = reason == "ErrImagePull"_L1 || reason == "ImagePullBackOff"_L1;
        return std::unexpected(ApiError::badRequest(u"container \"%1\" in pod \"%2\" is waiting to start: %3"_s.arg(
            request.id.container, podName, pull ? u"trying and failing to pull image"_s : reason)));
    }
    return request;
}

LogStream::LogStream(HttpExchange *exchange, LogBook &logs, LogRequest request)
    : QObject(exchange)
    , m_exchange(exchange)
    , m_logs(logs)
    , m_request(std::move(request))
{
    m_left = m_request.limitBytes.value_or(-1);
    if (const QList<ContainerRun> *runs = m_logs.runs(m_request.id); runs && !runs->isEmpty()) {
        const ContainerRun &run = runs->at(m_request.previous ? runs->size() - 2 : runs->size() - 1);
        m_serial = run.serial;
        m_next = run.first;
        if (m_request.since) {
            const auto it = std::ranges::lower_bound(run.lines, *m_request.since, {}, &LoggedLine::at);
            m_next = std::max(run.first, run.kept + (it - run.lines.begin()));
        }
        if (m_request.tailLines)
            m_next = std::max(m_next, run.endNumber() - *m_request.tailLines);
    }
    connect(exchange, &HttpExchange::drained, this, [this] { pump(); });
    connect(&logs, &LogBook::ending, this, [this](const ContainerId &id) {
        if (id == m_request.id)
            pump(true);
    });
    connect(&logs, &LogBook::changed, this, [this](const ContainerId &id) {
        if (id == m_request.id)
            pump();
    });
    pump();
}

const ContainerRun *LogStream::run() const
{
    const QList<ContainerRun> *runs = m_logs.runs(m_request.id);
    for (qsizetype i = 0; runs && i < runs->size(); ++i) {
        if (runs->at(i).serial == m_serial)
            return &runs->at(i);
    }
    return nullptr;
}

void LogStream::pump(bool all)
{
    if (m_pumping || !m_exchange->isOpen())
        return;
    m_pumping = true;
    if (const QList<ContainerRun> *runs = m_logs.runs(m_request.id); m_serial < 0 && runs && !runs->isEmpty()) {
        m_serial = runs->last().serial;
        m_next = runs->last().first;
    }
    const ContainerRun *run = this->run();
    QByteArray out;
    bool full = false;
    while (run && m_next < run->endNumber() && m_left != 0) {
        if (!all && m_exchange->pending() + out.size() > ahead) {
            full = true;
            break;
        }
        // A follower reads the file it has open to its end. Was it rotated twice meanwhile, then it goes on with the
        // newest and has missed the one between.
        if (m_next < run->kept)
            m_next = run->first;
        const LoggedLine &line = run->line(m_next);
        ++m_next;
        QByteArray text = m_request.timestamps ? line.stamp() + ' ' + line.text + '\n' : line.text + '\n';
        if (m_cutNext) {
            m_exchange->write(out);
            m_exchange->truncate(text);
            return;
        }
        if (m_left > 0) {
            text.truncate(m_left);
            m_left -= text.size();
        }
        out += text;
    }
    m_exchange->write(out);
    const bool gone = !run && m_serial >= 0;
    const bool over = run && run->ended && m_next >= run->endNumber();
    m_pumping = false;
    if (!full && (gone || over || m_left == 0 || !m_request.follow)) {
        disconnect(&m_logs, nullptr, this, nullptr);
        m_exchange->end();
    }
}

} // namespace demo
