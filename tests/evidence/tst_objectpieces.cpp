// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Streams of YAML and JSON cut into their objects, without decoding them.

#include "evidence/bundleobjects.h"
#include "evidence/objectpieces.h"

#include <QBuffer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace evidence;

namespace {

/// Gives its bytes in pieces of some size, as files and pipes do.
class Drops : public QIODevice {
public:
    Drops(const QByteArray &bytes, qsizetype size)
        : m_bytes(bytes)
        , m_size(size)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *to, qint64 most) override
    {
        const qsizetype count = std::min({qsizetype(most), m_size, m_bytes.size() - m_at});
        std::memcpy(to, m_bytes.constData() + m_at, size_t(count));
        m_at += count;
        return count;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    QByteArray m_bytes;
    qsizetype m_size, m_at = 0;
};

/// "KIND/NAME@LINE" of each object, "!LINE" for what was too large.
QStringList cut(const QByteArray &text, const BundleLimits &limits = {}, qsizetype drops = 1 << 20)
{
    QStringList found;
    BundleProblems problems(100);
    PieceTaker taker;
    taker.take = [&](const ObjectPiece &piece) {
        for (const QJsonObject &json : readPiece(piece, u"p"_s, limits, problems))
            found.append(json.value("kind"_L1).toString() + u'/'
                + json.value("metadata"_L1).toObject().value("name"_L1).toString() + u'@'
                + QString::number(piece.line));
        return true;
    };
    taker.tooLarge = [&](int line) { found.append(u'!' + QString::number(line)); };
    Drops in(text, drops);
    cutObjects(in, limits, taker);
    for (const BundleProblem &problem : problems.all())
        found.append(problemWord(problem.code) + u'@' + QString::number(problem.line));
    return found;
}

} // namespace

class TestObjectPieces : public QObject {
    Q_OBJECT

private slots:
    void cuts_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QStringList>("found");
        const auto row = [](const char *name, const QByteArray &text, const QStringList &found) {
            QTest::newRow(name) << text << found;
        };
        row("one", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n", {u"Pod/a@1"_s});
        row("documents",
            "---\nkind: Pod\nmetadata: {name: a}\n---\n---\n# nothing\n...\n---\nkind: Node\nmetadata: {name: b}\n",
            {u"Pod/a@2"_s, u"Node/b@9"_s});
        row("document on its mark", "--- {kind: Pod, metadata: {name: a}}\n", {u"Pod/a@1"_s});
        row("list",
            "apiVersion: v1\nitems:\n- kind: Pod\n  metadata:\n    name: a\n- kind: Pod\n  metadata:\n    name: "
            "b\nkind: List\nmetadata:\n  x: y\n",
            {u"Pod/a@3"_s, u"Pod/b@6"_s});
        row("indented list",
            "items:\n    - kind: Pod\n      metadata:\n        name: a\n        labels:\n          - x\n    - kind: "
            "Pod\n      metadata: {name: b}\nkind: List\n",
            {u"Pod/a@2"_s, u"Pod/b@7"_s});
        row("text that looks like a list",
            "items:\n- kind: ConfigMap\n  metadata: {name: a}\n  data:\n    x: |\n      items:\n      - kind: Pod\n    "
            "  ---\n- kind: Pod\n  metadata: {name: b}\n",
            {u"ConfigMap/a@2"_s, u"Pod/b@9"_s});
        row("lists one after the other",
            "items:\n- kind: Pod\n  metadata: {name: a}\n---\nitems:\n- kind: Pod\n  metadata: {name: b}\n",
            {u"Pod/a@2"_s, u"Pod/b@6"_s});
        row("kind before the items", "kind: PodList\napiVersion: v1\nitems:\n- metadata: {name: a}\n", {u"Pod/a@4"_s});
        row("empty list", "apiVersion: v1\nitems: []\nkind: List\n", {});
        row("windows", "kind: Pod\r\nmetadata:\r\n  name: a\r\n", {u"Pod/a@1"_s});
        row("json", R"({"kind":"Pod","metadata":{"name":"a"}})", {u"Pod/a@1"_s});
        row("json list",
            "{\"kind\":\"PodList\",\"apiVersion\":\"v1\",\"metadata\":{},\"items\":[\n{\"metadata\":{\"name\":\"a\"}},"
            "\n{\"metadata\":{\"name\":\"}]\\\"b\"}}\n]}\n",
            {u"Pod/a@2"_s, u"Pod/}]\"b@3"_s});
        row("json list, kind last",
            "{\"items\":[{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}],\"kind\":\"List\"}{\"kind\":\"Node\","
            "\"metadata\":{\"name\":\"n\"}}",
            {u"Pod/a@1"_s, u"Node/n@1"_s});
        row("items further in", R"({"kind":"ConfigMap","metadata":{"name":"a"},"data":{"items":[1]}})",
            {u"ConfigMap/a@1"_s});
        row("json values",
            "{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}\n{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}\n",
            {u"Pod/a@1"_s, u"Pod/b@2"_s});
        row("array", R"([{"kind":"Pod","metadata":{"name":"a"}},{"kind":"Pod","metadata":{"name":"b"}}])",
            {u"Pod/a@1"_s, u"Pod/b@1"_s});
        row("watch", "{\"type\":\"ADDED\",\"object\":{\"kind\":\"Pod\",\"metadata\":{\"name\":\"a\"}}}\n",
            {u"Pod/a@1"_s});
        row("list in a list", "items:\n- kind: PodList\n  apiVersion: v1\n  items:\n  - metadata: {name: a}\n",
            {u"Pod/a@2"_s});
        row("cut off", "{\"kind\":\"Pod\",\n\"metadata\":{", {u"not-json@2"_s});
        row("bad item", "items:\n- kind: [\n- kind: Pod\n  metadata: {name: b}\n", {u"Pod/b@3"_s, u"not-yaml@3"_s});
        row("yaml in braces", "{kind: Pod, metadata: {name: a}}\n", {u"Pod/a@1"_s});
        row("nothing", "", {});
        row("blank", "\n\n  \n", {});
    }
    void cuts()
    {
        QFETCH(const QByteArray, text);
        QFETCH(const QStringList, found);
        for (const qsizetype drops : {qsizetype(1), qsizetype(7), qsizetype(1) << 20})
            QCOMPARE(cut(text, {}, drops), found);
    }

    void limits()
    {
        BundleLimits limits;
        limits.object = 200;
        const QByteArray large(500, 'x');
        QCOMPARE(cut("items:\n- kind: Pod\n  x: " + large + "\n- kind: Pod\n  metadata: {name: b}\n", limits),
            (QStringList{u"!2"_s, u"Pod/b@4"_s}));
        QCOMPARE(cut("{\"items\":[{\"kind\":\"" + large + "\"},\n{\"kind\":\"Pod\",\"metadata\":{\"name\":\"b\"}}]}",
                     limits),
            (QStringList{u"!1"_s, u"Pod/b@2"_s}));
        QCOMPARE(cut("kind: Pod\nx: " + large + "\n---\nkind: Pod\nmetadata: {name: b}\n", limits),
            (QStringList{u"!1"_s, u"Pod/b@4"_s}));
    }

    void lines()
    {
        QByteArray text = "one\r\ntwo\n" + QByteArray(5000, 'x') + "\nfour";
        for (const qsizetype drops : {qsizetype(1), qsizetype(4096)}) {
            Drops in(text, drops);
            LineReader reader(in, 100);
            QByteArrayList got;
            QList<bool> cuts;
            while (reader.next()) {
                got.append(reader.line().toByteArray());
                cuts.append(reader.isCut());
            }
            QCOMPARE(got, (QByteArrayList{"one", "two", QByteArray(100, 'x'), "four"}));
            QCOMPARE(cuts, (QList<bool>{false, false, true, false}));
            QCOMPARE(reader.number(), 4);
        }
    }

    void nullTexts()
    {
        const QJsonObject json{{u"a"_s, u"null"_s}, {u"b"_s, u"nullable"_s}, {u"c"_s, QJsonObject{{u"d"_s, u"null"_s}}},
            {u"e"_s, QJsonValue()}};
        QCOMPARE(withoutNullTexts(json), (QJsonObject{{u"b"_s, u"nullable"_s}, {u"c"_s, QJsonObject{}}}));
    }
};

QTEST_GUILESS_MAIN(TestObjectPieces)
#include "tst_objectpieces.moc"
