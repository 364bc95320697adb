// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// When to derive the next board: at once after a quiet time, at most 20 times a second, and never so often that more
/// than half of the thread's time goes into it. Pure arithmetic on milliseconds of any steady clock.
#pragma once

#include <QtTypes>

#include <algorithm>

namespace session {

class Pace {
public:
    static constexpr qint64 interval = 50; ///< ms between two starts

    /// How long to wait before the next derivation may start.
    [[nodiscard]] qint64 wait(qint64 now) const { return std::max<qint64>(0, m_next - now); }
    void derived(qint64 start, qint64 end)
    {
        const qint64 took = std::max<qint64>(0, end - start);
        m_next = std::max(start + interval, end + took);
    }

private:
    qint64 m_next = 0;
};

} // namespace session
