// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// SupportBundles as Harvester makes them: generating with a manager pod, ready with a file, expired. Thread: the
/// server's.
#pragma once

#include "demo/timeline.h"
#include "demo/world.h"

#include <QByteArray>

namespace demo {

class SupportBundles {
public:
    SupportBundles(World &world, Timeline &timeline)
        : m_world(world)
        , m_timeline(timeline)
    {
    }
    /// A client created this one.
    void created(const QString &name);
    /// It is gone: so is its manager.
    void deleted(const QString &name);

private:
    static constexpr int group = 5; ///< of scripts; the director has those before
    Task make(QString name);

    World &m_world;
    Timeline &m_timeline;
};

/// The zip that a ready bundle is downloaded as, in the layout of Harvester's: metadata.yaml, and the objects of its
/// namespaces, kind by kind; without the data of Secrets.
[[nodiscard]] QByteArray supportBundleFile(const Store &store, const QJsonObject &bundle);

} // namespace demo
