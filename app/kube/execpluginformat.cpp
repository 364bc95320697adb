// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/execpluginformat.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

#include <algorithm>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

constexpr qint64 longestAuthority = 4 * 1024 * 1024;

QJsonObject clusterInfo(const ClusterConfig &config)
{
    QJsonObject cluster{{u"server"_s, config.server.toString(QUrl::FullyEncoded)}};
    if (!config.tlsServerName.isEmpty())
        cluster.insert("tls-server-name"_L1, config.tlsServerName);
    if (config.insecureSkipTlsVerify)
        cluster.insert("insecure-skip-tls-verify"_L1, true);
    QByteArray authority = config.caData;
    if (QFile file(config.caFile); authority.isEmpty() && !config.caFile.isEmpty() && file.open(QIODevice::ReadOnly))
        authority = file.read(longestAuthority);
    if (!authority.isEmpty())
        cluster.insert("certificate-authority-data"_L1, QString::fromLatin1(authority.toBase64()));
    if (config.proxyUrl.isValid() && !config.proxyUrl.isEmpty())
        cluster.insert("proxy-url"_L1, config.proxyUrl.toString(QUrl::FullyEncoded));
    if (config.disableCompression)
        cluster.insert("disable-compression"_L1, true);
    if (!config.exec->clusterExtension.isNull() && !config.exec->clusterExtension.isUndefined())
        cluster.insert("config"_L1, config.exec->clusterExtension);
    return cluster;
}

QString quoted(const QString &word)
{
    static const QRegularExpression harmless(u"\\A[A-Za-z0-9_@%+=:,./-]+\\z"_s);
    if (harmless.match(word).hasMatch())
        return word;
    QString inner = word;
    inner.replace(u'\'', "'\\''"_L1);
    return u'\'' + inner + u'\'';
}

bool hasControl(const QString &text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.unicode() < 0x20 || c.unicode() == 0x7f; });
}

} // namespace

QString withoutControls(const QString &text)
{
    QString out;
    for (const QChar c : text)
        out += c.category() == QChar::Other_Control ? QChar(u' ') : c;
    return out.simplified();
}

QByteArray execInfo(const ClusterConfig &config, bool interactive)
{
    QJsonObject spec{{u"interactive"_s, interactive}};
    if (config.exec->provideClusterInfo)
        spec.insert("cluster"_L1, clusterInfo(config));
    const QJsonObject info{
        {u"apiVersion"_s, config.exec->apiVersion}, {u"kind"_s, u"ExecCredential"_s}, {u"spec"_s, spec}};
    return QJsonDocument(info).toJson(QJsonDocument::Compact);
}

Result<ExecCredential> readExecCredential(const QByteArray &output, const ExecConfig &config)
{
    const auto failed = [&](const QString &message) { return std::unexpected(execError(config, message)); };
    QJsonParseError parse;
    const QJsonDocument document = QJsonDocument::fromJson(output, &parse);
    if (!document.isObject()) {
        if (output.trimmed().isEmpty())
            return failed(u"exec plugin printed nothing"_s);
        return failed(u"exec plugin did not print an ExecCredential as JSON (at byte %1)"_s.arg(parse.offset));
    }
    const QJsonObject root = document.object();
    static const QRegularExpression version(u"\\A[A-Za-z0-9./-]{1,80}\\z"_s);
    const QString returned = root.value("apiVersion"_L1).toString();
    if (root.value("kind"_L1).toString() != "ExecCredential"_L1)
        return failed(u"exec plugin did not print an object of kind ExecCredential"_s);
    if (returned != config.apiVersion) {
        return failed(u"exec plugin is configured to use API version %1, plugin returned version %2"_s.arg(
            config.apiVersion, version.match(returned).hasMatch() ? returned : u"(none)"_s));
    }
    if (!root.value("status"_L1).isObject())
        return failed(u"exec plugin didn't return a status field"_s);
    const QJsonObject status = root.value("status"_L1).toObject();
    const QString token = status.value("token"_L1).toString();
    const QString certificate = status.value("clientCertificateData"_L1).toString();
    const QString key = status.value("clientKeyData"_L1).toString();
    if (token.isEmpty() && certificate.isEmpty() && key.isEmpty())
        return failed(u"exec plugin didn't return a token or cert/key pair"_s);
    if (certificate.isEmpty() != key.isEmpty())
        return failed(u"exec plugin returned only certificate or key, not both"_s);
    if (hasControl(token))
        return failed(u"exec plugin returned a token with a control character"_s);
    ExecCredential credential;
    credential.token = Secret(token.toUtf8());
    credential.certificate = certificate.toUtf8();
    credential.key = Secret(key.toUtf8());
    const QJsonValue expiry = status.value("expirationTimestamp"_L1);
    if (!expiry.isUndefined() && !expiry.isNull()) {
        credential.expiresAt = QDateTime::fromString(expiry.toString(), Qt::ISODateWithMs);
        if (!credential.expiresAt.isValid())
            return failed(u"exec plugin returned an expirationTimestamp that is not RFC 3339"_s);
    }
    return credential;
}

QString execCommandLine(const ExecConfig &config)
{
    static const QRegularExpression secretOption(u"\\A-.*(secret|password|passwd|token|key|credential)s?(=.*)?\\z"_s,
        QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    QStringList words{quoted(config.command)};
    bool hideNext = false;
    for (const QString &arg : config.args) {
        if (std::exchange(hideNext, false) && !arg.startsWith(u'-')) {
            words += u"…"_s;
            continue;
        }
        const QRegularExpressionMatch match = secretOption.match(arg);
        if (!match.hasMatch()) {
            words += quoted(arg);
        } else if (const qsizetype equals = arg.indexOf(u'='); equals > 0) {
            words += quoted(arg.left(equals)) + u"=…"_s;
        } else {
            words += quoted(arg);
            hideNext = true;
        }
    }
    return withoutControls(words.join(u' '));
}

Error execError(const ExecConfig &config, const QString &message, const QString &hint)
{
    Error error;
    error.kind = ErrorKind::Credential;
    error.name = config.command;
    error.message = message;
    error.hint = hint.isEmpty()
        ? QCoreApplication::translate("kube::Exec", "Run it in a terminal to see why: %1").arg(execCommandLine(config))
        : hint;
    return error;
}

Error execNotFound(const ExecConfig &config)
{
    QString hint = withoutControls(config.installHint);
    if (hint.isEmpty())
        hint = QCoreApplication::translate(
            "kube::Exec", "Install the program, or write its full path as command into the kubeconfig.");
    return execError(config, u"exec: executable %1 not found"_s.arg(withoutControls(config.command)), hint);
}

} // namespace kube
