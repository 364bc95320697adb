// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes a Gleaner bundle: one zip with everything a support engineer needs and no secret in it. Masking is part of
/// writing: there is no way to write anything that did not go through it.
///
/// In the zip, below one folder: manifest.json (format gleaner.bundle, version 1: what is in it with sizes, checksums
/// and what was masked; what could not be had, and why), state.json (what the board needs besides objects),
/// objects/GROUP/ KIND.json (a List each), logs/NAMESPACE/POD_UID8/CONTAINER.log (as spools have them) with their
/// .marks, and the texts it is given. Opening it gives the same board, logs and times (bundle.h).
///
/// The file appears under its name when it is whole, readable by its owner only. Same input, same bytes, but for
/// `made`. Slow: for a thread of its own. Memory: one object list at a time; logs are streams.
#pragma once

#include "evidence/disk.h"
#include "evidence/manifest.h"
#include "evidence/redactedtext.h"
#include "upgrade/snapshot.h"

#include <QJsonObject>
#include <QMap>

#include <atomic>
#include <functional>

namespace evidence {

/// A log on disk, stamped, with dividers in FILE.marks if there is one.
struct LogToBundle {
    QString file; ///< absolute
    QString path; ///< in the bundle
};

/// A text that was made for the bundle: a summary, a verdict, pre-checks, a journal of actions.
struct TextToBundle {
    QString path;
    QByteArray text;
};

/// What should be in it and is not.
struct MissingItem {
    QString item;    ///< "logs/…", "objects/longhorn.io/Volume", a node
    QString message; ///< why
};

struct BundleInput {
    UpgradeIdentity id;
    QString harvesterVersion, kubernetesVersion;
    QDateTime asOf; ///< when the cluster was as it shows
    QDateTime made; ///< now
    /// What state.json keeps of it: states of sources, digests of logs, observations. Its objects are not written
    /// unless they are in `objects` too.
    upgrade::Snapshot snapshot;
    QMap<QString, QList<QJsonObject>> objects; ///< by "group/Kind", whole; Secrets are left out whatever they hold
    QList<LogToBundle> logs;
    QList<TextToBundle> texts;
    QList<MissingItem> missing;
    QList<QByteArray> secrets; ///< of the connection: sought everywhere, written nowhere
};

struct BundleProgress {
    QString item;
    qint64 done = 0, total = 0; ///< bytes read; an estimate
};

struct BundleWritten {
    QString path;
    qint64 bytes = 0;
    SecretCounts masked{};
    QList<MissingItem> missing; ///< the input's and what failed while writing
};

struct BundleWriting {
    std::function<void(const BundleProgress &)> progress; ///< from the writing thread
    const std::atomic<bool> *stop = nullptr;              ///< set from another thread: nothing is left behind
};

/// The error is about the bundle's own file; of what goes in, each failure is a line in the manifest.
[[nodiscard]] DiskResult<BundleWritten> writeBundle(
    const QString &path, const BundleInput &input, const BundleWriting &writing = {});

/// What objects, logs and texts take before they are compressed, in bytes.
[[nodiscard]] qint64 estimatedSize(const BundleInput &input);

} // namespace evidence
