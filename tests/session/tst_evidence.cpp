// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a session keeps on disk, held against every line the simulated cluster ever wrote: a whole upgrade, sessions
// that end and come back, two windows on one cluster, and connections that break ten thousand times.

#include "demo/logcontrol.h"
#include "demo/server.h"
#include "support/session_await.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using evidence::LogKey;
using evidence::Store;
using session::ClusterState;
using session::Session;
using support::reaches;

namespace {

/// One kept log as it stands on disk.
struct Kept {
    QList<QByteArray> lines; ///< without stamps
    QList<qsizetype> gaps;   ///< a gap stands before the line of this number
    int torn = 0;            ///< lines without a stamp or an end
};

Kept readLog(const QString &path)
{
    Kept kept;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return kept;
    QHash<qint64, qsizetype> lineAt;
    while (!file.atEnd()) {
        lineAt.insert(file.pos(), kept.lines.size());
        QByteArray line = file.readLine();
        const qsizetype space = line.indexOf(' ');
        if (!line.endsWith('\n') || space < 20) {
            ++kept.torn;
            continue;
        }
        line.chop(1);
        kept.lines.append(line.sliced(space + 1));
    }
    lineAt.insert(file.pos(), kept.lines.size());
    QFile marks(path + u".marks"_s);
    if (marks.open(QIODevice::ReadOnly)) {
        while (!marks.atEnd()) {
            const QJsonObject mark = QJsonDocument::fromJson(marks.readLine()).object();
            if (mark.value("kind"_L1).toString() == "gap"_L1)
                kept.gaps.append(lineAt.value(mark.value("at"_L1).toInteger(), -1));
        }
    }
    return kept;
}

session::SessionOptions keeping(const QTemporaryDir &folder)
{
    session::SessionOptions options;
    options.keepEvidence = true;
    options.evidenceRoot = folder.path();
    return options;
}

/// The files that are kept of a container; more than one when pods of one name followed each other.
QStringList filesOf(const ClusterState &state, const demo::ContainerId &id)
{
    QStringList paths;
    if (!state.evidence.logs)
        return paths;
    const auto look = [&](const evidence::PodLogs &pod) {
        if (pod.pod.ns != id.ns || pod.pod.name != id.pod)
            return;
        for (const evidence::ContainerLog &log : pod.containers) {
            if (log.container == id.container && !log.path.isEmpty())
                paths.append(log.path);
        }
    };
    for (const evidence::JobLogs &job : state.evidence.logs->jobs)
        std::ranges::for_each(job.pods, look);
    std::ranges::for_each(state.evidence.logs->pods, look);
    return paths;
}

QList<QByteArray> linesOf(const QList<demo::WrittenInstance> &instances)
{
    QList<QByteArray> lines;
    for (const demo::WrittenInstance &instance : instances) {
        for (const demo::LoggedLine &line : instance.lines)
            lines.append(line.text);
    }
    return lines;
}

} // namespace

class TestEvidence : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void everyLogOfAnUpgrade();
    void sessionsThatEndAndComeBack();
    void twoWindowsOneWriter();
    void disconnects();
    void nothingIsKeptUnasked();

private:
    bool startDemo(double speed);
    QList<demo::ContainerId> talkers(int count, qint64 lines, double perSecond);
    [[nodiscard]] QList<QByteArray> written(const demo::ContainerId &id);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<demo::DemoThread> m_demo;
};

void TestEvidence::init()
{
    m_demo.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

bool TestEvidence::startDemo(double speed)
{
    demo::ServerOptions options;
    options.scenario = u"healthy"_s;
    options.speed = speed;
    m_demo = std::make_unique<demo::DemoThread>(options);
    if (!m_demo->start())
        return false;
    m_demo->run([](demo::Server &server) { server.logs().keepLedger(); });
    return true;
}

/// Pods that belong to the upgrade by their name and write numbered lines.
QList<demo::ContainerId> TestEvidence::talkers(int count, qint64 lines, double perSecond)
{
    QList<demo::ContainerId> ids;
    m_demo->run([&](demo::Server &server) {
        for (int i = 0; i < count; ++i) {
            ids.append(server.logs().makePod(u"harvester-system"_s, u"importer-prime"_s, u"importer"_s));
            demo::LogWriter writer;
            writer.to = ids.constLast();
            writer.lines = lines;
            writer.linesPerSecond = perSecond;
            writer.sameTime = 3;
            server.logs().startWriter(writer);
        }
    });
    return ids;
}

QList<QByteArray> TestEvidence::written(const demo::ContainerId &id)
{
    QList<QByteArray> lines;
    m_demo->run([&](demo::Server &server) { lines = linesOf(server.logs().written(id)); });
    return lines;
}

void TestEvidence::everyLogOfAnUpgrade()
{
    QVERIFY(startDemo(0));
    Session session(support::configOf(m_demo->kubeconfig()), keeping(*m_folder));
    session.start();
    QVERIFY2(reaches(session, [](const ClusterState &state) { return state.evidence.role == Store::Role::Writer; }),
        support::said(session.state()).constData());
    m_demo->run([](demo::Server &server) { server.setSpeed(300); });
    const auto finished = [&] {
        bool done = false;
        m_demo->run([&](demo::Server &server) { done = server.finished(); });
        return done;
    };
    QTRY_VERIFY_WITH_TIMEOUT(finished(), 110000);
    m_demo->run([](demo::Server &server) { server.setSpeed(0); });

    QList<demo::ContainerId> ids;
    m_demo->run([&](demo::Server &server) { ids = server.logs().everWritten(); });
    int whole = 0, cut = 0;
    for (const demo::ContainerId &id : std::as_const(ids)) {
        const QList<QByteArray> lines = written(id);
        bool lives = false;
        m_demo->run([&](demo::Server &server) { lives = server.logs().containers().contains(id); });
        const QStringList files = filesOf(session.state(), id);
        if (files.isEmpty())
            continue; // not of the upgrade, or gone within a moment of simulated time
        const auto kept = [&] { return readLog(files.constFirst()); };
        if (lives)
            QTRY_VERIFY2_WITH_TIMEOUT(kept().lines == lines, qPrintable(files.constFirst()), 20000);
        const Kept log = kept();
        QVERIFY2(log.lines == lines.first(std::min(lines.size(), log.lines.size())), qPrintable(files.constFirst()));
        QCOMPARE(log.torn, 0);
        ++(log.lines.size() == lines.size() ? whole : cut);
    }
    qInfo("%d logs whole, %d end where their pod was deleted, of %d", whole, cut, int(ids.size()));
    QVERIFY(whole >= 20);
}

void TestEvidence::sessionsThatEndAndComeBack()
{
    QVERIFY(startDemo(0));
    const QList<demo::ContainerId> ids = talkers(3, 20000, 4000);
    QString path;
    QRandomGenerator random(3);
    for (int round = 0; round < 6; ++round) {
        Session session(support::configOf(m_demo->kubeconfig()), keeping(*m_folder));
        session.start();
        QVERIFY2(
            reaches(session, [&](const ClusterState &state) { return !filesOf(state, ids.constFirst()).isEmpty(); }),
            support::said(session.state()).constData());
        path = filesOf(session.state(), ids.constFirst()).constFirst();
        const qsizetype before = readLog(path).lines.size();
        QTRY_VERIFY_WITH_TIMEOUT(readLog(path).lines.size() > before || before == 20000, 20000);
        if (random.bounded(2) == 0)
            m_demo->run([](demo::Server &server) { server.logs().cut(demo::StreamCut::MidLine); });
    }
    Session session(support::configOf(m_demo->kubeconfig()), keeping(*m_folder));
    session.start();
    QVERIFY(reaches(session, [&](const ClusterState &state) { return !filesOf(state, ids.constLast()).isEmpty(); }));
    for (const demo::ContainerId &id : ids) {
        const QStringList files = filesOf(session.state(), id);
        QCOMPARE(files.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(readLog(files.constFirst()).lines.size(), 20000, 30000);
        const Kept kept = readLog(files.constFirst());
        QVERIFY(kept.lines == written(id));
        QCOMPARE(kept.gaps.size(), 0);
    }
}

void TestEvidence::twoWindowsOneWriter()
{
    QVERIFY(startDemo(0));
    const QList<demo::ContainerId> ids = talkers(1, 30000, 3000);
    auto first = std::make_unique<Session>(support::configOf(m_demo->kubeconfig()), keeping(*m_folder));
    first->start();
    QVERIFY(reaches(*first, [&](const ClusterState &state) { return !filesOf(state, ids.constFirst()).isEmpty(); }));
    QCOMPARE(first->state().evidence.role, Store::Role::Writer);

    Session second(support::configOf(m_demo->kubeconfig()), keeping(*m_folder));
    second.start();
    QVERIFY(reaches(second, [&](const ClusterState &state) {
        return state.evidence.role == Store::Role::Reader && !filesOf(state, ids.constFirst()).isEmpty();
    }));
    QCOMPARE(filesOf(second.state(), ids.constFirst()), filesOf(first->state(), ids.constFirst()));
    QVERIFY(!second.state().evidence.writer.isEmpty());
    QVERIFY(second.state().evidence.progress.isEmpty()); // reads nothing a second time

    first.reset();
    QVERIFY(reaches(second, [](const ClusterState &state) { return state.evidence.role == Store::Role::Writer; }));
    const QString path = filesOf(second.state(), ids.constFirst()).constFirst();
    QTRY_COMPARE_WITH_TIMEOUT(readLog(path).lines.size(), 30000, 40000);
    const Kept kept = readLog(path);
    QVERIFY(kept.lines == written(ids.constFirst()));
    QCOMPARE(kept.gaps.size(), 0);
}

/// Streams break in every way while containers restart and logs rotate. What is missing stands at a gap, and nothing is
/// there twice or out of order.
void TestEvidence::disconnects()
{
    constexpr int count = 40;
    // The whole ten thousand take minutes: GLEANER_TORTURE=10000.
    const int wanted
        = qEnvironmentVariableIntValue("GLEANER_TORTURE") > 0 ? qEnvironmentVariableIntValue("GLEANER_TORTURE") : 600;
    QVERIFY(startDemo(0));
    m_demo->run([](demo::Server &server) { server.logs().setMaxSize(qint64(256) * 1024); });
    const QList<demo::ContainerId> ids = talkers(count, -1, 100);
    Session session(support::configOf(m_demo->kubeconfig()), keeping(*m_folder));
    session.start();
    QVERIFY(reaches(session, [&](const ClusterState &state) { return !filesOf(state, ids.constLast()).isEmpty(); }));
    QStringList paths;
    for (const demo::ContainerId &id : ids)
        paths.append(filesOf(session.state(), id).constFirst());

    using demo::StreamCut;
    QRandomGenerator random(11);
    int broken = 0, restarts = 0;
    const auto bytes = [&paths] {
        qint64 sum = 0;
        for (const QString &path : std::as_const(paths))
            sum += QFileInfo(path).size();
        return sum;
    };
    while (broken < wanted) {
        // Most are back, and read something new.
        int following = 0;
        const qint64 before = bytes();
        const auto back = [&] {
            m_demo->run([&](demo::Server &server) { following = server.logs().followers(); });
            return following >= count * 3 / 4 && bytes() > before;
        };
        const auto why = [&] {
            QStringList states;
            for (const session::LogProgress &one : session.state().evidence.progress)
                states.append(QString::number(int(one.state)) + (one.error ? one.error->message : QString()));
            return u"%1 broken, %2 following, %3 bytes more; %4"_s.arg(broken).arg(following).arg(bytes() - before).arg(
                states.join(u' '));
        };
        QTRY_VERIFY2_WITH_TIMEOUT(back(), qPrintable(why()), 60000);
        const StreamCut how = std::array{StreamCut::End, StreamCut::Abort, StreamCut::MidLine, StreamCut::HalfClose,
            StreamCut::Garbage}[random.bounded(5)];
        m_demo->run([&](demo::Server &server) {
            broken += server.logs().cut(how);
            if (random.bounded(5) == 0) {
                server.logs().restart(ids.at(random.bounded(count)));
                ++restarts;
            }
        });
    }
    m_demo->run([](demo::Server &server) { server.logs().stopWriters(); });

    qint64 lines = 0, missing = 0;
    qsizetype gaps = 0;
    for (const demo::ContainerId &id : ids) {
        const QString path = filesOf(session.state(), id).constFirst();
        const QList<QByteArray> all = written(id);
        QVERIFY(!all.isEmpty());
        QTRY_VERIFY2_WITH_TIMEOUT(!readLog(path).lines.isEmpty() && readLog(path).lines.constLast() == all.constLast(),
            qPrintable(path), 60000);
        const Kept kept = readLog(path);
        QCOMPARE(kept.torn, 0);
        qsizetype expected = 0;
        for (qsizetype i = 0; i < kept.lines.size(); ++i) {
            if (kept.lines.at(i) != all.value(expected)) {
                const qsizetype found = all.indexOf(kept.lines.at(i), expected);
                QVERIFY2(found > expected, qPrintable(u"%1: line %2 doubled or out of order"_s.arg(path).arg(i)));
                QVERIFY2(kept.gaps.contains(i),
                    qPrintable(u"%1: line %2 comes after a loss that is not marked"_s.arg(path).arg(i)));
                missing += found - expected;
                expected = found;
            }
            ++expected;
        }
        QCOMPARE(expected, all.size());
        lines += all.size();
        gaps += kept.gaps.size();
    }
    qInfo("%d streams broken, %d restarts: %lld lines written, %lld missing at %d marked gaps", broken, restarts, lines,
        missing, int(gaps));
}

void TestEvidence::nothingIsKeptUnasked()
{
    QVERIFY(startDemo(0));
    session::SessionOptions options;
    options.evidenceRoot = m_folder->path();
    Session session(support::configOf(m_demo->kubeconfig()), options);
    session.start();
    QVERIFY(reaches(session, [](const ClusterState &state) { return state.logsSettled; }));
    QCOMPARE(session.state().evidence.role, Store::Role::Closed);
    QVERIFY(QDir(m_folder->path()).isEmpty());
}

QTEST_GUILESS_MAIN(TestEvidence)
#include "tst_evidence.moc"
