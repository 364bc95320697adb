// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Checks before an upgrade that a client with a kubeconfig can make: those of Harvester's create webhook (A), of the
/// upgrade-helpers script (B) and of documentation and release notes (C). Each is a pure function over fetched objects.
/// The server's own word, a dry-run create, stops at its first refusal; these show everything at once.
#pragma once

#include "kube/object.h"

#include <QDateTime>
#include <QMap>
#include <QStringList>

#include <expected>
#include <functional>

namespace restart {

enum class Outcome { Pass, Warn, Fail, CouldNotCheck };
enum class Severity { Block, High, Warn, Info };

/// One thing to fetch. Whoever fetches puts the answer into Materials under `key`.
struct Need {
    enum class How {
        List,       ///< resource, ns ("": all namespaces), selector
        NodeStats,  ///< GET /api/v1/nodes/<n>/proxy/stats/summary of every node; each answer with "gleanerNode": its
                    ///< name
        NodeConfig, ///< the same with /proxy/configz
        ServingCertificate, ///< {"notAfter": RFC 3339}: the earliest of the chain the API server itself shows
    };
    QString key;
    How how = How::List;
    kube::ResourceRef resource;
    QString ns, selector;
    bool metadataOnly = false;
    bool optional = false; ///< 404 is an empty list: an older release does not have the kind
};

/// What was fetched, or why not, by Need::key.
using Materials = QMap<QString, std::expected<QList<QJsonObject>, QString>>;

/// The upgrade that is about to be created.
struct Intent {
    QString source;      ///< running version, "v1.8.2"; "": not known
    QString target;      ///< version to upgrade to; "": not known (an uploaded image)
    QJsonObject upgrade; ///< the body
    QDateTime now;
};

struct CheckObject {
    QString kind, ns, name;
    QString detail; ///< the value it is about, in the system's own words
    friend bool operator==(const CheckObject &, const CheckObject &) = default;
};

struct CheckResult {
    QString id;
    Outcome outcome = Outcome::Pass;
    Severity severity = Severity::Block;
    QList<CheckObject> objects; ///< concerned by a warning or failure
    QString why;                ///< why it could not be made
    friend bool operator==(const CheckResult &, const CheckResult &) = default;
};

/// Collects what a check finds.
struct Findings {
    QList<CheckObject> failed, warned;
    QString unknown;
    void fail(const QString &kind, const QJsonObject &object, const QString &detail = {});
    void warn(const QString &kind, const QJsonObject &object, const QString &detail = {});
};

struct Check {
    QString id;
    Severity severity = Severity::Block;
    QStringList needs;               ///< keys of needs()
    QString sourceFrom, sourceUntil; ///< running versions it is for, inclusive; "": no limit
    QString targetFrom, targetUntil;
    std::function<void(const QMap<QString, QList<QJsonObject>> &, const Intent &, Findings &)> look;
};

[[nodiscard]] const QList<Need> &needs();
[[nodiscard]] const QList<Check> &checks();
/// Those for these versions; one that is not known excludes nothing.
[[nodiscard]] QList<Check> checksFor(const Intent &intent);
/// Keys of what has to be fetched for these checks, each once.
[[nodiscard]] QStringList needsOf(const QList<Check> &checks);
[[nodiscard]] CheckResult run(const Check &check, const Materials &materials, const Intent &intent);

/// What only a shell on a node can tell, and the command.
struct NodeCheck {
    QString id;
    QString command;
};
[[nodiscard]] const QList<NodeCheck> &nodeChecks();

/// What the server itself said to a dry-run create of the intended body.
struct ServerAnswer {
    enum class Kind {
        NotAsked, ///< not yet, or there is nothing to ask: no version to upgrade to
        Accepted,
        Refused,    ///< by an admission webhook or the API server: `text` in its own words
        NotAllowed, ///< creating Upgrades is not allowed: `text` says who said so
        Failed,     ///< no answer to the question: `text` says why
    };
    Kind kind = Kind::NotAsked;
    QString text;
    friend bool operator==(const ServerAnswer &, const ServerAnswer &) = default;
};
[[nodiscard]] QString serverWord(
    ServerAnswer::Kind kind); ///< "not-asked", "accepted", "refused", "not-allowed", "failed"

/// Where a check comes from: "webhook", "script", "release", "node".
[[nodiscard]] QString groupOf(const QString &id);
/// All are made and none is against it: neither a failure that blocks nor a blocking check that could not be made.
[[nodiscard]] bool nothingBlocks(const QList<CheckResult> &results, const ServerAnswer &server);

/// Schema "gleaner.check/v1" (docs/check-json.md).
[[nodiscard]] QJsonObject toJson(
    const QList<CheckResult> &results, const Intent &intent, const ServerAnswer &server = {});
[[nodiscard]] QString outcomeWord(Outcome outcome); ///< "pass", "warn", "fail", "could-not-check"
[[nodiscard]] QString severityWord(Severity severity);

// Parts of the table, one file each.
[[nodiscard]] QList<Check> webhookChecks();
[[nodiscard]] QList<Check> webhookVolumeAndVmChecks();
[[nodiscard]] QList<Check> scriptChecks();
[[nodiscard]] QList<Check> releaseChecks();
[[nodiscard]] QList<Check> networkChecks();
[[nodiscard]] QList<Check> clusterChecks();

} // namespace restart
