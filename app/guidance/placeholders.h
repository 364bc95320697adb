// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The names in the manual's commands: "{{upgrade}}" is filled in with what the board shows. A name that nobody knows
/// stays visible as <upgrade>: a shell refuses it instead of doing something else.
#pragma once

#include "upgrade/board.h"

#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace guidance {

struct Placeholder {
    QLatin1StringView name;
    QLatin1StringView example;
};
/// The one table of them; docs/guidance.md explains them to whoever writes pages.
[[nodiscard]] const QList<Placeholder> &placeholders();
[[nodiscard]] bool isPlaceholder(QStringView name);

using Names = QHash<QString, QString>;

/// What a board knows. `node` and `phase`: what is selected; without them the node and the Job that something is going
/// on with.
[[nodiscard]] Names namesFrom(
    const upgrade::Board &board, const QString &node = {}, std::optional<upgrade::PhaseId> phase = {});

struct Piece {
    enum class Kind { Literal, Filled, Unknown } kind = Kind::Literal;
    QString text; ///< of an unknown one "<name>"
    friend bool operator==(const Piece &, const Piece &) = default;
};
/// For text that is read.
[[nodiscard]] QList<Piece> fill(const QString &text, const Names &names);
/// For a command: a name goes into a shell. One with anything but letters, digits and . _ / : @ - in it is put into
/// single quotes; one with control characters is not filled in.
[[nodiscard]] QList<Piece> fillCommand(const QString &text, const Names &names);
[[nodiscard]] QString joined(const QList<Piece> &pieces);

} // namespace guidance
