// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the kubelet of a simulated node says of its disk. Pure.
#pragma once

#include "demo/jsonedit.h"

#include <algorithm>

namespace demo {

struct NodeDisk {
    qint64 capacity = 214'748'364'800; ///< bytes
    qint64 used = 75'161'927'680;      ///< bytes
    int collectionThreshold = 85;      ///< imageGCHighThresholdPercent
};

/// The annotation gleaner.demo/disk-used (bytes) of the node fills its disk.
[[nodiscard]] inline NodeDisk diskOf(const QJsonObject &node)
{
    NodeDisk disk;
    bool number = false;
    const qint64 used = json::annotation(node, QStringLiteral("gleaner.demo/disk-used")).toLongLong(&number);
    if (number)
        disk.used = std::clamp<qint64>(used, 0, disk.capacity);
    return disk;
}

} // namespace demo
