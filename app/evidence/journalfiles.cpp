// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/journalfiles.h"

#include <QDir>
#include <QFileInfo>

#include <utility>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr qint64 piece = qint64(256) * 1024;
constexpr qsizetype longestLine = qsizetype(16) * 1024 * 1024; ///< etcd takes 1.5 MB for an object

} // namespace

QStringList journalFiles(const QString &folder)
{
    QStringList files;
    const QStringList names = QDir(folder).entryList({u"??????.jsonl"_s}, QDir::Files | QDir::NoSymLinks, QDir::Name);
    for (const QString &name : names) {
        if (numberOfJournalFile(name) > 0)
            files.append(folder + u'/' + name);
    }
    return files;
}

QString journalFile(const QString &folder, int number)
{
    return folder + u"/%1.jsonl"_s.arg(number, 6, 10, QLatin1Char('0'));
}

int numberOfJournalFile(const QString &path)
{
    return QFileInfo(path).fileName().section(u'.', 0, 0).toInt();
}

DiskResult<qint64> eachLine(const QString &path, qint64 offset, const UseLine &use)
{
    const auto file = openForReading(path);
    if (!file)
        return std::unexpected(file.error());
    QByteArray rest; // begins at offset
    bool skipping = false;
    for (;;) {
        const qsizetype had = rest.size();
        rest.resize(had + piece);
        const auto got = readAt(file->get(), rest.data() + had, piece, offset + had, path);
        if (!got)
            return std::unexpected(got.error());
        rest.resize(had + *got);
        if (*got == 0)
            return offset;
        qsizetype from = 0;
        for (qsizetype end = rest.indexOf('\n', had); end >= 0; end = rest.indexOf('\n', from)) {
            const QByteArrayView line = QByteArrayView(rest).sliced(from, end - from);
            from = end + 1;
            if (!use(std::exchange(skipping, false) ? QByteArrayView() : line, offset + from))
                return offset + from - line.size() - 1;
        }
        if (from == 0 && rest.size() > longestLine) {
            skipping = true;
            from = rest.size();
        }
        offset += from;
        rest.remove(0, from);
    }
}

} // namespace evidence
