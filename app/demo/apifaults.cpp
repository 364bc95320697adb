// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What goes wrong on demand.

#include "demo/api.h"
#include "demo/jsonedit.h"
#include "demo/logstream.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QByteArray noChunk = QByteArrayLiteral("zz!\r\n\0\xfe\r\n");

} // namespace

bool Api::chance(double probability)
{
    return probability > 0 && static_cast<double>(m_random() >> 11) / static_cast<double>(1ULL << 53) < probability;
}

void Api::setFaults(const Faults &faults)
{
    m_faults = faults;
    if (faults.drop > 0 || faults.truncate > 0 || faults.stall > 0 || faults.halfClose > 0 || faults.garbage > 0)
        m_disturb.start();
    else
        m_disturb.stop();
}

void Api::remember(HttpExchange *stream)
{
    m_streams.removeIf([](const QPointer<HttpExchange> &one) { return !one || !one->isOpen(); });
    m_streams.append(stream);
}

void Api::disturbStreams()
{
    const auto streams = m_streams; // cutting one may end others
    for (const QPointer<HttpExchange> &stream : streams) {
        if (!stream || !stream->isOpen())
            continue;
        auto *log = stream->findChild<LogStream *>(Qt::FindDirectChildrenOnly);
        if (chance(m_faults.drop))
            stream->abort();
        else if (chance(m_faults.truncate) && log)
            log->cutInNextLine();
        else if (chance(m_faults.truncate) && !log)
            stream->truncate("{\"type\":\"MODIFIED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Cut\",\"metadata\":{"
                             "\"name\":\"cut\"}}}\n");
        else if (chance(m_faults.stall))
            stream->freeze();
        else if (chance(m_faults.halfClose))
            stream->halfClose();
        else if (chance(m_faults.garbage))
            stream->garbage(noChunk);
    }
}

QList<LogStream *> Api::followed(const ContainerId &only) const
{
    QList<LogStream *> found;
    for (const QPointer<HttpExchange> &stream : m_streams) {
        auto *log = stream && stream->isOpen() ? stream->findChild<LogStream *>(Qt::FindDirectChildrenOnly) : nullptr;
        if (log && log->follows() && (only.pod.isEmpty() || log->id() == only))
            found.append(log);
    }
    return found;
}

int Api::followers(const ContainerId &only) const
{
    return static_cast<int>(followed(only).size());
}

int Api::cutLogs(StreamCut how, const ContainerId &only)
{
    const QList<LogStream *> all = followed(only);
    for (LogStream *log : all) {
        HttpExchange *exchange = log->exchange();
        switch (how) {
        case StreamCut::End:
            exchange->end();
            break;
        case StreamCut::Abort:
            exchange->abort();
            break;
        case StreamCut::MidLine:
            log->cutInNextLine();
            break;
        case StreamCut::Freeze:
            exchange->freeze();
            break;
        case StreamCut::HalfClose:
            exchange->halfClose();
            break;
        case StreamCut::Garbage:
            exchange->garbage(noChunk);
            break;
        }
    }
    return static_cast<int>(all.size());
}

void Api::garbage(HttpExchange *exchange)
{
    switch (m_garbageTurn++ % 5) {
    case 0:
        exchange->garbage(QByteArray("\x16\x03\x01 this is no HTTP \0\xff\r\n\r\n", 27));
        break;
    case 1:
        exchange->reply(200, {{"Content-Type", "text/html"}}, "<html><body>Please log in to the proxy</body></html>");
        break;
    case 2:
        exchange->reply(200, headers("application/json"), "{\"kind\":\"NodeList\",\"items\":[{\"metadata\":{\"na");
        break;
    case 3:
        exchange->reply(200, headers("application/json"), "[null,42]");
        break;
    default:
        exchange->beginStream(200, headers("application/json"));
        exchange->garbage(noChunk);
        break;
    }
}

bool Api::injectFault(HttpExchange *exchange, const Route &to)
{
    if (chance(m_faults.drop)) {
        exchange->abort();
        return true;
    }
    if (chance(m_faults.stall))
        return true; // and that was that
    if (chance(m_faults.garbage)) {
        garbage(exchange);
        return true;
    }
    if (chance(m_faults.trickle))
        exchange->slowDown(std::max(1, m_faults.trickleBytes), static_cast<int>(m_faults.trickleEvery.count()));
    if (chance(m_faults.tooMany)) {
        ApiError error{429, u"TooManyRequests"_s,
            u"the server has received too many requests and has asked us to try again later"_s, {}};
        error.retryAfter = 1;
        answer(exchange, error);
        return true;
    }
    if (chance(m_faults.serverError)) {
        static const int codes[] = {500, 503, 504};
        const int code = codes[m_errorTurn++ % 3];
        ApiError error{code,
            code == 500       ? u"InternalError"_s
                : code == 503 ? u"ServiceUnavailable"_s
                              : u"Timeout"_s,
            code == 500       ? u"Internal error occurred: etcdserver: leader changed"_s
                : code == 503 ? u"the server is currently unable to handle the request"_s
                              : u"Timeout: request did not complete within the allotted timeout"_s,
            {}};
        answer(exchange, error);
        return true;
    }
    const bool continued = to.attributes.verb == "list"_L1 && exchange->request().query().hasQueryItem(u"continue"_s);
    if ((to.watch || continued) && chance(m_faults.gone)) {
        const ApiError error = ApiError::expired(u"too old resource version: 1 (%1)"_s.arg(m_store.version()));
        if (to.watch && m_goneTurn++ % 2) {
            exchange->beginStream(200, headers("application/json"));
            exchange->write("{\"type\":\"ERROR\",\"object\":" + json::compact(error.status()) + "}\n");
            exchange->end();
        } else {
            answer(exchange, error);
        }
        return true;
    }
    return false;
}

} // namespace demo
