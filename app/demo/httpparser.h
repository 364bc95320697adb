// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// HTTP/1.1 requests out of a byte stream, in whatever pieces it comes (RFC 9112). Pure: no socket, no clock.
/// Rubbish and excess become an error with the status to answer; the connection has to be closed after that.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QUrlQuery>

#include <optional>

namespace demo {

struct HttpRequest {
    QByteArray method;
    QByteArray target; ///< as sent: "/api/v1/pods?watch=1"
    int minorVersion = 1;
    QMap<QByteArray, QByteArray> headers; ///< names in lower case; repeated ones joined with ", "
    QByteArray body;

    [[nodiscard]] QString path() const; ///< percent-decoded, without the query
    [[nodiscard]] QUrlQuery query() const;
    [[nodiscard]] QByteArray header(const QByteArray &name) const { return headers.value(name); }
    [[nodiscard]] bool keepAlive() const;
};

struct HttpLimits {
    qsizetype head = 64 * 1024;
    qsizetype body = 3 * 1024 * 1024; ///< what a real API server takes
};

class HttpParser {
public:
    using Limits = HttpLimits;
    struct Error {
        int status = 400;
        QByteArray text;
    };

    explicit HttpParser(Limits limits = {})
        : m_limits(limits)
    {
    }

    void feed(const QByteArray &bytes) { m_buffer += bytes; }
    /// The next whole request, if it is there. After an error: never again one.
    [[nodiscard]] std::optional<HttpRequest> next();
    [[nodiscard]] const std::optional<Error> &error() const { return m_error; }
    /// True once per request whose body the client holds back until it reads "100 Continue".
    [[nodiscard]] bool takeExpectContinue();
    [[nodiscard]] qsizetype buffered() const { return m_buffer.size(); }

private:
    enum class State { Head, Fixed, ChunkSize, ChunkData, Trailer };
    bool parseHead(const QByteArray &head);
    std::optional<HttpRequest> finish();
    void fail(int status, const QByteArray &text);

    Limits m_limits;
    QByteArray m_buffer;
    State m_state = State::Head;
    HttpRequest m_request;
    qsizetype m_left = 0;
    bool m_expectContinue = false;
    std::optional<Error> m_error;
};

} // namespace demo
