// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The simulated clusters behind "Try the demo": three servers on loopback, one upgrading now, one with a stalled node,
/// one at rest.
#pragma once

#include "kube/kubeconfig.h"

#include <memory>
#include <vector>

namespace demo {
class DemoThread;
struct ServerOptions;
} // namespace demo

namespace ui {

class DemoSet {
public:
    DemoSet();
    ~DemoSet();
    /// Starts the usual three; false when none could listen.
    bool start();
    /// Starts one more cluster; its contexts are appended to kubeconfig().
    bool add(const demo::ServerOptions &options);
    [[nodiscard]] const kube::Kubeconfig &kubeconfig() const { return m_kubeconfig; }
    [[nodiscard]] demo::DemoThread *thread(size_t index) const { return m_threads.at(index).get(); }

private:
    std::vector<std::unique_ptr<demo::DemoThread>> m_threads;
    kube::Kubeconfig m_kubeconfig;
};

} // namespace ui
