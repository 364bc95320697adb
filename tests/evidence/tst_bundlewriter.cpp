// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a bundle holds, and what never gets into one.

#include "evidence/bundle.h"
#include "evidence/bundlewriter.h"
#include "evidence/marks.h"

#include <KZip>

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using evidence::BundleInput;

namespace {

constexpr QByteArrayView secret = "Gr1mm-9xQ-Battery";

void put(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

/// Everything in the zip, by its path below the one folder.
QMap<QString, QByteArray> unpacked(const QString &path)
{
    QMap<QString, QByteArray> result;
    KZip zip(path);
    if (!zip.open(QIODevice::ReadOnly))
        return result;
    const QStringList roots = zip.directory()->entries();
    if (roots.size() != 1)
        return result;
    const auto *root = dynamic_cast<const KArchiveDirectory *>(zip.directory()->entry(roots.constFirst()));
    const auto walk = [&](const auto &self, const KArchiveDirectory *folder, const QString &prefix) -> void {
        for (const QString &name : folder->entries()) {
            const KArchiveEntry *entry = folder->entry(name);
            if (entry->isDirectory())
                self(self, static_cast<const KArchiveDirectory *>(entry), prefix + name + u'/');
            else
                result.insert(prefix + name, static_cast<const KArchiveFile *>(entry)->data());
        }
    };
    walk(walk, root, {});
    return result;
}

} // namespace

class TestBundleWriter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void contents();
    void opensAgain();
    void noSecretAnywhere();
    void marksMoveWithTheText();
    void sameInputSameBytes();
    void whatCannotBeReadIsALine();
    void stoppedLeavesNothing();
    void fileCannotBeMade();

private:
    BundleInput input() const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestBundleWriter::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    put(m_folder->filePath(u"apply.log"_s),
        "2026-01-01T00:00:00Z one\n2026-01-01T00:00:01Z password: " + secret.toByteArray()
            + "\n2026-01-01T00:00:02Z three\n");
}

BundleInput TestBundleWriter::input() const
{
    BundleInput input;
    input.id
        = {u"uid-1"_s, u"prod"_s, u"https://10.0.0.1"_s, u"uid-2"_s, u"hvst-upgrade-abcde"_s, u"v1.4.0"_s, u"v1.5.0"_s};
    input.asOf = QDateTime(QDate(2026, 1, 1), QTime(12, 0), QTimeZone::UTC);
    input.made = input.asOf.addSecs(60);
    input.snapshot.asOf = input.asOf;
    input.snapshot.sources.insert(u"nodes"_s, {upgrade::SourceState::State::Live, input.asOf, {}});
    input.objects.insert(
        u"/Node"_s, {QJsonObject{{"kind"_L1, "Node"_L1}, {"metadata"_L1, QJsonObject{{"name"_L1, "node1"_L1}}}}});
    input.objects.insert(u"harvesterhci.io/Setting"_s,
        {QJsonObject{{"kind"_L1, "Setting"_L1}, {"metadata"_L1, QJsonObject{{"name"_L1, "backup-target"_L1}}},
            {"value"_L1, u"{\"secretAccessKey\":\"%1\"}"_s.arg(QLatin1StringView(secret))}}});
    input.objects.insert(u"/Secret"_s, {QJsonObject{{"kind"_L1, "Secret"_L1}}});
    input.objects.insert(u"/Event"_s,
        {QJsonObject{{"kind"_L1, "Event"_L1}, {"metadata"_L1, QJsonObject{{"name"_L1, "e"_L1}}},
            {"message"_L1, u"refused %1"_s.arg(QLatin1StringView(secret))}}});
    input.logs = {{m_folder->filePath(u"apply.log"_s), u"logs/harvester-system/p_12345678/apply.log"_s}};
    input.texts = {{u"summary.md"_s, "# Summary\nlogin with " + secret.toByteArray().toBase64() + "\n"}};
    return input;
}

void TestBundleWriter::contents()
{
    const QString path = m_folder->filePath(u"b.gleaner.zip"_s);
    QList<evidence::BundleProgress> told;
    const auto written
        = evidence::writeBundle(path, input(), {[&](const auto &progress) { told.append(progress); }, {}});
    QVERIFY(written);
    QCOMPARE(written->bytes, QFileInfo(path).size());
    QCOMPARE(QFile::permissions(path) & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
    QVERIFY(!told.isEmpty());
    QVERIFY(std::ranges::all_of(told, [](const auto &p) { return p.done <= p.total && !p.item.isEmpty(); }));

    const QMap<QString, QByteArray> files = unpacked(path);
    QCOMPARE(files.keys(),
        QStringList({u"logs/harvester-system/p_12345678/apply.log"_s, u"manifest.json"_s, u"objects/core/Event.json"_s,
            u"objects/core/Node.json"_s, u"objects/harvesterhci.io/Setting.json"_s, u"state.json"_s, u"summary.md"_s}));
    const QJsonObject manifest = QJsonDocument::fromJson(files.value(u"manifest.json"_s)).object();
    QCOMPARE(manifest.value("format"_L1).toString(), u"gleaner.bundle"_s);
    QCOMPARE(manifest.value("version"_L1).toInt(), 1);
    QCOMPARE(QDateTime::fromString(manifest.value("asOf"_L1).toString(), Qt::ISODateWithMs), input().asOf);
    QCOMPARE(manifest.value("cluster"_L1).toObject().value("uid"_L1).toString(), u"uid-1"_s);
    QCOMPARE(manifest.value("upgrade"_L1).toObject().value("name"_L1).toString(), u"hvst-upgrade-abcde"_s);
    // Everything but the manifest itself is in it, with its size and checksum.
    const QJsonArray contents = manifest.value("contents"_L1).toArray();
    QCOMPARE(contents.size(), files.size() - 1);
    for (const QJsonValue &value : contents) {
        const QByteArray bytes = files.value(value.toObject().value("path"_L1).toString());
        QCOMPARE(value.toObject().value("size"_L1).toInteger(), bytes.size());
        QCOMPARE(value.toObject().value("sha256"_L1).toString(),
            QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex()));
    }
    const QJsonObject state = QJsonDocument::fromJson(files.value(u"state.json"_s)).object();
    QVERIFY(state.value("sources"_L1).toObject().contains("nodes"_L1));
    QVERIFY(files.value(u"logs/harvester-system/p_12345678/apply.log"_s).startsWith("2026-01-01T00:00:00Z one\n"));
}

void TestBundleWriter::opensAgain()
{
    const QString path = m_folder->filePath(u"b.gleaner.zip"_s);
    QVERIFY(evidence::writeBundle(path, input()));
    const auto bundle = evidence::Bundle::open(path);
    QVERIFY(bundle);
    QCOMPARE(bundle->shape(), evidence::BundleShape::GleanerBundle);
    QCOMPARE(bundle->asOf(), input().asOf);
    QCOMPARE(bundle->asOfSource(), evidence::Bundle::AsOfSource::Stated);
    QCOMPARE(bundle->cluster().uid, u"uid-1"_s);
    QVERIFY2(bundle->problems().isEmpty(),
        qPrintable(bundle->problems().isEmpty() ? QString() : bundle->problems().constFirst().part));
    QCOMPARE(bundle->objects().value(u"/Node"_s).size(), 1);
    QCOMPARE(bundle->snapshot().nodes.size(), 1);
    QVERIFY(bundle->snapshot().sources.value(u"nodes"_s).state == upgrade::SourceState::State::Live);
    const auto log = std::ranges::find(bundle->logs(), u"apply"_s, &evidence::BundleLog::container);
    QVERIFY(log != bundle->logs().end());
    QCOMPARE(log->ns, u"harvester-system"_s);
    QCOMPARE(log->pod, u"p"_s);
}

void TestBundleWriter::noSecretAnywhere()
{
    const QString path = m_folder->filePath(u"b.gleaner.zip"_s);
    BundleInput given = input();
    given.secrets = {"the-connection's-own-token"};
    given.missing = {{u"objects/x"_s, u"401 for the-connection's-own-token"_s}};
    given.texts.append({u"journal.jsonl"_s, "Authorization: Bearer the-connection's-own-token\n"});
    const auto written = evidence::writeBundle(path, given);
    QVERIFY(written);
    qint64 sum = 0;
    for (const qint64 count : written->masked)
        sum += count;
    QVERIFY(sum >= 5);
    const QMap<QString, QByteArray> files = unpacked(path);
    QVERIFY(!files.isEmpty());
    for (auto it = files.begin(); it != files.end(); ++it) {
        QVERIFY2(!it->contains(secret), qPrintable(it.key()));
        QVERIFY2(!it->contains(secret.toByteArray().toBase64().first(20)), qPrintable(it.key()));
        QVERIFY2(!it->contains("own-token"), qPrintable(it.key()));
    }
    QVERIFY(files.value(u"manifest.json"_s).contains("\"known\": "));
}

void TestBundleWriter::marksMoveWithTheText()
{
    const QString log = m_folder->filePath(u"apply.log"_s);
    QFile file(log);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    const logs::Divider restart{logs::Divider::Kind::Restart, {}, {}};
    const qint64 third = text.indexOf("2026-01-01T00:00:02Z");
    put(log + u".marks"_s, logs::markLine({0, restart}) + '\n' + logs::markLine({third, restart}) + '\n');
    const QString path = m_folder->filePath(u"b.gleaner.zip"_s);
    QVERIFY(evidence::writeBundle(path, input()));
    const QMap<QString, QByteArray> files = unpacked(path);
    const QByteArray masked = files.value(u"logs/harvester-system/p_12345678/apply.log"_s);
    QList<qint64> at;
    for (const QByteArray &line : files.value(u"logs/harvester-system/p_12345678/apply.log.marks"_s).split('\n')) {
        if (const auto mark = logs::parseMark(line))
            at.append(mark->at);
    }
    QCOMPARE(at, QList<qint64>({0, masked.indexOf("2026-01-01T00:00:02Z")}));
    QVERIFY(at.constLast() != third);
}

void TestBundleWriter::sameInputSameBytes()
{
    const auto bytes = [&](const QString &name) {
        const QString path = m_folder->filePath(name);
        if (!evidence::writeBundle(path, input()))
            return QByteArray();
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray one = bytes(u"1.zip"_s);
    QVERIFY(!one.isEmpty());
    QVERIFY(one == bytes(u"2.zip"_s));
}

void TestBundleWriter::whatCannotBeReadIsALine()
{
    BundleInput given = input();
    given.logs.prepend({m_folder->filePath(u"gone.log"_s), u"logs/a/b_1/c.log"_s});
    const QString path = m_folder->filePath(u"b.gleaner.zip"_s);
    const auto written = evidence::writeBundle(path, given);
    QVERIFY(written);
    QCOMPARE(written->missing.size(), 1);
    const QJsonArray errors
        = QJsonDocument::fromJson(unpacked(path).value(u"manifest.json"_s)).object().value("errors"_L1).toArray();
    QCOMPARE(errors.size(), 1);
    QCOMPARE(errors.at(0).toObject().value("item"_L1).toString(), u"logs/a/b_1/c.log"_s);
}

void TestBundleWriter::stoppedLeavesNothing()
{
    const QString path = m_folder->filePath(u"b.gleaner.zip"_s);
    put(path, "what was there before");
    std::atomic<bool> stop = false;
    const auto written = evidence::writeBundle(path, input(), {[&](const auto &) { stop = true; }, &stop});
    QVERIFY(!written);
    QCOMPARE(written.error().code, ECANCELED);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), "what was there before");
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files).size(), 2);
}

void TestBundleWriter::fileCannotBeMade()
{
    const auto written = evidence::writeBundle(m_folder->filePath(u"no/such/folder/b.zip"_s), input());
    QVERIFY(!written);
    QVERIFY(written.error().path.endsWith("b.zip"_L1));
    QVERIFY(!written.error().message.isEmpty());
}

QTEST_GUILESS_MAIN(TestBundleWriter)
#include "tst_bundlewriter.moc"
