// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/logcursor.h"

#include <QDateTime>
#include <QHashFunctions>
#include <QTimeZone>

#include <algorithm>
#include <utility>

namespace kube {

namespace {

/// Exactly `count` digits at `at`; -1 when there are none.
int digits(QByteArrayView text, qsizetype at, qsizetype count)
{
    if (at + count > text.size())
        return -1;
    int value = 0;
    for (qsizetype i = at; i < at + count; ++i) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

/// Days since 1970-01-01 of a day of the Gregorian calendar (H. Hinnant, days_from_civil).
qint64 daysOf(int year, int month, int day)
{
    year -= month <= 2 ? 1 : 0;
    const qint64 era = (year >= 0 ? year : year - 399) / 400;
    const qint64 yearOfEra = year - era * 400;
    const qint64 dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719468;
}

/// "Z" or "+08:00", as seconds to take away.
std::optional<qint64> offsetOf(QByteArrayView zone)
{
    if (zone == "Z")
        return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return std::nullopt;
    const int hours = digits(zone, 1, 2);
    const int minutes = digits(zone, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    const qint64 offset = qint64(hours) * 3600 + qint64(minutes) * 60;
    return zone[0] == '-' ? -offset : offset;
}

size_t hashOf(const LogLine &line)
{
    return qHash(line.text, size_t(line.cut ? 1 : 0));
}

} // namespace

std::optional<LogStamp> parseLogStamp(QByteArrayView text)
{
    if (text.size() < 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
    const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
    if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 23 || minute < 0 || minute > 59
        || second < 0 || second > 60) {
        return std::nullopt;
    }
    qsizetype at = 19;
    int nanos = 0;
    if (text[at] == '.') {
        int places = 0;
        for (++at; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++places) {
            if (places == 9)
                return std::nullopt;
            nanos = nanos * 10 + (text[at] - '0');
        }
        if (places == 0)
            return std::nullopt;
        for (; places < 9; ++places)
            nanos *= 10;
    }
    const auto offset = offsetOf(text.sliced(at));
    if (!offset)
        return std::nullopt;
    return LogStamp{
        daysOf(year, month, day) * 86400 + qint64(hour) * 3600 + qint64(minute) * 60 + second - *offset, nanos};
}

QByteArray sinceTimeText(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::UTC).toString(Qt::ISODate).toLatin1();
}

LogCursor::LogCursor(QByteArrayView stamp, int seen)
{
    const auto parsed = parseLogStamp(stamp);
    if (!parsed)
        return;
    m_middle = true;
    m_first = m_last = *parsed;
    for (int i = 0; i < std::clamp(seen, 1, 10000); ++i)
        m_seen.push_back({*parsed, 0, true});
}

qint64 LogCursor::windowStart() const
{
    const qint64 start = m_last.seconds - 1;
    return m_since ? std::max(start, *m_since) : start;
}

std::optional<qint64> LogCursor::sinceTime() const
{
    if (m_seen.empty())
        return std::nullopt;
    return windowStart();
}

void LogCursor::remember(const Seen &seen)
{
    if (!m_first)
        m_first = seen.stamp;
    m_seen.push_back(seen);
    m_last = m_seen.size() == 1 ? seen.stamp : std::max(m_last, seen.stamp);
    const qint64 start = windowStart();
    while (m_seen.size() > 1 && m_seen.front().stamp.seconds < start)
        m_seen.pop_front();
    if (qsizetype(m_seen.size()) > mostRemembered) {
        m_forgotten = std::max(m_forgotten.value_or(LogStamp{}), m_seen.front().stamp);
        m_seen.pop_front();
    }
}

void LogCursor::resume(bool announce, bool askFirst)
{
    m_askFirst = askFirst;
    forgetHeld();
    m_expected.clear();
    m_announce = m_announce || announce;
    const auto since = sinceTime();
    if (!since) {
        m_stage = Stage::New;
        m_announce = false; // nothing was shown that could have been interrupted
        return;
    }
    for (const Seen &seen : m_seen) {
        if (seen.stamp.seconds >= *since)
            m_expected.push_back(seen);
    }
    m_byStamp = m_expected;
    std::ranges::sort(m_byStamp, {}, &Seen::stamp);
    m_lastRun = std::ranges::count_if(m_expected, [&](const Seen &seen) { return seen.is(m_expected.back()); });
    m_whole = (!m_middle || (m_first && m_first->seconds < *since)) && (!m_forgotten || m_forgotten->seconds < *since);
    m_stage = m_whole ? Stage::Aligned : Stage::Search;
    if (m_expected.empty())
        m_stage = Stage::New;
}

void LogCursor::forgetHeld()
{
    m_candidates.clear();
    m_bestSkip = -1;
    m_held.clear();
    m_searched = 0;
    m_lastFound = 0;
}

void LogCursor::take(const LineFramer::Line &line, QList<LogLine> &out)
{
    const qsizetype space = line.text.indexOf(' ');
    // An empty line may come without the blank after its stamp.
    const QByteArrayView head = QByteArrayView(line.text).first(space < 0 ? line.text.size() : space);
    const auto stamp = head.size() <= 40 ? parseLogStamp(head) : std::nullopt;
    if (!stamp) {
        // A note of the kubelet, said again on each opening; or, where lines come again, the rest of a long one that
        // began before the time asked for.
        if (m_stage == Stage::New && std::exchange(m_note, line.text) != line.text)
            out.append(LogLine{LogLine::Kind::Text, {}, line.text, line.cut});
        return;
    }
    Held held;
    held.line
        = {LogLine::Kind::Text, head.toByteArray(), space < 0 ? QByteArray() : line.text.sliced(space + 1), line.cut};
    held.seen = {*stamp, hashOf(held.line), false};
    if (m_stage == Stage::New)
        return emitNew(held, out);
    m_held.append(std::move(held));
    if (m_stage == Stage::Aligned)
        align(out);
    if (m_stage == Stage::Search)
        search(out);
}

void LogCursor::emitNew(const Held &held, QList<LogLine> &out)
{
    remember(held.seen);
    out.append(held.line);
}

/// Keeps the places of m_expected where the stream may have begun. They shrink to one with the first line, but for
/// lines that are alike to the nanosecond; of those the place that explains most lines wins.
void LogCursor::align(QList<LogLine> &out)
{
    const qsizetype at = m_held.size() - 1;
    const Seen &seen = m_held.last().seen;
    const auto size = qsizetype(m_expected.size());
    if (at == 0) {
        for (qsizetype begin = 0; begin < size; ++begin) {
            if (m_expected[size_t(begin)].is(seen))
                m_candidates.push_back(begin);
        }
    } else {
        std::erase_if(m_candidates, [&](qsizetype begin) { return !m_expected[size_t(begin + at)].is(seen); });
    }
    if (std::erase_if(m_candidates, [&](qsizetype begin) { return begin + at + 1 == size; }) > 0)
        m_bestSkip = at + 1;
    if (!m_candidates.empty()) {
        if (m_bestSkip < 0)
            m_held.last().line = {}; // known, whatever follows
        return;
    }
    if (m_bestSkip >= 0)
        found(m_bestSkip, out);
    else
        m_stage = Stage::Search;
}

bool LogCursor::isExpected(const Seen &seen) const
{
    const auto same = std::ranges::equal_range(m_byStamp, seen.stamp, {}, &Seen::stamp);
    return std::ranges::any_of(same, [&](const Seen &expected) { return expected.is(seen); });
}

void LogCursor::search(QList<LogLine> &out)
{
    const Seen last = m_expected.back();
    // Without texts, lines of a later stamp may still stand before the one we look for.
    LogStamp latest = m_last;
    if (last.any)
        latest.seconds += 1;
    while (m_searched < m_held.size()) {
        Held &held = m_held[m_searched++];
        if (held.seen.is(last) && ++m_lastFound == m_lastRun)
            return found(m_searched, out);
        if (held.seen.stamp > latest && !isExpected(held.seen)) {
            if (!m_askFirst)
                return lost(out);
            m_stage = Stage::Lost;
            return;
        }
        if (!m_whole && held.seen.stamp <= m_last)
            held.line = {}; // seen or too early, whatever follows
    }
}

void LogCursor::found(qsizetype skip, QList<LogLine> &out)
{
    m_stage = Stage::New;
    if (std::exchange(m_announce, false))
        out.append(LogLine{LogLine::Kind::Reconnected, {}, {}, false});
    const QList<Held> held = std::exchange(m_held, {});
    forgetHeld();
    m_expected.clear();
    m_byStamp.clear();
    for (qsizetype i = skip; i < held.size(); ++i)
        emitNew(held.at(i), out);
}

/// The last line seen did not come again.
void LogCursor::lost(QList<LogLine> &out)
{
    m_stage = Stage::New;
    m_announce = false;
    out.append(LogLine{LogLine::Kind::Gap, {}, {}, false});
    const QList<Held> held = std::exchange(m_held, {});
    const std::vector<Seen> expected = std::exchange(m_byStamp, {});
    std::vector<bool> met(expected.size());
    m_expected.clear();
    forgetHeld();
    const LogStamp last = m_last;
    for (const Held &one : held) {
        auto known = std::ranges::lower_bound(expected, one.seen.stamp, {}, &Seen::stamp);
        while (known != expected.end() && known->stamp == one.seen.stamp
            && (met[size_t(known - expected.begin())] || !known->is(one.seen))) {
            ++known;
        }
        if (known != expected.end() && known->stamp == one.seen.stamp)
            met[size_t(known - expected.begin())] = true;
        // Where the beginning was not asked for, earlier lines are such that nobody wanted.
        else if (m_whole || one.seen.stamp > last)
            emitNew(one, out);
    }
}

void LogCursor::streamEnded(bool complete, QList<LogLine> &out)
{
    if ((m_stage == Stage::Search || m_stage == Stage::Lost) && complete && !m_held.isEmpty())
        lost(out);
    forgetHeld();
}

} // namespace kube
