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

/// For the message of a failed test: where the connection stands and which kinds are not live.
inline QByteArray said(const session::ClusterState &state)
{
    QString text = QStringLiteral("connection %1").arg(int(state.connection.state));
    if (state.connection.error)
        text += QLatin1Char(' ') + kube::errorWord(state.connection.error->kind) + QLatin1Char(' ') + state.connection.error->message;
    text += QStringLiteral(" settled %1 revision %2").arg(state.settled).arg(state.revision);
    if (!state.snapshot)
        return (text + QStringLiteral(" no snapshot")).toUtf8();
    for (auto it = state.snapshot->sources.begin(); it != state.snapshot->sources.end(); ++it) {
        if (it->state != upgrade::SourceState::State::Live && it->state != upgrade::SourceState::State::Missing)
            text += QStringLiteral("; %1 is %2: %3").arg(it.key()).arg(int(it->state)).arg(it->message);
    }
    return text.toUtf8();
}

} // namespace support
