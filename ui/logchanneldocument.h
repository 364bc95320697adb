// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The lines of a LogChannel as a document, where nothing is kept on disk: bounded, and it says what it let go.
#pragma once

#include "logs/document.h"
#include "session/session.h"

#include <QHash>
#include <QTimer>

namespace ui {

class ChannelDocument final : public logs::Document {
    Q_OBJECT
public:
    static constexpr qsizetype defaultLimit = 500'000;
    static constexpr qint64 defaultBytes = qint64(128) * 1024 * 1024;
    explicit ChannelDocument(QObject *parent = nullptr)
        : ChannelDocument(defaultLimit, defaultBytes, parent)
    {
    }
    ChannelDocument(qsizetype limit, qint64 bytes, QObject *parent = nullptr);

    void append(const QList<session::LogBatchLine> &lines);
    /// How many lines were let go.
    [[nodiscard]] qint64 dropped() const { return m_dropped; }

    [[nodiscard]] logs::ContentPointer content() const override;
    [[nodiscard]] bool isComplete() const override { return true; }

    struct Chunk {
        QList<logs::Row> rows;
        qint64 bytes = 0;
    };
    using Chunks = QList<std::shared_ptr<const Chunk>>;
    static constexpr qsizetype chunkRows = 1024;

private:
    void push(logs::Row row);
    void forget();
    void tell();

    qsizetype m_limit;
    qint64 m_byteLimit;
    Chunks m_full; ///< each of chunkRows rows, but the first, when something was let go
    std::shared_ptr<Chunk> m_tail = std::make_shared<Chunk>();
    QStringList m_sources;
    QHash<QString, int> m_sourceOf;
    QHash<int, qint64> m_lines; ///< of each source, so far
    int m_last = -1;            ///< source of the last line
    qint64 m_bytes = 0;
    qint64 m_dropped = 0;
    qint64 m_rows = 0;
    qint64 m_told = 0; ///< rows that were told of
    QTimer m_pause;
    mutable logs::ContentPointer m_content; ///< null: changed since it was made
};

} // namespace ui
