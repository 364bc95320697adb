// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Objects of a bundle: from pieces of text to what is kept of them. Of a Secret only its metadata, whatever it is
/// wrapped in; of kinds a board is made of what a live cluster's watch keeps too; of others all but the bulk. Pure.
#pragma once

#include "evidence/objectpieces.h"
#include "upgrade/snapshot.h"

#include <QJsonObject>
#include <QList>

namespace evidence {

/// The objects in a piece: one, or those of a List or a watch event inside of it. What cannot be read is told with the
/// part's name and its line; a document with nothing in it is no problem.
[[nodiscard]] QList<QJsonObject> readPiece(const ObjectPiece &piece, const QString &part, const BundleLimits &limits,
    BundleProblems &problems, int linesBefore = 0);

/// Harvester's support bundles have the text "null" where the object had an empty text, or nothing.
[[nodiscard]] QJsonObject withoutNullTexts(const QJsonObject &json);

struct KindKey {
    QString group, kind;
    [[nodiscard]] QString text() const { return group + u'/' + kind; }
};
[[nodiscard]] KindKey kindKeyOf(const QJsonObject &json);
/// The kind of the board's vocabulary; nullopt: none of its kinds.
[[nodiscard]] std::optional<upgrade::Kind> kindOf(const KindKey &key);
/// The target a live cluster's watch would have found it by; null: none, it is about something else.
[[nodiscard]] const upgrade::WatchTarget *targetOf(upgrade::Kind kind, const kube::Object &object);

/// What is kept, with apiVersion and kind; null when it has no name.
[[nodiscard]] kube::ObjectPtr keptObject(QJsonObject json);

/// The latest time in an object that says when somebody looked or something happened: heartbeats, transitions, events.
/// Not the times of what is still to come. Invalid: none.
[[nodiscard]] QDateTime newestTime(const QJsonObject &json);

} // namespace evidence
