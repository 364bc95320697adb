// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The history of objects: the snapshot of every moment is the one that was built live then, whatever happened, across
// restarts, files, damage and a full disk; and no Secret ever comes to disk.

#include "evidence/history.h"
#include "evidence/journal.h"
#include "evidence/journalfiles.h"
#include "evidence/snapshotjson.h"
#include "support/evidence_faults.h"
#include "support/upgrade_world.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using support::World;
using upgrade::Kind;

namespace {

/// One text for everything a board can be made of. `last` is of no account while nothing changes.
QByteArray textOf(const upgrade::Snapshot &snapshot)
{
    QJsonObject json;
    for (const Kind kind : evidence::allKinds()) {
        QJsonObject objects;
        for (const auto &object : snapshot.raw.value(kind))
            objects.insert(object->key.text(), evidence::keptOf(kind, object->json));
        json.insert(evidence::kindWord(kind), objects);
    }
    QJsonObject sources, logs;
    for (auto it = snapshot.sources.begin(); it != snapshot.sources.end(); ++it)
        sources.insert(it.key(), evidence::toJson(*it));
    for (auto it = snapshot.logs.begin(); it != snapshot.logs.end(); ++it)
        logs.insert(it.key(), evidence::toJson(*it));
    json.insert(u"sources"_s, sources);
    json.insert(u"logs"_s, logs);
    json.insert(u"seen"_s, evidence::observationsPatch({}, snapshot.seen));
    json.insert(u"asOf"_s, evidence::timeText(snapshot.asOf));
    return QJsonDocument(json).toJson();
}

QByteArray allBytes(const QString &folder)
{
    QByteArray bytes;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

kube::ObjectPtr object(const QJsonObject &json)
{
    return evidence::objectOf(json);
}

/// A cluster with a life: objects come, change and go, sources too, lines are digested, the connection is lost.
class Life {
public:
    explicit Life(quint32 seed)
        : m_dice(seed)
    {
        m_world.upgrade(
            u"ImageReady=T@1 RepoReady=T@2 NodesPrepared=U"_s, u"PreparingNodes"_s, u"n1=Images preloading"_s);
        m_world.source(u"nodes"_s, upgrade::SourceState::State::Live);
        now = World::at(0);
    }
    upgrade::Snapshot &snapshot() { return m_world.snapshot; }
    QDateTime now;

    /// One step as a session makes it: things change, it observes.
    const upgrade::Snapshot &step()
    {
        now = now.addMSecs(1 + m_dice.bounded(2500));
        for (int i = m_dice.bounded(4); i > 0; --i)
            change();
        snapshot().seen = upgrade::observe(snapshot(), now);
        return snapshot();
    }

private:
    void change()
    {
        upgrade::Snapshot &s = snapshot();
        switch (m_dice.bounded(9)) {
        case 0:
            m_world.upgrade(
                u"ImageReady=T@1 RepoReady=T@2 NodesPrepared=%1"_s.arg(m_dice.bounded(2) ? u"U"_s : u"T@9"_s),
                u"PreparingNodes"_s, u"n1=%1;n2=%2"_s.arg(state(), state()), versioned({}));
            break;
        case 1:
            m_world.node(u"n%1"_s.arg(m_dice.bounded(4)),
                versioned({{u"status"_s,
                    QJsonObject{{u"nodeInfo"_s, QJsonObject{{u"bootID"_s, QString::number(m_dice.bounded(3))}}}}}}));
            break;
        case 2:
        case 3: {
            const QString name = u"pod-%1"_s.arg(m_dice.bounded(6));
            QJsonObject json = support::thing(u"harvester-system"_s, name,
                {{u"status"_s,
                    QJsonObject{{u"phase"_s, state()},
                        {u"odd"_s,
                            m_dice.bounded(3) ? QJsonValue(m_dice.bounded(9)) : QJsonValue(QJsonValue::Null)}}}});
            if (m_dice.bounded(2))
                json = support::merged(
                    json, {{u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{state(), state()}}}}}});
            if (m_dice.bounded(3) == 0) // replaced by another of the same name
                json = support::merged(
                    json, {{u"metadata"_s, QJsonObject{{u"uid"_s, u"other-%1"_s.arg(m_dice.bounded(99))}}}});
            m_world.add(Kind::Pod, versioned(json));
            break;
        }
        case 4:
            s.remove(Kind::Pod, {u"harvester-system"_s, u"pod-%1"_s.arg(m_dice.bounded(6))});
            break;
        case 5:
            m_world.source(u"jobs.batch/cattle-system"_s, upgrade::SourceState::State(m_dice.bounded(1, 5)), state());
            if (m_dice.bounded(3) == 0)
                s.sources.remove(u"jobs.batch/cattle-system"_s);
            break;
        case 6: {
            upgrade::LogDigest &digest = s.logs[u"job-%1"_s.arg(m_dice.bounded(3))];
            digest = upgrade::digest(digest, u"p"_s, now,
                m_dice.bounded(2) ? "Waiting for longhorn-manager to be upgraded..."
                                  : QByteArray::number(m_dice.generate()));
            if (m_dice.bounded(12) == 0)
                s.logs.remove(s.logs.firstKey());
            break;
        }
        case 7:
            if (s.seen.blind.isEmpty() || s.seen.blind.constLast().to.isValid())
                s.seen.blind.append({now, {}});
            else
                s.seen.blind.last().to = now;
            break;
        case 8:
            m_world.add(Kind::LonghornSetting,
                versioned(support::thing(u"longhorn-system"_s, u"same"_s, {{u"value"_s, state()}})));
            m_world.add(Kind::Setting, versioned(support::thing({}, u"server-version"_s, {{u"value"_s, state()}})));
            break;
        }
        s.asOf = now;
    }
    QString state()
    {
        static const QStringList states{
            u"Images preloading"_s, u"Images preloaded"_s, u"Pre-draining"_s, u"Pre-drained"_s, u"Succeeded"_s};
        return states.at(m_dice.bounded(int(states.size())));
    }
    QJsonObject versioned(const QJsonObject &json)
    {
        return support::merged(
            json, {{u"metadata"_s, QJsonObject{{u"resourceVersion"_s, QString::number(++m_version)}}}});
    }

    World m_world;
    QRandomGenerator m_dice;
    int m_version = 100; ///< those of World are 1
};

evidence::JournalOptions small()
{
    evidence::JournalOptions options;
    options.smallestFile = 40000; // many files
    options.stateShare = 2;
    options.digestEvery = std::chrono::milliseconds(0);
    return options;
}

/// A folder History opens.
QString upgradeFolder(const QTemporaryDir &dir)
{
    evidence::Manifest manifest;
    manifest.id.upgradeUid = u"u"_s;
    const QString folder = dir.filePath(u"c/u"_s);
    (void)evidence::makePrivateFolders(folder);
    (void)evidence::writeManifest(folder, manifest);
    return folder;
}

/// The first line in which they differ; empty: none.
QByteArray difference(const upgrade::Snapshot &found, const QByteArray &expected)
{
    const QByteArrayList a = textOf(found).split('\n'), b = expected.split('\n');
    for (qsizetype i = 0; i < std::max(a.size(), b.size()); ++i) {
        if (a.value(i) != b.value(i))
            return a.value(i - 1) + " | found " + a.value(i) + " | expected " + b.value(i);
    }
    return {};
}

struct Live {
    QDateTime at;
    QByteArray text;
};

} // namespace

class TestJournal : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyMomentAgain_data()
    {
        QTest::addColumn<quint32>("seed");
        for (quint32 seed = 1; seed <= 5; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    void everyMomentAgain()
    {
        QFETCH(const quint32, seed);
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(seed);
        QList<Live> live;
        // Three runs: closed and opened again between them.
        for (int run = 0; run < 3; ++run) {
            auto journal = evidence::Journal::open(folder + u"/objects"_s, small());
            QVERIFY(journal);
            if (run > 0)
                QCOMPARE(difference((*journal)->recovered(), live.constLast().text), QByteArray());
            for (int i = 0; i < 150; ++i) {
                const upgrade::Snapshot &now = life.step();
                (*journal)->record(now, life.now);
                QVERIFY(!(*journal)->error());
                live.append({life.now, textOf(now)});
            }
        }
        QVERIFY(evidence::journalFiles(folder + u"/objects"_s).size() > 2);
        const auto history = evidence::History::open(folder);
        QVERIFY(history);
        QCOMPARE(history->first(), live.constFirst().at);
        QVERIFY(history->snapshotAt(live.constFirst().at.addMSecs(-1)).raw.isEmpty());
        for (const Live &one : std::as_const(live)) // forward, as a slider is dragged
            QCOMPARE(difference(history->snapshotAt(one.at), one.text), QByteArray());
        QRandomGenerator dice(seed);
        for (int i = 0; i < 80; ++i) { // and anywhere
            const qsizetype at = dice.bounded(int(live.size() - 1));
            const qint64 until = live.at(at).at.msecsTo(live.at(at + 1).at);
            QCOMPARE(
                difference(history->snapshotAt(live.at(at).at.addMSecs(dice.bounded(int(until)))), live.at(at).text),
                QByteArray());
        }
        QCOMPARE(history->badRecords(), 0);
        QVERIFY(!history->moments().isEmpty());
        QVERIFY(history->moments(std::chrono::minutes(1)).size() < history->moments().size());
    }

    void eachVersionOnce()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        const auto pod = [](const QString &version) {
            return object(support::merged(support::thing(u"n"_s, u"p"_s),
                {{u"metadata"_s, QJsonObject{{u"resourceVersion"_s, version}}}, {u"note"_s, u"unique-"_s + version}}));
        };
        upgrade::Snapshot snapshot;
        snapshot.sources.insert(u"pods"_s, {});
        for (int run = 0; run < 3; ++run) {
            auto journal = evidence::Journal::open(folder + u"/objects"_s);
            QVERIFY(journal);
            // Versions between two boards are kept too; a list read again repeats nothing.
            for (const QString &version : {u"7"_s, u"8"_s, u"8"_s}) {
                if (run == 0)
                    (*journal)->seen(Kind::Pod, pod(version), World::at(run));
                snapshot.apply(Kind::Pod, pod(version));
            }
            (*journal)->record(snapshot, World::at(run));
            (*journal)->record(snapshot, World::at(run + 0.5));
        }
        const QByteArray bytes = allBytes(folder + u"/objects"_s);
        QCOMPARE(bytes.count("unique-7"), 1);
        QCOMPARE(bytes.count("unique-8"), 1);
        QVERIFY(!bytes.contains("deleted"));
    }

    void readAgainIsNotGone()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        upgrade::Snapshot snapshot;
        snapshot.sources.insert(u"pods"_s, {upgrade::SourceState::State::Live, {}, {}});
        for (const QString &name : {u"a"_s, u"b"_s})
            snapshot.apply(Kind::Pod, object(support::thing(u"n"_s, name)));
        {
            auto journal = evidence::Journal::open(folder + u"/objects"_s);
            (*journal)->record(snapshot, World::at(0));
        }
        // Another start: nothing is read yet, then only one is still there.
        auto journal = evidence::Journal::open(folder + u"/objects"_s);
        QCOMPARE((*journal)->recovered().pods.size(), 2);
        upgrade::Snapshot again;
        again.sources.insert(u"pods"_s, {});
        (*journal)->record(again, World::at(1));
        again.apply(Kind::Pod, object(support::thing(u"n"_s, u"a"_s)));
        (*journal)->record(again, World::at(1.2));
        again.sources.insert(u"pods"_s, {upgrade::SourceState::State::Live, {}, {}});
        (*journal)->record(again, World::at(1.3));
        const auto history = evidence::History::open(folder);
        QCOMPARE(history->snapshotAt(World::at(1)).pods.size(), 2);
        QCOMPARE(history->snapshotAt(World::at(1.2)).pods.size(), 2);
        QCOMPARE(history->snapshotAt(World::at(1.3)).pods.size(), 1);
        QCOMPARE(allBytes(folder + u"/objects"_s).count("\"type\":\"added\""), 2);
    }

    void secretsNever()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        const QString secret = u"hunter2-do-not-keep"_s;
        const QJsonObject data{{u"password"_s, secret}, {u"token"_s, QString::fromLatin1(secret.toUtf8().toBase64())}};
        evidence::JournalOptions options = small();
        options.smallestFile = 1000;
        auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
        upgrade::Snapshot snapshot;
        for (int i = 0; i < 20; ++i) {
            QJsonObject plan = support::thing(u"fleet-local"_s, u"custom-1-machine-plan"_s,
                {{u"kind"_s, u"Secret"_s}, {u"data"_s, data}, {u"stringData"_s, data}});
            plan = support::merged(plan,
                {{u"metadata"_s,
                    QJsonObject{{u"resourceVersion"_s, QString::number(i)},
                        {u"labels"_s,
                            QJsonObject{{u"rke.cattle.io/machine-name"_s, u"m1"_s}, {u"secret-label"_s, secret}}},
                        {u"annotations"_s,
                            QJsonObject{{u"rke.cattle.io/drain-error"_s, u"kept %1"_s.arg(i)},
                                {u"kubectl.kubernetes.io/last-applied-configuration"_s, secret}, {u"other"_s, secret}}},
                        {u"managedFields"_s, QJsonArray{secret}}}}});
            snapshot.apply(Kind::PlanSecret, object(plan));
            // Under other names: a Secret as a ConfigMap, a setting nobody reads, a ConfigMap's data, a chart's values.
            snapshot.apply(
                Kind::Job, object(support::thing(u"n"_s, u"j"_s, {{u"kind"_s, u"Secret"_s}, {u"data"_s, data}})));
            snapshot.apply(Kind::Setting, object(support::thing({}, u"containerd-registry"_s, {{u"value"_s, secret}})));
            snapshot.apply(Kind::ConfigMap, object(support::thing(u"n"_s, u"c"_s, {{u"data"_s, data}})));
            snapshot.apply(Kind::Addon,
                object(support::thing(u"n"_s, u"a"_s, {{u"spec"_s, QJsonObject{{u"valuesContent"_s, secret}}}})));
            snapshot.apply(Kind::Pod,
                object(support::thing(u"n"_s, u"p"_s,
                    {{u"spec"_s,
                        QJsonObject{{u"containers"_s,
                            QJsonArray{QJsonObject{{u"name"_s, u"c"_s}, {u"env"_s, QJsonArray{data}}}}}}}})));
            (*journal)->seen(Kind::PlanSecret, object(plan), World::at(i));
            (*journal)->record(snapshot, World::at(i));
        }
        journal->reset();
        QVERIFY(evidence::journalFiles(folder + u"/objects"_s).size() > 1);
        const QByteArray bytes = allBytes(dir.path());
        QVERIFY(bytes.contains("kept 19")); // else nothing was tested
        QVERIFY(bytes.contains("containerd-registry"));
        QVERIFY(!bytes.contains("hunter2"));
        QVERIFY(!bytes.contains(secret.toUtf8().toBase64()));
        const auto history = evidence::History::open(folder);
        const upgrade::Snapshot last = history->snapshotAt(World::at(19));
        QCOMPARE(last.planSecrets.size(), 1);
        QCOMPARE(last.planSecrets.first()->drainError, u"kept 19"_s);
        QCOMPARE(last.planSecrets.first()->machine, u"m1"_s);
    }

    void damageIsSkipped()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(3);
        evidence::JournalOptions options;
        options.digestEvery = std::chrono::milliseconds(0);
        {
            auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
            for (int i = 0; i < 200; ++i)
                (*journal)->record(life.step(), life.now);
        }
        const QString path = evidence::journalFile(folder + u"/objects"_s, 1);
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadWrite));
        QByteArray bytes = file.readAll();
        bytes.replace(bytes.indexOf('\n', bytes.size() / 2) + 3, 20, QByteArray(20, '\xff'));
        bytes += "{\"seen\":\"torn"; // power cut
        file.seek(0);
        file.write(bytes);
        file.close();
        const auto history = evidence::History::open(folder);
        QVERIFY(history);
        QCOMPARE(history->snapshotAt(life.now).asOf, life.snapshot().asOf);
        QVERIFY(history->badRecords() >= 1);
        QVERIFY(history->badRecords() < 30);
        // Writing goes on, behind the last whole line.
        {
            auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
            QVERIFY(journal);
            for (int i = 0; i < 50; ++i)
                (*journal)->record(life.step(), life.now);
        }
        const auto after = evidence::History::open(folder);
        QCOMPARE(after->snapshotAt(life.now).seen.last, life.now);
    }

    void unfinishedStateIsNotTaken()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(4);
        {
            auto journal = evidence::Journal::open(folder + u"/objects"_s, small());
            for (int i = 0; i < 20; ++i)
                (*journal)->record(life.step(), life.now);
        }
        for (const QString &name : {u"000002.jsonl"_s, u"000003.jsonl.part"_s}) {
            QFile file(folder + u"/objects/"_s + name);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write("{\"seen\":\"2026-11-25T00:00:00.000Z\",\"type\":\"state\"}\n{\"se");
        }
        auto journal = evidence::Journal::open(folder + u"/objects"_s, small());
        QVERIFY(journal);
        QCOMPARE(difference((*journal)->recovered(), textOf(life.snapshot())), QByteArray());
        QCOMPARE(evidence::journalFiles(folder + u"/objects"_s).size(), 1);
    }

    void fullDisk()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        support::FaultyDisk disk;
        Life life(5);
        evidence::JournalOptions options = small();
        options.disk = &disk;
        options.mostWaiting = 20000;
        auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
        QVERIFY(journal);
        QDateTime full;
        for (int i = 0; i < 400; ++i) {
            if (i == 100) {
                disk.room = 3000; // the last write fits in part
                full = life.now;
            }
            if (i == 300)
                disk.room = -1;
            (*journal)->record(life.step(), life.now);
            if (i == 250)
                QCOMPARE((*journal)->error()->code, ENOSPC);
        }
        QVERIFY(!(*journal)->error());
        const auto history = evidence::History::open(folder);
        QCOMPARE(difference(history->snapshotAt(life.now), textOf(life.snapshot())), QByteArray());
        QVERIFY(history->snapshotAt(full).asOf.isValid());
        QVERIFY(allBytes(folder + u"/objects"_s).contains("\"type\":\"lost\""));
        QVERIFY(history->badRecords() <= 1); // the one that fitted in part
        journal->reset();
        journal = evidence::Journal::open(folder + u"/objects"_s, options);
        QCOMPARE(difference((*journal)->recovered(), textOf(life.snapshot())), QByteArray());
    }

    void limitIsSaid()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(6);
        evidence::JournalOptions options = small();
        options.limit = 100000;
        auto journal = evidence::Journal::open(folder + u"/objects"_s, options);
        for (int i = 0; i < 2000; ++i)
            (*journal)->record(life.step(), life.now);
        QVERIFY((*journal)->isFull());
        const QByteArray bytes = allBytes(folder + u"/objects"_s);
        QVERIFY(bytes.size() < 130000);
        QCOMPARE(bytes.count("\"type\":\"full\",\"limit\":\"objects-limit 100000\""), 1);
        journal->reset();
        options.limit = 10000000; // raised: it goes on
        journal = evidence::Journal::open(folder + u"/objects"_s, options);
        (*journal)->record(life.step(), life.now);
        QCOMPARE(
            difference(evidence::History::open(folder)->snapshotAt(life.now), textOf(life.snapshot())), QByteArray());
    }

    void readWhileWritten()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        Life life(7);
        auto journal = evidence::Journal::open(folder + u"/objects"_s, small());
        auto history = evidence::History::open(folder);
        QVERIFY(!history->first().isValid());
        for (int i = 0; i < 300; ++i) {
            (*journal)->record(life.step(), life.now);
            if (i % 7 == 0) {
                history->refresh();
                QCOMPARE(difference(history->snapshotAt(life.now), textOf(life.snapshot())), QByteArray());
                QVERIFY(history->last() <= life.now);
            }
        }
        const auto whole = evidence::History::open(folder);
        history->refresh();
        QCOMPARE(history->moments(), whole->moments());
    }

    void digestsThatOnlyGrow()
    {
        QTemporaryDir dir;
        const QString folder = upgradeFolder(dir);
        auto journal = evidence::Journal::open(folder + u"/objects"_s);
        upgrade::Snapshot snapshot;
        for (int i = 0; i < 400; ++i) { // 20 s, twenty boards a second
            const QDateTime now = World::at(0).addMSecs(i * 50);
            snapshot.logs[u"job"_s]
                = upgrade::digest(snapshot.logs.value(u"job"_s), u"p"_s, now, "line " + QByteArray::number(i));
            (*journal)->record(snapshot, now);
        }
        const qsizetype records = allBytes(folder + u"/objects"_s).count("\"type\":\"digest\"");
        QVERIFY2(records >= 19 && records <= 22, qPrintable(QString::number(records)));
        (*journal)->record(snapshot, World::at(5));
        QCOMPARE(evidence::History::open(folder)->snapshotAt(World::at(5)).logs.value(u"job"_s).lines, 400);
    }
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
