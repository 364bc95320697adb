// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How the keeping of an upgrade's logs and objects stands, in words: a quiet line for the status area, and a trouble
/// when the disk refuses. Pure functions of a cluster's state.
#pragma once

#include "ui/trouble.h"

#include <optional>

namespace ui {

struct Keeping {
    QString text;        ///< empty: nothing is kept and nothing should be
    QStringList details; ///< for the tooltip
    std::optional<Tone> tone;
    QString folder; ///< that can be opened; empty: none yet
    friend bool operator==(const Keeping &, const Keeping &) = default;
};

[[nodiscard]] Keeping keepingOf(const session::ClusterState &state);
/// The disk is full or refuses; empty headline: it does not.
[[nodiscard]] Trouble keepingTrouble(const session::ClusterState &state);
/// "~/…" for what lies in the person's home.
[[nodiscard]] QString homely(const QString &path);

} // namespace ui
