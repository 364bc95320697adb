// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Recorded answers of a real API server, written back byte for byte with the recorded pauses, faster if wanted.
#pragma once

#include "support/kube_server.h"

namespace support {

struct Recording {
    QByteArray method;
    QByteArray target; ///< path and query
    QByteArray accept;
    QByteArray body;                         ///< of the request
    QByteArray http;                         ///< the whole response
    QList<std::pair<int, qsizetype>> timing; ///< milliseconds since the request, bytes then

    [[nodiscard]] bool isEmpty() const { return http.isEmpty(); }
    [[nodiscard]] QByteArray path() const { return target.split('?').first(); }
};

/// From NAME.json and NAME.http; empty when they are not there.
[[nodiscard]] Recording loadRecording(const QString &pathWithoutSuffix);

/// Writes the response, pauses divided by `speed` (0: none), then ends the connection.
void replay(const Recording &recording, const Responder &responder, double speed = 0);

} // namespace support
