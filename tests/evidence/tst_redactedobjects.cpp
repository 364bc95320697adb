// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Secrets in objects, wherever they are kept there; and everything else as it was.

#include "evidence/redactedobject.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using evidence::KnownSecrets;
using evidence::SecretCounts;

class TestRedactedObjects : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void objects_data();
    void objects();
    void objectsKeepTheRest();
};

void TestRedactedObjects::objects_data()
{
    QTest::addColumn<QByteArray>("json");
    const auto row = [](const char *name, const char *json) { QTest::newRow(name) << QByteArray(json); };
    row("secret", R"({"kind":"Secret","metadata":{"name":"x"},"data":{"anything":"$B"},"stringData":{"y":"$"}})");
    row("secret in a list", R"({"kind":"List","items":[{"kind":"Secret","data":{"anything":"$B"}}]})");
    row("last applied",
        R"({"kind":"ConfigMap","metadata":{"annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"kind\":\"Secret\",\"data\":{\"a\":\"$B\"}}"}}})");
    row("env", R"({"spec":{"containers":[{"env":[{"name":"DB_PASSWORD","value":"$"}]}]}})");
    row("args",
        R"({"spec":{"containers":[{"args":["--token","$","--x"],"command":["sh","-c","echo --password=$"]}]}})");
    row("setting",
        R"({"kind":"Setting","metadata":{"name":"backup-target"},"value":"{\"type\":\"s3\",\"secretAccessKey\":\"$\"}"})");
    row("setting of certificates",
        R"({"kind":"Setting","metadata":{"name":"ssl-certificates"},"value":"{\"privateKey\":\"$\"}"})");
    row("cloud init",
        R"({"spec":{"volumes":[{"cloudInitNoCloud":{"userData":"#cloud-config\npassword: $\n","networkData":"$"}}]}})");
    row("cloud init in base64", R"({"spec":{"volumes":[{"cloudInitNoCloud":{"userDataBase64":"$B"}}]}})");
    row("registry", R"({"data":{".dockerconfigjson":"$B"}})");
    row("config map", R"({"kind":"ConfigMap","data":{"config.yaml":"server: x\ntoken: $\n"}})");
    row("event", R"({"kind":"Event","message":"Get \"https://admin:$@10.0.0.1/v2\": refused"})");
    row("list of tokens", R"({"tokens":["$","$"]})");
    row("number", R"({"pin":1,"password":83471902374612})");
    row("deep", R"({"a":{"b":{"c":[{"d":{"clientSecret":"$"}}]}}})");
    row("json in json in json", R"({"a":"{\"b\":\"{\\\"password\\\":\\\"$\\\"}\"}"})");
    row("kubeconfig", R"({"data":{"value":"x","kubeconfig":"apiVersion: v1\nusers:\n- user: {token: $}\n"}})");
    row("condition", R"({"status":{"conditions":[{"message":"login with token=$ failed"}]}})");
}

void TestRedactedObjects::objects()
{
    QFETCH(QByteArray, json);
    const QByteArray secret = QByteArray("S3cr-4711xQ-seven");
    const QByteArray given = QByteArray(json).replace("$B", secret.toBase64()).replace("$", secret);
    const QJsonDocument document = QJsonDocument::fromJson(given);
    QVERIFY(document.isObject());
    SecretCounts counts{};
    const QByteArray masked
        = QJsonDocument(evidence::redactedObject(document.object(), counts)).toJson(QJsonDocument::Compact);
    QVERIFY2(!masked.contains(secret), masked.constData());
    QVERIFY2(!masked.contains(secret.toBase64()), masked.constData());
    QVERIFY2(!masked.contains("83471902374612"), masked.constData());
    QVERIFY2(masked.contains("[redacted:"), masked.constData());
    QVERIFY(std::accumulate(counts.begin(), counts.end(), qint64(0)) > 0);
}

void TestRedactedObjects::objectsKeepTheRest()
{
    const QJsonObject pod = QJsonDocument::fromJson(R"({"kind":"Pod","metadata":{"name":"hvst-upgrade-x-apply","uid":
        "0b9c2f4e-6a1d-4a53-9f6b-3f0d2f8f7a11","labels":{"harvesterhci.io/upgradeComponent":"manifest"}},"spec":{
        "containers":[{"image":"rancher/harvester-upgrade:v1.4.0","env":[{"name":"HARVESTER_UPGRADE_NAME","value":"x"}],
        "volumeMounts":[{"mountPath":"/var/run/secrets/kubernetes.io/serviceaccount"}]}],"volumes":[{"secret":{
        "secretName":"tls-rancher","defaultMode":420}}],"automountServiceAccountToken":true},"status":{"phase":"Running",
        "startTime":"2026-01-01T00:00:00Z"}})")
                                .object();
    QVERIFY(!pod.isEmpty());
    SecretCounts counts{};
    QCOMPARE(evidence::redactedObject(pod, counts), pod);
    QCOMPARE(counts, SecretCounts{});

    // What is learned of one object is found in another, and in texts.
    const QByteArray secret = QByteArray("S3cr-0815xQ-nine");
    KnownSecrets known;
    evidence::learnSecrets(QJsonObject{{"kind"_L1, "Secret"_L1},
                               {"data"_L1, QJsonObject{{"x"_L1, QString::fromLatin1(secret.toBase64())}}}},
        known);
    const QJsonObject masked
        = evidence::redactedObject({{"message"_L1, QString::fromLatin1("refused " + secret)}}, counts, &known);
    QCOMPARE(masked.value("message"_L1).toString(), u"refused [redacted:known]"_s);
}

QTEST_GUILESS_MAIN(TestRedactedObjects)
#include "tst_redactedobjects.moc"
