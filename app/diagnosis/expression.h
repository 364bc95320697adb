// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A regular expression of a rule: PCRE2 over bytes, ASCII letters in any case, with named captures. A value that
/// shares what it compiled; may be used from any thread. Matching is bounded: what would take for ever does not match.
#pragma once

#include <QByteArrayView>
#include <QMap>
#include <QStringList>

#include <expected>
#include <memory>
#include <optional>

struct pcre2_real_code_8;

namespace diagnosis {

using Captures = QMap<QString, QString>;

class Expression {
public:
    Expression() = default;
    /// The error says what and where.
    [[nodiscard]] static std::expected<Expression, QString> compile(const QString &regex);

    [[nodiscard]] const QStringList &names() const { return m_names; }
    /// What each match contains one of, in lower case; never empty.
    [[nodiscard]] const QList<QByteArray> &literals() const { return m_literals; }
    /// The named captures of the first match; groups that took no part are left out.
    [[nodiscard]] std::optional<Captures> match(QByteArrayView subject) const;

private:
    std::shared_ptr<pcre2_real_code_8> m_code;
    QStringList m_names;
    QList<int> m_groups; ///< of m_names
    QList<QByteArray> m_literals;
};

} // namespace diagnosis
