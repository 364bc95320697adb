// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A thread with a client of its own, in which an action of type Run lives: it does not share connections with what
/// watches the cluster, and nothing that watches can hold it up. Owned by the caller's thread; ending it returns at
/// once. Work posted to it runs in order; none runs after it was ended.
#pragma once

#include "kube/client.h"
#include "session/gate.h"
#include "session/reaper.h"

#include <QThread>

#include <functional>
#include <memory>

namespace session {

template<class Run>
class ActionThread {
public:
    /// `make` runs in the thread.
    ActionThread(
        const kube::ClusterConfig &config, bool execConsent, std::function<std::unique_ptr<Run>(kube::Client &)> make)
        : m_thread(std::make_unique<QThread>())
        , m_inside(new Inside)
        , m_gate(std::make_shared<Gate>(m_inside))
        , m_config(config)
        , m_consent(execConsent)
    {
        m_thread->setObjectName(QStringLiteral("action"));
        m_inside->moveToThread(m_thread.get());
        m_thread->start();
        m_gate->post([inside = m_inside, config, execConsent, make = std::move(make)] {
            inside->client = newClient(config, execConsent);
            inside->run = make(*inside->client);
        });
    }
    ActionThread(const ActionThread &) = delete;
    ActionThread &operator=(const ActionThread &) = delete;
    ~ActionThread()
    {
        m_gate->post([inside = m_inside] {
            inside->run.reset();
            inside->client.reset();
            inside->deleteLater(); // runs as the thread ends
            inside->thread()->quit();
        });
        m_gate->close();
        reap(std::move(m_thread));
    }

    void post(std::function<void(Run &)> work)
    {
        m_gate->post([inside = m_inside, work = std::move(work)] {
            if (inside->run)
                work(*inside->run);
        });
    }
    /// New effective values after the kubeconfig changed. Another server: nothing is done; the action is about this
    /// one.
    void reconfigure(const kube::ClusterConfig &config)
    {
        if (config == m_config || config.server != m_config.server)
            return;
        // The person's yes was for that plugin of that file.
        m_consent = m_consent && config.exec == m_config.exec;
        m_config = config;
        m_gate->post([inside = m_inside, config, consent = m_consent] {
            if (inside->run)
                inside->run->setClient(nullptr);
            inside->client = newClient(config, consent);
            if (inside->run)
                inside->run->setClient(inside->client.get());
        });
    }

private:
    struct Inside : QObject {
        std::unique_ptr<kube::Client> client;
        std::unique_ptr<Run> run;
    };
    static std::unique_ptr<kube::Client> newClient(const kube::ClusterConfig &config, bool consent)
    {
        kube::ClientOptions options;
        options.execConsent = consent;
        return std::make_unique<kube::Client>(config, options);
    }

    std::unique_ptr<QThread> m_thread;
    Inside *m_inside; ///< touched only by work posted through m_gate
    std::shared_ptr<Gate> m_gate;
    kube::ClusterConfig m_config;
    bool m_consent;
};

} // namespace session
