// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a pod says about one of its containers, as far as following its log needs it, and what to do next because of
/// it. Pure. Source: core/v1 PodStatus; kubelet pkg/kubelet/kubelet_pods.go validateContainerLogStatus.
#pragma once

#include "kube/logcursor.h"

#include <QJsonObject>
#include <QString>

#include <optional>

namespace kube {

struct ContainerView {
    enum class State {
        Unknown, ///< the pod has no such container
        Waiting, ///< never ran
        Running,
        Ended, ///< terminated, or waiting to be started again
    };
    State state = State::Unknown;
    int restarts = 0;                      ///< number of the instance that runs or ran last, from 0
    bool willRestart = false;              ///< Ended, and the kubelet will start it again
    bool podOver = false;                  ///< the pod will not start anything any more
    QString reason;                        ///< of the end, or of the waiting
    int exitCode = 0;                      ///< of the end
    std::optional<qint64> startedAt;       ///< of that instance, seconds since 1970
    std::optional<qint64> previousEndedAt; ///< of the instance before, where the pod still knows it
};

[[nodiscard]] ContainerView viewOf(const QJsonObject &pod, const QString &container);

/// Which instance of the container is followed, and how far.
struct LogProgress {
    std::optional<int> instance;  ///< nullopt: none yet
    bool drained = false;         ///< read to its very end
    std::optional<LogStamp> last; ///< greatest stamp seen of it
    bool resumed = false;         ///< the cursor stands on a line of another run, of an instance not known yet
};

struct LogMove {
    enum class Kind {
        Wait,          ///< poll the pod again later
        Follow,        ///< open the log of `instance`
        Drain,         ///< read what is left of the current instance
        DrainPrevious, ///< read what is left of `instance`, which is the one before the current
        SkipTo,        ///< `instance` is the one before the current; ours cannot be had any more
        Next,          ///< ours is done: divider, then `instance` from its beginning
        End,           ///< nothing can come any more
        NoContainer,   ///< the pod has no container of that name
    };
    Kind kind = Kind::Wait;
    int instance = 0;
    bool gap = false; ///< of SkipTo: lines are lost between ours and that one
};

[[nodiscard]] LogMove nextMove(const ContainerView &view, const LogProgress &progress);

} // namespace kube
