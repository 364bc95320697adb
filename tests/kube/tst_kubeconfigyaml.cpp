// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Text as bytes: encodings, several documents, broken and hostile YAML.

#include "kube/kubeconfig.h"
#include "kube/kubeconfigyaml.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonObject>
#include <QStringEncoder>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;

namespace {

const QByteArray small = "current-context: ü\nclusters: [{name: k, cluster: {server: https://x}}]\n"
                         "users: [{name: u, user: {}}]\ncontexts: [{name: ü, context: {cluster: k, user: u}}]\n";

QByteArray encoded(QStringConverter::Encoding encoding)
{
    QStringEncoder encode(encoding, QStringConverter::Flag::WriteBom);
    return encode(QString::fromUtf8(small));
}

} // namespace

class KubeconfigYamlTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void encodings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("utf-8") << small;
        QTest::newRow("utf-8 bom") << encoded(QStringConverter::Utf8);
        QTest::newRow("utf-16le") << encoded(QStringConverter::Utf16LE);
        QTest::newRow("utf-16be") << encoded(QStringConverter::Utf16BE);
        QTest::newRow("utf-32le") << encoded(QStringConverter::Utf32LE);
        QTest::newRow("utf-32be") << encoded(QStringConverter::Utf32BE);
        QTest::newRow("crlf") << QByteArray(small).replace("\n", "\r\n");
        QTest::newRow("document markers") << "%YAML 1.1\n---\n" + small + "...\n";
        QTest::newRow("no last line end") << small.trimmed();
    }
    void encodings()
    {
        QFETCH(const QByteArray, bytes);
        const Kubeconfig config = parseKubeconfig(bytes, u"/c"_s);
        QVERIFY2(
            config.problems.isEmpty(), config.problems.isEmpty() ? "" : qPrintable(config.problems.first().text()));
        QCOMPARE(config.currentContext, u"ü"_s);
        QVERIFY(config.find(u"ü"_s) && config.find(u"ü"_s)->config);
    }

    void empty_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("blank lines") << QByteArray("\n \n\n");
        QTest::newRow("comment") << QByteArray("# nothing here\n");
        QTest::newRow("marker") << QByteArray("---\n");
        QTest::newRow("null") << QByteArray("~\n");
        QTest::newRow("nulls inside") << QByteArray("clusters: null\nusers: ~\ncontexts:\n");
        QTest::newRow("bom only") << QByteArray("\xef\xbb\xbf");
        QTest::newRow("kind only") << QByteArray("kind: Config\n");
    }
    void empty()
    {
        QFETCH(const QByteArray, bytes);
        const Kubeconfig config = parseKubeconfig(bytes, u"/c"_s);
        QCOMPARE(config.problems, {});
        QCOMPARE(config.contexts, {});
    }

    void severalDocuments()
    {
        const Kubeconfig config
            = parseKubeconfig("current-context: a\nclusters: [{name: k, cluster: {server: 'https://1'}}]\n---\n"
                              "current-context: b\nusers: [{name: u, user: {}}]\n---\n---\n"
                              "contexts: [{name: a, context: {cluster: k, user: u}}]\n",
                u"/c"_s);
        QCOMPARE(config.problems, {});
        QCOMPARE(config.currentContext, u"a"_s);
        QVERIFY(config.contexts.first().config);
    }

    void broken_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("line");
        QTest::addColumn<QString>("words");
        const QByteArray deep(100, '[');
        QTest::newRow("not yaml") << QByteArray("a: b\nc: [1, 2\nd: }") << 3 << u"not YAML"_s;
        QTest::newRow("tab") << QByteArray("a:\n\tb: c\n") << 2 << u"not YAML"_s;
        QTest::newRow("list") << QByteArray("- a\n") << 1 << u"not a kubeconfig"_s;
        QTest::newRow("scalar") << QByteArray("hello") << 1 << u"not a kubeconfig"_s;
        QTest::newRow("other kind") << QByteArray("\nkind: Pod\napiVersion: v1\n") << 2 << u"not a kubeconfig"_s;
        QTest::newRow("other version") << QByteArray("apiVersion: v2\nkind: Config\n") << 1 << u"not a kubeconfig"_s;
        QTest::newRow("section is a map") << QByteArray("a: 1\nclusters: {a: b}\n") << 2 << u"list of entries"_s;
        QTest::newRow("current-context is a number") << QByteArray("current-context: 7\n") << 1 << u"text"_s;
        QTest::newRow("control character") << QByteArray("a: b\nc: \x04\nd: e\n") << 2 << u"control character"_s;
        QTest::newRow("nul") << QByteArray("a: b\0c\n", 7) << 1 << u"control character"_s;
        QTest::newRow("latin-1") << QByteArray("a: \xfc\n") << 0 << u"UTF-8"_s;
        QTest::newRow("deep flow") << deep << 1 << u"deeper than 64"_s;
        QTest::newRow("deep block") << QByteArray(100, '-').replace("-", "- ") << 1 << u"deeper than 64"_s;
        QTest::newRow("deep keys") << QByteArray(100, '?').replace("?", "? ") << 1 << u"deeper than 64"_s;
        QTest::newRow("key is a map") << QByteArray("? {a: b}\n: c\n") << 1 << u"key must be plain text"_s;
        QTest::newRow("unknown alias") << QByteArray("a: *MARKER\n") << 1 << u"not YAML"_s;
        QTest::newRow("alias of itself") << QByteArray("a: &x [*x]\n") << 1 << u"part of"_s;
        QTest::newRow("alias of the root") << QByteArray("&x\na: *x\n") << 2 << u"part of"_s;
    }
    void broken()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const int, line);
        QFETCH(const QString, words);
        const Kubeconfig config = parseKubeconfig(bytes, u"/c"_s);
        QCOMPARE(config.contexts, {});
        QVERIFY(!config.problems.isEmpty());
        const ConfigProblem problem = config.problems.first();
        QVERIFY2(problem.message.contains(words), qPrintable(problem.message));
        QVERIFY2(!problem.message.contains("MARKER"_L1), qPrintable(problem.message));
        QCOMPARE(problem.line, line);
        QCOMPARE(problem.severity, ConfigProblem::Severity::Error);
        QVERIFY(problem.entry.isEmpty());
    }

    /// Each must be refused (or read) in little time and without memory to match its expanded size.
    void hostile_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QByteArray laughs = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 30; ++i) {
            const QByteArray before = "*a" + QByteArray::number(i - 1);
            laughs += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " ["
                + QList<QByteArray>(9, before).join(',') + "]\n";
        }
        QTest::newRow("billion laughs") << laughs;
        QByteArray tower = "a0: &a0 [x]\n"; // deep through aliases only
        for (int i = 1; i < 200; ++i)
            tower += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [*a" + QByteArray::number(i - 1)
                + "]\n";
        QTest::newRow("deep through aliases") << tower;
        QByteArray merges = "a: &a {k: v}\nb:\n";
        for (int i = 0; i < 120000; ++i)
            merges += "  <<: *a\n";
        QTest::newRow("merges") << merges;
        QTest::newRow("brackets") << QByteArray(1000000, '[');
        QTest::newRow("braces") << QByteArray(1000000, '{');
        QTest::newRow("many values") << "[" + QByteArray(1000000, ',').replace(",", "a,") + "]";
        QTest::newRow("many documents") << QByteArray(400000, '-').replace("-", "---\n");
        QTest::newRow("too large") << QByteArray(16 * 1024 * 1024 + 1, 'a');
        QTest::newRow("one long scalar") << QByteArray(8 * 1024 * 1024, 'a');
        QTest::newRow("long quoted") << '"' + QByteArray(8 * 1024 * 1024, 'a');
        QTest::newRow("anchors") << QByteArray(200000, '&').replace("&", "&a ");
        QTest::newRow("many anchors") << [] {
            QByteArray text = "a:\n";
            for (int i = 0; i < 120000; ++i)
                text += "- &x" + QByteArray::number(i) + " y\n";
            return text;
        }();
    }
    void hostile()
    {
        QFETCH(const QByteArray, bytes);
        QElapsedTimer timer;
        timer.start();
        const Kubeconfig config = parseKubeconfig(bytes, u"/c"_s);
        QVERIFY(!config.problems.isEmpty());
        QVERIFY(config.contexts.isEmpty());
        QVERIFY2(timer.elapsed() < 20000, qPrintable(QString::number(timer.elapsed())));
    }

    void types_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QJsonValue>("json");
        QTest::newRow("text") << QByteArray("abc") << QJsonValue(u"abc"_s);
        QTest::newRow("int") << QByteArray("17") << QJsonValue(17);
        QTest::newRow("negative") << QByteArray("-1_000") << QJsonValue(-1000);
        QTest::newRow("hex") << QByteArray("0x1F") << QJsonValue(31);
        QTest::newRow("float") << QByteArray("1.5e3") << QJsonValue(1500.0);
        QTest::newRow("quoted int") << QByteArray("'17'") << QJsonValue(u"17"_s);
        QTest::newRow("tagged int") << QByteArray("!!str 17") << QJsonValue(u"17"_s);
        QTest::newRow("on") << QByteArray("on") << QJsonValue(true);
        QTest::newRow("No") << QByteArray("No") << QJsonValue(false);
        QTest::newRow("date") << QByteArray("2026-01-01") << QJsonValue(u"2026-01-01"_s);
        QTest::newRow("version") << QByteArray("1.2.3") << QJsonValue(u"1.2.3"_s);
        QTest::newRow("null") << QByteArray("~") << QJsonValue();
        QTest::newRow("list") << QByteArray("[1, a, {b: c}]")
                              << QJsonValue(QJsonArray{1, u"a"_s, QJsonObject{{u"b"_s, u"c"_s}}});
        QTest::newRow("block text") << QByteArray("|\n  a\n  b\n") << QJsonValue(u"a\nb\n"_s);
        QTest::newRow("infinity") << QByteArray(".inf") << QJsonValue(u".inf"_s);
    }
    void types()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QJsonValue, json);
        const YamlText parsed = parseYaml("x: " + text);
        QVERIFY(!parsed.failure);
        QCOMPARE(parsed.documents.first()->value("x")->toJson(), json);
    }

    void truncatedAtEveryByte()
    {
        // No prefix of a good file may crash or give a context that looks usable with half a token.
        const QByteArray yaml = "clusters:\n- name: k\n  cluster: {server: \"https://x\"}\nusers:\n- name: u\n  user: "
                                "{token: \"abcdefgh\"}\n"
                                "contexts:\n- name: c\n  context: {cluster: k, user: u}\n";
        for (qsizetype n = 0; n <= yaml.size(); ++n) {
            const Kubeconfig config = parseKubeconfig(yaml.first(n), u"/c"_s);
            for (const Context &context : config.contexts) {
                if (context.config)
                    QCOMPARE(context.config->token.reveal(), "abcdefgh");
            }
        }
    }
};

QTEST_GUILESS_MAIN(KubeconfigYamlTest)
#include "tst_kubeconfigyaml.moc"
