// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How long to wait after failures in a row. Pure: the randomness comes in as a value.
/// Numbers after client-go tools/cache/reflector.go, with the top kept at what a waiting person bears.
#pragma once

#include <QtTypes>

#include <algorithm>
#include <chrono>

namespace kube {

struct Backoff {
    std::chrono::milliseconds first{800};
    std::chrono::milliseconds cap{30000};
    std::chrono::milliseconds floor{200}; ///< full jitter reaches down to nothing; a loop must not
    double factor = 2;

    /// After `failures` in a row (1: the first); `jitter` in [0,1) spreads clients over the whole interval.
    [[nodiscard]] std::chrono::milliseconds delay(int failures, double jitter) const
    {
        auto most = double(first.count());
        for (int i = 1; i < failures && most < double(cap.count()); ++i)
            most *= factor;
        most = std::min(most, double(cap.count()));
        return std::max(floor, std::chrono::milliseconds(qint64(most * std::clamp(jitter, 0.0, 1.0))));
    }
};

} // namespace kube
