// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How far a copy of the server's objects can be trusted.
#pragma once

#include "kube/error.h"

#include <QDateTime>
#include <QMetaType>

#include <optional>

namespace kube {

struct Freshness {
    enum class State {
        Loading, ///< no complete copy yet
        Live,    ///< up to date as far as the server told us
        Stale,   ///< last complete copy, connection or version lost since `since`
        Denied,  ///< 401 or 403: parked until something changes
        Missing, ///< 404: the server does not serve this kind
    };
    State state = State::Loading;
    QDateTime since;
    std::optional<Error> cause;
    QDateTime retryAt; ///< when the next attempt is due; invalid when none is planned
};

} // namespace kube

Q_DECLARE_METATYPE(kube::Freshness)
