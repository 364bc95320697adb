// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which releases a page or a paragraph of the manual is for. Pure. A version that nobody knows, or that has no number
/// ("master-head"), may be any: what is said of it is Maybe, and a reader sees all variants, each labelled.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <expected>
#include <optional>

namespace guidance {

/// The pair of releases an upgrade is between; either may be empty.
struct Versions {
    QString from, to;
    friend bool operator==(const Versions &, const Versions &) = default;
};

enum class Applies { No, Maybe, Yes };

/// "any", "1.8.x", "1.8.2", "1.9.0-dev" (any pre-release of it), "1.8.0-rc1", "1.7.0-rc" (rc1, rc2 …), ">=1.7.0",
/// "<1.5.1". A release counts for its plain number whatever its suffix; a pattern with a suffix is for pre-releases
/// only.
[[nodiscard]] bool isPattern(const QString &pattern);
[[nodiscard]] Applies matches(const QString &pattern, const QString &version);
/// Any of the patterns; none at all is "any".
[[nodiscard]] Applies matchesAny(const QStringList &patterns, const QString &version);

/// One comparison of a paragraph's condition: "to >= 1.7".
struct Comparison {
    enum class Subject { From, To } subject = Subject::To;
    enum class Relation { Less, LessEqual, Equal, GreaterEqual, Greater } relation = Relation::Equal;
    QString version; ///< "1.7" or "1.7.2"; "1.7" equals every 1.7.x
    friend bool operator==(const Comparison &, const Comparison &) = default;
};
using Condition = QList<Comparison>; ///< all of them; empty: always

/// "from < 1.5 and to >= 1.5"; the error says what is wrong with it.
[[nodiscard]] std::expected<Condition, QString> parseCondition(const QString &text);
[[nodiscard]] Applies holds(const Condition &condition, const Versions &versions);

} // namespace guidance
