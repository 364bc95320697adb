// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/ui_boards.h"

#include <QTimeZone>

namespace uitest {

using namespace Qt::StringLiterals;
using upgrade::Board;
using upgrade::PhaseId;
using upgrade::State;
using upgrade::Tri;

QDateTime now()
{
    return QDateTime(QDate(2026, 11, 25), QTime(12, 0), QTimeZone::UTC);
}

namespace {

upgrade::NodeRow node(const QString &name, State state, const QString &text)
{
    upgrade::NodeRow row;
    row.name = name;
    row.controlPlane = row.etcd = true;
    row.state = state;
    row.stateText = text;
    row.since = now().addSecs(-600);
    row.sinceExact = true;
    row.kubeletVersion = u"v1.35.4+rke2r1"_s;
    row.osImage = u"Harvester v1.8.2"_s;
    row.runningVms = 2;
    return row;
}

upgrade::JobRow job(
    const QString &name, PhaseId phase, const QString &type, const QString &onNode, State state, int minutesAgo)
{
    upgrade::JobRow row;
    row.job = {.kind = upgrade::Kind::Job, .ns = u"harvester-system"_s, .name = name, .uid = u"uid-"_s + name};
    row.phase = phase;
    row.type = type;
    row.node = onNode;
    row.state = state;
    row.started = now().addSecs(-60 * minutesAgo);
    row.pods = {{.ns = u"harvester-system"_s,
        .name = name + u"-abcde"_s,
        .uid = u"pod-"_s + name,
        .containers = {u"apply"_s},
        .phase = u"Running"_s,
        .created = row.started}};
    return row;
}

} // namespace

Board upgrading()
{
    Board board;
    board.presence = Board::Presence::Upgrade;
    board.harvesterVersion = u"v1.8.2"_s;
    board.upgrade = {
        .kind = upgrade::Kind::Upgrade, .ns = u"harvester-system"_s, .name = u"hvst-upgrade-9gmg2"_s, .uid = u"u1"_s};
    board.fromVersion = u"v1.8.2"_s;
    board.toVersion = u"v1.9.0"_s;
    board.state = State::Running;
    board.fraction = 0.72;
    board.currentPhase = PhaseId::Nodes;
    board.started = now().addSecs(-7200);
    board.estimate = upgrade::Estimate{.remaining = std::chrono::minutes(40), .basis = {}};
    for (int i = 0; i < upgrade::phaseCount; ++i) {
        upgrade::Phase phase;
        phase.id = PhaseId(i);
        phase.state = i < 4 ? State::Succeeded : i == 4 ? State::Running : State::Pending;
        phase.fraction = i == 4 ? 0.43 : -1;
        if (i <= 4)
            phase.started = now().addSecs(-7200 + i * 1200);
        if (i < 4)
            phase.finished = phase.started.addSecs(1200);
        board.phases.append(phase);
    }
    board.phases[4].message
        = u"node2: the long name of a volume that does not fit pvc-63355afb-4711-42d4-9d0c-2c7a3a0b8f1e of vm-database"_s;
    board.nodes = {node(u"node1"_s, State::Succeeded, u"Succeeded"_s),
        node(u"node2"_s, State::Running, u"Pre-draining"_s), node(u"node3"_s, State::Pending, u"Images preloaded"_s)};
    board.nodes[0].preloaded = board.nodes[0].preDrained = board.nodes[0].runtimeUpgraded
        = board.nodes[0].systemUpgraded = board.nodes[0].back = Tri::Yes;
    board.nodes[1].preloaded = Tri::Yes;
    board.nodes[1].preDrained = Tri::No;
    board.nodes[1].cordoned = true;
    board.nodes[1].kubeletTarget = u"v1.36.1+rke2r1"_s;
    board.nodes[1].osTarget = u"Harvester v1.9.0"_s;
    board.nodes[1].job = {.kind = upgrade::Kind::Job,
        .ns = u"harvester-system"_s,
        .name = u"hvst-upgrade-9gmg2-pre-drain-node2"_s,
        .uid = u"uid-hvst-upgrade-9gmg2-pre-drain-node2"_s};
    board.jobs = {job(u"hvst-upgrade-9gmg2-apply-manifests"_s, PhaseId::SystemServices, u"apply-manifests"_s, {},
                      State::Succeeded, 60),
        job(u"hvst-upgrade-9gmg2-post-drain-node1"_s, PhaseId::Nodes, u"post-drain"_s, u"node1"_s, State::Succeeded,
            30),
        job(u"hvst-upgrade-9gmg2-pre-drain-node2"_s, PhaseId::Nodes, u"pre-drain"_s, u"node2"_s, State::Running, 10)};
    board.timeline = {{.lane = u"phase:3"_s,
                          .state = State::Succeeded,
                          .label = {},
                          .from = now().addSecs(-3600),
                          .to = now().addSecs(-2400)},
        {.lane = u"phase:4"_s, .state = State::Running, .label = {}, .from = now().addSecs(-2400), .to = {}},
        {.lane = u"node:node1"_s,
            .state = State::Succeeded,
            .label = u"Post-draining"_s,
            .from = now().addSecs(-2300),
            .to = now().addSecs(-900)},
        {.lane = u"node:node2"_s,
            .state = State::Running,
            .label = u"Pre-draining"_s,
            .from = now().addSecs(-600),
            .to = {}}};
    board.asOf = now();
    return board;
}

Board noUpgrade()
{
    Board board;
    board.presence = Board::Presence::NoUpgrade;
    board.harvesterVersion = u"v1.8.2"_s;
    board.offeredVersions = {u"v1.9.0"_s};
    board.nodes = {node(u"node1"_s, State::Unknown, {}), node(u"node2"_s, State::Unknown, {})};
    board.asOf = now();
    return board;
}

Board failed()
{
    Board board = upgrading();
    board.state = State::Failed;
    board.failedPhase = PhaseId::SystemServices;
    board.currentPhase.reset();
    board.reason = u"BackoffLimitExceeded"_s;
    board.message = u"Job has reached the specified backoff limit"_s;
    board.finished = now().addSecs(-300);
    board.phases[3].state = State::Failed;
    board.phases[4].state = State::Pending;
    return board;
}

QList<upgrade::NodeRow> manyNodes(int count)
{
    QList<upgrade::NodeRow> nodes;
    for (int i = 0; i < count; ++i)
        nodes.append(
            node(u"node-%1"_s.arg(i, 4, 10, QLatin1Char('0')), i % 7 == 0 ? State::Running : State::Pending, {}));
    return nodes;
}

session::ClusterState state(const QString &context, session::Connection::State connection, const Board &board)
{
    session::ClusterState state;
    state.context = context;
    state.connection.state = connection;
    state.board = board;
    return state;
}

kube::Error error(kube::ErrorKind kind)
{
    kube::Error error;
    error.kind = kind;
    error.host = u"10.0.0.7:6443"_s;
    error.message = u"Connection refused"_s;
    return error;
}

} // namespace uitest
