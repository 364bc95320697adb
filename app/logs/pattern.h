// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A query made ready for matching. A value that shares what it compiled; every function may be called from any thread
/// at the same time.
///
/// A pattern is matched against one line at a time, without stamp, '\n' and a '\r' before it; \w, \d, \s and \b are
/// ASCII. Text that is not UTF-8 is searched all the same. Matching is bounded: a pattern that would take for ever
/// gives up.
#pragma once

#include "logs/query.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <atomic>
#include <expected>
#include <memory>
#include <vector>

namespace logs {

struct PatternError {
    QString text;            ///< for people, with the position in words
    qsizetype position = -1; ///< in the query's text, in UTF-16 units; -1: nowhere in particular
};

/// A match in a line, in bytes.
struct Span {
    qsizetype start = 0;
    qsizetype length = 0;
    friend bool operator==(const Span &, const Span &) = default;
};

struct CompiledPattern; // private

class Pattern {
public:
    enum class Outcome : quint8 { Done, Stopped, GaveUp };
    struct Scan {
        Outcome outcome = Outcome::Done;
        quint32 line = 0; ///< GaveUp: on this line
    };

    /// Matches nothing.
    Pattern() = default;
    [[nodiscard]] static std::expected<Pattern, PatternError> compile(const Query &query);

    [[nodiscard]] bool isEmpty() const { return !d; }
    [[nodiscard]] Query query() const;
    /// Whether a line matches; a line on which the pattern gives up does not.
    [[nodiscard]] bool matches(QByteArrayView text) const;
    /// The same for a piece out of a long line; `begin`, `end`: it is the line's first or last.
    [[nodiscard]] bool matchesPiece(QByteArrayView piece, bool begin, bool end) const;
    /// The matches in a line in order, for painting: not more than `limit`, empty ones left out. Level queries have
    /// none.
    [[nodiscard]] QList<Span> spans(QByteArrayView text, qsizetype limit = 1000) const;

    /// Appends the numbers (from 0) of the lines in `chunk` that match, ascending. `chunk` is whole lines with their
    /// '\n', which the last may lack. `stamped`: each begins with a time that is not searched. Looks at `stop` now and
    /// then.
    [[nodiscard]] Scan scan(
        QByteArrayView chunk, bool stamped, std::vector<quint32> &lines, const std::atomic<bool> &stop) const;

private:
    std::shared_ptr<const CompiledPattern> d;
};

} // namespace logs
