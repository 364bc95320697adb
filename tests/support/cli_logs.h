// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A simulated cluster which remembers every line it wrote, and `gleaner logs` run against it with a state folder of
/// its own.
#pragma once

#include "demo/logcontrol.h"
#include "demo/server.h"
#include "logs/stamp.h"
#include "support/cli_run.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

namespace support {

class LogsBed {
public:
    /// Time stands still from `start` seconds on.
    bool serve(const QString &scenario = QStringLiteral("healthy"), double start = 0)
    {
        demo::ServerOptions options;
        options.scenario = scenario;
        options.speed = 0;
        m_demo = std::make_unique<demo::DemoThread>(options);
        if (!m_demo->start())
            return false;
        m_demo->run([start](demo::Server &server) {
            server.logs().keepLedger();
            if (start > 0)
                server.advance(start);
        });
        QFile file(path(QStringLiteral("demo.yaml")));
        return file.open(QIODevice::WriteOnly) && file.write(m_demo->kubeconfig()) > 0;
    }
    void stop() { m_demo.reset(); }
    template<class Work>
    void run(Work &&work)
    {
        m_demo->run(std::forward<Work>(work));
    }

    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    [[nodiscard]] QMap<QString, QString> variables() const
    {
        return {{QStringLiteral("XDG_STATE_HOME"), path(QStringLiteral("state"))}};
    }
    [[nodiscard]] QStringList words(const QStringList &more) const
    {
        return QStringList{QStringLiteral("logs"), QStringLiteral("--kubeconfig"), path(QStringLiteral("demo.yaml"))}
        + more;
    }
    [[nodiscard]] Run logs(const QStringList &more) const { return support::run(words(more), variables()); }
    void begin(QProcess &process, const QString &program, const QStringList &arguments) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("XDG_STATE_HOME"), path(QStringLiteral("state")));
        process.setProcessEnvironment(environment);
        process.start(program, arguments);
    }
    void begin(QProcess &process, const QStringList &more) const { begin(process, gleaner(), words(more)); }

    /// A pod of the upgrade by its name, which writes numbered lines.
    demo::ContainerId talker(qint64 lines = 0, double perSecond = 5000)
    {
        demo::ContainerId id;
        run([&](demo::Server &server) {
            id = server.logs().makePod(
                QStringLiteral("harvester-system"), QStringLiteral("importer-prime"), QStringLiteral("importer"));
            if (lines == 0)
                return;
            demo::LogWriter writer;
            writer.to = id;
            writer.lines = lines;
            writer.linesPerSecond = perSecond;
            server.logs().startWriter(writer);
        });
        return id;
    }
    [[nodiscard]] QList<demo::ContainerId> everWritten()
    {
        QList<demo::ContainerId> ids;
        run([&](demo::Server &server) { ids = server.logs().everWritten(); });
        return ids;
    }
    [[nodiscard]] QList<QByteArray> written(const demo::ContainerId &id)
    {
        QList<QByteArray> lines;
        run([&](demo::Server &server) {
            for (const demo::WrittenInstance &instance : server.logs().written(id)) {
                for (const demo::LoggedLine &line : instance.lines)
                    lines.append(line.text);
            }
        });
        return lines;
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<demo::DemoThread> m_demo;
};

/// What `-o json` printed.
struct PrintedLogs {
    QMap<QString, QList<QByteArray>> lines; ///< by "pod/container"
    QList<qint64> times;                    ///< of all lines as they came
    int dividers = 0;
};

inline PrintedLogs readLogs(const QString &json)
{
    PrintedLogs read;
    const QStringList objects = json.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &one : objects) {
        const QJsonObject object = QJsonDocument::fromJson(one.toUtf8()).object();
        const auto text = [&](const char *key) { return object.value(QLatin1StringView(key)).toString(); };
        if (text("type") != QLatin1StringView("line")) {
            ++read.dividers;
            continue;
        }
        read.lines[text("pod") + QLatin1Char('/') + text("container")].append(text("text").toUtf8());
        read.times.append(logs::stampTime(text("time").toLatin1()).value_or(0));
    }
    return read;
}

} // namespace support
