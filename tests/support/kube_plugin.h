// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// An exec credential plugin as a shell script in a folder of its own, which counts its runs.
#pragma once

#include "kube/credentials.h"
#include "support/kube_await.h"

#include <QFile>
#include <QTemporaryDir>

namespace support {

class Plugin {
public:
    explicit Plugin(const QByteArray &body = {}) { write(body); }

    void write(const QByteArray &body)
    {
        // A new file: the old one may be running ("text file busy" on some systems).
        QFile::remove(script());
        QFile file(script());
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the plugin");
        file.write("#!/bin/sh\necho run >> " + path("runs").toUtf8() + "\n" + body);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    /// A script that prints a credential with that token; $n in it is the number of the run.
    [[nodiscard]] QByteArray giving(const QByteArray &token) const
    {
        return "n=$(($(wc -l < " + path("runs").toUtf8()
            + ")))\ncat <<END\n{\"apiVersion\":\"client.authentication.k8s.io/v1\",\"kind\":\"ExecCredential\","
              "\"status\":{\"token\":\""
            + token + "\"}}\nEND\n";
    }
    /// Waits until that file is there.
    [[nodiscard]] QByteArray waitingFor(const char *name) const
    {
        return "until [ -e " + path(name).toUtf8() + " ]; do sleep 0.02; done\n";
    }
    [[nodiscard]] QString path(const char *name) const { return m_dir.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] QString script() const { return path("plugin.sh"); }
    [[nodiscard]] QByteArray content(const char *name) const
    {
        QFile file(path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void touch(const char *name) const
    {
        QFile file(path(name));
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write a file");
    }
    [[nodiscard]] int runs() const { return int(content("runs").count('\n')); }
    [[nodiscard]] kube::ClusterConfig config() const
    {
        kube::ClusterConfig config;
        config.server = QUrl(QStringLiteral("https://host:6443"));
        kube::ExecConfig exec;
        exec.command = script();
        exec.apiVersion = QStringLiteral("client.authentication.k8s.io/v1");
        exec.file = QStringLiteral("/etc/kubeconfig");
        config.exec = exec;
        return config;
    }
    static kube::CredentialProvider::Options consented()
    {
        kube::CredentialProvider::Options options;
        options.execConsent = true;
        return options;
    }
    static kube::Result<kube::Credential> ask(kube::CredentialProvider &provider)
    {
        return await<kube::Credential>([&](QObject *context, auto done) { provider.request(context, done); });
    }

private:
    QTemporaryDir m_dir;
};

} // namespace support
