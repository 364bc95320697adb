// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A server whose scenario goes on only by advance(), and the upgrade it plays.
#pragma once

#include "demo/jsonedit.h"
#include "demo/server.h"

namespace support {

using namespace demo;
using namespace Qt::StringLiterals;

inline ServerOptions options(const QString &scenario, int nodes = 3, quint64 seed = 1)
{
    ServerOptions made;
    made.scenario = scenario;
    made.nodes = nodes;
    made.seed = seed;
    made.speed = 0; // time passes only by advance()
    return made;
}

inline QJsonObject upgradeOf(const Server &server)
{
    const auto all = server.objects(u"harvesterhci.io"_s, u"upgrades"_s);
    return all.isEmpty() ? QJsonObject() : all.last();
}

} // namespace support
