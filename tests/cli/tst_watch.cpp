// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `gleaner status --watch` as a person and a script see it: changes, a lost connection, the end; and what a terminal
// gets.

#include "demo/server.h"
#include "support/cli_run.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

class TestWatch : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tellsChangesAndEndsCleanly();
    void jsonIsOneDocumentALine();
    void tellsOfALostConnection_data();
    void tellsOfALostConnection();
    void fitsTheTerminal();

private:
    QString kubeconfig(demo::DemoThread &demo) const;
    static demo::ServerOptions still(double at);
    QTemporaryDir m_folder;
};

demo::ServerOptions TestWatch::still(double at)
{
    demo::ServerOptions options;
    options.speed = 0;
    options.startAt = at;
    return options;
}

QString TestWatch::kubeconfig(demo::DemoThread &demo) const
{
    QFile file(m_folder.filePath(u"demo.yaml"_s));
    if (!file.open(QIODevice::WriteOnly))
        return {};
    file.write(demo.kubeconfig());
    return file.fileName();
}

void TestWatch::tellsChangesAndEndsCleanly()
{
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    QProcess process;
    process.start(support::gleaner(), {u"status"_s, u"--watch"_s, u"--kubeconfig"_s, kubeconfig(demo)});
    QString text;
    const auto read = [&] {
        text += QString::fromUtf8(process.readAllStandardOutput());
        return text;
    };
    QTRY_VERIFY_WITH_TIMEOUT(read().contains(u"node3"_s), 30000);
    const qsizetype first = text.size();
    demo.run([](demo::Server &server) { server.advance(4000); });
    QTRY_VERIFY_WITH_TIMEOUT(read().size() > first, 30000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

void TestWatch::jsonIsOneDocumentALine()
{
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    QProcess process;
    process.start(
        support::gleaner(), {u"status"_s, u"--watch"_s, u"-o"_s, u"json"_s, u"--kubeconfig"_s, kubeconfig(demo)});
    QByteArray text;
    const auto lines = [&] {
        text += process.readAllStandardOutput();
        return text.count('\n');
    };
    QTRY_VERIFY_WITH_TIMEOUT(lines() >= 1, 30000);
    const auto before = lines();
    demo.run([](demo::Server &server) { server.advance(4000); });
    QTRY_VERIFY_WITH_TIMEOUT(lines() > before, 30000);
    ::kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    lines();
    const QList<QByteArray> documents = text.trimmed().split('\n');
    for (const QByteArray &document : documents)
        QCOMPARE(QJsonDocument::fromJson(document).object().value("schema"_L1).toString(), u"gleaner.status/v1"_s);
}

void TestWatch::tellsOfALostConnection_data()
{
    QTest::addColumn<bool>("json");
    QTest::newRow("text") << false;
    QTest::newRow("JSON") << true;
}

void TestWatch::tellsOfALostConnection()
{
    QFETCH(const bool, json);
    demo::DemoThread demo(still(60));
    QVERIFY(demo.start());
    QProcess process;
    process.start(support::gleaner(),
        {u"status"_s, u"--watch"_s, u"-o"_s, json ? u"json"_s : u"text"_s, u"--kubeconfig"_s, kubeconfig(demo)});
    QString text;
    const auto events = [&] {
        text += QString::fromUtf8(process.readAllStandardOutput());
        QStringList found;
        const QStringList lines = text.split(u'\n');
        static const QRegularExpression line(u"^\\d\\d:\\d\\d:\\d\\dZ  connection (lost:|lost for|back)"_s);
        for (const QString &one : lines) {
            const QJsonObject object = QJsonDocument::fromJson(one.toUtf8()).object();
            if (json && object.value("schema"_L1) == "gleaner.connection/v1"_L1)
                found.append(object.value("event"_L1).toString());
            const auto match = line.match(one);
            if (!json && match.hasMatch())
                found.append(match.captured(1) == "lost:"_L1 ? u"lost"_s
                        : match.captured(1) == "back"_L1     ? u"back"_s
                                                             : u"retrying"_s);
        }
        return found;
    };
    QTRY_VERIFY_WITH_TIMEOUT((events(), text.contains(u"node3"_s)), 30000);
    QVERIFY(events().isEmpty());
    demo.run([](demo::Server &server) {
        demo::Faults faults;
        faults.drop = 1;
        server.setFaults(faults);
        server.dropConnections();
    });
    QTRY_COMPARE_WITH_TIMEOUT(events().value(0), u"lost"_s, 60000);
    QTRY_COMPARE_WITH_TIMEOUT(events().value(1), u"retrying"_s, 60000);
    demo.run([](demo::Server &server) { server.setFaults({}); });
    QTRY_COMPARE_WITH_TIMEOUT(events().constLast(), u"back"_s, 90000);
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

void TestWatch::fitsTheTerminal()
{
    demo::DemoThread demo(still(7000));
    QVERIFY(demo.start());
    const QString path = kubeconfig(demo);
    const auto widest = [](const QString &text) {
        qsizetype width = 0;
        const QStringList lines = text.split(u'\n');
        for (const QString &line : lines)
            width = std::max(width, line.trimmed().size());
        return width;
    };
    // Into a pipe: whole, whatever COLUMNS says.
    const support::Run piped = support::run({u"status"_s, u"--kubeconfig"_s, path}, {{u"COLUMNS"_s, u"80"_s}});
    QCOMPARE(piped.code, 0);
    QVERIFY(widest(piped.out) > 100);
    QVERIFY(!piped.out.contains(u'…'));

    const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    QVERIFY(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
    const QByteArray name = ::ptsname(terminal);
    winsize size{.ws_row = 24, .ws_col = 90, .ws_xpixel = 0, .ws_ypixel = 0};
    QCOMPARE(::ioctl(terminal, TIOCSWINSZ, &size), 0);
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.remove(u"COLUMNS"_s);
    process.setProcessEnvironment(environment);
    process.setChildProcessModifier([name] { ::dup2(::open(name.constData(), O_RDWR | O_NOCTTY), STDOUT_FILENO); });
    process.start(support::gleaner(), {u"status"_s, u"--kubeconfig"_s, path});
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 30000);
    QCOMPARE(process.exitCode(), 0);
    QByteArray bytes(65536, 0);
    const auto count = ::read(terminal, bytes.data(), size_t(bytes.size()));
    ::close(terminal);
    QVERIFY(count > 0);
    const QString text = QString::fromUtf8(bytes.first(count)).remove(u'\r');
    QVERIFY2(widest(text) <= 90, qPrintable(text));
    QVERIFY(text.contains(u"node3"_s));
}

QTEST_GUILESS_MAIN(TestWatch)
#include "tst_watch.moc"
