// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/demoset.h"

#include "demo/server.h"

namespace ui {

using namespace Qt::StringLiterals;

DemoSet::DemoSet() = default;
DemoSet::~DemoSet() = default;

bool DemoSet::start()
{
    const bool upgrading = add(
        {.scenario = u"healthy"_s, .nodes = 3, .speed = 20, .seed = 1, .startAt = 2600, .clusterName = u"berlin"_s});
    const bool stalled = add({.scenario = u"pre-drain-stall"_s,
        .nodes = 4,
        .speed = 1,
        .seed = 7,
        .startAt = 14400,
        .clusterName = u"madrid"_s});
    const bool resting
        = add({.scenario = u"no-upgrade"_s, .nodes = 3, .speed = 1, .seed = 3, .clusterName = u"oslo"_s});
    return upgrading || stalled || resting;
}

bool DemoSet::add(const demo::ServerOptions &options)
{
    auto thread = std::make_unique<demo::DemoThread>(options);
    if (!thread->start())
        return false;
    const kube::Kubeconfig one = kube::parseKubeconfig(thread->kubeconfig(), u"demo-%1"_s.arg(options.clusterName));
    for (const kube::Context &context : one.contexts) {
        // The demo shows clusters, not the viewer's and nobody's rights in them.
        if (context.name == options.clusterName)
            m_kubeconfig.contexts.append(context);
    }
    m_threads.push_back(std::move(thread));
    return true;
}

} // namespace ui
