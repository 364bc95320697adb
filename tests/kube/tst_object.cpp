// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/object.h"
#include "kube/objectdecode.h"
#include "support/kube_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::quoted;

namespace {

QJsonObject parse(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

} // namespace

class TestObject : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void reads()
    {
        const auto object = makeObject(
            parse(quoted("{'kind':'Pod','metadata':{'name':'a','namespace':'n','uid':'u','resourceVersion':'12','"
                         "managedFields':[{'manager':'x'}],'labels':{'l':'1'},'annotations':{'keep':'me','kubectl."
                         "kubernetes.io/last-applied-configuration':'{\\\"secret\\\":1}'}},'spec':{'x':1}}")));
        QVERIFY(object);
        QCOMPARE((*object)->key, (ObjectKey{u"n"_s, u"a"_s}));
        QCOMPARE((*object)->uid, u"u"_s);
        QCOMPARE((*object)->resourceVersion, u"12"_s);
        QCOMPARE((*object)->json,
            parse(quoted("{'kind':'Pod','metadata':{'name':'a','namespace':'n','uid':'u','resourceVersion':'12','"
                         "labels':{'l':'1'},'annotations':{'keep':'me'}},'spec':{'x':1}}")));
    }

    void lastAppliedAlone()
    {
        const auto object = makeObject(parse(quoted("{'metadata':{'name':'a','resourceVersion':'1','annotations':{'"
                                                    "kubectl.kubernetes.io/last-applied-configuration':'{}'}}}")));
        QVERIFY(object);
        QCOMPARE((*object)->json, parse(quoted("{'metadata':{'name':'a','resourceVersion':'1'}}")));
    }

    void slims()
    {
        const auto object
            = makeObject(parse(quoted("{'metadata':{'name':'a','resourceVersion':'1'},'spec':{},'status':{}}")),
                [](QJsonObject json) {
                    json.remove("spec"_L1);
                    return json;
                });
        QVERIFY(object);
        QVERIFY(!(*object)->json.contains("spec"_L1));
        QVERIFY((*object)->json.contains("status"_L1));
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("name");
        QTest::newRow("empty") << QByteArray("{}") << QString();
        QTest::newRow("metadata is a list") << QByteArray(quoted("{'metadata':[]}")) << QString();
        QTest::newRow("no name") << QByteArray(quoted("{'metadata':{'resourceVersion':'1'}}")) << QString();
        QTest::newRow("empty name") << QByteArray(quoted("{'metadata':{'name':'','resourceVersion':'1'}}"))
                                    << QString();
        QTest::newRow("name is a number")
            << QByteArray(quoted("{'metadata':{'name':7,'resourceVersion':'1'}}")) << QString();
        QTest::newRow("no version") << QByteArray(quoted("{'metadata':{'name':'a'}}")) << u"a"_s;
        QTest::newRow("version is a number")
            << QByteArray(quoted("{'metadata':{'name':'a','resourceVersion':1}}")) << u"a"_s;
        QTest::newRow("uid is an object")
            << QByteArray(quoted("{'metadata':{'name':'a','resourceVersion':'1','uid':{}}}")) << u"a"_s;
        QTest::newRow("labels is a string")
            << QByteArray(quoted("{'metadata':{'name':'a','resourceVersion':'1','labels':'x'}}")) << u"a"_s;
        QTest::newRow("namespace is a list")
            << QByteArray(quoted("{'metadata':{'name':'a','namespace':[],'resourceVersion':'1'}}")) << u"a"_s;
    }
    void refuses()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, name);
        QJsonObject object = parse(json);
        object.insert("data"_L1, u"hunter2"_s);
        const auto result = makeObject(object);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Undecodable);
        QCOMPARE(result.error().name, name);
        QVERIFY(!result.error().message.isEmpty());
        QVERIFY(!result.error().message.contains("hunter2"_L1));
    }

    void dryRunHasNoVersion()
    {
        const QJsonObject json = parse(quoted("{'metadata':{'name':'a','uid':'u'}}"));
        QVERIFY(!decodeObject(json, {}, VersionRule::Required));
        QVERIFY(decodeObject(json, {}, VersionRule::Optional));
    }
};

QTEST_GUILESS_MAIN(TestObject)
#include "tst_object.moc"
