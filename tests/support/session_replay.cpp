// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/session_replay.h"

#include <KArchiveDirectory>
#include <KArchiveFile>
#include <KTar>

#include <QJsonDocument>
#include <QJsonObject>

namespace support {

using namespace Qt::StringLiterals;

namespace {

struct Exchange {
    QByteArray path; ///< without query
    QByteArray http; ///< the answer as it came
};

bool readArchive(const QString &name, QList<Exchange> *exchanges)
{
    KTar tar(QStringLiteral(GLEANER_FIXTURES "/session/") + name + u".tar.gz"_s);
    if (!tar.open(QIODevice::ReadOnly))
        return false;
    const KArchiveDirectory *const root = tar.directory();
    const QStringList entries = root->entries();
    for (const QString &entry : entries) {
        if (!entry.endsWith(".json"_L1))
            continue;
        const KArchiveFile *const request = root->file(entry);
        const KArchiveFile *const answer = root->file(entry.chopped(5) + u".http"_s);
        if (!request || !answer)
            return false;
        const QJsonObject json = QJsonDocument::fromJson(request->data()).object();
        const QString path = json.value("request"_L1).toObject().value("path"_L1).toString();
        exchanges->append({path.section(u'?', 0, 0).toLatin1(), answer->data()});
    }
    return true;
}

} // namespace

bool Replay::play(const QString &moment)
{
    QList<Exchange> exchanges;
    if (!readArchive(u"discovery"_s, &exchanges) || !readArchive(moment, &exchanges) || !start())
        return false;
    on("", [](const HttpRequest &, const Responder &responder) {
        responder.json(404, statusJson(404, "NotFound", "the server could not find the requested resource"));
    });
    for (const Exchange &exchange : std::as_const(exchanges)) {
        on(exchange.path, [http = exchange.http](const HttpRequest &request, const Responder &responder) {
            if (request.target.contains("watch=1") || request.target.contains("watch=true")) {
                responder.begin();
                return;
            }
            responder.raw(http);
            responder.close(); // the recorder asked for "Connection: close"
        });
    }
    return true;
}

QByteArray Replay::kubeconfig() const
{
    return "apiVersion: v1\nkind: Config\ncurrent-context: recorded\n"
           "clusters: [{name: recorded, cluster: {server: \""
        + url().toEncoded()
        + "\"}}]\n"
          "users: [{name: nobody, user: {}}]\n"
          "contexts: [{name: recorded, context: {cluster: recorded, user: nobody}}]\n";
}

} // namespace support
