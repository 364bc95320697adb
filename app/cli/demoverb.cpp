// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/demoverb.h"

#include "cli/console.h"
#include "cli/interrupt.h"
#include "demo/server.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSaveFile>
#include <QTemporaryDir>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// 0600 before the first byte is in it: it holds a token.
bool writePrivately(const QString &path, const QByteArray &bytes, QString *problem)
{
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    const bool good = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        && file.write(bytes) == bytes.size() && file.commit();
    if (!good)
        *problem = file.errorString();
    return good;
}

/// A folder of this login where there is one. QStandardPaths complains aloud where there is none.
QString runtimeFolder()
{
    const QFileInfo runtime(qEnvironmentVariable("XDG_RUNTIME_DIR"));
    const bool good = runtime.isAbsolute() && runtime.isDir() && runtime.isWritable();
    return good ? runtime.filePath() : QDir::tempPath();
}

} // namespace

QStringList scenarioLines()
{
    QList<QStringList> rows;
    const QList<demo::ScenarioInfo> scenarios = demo::Server::scenarios();
    for (const demo::ScenarioInfo &scenario : scenarios)
        rows.append({u"  "_s + scenario.name, scenario.title});
    return table(rows);
}

Exit runDemo(const Arguments &arguments)
{
    const QList<demo::ScenarioInfo> scenarios = demo::Server::scenarios();
    const bool known
        = std::ranges::any_of(scenarios, [&](const auto &scenario) { return scenario.name == arguments.scenario; });
    if (!known) {
        err(tr("There is no scenario \"%1\". The scenarios are:").arg(plain(arguments.scenario)));
        const QStringList lines = scenarioLines();
        for (const QString &line : lines)
            err(line);
        return Exit::Usage;
    }
    demo::ServerOptions options;
    options.scenario = arguments.scenario;
    options.nodes = arguments.nodes;
    options.speed = arguments.speed;
    options.startAt = arguments.startAt;
    options.port = arguments.port;
    options.seed = arguments.seed;
    demo::Server server(options);
    if (!server.start()) {
        err(tr("The simulated cluster cannot be served: %1").arg(server.errorString()));
        return Exit::Failed;
    }
    // Without a file asked for, one that goes when we go: the token dies with the server.
    QTemporaryDir folder(runtimeFolder() + u"/gleaner-demo-XXXXXX"_s);
    QString path = arguments.kubeconfigOut;
    if (path.isEmpty() && folder.isValid())
        path = folder.filePath(u"kubeconfig"_s);
    QString problem = folder.errorString();
    if (path.isEmpty() || !writePrivately(path, server.kubeconfig(), &problem)) {
        err(tr("The kubeconfig cannot be written to %1: %2").arg(path, problem));
        return Exit::Failed;
    }
    path = QFileInfo(path).absoluteFilePath();
    err(tr("Serving the scenario \"%1\" at https://127.0.0.1:%2 until Ctrl+C.")
            .arg(arguments.scenario)
            .arg(server.port()));
    out(u"export KUBECONFIG=%1"_s.arg(path));
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, &server, [] { QCoreApplication::exit(0); });
    return Exit(QCoreApplication::exec());
}

} // namespace cli
