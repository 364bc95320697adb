// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Something a person opens instead of a cluster, read only: Harvester's support bundle, its upgrade-log archive, a
/// Gleaner bundle, a folder of YAML and logs, one file, a pasted text. As far as it can be read; what cannot be is told
/// as problems, each with its part, and the rest is there all the same. Nothing in it is trusted.
///
/// A value: cheap to copy, never changes, any thread. What had to be unpacked lies in a private folder (0700) that goes
/// with the last copy. Memory: the objects, within BundleLimits, and a list of the parts; logs are streams.
#pragma once

#include "evidence/bundleobjects.h"
#include "evidence/bundlepart.h"

#include <atomic>
#include <functional>

namespace evidence {

enum class BundleShape { SupportBundle, UpgradeLogArchive, GleanerBundle, Folder, Text };
/// "support-bundle", "upgrade-log-archive", "gleaner-bundle", "folder", "text": for JSON.
[[nodiscard]] QString shapeWord(BundleShape shape);

/// What the bundle says of its cluster; empty: nothing.
struct BundleCluster {
    QString name, uid, server;
    QString kubernetesVersion, harvesterVersion;
    QString description; ///< why somebody made it
    QString issueUrl;
};

/// One log or other text of a bundle.
struct BundleLog {
    enum class Origin {
        Container, ///< of ns/pod/container
        Node,      ///< a file of a node
        Text,      ///< a file of its own
        Pasted,    ///< given on a command line or pasted
    };
    Origin origin = Origin::Text;
    QString name; ///< in the bundle; unique
    QString ns, pod, container, node;
    int previous = 0;              ///< which run of the container: 0 the present, 1 the one before …
    QMap<QString, QString> labels; ///< of the pod, when it is among the objects
    qint64 size = -1;              ///< bytes of text; -1: not known
};

struct BundleOptions {
    BundleLimits limits;
    QString temporary;                       ///< where the private folder is made; empty: the system's place
    const std::atomic<bool> *stop = nullptr; ///< set from another thread: end early with what was read
    std::function<void(double)> progress;    ///< 0..1, from the opening thread
    QDateTime now;                           ///< of who opens it; invalid: the computer's clock
};

class Bundle {
public:
    /// A file or a folder. The error says why there is nothing at all to show.
    [[nodiscard]] static std::expected<Bundle, BundleProblem> open(
        const QString &path, const BundleOptions &options = {});
    /// A text, or the bytes of a file, as they came through a pipe.
    [[nodiscard]] static std::expected<Bundle, BundleProblem> fromDevice(
        QIODevice &in, const QString &name, const BundleOptions &options = {});

    [[nodiscard]] BundleShape shape() const;
    [[nodiscard]] QString name() const; ///< the file's, without its folder
    [[nodiscard]] QString path() const; ///< as given; empty for a pipe
    /// When it was as it shows; by the bundle's own word, else by the newest time in its objects or logs, else by the
    /// file's. Always valid.
    [[nodiscard]] QDateTime asOf() const;
    enum class AsOfSource { Stated, Objects, Logs, File };
    [[nodiscard]] AsOfSource asOfSource() const;
    [[nodiscard]] const BundleCluster &cluster() const;

    /// Everything a board is made of. `sources` is live for what the bundle's layout says it has whole, else missing.
    [[nodiscard]] const upgrade::Snapshot &snapshot() const;
    /// There are objects from which it can be told whether there is an upgrade, and where it stands.
    [[nodiscard]] bool hasBoard() const;
    /// All objects, those of the snapshot too, by "group/Kind".
    using Objects = QMap<QString, upgrade::Collection<kube::Object>>;
    [[nodiscard]] const Objects &objects() const;
    [[nodiscard]] qsizetype objectCount() const;

    [[nodiscard]] const QList<BundleLog> &logs() const;
    /// Its text as a stream. In any thread, any number at a time.
    [[nodiscard]] std::expected<std::unique_ptr<PartDevice>, BundleProblem> openLog(const BundleLog &log) const;
    /// A file with its text, for documents (logs/filedocument.h): the very file where that will do, else a copy in the
    /// private folder, made once. Takes as long as reading the log.
    [[nodiscard]] std::expected<QString, BundleProblem> logFile(const BundleLog &log) const;

    [[nodiscard]] const QList<BundleProblem> &problems() const;

    struct Contents; // private: bundlecontents.h

private:
    explicit Bundle(std::shared_ptr<const Contents> contents);
    std::shared_ptr<const Contents> d;
};

} // namespace evidence
