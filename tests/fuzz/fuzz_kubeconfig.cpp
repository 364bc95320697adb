// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes as a kubeconfig: no crash, no hang, and what comes out is fit to be shown and used.

#include "kube/execpluginformat.h"
#include "kube/kubeconfig.h"

#include <cstdlib>

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    const kube::Kubeconfig config = kube::parseKubeconfig(bytes, QStringLiteral("/nonexistent/config"));
    for (const kube::ConfigProblem &problem : config.problems) {
        require(problem.line >= 0);
        require(!problem.message.isEmpty());
        require(!problem.text().contains(QLatin1Char('\0')));
    }
    for (const kube::Context &context : config.contexts) {
        require(!context.name.isEmpty());
        require(config.find(context.name) != nullptr);
        require(context.config || !context.problems.isEmpty());
        if (!context.config)
            continue;
        const kube::ClusterConfig &c = *context.config;
        require(c.server.scheme() == QLatin1String("https") || c.server.scheme() == QLatin1String("http"));
        require(!c.server.host().isEmpty() && c.server.userInfo().isEmpty());
        require(!c.defaultNamespace.isEmpty());
        require(c.caData.isEmpty() || !c.insecureSkipTlsVerify);
        if (c.server.scheme() == QLatin1String("http"))
            require(kube::authMethod(c) == kube::AuthMethod::None);
        if (c.exec) {
            require(!c.exec->command.isEmpty());
            require(!kube::execInfo(c).isEmpty());
            require(!kube::execCommandLine(*c.exec).contains(QLatin1Char('\n')));
        }
    }
    return 0;
}
