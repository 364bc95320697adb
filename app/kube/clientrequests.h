// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The requests a Client sends and the reading of their answers, apart from sending them. Pure functions.
#pragma once

#include "kube/objectdecode.h"
#include "kube/transport.h"

namespace kube {

/// `list`: PartialObjectMetadataList, else PartialObjectMetadata (get and watch). No fallback to whole objects: a
/// server that cannot answers 406, and what we must not see does not come.
[[nodiscard]] QByteArray metadataAccept(bool list);

[[nodiscard]] Request listRequest(const ListQuery &query, std::chrono::milliseconds timeout);
[[nodiscard]] Request getRequest(const ResourceRef &resource, const QString &ns, const QString &name);
[[nodiscard]] Request createRequest(
    const ResourceRef &resource, const QString &ns, const QJsonObject &body, const WriteOptions &options);
[[nodiscard]] Request patchRequest(const ResourceRef &resource, const QString &ns, const QString &name,
    const QJsonObject &patch, const WriteOptions &options);
[[nodiscard]] Request deleteRequest(const DeleteSpec &spec);
[[nodiscard]] Request accessRequest(const AccessQuestion &question);
[[nodiscard]] Request selfRequest();
/// A read of something that is no object, such as /version or /apis.
[[nodiscard]] Request plainGetRequest(const QString &path);

/// The body as one whole JSON object. Errors: Cut when it stops in the middle, Undecodable (with the offset, never the
/// body), or what a Status with "Failure" says, which some proxies send with HTTP 200.
[[nodiscard]] Result<QJsonObject> readJson(const Reply &reply, const Request &request, const QString &host);
/// Items get the list's apiVersion and kind where they have none. A bad item becomes an entry of `undecodable`.
[[nodiscard]] Result<ListPage> readList(
    const Reply &reply, const Request &request, const QString &host, bool metadataOnly, const Slimmer &slim);
[[nodiscard]] Result<ObjectPtr> readObject(
    const Reply &reply, const Request &request, const QString &host, VersionRule rule);
[[nodiscard]] Result<AccessAnswer> readAccess(const Reply &reply, const Request &request, const QString &host);
[[nodiscard]] Result<UserInfo> readSelf(const Reply &reply, const Request &request, const QString &host);
[[nodiscard]] Result<ServerVersion> readVersion(const Reply &reply, const Request &request, const QString &host);

} // namespace kube
