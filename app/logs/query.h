// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is searched for. A value.
#pragma once

#include "logs/level.h"

#include <QString>

namespace logs {

struct Query {
    enum class Kind : quint8 {
        Literal,
        Regex, ///< PCRE2, matched against one line at a time, without its stamp and line end
        Level, ///< lines of at least `level`
    };
    Kind kind = Kind::Literal;
    QString text;
    Level level = Level::None; ///< for Kind::Level
    bool caseSensitive = false;
    bool wholeWord = false;

    /// Nothing to look for: matches nothing.
    [[nodiscard]] bool isEmpty() const { return kind == Kind::Level ? level == Level::None : text.isEmpty(); }
    friend bool operator==(const Query &, const Query &) = default;
};

} // namespace logs
