// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/contexts.h"

#include "cli/console.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>

namespace cli {

using namespace Qt::StringLiterals;
using Severity = kube::ConfigProblem::Severity;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString authTitle(const kube::ClusterConfig &config)
{
    switch (kube::authMethod(config)) {
    case kube::AuthMethod::None:
        return tr("none");
    case kube::AuthMethod::ClientCertificate:
        return tr("certificate");
    case kube::AuthMethod::Token:
        return tr("token");
    case kube::AuthMethod::TokenFile:
        return tr("token file");
    case kube::AuthMethod::Basic:
        return tr("password");
    case kube::AuthMethod::Exec:
        return tr("plugin %1").arg(config.exec ? plain(config.exec->command.section(u'/', -1)) : QString());
    }
    return {};
}

QJsonObject problemJson(const kube::ConfigProblem &problem)
{
    return {{u"severity"_s, problem.severity == Severity::Error ? u"error"_s : u"warning"_s}, {u"file"_s, problem.file},
        {u"line"_s, problem.line}, {u"entry"_s, problem.entry}, {u"field"_s, problem.field},
        {u"message"_s, problem.message}, {u"hint"_s, problem.hint}};
}

QJsonArray problemsJson(const QList<kube::ConfigProblem> &problems)
{
    QJsonArray array;
    for (const kube::ConfigProblem &problem : problems)
        array.append(problemJson(problem));
    return array;
}

/// As a person writes it.
QString fileTitle(const QString &path)
{
    const QString home = QDir::homePath() + u'/';
    return plain(path.startsWith(home) ? u"~/"_s + path.mid(home.size()) : path);
}

QString state(const kube::Context &context)
{
    if (!context.config)
        return u"✗ "_s + tr("cannot be used");
    if (context.config->insecureSkipTlsVerify)
        return u"! "_s + tr("TLS not verified");
    return context.problems.isEmpty() ? u"✓"_s : u"! "_s + tr("see below");
}

} // namespace

QString authWord(kube::AuthMethod method)
{
    switch (method) {
    case kube::AuthMethod::None:
        return u"none"_s;
    case kube::AuthMethod::ClientCertificate:
        return u"client-certificate"_s;
    case kube::AuthMethod::Token:
        return u"token"_s;
    case kube::AuthMethod::TokenFile:
        return u"token-file"_s;
    case kube::AuthMethod::Basic:
        return u"basic"_s;
    case kube::AuthMethod::Exec:
        return u"exec"_s;
    }
    return {};
}

QJsonObject contextsJson(const kube::Kubeconfig &config)
{
    QJsonArray contexts;
    for (const kube::Context &context : config.contexts) {
        QJsonObject entry{{u"name"_s, context.name}, {u"current"_s, context.name == config.currentContext},
            {u"file"_s, context.file}, {u"cluster"_s, context.clusterName}, {u"user"_s, context.userName},
            {u"namespace"_s, context.ns}, {u"server"_s, context.server}, {u"usable"_s, context.config.has_value()},
            {u"problems"_s, problemsJson(context.problems)}};
        if (context.config) {
            entry.insert(u"auth"_s, authWord(kube::authMethod(*context.config)));
            entry.insert(u"insecure"_s, context.config->insecureSkipTlsVerify);
            if (!context.config->impersonate.isEmpty())
                entry.insert(u"impersonates"_s, context.config->impersonate.user);
        }
        contexts.append(entry);
    }
    return {{u"schema"_s, u"gleaner.contexts/v1"_s}, {u"files"_s, QJsonArray::fromStringList(config.files)},
        {u"currentContext"_s, config.currentContext}, {u"contexts"_s, contexts},
        {u"problems"_s, problemsJson(config.problems)}};
}

Exit runContexts(const Arguments &arguments)
{
    const kube::Kubeconfig config
        = kube::loadKubeconfig(kube::kubeconfigFiles(arguments.kubeconfig), !arguments.kubeconfig.isEmpty());
    if (arguments.json) {
        out(QString::fromUtf8(QJsonDocument(contextsJson(config)).toJson(QJsonDocument::Indented).trimmed()));
    } else if (!config.contexts.isEmpty()) {
        QList<QStringList> rows{
            {u" "_s, tr("CONTEXT"), tr("SERVER"), tr("SIGN-IN"), tr("NAMESPACE"), tr("STATE"), tr("FILE")}};
        for (const kube::Context &context : config.contexts) {
            rows.append({context.name == config.currentContext ? u"*"_s : u" "_s, plain(context.name),
                plain(context.server), context.config ? authTitle(*context.config) : u"-"_s, plain(context.ns),
                state(context), fileTitle(context.file)});
        }
        const QStringList lines = table(rows);
        for (const QString &line : lines)
            out(line);
    }
    bool broken = config.contexts.isEmpty();
    for (const kube::ConfigProblem &problem : config.problems) {
        broken |= problem.severity == Severity::Error;
        err(problem.text());
        if (!problem.hint.isEmpty())
            err(u"  "_s + problem.hint);
    }
    if (config.contexts.isEmpty() && config.problems.isEmpty())
        err(tr("No context found. Looked in: %1").arg(config.files.join(u", "_s)));
    return broken ? Exit::Config : Exit::Told;
}

} // namespace cli
