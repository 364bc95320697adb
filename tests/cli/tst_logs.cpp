// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `gleaner logs` as scripts use it, against what the simulated cluster wrote: whole, exact, followed.

#include "support/cli_logs.h"

#include <QTest>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using demo::ContainerId;
using support::Run;

class TestLogs : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { m_bed = std::make_unique<support::LogsBed>(); }
    void everyLineOfTheUpgrade();
    void aJobAsText();
    void bytesAsTheyAre();
    void aTerminalObeysNothing();
    void since();
    void follows();
    void aLogThatIsWrittenAllTheTime();
    void anotherProcessKeeps();
    void theReaderGoes();

private:
    std::unique_ptr<support::LogsBed> m_bed;
};

namespace {

QStringList withoutDividers(const QString &text)
{
    QStringList lines = text.split(u'\n');
    lines.removeIf([](const QString &line) { return line.contains("--- "_L1); });
    lines.removeLast(); // behind the last line end
    return lines;
}

} // namespace

void TestLogs::everyLineOfTheUpgrade()
{
    QVERIFY(m_bed->serve(u"healthy"_s, 4000));
    const Run run = m_bed->logs({u"-o"_s, u"json"_s});
    QVERIFY2(run.code == 0, qPrintable(run.err));
    const support::PrintedLogs printed = support::readLogs(run.out);
    const QList<ContainerId> ids = m_bed->everWritten();
    int whole = 0;
    bool applied = false;
    for (const ContainerId &id : ids) {
        const QString name = id.pod + u'/' + id.container;
        if (!printed.lines.contains(name))
            continue; // of no upgrade, or gone before anybody asked
        QVERIFY2(printed.lines.value(name) == m_bed->written(id), qPrintable(name));
        applied |= name.contains("-apply-manifests-"_L1);
        ++whole;
    }
    QCOMPARE(whole, printed.lines.size());
    QVERIFY(whole >= 5 && applied);
    QVERIFY(printed.times.size() > 100);
    QVERIFY(std::ranges::is_sorted(printed.times));
}

void TestLogs::aJobAsText()
{
    QVERIFY(m_bed->serve(u"healthy"_s, 4000));
    QList<ContainerId> ids = m_bed->everWritten();
    ids.removeIf([](const ContainerId &id) { return !id.pod.contains("-apply-manifests-"_L1); });
    QCOMPARE(ids.size(), 1);
    const ContainerId id = ids.constFirst();
    const QString job = id.pod.section(u'-', 0, -2);
    const Run run = m_bed->logs({u"--job"_s, job});
    QVERIFY2(run.code == 0, qPrintable(run.err));
    QStringList lines;
    for (const QByteArray &line : m_bed->written(id))
        lines.append(QString::fromUtf8(line));
    QVERIFY(lines.size() > 50);
    QCOMPARE(withoutDividers(run.out), lines);
    QVERIFY(run.err.isEmpty());
}

void TestLogs::bytesAsTheyAre()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker();
    const QByteArray odd = "\x1b[1mbold\x1b[0m \r \x07 \x7f ünï \t end"_ba;
    const QByteArray broken = "\xff\xfe"_ba;
    m_bed->run([&](demo::Server &server) {
        server.logs().write(id, odd);
        server.logs().write(id, broken);
        server.logs().write(id, QByteArray(500'000, 'z'));
    });
    QProcess process;
    m_bed->begin(process, {u"--pod"_s, id.pod});
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(process.readAllStandardOutput(), odd + '\n' + broken + '\n' + QByteArray(500'000, 'z') + '\n');
}

void TestLogs::aTerminalObeysNothing()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker();
    m_bed->run([&](demo::Server &server) { server.logs().write(id, "\x1b]0;title\x07 said"); });
    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    const QByteArray name = ::ptsname(terminal);
    QProcess process;
    process.setChildProcessModifier([name] { ::dup2(::open(name.constData(), O_RDWR | O_NOCTTY), STDOUT_FILENO); });
    m_bed->begin(process, {u"--pod"_s, id.pod});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30000);
    QCOMPARE(process.exitCode(), 0);
    QByteArray bytes(65536, 0);
    const auto count = ::read(terminal, bytes.data(), size_t(bytes.size()));
    ::close(terminal);
    QVERIFY(count > 0);
    bytes.truncate(count);
    QVERIFY2(bytes.contains("title") && bytes.contains(" said"), bytes.constData());
    QVERIFY(!bytes.contains('\x1b') && !bytes.contains('\x07'));
}

void TestLogs::since()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker();
    m_bed->run([&](demo::Server &server) { server.logs().write(id, "before"); });
    QDateTime between;
    m_bed->run([&](demo::Server &server) { between = server.simulatedNow().addMSecs(1); });
    QTRY_VERIFY(QDateTime::currentDateTimeUtc() > between.addMSecs(5));
    m_bed->run([&](demo::Server &server) { server.logs().write(id, "after"); });
    const QStringList pod{u"--pod"_s, id.pod};
    QCOMPARE(m_bed->logs(pod).out, u"before\nafter\n"_s);
    QCOMPARE(m_bed->logs(pod + QStringList{u"--since"_s, between.toString(Qt::ISODateWithMs)}).out, u"after\n"_s);
    QCOMPARE(m_bed->logs(pod + QStringList{u"--since"_s, u"1h"_s}).out, u"before\nafter\n"_s);
    const Run times = m_bed->logs(pod + QStringList{u"--timestamps"_s});
    QVERIFY2(times.out.startsWith(u"20"_s) && times.out.contains(u"Z before\n"_s), qPrintable(times.out));
}

void TestLogs::follows()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker(1000);
    QProcess process;
    m_bed->begin(process, {u"-f"_s, u"--phase"_s, u"repository"_s});
    QByteArray text;
    const auto read = [&] {
        text += process.readAllStandardOutput();
        return text;
    };
    const auto has = [&](const ContainerId &of, const QByteArray &line) {
        return ('\n' + read()).contains('\n' + (of.pod + u'/' + of.container).toUtf8() + ' ' + line);
    };
    QTRY_VERIFY_WITH_TIMEOUT(has(id, "00001000 "), 30000);
    m_bed->run([&](demo::Server &server) { server.logs().write(id, "a later line"); });
    QTRY_VERIFY_WITH_TIMEOUT(has(id, "a later line\n"), 30000);
    // A pod that comes later, a restart, and a stream that breaks.
    const ContainerId other = m_bed->talker(10);
    QTRY_VERIFY_WITH_TIMEOUT(has(other, "00000010 "), 30000);
    m_bed->run([&](demo::Server &server) {
        server.logs().restart(id);
        server.logs().write(id, "after the restart");
    });
    QTRY_VERIFY_WITH_TIMEOUT(has(id, "after the restart\n"), 30000);
    QVERIFY(has(id, "--- restart ---\n"));
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
    // Everything once, in order.
    QList<QByteArray> lines;
    const QByteArray name = (id.pod + u'/' + id.container).toUtf8() + ' ';
    for (const QByteArray &line : read().split('\n')) {
        if (line.startsWith(name) && !line.contains(" --- "))
            lines.append(line.sliced(name.size()));
    }
    QVERIFY(lines == m_bed->written(id));
}

void TestLogs::aLogThatIsWrittenAllTheTime()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker(-1, 5000);
    QTRY_VERIFY(m_bed->written(id).size() > 5000);
    const qsizetype before = m_bed->written(id).size();
    const Run run = m_bed->logs({u"--pod"_s, id.pod});
    QCOMPARE(run.code, 0);
    const QList<QByteArray> lines = run.out.toUtf8().chopped(1).split('\n');
    QVERIFY2(lines.size() >= before, QByteArray::number(lines.size()).constData());
    QVERIFY(lines == m_bed->written(id).first(lines.size()));
}

void TestLogs::anotherProcessKeeps()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker(2000);
    QProcess first;
    m_bed->begin(first, {u"-f"_s, u"--pod"_s, id.pod});
    QByteArray text;
    QTRY_VERIFY_WITH_TIMEOUT((text += first.readAllStandardOutput()).count('\n') >= 2000, 30000);
    const Run second = m_bed->logs({u"--pod"_s, id.pod});
    QCOMPARE(second.code, 0);
    QVERIFY2(second.err.contains(QString::number(first.processId())), qPrintable(second.err));
    QVERIFY(second.out.toUtf8() == text);
    ::kill(pid_t(first.processId()), SIGINT);
    QVERIFY(first.waitForFinished());
}

void TestLogs::theReaderGoes()
{
    QVERIFY(m_bed->serve());
    const ContainerId id = m_bed->talker(20'000, 100'000);
    QTRY_COMPARE(m_bed->written(id).size(), 20'000);
    QProcess shell;
    const QStringList script{u"-c"_s, u"{ \"$0\" \"$@\"; echo code $? >&2; } | head -n 1"_s, support::gleaner()};
    m_bed->begin(shell, u"sh"_s, script + m_bed->words({u"--pod"_s, id.pod}));
    QVERIFY(shell.waitForFinished(30000));
    QVERIFY(shell.readAllStandardOutput().startsWith("00000001 "));
    QCOMPARE(shell.readAllStandardError(), "code 0\n");
}

QTEST_GUILESS_MAIN(TestLogs)
#include "tst_logs.moc"
