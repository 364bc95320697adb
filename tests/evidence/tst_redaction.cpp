// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Hundreds of secrets of all kinds, in all places they turn up in, in several encodings, cut by pieces and ends of
// lines: none comes through. And what is none stays readable.

#include "evidence/redactedtext.h"

#include <QCryptographicHash>
#include <QTest>

#include <numeric>

using namespace Qt::StringLiterals;
using evidence::KnownSecrets;
using evidence::SecretCounts;
using evidence::TextRedactor;

namespace {

/// A password nobody could mistake for a word, another one for each number.
QByteArray secretOf(int number)
{
    const QByteArray hash = QCryptographicHash::hash(QByteArray::number(number), QCryptographicHash::Sha256).toHex();
    return "S3" + hash.first(9) + "xQ" + QByteArray::number(number);
}

/// Lines with $ where a secret is, $B where it is in base64.
const QList<QByteArray> &places()
{
    static const QList<QByteArray> all{
        "password: $\n",
        "  password: \"$\"\n",
        "password: '$'\n",
        "password = $\n",
        "DB_PASSWORD=$\n",
        "export RANCHER_TOKEN=$\n",
        "level=info msg=\"login\" password=$ user=admin\n",
        "level=info msg=\"login with password=$\" user=admin\n",
        "{\"user\":\"admin\",\"password\":\"$\"}\n",
        "{\"user\": \"admin\", \"clientSecret\" : \"$\", \"x\": 1}\n",
        "msg=\"{\\\"password\\\":\\\"$\\\"}\" node=node1\n",
        "{\"log\":\"{\\\\\\\"token\\\\\\\":\\\\\\\"$\\\\\\\"}\"}\n",
        "GET /v3?x=1&token=$ HTTP/1.1\n",
        "body=%7B%22password%22%3A%22$%22%7D\n",
        "+ curl -sfL --header 'Authorization: Bearer $' https://10.0.0.1/v3\n",
        "Authorization: Basic $B\n",
        "authorization: Bearer $B\n",
        "> Cookie: R_SESS=$; CSRF=1\n",
        "Set-Cookie: R_SESS=$\n",
        "https://admin:$@registry.example.com/v2/\n",
        "error pulling from http://$@10.1.2.3:3128: refused\n",
        "proxy=http%3A%2F%2Fadmin%3A$%40proxy\n",
        "docker login -u admin --password $ registry.example.com\n",
        "args: [\"--token\", \"$\"]\n",
        "rke2 server --token=$\n",
        "rke2 server --agent-token $ --debug\n",
        "curl -k -u admin:$ https://10.0.0.1\n",
        "sshpass -p $ ssh rancher@node1\n",
        "the password is $ for now\n",
        "new password was $\n",
        "password:\n  $\n",
        "password: |\n  $\n  $\nuser: x\n",
        "  passphrase: >-\n    $\n  other: x\n",
        "userData: |\n  #cloud-config\n  password: x\n  runcmd:\n  - echo $\n  - $\nother: x\n",
        "#cloud-config\nusers:\n- name: $\n\nwrite_files:\n- content: $\n2026-01-01T00:00:00Z next\n",
        "- name: DB_PASSWORD\n  value: $\n",
        "env: {name: API_TOKEN, value: $}\n",
        "{\"name\":\"API_TOKEN\",\"value\":\"$\"}\n",
        "{\"name\": \"API_TOKEN\",\n \"value\": \"$\"}\n",
        "\"apiKey\":\n    \"$\"\n",
        "tokens: [\"$\", \"$\"]\n",
        "tokens:\n- $\n- $\nname: x\n",
        "-----BEGIN RSA PRIVATE KEY-----\n$\n$\n-----END RSA PRIVATE KEY-----\n",
        "  -----BEGIN PRIVATE KEY-----\n  $B\n  -----END PRIVATE KEY-----\n",
        "key: \"-----BEGIN EC PRIVATE KEY-----\\n$\\n-----END EC PRIVATE KEY-----\\n\"\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\n$\n",
        "apiVersion: v1\ndata:\n  anything: $B\nkind: Secret\n",
        "apiVersion: v1\nkind: Secret\nstringData:\n  password: $\n",
        "{\"apiVersion\":\"v1\",\"data\":{\"a\":\"$B\",\"b\":\"$B\"},\"kind\":\"Secret\"}\n",
        "users:\n- name: admin\n  user:\n    client-key-data: $B\n    token: $\n",
        "{\"auths\":{\"r.example.com\":{\"username\":\"u\",\"password\":\"$\",\"auth\":\"$B\"}}}\n",
        ".dockerconfigjson: $B\n",
        "ssh_private_key=$\n",
        "AWS_SECRET_ACCESS_KEY=$\n",
        "accessKey: $\n",
        "CRYPTO_KEY_VALUE: $\n",
        "passwd accepted, passwd=$\n",
        "kubeconfig-u-abc12.c-xyz:$\n",
        "K10aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa::server:$\n",
        "secret => $,\n",
        "conf := secret:=$\n",
        "password set to $\n",
    };
    return all;
}

QByteArray inPieces(QByteArrayView text, qsizetype piece, const KnownSecrets *known = nullptr)
{
    TextRedactor redactor(known);
    QByteArray result;
    for (qsizetype at = 0; at < text.size(); at += piece)
        result += redactor.feed(text.sliced(at, std::min(piece, text.size() - at)));
    return result + redactor.finish();
}

} // namespace

class TestRedaction : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void places_data();
    void places();
    void shapes_data();
    void shapes();
    void harmless_data();
    void harmless();
    void allAtOnceInPieces();
    void stampedLines();
    void knownValues_data();
    void knownValues();
    void twiceIsAsOnce();
};

void TestRedaction::names_data()
{
    QTest::addColumn<bool>("secret");
    for (const char *name :
        {"password", "DB_PASSWORD", "adminPassword", "token", "bearerToken", "client-key-data", "tls.key", "ca.key",
            "ssh-privatekey", ".dockerconfigjson", "auth", "userData", "cloud-init", "apiKey", "AWS_SECRET_ACCESS_KEY",
            "clientSecret", "Authorization", "kubeconfig", "--agent-token", "CRYPTO_KEY_VALUE"})
        QTest::newRow(name) << true;
    for (const char *name : {"secretName", "secretRef", "imagePullSecrets.name", "tokenTTL", "passwordFile",
             "tokenPath", "token-expiration-seconds", "key", "node", "authType", "author", "apiVersion",
             "serviceAccountName", "secretNamespace", "tokenreviews", "certificate"})
        QTest::newRow(name) << false;
}

void TestRedaction::names()
{
    QFETCH(bool, secret);
    QCOMPARE(evidence::secretNamed(QTest::currentDataTag()).has_value(), secret);
}

void TestRedaction::places_data()
{
    QTest::addColumn<QByteArray>("text");
    int number = 0;
    for (const QByteArray &place : ::places())
        QTest::addRow("%d: %s", ++number, place.simplified().constData()) << place;
}

void TestRedaction::places()
{
    QFETCH(QByteArray, text);
    const QByteArray secret = secretOf(7);
    text.replace("$B", secret.toBase64()).replace("$", secret);
    for (const qsizetype piece : {qsizetype(1), qsizetype(5), qsizetype(100000)}) {
        const QByteArray masked = inPieces("before\n" + text + "after=1\n", piece);
        QVERIFY2(!masked.contains(secret), masked.constData());
        QVERIFY2(!masked.contains(secret.toBase64()), masked.constData());
        QVERIFY2(masked.contains("[redacted:"), masked.constData());
        QVERIFY2(masked.startsWith("before\n"), masked.constData());
    }
}

void TestRedaction::shapes_data()
{
    QTest::addColumn<QByteArray>("secret");
    const auto row = [](const char *name, const QByteArray &secret) { QTest::newRow(name) << secret; };
    row("jwt", "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJrdWJlcm5ldGVzIn0.c2lnbmF0dXJlLWJ5dGVz");
    row("jwt cut", "eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJpc3MiOiJr");
    row("github", "ghp_16C7e42F292c6912E7710c838347Ae178B4a");
    row("gitlab", "glpat-abcDEF123456789ghijk");
    row("aws", "AKIAIOSFODNN7EXAMPLE");
    row("crypt", "$6$rounds=5000$saltsalt$OIxm3lYYYfLjsdkfjskdfj0932jf9ZZ1");
    row("bcrypt", "$2y$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy");
    row("base64", QCryptographicHash::hash("x", QCryptographicHash::Sha256).toBase64());
    row("base64url",
        QCryptographicHash::hash("y", QCryptographicHash::Sha512)
            .toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals));
    row("helm release", "H4sIAAAAAAAC/6yQwU7DMAyG34VzC11hYuKKkLhx4MDNTdzVWppEsTMxVX13nLUTQ4gTl8j+/Tn+7R");
    row("rancher token", "token-abcde:k5zq7p2m9x4w8v6t3r1n5b7c2d4f6g8h9j1k3l5m7n9p2q4r6s8t1v3w");
}

void TestRedaction::shapes()
{
    QFETCH(QByteArray, secret);
    for (const QByteArray &line : {QByteArray("msg %\n"), QByteArray("x=\"%\" y\n"), QByteArray("[%]\n"),
             QByteArray("{\"a\":\"%\"}\n"), QByteArray("%")}) {
        QByteArray text = line;
        text.replace("%", secret);
        SecretCounts counts{};
        const QByteArray masked = TextRedactor::redact(text, counts);
        QVERIFY2(!masked.contains(secret), masked.constData());
        QVERIFY2(!masked.contains(secret.last(12)), masked.constData());
        QVERIFY(masked.contains("[redacted:"));
        QCOMPARE(std::accumulate(counts.begin(), counts.end(), qint64(0)), 1);
    }
}

void TestRedaction::harmless_data()
{
    QTest::addColumn<QByteArray>("line");
    for (const char *line : {
             "Waiting for CAPI cluster fleet-local/local to be provisioned (current phase: Provisioning, current "
             "generation: 30259)...",
             "time=\"2026-01-01T00:00:00Z\" level=info msg=\"Pulled image "
             "docker.io/rancher/"
             "harvester:v1.4.0@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08\"",
             "I0101 00:00:00.000000       1 controller.go:117] \"Reconciling\" controller=\"secret\" "
             "namespace=\"fleet-local\"",
             "pod/hvst-upgrade-x7k2p-post-drain-node1-8xq2z condition met, uid 0b9c2f4e-6a1d-4a53-9f6b-3f0d2f8f7a11",
             "secretName: harvester-additional-ca",
             "  tokenExpirationSeconds: 3607",
             "automountServiceAccountToken: true",
             "serviceAccountToken: null",
             "image: registry.suse.com/harvester-beta/vmdp:latest",
             "/var/lib/rancher/rke2/agent/containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/1234/fs",
             "GET /apis/management.cattle.io/v3/clusterRoleTemplateBindings?continue=abc&limit=500",
             "helm upgrade harvester-crd failed: another operation (install/upgrade/rollback) is in progress",
             "clusterroletemplatebindings.management.cattle.io/harvesterhci-io-managedChartsAreUpgraded",
             "Error: UPGRADE FAILED: cannot patch \"rancher\" with kind Deployment",
             "server: https://192.168.0.10:6443/k8s/clusters/local",
             "mount /dev/disk/by-label/COS_STATE /run/initramfs/cos-state",
             "the token has expired, log in again",
             "-----BEGIN CERTIFICATE-----",
             "key: node-role.kubernetes.io/control-plane",
             "no auth needed",
         })
        QTest::newRow(line) << QByteArray(line);
}

void TestRedaction::harmless()
{
    QFETCH(QByteArray, line);
    SecretCounts counts{};
    QCOMPARE(TextRedactor::redact(line + '\n', counts), line + '\n');
}

void TestRedaction::allAtOnceInPieces()
{
    // One long text of all places, each with a secret of its own, between lines that are none.
    QByteArray text;
    QList<QByteArray> secrets;
    for (int round = 0; round < 6; ++round) {
        for (const QByteArray &place : ::places()) {
            QByteArray filled = place;
            const QByteArray secret = secretOf(int(secrets.size()));
            secrets.append(secret);
            text += filled.replace("$B", secret.toBase64()).replace("$", secret);
            if (place.contains("OPENSSH"))
                text += "-----END OPENSSH PRIVATE KEY-----\n";
            text += "2026-01-01T00:00:00Z nothing to see in this line\n";
        }
    }
    QVERIFY(secrets.size() > 300);
    const QByteArray whole = inPieces(text, text.size());
    for (const qsizetype piece : {1, 3, 64, 1000, 65536})
        QVERIFY(inPieces(text, piece) == whole);
    for (const QByteArray &secret : std::as_const(secrets)) {
        QVERIFY2(!whole.contains(secret), secret.constData());
        QVERIFY2(!whole.contains(secret.toBase64()), secret.constData());
    }
    // What is around them is still there.
    QCOMPARE(whole.count("nothing to see in this line"), secrets.size());
}

void TestRedaction::stampedLines()
{
    // A log of ours has the server's time before each line, which hides neither a block nor a value over two lines.
    for (const QByteArray &place : ::places()) {
        QByteArray text;
        for (const QByteArray &line :
            QByteArray(place).replace("$B", secretOf(5).toBase64()).replace("$", secretOf(5)).split('\n'))
            text += "2026-01-01T00:00:00.123456789Z " + line + '\n';
        TextRedactor redactor(nullptr, true);
        QByteArray masked = redactor.feed(text);
        masked += redactor.finish();
        QVERIFY2(!masked.contains(secretOf(5)), masked.constData());
        QVERIFY2(!masked.contains(secretOf(5).toBase64()), masked.constData());
        QCOMPARE(masked.count("2026-01-01T00:00:00.123456789Z "), text.count("2026-01-01T00:00:00.123456789Z "));
    }
    KnownSecrets known;
    known.add("c0rrect-Horse");
    TextRedactor redactor(&known, true);
    QByteArray masked = redactor.feed("2026-01-01T00:00:00Z a c0rrect\n2026-01-01T00:00:00Z -Horse b\n");
    masked += redactor.flush();
    QCOMPARE(masked, "2026-01-01T00:00:00Z a [redacted:known] b\n");
}

void TestRedaction::knownValues_data()
{
    QTest::addColumn<QByteArray>("text"); // with the value in some form
    const QByteArray value = "c0rrect-Horse/battery=9\"x";
    QByteArray json = value;
    QTest::newRow("as it is") << "login of " + value + " failed\n";
    QTest::newRow("base64") << "x " + value.toBase64() + " y\n";
    QTest::newRow("base64 behind one") << "x " + ("a" + value + "b").toBase64() + " y\n";
    QTest::newRow("base64 behind two") << "x " + ("ab" + value + "c").toBase64() + " y\n";
    QTest::newRow("base64url") << "x " + (QByteArray("?>?") + value).toBase64(QByteArray::Base64UrlEncoding) + " y\n";
    QTest::newRow("percent") << "x " + value.toPercentEncoding() + " y\n";
    QTest::newRow("hex") << "x " + value.toHex() + " y\n";
    QTest::newRow("HEX") << "x " + value.toHex().toUpper() + " y\n";
    QTest::newRow("json") << "x " + json.replace("\"", "\\\"") + " y\n";
    QTest::newRow("over lines") << "x " + value.first(9) + "\n" + value.sliced(9) + " y\n";
    QTest::newRow("over lines, indented") << "x " + value.first(4) + "\r\n      " + value.sliced(4) + " y\n";
}

void TestRedaction::knownValues()
{
    QFETCH(QByteArray, text);
    const QByteArray value = "c0rrect-Horse/battery=9\"x";
    KnownSecrets known;
    known.add(value);
    const QByteArray line = "a line before that is long enough\n";
    for (const qsizetype piece : {qsizetype(1), qsizetype(10), qsizetype(200000)}) {
        // Far enough into a stream that it is cut somewhere around it.
        const QByteArray masked = inPieces(line.repeated(1925) + text + line.repeated(1925), piece, &known);
        QCOMPARE(masked.count("[redacted:known]"), 1);
        QVERIFY(!masked.contains(value.sliced(10)));
        QVERIFY(!masked.contains(value.first(4)));
        QCOMPARE(masked.count(line), 2 * 1925);
    }
    // Words of every text are not sought.
    KnownSecrets words;
    for (const char *word : {"default", "admin", "true", "harvester", "abc"})
        words.add(word);
    QVERIFY(words.isEmpty());
}

void TestRedaction::twiceIsAsOnce()
{
    QByteArray text;
    for (const QByteArray &place : ::places())
        text += QByteArray(place).replace("$B", secretOf(1).toBase64()).replace("$", secretOf(1));
    const QByteArray once = inPieces(text, text.size());
    SecretCounts counts{};
    const QByteArray twice = TextRedactor::redact(once, counts);
    const QList<QByteArray> first = once.split('\n'), second = twice.split('\n');
    for (qsizetype i = 0; i < std::min(first.size(), second.size()); ++i)
        QCOMPARE(second.at(i), first.at(i));
    QCOMPARE(twice, once);
}

QTEST_GUILESS_MAIN(TestRedaction)
#include "tst_redaction.moc"
