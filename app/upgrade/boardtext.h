// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words for a board in the language of the application, made at the edge. Thread-safe once translators are installed.
///
/// Codes of messages and their arguments. They are part of the JSON (docs/status-json.md): never renamed, only added.
///   what happens in a phase (Phase::activity)
///     log-infra          steps ready of 3
///     image-wait
///     image-download     image, percent
///     image-retry        image, failed attempts, allowed attempts
///     repo-wait
///     repo-deployment    Deployment, ready replicas, replicas
///     repo-vm            virtual machine, printable status
///     eligibility
///     preload-node       node, nodes done, nodes
///     preload-nodes      nodes at work, nodes done, nodes
///     milestone          1..13, 13
///     manifests          Job
///     nodes-waiting      nodes done, nodes
///     node-state         node, its nodeStatuses state, nodes done, nodes
///     cleanup-images     nodes done, nodes
///     cleaned-after-failure
///   what is waited for (Waiting::what, NodeRow::waiting)
///     controller         Upgrade
///     finalizer          Upgrade
///     finalizer-plan     Upgrade, Plan
///     upgradelog         UpgradeLog, condition
///     image              image, percent, failed attempts
///     repo               Deployment, ready replicas, replicas
///     repo-vm            virtual machine, printable status
///     pod-container      pod, container, reason
///     pod-event          pod, reason of the event
///     preload-lost
///     log-line           line, retries
///     log-retry          line, retries
///     bundle             Bundle
///     volume             volume, robustness, namespace/claim
///     vms                count, node, namespace/name of one
///     migration-failed   namespace/name, node
///     pdb                namespace/name, node
///     drain-error        node
///     planner            message of Rancher's planner
///     runtime            node, from, to
///     reboot, reboot-down, reboot-unnoticed, not-ready, pre-drain-start, uncordon, paused      node
///     pending-job        namespace/name of the Job, node
///     behind-paused      node, the paused node
///     degraded           UpgradePlan
///     node               node, its nodeStatuses state
///     cleanup            Upgrade
///     cleanup-images     as above
///   how the rest was estimated (Estimate::basis)
///     from-nodes         finished nodes
///     from-rate          nodes
///     typical            nodes
///   notes (Board::notes)
///     denied             watch target, message of the server
///     several-latest     count
///     none-latest        Upgrade shown
///     both-engines       object shown
///     unknown-state      node, state
///     node-gone          node
///     vms-off            node, namespace/name list
///     image-cleanup-incomplete
///     bad-pause-map
///   what went wrong (Failure::what)
///     failed-job         Job, reason, node or "": a Job of the failed phase
///     failed-image       image, failed attempts
///     failed-node        node
///     failed-condition   condition, reason
///     failed-controller  reason: the controller gave up, no single step did
#pragma once

#include "upgrade/board.h"

namespace upgrade {

[[nodiscard]] QString text(const Message &message);
[[nodiscard]] QString phaseTitle(PhaseId id);     ///< "Preload container images"
[[nodiscard]] QString stateTitle(State state);    ///< "Running"
[[nodiscard]] QString nodeStateTitle(const QString &apiState); ///< "Pre-draining" → translated; unknown strings as they are
[[nodiscard]] QString durationText(std::chrono::seconds duration); ///< "45 s", "12 min", "1 h 05 min", "2 d 3 h"
/// "Job x failed: BackoffLimitExceeded. Job has reached …": what failed and, in the system's words, why.
[[nodiscard]] QString failureText(const Failure &failure);
/// "fine, slow, stuck or broken; where": the headline's sentence.
[[nodiscard]] QString summary(const Board &board, const QDateTime &now);

} // namespace upgrade
