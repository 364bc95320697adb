// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A recorded HTTP response: its status and its body without the chunk framing.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QString>

namespace support {

struct RecordedResponse {
    int status = 0;
    QByteArray body;
    bool complete = false; ///< the body came to its end

    /// `name` below tests/fixtures/kube/streams, without ".http".
    static RecordedResponse load(const QString &name)
    {
        RecordedResponse response;
        QFile file(QStringLiteral(GLEANER_FIXTURES "/kube/streams/") + name + QStringLiteral(".http"));
        if (!file.open(QIODevice::ReadOnly))
            return response;
        const QByteArray raw = file.readAll();
        const qsizetype headEnd = raw.indexOf("\r\n\r\n");
        const QByteArray head = raw.left(headEnd).toLower();
        response.status = raw.mid(9, 3).toInt();
        qsizetype at = headEnd + 4;
        if (!head.contains("transfer-encoding: chunked")) {
            response.body = raw.mid(at);
            response.complete = true;
            return response;
        }
        while (at < raw.size()) {
            const qsizetype lineEnd = raw.indexOf("\r\n", at);
            bool ok = false;
            const qsizetype size = raw.mid(at, lineEnd - at).toLongLong(&ok, 16);
            if (lineEnd < 0 || !ok)
                break;
            if (size == 0) {
                response.complete = true;
                break;
            }
            response.body += raw.mid(lineEnd + 2, size);
            at = lineEnd + 2 + size + 2;
        }
        return response;
    }
};

} // namespace support
