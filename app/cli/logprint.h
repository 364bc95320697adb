// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Rows of logs as bytes for stdout. As text every byte of a line is as the container wrote it, unless a terminal is to
/// be kept from obeying it; as JSON each row is an object on a line of its own (schema gleaner.log/v1, docs/cli.md).
/// Memory is bounded whatever the length of the log.
#pragma once

#include "cli/logselect.h"
#include "logs/content.h"

#include <QByteArrayView>

#include <functional>

namespace cli {

struct LogFormat {
    bool json = false;
    bool timestamps = false;
    bool visible = false;        ///< control characters as symbols: for a terminal
    std::optional<qint64> since; ///< nanoseconds since 1970
};

class LogPrinter {
public:
    /// False: no more is wanted.
    using Write = std::function<bool(QByteArrayView)>;
    LogPrinter(LogFormat format, Write write)
        : m_format(format)
        , m_write(std::move(write))
    {
    }

    /// By the numbers that rows have; more may come at the end.
    void setSources(const QList<LogSource> &sources);
    /// "pod/container" before each line of text.
    void setNames(bool on) { m_names = on; }
    /// Rows [first, end). False: the writer wants no more, or the rows cannot be read.
    [[nodiscard]] bool print(const logs::Content &content, qint64 first, qint64 end);
    /// How far its file has been gone through.
    [[nodiscard]] qint64 bytesOf(qsizetype source) const { return m_sources.at(source).bytes; }

private:
    struct Source {
        QByteArray name;    ///< "pod/container "
        QByteArray objects; ///< its part of each JSON object
        qint64 time = 0;    ///< of the line before
        qint64 bytes = 0;
        bool begun = false; ///< a line was printed
        bool began = false; ///< its Source divider waits for its first line
    };
    void line(const logs::Content &content, const logs::Row &row, qint64 number);
    void divider(const logs::Row &row);
    void textDivider(const Source &source, const logs::Divider &divider);
    void jsonDivider(const Source &source, const logs::Divider &divider);

    LogFormat m_format;
    Write m_write;
    QList<Source> m_sources;
    bool m_names = false;
    QByteArray m_out;
};

/// What a divider says, without its "---".
[[nodiscard]] QString dividerText(const logs::Divider &divider);
/// "restart", "gap" …: stable, part of the JSON.
[[nodiscard]] QByteArray dividerWord(logs::Divider::Kind kind);
/// As a JSON string, with its quotes. What is no UTF-8 becomes U+FFFD.
[[nodiscard]] QByteArray jsonString(QByteArrayView text);

} // namespace cli
