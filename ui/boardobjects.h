// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The cluster's objects behind what a board shows: a phase, a node, what is waited for, what failed. Pure.
#pragma once

#include "ui/selection.h"

namespace ui {

/// Most telling first, each once; with nothing selected those of the whole upgrade. Not all of them need to exist
/// still.
[[nodiscard]] QList<upgrade::ObjectRef> objectsBehind(const upgrade::Board &board, const Selected &selected);
/// A Job and its pods, the latest attempt first.
[[nodiscard]] QList<upgrade::ObjectRef> objectsBehind(const upgrade::JobRow &job);
/// With `first` before all others.
[[nodiscard]] QList<upgrade::ObjectRef> objectsBehind(
    const upgrade::Board &board, const Selected &selected, const upgrade::ObjectRef &first);
struct KnownObject {
    upgrade::ObjectRef ref;
    kube::ObjectPtr object; ///< as the board has it, never null
};
/// Those that the snapshot knows, in the same order.
[[nodiscard]] QList<KnownObject> knownObjects(
    const upgrade::Snapshot &snapshot, const QList<upgrade::ObjectRef> &objects);

} // namespace ui
