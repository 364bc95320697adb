// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Rewrites a regular expression so that no part of it can match a line end. Such an expression may be run over many
/// lines at once (with PCRE2_MULTILINE) and finds what it would find in each line alone; that is many times faster than
/// a call for each line. Pure.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace logs {

struct Confined {
    QByteArray regex;
    bool looksBehind = false; ///< what stands before a line's text matters to it: '^', lookbehind
};

/// nullopt: uses something that is not known to stay inside of a line; to be matched line by line.
[[nodiscard]] std::optional<Confined> confined(QByteArrayView regex);

/// The length of a class like "[:alpha:]" that `regex` begins with; 0: it does not.
[[nodiscard]] qsizetype posixClassLength(QByteArrayView regex);

} // namespace logs
