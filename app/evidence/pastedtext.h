// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a person pastes or saves from a terminal: `kubectl get` as YAML, JSON or a table, `kubectl describe`, events,
/// with or without the prompts around them, and lines of logs between all that. Objects made of a table or a
/// description hold only what stood there. Pure.
#pragma once

#include "evidence/bundlelimits.h"
#include "evidence/bundleproblem.h"

#include <QDateTime>
#include <QJsonObject>
#include <QList>

namespace evidence {

struct PastedText {
    QList<QJsonObject> objects; ///< apiVersion and kind set, as `kubectl get -o json` has them
    /// The text line by line as it was, but empty lines where an object in YAML or JSON stood: those may be Secrets,
    /// and what they say is in `objects`.
    QByteArray lines;
    bool anyLine = false; ///< something is left in `lines`
};

/// Ages ("5m") count back from `now`.
[[nodiscard]] PastedText readPasted(const QByteArray &text, const QString &part, const QDateTime &now,
    const BundleLimits &limits, BundleProblems &problems);

/// The kind a resource's name on a command line means: "po", "bundles.fleet.cattle.io", "lhv". Empty kind: not known.
struct KindName {
    QString apiVersion, kind;
};
[[nodiscard]] KindName kindOfResource(const QString &resource);

/// A table as `kubectl get` prints it; `resource` and `ns` as the command said, may be empty. Empty: it is none.
[[nodiscard]] QList<QJsonObject> objectsOfTable(
    const QList<QByteArray> &lines, const QString &resource, const QString &ns, const QDateTime &now);
[[nodiscard]] bool isTableHead(QByteArrayView line);
/// One object as `kubectl describe` prints it, and its events.
[[nodiscard]] QList<QJsonObject> objectsOfDescription(
    const QList<QByteArray> &lines, const QString &resource, const QDateTime &now);
/// Rows under "Type Reason Age From Message" or of a table of events.
[[nodiscard]] QJsonObject eventOf(const QString &type, const QString &reason, const QString &age,
    const QString &message, const QJsonObject &involved, const QDateTime &now);

} // namespace evidence
