// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/logplan.h"

#include <QJsonArray>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

std::optional<qint64> secondsOf(const QJsonValue &time)
{
    const auto stamp = parseLogStamp(time.toString().toLatin1());
    return stamp ? std::optional(stamp->seconds) : std::nullopt;
}

QJsonObject named(const QJsonValue &list, const QString &name)
{
    const QJsonArray array = list.toArray();
    for (const QJsonValueConstRef value : array) {
        const QJsonObject object = value.toObject();
        if (object.value("name"_L1).toString() == name)
            return object;
    }
    return {};
}

void readEnd(const QJsonObject &terminated, ContainerView &view)
{
    view.state = ContainerView::State::Ended;
    view.reason = terminated.value("reason"_L1).toString();
    view.exitCode = terminated.value("exitCode"_L1).toInt();
    view.startedAt = secondsOf(terminated.value("startedAt"_L1));
}

/// Whether the kubelet starts a container again that ended with this code.
bool restarts(const QJsonObject &spec, bool init, const QJsonObject &container, int exitCode)
{
    if (init && container.value("restartPolicy"_L1).toString() == "Always"_L1)
        return true; // a sidecar
    const QString policy = spec.value("restartPolicy"_L1).toString(u"Always"_s);
    if (policy == "Never"_L1)
        return false;
    return exitCode != 0 || (policy == "Always"_L1 && !init);
}

} // namespace

ContainerView viewOf(const QJsonObject &pod, const QString &container)
{
    ContainerView view;
    const QJsonObject spec = pod.value("spec"_L1).toObject();
    const QJsonObject status = pod.value("status"_L1).toObject();
    QJsonObject specified;
    QJsonObject state;
    bool init = false;
    bool ephemeral = false;
    const struct {
        QLatin1StringView specified, status;
        bool init, ephemeral;
    } kinds[] = {{"containers"_L1, "containerStatuses"_L1, false, false},
        {"initContainers"_L1, "initContainerStatuses"_L1, true, false},
        {"ephemeralContainers"_L1, "ephemeralContainerStatuses"_L1, false, true}};
    for (const auto &kind : kinds) {
        const QJsonObject inSpec = named(spec.value(kind.specified), container);
        const QJsonObject inStatus = named(status.value(kind.status), container);
        if (inSpec.isEmpty() && inStatus.isEmpty())
            continue;
        specified = inSpec;
        state = inStatus;
        init = kind.init;
        ephemeral = kind.ephemeral;
        break;
    }
    if (specified.isEmpty() && state.isEmpty())
        return view;

    const QString phase = status.value("phase"_L1).toString();
    const bool deleted = !pod.value("metadata"_L1).toObject().value("deletionTimestamp"_L1).toString().isEmpty();
    view.podOver = phase == "Succeeded"_L1 || phase == "Failed"_L1;
    view.restarts = state.value("restartCount"_L1).toInt();
    const QJsonObject now = state.value("state"_L1).toObject();
    const QJsonObject last = state.value("lastState"_L1).toObject().value("terminated"_L1).toObject();
    if (now.contains("running"_L1)) {
        view.state = ContainerView::State::Running;
        view.startedAt = secondsOf(now.value("running"_L1).toObject().value("startedAt"_L1));
        view.previousEndedAt = secondsOf(last.value("finishedAt"_L1));
        return view;
    }
    if (now.contains("terminated"_L1)) {
        readEnd(now.value("terminated"_L1).toObject(), view);
        view.previousEndedAt = secondsOf(last.value("finishedAt"_L1));
    } else if (!last.isEmpty()) {
        readEnd(last, view); // CrashLoopBackOff: the last one is what the log request gives
    } else {
        view.state = ContainerView::State::Waiting;
        view.reason = now.value("waiting"_L1).toObject().value("reason"_L1).toString();
        return view;
    }
    view.willRestart = !view.podOver && !deleted && !ephemeral && restarts(spec, init, specified, view.exitCode);
    return view;
}

LogMove nextMove(const ContainerView &view, const LogProgress &progress)
{
    using Kind = LogMove::Kind;
    using State = ContainerView::State;
    if (view.state == State::Unknown)
        return {Kind::NoContainer, 0};
    if (view.state == State::Waiting && !progress.instance)
        return {view.podOver ? Kind::End : Kind::Wait, 0};
    if (view.state == State::Waiting)
        return {Kind::Wait, 0}; // it ran before; the status is behind or was reset

    if (!progress.instance) {
        const bool stands = progress.resumed && progress.last && view.restarts > 0;
        // Where another run got to may lie before the last restart.
        if (stands && view.startedAt && progress.last->seconds < *view.startedAt)
            return {Kind::DrainPrevious, view.restarts - 1};
        return {Kind::Follow, view.restarts};
    }
    const int ours = *progress.instance;
    int newer = view.restarts - ours;
    // It was restarted between a look at the pod and the opening of the log: what we read is the newer one already.
    if (newer == 1 && progress.last && view.previousEndedAt && progress.last->seconds > *view.previousEndedAt
        && !progress.drained)
        newer = 0;
    if (newer < 0) // the count was reset with the pod kept (static pods): another container
        return {Kind::Next, view.restarts};
    if (newer == 0) {
        if (view.state == State::Running)
            return {Kind::Follow, view.restarts};
        if (!progress.drained)
            return {Kind::Drain, view.restarts};
        return {view.willRestart ? Kind::Wait : Kind::End, view.restarts};
    }
    if (newer == 1)
        return {progress.drained ? Kind::Next : Kind::DrainPrevious, progress.drained ? view.restarts : ours};
    return {Kind::SkipTo, view.restarts - 1, !progress.drained || newer > 2};
}

} // namespace kube
