// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Exit codes of the verbs; what they mean for scripts is in docs/cli.md. Numbers are never changed.
#pragma once

#include "kube/error.h"

#include <optional>

namespace cli {

enum class Exit {
    Told = 0,          ///< the answer was printed, whatever it says: also no upgrade, and a failed one
    Failed = 1,        ///< something on this machine: a file cannot be written, a port is taken
    NotReached = 2,    ///< the cluster does not answer, or not as an API server does
    NotAllowed = 3,    ///< login, certificate, plugin or permission
    NotHarvester = 4,  ///< the cluster answers but has no Harvester
    Config = 5,        ///< kubeconfig or context cannot be used
    NotFound = 6,      ///< no upgrade, or nothing of the name that was asked for
    No = 7,            ///< of --exit-code: the answer was printed, and it is not "safe" or something blocks
    Usage = 64,        ///< EX_USAGE of sysexits.h
    Interrupted = 130, ///< ended by Ctrl+C before there was an answer
};

/// The code for an error that kept us from an answer.
[[nodiscard]] Exit exitFor(const kube::Error &error);
/// No answer in time: for what trouble there was; `denied`: something may not be read.
[[nodiscard]] Exit exitWithoutAnswer(const std::optional<kube::Error> &error, bool denied);

} // namespace cli
