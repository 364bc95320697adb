// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Waiting for states of a Session, and configurations out of kubeconfig text.
#pragma once

#include "kube/kubeconfig.h"
#include "session/session.h"

#include <QEventLoop>
#include <QTimer>

#include <functional>

namespace support {

/// The configuration of a context of this kubeconfig text; the first one when no name is given.
[[nodiscard]] inline kube::ClusterConfig configOf(const QByteArray &kubeconfig, const QString &context = {})
{
    const kube::Kubeconfig parsed = kube::parseKubeconfig(kubeconfig, QStringLiteral("/nowhere/kubeconfig"));
    for (const kube::Context &one : parsed.contexts) {
        if ((context.isEmpty() || one.name == context) && one.config)
            return *one.config;
    }
    return {};
}

/// True as soon as the session's state satisfies `good`; false after the limit.
inline bool reaches(const session::Session &session, const std::function<bool(const session::ClusterState &)> &good,
    std::chrono::milliseconds limit = std::chrono::seconds(60))
{
    if (good(session.state()))
        return true;
    QEventLoop loop;
    bool reached = false;
    QObject::connect(&session, &session::Session::changed, &loop, [&](const session::ClusterState &state) {
        if (good(state)) {
            reached = true;
            loop.quit();
        }
    });
    QTimer::singleShot(limit, &loop, &QEventLoop::quit);
    loop.exec();
    return reached;
}

inline bool is(const session::ClusterState &state, session::Connection::State connection)
{
    return state.connection.state == connection;
}

} // namespace support
