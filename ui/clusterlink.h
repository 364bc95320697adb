// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the window needs of one cluster: the last state, a signal, a few requests. The live one wraps session::Session
/// (sessionlink.h); tests and the tour give states by hand. Everything belongs to the UI's thread and returns at once.
#pragma once

#include "session/session.h"

#include <QObject>

#include <functional>
#include <memory>

namespace ui {

class ClusterLink : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    virtual void start() = 0;
    virtual void reconfigure(const kube::ClusterConfig &config) = 0;
    virtual void retryNow() = 0;
    virtual void grantExecConsent() = 0;
    [[nodiscard]] virtual const session::ClusterState &state() const = 0;
    /// What a person looks at: its logs are kept before others.
    virtual void keepFirst(const QList<session::LogTarget> &targets) { Q_UNUSED(targets) }
    /// Null when there is nothing to read from.
    [[nodiscard]] virtual std::unique_ptr<session::LogChannel> openLog(const QList<session::LogTarget> &targets) = 0;

    /// Pre-checks; a link that cannot make them has none.
    virtual void runChecks(const session::CheckWish &wish) { Q_UNUSED(wish) }
    virtual void cancelChecks() { }
    [[nodiscard]] virtual const session::CheckState &checks() const
    {
        static const session::CheckState none;
        return none;
    }

Q_SIGNALS:
    void changed();
    void checksChanged();
};

using LinkFactory = std::function<std::unique_ptr<ClusterLink>(
    const kube::ClusterConfig &config, const session::SessionOptions &options)>;

} // namespace ui
