// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Values that are known to be secret, sought wherever they turn up: as they are, in base64 (whatever stands before
/// them in the encoded text), base64url, percent-encoded, in hexadecimal, escaped for JSON, and broken over lines. Only
/// in memory; what is known is never written or shown.
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QSet>

#include <bitset>

namespace evidence {

/// From `start` up to `end`, in bytes.
struct Span {
    qsizetype start = 0, end = 0;
};

class KnownSecrets {
public:
    /// Ignored when shorter than 6 bytes or a word that any text has: masking those would hide what a bundle is for.
    void add(QByteArrayView secret);
    [[nodiscard]] bool isEmpty() const { return m_needles.isEmpty(); }
    /// The longest form of any of them, in bytes: what a text may be cut into without losing one.
    [[nodiscard]] qsizetype longest() const { return m_longest; }
    /// Where they are in `text`; ends of lines, and blanks at the beginning of a line, do not hide them, nor does the
    /// time that each line begins with when it is `stamped`.
    [[nodiscard]] QList<Span> find(QByteArrayView text, bool stamped = false) const;

private:
    void addForm(const QByteArray &form);

    QSet<QByteArray> m_values;
    QHash<quint32, QList<QByteArray>> m_needles; ///< by their first four bytes
    std::bitset<65536> m_begins;                 ///< by their first two
    qsizetype m_longest = 0;
};

} // namespace evidence
