// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a server serves: aggregated discovery in two requests (Kubernetes 1.26 and newer), else one request for each
/// group version. client-go discovery/discovery_client.go.
#pragma once

#include "kube/transport.h"

#include <QJsonObject>

namespace kube {

/// One version of one group as found, in the server's order of preference.
struct FoundVersion {
    QString group;
    QString version;
    QList<ResourceRef> resources;
    bool failed = false; ///< the server behind it is away; what it last served may still be there
};

/// APIGroupDiscoveryList. Sub-resources are left out. Pure.
[[nodiscard]] QList<FoundVersion> readAggregated(const QJsonObject &json);
/// APIVersions (/api) or APIGroupList (/apis): versions to ask about, the preferred one of a group first. Pure.
[[nodiscard]] QList<FoundVersion> readGroups(const QJsonObject &json);
/// APIResourceList of one group version. Pure.
[[nodiscard]] QList<ResourceRef> readResources(const QJsonObject &json, const QString &group, const QString &version);

/// Asks and answers once. Deleting it ends it; it deletes itself when done.
class DiscoveryRun : public QObject {
    Q_OBJECT
public:
    DiscoveryRun(Transport &transport, QString host, QObject *context, std::function<void(Result<Discovery>)> done);

private:
    struct Root {
        QString path;
        QList<FoundVersion> versions;
    };
    void askRoot(qsizetype root);
    void readRoot(qsizetype root, const Result<Reply> &reply, const Request &request);
    void askVersion(qsizetype root, qsizetype index);
    void answered();
    void finish(Result<Discovery> result);

    Transport &m_transport;
    QString m_host;
    QPointer<QObject> m_context;
    std::function<void(Result<Discovery>)> m_done;
    QList<Root> m_roots;
    int m_open = 0;
};

} // namespace kube
