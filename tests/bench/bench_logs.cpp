// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A log of a gigabyte, read from the page cache: opening, counting, searching, scrolling, and what that takes of
// memory; beside ripgrep and lnav on the same file where they are installed. GLEANER_BENCH_MIB sets another size.

#include "logs/ansi.h"
#include "logs/filedocument.h"
#include "logs/filtereddocument.h"
#include "logs/search.h"
#include "loglines.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <algorithm>
#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace logs;

namespace {

constexpr int rounds = 5;
constexpr int frameRows = 60;

qint64 residentBytes()
{
    QFile statm(u"/proc/self/statm"_s);
    return statm.open(QIODevice::ReadOnly) ? statm.readAll().split(' ').at(1).toLongLong() * 4096 : 0;
}

double mebibytes(qint64 bytes)
{
    return double(bytes) / (1 << 20);
}

bool waitFor(const std::function<bool()> &holds)
{
    QElapsedTimer time;
    time.start();
    while (!holds() && time.elapsed() < 300'000)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
    return holds();
}

/// Processor time of this program, or of those it ran: other programs on the machine do not count.
double processorSeconds(int who)
{
    rusage usage{};
    getrusage(who, &usage);
    const auto seconds = [](const timeval &time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Best {
    double seconds = 1e9;
    double processor = 1e9;
    double worst = 0;
    template<typename Call>
    explicit Best(Call call, int count = rounds, int who = RUSAGE_SELF)
    {
        for (int i = 0; i < count; ++i) {
            const double before = processorSeconds(who);
            QElapsedTimer time;
            time.start();
            call();
            const double took = double(time.nsecsElapsed()) / 1e9;
            seconds = std::min(seconds, took);
            worst = std::max(worst, took);
            processor = std::min(processor, processorSeconds(who) - before);
        }
    }
};

/// Seconds a command takes, best of several; the lines it counted.
struct Command {
    double seconds = -1;
    double processor = -1;
    QByteArray output;
    Command(const QString &program, const QStringList &arguments, int count = rounds)
    {
        const QString found = QStandardPaths::findExecutable(program);
        if (found.isEmpty())
            return;
        const Best best(
            [&] {
                QProcess process;
                process.start(found, arguments);
                process.waitForFinished(600'000);
                output = process.readAllStandardOutput().trimmed();
            },
            count, RUSAGE_CHILDREN);
        seconds = best.seconds;
        processor = best.processor;
    }
};

} // namespace

class BenchLogs : public QObject {
    Q_OBJECT

private slots:
    void initTestCase();
    void openAndIndex();
    void search_data();
    void search();
    void levels();
    void scrolling();
    void filtering();
    void lnav();

private:
    QTemporaryDir m_dir;
    QString m_path;
    qint64 m_bytes = 0;
    qint64 m_lines = 0;
    qint64 m_atFirst = 0;
    std::unique_ptr<FileDocument> m_document;
};

void BenchLogs::initTestCase()
{
    bool ok = false;
    const int wanted = qEnvironmentVariableIntValue("GLEANER_BENCH_MIB", &ok);
    const qint64 size = (ok && wanted > 0 ? qint64(wanted) : 1024) << 20;
    m_path = m_dir.filePath(u"upgrade.log"_s);
    const bench::LogFile made = bench::writeLog(m_path, size);
    m_bytes = made.bytes;
    m_lines = made.lines;
    QVERIFY(m_bytes >= size);
    qInfo("%.0f MiB, %lld lines, %d processors", mebibytes(m_bytes), static_cast<long long>(m_lines),
        QThread::idealThreadCount());
}

void BenchLogs::openAndIndex()
{
    m_atFirst = residentBytes();
    double first = 1e9;
    const Best index([&] {
        QElapsedTimer time;
        time.start();
        m_document = std::make_unique<FileDocument>(m_path);
        QVERIFY(waitFor([&] { return m_document->rowCount() >= frameRows; }));
        QCOMPARE(m_document->rows(0, frameRows).size(), frameRows);
        first = std::min(first, double(time.nsecsElapsed()) / 1e6);
        QVERIFY(waitFor([&] { return m_document->isComplete(); }));
    });
    QCOMPARE(m_document->rowCount(), m_lines);
    qInfo("first %d lines: %.1f ms", frameRows, first);
    qInfo("index: %.3f s (processors %.3f, worst of %d: %.3f), %.2f GiB/s", index.seconds, index.processor, rounds,
        index.worst, double(m_bytes) / index.seconds / (1 << 30));
    qInfo("memory grew by %.1f MiB, %.2f %% of the file", mebibytes(residentBytes() - m_atFirst),
        100.0 * double(residentBytes() - m_atFirst) / double(m_bytes));
}

void BenchLogs::search_data()
{
    QTest::addColumn<Query>("query");
    QTest::addColumn<QStringList>("rg");
    const auto regex
        = [](const QString &text) { return Query{.kind = Query::Kind::Regex, .text = text, .caseSensitive = true}; };
    QTest::newRow("literal, rare") << Query{.text = u"volume pvc-777777"_s, .caseSensitive = true}
                                   << QStringList{u"-F"_s, u"volume pvc-777777"_s};
    QTest::newRow("literal, one line in twenty")
        << Query{.text = u"etcdserver"_s, .caseSensitive = true} << QStringList{u"-F"_s, u"etcdserver"_s};
    QTest::newRow("literal, any case") << Query{.text = u"Request Timed Out"_s}
                                       << QStringList{u"-Fi"_s, u"Request Timed Out"_s};
    QTest::newRow("literal, any case, rare")
        << Query{.text = u"Volume PVC-777777"_s} << QStringList{u"-Fi"_s, u"Volume PVC-777777"_s};
    QTest::newRow("literal, whole word") << Query{.text = u"error"_s, .caseSensitive = true, .wholeWord = true}
                                         << QStringList{u"-Fw"_s, u"error"_s};
    QTest::newRow("literal, Chinese") << Query{.text = u"升级失败"_s} << QStringList{u"-Fi"_s, u"升级失败"_s};
    QTest::newRow("regex, hard") << regex(u"[a-z]+-[0-9]+ is (not|never) ready, .* [0-9]+ healthy"_s)
                                 << QStringList{u"[a-z]+-[0-9]+ is (not|never) ready, .* [0-9]+ healthy"_s};
    QTest::newRow("regex, short literal") << regex(u"\\d{4,}ms\"$"_s) << QStringList{u"\\d{4,}ms\"$"_s};
    QTest::newRow("regex, nothing to look for first")
        << regex(u"[A-Z]\\d{4} \\d\\d:\\d\\d:\\d\\d"_s) << QStringList{u"[A-Z]\\d{4} \\d\\d:\\d\\d:\\d\\d"_s};
    QTest::newRow("regex, few") << regex(u"machine custom-4242\\d"_s) << QStringList{u"machine custom-4242\\d"_s};
    QTest::newRow("regex, 4 million matches")
        << regex(u"level=(info|debug|warning|error)"_s) << QStringList{u"level=(info|debug|warning|error)"_s};
    QTest::newRow("regex, any case") << Query{.kind = Query::Kind::Regex,
        .text = u"(failed|error).*(timeout|timed out)"_s}
                                     << QStringList{u"-i"_s, u"(failed|error).*(timeout|timed out)"_s};
}

void BenchLogs::search()
{
    QFETCH(const Query, query);
    QFETCH(const QStringList, rg);
    Search search(m_document.get());
    const qint64 before = residentBytes();
    qint64 most = before;
    connect(&search, &Search::changed, this, [&] { most = std::max(most, residentBytes()); });
    double first = 1e9;
    const Best own([&] {
        QElapsedTimer time;
        time.start();
        QVERIFY(search.start(query));
        bool some = false;
        QVERIFY(waitFor([&] {
            if (!some && search.count() > 0) {
                some = true;
                first = std::min(first, double(time.nsecsElapsed()) / 1e6);
            }
            return !search.isRunning();
        }));
    });
    const Command other(u"rg"_s, QStringList{u"--no-config"_s, u"-c"_s} + rg + QStringList{m_path});
    QVERIFY(search.errorText().isEmpty());
    qInfo("%.3f s (worst %.3f, processors %.3f), %lld matches, the first after %.0f ms, memory +%.1f MiB | "
          "rg -c %.3f s (processors %.3f), %s matches | %.2f x",
        own.seconds, own.worst, own.processor, static_cast<long long>(search.count()), search.count() > 0 ? first : 0.0,
        mebibytes(most - before), other.seconds, other.processor,
        other.output.isEmpty() ? "0" : other.output.constData(), own.seconds / other.seconds);
}

void BenchLogs::levels()
{
    Search search(m_document.get());
    const Best own([&] {
        QVERIFY(search.start({.kind = Query::Kind::Level, .level = Level::Warning}));
        QVERIFY(waitFor([&] { return !search.isRunning(); }));
    });
    qInfo("lines of warning or worse: %.3f s, %lld of %lld", own.seconds, static_cast<long long>(search.count()),
        static_cast<long long>(m_lines));
}

/// The work of a frame: reading the rows, their levels, what is drawn of them, and the matches in them.
void BenchLogs::scrolling()
{
    const auto pattern = Pattern::compile({.kind = Query::Kind::Regex, .text = u"(error|failed|\\d+)"_s});
    QVERIFY(pattern);
    QRandomGenerator random(2);
    std::vector<double> frames;
    qsizetype spans = 0;
    for (int i = 0; i < 5000; ++i) {
        const qint64 first = random.bounded(m_lines - frameRows);
        QElapsedTimer time;
        time.start();
        for (const Row &row : m_document->rows(first, frameRows)) {
            const DisplayText text = displayText(row.text);
            spans += pattern->spans(row.text).size() + text.runs.size();
        }
        frames.push_back(double(time.nsecsElapsed()) / 1e6);
    }
    std::sort(frames.begin(), frames.end());
    qInfo("a frame of %d rows anywhere: median %.3f ms, 99 %% %.3f ms, worst %.3f ms (%lld spans)", frameRows,
        frames[frames.size() / 2], frames[frames.size() * 99 / 100], frames.back(), static_cast<long long>(spans));
}

/// The same in a filtered view of millions of rows, while nothing else runs.
void BenchLogs::filtering()
{
    FilteredDocument filtered(m_document.get());
    QElapsedTimer time;
    time.start();
    QVERIFY(filtered.setFilter({.include = {{.text = u"level=info"_s, .caseSensitive = true}},
        .exclude = {{.text = u"custom-1"_s}},
        .context = 2}));
    double longest = 0;
    QVERIFY(waitFor([&] { return filtered.isComplete(); }));
    const double all = double(time.nsecsElapsed()) / 1e9;
    QRandomGenerator random(3);
    for (int i = 0; i < 2000; ++i) {
        time.start();
        QCOMPARE(filtered.rows(random.bounded(filtered.rowCount() - frameRows), frameRows).size(), frameRows);
        longest = std::max(longest, double(time.nsecsElapsed()) / 1e6);
    }
    qInfo("include, exclude and 2 lines of context: %.3f s for %lld rows; a frame of it at worst %.3f ms", all,
        static_cast<long long>(filtered.rowCount()), longest);
    m_document.reset();
}

void BenchLogs::lnav()
{
    const Command open(u"lnav"_s, {u"-n"_s, u"-N"_s, u"-c"_s, u";SELECT 1"_s, m_path}, 1);
    const Command filter(
        u"lnav"_s, {u"-n"_s, u"-c"_s, u":filter-in etcdserver"_s, u"-c"_s, u":write-view-to /dev/null"_s, m_path}, 1);
    qInfo("lnav: opens and indexes in %.1f s; with a literal filter in %.1f s (-1: not installed)", open.seconds,
        filter.seconds);
}

QTEST_GUILESS_MAIN(BenchLogs)
#include "bench_logs.moc"
