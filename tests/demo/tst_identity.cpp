// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Each start of the simulated cluster is another cluster, though one seed plays the same upgrade.

#include "demo/jsonedit.h"
#include "demo/server.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace {

struct Identity {
    QString cluster, upgrade, upgradeUid;
};

Identity identityOf(const demo::Server &server)
{
    Identity identity;
    for (const QJsonObject &one : server.objects({}, u"namespaces"_s)) {
        const QJsonObject meta = one["metadata"_L1].toObject();
        if (meta["name"_L1].toString() == "kube-system"_L1)
            identity.cluster = meta["uid"_L1].toString();
    }
    const QJsonObject meta = server.objects(u"harvesterhci.io"_s, u"upgrades"_s).constFirst()["metadata"_L1].toObject();
    identity.upgrade = meta["name"_L1].toString();
    identity.upgradeUid = meta["uid"_L1].toString();
    return identity;
}

} // namespace

class TestIdentity : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void anotherClusterEachTime()
    {
        QList<Identity> seen;
        for (int i = 0; i < 2; ++i) {
            demo::ServerOptions options;
            options.speed = 0;
            options.startAt = 60;
            demo::DemoThread thread(options);
            QVERIFY(thread.start());
            thread.run([&seen](demo::Server &server) { seen.append(identityOf(server)); });
        }
        QVERIFY(!seen.at(0).cluster.isEmpty());
        QVERIFY(seen.at(0).cluster != seen.at(1).cluster);
        QCOMPARE(seen.at(0).upgrade, seen.at(1).upgrade);
        QCOMPARE(seen.at(0).upgradeUid, seen.at(1).upgradeUid);
    }
};

QTEST_GUILESS_MAIN(TestIdentity)
#include "tst_identity.moc"
