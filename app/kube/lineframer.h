// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a byte stream into lines, wherever the network split it. Used for watches and logs. Memory is bounded: of a
/// line longer than the limit its beginning is kept, the rest up to the next line end is skipped, and the line says so.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

namespace kube {

class LineFramer {
public:
    struct Line {
        QByteArray text;  ///< without the '\n'; a '\r' before it stays, it may belong to the text
        bool cut = false; ///< longer than the limit: text is its beginning
    };

    /// `limit`: most bytes of one line.
    explicit LineFramer(qsizetype limit)
        : m_limit(limit)
    {
    }

    /// The lines that `bytes` complete, in order.
    [[nodiscard]] QList<Line> feed(QByteArrayView bytes);
    /// What has come of a line without an end, and forgets it. Empty text and not cut when there is nothing.
    [[nodiscard]] Line takeRest();
    [[nodiscard]] bool hasRest() const { return m_begun; }
    void clear();

private:
    void keep(QByteArrayView part);

    qsizetype m_limit;
    QByteArray m_rest;
    bool m_cut = false;
    bool m_begun = false; ///< at least one byte of the next line came
};

} // namespace kube
