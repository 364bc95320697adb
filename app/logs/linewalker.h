// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Goes through the lines of a LogFile in order, from any of them, with one read for many lines and of a long line only
/// its begin. For one thread.
#pragma once

#include "logs/logfile.h"

#include <QByteArrayView>

namespace logs {

class LineWalker {
public:
    struct Line {
        qint64 number = 0;
        qint64 offset = 0;
        qint64 length = 0;    ///< without the line end, '\n' or "\r\n"
        QByteArrayView begin; ///< as much of it as was asked for; valid until the next call
    };

    /// Lines from `first` on, as far as `extent` says that they are there; of each at most `most` bytes.
    LineWalker(std::shared_ptr<const LogFile> file, LogFile::Extent extent, qint64 first, qint64 most);

    /// The next line; false: there is none, or it cannot be read.
    [[nodiscard]] bool next(Line &line);

private:
    [[nodiscard]] bool fill();

    std::shared_ptr<const LogFile> m_file;
    LogFile::Extent m_extent;
    qint64 m_line;
    qint64 m_most;
    qint64 m_offset; ///< of m_line
    QByteArray m_buffer;
    qint64 m_bufferAt = 0; ///< offset of the buffer's first byte
};

/// Without the bytes of a UTF-8 character that is cut at the end.
[[nodiscard]] QByteArrayView wholeCharacters(QByteArrayView cut);

} // namespace logs
