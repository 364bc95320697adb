// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which empty or odd state stands in the place of the board, and its words. Pure functions of what is known.
#pragma once

#include "kube/kubeconfig.h"
#include "session/session.h"
#include "ui/emptystate.h"

#include <optional>

namespace ui {

/// Nothing when there is a board to show.
[[nodiscard]] std::optional<EmptyText> emptyTextFor(const kube::Kubeconfig &kubeconfig, bool loaded,
    const kube::Context *context, bool connected, const session::ClusterState &state, const QString &missing = {});

// Actions of the buttons.
namespace emptyaction {
inline const QString openFile = QStringLiteral("open");
inline const QString demo = QStringLiteral("demo");
inline const QString connectIt = QStringLiteral("connect");
inline const QString disconnectIt = QStringLiteral("disconnect");
inline const QString reload = QStringLiteral("reload");
} // namespace emptyaction

} // namespace ui
