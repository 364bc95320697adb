// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Kubeconfigs of the tour's odd states: broken entries, a sign-in program, a server that is not there.
#pragma once

#include "kube/kubeconfig.h"

namespace ui::tourkubeconfigs {

[[nodiscard]] kube::Kubeconfig broken();

} // namespace ui::tourkubeconfigs
