// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which empty or odd state stands in the place of the board, and its words. Pure functions of what is known.
#pragma once

#include "kube/kubeconfig.h"
#include "session/session.h"
#include "ui/emptystate.h"

#include <optional>

namespace ui {

class HistoryLink;

/// Nothing when there is a board to show.
[[nodiscard]] std::optional<EmptyText> emptyTextFor(const kube::Kubeconfig &kubeconfig, bool loaded,
    const kube::Context *context, bool connected, const session::ClusterState &state, const QString &missing = {});

/// While a past upgrade is being opened, or when it cannot be shown. Nothing when there is a board.
[[nodiscard]] std::optional<EmptyText> emptyTextForPast(const HistoryLink &link);

// Actions of the buttons.
namespace emptyaction {
inline const QString openFile = QStringLiteral("open");
inline const QString demo = QStringLiteral("demo");
inline const QString connectIt = QStringLiteral("connect");
inline const QString disconnectIt = QStringLiteral("disconnect");
inline const QString reload = QStringLiteral("reload");
inline const QString leavePast = QStringLiteral("leavePast");
} // namespace emptyaction

} // namespace ui
