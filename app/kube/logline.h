// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of a followed log, or a divider between two lines.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

namespace kube {

struct LogLine {
    enum class Kind : quint8 {
        Text,
        Restart,     ///< divider: the container was restarted; text is empty
        Reconnected, ///< divider: connection was lost and resumed without loss
        Gap,         ///< divider: lines may be missing here (rotation, previous instance gone)
        Ended,       ///< divider: nothing more can come; text says why as a code for logEndText()
    };
    Kind kind = Kind::Text;
    QByteArray stamp; ///< RFC 3339 with nanoseconds as the server wrote it; empty on dividers without a time
    QByteArray text;  ///< raw bytes without line end; may be invalid UTF-8
    bool cut = false; ///< longer than the line limit; the rest is dropped and said
};

/// Why a log ended, in the words of the present language. The code in `text` is never translated: lines outlive a
/// change of language. It is "REASON, exit code N" with the runtime's own word (Completed, Error, OOMKilled), or one of
/// the constants below; what is none of them is given back as it is. Thread-safe.
[[nodiscard]] QString logEndText(const QByteArray &code);

inline constexpr auto logEndPodGone = "The pod is gone";
inline constexpr auto logEndPodReplaced = "The pod was replaced by another of the same name";
inline constexpr auto logEndNeverRan = "The container never ran";

} // namespace kube

Q_DECLARE_METATYPE(kube::LogLine)
