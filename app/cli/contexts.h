// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// `gleaner contexts`: what the kubeconfig files offer and what is wrong with them.
#pragma once

#include "cli/arguments.h"
#include "cli/exitcodes.h"
#include "kube/kubeconfig.h"

#include <QJsonObject>

namespace cli {

[[nodiscard]] Exit runContexts(const Arguments &arguments);

/// Schema "gleaner.contexts/v1", described in docs/cli.md.
[[nodiscard]] QJsonObject contextsJson(const kube::Kubeconfig &config);
/// "exec", "token" …: stable, in the JSON.
[[nodiscard]] QString authWord(kube::AuthMethod method);

} // namespace cli
