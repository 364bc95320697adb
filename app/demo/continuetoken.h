// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Where a paged list goes on, in the shape of apiserver's token; clients must not look into it. Pure.
#pragma once

#include "demo/apierror.h"

#include <QString>

#include <expected>

namespace demo {

struct ContinueToken {
    quint64 version = 0;
    bool inconsistent = false; ///< the rest of the list as it is now
    QString ns, name;          ///< the last object given

    [[nodiscard]] QString encode() const;
    [[nodiscard]] static std::expected<ContinueToken, ApiError> decode(const QString &text);
};

} // namespace demo
