// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Words for a verdict in the language of the application, made at the edge. Thread-safe once translators are
/// installed.
///
/// Codes and their arguments; they are part of the JSON: never renamed, only added.
///   facts (Reason::fact)
///     no-upgrade, not-harvester, not-known
///     completed, not-taken-up, cleanup-pending   Upgrade
///     deleting           Upgrade, minutes
///     cleanup-stuck      Upgrade, minutes
///     phase-running, phase-failed   phase word
///     version-guard      reason
///     preload-slow       node, minutes
///     prepare-failed
///     services-failed    reason
///     services-retrying  Job, pods at work, pods failed
///     services-ending    Job
///     door, nodes-running, nodes-done, nodes-failed, nodes-label, drain-hooks
///     nodes-odd          status
///     door-job, nodes-job    Job
///     nodes-plan         Plan
///     nodes-annotation   annotation
///     plan-phase         phase of the UpgradePlan
///     other-nodes, other-upgrade    Upgrade
///     touched-paused, touched-failed   node
///     touched-state      node, state
///     touched-drain      machine
///     touched-taint      node, taint
///     touched-pending, touched-version   node, version
///     touched-mixed      versions
///     provisioning
///     not-provisioned    phase
///     node-not-ready, cordoned, maintenance, pending-stale   node
///     volume             volume, robustness, namespace/claim
///   what to do (Verdict::instead)
///     new-upgrade, dismiss, restart, evidence, support, diagnostics, bundle, fix-cause, fix-node, fix-services,
///     connection, look, cleanup-wait, finalizer-wait, finalizer-diagnose, provisioning-wait, take-up-wait,
///     heal-volumes save-version       Version choose-version     minimum version, may be empty resume-node nodes
///     preload-wait, heal-node, uncordon, leave-maintenance   node
///     other-upgrade      Upgrade
///     permission         watch target
///   what could not be known (Missing::what)
///     source-loading, source-missing   watch target
///     source-stale, source-denied      watch target, the system's own words
///     connection, no-capi, no-cluster, no-nodes, no-latest, plan-place
///     several-latest     count
///     odd-condition      condition, status
///     twice              condition
///     odd-label          label
///     odd-plan-phase     phase
///     contradiction      condition or Job
///     odd-node-state     node, state
///     node-gone, no-plan-secret, no-readiness, no-node-versions   node
///     no-job             kind of Job
#pragma once

#include "restart/verdict.h"

namespace restart {

[[nodiscard]] QString title(Code code);    ///< "Do not restart": a chip
[[nodiscard]] QString sentence(Code code); ///< what the verdict means, one sentence
[[nodiscard]] QString factText(const upgrade::Message &fact);
[[nodiscard]] QString insteadText(const upgrade::Message &advice);
[[nodiscard]] QString missingText(const upgrade::Message &missing);
/// What a rule of the table or a check of the webhook is about: "R10", "A13"; "" for one that is not known.
[[nodiscard]] QString ruleText(const QString &rule);
/// All codes with a text, for tests: every code that can be said can be read.
[[nodiscard]] QStringList verdictCodes();

} // namespace restart
