// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A SupportBundle from its creation to its file, as Harvester gives it.

#include "support/demo_fixture.h"

#include <QCoreApplication>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;
using namespace support;

class tst_SupportBundle : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QVERIFY(demo.begin()); }
    void cleanup() { demo.end(); }

    void createdReadyAndDownloaded();
    void goesByItselfAndWithItsManager();
    void refusals();

private:
    QString create(const QByteArray &more = {});
    QJsonObject bundle();
    int managers();

    DemoFixture demo;
};

namespace {

const QByteArray path = "/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/supportbundles";

} // namespace

QString tst_SupportBundle::create(const QByteArray &more)
{
    const QByteArray body
        = R"({"apiVersion":"harvesterhci.io/v1beta1","kind":"SupportBundle","metadata":{"generateName":"bundle-","namespace":"harvester-system"},"spec":{"description":"upgrade failed")"
        + more + "}}";
    const DemoReply reply = demo.client().send("POST", path, body, "application/json");
    if (reply.status != 201)
        return {};
    demo.run([](Server &) { QCoreApplication::sendPostedEvents(); }); // what it starts is queued
    return json::name(reply.json());
}

QJsonObject tst_SupportBundle::bundle()
{
    QJsonObject found;
    demo.run([&](Server &server) {
        const auto all = server.objects(u"harvesterhci.io"_s, u"supportbundles"_s);
        if (!all.isEmpty())
            found = all.first();
    });
    return found;
}

int tst_SupportBundle::managers()
{
    int count = 0;
    demo.run([&](Server &server) {
        for (const QJsonObject &pod : server.objects({}, u"pods"_s))
            count += json::label(pod, u"app"_s) == "support-bundle-manager"_L1;
    });
    return count;
}

void tst_SupportBundle::createdReadyAndDownloaded()
{
    const QString name = create();
    QVERIFY(!name.isEmpty());
    const QByteArray file = "/v1/harvester/supportbundles/" + name.toLatin1() + "/download";
    int last = -1;
    QStringList states;
    for (int i = 0; i < 300; ++i) {
        demo.run([](Server &server) { server.advance(1); });
        const QJsonObject now = bundle();
        const QString state = json::text(now, u"status.state");
        if (states.value(states.size() - 1) != state)
            states.append(state);
        const int progress = json::get(now, u"status.progress").toInt();
        QVERIFY(progress >= last);
        last = progress;
        if (state == "ready"_L1)
            break;
        if (state == "generating"_L1) {
            QCOMPARE(managers(), 1);
            const DemoReply early = demo.client().get(file);
            QCOMPARE(early.status, 422);
            QCOMPARE(early.body, QByteArray("support bundle is not ready"));
            demo.run([](Server &server) { server.advance(30); });
        }
    }
    QCOMPARE(states, (QStringList{u"generating"_s, u"ready"_s})); // at first it has none
    QCOMPARE(last, 100);
    const DemoReply kept = demo.client().get(file + "?retain=true");
    QCOMPARE(kept.status, 200);
    const QString filename = json::text(bundle(), u"status.filename");
    QCOMPARE(kept.headers.value("content-disposition"), "attachment; filename=" + filename.toLatin1());
    QCOMPARE(kept.body.size(), json::get(bundle(), u"status.filesize").toInteger());
    QVERIFY(kept.body.startsWith("PK\3\4"));
    QVERIFY(kept.body.contains(filename.chopped(4).toLatin1() + "/metadata.yaml"));
    QVERIFY(kept.body.contains("/yamls/namespaced/harvester-system/harvesterhci.io/v1beta1/upgrades.yaml"));
    QVERIFY(kept.body.contains("/yamls/cluster/v1/nodes.yaml"));
    QVERIFY(!kept.body.contains("secrets.yaml"));
    QCOMPARE(demo.client().get(file).status, 200); // not retained: both go
    QVERIFY(bundle().isEmpty());
    QCOMPARE(demo.client().get(file).status, 404);
}

void tst_SupportBundle::goesByItselfAndWithItsManager()
{
    QVERIFY(!create(R"(,"expiration":10)").isEmpty());
    demo.run([](Server &server) { server.advance(300); });
    QCOMPARE(json::text(bundle(), u"status.state"), u"ready"_s);
    QCOMPARE(managers(), 1);
    demo.run([](Server &server) {
        server.advance(600);
        QCoreApplication::sendPostedEvents();
    });
    QVERIFY(bundle().isEmpty());
    QCOMPARE(managers(), 0);
}

void tst_SupportBundle::refusals()
{
    const auto message = [&](const QByteArray &spec) {
        return json::text(
            demo.client()
                .send("POST", path,
                    R"({"apiVersion":"harvesterhci.io/v1beta1","kind":"SupportBundle","metadata":{"generateName":"bundle-"},"spec":)"
                        + spec + "}",
                    "application/json")
                .json(),
            u"message");
    };
    QVERIFY(message("{}").startsWith(denied));
    QCOMPARE(message(R"({"description":"d","extraCollectionNamespaces":["nosuch"]})"),
        denied + u"namespace nosuch not found"_s);
    const QString name = create();
    const DemoReply changed = demo.client().send(
        "PATCH", path + '/' + name.toLatin1(), R"({"spec":{"description":"other"}})", "application/merge-patch+json");
    QCOMPARE(json::text(changed.json(), u"message"),
        denied + u"modifying the spec of an existing support bundle is not allowed"_s);
}

QTEST_GUILESS_MAIN(tst_SupportBundle)
#include "tst_supportbundle.moc"
