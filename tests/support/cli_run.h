// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Runs the real program to its end.
#pragma once

#include <QEventLoop>
#include <QMap>
#include <QProcess>
#include <QStringList>

namespace support {

struct Run {
    int code = -1; ///< -2: crashed
    QString out, err;
};

inline QString gleaner()
{
    return qEnvironmentVariable("GLEANER_BINARY");
}

/// The event loop goes on meanwhile, since servers of the test may live in it.
inline Run run(const QStringList &words, const QMap<QString, QString> &variables = {}, const QStringList &without = {})
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (auto it = variables.begin(); it != variables.end(); ++it)
        environment.insert(it.key(), it.value());
    for (const QString &name : without)
        environment.remove(name);
    process.setProcessEnvironment(environment);
    QEventLoop loop;
    QObject::connect(&process, &QProcess::finished, &loop, &QEventLoop::quit);
    process.start(gleaner(), words);
    if (!process.waitForStarted())
        return {};
    loop.exec();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -2,
        QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

} // namespace support
