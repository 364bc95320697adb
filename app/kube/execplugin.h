// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One run of an exec credential plugin: no shell, a time limit, bounded output, ended with its whole process group.
/// It has no terminal, unless the config allows it ours and the plugin may ask for one: then standard input and error
/// are ours, it stays in our session, and ending it ends the plugin alone. Program: an absolute path, or a name
/// searched in our PATH and the login shell's, never in the current folder. Thread: its own. Deleting it ends the
/// plugin; then nothing is told.
#pragma once

#include "kube/execpluginformat.h"
#include "kube/execpluginprocess.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace kube {

class LoginShell;

class ExecPlugin : public QObject {
    Q_OBJECT
public:
    using Done = std::function<void(Result<ExecCredential>)>;
    /// `config.exec` must have a value. `done` comes once, from the event loop; the object may be deleted in it.
    ExecPlugin(const ClusterConfig &config, std::chrono::milliseconds timeout, Done done, QObject *parent = nullptr);
    ~ExecPlugin() override;
    /// Hears the last 4 KiB of what the plugin wrote on standard error, each time it grew. May hold anything: show it
    /// only when a person asks, never log it. Before start().
    void onMessages(std::function<void(const QString &)> hear) { m_hear = std::move(hear); }
    void start();

private:
    void launch();
    void takeOutput();
    void takeErrors();
    void onFinished(int code, QProcess::ExitStatus status);
    void finish(Result<ExecCredential> result);

    ClusterConfig m_config;
    std::chrono::milliseconds m_timeout;
    Done m_done;
    std::shared_ptr<LoginShell> m_shell;
    ProcessPtr m_process;
    QTimer m_limit;
    QByteArray m_output;
    QByteArray m_errors;
    std::function<void(const QString &)> m_hear;
    bool m_interactive = false;
    std::optional<Result<ExecCredential>> m_result;
};

} // namespace kube
