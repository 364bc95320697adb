// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever a server answers, the error made of it is bounded, plain and carries no body; decoding never crashes.

#include "kube/clientrequests.h"
#include "kube/discovery.h"
#include "kube/status.h"

#include <QJsonDocument>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static constexpr int statuses[] = {200, 302, 400, 401, 403, 404, 409, 410, 429, 500, 503, 504};
    if (size < 2)
        return 0;
    const int status = statuses[data[0] % std::size(statuses)];
    const bool html = data[1] & 1;
    const QByteArray body(reinterpret_cast<const char *>(data) + 2, qsizetype(size) - 2);
    kube::Request request;
    request.verb = QStringLiteral("list");
    request.path = QStringLiteral("/api/v1/pods");

    const auto check = [](const kube::Error &error) {
        if (error.message.size() > 4096 || error.name.size() > 301 || error.retryAfter.count() < 0)
            __builtin_trap();
        for (const QChar c : error.message) {
            if (c.category() == QChar::Other_Control)
                __builtin_trap();
        }
    };
    check(kube::statusError(status, body, request, QStringLiteral("h:1")));

    const kube::Reply reply{status, body, html ? QByteArray("text/html") : QByteArray("application/json")};
    if (const auto page = kube::readList(reply, request, QStringLiteral("h:1"), data[1] & 2, {}); !page) {
        check(page.error());
    } else {
        for (const auto &object : page->items) {
            if (object->key.name.isEmpty() || object->resourceVersion.isEmpty())
                __builtin_trap();
        }
    }
    (void)kube::readObject(reply, request, {}, kube::VersionRule::Optional);
    (void)kube::readAccess(reply, request, {});
    const QJsonObject json = QJsonDocument::fromJson(body).object();
    (void)kube::readAggregated(json);
    (void)kube::readGroups(json);
    (void)kube::readResources(json, {}, {});
    return 0;
}
