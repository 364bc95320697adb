// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Files in force, merge (first entry wins whole) and the contexts that come out of it.

#include "kube/kubeconfig.h"
#include "kube/kubeconfigentry.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>

#include <algorithm>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestFile = YamlLimits().bytes;

ConfigProblem aboutFile(
    ConfigProblem::Severity severity, const QString &file, const QString &message, const QString &hint = {})
{
    return {severity, file, 0, {}, {}, message, hint};
}

/// The file's bytes, or a problem. One byte past the limit is read, so that the parser says "too large".
Result<QByteArray> readLimited(const QString &file, bool explicitFile)
{
    Error error;
    error.kind = ErrorKind::Config;
    error.name = file;
    const QFileInfo info(file);
    if (info.isDir()) {
        error.message = QCoreApplication::translate("kube::Kubeconfig", "it is a folder");
        return std::unexpected(error);
    }
    // A pipe may be given by hand (process substitution); in a list it could block us for ever.
    if (!info.isFile() && !explicitFile) {
        error.message = QCoreApplication::translate("kube::Kubeconfig", "it is not a regular file");
        return std::unexpected(error);
    }
    QFile device(file);
    QByteArray bytes;
    if (device.open(QIODevice::ReadOnly)) {
        while (bytes.size() <= longestFile) {
            const QByteArray chunk = device.read(qMin<qint64>(1024 * 1024, longestFile + 1 - bytes.size()));
            if (chunk.isEmpty())
                break;
            bytes += chunk;
        }
        if (device.error() == QFileDevice::NoError)
            return bytes;
    }
    error.message = device.errorString();
    return std::unexpected(error);
}

template<class Part>
struct Named {
    ConfigEntry entry;
    Part part;
};

/// The first file that has a name gives the whole entry; later ones are not even looked at.
template<class Part>
QHash<QString, Named<Part>> firstOf(const QList<ConfigFile> &files, QList<ConfigEntry> ConfigFile::*section,
    Part (*read)(const ConfigEntry &), QStringList *order)
{
    QHash<QString, Named<Part>> entries;
    for (const ConfigFile &file : files) {
        for (const ConfigEntry &entry : file.*section) {
            if (entries.contains(entry.name))
                continue;
            entries.insert(entry.name, {entry, read(entry)});
            *order += entry.name;
        }
    }
    return entries;
}

void takeCluster(ClusterConfig &config, const ClusterConfig &cluster)
{
    config.server = cluster.server;
    config.tlsServerName = cluster.tlsServerName;
    config.insecureSkipTlsVerify = cluster.insecureSkipTlsVerify;
    config.caData = cluster.caData;
    config.caFile = cluster.caFile;
    config.proxyUrl = cluster.proxyUrl;
    config.disableCompression = cluster.disableCompression;
    config.clusterName = cluster.clusterName;
}

/// Credentials go over TLS only (clientcmd reads no user fields but impersonation for other servers).
bool dropCredentials(ClusterConfig &config)
{
    if (authMethod(config) == AuthMethod::None && config.password.isEmpty())
        return false;
    ClusterConfig bare;
    takeCluster(bare, config);
    bare.userName = config.userName;
    bare.impersonate = config.impersonate;
    bare.contextName = config.contextName;
    bare.defaultNamespace = config.defaultNamespace;
    config = bare;
    return true;
}

struct Merged {
    QHash<QString, Named<ClusterPart>> clusters;
    QHash<QString, Named<UserPart>> users;
    bool fileBroken = false;
};

Context assembleContext(const Named<ContextPart> &named, const Merged &merged, QList<ConfigProblem> *own)
{
    const ContextPart &part = named.part;
    Context context;
    context.name = named.entry.name;
    context.file = named.entry.file;
    context.clusterName = part.cluster;
    context.userName = part.user;
    context.ns = part.ns;
    *own = part.problems;

    const auto missing = [&](const char *field, const QString &message) {
        ConfigFields fields(named.entry, entryLabel("context", named.entry.name), own);
        fields.error(field, message,
            merged.fileBroken
                ? QCoreApplication::translate("kube::Kubeconfig", "It may be in a file that could not be read.")
                : QCoreApplication::translate(
                      "kube::Kubeconfig", "Correct the name, or add the file that has the entry."));
    };
    const auto cluster = merged.clusters.constFind(part.cluster);
    const auto user = merged.users.constFind(part.user);
    if (cluster != merged.clusters.cend()) {
        context.clusterFile = cluster->entry.file;
        context.server = cluster->part.server;
        context.problems += cluster->part.problems;
    } else if (!part.cluster.isEmpty()) {
        missing("cluster",
            QCoreApplication::translate("kube::Kubeconfig", "The cluster \"%1\" does not exist.").arg(part.cluster));
    }
    if (user != merged.users.cend()) {
        context.userFile = user->entry.file;
        context.problems += user->part.problems;
    } else if (!part.user.isEmpty()) {
        missing(
            "user", QCoreApplication::translate("kube::Kubeconfig", "The user \"%1\" does not exist.").arg(part.user));
    }
    context.problems = *own + context.problems;
    if (cluster == merged.clusters.cend() || user == merged.users.cend() || hasError(context.problems))
        return context;

    ClusterConfig config = user->part.values;
    takeCluster(config, cluster->part.values);
    config.contextName = context.name;
    config.defaultNamespace = part.ns.isEmpty() ? u"default"_s : part.ns;
    if (config.exec)
        config.exec->clusterExtension = cluster->part.execExtension;
    if (config.server.scheme() != "https"_L1 && dropCredentials(config)) {
        ConfigFields fields(named.entry, entryLabel("context", named.entry.name), own);
        fields.warn("user",
            QCoreApplication::translate(
                "kube::Kubeconfig", "The credentials are not sent: the server's address is not https://."));
        context.problems += own->last();
    }
    context.config = config;
    return context;
}

Kubeconfig assemble(const QList<ConfigFile> &files, QList<ConfigProblem> problems)
{
    Kubeconfig result;
    Merged merged;
    QString currentFile;
    int currentLine = 0;
    for (const ConfigFile &file : files) {
        problems += file.problems;
        if (result.currentContext.isEmpty() && !file.currentContext.isEmpty()) {
            result.currentContext = file.currentContext;
            currentFile = file.file;
            currentLine = file.currentContextLine;
        }
    }
    merged.fileBroken = hasError(problems);
    QStringList clusterOrder;
    QStringList userOrder;
    QStringList contextOrder;
    merged.clusters = firstOf<ClusterPart>(files, &ConfigFile::clusters, readCluster, &clusterOrder);
    merged.users = firstOf<UserPart>(files, &ConfigFile::users, readUser, &userOrder);
    const auto contexts = firstOf<ContextPart>(files, &ConfigFile::contexts, readContext, &contextOrder);

    for (const QString &name : std::as_const(contextOrder)) {
        QList<ConfigProblem> own;
        result.contexts += assembleContext(contexts[name], merged, &own);
        problems += own;
    }
    for (const QString &name : std::as_const(clusterOrder)) {
        problems += merged.clusters[name].part.problems;
        result.unreadable += merged.clusters[name].part.unreadable;
    }
    for (const QString &name : std::as_const(userOrder)) {
        problems += merged.users[name].part.problems;
        result.unreadable += merged.users[name].part.unreadable;
    }
    if (!result.currentContext.isEmpty() && !result.find(result.currentContext)) {
        problems += ConfigProblem{ConfigProblem::Severity::Warning, currentFile, currentLine, {}, u"current-context"_s,
            QCoreApplication::translate("kube::Kubeconfig", "The context \"%1\" does not exist.")
                .arg(result.currentContext),
            {}};
    }
    // What is about whole files first, then by place.
    std::stable_sort(problems.begin(), problems.end(),
        [](const ConfigProblem &a, const ConfigProblem &b) { return a.entry.isEmpty() && !b.entry.isEmpty(); });
    result.problems = problems;
    return result;
}

} // namespace

QString ConfigProblem::text() const
{
    QString place = file;
    if (line > 0)
        place += u":%1"_s.arg(line);
    QStringList parts;
    for (const QString &part : {place, entry, field, message}) {
        if (!part.isEmpty())
            parts += part;
    }
    return parts.join(": "_L1);
}

const Context *Kubeconfig::find(const QString &name) const
{
    const auto it = std::ranges::find(contexts, name, &Context::name);
    return it == contexts.cend() ? nullptr : &*it;
}

QStringList kubeconfigFiles(const QString &explicitFile)
{
    if (!explicitFile.isEmpty())
        return {QFileInfo(explicitFile).absoluteFilePath()};
    const QString list = qEnvironmentVariable("KUBECONFIG");
    if (list.isEmpty())
        return {QDir::homePath() + "/.kube/config"_L1};
    QStringList files;
    const QStringList names = list.split(QDir::listSeparator(), Qt::SkipEmptyParts);
    for (const QString &name : names) {
        const QString file = QDir::cleanPath(QFileInfo(name).absoluteFilePath());
        if (!files.contains(file))
            files += file;
    }
    return files;
}

Kubeconfig loadKubeconfig(const QStringList &files, bool explicitFile)
{
    QList<ConfigFile> read;
    QList<ConfigProblem> problems;
    qsizetype missing = 0;
    for (const QString &file : files) {
        const QFileInfo info(file);
        if (!explicitFile && !info.exists() && !info.isSymLink()) {
            ++missing;
            continue;
        }
        const Result<QByteArray> bytes = readLimited(file, explicitFile);
        if (bytes) {
            read += readConfigFile(*bytes, file);
        } else {
            problems += aboutFile(ConfigProblem::Severity::Error, file,
                QCoreApplication::translate("kube::Kubeconfig", "The file cannot be read: %1.")
                    .arg(bytes.error().message));
        }
    }
    if (!files.isEmpty() && missing == files.size()) {
        problems += aboutFile(ConfigProblem::Severity::Warning, files.first(),
            QCoreApplication::translate("kube::Kubeconfig", "There is no kubeconfig file here."),
            QCoreApplication::translate(
                "kube::Kubeconfig", "Put the cluster's kubeconfig there, set KUBECONFIG, or open a file."));
    }
    Kubeconfig config = assemble(read, problems);
    config.files = files;
    return config;
}

Kubeconfig parseKubeconfig(const QByteArray &yaml, const QString &file)
{
    Kubeconfig config = assemble({readConfigFile(yaml, file)}, {});
    config.files = QStringList{file};
    return config;
}

} // namespace kube
