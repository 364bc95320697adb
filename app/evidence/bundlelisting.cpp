// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/bundlelisting.h"

#include <QDirIterator>
#include <QFileInfo>
#include <QTimeZone>

namespace evidence {

using namespace Qt::StringLiterals;
using Code = BundleProblem::Code;

ArchiveKind archiveKind(QByteArrayView begin)
{
    if (begin.startsWith("PK\3\4") || begin.startsWith("PK\5\6"))
        return ArchiveKind::Zip;
    if (begin.size() >= 262 && begin.sliced(257, 5) == QByteArrayView("ustar"))
        return ArchiveKind::Tar;
    return ArchiveKind::None;
}

std::optional<QString> cleanPartName(const QByteArray &raw)
{
    constexpr qsizetype longest = 4096;
    if (raw.size() > longest || raw.contains('\0'))
        return std::nullopt;
    QString name = raw.isValidUtf8() ? QString::fromUtf8(raw) : QString::fromLatin1(raw);
    name.replace(u'\\', u'/'); // as archives made on Windows have it
    if (name.startsWith(u'/') || (name.size() > 1 && name.at(1) == u':' && name.at(0).isLetter()))
        return std::nullopt;
    for (QChar &c : name) {
        if (c.category() == QChar::Other_Control)
            c = QChar::ReplacementCharacter;
    }
    QStringList kept;
    const QStringList folders = name.split(u'/', Qt::SkipEmptyParts);
    for (const QString &folder : folders) {
        if (folder == ".."_L1)
            return std::nullopt;
        if (folder != "."_L1)
            kept.append(folder);
    }
    return kept.isEmpty() ? std::nullopt : std::optional(kept.join(u'/'));
}

void Listing::add(Part part, const QString &prefix, const QByteArray &rawName)
{
    const auto name = cleanPartName(rawName);
    if (!name) {
        m_problems.add(Code::LeavesArchive, prefix + QString::fromUtf8(rawName.left(200)));
        return;
    }
    if (m_parts.size() >= m_limits.parts) {
        if (!std::exchange(m_full, true))
            m_problems.add(Code::TooManyParts, {}, {}, 0, m_limits.parts);
        return;
    }
    part.name = prefix + *name;
    m_parts.append(std::move(part));
}

void Listing::addFolder(const QString &path, const QString &prefix)
{
    const QDir root(path);
    QDirIterator files(
        path, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (files.hasNext() && !m_full) {
        const QFileInfo file = files.nextFileInfo();
        const QString name = root.relativeFilePath(file.filePath());
        if (file.isSymLink()) {
            m_problems.add(Code::Link, prefix + name);
            continue;
        }
        if (file.isDir())
            continue;
        if (!file.isFile()) {
            m_problems.add(Code::Special, prefix + name);
            continue;
        }
        Part part;
        part.file = file.absoluteFilePath();
        part.size = file.size();
        part.modified = file.lastModified(QTimeZone::UTC);
        add(std::move(part), prefix, QFile::encodeName(name));
    }
    // The order of a folder is anybody's.
    std::ranges::sort(m_parts, {}, &Part::name);
}

namespace {

/// A number as tar writes it: octal digits, or base 256 behind a set first bit. -1: neither.
qint64 tarNumber(QByteArrayView field)
{
    if (!field.isEmpty() && (uchar(field.front()) & 0x80)) {
        quint64 value = uchar(field.front()) & 0x7f;
        for (const char c : field.sliced(1)) {
            if (value >> 54)
                return -1;
            value = (value << 8) | uchar(c);
        }
        return qint64(value);
    }
    QByteArray digits = field.toByteArray();
    if (const qsizetype end = digits.indexOf('\0'); end >= 0)
        digits.truncate(end);
    digits = digits.trimmed();
    if (digits.isEmpty())
        return 0;
    bool good = false;
    const qint64 value = digits.toLongLong(&good, 8);
    return good && value >= 0 ? value : -1;
}

QByteArray tarText(QByteArrayView field)
{
    const qsizetype end = field.indexOf('\0');
    return (end >= 0 ? field.first(end) : field).toByteArray();
}

bool sumHolds(QByteArrayView head)
{
    qint64 sum = 0;
    for (qsizetype i = 0; i < head.size(); ++i)
        sum += i >= 148 && i < 156 ? 32 : uchar(head.at(i));
    return tarNumber(head.sliced(148, 8)) == sum;
}

/// "LENGTH KEY=VALUE\n" records; those that change where a file is and how it is called.
void readPax(const QByteArray &records, QByteArray &path, qint64 &size)
{
    qsizetype at = 0;
    while (at < records.size()) {
        const qsizetype blank = records.indexOf(' ', at);
        bool good = false;
        const qint64 length = blank < 0 ? 0 : records.sliced(at, blank - at).toLongLong(&good);
        if (!good || length <= blank - at || length > records.size() - at)
            return;
        const QByteArrayView record = QByteArrayView(records).sliced(blank + 1, at + length - blank - 1).chopped(1);
        if (record.startsWith("path="))
            path = record.sliced(5).toByteArray();
        else if (record.startsWith("size="))
            size = record.sliced(5).toLongLong();
        at += length;
    }
}

} // namespace

void Listing::addTar(const QString &file, const QString &prefix)
{
    constexpr qint64 block = 512;
    constexpr qint64 longestExtra = qint64(64) * 1024;
    const QString shown = prefix.chopped(prefix.endsWith(u'/') ? 1 : 0);
    const auto opened = openForReading(file);
    if (!opened) {
        m_problems.add(Code::NotReadable, shown, opened.error().message);
        return;
    }
    const qint64 whole = sizeOf(opened->get());
    qint64 at = 0;
    QByteArray path;
    qint64 paxSize = -1;
    bool ended = false;
    while (at + block <= whole && !m_full) {
        QByteArray head(block, Qt::Uninitialized);
        if (readAt(opened->get(), head.data(), block, at).value_or(0) < block)
            break;
        at += block;
        if (head.count('\0') == block) {
            ended = true;
            break;
        }
        const QByteArrayView view(head);
        qint64 size = tarNumber(view.sliced(124, 12));
        const char type = head.at(156);
        if (!sumHolds(view) || size < 0) {
            m_problems.add(Code::Damaged, shown);
            return;
        }
        if (paxSize >= 0 && (type == '0' || type == '\0'))
            size = paxSize;
        // The block behind the contents must be a place in the file.
        if (size > whole - at) {
            if (type == '0' || type == '\0')
                m_problems.add(
                    Code::Truncated, prefix + QString::fromUtf8(path.isEmpty() ? tarText(view.first(100)) : path));
            size = whole - at;
            ended = true;
        }
        const qint64 begin = at;
        at += (size + block - 1) / block * block;
        if (type == 'L' || type == 'x') {
            QByteArray extra(std::min(size, longestExtra), Qt::Uninitialized);
            if (readAt(opened->get(), extra.data(), extra.size(), begin).value_or(0) == extra.size()) {
                if (type == 'L')
                    path = tarText(extra);
                else
                    readPax(extra, path, paxSize);
            }
            continue;
        }
        QByteArray name = std::exchange(path, {});
        paxSize = -1;
        if (name.isEmpty()) {
            name = tarText(view.first(100));
            // POSIX archives keep the folders of long names apart; old GNU ones have times there.
            const QByteArray folders
                = view.sliced(257, 6) == QByteArrayView("ustar\0", 6) ? tarText(view.sliced(345, 155)) : QByteArray();
            if (!folders.isEmpty())
                name = folders + '/' + name;
        }
        if (type == '1' || type == '2') {
            m_problems.add(Code::Link, prefix + QString::fromUtf8(name.left(200)));
        } else if (type == '3' || type == '4' || type == '6') {
            m_problems.add(Code::Special, prefix + QString::fromUtf8(name.left(200)));
        } else if ((type == '0' || type == '\0' || type == '7') && !name.endsWith('/')) {
            Part part;
            part.file = file;
            part.offset = begin;
            part.packed = part.size = size;
            part.modified
                = QDateTime::fromSecsSinceEpoch(std::max<qint64>(0, tarNumber(view.sliced(136, 12))), QTimeZone::UTC);
            add(std::move(part), prefix, name);
        }
    }
    // Two empty blocks end it; some writers leave them out, but nothing may hang over.
    if (!ended && at != whole && !m_full)
        m_problems.add(Code::Truncated, shown);
}

} // namespace evidence
