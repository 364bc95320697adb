// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/stamp.h"

#include <chrono>
#include <cstring>

namespace logs {

namespace {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// The number of `count` digits at `at`; -1: there are none.
int digits(QByteArrayView text, qsizetype at, int count)
{
    int value = 0;
    for (int i = 0; i < count; ++i) {
        if (at + i >= text.size() || !isDigit(text[at + i]))
            return -1;
        value = value * 10 + (text[at + i] - '0');
    }
    return value;
}

/// Seconds east of UTC of "Z" or "+08:00".
std::optional<int> zoneSeconds(QByteArrayView zone)
{
    if (zone == "Z")
        return 0;
    const int hours = digits(zone, 1, 2);
    const int minutes = digits(zone, 4, 2);
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':' || hours < 0 || minutes < 0)
        return std::nullopt;
    return (zone[0] == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
}

} // namespace

qsizetype stampLength(QByteArrayView line)
{
    constexpr qsizetype shortest = 20; // 2026-11-25T12:00:00Z
    constexpr qsizetype longest = 40;
    if (line.size() < shortest || !isDigit(line[0]) || !isDigit(line[3]) || line[4] != '-' || line[7] != '-'
        || line[10] != 'T' || line[13] != ':' || line[16] != ':' || !isDigit(line[18]))
        return 0;
    const QByteArrayView head = line.first(std::min(line.size(), longest));
    const void *found = std::memchr(head.data() + shortest - 1, ' ', size_t(head.size() - shortest + 1));
    if (!found && line.size() > longest)
        return 0;
    const qsizetype end = found ? static_cast<const char *>(found) - head.data() : head.size();
    const bool zone
        = head[end - 1] == 'Z' || (end >= 25 && head[end - 3] == ':' && (head[end - 6] == '+' || head[end - 6] == '-'));
    return zone ? end + (found ? 1 : 0) : 0;
}

std::optional<qint64> stampTime(QByteArrayView line)
{
    using namespace std::chrono;
    const qsizetype length = stampLength(line);
    if (length == 0)
        return std::nullopt;
    QByteArrayView stamp = line.first(length);
    if (stamp.endsWith(' '))
        stamp.chop(1);
    const int inYear = digits(stamp, 0, 4);
    // Nanoseconds in 64 bits reach from 1678 to 2261.
    if (inYear < 1700 || inYear > 2200)
        return std::nullopt;
    const year_month_day date(year(inYear), month(unsigned(digits(stamp, 5, 2))), day(unsigned(digits(stamp, 8, 2))));
    const int hour = digits(stamp, 11, 2);
    const int minute = digits(stamp, 14, 2);
    const int second = digits(stamp, 17, 2);
    if (!date.ok() || hour < 0 || hour > 24 || minute < 0 || minute > 59 || second < 0 || second > 60)
        return std::nullopt;
    qsizetype at = 19;
    qint64 nanoseconds = 0;
    if (stamp[at] == '.') {
        qint64 unit = 100'000'000;
        for (++at; at < stamp.size() && isDigit(stamp[at]); ++at, unit /= 10)
            nanoseconds += (stamp[at] - '0') * unit;
    }
    const auto zone = zoneSeconds(stamp.sliced(at));
    if (!zone)
        return std::nullopt;
    const qint64 seconds = qint64(sys_days(date).time_since_epoch().count()) * 86400 + qint64(hour) * 3600
        + qint64(minute) * 60 + second - *zone;
    return seconds * 1'000'000'000 + nanoseconds;
}

} // namespace logs
