// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The history of objects: the snapshot of every moment is the one that was built live then, whatever happened, across
// restarts and files; and no Secret ever comes to disk.

#include "evidencelife.h"

#include "support/evidence_faults.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace journaltest;
using support::World;
using upgrade::Kind;

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
};

QTEST_GUILESS_MAIN(TestJournal)
#include "tst_journal.moc"
