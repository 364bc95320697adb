// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The lines of a LogFile as they were at one moment, as rows.
#pragma once

#include "logs/content.h"
#include "logs/logfile.h"

namespace logs {

class FileContent final : public Content {
public:
    /// Nothing yet.
    explicit FileContent(QString name);
    FileContent(std::shared_ptr<const LogFile> file, LogFile::Extent extent, bool stamped, QString name);

    [[nodiscard]] qint64 rowCount() const override { return m_extent.lines(); }
    [[nodiscard]] QList<Row> rows(qint64 first, qint64 count, qsizetype maxBytes) const override;
    [[nodiscard]] QByteArray part(qint64 row, qint64 offset, qsizetype length) const override;
    [[nodiscard]] QStringList sources() const override { return {m_name}; }
    [[nodiscard]] Scan scan(
        qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const override;
    [[nodiscard]] qint64 chunkEnd(qint64 first) const override;

    [[nodiscard]] const std::shared_ptr<const LogFile> &file() const { return m_file; }
    [[nodiscard]] const LogFile::Extent &extent() const { return m_extent; }

private:
    struct Text {
        qint64 offset = 0;
        qint64 length = 0;
    };
    [[nodiscard]] Text textOf(qint64 row) const;
    [[nodiscard]] Pattern::Outcome scanLong(qint64 row, const Pattern &pattern, bool &found, const Stop &stop) const;

    std::shared_ptr<const LogFile> m_file;
    LogFile::Extent m_extent;
    bool m_stamped = false;
    QString m_name;
};

/// Lines longer than this are searched in pieces of it; a match longer than the pieces overlap may be missed, and ^ and
/// $ match at the line's ends only.
inline constexpr qint64 longLine = qint64(1024) * 1024;
inline constexpr qint64 longLineOverlap = qint64(64) * 1024;

} // namespace logs
