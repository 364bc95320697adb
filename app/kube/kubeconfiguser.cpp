// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The user entry: which way of signing in is in force, and what contradicts.

#include "kube/kubeconfigentry.h"

#include <QCoreApplication>
#include <QDir>

#include <algorithm>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

bool hasControl(const QByteArray &text)
{
    return std::ranges::any_of(text, [](char c) { return uchar(c) < 0x20 || c == 0x7f; });
}

void readTokens(ConfigFields &fields, UserPart &part)
{
    ClusterConfig &values = part.values;
    const QByteArray token = fields.bytes("token");
    if (hasControl(token)) {
        fields.error("token",
            QCoreApplication::translate("kube::Kubeconfig", "The token has a line break or a control character in it."),
            QCoreApplication::translate("kube::Kubeconfig", "Write it on one line."));
    }
    values.token = Secret(token);
    values.tokenFile = fields.path("tokenFile");
    if (values.tokenFile.isEmpty())
        return;
    const QString why = whyUnreadable(values.tokenFile);
    if (why.isEmpty())
        return;
    part.unreadable += values.tokenFile;
    const QString message
        = QCoreApplication::translate("kube::Kubeconfig", "The file %1 cannot be read: %2.").arg(values.tokenFile, why);
    if (values.token.isEmpty())
        fields.error("tokenFile", message);
    else
        fields.warn("tokenFile", message,
            QCoreApplication::translate("kube::Kubeconfig", "The token of the entry is used until it can."));
}

void readBasic(ConfigFields &fields, UserPart &part)
{
    ClusterConfig &values = part.values;
    values.username = fields.text("username");
    values.password = Secret(fields.bytes("password"));
    const bool token = !values.token.isEmpty() || !values.tokenFile.isEmpty();
    if (token && (!values.username.isEmpty() || !values.password.isEmpty())) {
        fields.error("",
            QCoreApplication::translate("kube::Kubeconfig",
                "The entry has a token and a user name with password; only one of the two is allowed."),
            QCoreApplication::translate("kube::Kubeconfig", "Remove one of the two."));
    } else if (values.username.isEmpty() && !values.password.isEmpty()) {
        fields.warn("password",
            QCoreApplication::translate("kube::Kubeconfig", "The password is not used without a username."));
    }
}

void readCertificate(ConfigFields &fields, UserPart &part)
{
    ClusterConfig &values = part.values;
    values.clientCertData = fields.base64("client-certificate-data");
    values.clientKeyData = Secret(fields.base64("client-key-data"));
    values.clientCertFile = fields.path("client-certificate");
    values.clientKeyFile = fields.path("client-key");

    const auto dataWins = [&](const char *file, const char *data) {
        fields.warn(file,
            QCoreApplication::translate("kube::Kubeconfig", "The file is not used: %1 is set too and wins.")
                .arg(QLatin1String(data)),
            QCoreApplication::translate(
                "kube::Kubeconfig", "Remove one of the two; kubectl refuses the entry until then."));
    };
    if (!values.clientCertData.isEmpty() && !values.clientCertFile.isEmpty()) {
        dataWins("client-certificate", "client-certificate-data");
        values.clientCertFile.clear();
    }
    if (!values.clientKeyData.isEmpty() && !values.clientKeyFile.isEmpty()) {
        dataWins("client-key", "client-key-data");
        values.clientKeyFile.clear();
    }
    const auto check = [&](const char *key, const QString &file) {
        const QString why = file.isEmpty() ? QString() : whyUnreadable(file);
        if (why.isEmpty())
            return;
        part.unreadable += file;
        fields.error(
            key, QCoreApplication::translate("kube::Kubeconfig", "The file %1 cannot be read: %2.").arg(file, why));
    };
    check("client-certificate", values.clientCertFile);
    check("client-key", values.clientKeyFile);

    const bool certificate = fields.has("client-certificate-data") || fields.has("client-certificate");
    const bool key = fields.has("client-key-data") || fields.has("client-key");
    if (certificate && !key) {
        fields.error("client-key-data",
            QCoreApplication::translate("kube::Kubeconfig", "There is a client certificate without its key."),
            QCoreApplication::translate("kube::Kubeconfig", "Set client-key-data or client-key."));
    } else if (key && !certificate) {
        fields.warn("client-key-data",
            QCoreApplication::translate(
                "kube::Kubeconfig", "There is a client key without its certificate; it is not used."));
        values.clientKeyData = {};
        values.clientKeyFile.clear();
    }
    if (!values.clientCertData.isEmpty() && !values.clientCertData.contains("CERTIFICATE-----"))
        fields.error("client-certificate-data",
            QCoreApplication::translate("kube::Kubeconfig", "There is no PEM certificate in it."));
    if (!values.clientKeyData.isEmpty() && !values.clientKeyData.reveal().contains("PRIVATE KEY-----"))
        fields.error("client-key-data", QCoreApplication::translate("kube::Kubeconfig", "There is no PEM key in it."));
}

void readExecVersion(ConfigFields &exec, ExecConfig &config)
{
    config.apiVersion = exec.text("apiVersion");
    if (config.apiVersion.isEmpty()) {
        exec.error("apiVersion", QCoreApplication::translate("kube::Kubeconfig", "The exec plugin has no apiVersion."),
            QCoreApplication::translate("kube::Kubeconfig", "Set it to client.authentication.k8s.io/v1."));
    } else if (config.apiVersion == "client.authentication.k8s.io/v1alpha1"_L1) {
        exec.error("apiVersion",
            QCoreApplication::translate("kube::Kubeconfig", "Kubernetes removed version v1alpha1 of exec plugins."),
            QCoreApplication::translate("kube::Kubeconfig",
                "Update the plugin and set client.authentication.k8s.io/v1beta1 or v1; "
                "getting the kubeconfig anew usually does both."));
    } else if (config.apiVersion != "client.authentication.k8s.io/v1"_L1
        && config.apiVersion != "client.authentication.k8s.io/v1beta1"_L1) {
        exec.error("apiVersion",
            QCoreApplication::translate("kube::Kubeconfig", "The apiVersion of the exec plugin is not known."),
            QCoreApplication::translate("kube::Kubeconfig", "Set it to client.authentication.k8s.io/v1 or v1beta1."));
    }
    const QString mode = exec.text("interactiveMode");
    if (mode == "Never"_L1) {
        config.interactive = ExecConfig::Interactive::Never;
    } else if (mode == "Always"_L1) {
        config.interactive = ExecConfig::Interactive::Always;
    } else if (mode.isEmpty()) {
        if (config.apiVersion == "client.authentication.k8s.io/v1"_L1) {
            exec.error("interactiveMode",
                QCoreApplication::translate(
                    "kube::Kubeconfig", "The exec plugin has no interactiveMode, which v1 demands."),
                QCoreApplication::translate("kube::Kubeconfig", "Set it to IfAvailable."));
        }
    } else if (mode != "IfAvailable"_L1) {
        exec.error("interactiveMode",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The interactiveMode must be Never, IfAvailable or Always."));
    }
}

void readExec(ConfigFields &fields, UserPart &part)
{
    if (!fields.has("exec"))
        return;
    ConfigFields exec = fields.map("exec");
    if (!exec.exists())
        return;
    ExecConfig config;
    config.file = exec.file();
    config.command = exec.text("command");
    if (config.command.isEmpty()) {
        exec.error("command", QCoreApplication::translate("kube::Kubeconfig", "The exec plugin has no command."));
    } else if (config.command.contains(QDir::separator()) || config.command.contains(u'/')) {
        config.command = exec.resolved(config.command); // a bare name goes through PATH instead
    }
    config.args = exec.texts("args");
    for (ConfigFields &variable : exec.maps("env")) {
        const QString name = variable.text("name");
        if (name.isEmpty() || name.contains(u'='))
            variable.error("name",
                QCoreApplication::translate("kube::Kubeconfig", "The environment variable has no usable name."));
        else
            config.env.append({name, variable.text("value")});
    }
    config.installHint = exec.text("installHint");
    config.provideClusterInfo = exec.flag("provideClusterInfo");
    readExecVersion(exec, config);
    if (fields.has("auth-provider")) {
        fields.error("exec",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The entry has exec and auth-provider; only one of the two is allowed."),
            QCoreApplication::translate("kube::Kubeconfig", "Remove auth-provider."));
    }
    const ClusterConfig &values = part.values;
    if (!values.token.isEmpty() || !values.tokenFile.isEmpty() || !values.username.isEmpty()
        || fields.has("client-certificate-data") || fields.has("client-certificate")) {
        fields.warn("exec",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The exec plugin is not used: the entry has a token, password or certificate."));
    }
    part.values.exec = config;
}

void readAuthProvider(ConfigFields &fields)
{
    if (!fields.has("auth-provider") || fields.has("exec"))
        return;
    ConfigFields provider = fields.map("auth-provider");
    const QString name = provider.text("name");
    QString hint;
    if (name == "gcp"_L1) {
        hint = QCoreApplication::translate("kube::Kubeconfig",
            "Install gke-gcloud-auth-plugin and run \"gcloud container clusters "
            "get-credentials\" again; it writes an exec entry.");
    } else if (name == "azure"_L1) {
        hint = QCoreApplication::translate(
            "kube::Kubeconfig", "Install kubelogin and run \"kubelogin convert-kubeconfig\"; it writes an exec entry.");
    } else if (name == "oidc"_L1) {
        hint = QCoreApplication::translate(
            "kube::Kubeconfig", "Install kubelogin (the kubectl plugin oidc-login) and use it in an exec entry.");
    } else if (name == "openstack"_L1) {
        hint = QCoreApplication::translate(
            "kube::Kubeconfig", "Install client-keystone-auth and use it in an exec entry.");
    } else {
        hint = QCoreApplication::translate(
            "kube::Kubeconfig", "Use an exec entry with the provider's credential plugin.");
    }
    fields.error("auth-provider",
        name.isEmpty() ? QCoreApplication::translate("kube::Kubeconfig",
                             "Built-in auth providers are not supported; Kubernetes replaced them with exec plugins.")
                       : QCoreApplication::translate("kube::Kubeconfig",
                             "The auth provider \"%1\" is not supported; Kubernetes replaced "
                             "auth providers with exec plugins.")
                             .arg(name),
        hint);
}

void readImpersonation(ConfigFields &fields, UserPart &part)
{
    Impersonation &as = part.values.impersonate;
    as.user = fields.text("as");
    as.uid = fields.text("as-uid");
    as.groups = fields.texts("as-groups");
    as.extra = fields.textLists("as-user-extra");
    if (as.user.isEmpty() && (!as.uid.isEmpty() || !as.groups.isEmpty() || !as.extra.isEmpty())) {
        fields.error("as",
            QCoreApplication::translate(
                "kube::Kubeconfig", "as-uid, as-groups and as-user-extra need the user name in as."));
        as = {};
    }
}

} // namespace

UserPart readUser(const ConfigEntry &entry)
{
    UserPart part;
    part.problems = entry.problems;
    part.line = entry.line;
    part.values.userName = entry.name;
    ConfigFields fields(entry, entryLabel("user", entry.name), &part.problems);
    readTokens(fields, part);
    readBasic(fields, part);
    readCertificate(fields, part);
    readExec(fields, part);
    readAuthProvider(fields);
    readImpersonation(fields, part);
    return part;
}

} // namespace kube
