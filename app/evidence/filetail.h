// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the end of a file of lines says: whether its last line is whole, and where to go on reading a log. Reads
/// backwards from the end, in pieces, no further than needed.
#pragma once

#include "evidence/disk.h"

#include <QByteArray>

#include <functional>

namespace evidence {

/// At most `count` bytes from `offset`.
using ReadPart = std::function<DiskResult<QByteArray>(qint64 offset, qint64 count)>;

/// Where the last whole line of the `size` bytes ends; 0: there is none.
[[nodiscard]] DiskResult<qint64> wholeLines(const ReadPart &read, qint64 size);

/// Behind what a log already has: the stamp of its last stamped line, and how many lines of that stamp it has. So
/// kube::LogSpec takes it.
struct ResumePoint {
    QByteArray stamp; ///< empty: read from the beginning
    int seen = 0;
    friend bool operator==(const ResumePoint &, const ResumePoint &) = default;
};
/// `size` bytes of whole lines "STAMP TEXT\n". Lines of one stamp may have others between them, two seconds at most.
[[nodiscard]] DiskResult<ResumePoint> resumePoint(const ReadPart &read, qint64 size);

/// The line that ends at `end` (with its line end), at most `limit` bytes of its begin.
[[nodiscard]] DiskResult<QByteArray> lineBefore(const ReadPart &read, qint64 end, qint64 limit);

} // namespace evidence
