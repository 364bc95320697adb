// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/execplugin.h"

#include "kube/loginshell.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcessEnvironment>
#include <QStandardPaths>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestOutput = 1024 * 1024;
constexpr qsizetype keptErrors = 4 * 1024;

QString findProgram(const ExecConfig &config, const QStringList &folders)
{
    if (QDir::isAbsolutePath(config.command))
        return QStandardPaths::findExecutable(config.command);
    // A relative path would be one against the current folder, which is anybody's.
    if (config.command.contains(u'/') || folders.isEmpty())
        return {};
    return QStandardPaths::findExecutable(config.command, folders);
}

} // namespace

ExecPlugin::ExecPlugin(const ClusterConfig &config, std::chrono::milliseconds timeout, Done done, QObject *parent)
    : QObject(parent)
    , m_config(config)
    , m_timeout(timeout)
    , m_done(std::move(done))
    , m_limit(this)
{
    m_limit.setSingleShot(true);
    connect(&m_limit, &QTimer::timeout, this, [this] {
        const auto seconds = std::chrono::duration<double>(m_timeout).count();
        finish(std::unexpected(execError(*m_config.exec,
            u"exec: executable %1 did not answer within %2 s and was ended"_s.arg(
                withoutControls(m_config.exec->command), QString::number(seconds)))));
    });
}

ExecPlugin::~ExecPlugin() = default;

void ExecPlugin::start()
{
    m_interactive = m_config.exec->interactive != ExecConfig::Interactive::Never && m_config.exec->terminal
        && standardInputIsTerminal();
    if (m_config.exec->interactive == ExecConfig::Interactive::Always && !m_interactive) {
        finish(std::unexpected(execError(*m_config.exec,
            u"exec plugin cannot run: standard input is not a terminal (interactiveMode: Always)"_s,
            QCoreApplication::translate("kube::Exec",
                "It wants to ask questions in a terminal. Run it there: %1 — then use a kubeconfig "
                "whose plugin does not need one.")
                .arg(execCommandLine(*m_config.exec)))));
        return;
    }
    m_limit.start(m_timeout);
    if (LoginShell::path()) {
        launch();
        return;
    }
    m_shell = LoginShell::ask();
    connect(m_shell.get(), &LoginShell::answered, this, [this] {
        m_shell.reset();
        if (!m_result)
            launch();
    });
}

void ExecPlugin::launch()
{
    const ExecConfig &exec = *m_config.exec;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList folders = searchFolders(environment.value(u"PATH"_s), LoginShell::path().value_or(QString()));
    const QString program = findProgram(exec, folders);
    if (program.isEmpty()) {
        finish(std::unexpected(execNotFound(exec)));
        return;
    }
    // The plugin's own helpers need the terminal's PATH too.
    environment.insert(u"PATH"_s, folders.join(QDir::listSeparator()));
    for (const auto &[name, value] : exec.env)
        environment.insert(name, value);
    environment.insert(u"KUBERNETES_EXEC_INFO"_s, QString::fromUtf8(execInfo(m_config, m_interactive)));

    m_process.reset(new QProcess);
    if (m_interactive)
        makeInteractive(*m_process);
    else
        makeUnattended(*m_process);
    m_process->setProgram(program);
    m_process->setArguments(exec.args);
    m_process->setProcessEnvironment(environment);
    connect(m_process.get(), &QProcess::readyReadStandardOutput, this, &ExecPlugin::takeOutput);
    connect(m_process.get(), &QProcess::readyReadStandardError, this, &ExecPlugin::takeErrors);
    connect(m_process.get(), &QProcess::finished, this, &ExecPlugin::onFinished);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart) {
            finish(std::unexpected(execError(*m_config.exec,
                u"exec: executable %1 cannot be started: %2"_s.arg(
                    withoutControls(m_config.exec->command), m_process->errorString()))));
        }
    });
    m_process->start(QIODevice::ReadOnly);
}

void ExecPlugin::takeOutput()
{
    m_output += m_process->readAllStandardOutput();
    if (m_output.size() > longestOutput) {
        m_output = {};
        finish(std::unexpected(execError(*m_config.exec,
            u"exec: executable %1 printed more than 1 MiB and was ended"_s.arg(
                withoutControls(m_config.exec->command)))));
    }
}

void ExecPlugin::takeErrors()
{
    m_errors += m_process->readAllStandardError();
    if (m_errors.size() > keptErrors)
        m_errors = m_errors.last(keptErrors);
    if (m_hear && !m_errors.isEmpty())
        m_hear(QString::fromUtf8(m_errors));
}

void ExecPlugin::onFinished(int code, QProcess::ExitStatus status)
{
    if (m_result)
        return;
    takeErrors();
    takeOutput();
    const QString command = withoutControls(m_config.exec->command);
    if (status == QProcess::CrashExit)
        finish(std::unexpected(
            execError(*m_config.exec, u"exec: executable %1 crashed or was ended by a signal"_s.arg(command))));
    else if (code != 0)
        finish(std::unexpected(
            execError(*m_config.exec, u"exec: executable %1 failed with exit code %2"_s.arg(command).arg(code))));
    else
        finish(readExecCredential(m_output, *m_config.exec));
    m_output.fill('\0');
}

void ExecPlugin::finish(Result<ExecCredential> result)
{
    if (m_result)
        return;
    m_result = std::move(result);
    m_limit.stop();
    if (m_process && m_process->state() != QProcess::NotRunning)
        killGroup(*m_process);
    // Later: we may be inside start() or a signal of the process, and the callback may delete us.
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_process.reset();
            const Done done = std::exchange(m_done, {});
            const Result<ExecCredential> outcome = *m_result;
            if (done)
                done(outcome);
        },
        Qt::QueuedConnection);
}

} // namespace kube
