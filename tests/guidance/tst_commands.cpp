// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The commands of the manual as a person would paste them, run by a shell with kubectl against a simulated cluster:
// that there is no such object is an answer, that kubectl or the server does not understand the question is a defect.

#include "demo/server.h"
#include "guidance/library.h"
#include "guidance/placeholders.h"

#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace guidance;

class Commands : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void areUnderstood_data();
    void areUnderstood();

private:
    QByteArray shell(const QString &command);
    QTemporaryDir m_home;
    std::unique_ptr<demo::DemoThread> m_cluster;
    Names m_names;
};

void Commands::initTestCase()
{
    QVERIFY2(!QStandardPaths::findExecutable(u"kubectl"_s).isEmpty(), "kubectl is missing (package kubernetes-client)");
    demo::ServerOptions options;
    options.scenario = u"pre-drain-stall"_s;
    options.speed = 0;
    options.startAt = 14400;
    m_cluster = std::make_unique<demo::DemoThread>(options);
    QVERIFY(m_cluster->start());
    QFile file(m_home.filePath(u"config"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(m_cluster->kubeconfig());
    for (const Placeholder &one : placeholders())
        m_names.insert(one.name, one.example);
}

/// What it wrote to standard error.
QByteArray Commands::shell(const QString &command)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"KUBECONFIG"_s, m_home.filePath(u"config"_s));
    environment.insert(u"HOME"_s, m_home.path()); // kubectl's cache
    process.setProcessEnvironment(environment);
    process.setStandardInputFile(QProcess::nullDevice());
    process.setWorkingDirectory(m_home.path()); // some commands write a file where they are run
    process.start(u"bash"_s, {u"-c"_s, command});
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
        return "did not end";
    }
    return process.readAllStandardError();
}

void Commands::areUnderstood_data()
{
    QTest::addColumn<QStringList>("commands");
    QSet<QString> seen;
    const Library library = Library::load();
    for (const Page &page : library.pages(u"en"_s)) {
        QStringList commands;
        for (const Block &block : page.blocks) {
            if (block.kind != Block::Kind::Code || block.language != "sh"_L1)
                continue;
            // What is several lines long is one thing only where a document or a loop is in it.
            const bool whole = block.code.contains("<<"_L1) || block.code.contains("done"_L1);
            for (QString command : whole ? QStringList{block.code} : block.code.split(u'\n')) {
                // Nothing is changed, and what only runs on a node is none of kubectl's.
                command.replace(u"kubectl create -f"_s, u"kubectl create --dry-run=server -f"_s);
                static const QRegularExpression reads(
                    u"^kubectl (-n \\S+ )?(get|logs|describe|create --dry-run=server)\\b"_s);
                // A plain "get" has nothing in it that could be misunderstood.
                static const QRegularExpression asks(
                    u"jsonpath|custom-columns|--field-selector|--dry-run| logs | -L | -l '"_s);
                if (reads.match(command).hasMatch() && asks.match(command).hasMatch() && !seen.contains(command))
                    commands.append(command);
                seen.insert(command);
            }
        }
        if (!commands.isEmpty())
            QTest::newRow(qPrintable(page.id)) << commands;
    }
    QVERIFY(seen.size() > 150);
}

void Commands::areUnderstood()
{
    QFETCH(QStringList, commands);
    // An object or a kind that the simulated cluster lacks, and what Harvester answers to an example.
    static const QRegularExpression answers(
        u"NotFound|not found|No resources found|the server doesn't have a resource type|denied the request"_s);
    for (const QString &command : commands) {
        const QString text = joined(fillCommand(command, m_names));
        const QString said = QString::fromUtf8(shell(text)).trimmed();
        QVERIFY2(said.isEmpty() || answers.match(said).hasMatch(), qPrintable(text + u"\n"_s + said));
    }
}

QTEST_GUILESS_MAIN(Commands)
#include "tst_commands.moc"
