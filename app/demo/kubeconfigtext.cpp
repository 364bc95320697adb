// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/kubeconfigtext.h"

using namespace Qt::StringLiterals;

namespace demo {

QByteArray kubeconfigText(const QString &clusterName, quint16 port, const QByteArray &caPem,
    const QHash<QString, QByteArray> &tokens, const Identity &certificate)
{
    const QByteArray cluster = clusterName.toUtf8();
    QByteArray text = "apiVersion: v1\nkind: Config\nclusters:\n- name: " + cluster
        + "\n  cluster:\n    server: https://127.0.0.1:" + QByteArray::number(port)
        + "\n    certificate-authority-data: " + caPem.toBase64() + "\nusers:\n";
    const QStringList users{u"admin"_s, u"viewer"_s, u"nobody"_s};
    for (const QString &user : users)
        text += "- name: " + cluster + '-' + user.toUtf8() + "\n  user:\n    token: " + tokens.value(user) + '\n';
    text += "- name: " + cluster
        + "-certificate\n  user:\n    client-certificate-data: " + certificate.certificatePem.toBase64()
        + "\n    client-key-data: " + certificate.keyPem.toBase64() + "\ncontexts:\n";
    const auto context = [&](const QByteArray &name, const QByteArray &user) {
        text += "- name: " + name + "\n  context:\n    cluster: " + cluster + "\n    user: " + cluster + '-' + user
            + "\n    namespace: harvester-system\n";
    };
    context(cluster, "admin");
    for (const QByteArray &user : {QByteArray("viewer"), QByteArray("nobody"), QByteArray("certificate")})
        context(cluster + '-' + user, user);
    return text + "current-context: " + cluster + '\n';
}

} // namespace demo
