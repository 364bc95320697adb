// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the name of a part says of it, in the layouts of Harvester's support bundle (support-bundle-kit 0.0.84), of its
/// upgrade-log archive and of Gleaner's own bundle. Pure.
#pragma once

#include <QDateTime>
#include <QString>

namespace evidence {

struct PartRole {
    enum class Is {
        Text,    ///< whatever it says: looked into
        Objects, ///< YAML or JSON of objects
        Log,
        Metadata, ///< metadata.yaml of a support bundle
        Errors,   ///< bundleGenerationError.log
        Manifest, ///< manifest.json of a Gleaner bundle
        State,    ///< state.json of a Gleaner bundle
        Other,    ///< of the layout, but nothing is read from it
    };
    Is is = Is::Text;
    bool supportBundle = false; ///< it is where a support bundle has it
    bool upgradeLog = false;    ///< it is called as upgrade-log archives call it
    bool kubernetes = false;    ///< Objects: a folder of the layout, so nothing else can be in it
    QString ns, pod, container; ///< of a log
    QString node;               ///< of a node's archive
    int previous = 0;           ///< of a log: 0 the container's present run, 1 the one before …
    bool clusterScope = false;  ///< Objects: of yamls/cluster
};
/// `name` without the folder that everything in the bundle is in.
[[nodiscard]] PartRole roleOf(const QString &name);

/// Without the suffix that says how it is packed: "kubelet.log.gz" → "kubelet.log".
[[nodiscard]] QString withoutPacking(const QString &name);
/// The folder all names begin with, with its '/'; empty: none.
[[nodiscard]] QString commonFolder(const QStringList &names);
/// A time in a file's name, "…_2026-09-03T10-20-30Z": as support bundles and archives are called. Invalid: none.
[[nodiscard]] QDateTime timeInName(const QString &name);

} // namespace evidence
