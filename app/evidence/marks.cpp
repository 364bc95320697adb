// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/marks.h"

namespace evidence {

std::optional<MarkKind> markOf(kube::LogLine::Kind kind)
{
    switch (kind) {
    case kube::LogLine::Kind::Text:
        return std::nullopt;
    case kube::LogLine::Kind::Restart:
        return MarkKind::Restart;
    case kube::LogLine::Kind::Reconnected:
        return MarkKind::Reconnected;
    case kube::LogLine::Kind::Gap:
        return MarkKind::Gap;
    case kube::LogLine::Kind::Ended:
        return MarkKind::Ended;
    }
    return std::nullopt;
}

} // namespace evidence
