// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The part of a search that its workers share: what is to be looked through, what was found. Private to Search. It
/// does not know the Search, which may be gone while the last worker ends.
#pragma once

#include "logs/content.h"
#include "logs/pattern.h"
#include "logs/rowset.h"
#include "logs/wake.h"

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace logs {

struct SearchRun : std::enable_shared_from_this<SearchRun> {
    SearchRun(Pattern pattern, std::shared_ptr<Wake::Bell> bell);

    struct Result {
        RowSet matches;
        qint64 scanned = 0;
        int tooComplex = 0; ///< lines on which the pattern gave up; they are no matches
        qint64 firstTooComplex = -1;
        bool ended = false; ///< too many of them
    };

    /// The document's thread: the document is `content` now, and rows from `firstChanged` on are to be looked at anew.
    void goOn(ContentPointer content, qint64 firstChanged);
    [[nodiscard]] Result result() const;
    /// Nobody waits for this any more. Returns at once.
    void stop() { m_stop = true; }

private:
    struct Piece {
        std::vector<quint32> hits; ///< less `first`
        qint64 first = 0;
        qint64 end = 0;
        int tooComplex = 0;
        qint64 firstTooComplex = -1;
    };
    void slice();
    [[nodiscard]] bool scanPiece();
    void scanInto(Piece &piece, const Content &content);
    void merge();

    const Pattern m_pattern;
    const std::shared_ptr<Wake::Bell> m_bell;
    std::atomic<bool> m_stop = false;

    mutable std::mutex m_mutex;
    ContentPointer m_content;
    qint64 m_next = 0;
    int m_lanes = 0;
    int m_epoch = 0; ///< what was begun in an earlier one is thrown away
    std::map<qint64, Piece> m_early;
    Result m_result;
};

} // namespace logs
