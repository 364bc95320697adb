// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the files of a zip are, by PKWARE's APPNOTE 6.3. KZip reads an archive by all its local heads into objects of
// its own, follows what they claim, and gives nothing of an archive whose end is missing.

#include "evidence/bundlelisting.h"

#include <QTimeZone>
#include <QtEndian>

#include <algorithm>
#include <limits>

namespace evidence {

using namespace Qt::StringLiterals;
using Code = BundleProblem::Code;

namespace {

constexpr qint64 endSize = 22, headSize = 30, entrySize = 46, locatorSize = 20, end64Size = 56;

quint16 u16(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint16>(bytes.data() + at);
}
quint32 u32(QByteArrayView bytes, qsizetype at)
{
    return qFromLittleEndian<quint32>(bytes.data() + at);
}
qint64 i64(QByteArrayView bytes, qsizetype at)
{
    const auto value = qFromLittleEndian<quint64>(bytes.data() + at);
    return value > quint64(std::numeric_limits<qint64>::max()) ? -1 : qint64(value);
}

struct Entry {
    QByteArray name;
    quint16 flags = 0, method = 0;
    quint32 crc = 0;
    qint64 packed = 0, size = 0, head = 0;
    quint16 time = 0, date = 0;
    bool link = false, special = false;
};

QDateTime dosTime(quint16 date, quint16 time)
{
    return QDateTime(QDate(1980 + (date >> 9), (date >> 5) & 15, date & 31),
        QTime(time >> 11, (time >> 5) & 63, (time & 31) * 2), QTimeZone::UTC);
}

/// Sizes over 4 GiB stand in the extra field, in the order of those that did not fit.
void readZip64(QByteArrayView extra, qint64 &size, qint64 &packed, qint64 *head)
{
    while (extra.size() >= 4) {
        const qsizetype length = u16(extra, 2);
        if (length > extra.size() - 4)
            return;
        QByteArrayView field = extra.sliced(4, length);
        if (u16(extra, 0) == 1) {
            for (qint64 *value : {&size, &packed, head}) {
                if (value && *value == 0xffffffffLL && field.size() >= 8) {
                    *value = i64(field, 0);
                    field = field.sliced(8);
                }
            }
        }
        extra = extra.sliced(4 + length);
    }
}

class ZipFile {
public:
    ZipFile(int fd, qint64 size)
        : m_fd(fd)
        , m_size(size)
    {
    }
    [[nodiscard]] QByteArray bytes(qint64 offset, qint64 count) const
    {
        if (offset < 0 || count <= 0 || offset >= m_size)
            return {};
        QByteArray out(std::min(count, m_size - offset), Qt::Uninitialized);
        out.truncate(readAt(m_fd, out.data(), out.size(), offset).value_or(0));
        return out;
    }
    [[nodiscard]] qint64 size() const { return m_size; }

    struct Directory {
        qint64 offset = 0, size = 0;
    };
    /// nullopt: the archive's end is missing.
    [[nodiscard]] std::optional<Directory> directory() const
    {
        const qint64 from = std::max<qint64>(0, m_size - endSize - 65535);
        const QByteArray tail = bytes(from, m_size - from);
        for (qsizetype at = tail.size() - endSize; at >= 0; --at) {
            const QByteArrayView end = QByteArrayView(tail).sliced(at);
            if (!end.startsWith("PK\5\6") || u16(end, 20) > end.size() - endSize)
                continue;
            Directory found{u32(end, 16), u32(end, 12)};
            const QByteArray locator = bytes(from + at - locatorSize, locatorSize);
            if (locator.size() == locatorSize && locator.startsWith("PK\6\7")) {
                const QByteArray end64 = bytes(i64(locator, 8), end64Size);
                if (end64.size() == end64Size && end64.startsWith("PK\6\6"))
                    found = {i64(end64, 48), i64(end64, 40)};
            }
            // Bytes in front of the archive move everything; where the directory must end is known all the same.
            if (found.offset >= 0 && found.size >= 0 && found.offset + found.size <= from + at
                && (found.size == 0 || bytes(found.offset, 4) == "PK\1\2"))
                return found;
        }
        return std::nullopt;
    }

    /// Goes through the directory; false: it is damaged.
    template<class Take>
    [[nodiscard]] bool eachEntry(const Directory &directory, Take &&take) const
    {
        constexpr qint64 window = qint64(1024) * 1024;
        QByteArray buffer;
        qint64 at = directory.offset;
        const qint64 end = directory.offset + directory.size;
        qsizetype used = 0;
        const auto need = [&](qsizetype count) {
            if (buffer.size() - used >= count)
                return true;
            at += used;
            buffer = bytes(at, std::min(end - at, std::max<qint64>(window, count)));
            used = 0;
            return buffer.size() >= count;
        };
        while (at + used < end) {
            if (!need(entrySize))
                return false;
            QByteArrayView head = QByteArrayView(buffer).sliced(used);
            if (!head.startsWith("PK\1\2"))
                return false;
            const qsizetype nameLength = u16(head, 28), extraLength = u16(head, 30), commentLength = u16(head, 32);
            const qsizetype whole = entrySize + nameLength + extraLength + commentLength;
            if (!need(whole))
                return false;
            head = QByteArrayView(buffer).sliced(used, whole);
            Entry entry;
            entry.flags = u16(head, 8);
            entry.method = u16(head, 10);
            entry.time = u16(head, 12);
            entry.date = u16(head, 14);
            entry.crc = u32(head, 16);
            entry.packed = u32(head, 20);
            entry.size = u32(head, 24);
            entry.head = u32(head, 42);
            entry.name = head.sliced(entrySize, nameLength).toByteArray();
            readZip64(head.sliced(entrySize + nameLength, extraLength), entry.size, entry.packed, &entry.head);
            if ((u16(head, 4) >> 8) == 3) { // made on Unix: its mode
                const quint32 type = (u32(head, 38) >> 16) & 0170000;
                entry.link = type == 0120000;
                entry.special = type != 0 && type != 0120000 && type != 0100000 && type != 0040000;
            }
            used += whole;
            take(std::move(entry));
        }
        return true;
    }

    /// Where the bytes behind a local head begin; -1: there is none.
    [[nodiscard]] qint64 contents(qint64 head) const
    {
        const QByteArray bytesOfHead = bytes(head, headSize);
        if (bytesOfHead.size() < headSize || !bytesOfHead.startsWith("PK\3\4"))
            return -1;
        return head + headSize + u16(bytesOfHead, 26) + u16(bytesOfHead, 28);
    }

private:
    int m_fd;
    qint64 m_size;
};

/// From `from` on the descriptor that ends a file whose size was not known when its head was written: it has a mark and
/// the very distance. The place behind it; -1: cut off before.
qint64 findDescriptor(const ZipFile &zip, qint64 from, Entry &entry)
{
    constexpr qint64 window = qint64(1024) * 1024;
    for (qint64 at = from; at < zip.size();) {
        const QByteArray piece = zip.bytes(at, window + 24);
        for (qsizetype found = piece.indexOf("PK\7\10"); found >= 0 && found < window;
            found = piece.indexOf("PK\7\10", found + 1)) {
            const QByteArrayView mark = QByteArrayView(piece).sliced(found);
            const qint64 distance = at + found - from;
            if (mark.size() >= 16 && u32(mark, 8) == quint32(distance)) {
                const bool wide = mark.size() >= 24 && i64(mark, 8) == distance && !mark.sliced(16).startsWith("PK");
                entry.crc = u32(mark, 4);
                entry.packed = distance;
                entry.size = wide ? i64(mark, 16) : u32(mark, 12);
                return at + found + (wide ? 24 : 16);
            }
        }
        if (piece.size() <= 24)
            break;
        at += std::min<qint64>(window, piece.size() - 3);
    }
    return -1;
}

} // namespace

void Listing::addZip(const QString &file, const QString &prefix)
{
    const QString shown = prefix.chopped(prefix.endsWith(u'/') ? 1 : 0);
    const auto opened = openForReading(file);
    if (!opened) {
        m_problems.add(Code::NotReadable, shown, opened.error().message);
        return;
    }
    const ZipFile zip(opened->get(), sizeOf(opened->get()));
    QList<Entry> entries;
    const auto take = [&](Entry entry) {
        const QString name = prefix + QString::fromUtf8(entry.name.left(200));
        if (entry.name.endsWith('/') || entry.name.endsWith('\\'))
            return;
        if (entry.link)
            m_problems.add(Code::Link, name);
        else if (entry.special)
            m_problems.add(Code::Special, name);
        else if (entry.flags & 1)
            m_problems.add(Code::Encrypted, name);
        else if (entry.method != 0 && entry.method != 8)
            m_problems.add(Code::UnknownPacking, name, QString::number(entry.method));
        else if (entries.size() + m_parts.size() <= m_limits.parts)
            entries.append(std::move(entry));
    };
    bool truncated = false;
    if (const auto directory = zip.directory()) {
        if (!zip.eachEntry(*directory, take))
            m_problems.add(Code::Damaged, shown);
    } else {
        m_problems.add(Code::Truncated, shown);
        qint64 at = 0;
        while (entries.size() + m_parts.size() <= m_limits.parts) {
            const QByteArray head = zip.bytes(at, headSize);
            if (head.size() < headSize || !head.startsWith("PK\3\4"))
                break;
            Entry entry;
            entry.head = at;
            entry.flags = u16(head, 6);
            entry.method = u16(head, 8);
            entry.time = u16(head, 10);
            entry.date = u16(head, 12);
            entry.crc = u32(head, 14);
            entry.packed = u32(head, 18);
            entry.size = u32(head, 22);
            entry.name = zip.bytes(at + headSize, u16(head, 26));
            readZip64(zip.bytes(at + headSize + u16(head, 26), u16(head, 28)), entry.size, entry.packed, nullptr);
            const qint64 begin = zip.contents(at);
            qint64 next = begin + entry.packed;
            if (entry.flags & 8)
                next = findDescriptor(zip, begin, entry);
            if (next < 0 || next > zip.size()) {
                // The last one: as far as it goes, and nothing says how long it was.
                truncated = true;
                entry.packed = std::max<qint64>(0, zip.size() - begin);
                entry.size = -1;
                take(std::move(entry));
                break;
            }
            take(std::move(entry));
            at = next;
        }
    }
    // Files that share bytes are how small archives unpack to petabytes.
    std::ranges::stable_sort(entries, {}, &Entry::head);
    QList<qint64> starts;
    starts.reserve(entries.size());
    for (const Entry &entry : std::as_const(entries))
        starts.append(zip.contents(entry.head));
    qint64 reached = 0;
    for (qsizetype i = 0; i < entries.size(); ++i) {
        Entry &entry = entries[i];
        const QString name = prefix + QString::fromUtf8(entry.name.left(200));
        const qint64 begin = starts.at(i);
        if (begin < 0 || entry.packed < 0) {
            m_problems.add(Code::Damaged, name);
            continue;
        }
        if (entry.head < reached) {
            m_problems.add(Code::Overlapping, name);
            continue;
        }
        if (entry.packed > zip.size() - begin) {
            m_problems.add(Code::Truncated, name);
            entry.packed = std::max<qint64>(0, zip.size() - begin);
            entry.size = -1;
        }
        reached = begin + entry.packed;
        Part part;
        part.file = file;
        part.offset = begin;
        part.packed = entry.packed;
        part.size = entry.size;
        part.modified = dosTime(entry.date, entry.time);
        const bool last = truncated && i + 1 == entries.size();
        if (entry.method == 8) {
            part.packing = {Packing::Deflate};
            if (!last && entry.size >= 0)
                part.crc = entry.crc;
        } else if (!last) {
            part.size = entry.packed;
        }
        add(std::move(part), prefix, entry.name);
    }
}

} // namespace evidence
