// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A whole upgrade at speed while everything goes wrong all along: at the end the session knows what the server knows,
// and no line of any log is lost or doubled.

#include "demo/logcontrol.h"
#include "demo/server.h"
#include "support/session_await.h"
#include "support/session_truth.h"

#include <QTest>

#include <map>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using session::ClusterState;
using session::LogBatchLine;
using session::LogTarget;
using session::Session;
using support::reaches;

namespace {

/// What a log view holds: lines by pod and container.
struct View {
    std::map<std::pair<QString, QString>, QList<QByteArray>> lines;
    std::map<QString, QString> nsOfPod;
    std::map<std::pair<QString, QString>, int> gaps;
};

} // namespace

class TestFaults : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wholeUpgrade_data();
    void wholeUpgrade();
};

void TestFaults::wholeUpgrade_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<quint64>("seed");
    QTest::newRow("healthy") << u"healthy"_s << quint64(1);
    QTest::newRow("single-node") << u"single-node"_s << quint64(2);
}

void TestFaults::wholeUpgrade()
{
    QFETCH(QString, scenario);
    QFETCH(quint64, seed);
    demo::ServerOptions options;
    options.scenario = scenario;
    options.seed = seed;
    options.speed = 0; // plays when the session and its log are there
    demo::DemoThread demo(options);
    QVERIFY(demo.start());

    demo::Faults faults;
    faults.drop = 0.04;
    faults.truncate = 0.04;
    faults.delay = 0.1;
    faults.maxDelay = 150ms;
    faults.gone = 0.04;
    faults.tooMany = 0.04;
    faults.serverError = 0.04;
    demo.run([&](demo::Server &server) {
        server.logs().keepLedger();
        server.setFaults(faults);
    });

    Session session(support::configOf(demo.kubeconfig()));
    View view;
    std::unique_ptr<session::LogChannel> channel = session.openLog({});
    connect(channel.get(), &session::LogChannel::appended, this, [&](const QList<LogBatchLine> &lines) {
        for (const LogBatchLine &line : lines) {
            if (line.line.kind == kube::LogLine::Kind::Text)
                view.lines[{line.pod, line.container}].append(line.line.text);
            else if (line.line.kind == kube::LogLine::Kind::Gap)
                ++view.gaps[{line.pod, line.container}];
        }
        channel->acknowledge(lines.size());
    });
    connect(&session, &Session::changed, this, [&](const ClusterState &state) {
        QList<LogTarget> targets;
        if (!state.snapshot)
            return;
        for (const auto &pod : state.snapshot->pods) {
            targets.append({pod->meta.ns, pod->meta.name, pod->meta.uid, {}});
            view.nsOfPod[pod->meta.name] = pod->meta.ns;
        }
        channel->setTargets(targets);
    });
    session.start();
    // Faults from the start, none of them silence: what takes time is only the pauses between attempts.
    QVERIFY2(reaches(
                 session, [](const ClusterState &state) { return state.settled; }, 30s),
        support::said(session.state()).constData());
    // A new certificate and a compaction now and then.
    QTimer trouble;
    int rounds = 0;
    connect(&trouble, &QTimer::timeout, this, [&] {
        ++rounds;
        session.retryNow(); // a person who is impatient, which must harm nothing
        demo.run([&](demo::Server &server) {
            if (rounds % 3 == 0)
                server.changeCertificate(false);
            else if (rounds % 3 == 1)
                server.compact();
            else
                server.dropConnections();
        });
    });
    trouble.start(800ms);
    // Slow until there was trouble of every kind, so that a busy machine does not play the upgrade without any.
    demo.run([](demo::Server &server) { server.setSpeed(60); });
    QTRY_VERIFY_WITH_TIMEOUT(rounds > 2, 30000);
    demo.run([&](demo::Server &server) { server.setSpeed(scenario == "single-node"_L1 ? 250 : 500); });
    const auto finished = [&] {
        bool done = false;
        demo.run([&](demo::Server &server) { done = server.finished(); });
        return done;
    };
    QTRY_VERIFY_WITH_TIMEOUT(finished(), 110000);
    trouble.stop();
    demo.run([](demo::Server &server) {
        server.setSpeed(0);
        server.setFaults({});
    });

    upgrade::Snapshot truth;
    demo.run([&](demo::Server &server) { truth = support::truth(server); });
    const auto same = [&](const ClusterState &state) {
        return state.snapshot && support::difference(*state.snapshot, truth).isEmpty()
            && state.connection.state == session::Connection::State::Online;
    };
    if (!reaches(session, same, 90s)) {
        const QString left
            = session.state().snapshot ? support::difference(*session.state().snapshot, truth) : QString();
        QFAIL((support::said(session.state()) + " / " + left.toUtf8()).constData());
    }
    truth.sources = session.state().snapshot->sources;
    truth.logs = session.state().snapshot->logs;
    truth.seen = session.state().snapshot->seen;
    const upgrade::Board expected = upgrade::deriveBoard(truth, session::clusterNow(session.state()));
    QCOMPARE(support::essence(session.state().board), support::essence(expected));
    QCOMPARE(session.state().board.state, upgrade::State::Succeeded);

    // Every line the server ever wrote since the ledger was opened, container by container. A pod that is still there
    // has been read to its end; of one that was deleted meanwhile what came is without hole or double up to where it
    // ended.
    QHash<demo::ContainerId, QList<QByteArray>> written;
    demo.run([&](demo::Server &server) {
        for (const demo::ContainerId &id : server.logs().everWritten()) {
            for (const demo::WrittenInstance &instance : server.logs().written(id)) {
                for (const demo::LoggedLine &line : instance.lines)
                    written[id].append(line.text);
            }
        }
    });
    QVERIFY(!written.isEmpty());
    int complete = 0, cutByDeletion = 0, marked = 0;
    for (auto it = written.cbegin(); it != written.cend(); ++it) {
        const auto &[ns, pod, container] = it.key();
        const QByteArray name = (ns + u'/' + pod + u'/' + container).toUtf8();
        const QList<QByteArray> &read = view.lines[{pod, container}];
        if (truth.pods.contains({ns, pod})) {
            QTRY_VERIFY2_WITH_TIMEOUT(read.size() >= it->size(), name.constData(), 20000);
            QVERIFY2(read == *it, name.constData());
            QVERIFY2((view.gaps[{pod, container}] == 0), name.constData()); // nothing was rotated
            ++complete;
            continue;
        }
        QVERIFY2(read.size() <= it->size() && read == it->first(read.size()), name.constData());
        ++(read.size() == it->size() ? complete : cutByDeletion);
        marked += read.size() < it->size() && view.gaps[{pod, container}] > 0;
        if (read.size() < it->size())
            qInfo("%s: %d of %d lines, %d gaps", name.constData(), int(read.size()), int(it->size()),
                view.gaps[{pod, container}]);
    }
    qInfo("%d of %d logs complete, %d deleted before they could be read to the end, %d of them marked so, %d rounds of "
          "trouble",
        complete, int(written.size()), cutByDeletion, marked, rounds);
    QVERIFY(complete > 0);
}

QTEST_GUILESS_MAIN(TestFaults)
#include "tst_faults.moc"
