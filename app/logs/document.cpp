// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/document.h"

#include "logs/ansi.h"

namespace logs {

namespace {
constexpr qsizetype pieceBytes = qsizetype(1024) * 1024;
constexpr qint64 rowsAtOnce = 256;
constexpr qsizetype shortText = 4096;
} // namespace

bool writeText(const Content &content, qint64 first, qint64 end, TextOptions options,
    const std::function<bool(QByteArrayView)> &write, const Content::Stop &stop)
{
    const QStringList sources = options.sourceNames ? content.sources() : QStringList();
    end = std::min(end, content.rowCount());
    QByteArray out;
    const auto put
        = [&](QByteArrayView piece) { out += options.escapes ? piece.toByteArray() : withoutEscapes(piece); };
    for (qint64 at = first; at < end; at += rowsAtOnce) {
        const QList<Row> rows = content.rows(at, std::min(rowsAtOnce, end - at), shortText);
        if (rows.size() < std::min(rowsAtOnce, end - at))
            return false;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            const Row &row = rows.at(i);
            if (row.isDivider())
                continue;
            if (row.source < sources.size())
                out += '[' + sources.at(row.source).toUtf8() + "] ";
            if (options.stamps && !row.stamp.isEmpty())
                out += row.stamp + ' ';
            if (row.length == row.text.size()) {
                put(row.text);
            } else {
                for (qint64 offset = 0; offset < row.length;) {
                    const QByteArray piece = content.part(at + i, offset, pieceBytes);
                    if (piece.isEmpty() || stop || (out.size() > 0 && !write(out)))
                        return false;
                    out.clear();
                    put(piece);
                    offset += piece.size();
                }
            }
            out += '\n';
        }
        if (stop || !write(out))
            return false;
        out.clear();
    }
    return true;
}

} // namespace logs
