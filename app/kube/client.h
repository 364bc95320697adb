// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One API server as one user: single calls (list, get, create, patch, delete, reviews, discovery) and the streams
/// that Watcher and LogFollower are built on. Owns the transport and the credentials of one identity; contexts never
/// share one.
///
/// Thread: everything belongs to the thread the Client lives in. Callbacks come later from the event loop, never from
/// inside the call, and never after the context object died or the Call was cancelled.
/// Writes are never repeated by themselves; reads by the rules of transport.h. There is no PUT.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/error.h"
#include "kube/object.h"
#include "kube/resource.h"

#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QUrlQuery>

#include <functional>
#include <memory>

namespace kube {

/// A request under way. Copyable; cancel() is idempotent and safe after everything is gone.
class Call {
public:
    Call() = default;
    explicit Call(std::function<void()> cancel)
        : m_cancel(std::make_shared<std::function<void()>>(std::move(cancel)))
    {
    }
    void cancel()
    {
        if (m_cancel && *m_cancel)
            std::exchange(*m_cancel, {})();
    }

private:
    std::shared_ptr<std::function<void()>> m_cancel;
};

struct ListQuery {
    ResourceRef resource;
    QString ns; ///< empty: all namespaces
    QString labelSelector;
    QString fieldSelector;
    QString resourceVersion;   ///< "0": any; "": most recent
    QString continueToken;     ///< then resourceVersion is not sent
    int limit = 500;           ///< 0: no paging
    bool metadataOnly = false; ///< PartialObjectMetadata: e.g. Secrets whose data we must never see
};

struct ListPage {
    QList<ObjectPtr> items;
    QString resourceVersion;
    QString continueToken;    ///< empty on the last page
    QList<Error> undecodable; ///< single items that could not be read; the rest is good
};

/// May I? (authorization.k8s.io/v1 SelfSubjectAccessReview)
struct AccessQuestion {
    QString verb;
    QString group;
    QString resource;
    QString subresource;
    QString ns;
    QString name;
};
struct AccessAnswer {
    bool allowed = false;
    QString reason;
};

/// Who am I? (authentication.k8s.io/v1 SelfSubjectReview, Kubernetes 1.28 and newer)
struct UserInfo {
    QString name;
    QStringList groups;
};

struct WriteOptions {
    bool dryRun = false;
    QString fieldManager = QStringLiteral("gleaner");
};

/// DeleteOptions; uid and resourceVersion are always both sent when not empty.
struct DeleteSpec {
    ResourceRef resource;
    QString ns;
    QString name;
    QString uid;
    QString resourceVersion;
    QString propagationPolicy = QStringLiteral("Background");
    bool dryRun = false;
};

struct ServerVersion {
    QString gitVersion; ///< "v1.36.2+rke2r1"
    QString platform;
};

/// What the server serves. Groups whose backing server is away are named in `failedGroups`, not forgotten.
struct Discovery {
    QList<ResourceRef> resources;
    QStringList failedGroups;
    /// The preferred version of a resource, or nullopt when the server does not have it.
    [[nodiscard]] std::optional<ResourceRef> find(const QString &group, const QString &resource) const;
};

struct ClientOptions {
    QString userAgent; ///< default "gleaner/<version> (<os>/<arch>)"
    std::chrono::milliseconds callTimeout{30000};
    std::chrono::milliseconds listTimeout{60000};
    std::chrono::milliseconds execTimeout{60000};
    /// So long nothing may come on any connection while streams are open; then the server is asked whether it is there,
    /// and for its answer it has probeTimeout (transportpulse.h).
    std::chrono::milliseconds silence{75000};
    std::chrono::milliseconds probeTimeout{10000};
    bool execConsent = false;               ///< true: exec plugins may run (command line, or the person said yes)
    qint64 bodyLimit = 512LL * 1024 * 1024; ///< bytes of one answer after decompression; more is TooLarge
};

class Transport;

class Client : public QObject {
    Q_OBJECT
public:
    explicit Client(ClusterConfig config, ClientOptions options = {}, QObject *parent = nullptr);
    ~Client() override;

    [[nodiscard]] const ClusterConfig &config() const;
    template<class T>
    using Done = std::function<void(Result<T>)>;

    Call version(QObject *context, Done<ServerVersion> done);
    Call discover(QObject *context, Done<Discovery> done);
    Call list(const ListQuery &query, QObject *context, Done<ListPage> done, Slimmer slim = {});
    Call get(
        const ResourceRef &resource, const QString &ns, const QString &name, QObject *context, Done<ObjectPtr> done);
    /// `body` may use metadata.generateName; the answer is the object as stored (or as it would be, with dryRun).
    Call create(const ResourceRef &resource, const QString &ns, const QJsonObject &body, const WriteOptions &options,
        QObject *context, Done<ObjectPtr> done);
    /// application/merge-patch+json. Put metadata.resourceVersion into the patch for an optimistic lock.
    Call mergePatch(const ResourceRef &resource, const QString &ns, const QString &name, const QJsonObject &patch,
        const WriteOptions &options, QObject *context, Done<ObjectPtr> done);
    /// Answers the object (finalizers pending) or the Status the server sent.
    Call remove(const DeleteSpec &spec, QObject *context, Done<QJsonObject> done);
    Call mayI(const AccessQuestion &question, QObject *context, Done<AccessAnswer> done);
    Call whoAmI(QObject *context, Done<UserInfo> done);

    /// Yes to the exec plugin of this config: requests that failed with ConsentNeeded may be sent again.
    void grantExecConsent();
    /// Forget what is cached of credentials; the next request asks again (the person logged in anew).
    void refreshCredentials();
    /// Ends an exec plugin that runs; what waited for it fails as Cancelled.
    void cancelExec();
    /// For Watcher and LogFollower.
    [[nodiscard]] Transport &transport();

Q_SIGNALS:
    /// Credentials changed after a 401 had parked things: try again.
    void credentialsChanged();
    /// A `Warning:` header, decoded; each text once per Client.
    void warning(const QString &text);
    /// An exec plugin runs or stopped running; for "waiting for … (Cancel)".
    void execRunning(const QString &command, bool running);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kube
