// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/evidence_source.h"

#include <QDateTime>
#include <QTimeZone>

#include <algorithm>

namespace support {

namespace {

constexpr qint64 begin = 1795000000;

quint32 mixed(quint64 value)
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdULL;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ULL;
    return quint32(value >> 32);
}

} // namespace

kube::LogStamp LogSource::stamp(qint64 number) const
{
    // Every eighth burst of four lines has one stamp; every fifth line is stamped a little earlier than the one before
    // it.
    qint64 at = number;
    if (number / 4 % 8 == 0)
        at = number / 4 * 4;
    else if (number % 5 == 0 && number > 0)
        at = number - 2;
    const qint64 nanos = at * (1000000000 / m_rate) + 7;
    return {begin + nanos / 1000000000, int(nanos % 1000000000)};
}

kube::LogLine LogSource::line(qint64 number) const
{
    const quint32 dice = mixed(quint64(number) * 31 + m_seed);
    kube::LogLine line;
    const kube::LogStamp at = stamp(number);
    line.stamp = QDateTime::fromSecsSinceEpoch(at.seconds, QTimeZone::UTC).toString(u"yyyy-MM-ddTHH:mm:ss").toLatin1()
        + '.' + QByteArray::number(at.nanos).rightJustified(9, '0') + 'Z';
    if (dice % 29 == 0)
        return line; // empty
    line.text = "line " + QByteArray::number(number) + ' ';
    const int length = dice % 1009 == 0 ? 100000 : int(dice / 64 % 160);
    line.text += QByteArray(length, char('a' + dice % 26));
    if (dice % 13 == 0)
        line.text += "\xff\xfe\r";
    return line;
}

QByteArray LogSource::bytes(qint64 number) const
{
    const kube::LogLine one = line(number);
    return one.stamp + ' ' + one.text + '\n';
}

qint64 LogSource::firstSince(qint64 seconds) const
{
    const qint64 about = std::max<qint64>(0, (seconds - begin) * m_rate - 10);
    qint64 number = about;
    while (stamp(number).seconds < seconds)
        ++number;
    return number;
}

LogReading::LogReading(const LogSource &source, const QByteArray &stamp, int seen)
    : m_source(source)
    , m_cursor(stamp.isEmpty() ? kube::LogCursor() : kube::LogCursor(stamp, seen))
    , m_sent(0)
    , m_since(m_cursor.sinceTime())
{
    if (m_since)
        m_sent = source.firstSince(*m_since);
    m_cursor.resume(false);
}

QList<kube::LogLine> LogReading::next(int count)
{
    QList<kube::LogLine> out;
    while (out.size() < count && !isLost()) {
        const qint64 number = m_sent++;
        kube::LogLine line = m_source.line(number);
        if (m_since && kube::parseLogStamp(line.stamp)->seconds < *m_since)
            continue; // the server filters each line
        QList<kube::LogLine> fresh;
        m_cursor.take({line.stamp + ' ' + line.text, false}, fresh);
        // The last of the new ones is the one just sent; those before it had been held back.
        for (qsizetype i = 0; i < fresh.size(); ++i) {
            if (LogSource::gapBefore(number - (fresh.size() - 1 - i)))
                out.append({kube::LogLine::Kind::Gap, {}, {}, false});
            out.append(fresh.at(i));
        }
    }
    return out;
}

} // namespace support
