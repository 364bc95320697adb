// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of a followed log, or a divider between two lines.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>

namespace kube {

struct LogLine {
    enum class Kind : quint8 {
        Text,
        Restart,     ///< divider: the container was restarted; text is empty
        Reconnected, ///< divider: connection was lost and resumed without loss
        Gap,         ///< divider: lines may be missing here (rotation, previous instance gone)
        Ended,       ///< divider: container ended; text has the reason, e.g. "Completed, exit code 0"
    };
    Kind kind = Kind::Text;
    QByteArray stamp; ///< RFC 3339 with nanoseconds as the server wrote it; empty on dividers without a time
    QByteArray text;  ///< raw bytes without line end; may be invalid UTF-8
    bool cut = false; ///< longer than the line limit; the rest is dropped and said
};

} // namespace kube

Q_DECLARE_METATYPE(kube::LogLine)
