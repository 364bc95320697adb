// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/httpparser.h"

#include <QUrl>

#include <utility>

namespace demo {
namespace {

bool isToken(const QByteArray &text)
{
    if (text.isEmpty())
        return false;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && !QByteArrayView("!#$%&'*+-.^_`|~").contains(c))
            return false;
    }
    return true;
}

} // namespace

QString HttpRequest::path() const
{
    const qsizetype mark = target.indexOf('?');
    return QUrl::fromPercentEncoding(mark < 0 ? target : target.left(mark));
}

QUrlQuery HttpRequest::query() const
{
    const qsizetype mark = target.indexOf('?');
    if (mark < 0)
        return {};
    // "+" is a blank in what Go's url.Values encodes; QUrlQuery leaves it alone.
    QByteArray text = target.mid(mark + 1);
    text.replace('+', "%20");
    return QUrlQuery(QString::fromLatin1(text));
}

bool HttpRequest::keepAlive() const
{
    const QByteArray connection = header("connection").toLower();
    return minorVersion >= 1 ? !connection.contains("close") : connection.contains("keep-alive");
}

void HttpParser::fail(int status, const QByteArray &text)
{
    m_error = Error{status, text};
    m_buffer.clear();
}

bool HttpParser::takeExpectContinue()
{
    return std::exchange(m_expectContinue, false);
}

bool HttpParser::parseHead(const QByteArray &head)
{
    QList<QByteArray> lines = head.split('\n');
    for (QByteArray &line : lines) {
        if (line.endsWith('\r'))
            line.chop(1);
    }
    const QList<QByteArray> start = lines.takeFirst().split(' ');
    if (start.size() != 3 || !isToken(start[0]) || !start[1].startsWith('/') || !start[2].startsWith("HTTP/1.")) {
        fail(400, "malformed HTTP request line");
        return false;
    }
    if (start[2] != "HTTP/1.1" && start[2] != "HTTP/1.0") {
        fail(505, "HTTP version not supported");
        return false;
    }
    m_request = {};
    m_request.method = start[0];
    m_request.target = start[1];
    m_request.minorVersion = start[2].back() - '0';
    for (const QByteArray &line : std::as_const(lines)) {
        if (line.isEmpty())
            continue;
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon).toLower();
        if (colon < 1 || !isToken(name)) {
            fail(400, "malformed header line");
            return false;
        }
        const QByteArray value = line.mid(colon + 1).trimmed();
        QByteArray &slot = m_request.headers[name];
        slot = slot.isEmpty() ? value : slot + ", " + value;
    }
    const QByteArray encoding = m_request.header("transfer-encoding").toLower();
    m_expectContinue = m_request.header("expect").toLower() == "100-continue";
    if (!encoding.isEmpty()) {
        if (encoding != "chunked" || m_request.headers.contains("content-length")) {
            fail(501, "unsupported transfer encoding");
            return false;
        }
        m_state = State::ChunkSize;
        return true;
    }
    bool ok = true;
    const QByteArray length = m_request.header("content-length");
    m_left = length.isEmpty() ? 0 : length.toLongLong(&ok);
    if (!ok || m_left < 0 || length.startsWith('+')) {
        fail(400, "bad Content-Length");
        return false;
    }
    if (m_left > m_limits.body) {
        fail(413, "request body too large");
        return false;
    }
    m_state = State::Fixed;
    return true;
}

std::optional<HttpRequest> HttpParser::finish()
{
    m_state = State::Head;
    m_expectContinue = false;
    return std::exchange(m_request, {});
}

std::optional<HttpRequest> HttpParser::next()
{
    while (!m_error) {
        switch (m_state) {
        case State::Head: {
            while (m_buffer.startsWith("\r\n")) // blank lines between requests are tolerated (RFC 9112, 2.2)
                m_buffer.remove(0, 2);
            const qsizetype end = m_buffer.indexOf("\r\n\r\n");
            if (end > m_limits.head || (end < 0 && m_buffer.size() > m_limits.head)) {
                fail(431, "request header fields too large");
                return std::nullopt;
            }
            if (end < 0) {
                // A TLS-less or binary talker never sends the blank line: judge its first line as soon as it is whole.
                const qsizetype eol = m_buffer.indexOf("\r\n");
                if (eol >= 0 && !m_buffer.left(eol).contains(" HTTP/1."))
                    fail(400, "malformed HTTP request line");
                return std::nullopt;
            }
            const QByteArray head = m_buffer.left(end);
            m_buffer.remove(0, end + 4);
            if (!parseHead(head))
                return std::nullopt;
            break;
        }
        case State::Fixed:
            if (m_buffer.size() < m_left)
                return std::nullopt;
            m_request.body = m_buffer.left(m_left);
            m_buffer.remove(0, m_left);
            return finish();
        case State::ChunkSize: {
            const qsizetype eol = m_buffer.indexOf("\r\n");
            if (eol < 0) {
                if (m_buffer.size() > 1024)
                    fail(400, "bad chunk size");
                return std::nullopt;
            }
            bool ok = false;
            m_left = m_buffer.left(eol).split(';').first().trimmed().toLongLong(&ok, 16);
            if (!ok || m_left < 0) {
                fail(400, "bad chunk size");
                return std::nullopt;
            }
            if (m_request.body.size() + m_left > m_limits.body) {
                fail(413, "request body too large");
                return std::nullopt;
            }
            m_buffer.remove(0, eol + 2);
            m_state = m_left == 0 ? State::Trailer : State::ChunkData;
            break;
        }
        case State::ChunkData:
            if (m_buffer.size() < m_left + 2)
                return std::nullopt;
            if (m_buffer.mid(m_left, 2) != "\r\n") {
                fail(400, "chunk longer than its size");
                return std::nullopt;
            }
            m_request.body += m_buffer.left(m_left);
            m_buffer.remove(0, m_left + 2);
            m_state = State::ChunkSize;
            break;
        case State::Trailer: {
            const qsizetype eol = m_buffer.indexOf("\r\n");
            if (eol < 0) {
                if (m_buffer.size() > m_limits.head)
                    fail(431, "trailer too large");
                return std::nullopt;
            }
            m_buffer.remove(0, eol + 2);
            if (eol == 0)
                return finish();
            break;
        }
        }
    }
    return std::nullopt;
}

} // namespace demo
