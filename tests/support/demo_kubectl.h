// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// kubectl, as the platform has it, against a demo server in its thread. Time passes only by playTo() and run().
#pragma once

#include "demo/jsonedit.h"
#include "demo/server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace support {

using namespace Qt::StringLiterals;
using namespace demo;

struct Outcome {
    int code = -1;
    QByteArray out, err;
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

class Kubectl {
public:
    /// False: there is no kubectl.
    bool find()
    {
        m_program = QStandardPaths::findExecutable(u"kubectl"_s);
        return !m_program.isEmpty() && m_dir.isValid();
    }
    void end() { m_thread.reset(); }
    bool begin(const QString &scenario)
    {
        ServerOptions options;
        options.scenario = scenario;
        options.speed = 0;
        m_thread = std::make_unique<DemoThread>(options);
        QFile file(m_dir.filePath(u"config"_s));
        return m_thread->start() && file.open(QIODevice::WriteOnly) && file.write(m_thread->kubeconfig()) > 0;
    }
    void playTo(const QString &state)
    {
        run([&](Server &server) {
            for (int i = 0; i < 20'000; ++i) {
                const auto upgrades = server.objects(u"harvesterhci.io"_s, u"upgrades"_s);
                if (!upgrades.isEmpty() && json::label(upgrades.last(), u"harvesterhci.io/upgradeState"_s) == state)
                    return;
                server.advance(1);
            }
        });
    }
    std::unique_ptr<QProcess> follow(const QStringList &arguments)
    {
        auto process = std::make_unique<QProcess>();
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"KUBECONFIG"_s, m_dir.filePath(u"config"_s));
        environment.insert(u"HOME"_s, m_dir.path()); // its discovery cache
        process->setProcessEnvironment(environment);
        process->start(m_program, arguments);
        return process;
    }
    Outcome kubectl(const QStringList &arguments, const QByteArray &input = {})
    {
        const auto process = follow(arguments);
        if (!input.isEmpty())
            process->write(input);
        process->closeWriteChannel();
        Outcome outcome;
        if (!process->waitForFinished(60'000)) {
            process->kill();
            process->waitForFinished();
            outcome.err = "kubectl did not end: ";
        } else {
            outcome.code = process->exitCode();
        }
        outcome.out = process->readAllStandardOutput();
        outcome.err += process->readAllStandardError();
        return outcome;
    }
    void run(const std::function<void(Server &)> &work) { m_thread->run(work); }
    QString upgrade()
    {
        return QString::fromLatin1(
            kubectl({u"get"_s, u"upgrades"_s, u"-o"_s, u"jsonpath={.items[0].metadata.name}"_s}).out);
    }

protected:
    QString m_program;
    QTemporaryDir m_dir;
    std::unique_ptr<DemoThread> m_thread;
};

} // namespace support

#define WORKS(outcome) QVERIFY2((outcome).code == 0, (outcome).err.constData())
