// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Bundles that are broken or mean ill: each is told by its part, nothing is written where it should not be, memory and
// disk stay within the limits, and what else is in the bundle is there.

#include "evidence/bundle.h"
#include "evidence/bundlelisting.h"
#include "support/evidence_archives.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using evidence::Bundle;
using evidence::BundleOptions;
using support::ZipEntry;

namespace {

const QByteArray pod = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: good\n  namespace: default\n";

struct Opened {
    std::expected<Bundle, evidence::BundleProblem> bundle;
    QStringList words; ///< "part code", sorted
    [[nodiscard]] bool tells(const QString &word) const { return words.contains(word); }
};

Opened open(const QByteArray &bytes, BundleOptions options = {}, const QString &name = u"b.zip"_s)
{
    const QTemporaryDir place;
    support::writeFiles(place.path(), {{name, bytes}});
    options.temporary = place.path();
    Opened opened{Bundle::open(place.filePath(name), options), {}};
    if (opened.bundle) {
        for (const auto &problem : opened.bundle->problems()) {
            opened.words.append(problem.part + u' ' + evidence::problemWord(problem.code));
            if (problem.text().isEmpty())
                opened.words.append(u"no text"_s);
        }
        opened.words.sort();
    }
    return opened;
}

} // namespace

class TestBundleHostile : public QObject {
    Q_OBJECT

private slots:
    void names_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("up") << QByteArray("../../etc/cron.d/x.yaml");
        QTest::newRow("up inside") << QByteArray("a/../../x.yaml");
        QTest::newRow("absolute") << QByteArray("/etc/x.yaml");
        QTest::newRow("drive") << QByteArray("C:\\x.yaml");
        QTest::newRow("up by backslashes") << QByteArray("..\\..\\x.yaml");
        QTest::newRow("null") << QByteArray("x\0.yaml", 7);
        QTest::newRow("endless") << QByteArray(60000, 'x');
    }
    void names()
    {
        QFETCH(const QByteArray, name);
        QVERIFY(!evidence::cleanPartName(name));
        for (const bool tar : {false, true}) {
            const QByteArray bytes = tar ? support::tarBytes({{name.left(99), pod}, {"good.yaml", pod}})
                                         : support::zipBytes({{name, pod}, {"good.yaml", pod}});
            const Opened opened = open(bytes, {}, tar ? u"b.tar"_s : u"b.zip"_s);
            QVERIFY(opened.bundle);
            QCOMPARE(opened.bundle->objectCount(), 1);
            if (!tar || (name.size() < 99 && !name.contains('\0'))) // a tar cannot have such a name
                QVERIFY2(opened.words.join(u' ').contains("leaves-archive"_L1), qPrintable(opened.words.join(u';')));
        }
    }

    void linksAreNotFollowed()
    {
        const Opened zip = open(
            support::zipBytes({{"evil.log", "/etc/passwd", false, false, 0, 0xffff, 0120777}, {"good.yaml", pod}}));
        QVERIFY(zip.bundle);
        QCOMPARE(zip.words, QStringList{u"evil.log link"_s});
        QVERIFY(zip.bundle->logs().isEmpty());
        const Opened tar = open(support::tarBytes({{"evil.log", {}, '2', "/etc/passwd"},
                                    {"hard.log", {}, '1', "/etc/passwd"}, {"dev", {}, '3', {}}, {"good.yaml", pod}}),
            {}, u"b.tar"_s);
        QVERIFY(tar.bundle);
        QCOMPARE(tar.words, (QStringList{u"dev special-file"_s, u"evil.log link"_s, u"hard.log link"_s}));
        QCOMPARE(tar.bundle->objectCount(), 1);

        const QTemporaryDir place;
        support::writeFiles(place.path(), {{u"good.yaml"_s, pod}, {u"sub/x.log"_s, "x\n"}});
        QVERIFY(QFile::link(u"/etc/passwd"_s, place.filePath(u"evil.log"_s)));
        QVERIFY(QFile::link(u"/"_s, place.filePath(u"root"_s)));
        QCOMPARE(::mkfifo(QFile::encodeName(place.filePath(u"pipe"_s)).constData(), 0600), 0);
        const auto bundle = Bundle::open(place.path());
        QVERIFY(bundle);
        QStringList words;
        for (const auto &problem : bundle->problems())
            words.append(problem.part + u' ' + evidence::problemWord(problem.code));
        words.sort();
        QCOMPARE(words, (QStringList{u"evil.log link"_s, u"pipe special-file"_s, u"root link"_s}));
        QCOMPARE(bundle->logs().size(), 1);
    }

    void bombs()
    {
        BundleOptions options;
        options.limits.ratioFrom = 1024 * 1024;
        options.limits.ratio = 100;
        const QByteArray zeros(8 * 1024 * 1024, ' ');
        const QTemporaryDir place;
        support::writeFiles(
            place.path(), {{u"b.zip"_s, support::zipBytes({{"logs/a/b/c.log", zeros}, {"good.yaml", pod}})}});
        options.temporary = place.path();
        const auto log = Bundle::open(place.filePath(u"b.zip"_s), options);
        QVERIFY(log);
        QCOMPARE(log->objectCount(), 1);
        // A log's bomb is met where it is read.
        const auto device = log->openLog(log->logs().constFirst());
        QVERIFY(device);
        const qsizetype got = (*device)->readAll().size();
        QVERIFY2(got > 1000000 && got < 3000000, qPrintable(QString::number(got)));
        QCOMPARE((*device)->trouble(), evidence::BundleProblem::Code::Inflates);
        const Opened object = open(support::zipBytes({{"a.yaml", "kind: x\n" + zeros}, {"good.yaml", pod}}), options);
        QVERIFY(object.bundle);
        QVERIFY2(object.tells(u"a.yaml inflates"_s), qPrintable(object.words.join(u';')));
        QCOMPARE(object.bundle->objects().value(u"/Pod"_s).size(), 1);

        options.limits.part = 1000000;
        const Opened part = open(support::zipBytes({{"a.yaml", "kind: x\n" + zeros}, {"good.yaml", pod}}), options);
        QVERIFY2(part.tells(u"a.yaml too-large"_s), qPrintable(part.words.join(u';')));
    }

    void nestedBombs()
    {
        // An archive in an archive in an archive …
        QByteArray bytes = support::zipOf({{u"good.yaml"_s, pod}});
        for (int i = 0; i < 6; ++i)
            bytes = support::zipBytes({{"n.zip", bytes, false}});
        const Opened deep = open(support::zipBytes({{"n.zip", bytes}, {"good.yaml", pod}}));
        QVERIFY(deep.bundle);
        QCOMPARE(deep.words, QStringList{u"n.zip/n.zip/n.zip too-deep"_s});

        // What is unpacked to the disk is bounded, too.
        BundleOptions options;
        options.limits.total = 100000;
        QByteArray noise;
        for (int i = 0; i < 60000; ++i)
            noise += QByteArray::number(i * 7919 % 10007);
        const Opened full = open(
            support::zipBytes({{"n.zip", support::zipBytes({{"x.log", noise, false}})}, {"good.yaml", pod}}), options);
        QVERIFY(full.bundle);
        QVERIFY2(full.tells(u"n.zip too-large"_s), qPrintable(full.words.join(u';')));
        QCOMPARE(full.bundle->objectCount(), 1);
    }

    void overlappingFiles()
    {
        const Opened opened = open(support::overlappingZip(QByteArray(100000, 'a'), 50));
        QVERIFY(opened.bundle);
        QCOMPARE(opened.bundle->logs().size(), 1);
        QCOMPARE(opened.words.filter(u"overlapping"_s).size(), 49);
    }

    void tooManyParts()
    {
        BundleOptions options;
        options.limits.parts = 20;
        QList<ZipEntry> entries;
        for (int i = 0; i < 100; ++i)
            entries.append({QByteArray::number(i) + ".log", "x\n"});
        const Opened opened = open(support::zipBytes(entries), options);
        QVERIFY(opened.bundle);
        QCOMPARE(opened.bundle->logs().size(), 20);
        QCOMPARE(opened.words, QStringList{u" too-many-parts"_s});
    }

    void encryptedAndUnknown()
    {
        const Opened opened = open(support::zipBytes(
            {{"a.log", "x", false, false, 1}, {"b.log", "x", false, false, 0, 14}, {"good.yaml", pod}}));
        QVERIFY(opened.bundle);
        QCOMPARE(opened.words, (QStringList{u"a.log encrypted"_s, u"b.log unknown-packing"_s}));
    }

    void damagedFile()
    {
        const Opened opened
            = open(support::zipBytes({{"a.yaml", pod, true, true, 0, 0xffff, 0100644, 12345}, {"good.yaml", pod}}));
        QVERIFY(opened.bundle);
        QCOMPARE(opened.words, QStringList{u"a.yaml damaged"_s});
        QCOMPARE(opened.bundle->objectCount(), 1);
    }

    /// Cut anywhere, a zip gives what came before the cut.
    void truncatedZip()
    {
        QByteArray noise;
        for (int i = 0; i < 3000; ++i)
            noise += QByteArray::number(i * 7919 % 10007) + '\n';
        for (const bool descriptor : {false, true}) {
            const QByteArray whole
                = support::zipBytes({{"good.yaml", pod, true, descriptor}, {"x.log", noise, true, descriptor}});
            const qsizetype second = whole.indexOf("x.log") - 30;
            for (const qsizetype cut :
                {second, second + 10, second + 35, second + 2000, whole.size() - 60, whole.size() - 1}) {
                const Opened opened = open(whole.first(cut));
                QVERIFY2(opened.bundle, qPrintable(QString::number(cut)));
                QCOMPARE(opened.bundle->objectCount(), 1);
                QVERIFY2(opened.tells(u" truncated"_s), qPrintable(opened.words.join(u';')));
                QCOMPARE(opened.bundle->logs().size(), cut > second + 35 ? 1 : 0);
            }
        }
    }

    void truncatedTarAndGzip()
    {
        const QByteArray tar = support::tarBytes({{"good.yaml", pod}, {"x.log", QByteArray(5000, 'x')}});
        const Opened opened = open(tar.first(2500), {}, u"b.tar"_s);
        QVERIFY(opened.bundle);
        QCOMPARE(opened.bundle->objectCount(), 1);
        QVERIFY2(opened.tells(u"x.log truncated"_s), qPrintable(opened.words.join(u';')));

        QByteArray noise;
        for (int i = 0; i < 3000; ++i)
            noise += QByteArray::number(i * 7919 % 10007) + '\n';
        const Opened log = open(support::gzip(noise).chopped(200), {}, u"x.log.gz"_s);
        QVERIFY(log.bundle);
        QCOMPARE(log.words, QStringList{u"x.log truncated"_s});
    }

    void everyByteOfAZip()
    {
        const QByteArray whole
            = support::zipBytes({{"good.yaml", pod}, {"n.zip", support::zipOf({{u"x.log"_s, "x\n"}})}});
        const QTemporaryDir place;
        BundleOptions options;
        options.temporary = place.path();
        for (qsizetype i = 0; i < whole.size(); ++i) {
            QByteArray bad = whole;
            bad[i] = char(uchar(bad.at(i)) ^ 0xff);
            support::writeFiles(place.path(), {{u"b.zip"_s, bad}});
            const auto bundle = Bundle::open(place.filePath(u"b.zip"_s), options);
            if (bundle) {
                for (const auto &log : bundle->logs()) {
                    if (const auto device = bundle->openLog(log))
                        (*device)->readAll();
                }
            }
        }
        QVERIFY(true); // it is about getting here
    }

    void notWhatItIsCalled()
    {
        const Opened opened = open(support::zipBytes({{"nodes/n1.zip", "no zip at all\n"}, {"good.yaml", pod}}));
        QVERIFY(opened.bundle);
        QVERIFY2(opened.tells(u"nodes/n1.zip not-an-archive"_s), qPrintable(opened.words.join(u';')));
    }

    void yaml_data()
    {
        QTest::addColumn<QByteArray>("yaml");
        QTest::addColumn<QString>("word");
        QByteArray laughs = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\na0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
        for (int i = 1; i < 12; ++i) {
            const QByteArray last = "*a" + QByteArray::number(i - 1);
            laughs += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" + last;
            for (int j = 0; j < 9; ++j)
                laughs += ',' + last;
            laughs += "]\n";
        }
        QTest::newRow("a billion laughs") << laughs << u"not-yaml"_s;
        QTest::newRow("deep") << "apiVersion: v1\nkind: Pod\nx: " + QByteArray(100000, '[') << u"not-yaml"_s;
        QTest::newRow("deep JSON") << "{\"kind\":\"Pod\",\"x\":" + QByteArray(100000, '[') << u"not-json"_s;
        QTest::newRow("large object") << "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\nx: "
                + QByteArray(9 * 1024 * 1024, 'x')
                + '\n' << u"object-too-large"_s;
        QTest::newRow("large JSON") << "{\"kind\":\"Pod\",\"x\":\"" + QByteArray(9 * 1024 * 1024, 'x') + "\"}"
                                    << u"object-too-large"_s;
        QTest::newRow("broken") << QByteArray("apiVersion: v1\nkind: Pod\n  metadata: [\n") << u"not-yaml"_s;
        QTest::newRow("cut JSON") << QByteArray("{\"kind\":\"Pod\",\"metadata\":{\"na") << u"not-json"_s;
        QTest::newRow("latin 1") << QByteArray(
            "apiVersion: v1\nkind: Pod\nmetadata:\n  name: x\n  annotations: {a: \"gr\xfc\xdf\"}\n")
                                 << u"not-utf8"_s;
        QTest::newRow("no name") << QByteArray("apiVersion: v1\nkind: Pod\n") << u"no-object"_s;
    }
    void yaml()
    {
        QFETCH(const QByteArray, yaml);
        QFETCH(const QString, word);
        support::Files files = support::supportBundle();
        const QString name = u"yamls/namespaced/default/v1/pods.yaml"_s;
        files.insert(name, yaml);
        const Opened opened = open(support::zipOf(files));
        QVERIFY(opened.bundle);
        QVERIFY2(opened.words.join(u'\n').contains(word), qPrintable(opened.words.join(u';')));
        QVERIFY(opened.bundle->hasBoard());
    }

    /// One bad item of a list is one bad item.
    void oneBadItem()
    {
        const Opened opened = open(support::zipOf({{u"yamls/namespaced/default/v1/pods.yaml"_s,
            "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a}\n- apiVersion: v1\n  kind: "
            "[\n"
            "- apiVersion: v1\n  kind: Pod\n  metadata: {name: b}\nkind: List\n"}}));
        QVERIFY(opened.bundle);
        QCOMPARE(opened.bundle->objectCount(), 2);
        const auto problems = opened.bundle->problems();
        const auto bad
            = std::ranges::find(problems, evidence::BundleProblem::Code::NotYaml, &evidence::BundleProblem::code);
        QVERIFY(bad != problems.end());
        QVERIFY(bad->line >= 6 && bad->line <= 8);
    }

    void tooManyObjects()
    {
        BundleOptions options;
        options.limits.objects = 3;
        QByteArray list = "apiVersion: v1\nitems:\n";
        for (int i = 0; i < 10; ++i)
            list += "- apiVersion: v1\n  kind: Pod\n  metadata: {name: p" + QByteArray::number(i) + "}\n";
        const Opened opened = open(support::zipOf({{u"pods.yaml"_s, list}}), options);
        QVERIFY(opened.bundle);
        QCOMPARE(opened.bundle->objectCount(), 3);
        QCOMPARE(opened.words, QStringList{u" too-many-objects"_s});
    }

    void problemsAreCounted()
    {
        BundleOptions options;
        options.limits.problems = 10;
        QList<ZipEntry> entries{{"good.yaml", pod}};
        for (int i = 0; i < 100; ++i)
            entries.append({"../" + QByteArray::number(i), "x"});
        const Opened opened = open(support::zipBytes(entries), options);
        QVERIFY(opened.bundle);
        QCOMPARE(opened.bundle->problems().size(), 11);
        QCOMPARE(opened.bundle->problems().constLast().number, 90);
    }

    void binariesAreLeftOut()
    {
        const Opened opened = open(support::zipBytes({{"core", QByteArray(1000, '\0')}, {"good.yaml", pod}}));
        QVERIFY(opened.bundle);
        QCOMPARE(opened.words, QStringList{u" binary"_s});
    }
};

QTEST_GUILESS_MAIN(TestBundleHostile)
#include "tst_bundlehostile.moc"
