// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/filetail.h"

#include "kube/logcursor.h"

#include <algorithm>
#include <cstring>

namespace evidence {

namespace {

constexpr qint64 piece = qint64(256) * 1024;
constexpr qint64 stampRoom = 41; ///< a stamp and the blank behind it
constexpr qint64 furthest = qint64(64) * 1024 * 1024;
constexpr qint64 window = 2; ///< seconds

/// Calls `found` with the place of each '\n' of [0, end), from the last to the first, until it says false.
template<class Found>
DiskResult<void> eachLineEnd(const ReadPart &read, qint64 end, Found &&found)
{
    while (end > 0) {
        const qint64 begin = std::max<qint64>(0, end - piece);
        const auto bytes = read(begin, end - begin);
        if (!bytes)
            return std::unexpected(bytes.error());
        for (qsizetype at = bytes->size(); at > 0;) {
            const void *place = ::memrchr(bytes->constData(), '\n', size_t(at));
            if (!place)
                break;
            at = static_cast<const char *>(place) - bytes->constData();
            if (!found(begin + at))
                return {};
        }
        end = begin;
    }
    return {};
}

} // namespace

DiskResult<qint64> wholeLines(const ReadPart &read, qint64 size)
{
    qint64 whole = 0;
    const auto done = eachLineEnd(read, size, [&](qint64 place) {
        whole = place + 1;
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return whole;
}

DiskResult<ResumePoint> resumePoint(const ReadPart &read, qint64 size)
{
    ResumePoint point;
    kube::LogStamp last;
    std::optional<DiskError> error;
    // Pieces of the file from the end; heads of lines are taken from the piece in hand.
    QByteArray part;
    qint64 partBegin = size;
    const auto head = [&](qint64 from) -> QByteArrayView {
        const qint64 to = std::min(size, from + stampRoom);
        if (from < partBegin || to > partBegin + part.size()) {
            const qint64 end = std::min(size, to + stampRoom);
            partBegin = std::max<qint64>(0, end - piece);
            partBegin = std::min(partBegin, from);
            auto bytes = read(partBegin, end - partBegin);
            if (!bytes) {
                error = bytes.error();
                part = {};
                return {};
            }
            part = std::move(*bytes);
        }
        const qint64 at = from - partBegin;
        if (at >= part.size())
            return {};
        return QByteArrayView(part).sliced(at, std::min<qint64>(stampRoom, part.size() - at));
    };
    const auto take = [&](qint64 from) {
        const QByteArrayView bytes = head(from);
        if (error)
            return false;
        const qsizetype space = bytes.indexOf(' ');
        const QByteArrayView text = space < 0 ? QByteArrayView() : bytes.first(space);
        const auto stamp = kube::parseLogStamp(text);
        if (!stamp)
            return size - from < furthest; // a note of the kubelet
        if (point.stamp.isEmpty()) {
            point.stamp = text.toByteArray();
            last = *stamp;
        }
        if (*stamp == last)
            ++point.seen;
        return stamp->seconds >= last.seconds - window && size - from < furthest;
    };
    if (size <= 0)
        return point;
    bool more = true;
    const auto done = eachLineEnd(read, size - 1, [&](qint64 place) { return more = take(place + 1); });
    if (!done)
        return std::unexpected(done.error());
    if (more && !error)
        take(0);
    if (error)
        return std::unexpected(*error);
    return point;
}

DiskResult<QByteArray> lineBefore(const ReadPart &read, qint64 end, qint64 limit)
{
    qint64 begin = 0;
    const auto done = eachLineEnd(read, end - 1, [&](qint64 place) {
        begin = place + 1;
        return false;
    });
    if (!done)
        return std::unexpected(done.error());
    return read(begin, std::min(limit, end - begin));
}

} // namespace evidence
