// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/choosecontext.h"

#include "cli/console.h"
#include "kube/kubeconfig.h"

#include <QCoreApplication>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace

std::expected<kube::ClusterConfig, Exit> chooseContext(const Arguments &arguments)
{
    const kube::Kubeconfig config
        = kube::loadKubeconfig(kube::kubeconfigFiles(arguments.kubeconfig), !arguments.kubeconfig.isEmpty());
    QString name = arguments.context.isEmpty() ? config.currentContext : arguments.context;
    if (name.isEmpty() && config.contexts.size() == 1)
        name = config.contexts.constFirst().name;
    const auto complain = [](const QList<kube::ConfigProblem> &problems) {
        for (const kube::ConfigProblem &problem : problems) {
            err(problem.text());
            if (!problem.hint.isEmpty())
                err(u"  "_s + problem.hint);
        }
    };
    const kube::Context *const context = config.find(name);
    if (!context) {
        if (name.isEmpty() && config.contexts.isEmpty())
            err(tr("No context found. Looked in: %1").arg(config.files.join(u", "_s)));
        else if (name.isEmpty())
            err(tr("No context is the current one. Choose with --context; gleaner contexts lists them."));
        else
            err(tr("There is no context \"%1\". gleaner contexts lists them.").arg(plain(name)));
        complain(config.problems);
        return std::unexpected(Exit::Config);
    }
    if (!context->config) {
        err(tr("The context \"%1\" cannot be used:").arg(plain(name)));
        complain(context->problems);
        return std::unexpected(Exit::Config);
    }
    kube::ClusterConfig chosen = *context->config;
    // Whoever calls us from a terminal can type a password or a code there.
    if (chosen.exec)
        chosen.exec->terminal = true;
    return chosen;
}

} // namespace cli
