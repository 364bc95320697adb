// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A demo server in its thread and clients for it, as the tests of the API share them. Time passes only by advance().
#pragma once

#include "demo/jsonedit.h"
#include "demo/server.h"
#include "support/demo_client.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>

#include <functional>
#include <memory>

namespace support {

inline const QByteArray upgradesPath = "/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades";
inline const QByteArray newUpgrade
    = R"({"apiVersion":"harvesterhci.io/v1beta1","kind":"Upgrade","metadata":{"generateName":"hvst-upgrade-","namespace":"harvester-system"},"spec":{"version":"v1.9.0"}})";
inline const QString denied
    = QStringLiteral("admission webhook \"validator.harvesterhci.io\" denied the request: ");

inline QJsonObject parse(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

inline QJsonArray items(const DemoReply &reply)
{
    return reply.json().value(QLatin1String("items")).toArray();
}

class DemoFixture {
public:
    /// False: the server did not start.
    bool begin(demo::ServerOptions options)
    {
        m_thread = std::make_unique<demo::DemoThread>(std::move(options));
        if (!m_thread->start())
            return false;
        run([this](demo::Server &server) { learn(server); });
        return true;
    }
    bool begin(const QString &scenario = QStringLiteral("healthy"))
    {
        demo::ServerOptions options;
        options.scenario = scenario;
        options.speed = 0;
        return begin(std::move(options));
    }
    void end() { m_thread.reset(); }
    void run(const std::function<void(demo::Server &)> &work) { m_thread->run(work); }
    /// Port and secrets, again after a restart.
    void learn(const demo::Server &server)
    {
        port = server.port();
        ca = server.caPem();
        for (const char *user : {"admin", "viewer", "nobody"})
            tokens[QString::fromLatin1(user)] = server.token(QString::fromLatin1(user));
    }
    [[nodiscard]] DemoClient client(const QString &user = QStringLiteral("admin"))
    {
        return DemoClient(port, ca, tokens.value(user));
    }
    [[nodiscard]] QByteArray kubeconfig() const { return m_thread->kubeconfig(); }
    [[nodiscard]] QString upgradeName()
    {
        return demo::json::name(items(client().get(upgradesPath)).at(0).toObject());
    }
    /// Plays until the label upgradeState is `state`.
    bool playTo(const QString &state)
    {
        bool found = false;
        run([&](demo::Server &server) {
            for (int i = 0; i < 20'000 && !found; ++i) {
                const auto upgrades
                    = server.objects(QStringLiteral("harvesterhci.io"), QStringLiteral("upgrades"));
                found = !upgrades.isEmpty()
                        && demo::json::label(upgrades.last(), QStringLiteral("harvesterhci.io/upgradeState")) == state;
                if (!found)
                    server.advance(1);
            }
        });
        return found;
    }

    quint16 port = 0;
    QByteArray ca;
    QHash<QString, QByteArray> tokens;

private:
    std::unique_ptr<demo::DemoThread> m_thread;
};

} // namespace support
