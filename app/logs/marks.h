// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The dividers of a kept log: a file beside it, `<log>.marks`, one JSON object a line:
/// {"at": byte offset in the log, "kind": "gap|restart|reconnected|ended|cut|dropped|replaced", "time": RFC 3339,
/// "text": …}
#pragma once

#include "logs/content.h"

#include <QByteArrayView>
#include <QList>

namespace logs {

struct Mark {
    qint64 at = 0; ///< the divider stands before the byte at this offset
    Divider divider;
    friend bool operator==(const Mark &, const Mark &) = default;
};

/// One line of a marks file, without '\n'; nullopt: it is none (torn, damaged, a kind of a later version).
[[nodiscard]] std::optional<Mark> parseMark(QByteArrayView line);
/// With '\n'.
[[nodiscard]] QByteArray markLine(const Mark &mark);

} // namespace logs
