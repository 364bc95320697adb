// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Parts of a snapshot as JSON for the journal, and back: kinds by a word of their own, what of an object is kept,
/// states of sources, digests, what changed in observations. Times have milliseconds, as QDateTime has. Pure.
#pragma once

#include "upgrade/snapshot.h"

#include <QJsonObject>

#include <optional>

namespace evidence {

/// One word for each kind. It differs from the Kubernetes kind where two kinds share that; machine plan Secrets are
/// "MachinePlan".
[[nodiscard]] QString kindWord(upgrade::Kind kind);
[[nodiscard]] std::optional<upgrade::Kind> kindOfWord(const QString &word);
[[nodiscard]] const QList<upgrade::Kind> &allKinds();

/// What is kept of an object: slimmed for a board, of plan Secrets only the labels and annotations it reads. Empty:
/// nothing (a Secret under another kind).
[[nodiscard]] QJsonObject keptOf(upgrade::Kind kind, const QJsonObject &json);
/// The object again; null when `json` is none.
[[nodiscard]] kube::ObjectPtr objectOf(const QJsonObject &json);

[[nodiscard]] QString timeText(const QDateTime &time); ///< empty when invalid
[[nodiscard]] QDateTime timeOfText(const QString &text);

[[nodiscard]] QJsonObject toJson(const upgrade::SourceState &state);
[[nodiscard]] upgrade::SourceState sourceOf(const QJsonObject &json);
[[nodiscard]] QJsonObject toJson(const upgrade::LogDigest &digest);
[[nodiscard]] upgrade::LogDigest digestOf(const QJsonObject &json);
/// What makes `after` of `before`, without `last`; empty: nothing. Lists that only grew are not repeated.
[[nodiscard]] QJsonObject observationsPatch(const upgrade::Observations &before, const upgrade::Observations &after);
void applyObservations(upgrade::Observations &seen, const QJsonObject &patch);

} // namespace evidence
