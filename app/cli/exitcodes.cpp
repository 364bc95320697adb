// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/exitcodes.h"

namespace cli {

Exit exitFor(const kube::Error &error)
{
    switch (error.kind) {
    case kube::ErrorKind::Config:
        return Exit::Config;
    case kube::ErrorKind::Credential:
    case kube::ErrorKind::ConsentNeeded:
    case kube::ErrorKind::Unauthorized:
    case kube::ErrorKind::Forbidden:
        return Exit::NotAllowed;
    default:
        return Exit::NotReached;
    }
}

Exit exitWithoutAnswer(const std::optional<kube::Error> &error, bool denied)
{
    return error ? exitFor(*error) : denied ? Exit::NotAllowed : Exit::NotReached;
}

} // namespace cli
