// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The lines of one log view: a ring of bounded length that says how much it let go. Lines are numbered from 1 for as
/// long as the view lives, so that a selection or a position means the same line after old ones went.
#pragma once

#include "session/session.h"

#include <QHash>
#include <QSet>

#include <deque>

namespace ui {

class LogStore {
public:
    static constexpr qsizetype defaultLimit = 200'000;
    static constexpr qsizetype byteLimit = 64 * 1024 * 1024; ///< of text
    explicit LogStore(qsizetype limit = defaultLimit, qsizetype bytes = byteLimit)
        : m_limit(limit)
        , m_byteLimit(bytes)
    {
    }

    struct Entry {
        kube::LogLine::Kind kind = kube::LogLine::Kind::Text;
        bool newPod = false; ///< divider: the first line of a pod or container not seen before
        bool cut = false;
        QByteArray stamp;
        QByteArray text;
        QString source; ///< "pod" or "pod/container"
    };

    /// Returns how many entries were added (dividers included).
    qsizetype append(const QList<session::LogBatchLine> &lines);
    void clear();

    [[nodiscard]] qint64 first() const { return m_first; }                          ///< number of the oldest kept line
    [[nodiscard]] qint64 end() const { return m_first + qint64(m_entries.size()); } ///< one past the newest
    [[nodiscard]] qsizetype count() const { return qsizetype(m_entries.size()); }
    [[nodiscard]] qint64 dropped() const { return m_first - 1; }
    [[nodiscard]] qsizetype sources() const { return m_sources.size(); }
    [[nodiscard]] qsizetype longest() const { return m_longest; } ///< bytes of the longest line so far
    [[nodiscard]] const Entry &at(qint64 number) const { return m_entries[size_t(number - m_first)]; }
    [[nodiscard]] bool contains(qint64 number) const { return number >= m_first && number < end(); }

    /// Line with `needle` (literal, ASCII case ignored) from `from` on, wrapping round; 0: none.
    [[nodiscard]] qint64 find(const QByteArray &needle, qint64 from, bool backward) const;

    /// The entry of a line of one container's log, counted from 1 as servers count, which reads `text` (empty: any). Of
    /// several attempts the latest. 0: not there (yet).
    [[nodiscard]] qint64 findLine(qint64 line, const QString &text) const;

private:
    void push(Entry entry);
    std::deque<Entry> m_entries;
    QSet<QString> m_sources;
    QHash<QString, qint64> m_gone; ///< lines of a source that are no longer kept
    qsizetype m_limit;
    qsizetype m_byteLimit;
    qsizetype m_bytes = 0;
    qsizetype m_longest = 0;
    qint64 m_first = 1;
};

/// Finds `needle`, which is lower case already, in `text`; ASCII case ignored. -1: not there.
[[nodiscard]] qsizetype findIgnoringCase(QByteArrayView text, QByteArrayView needle, qsizetype from = 0);

} // namespace ui
