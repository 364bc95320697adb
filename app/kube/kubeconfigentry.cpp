// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/kubeconfigentry.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

/// Go's url.Parse keeps the whole of user:password@; a list of clusters must not show it.
QString withoutUserInfo(const QString &url)
{
    static const QRegularExpression userInfo(u"^([A-Za-z][A-Za-z0-9+.-]*://)?[^/?#]*@"_s);
    QString text = url;
    return text.replace(userInfo, u"\\1"_s);
}

void readServer(ConfigFields &fields, ClusterPart &part)
{
    QString text = fields.text("server").trimmed();
    part.server = withoutUserInfo(text);
    if (text.isEmpty()) {
        fields.error("server", QCoreApplication::translate("kube::Kubeconfig", "The cluster has no server address."),
            QCoreApplication::translate("kube::Kubeconfig", "Set server, for example to https://192.0.2.10:6443."));
        return;
    }
    if (!text.contains("://"_L1)) {
        // rest.DefaultServerURL: https as soon as there is anything of TLS in the entry.
        const bool tls
            = part.values.insecureSkipTlsVerify || !part.values.caData.isEmpty() || !part.values.caFile.isEmpty();
        text.prepend(tls ? "https://"_L1 : "http://"_L1);
        fields.warn("server",
            tls ? QCoreApplication::translate("kube::Kubeconfig", "The address has no https://; it is assumed.")
                : QCoreApplication::translate(
                      "kube::Kubeconfig", "The address has no scheme; http:// is assumed, as kubectl does."),
            QCoreApplication::translate("kube::Kubeconfig", "Write the scheme in front of the address."));
    }
    QUrl url(text, QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || (scheme != "https"_L1 && scheme != "http"_L1) || url.host().isEmpty()) {
        fields.error("server",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The server address is not a valid https:// or http:// address."));
        return;
    }
    if (!url.userInfo().isEmpty()) {
        fields.warn("server",
            QCoreApplication::translate("kube::Kubeconfig", "User and password in the server address are not used."),
            QCoreApplication::translate("kube::Kubeconfig", "Set username and password of the user entry instead."));
        url.setUserInfo({});
    }
    url.setScheme(scheme);
    url.setQuery(QString());
    url.setFragment(QString());
    part.values.server = url;
}

void readAuthority(ConfigFields &fields, ClusterPart &part)
{
    ClusterConfig &values = part.values;
    values.insecureSkipTlsVerify = fields.flag("insecure-skip-tls-verify");
    values.caData = fields.base64("certificate-authority-data");
    values.caFile = fields.path("certificate-authority");
    if (!values.caData.isEmpty() && !values.caData.contains("CERTIFICATE-----")) {
        fields.error("certificate-authority-data",
            QCoreApplication::translate("kube::Kubeconfig", "There is no PEM certificate in it."));
    }
    if (!values.caData.isEmpty() && !values.caFile.isEmpty()) {
        // kubectl refuses this although its message says that the data wins; nothing about it is ambiguous.
        fields.warn("certificate-authority",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The file is not used: certificate-authority-data is set too and wins."),
            QCoreApplication::translate(
                "kube::Kubeconfig", "Remove one of the two; kubectl refuses the entry until then."));
        values.caFile.clear();
    }
    if (const QString why = values.caFile.isEmpty() ? QString() : whyUnreadable(values.caFile); !why.isEmpty()) {
        part.unreadable += values.caFile;
        fields.error("certificate-authority",
            QCoreApplication::translate("kube::Kubeconfig", "The file %1 cannot be read: %2.").arg(values.caFile, why));
    }
    if (values.insecureSkipTlsVerify && (!values.caData.isEmpty() || !values.caFile.isEmpty())) {
        fields.error("insecure-skip-tls-verify",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The entry has a certificate authority and says not to check certificates."),
            QCoreApplication::translate(
                "kube::Kubeconfig", "Remove insecure-skip-tls-verify to have the certificate checked."));
    }
}

void readProxy(ConfigFields &fields, ClusterPart &part)
{
    const QString text = fields.text("proxy-url").trimmed();
    if (text.isEmpty())
        return;
    const QUrl url(text, QUrl::StrictMode);
    const QString scheme = url.scheme().toLower();
    if (!url.isValid() || url.host().isEmpty()) {
        fields.error("proxy-url", QCoreApplication::translate("kube::Kubeconfig", "The proxy address is not valid."));
    } else if (scheme != "http"_L1 && scheme != "https"_L1 && scheme != "socks5"_L1) {
        fields.error("proxy-url",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The proxy address must begin with http://, https:// or socks5://."));
    } else {
        part.values.proxyUrl = url;
    }
}

} // namespace

bool hasError(const QList<ConfigProblem> &problems)
{
    return std::ranges::any_of(
        problems, [](const ConfigProblem &p) { return p.severity == ConfigProblem::Severity::Error; });
}

QString whyUnreadable(const QString &file)
{
    const QFileInfo info(file);
    if (info.isDir())
        return QCoreApplication::translate("kube::Kubeconfig", "it is a folder");
    if (info.exists() && !info.isFile())
        return {}; // a pipe: opening it would consume it, or wait
    QFile probe(file);
    return probe.open(QIODevice::ReadOnly) ? QString() : probe.errorString();
}

ClusterPart readCluster(const ConfigEntry &entry)
{
    ClusterPart part;
    part.problems = entry.problems;
    ConfigFields fields(entry, entryLabel("cluster", entry.name), &part.problems);
    part.values.clusterName = entry.name;
    readAuthority(fields, part);
    readServer(fields, part);
    readProxy(fields, part);
    part.values.tlsServerName = fields.text("tls-server-name");
    part.values.disableCompression = fields.flag("disable-compression");
    for (ConfigFields &extension : fields.maps("extensions")) {
        const YamlPtr value = extension.node("extension");
        if (value && extension.text("name") == "client.authentication.k8s.io/exec"_L1)
            part.execExtension = value->toJson();
    }
    return part;
}

ContextPart readContext(const ConfigEntry &entry)
{
    static const QRegularExpression label(u"\\A[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\\z"_s);
    ContextPart part;
    part.problems = entry.problems;
    ConfigFields fields(entry, entryLabel("context", entry.name), &part.problems);
    part.cluster = fields.text("cluster");
    part.user = fields.text("user");
    part.ns = fields.text("namespace");
    if (part.cluster.isEmpty())
        fields.error("cluster", QCoreApplication::translate("kube::Kubeconfig", "The context names no cluster."));
    if (part.user.isEmpty())
        fields.error("user", QCoreApplication::translate("kube::Kubeconfig", "The context names no user."));
    if (!part.ns.isEmpty() && !label.match(part.ns).hasMatch()) {
        fields.error("namespace",
            QCoreApplication::translate("kube::Kubeconfig", "\"%1\" is not a possible name of a namespace.")
                .arg(part.ns),
            QCoreApplication::translate("kube::Kubeconfig", "Lower-case letters, digits and hyphens, at most 63."));
    }
    return part;
}

} // namespace kube
