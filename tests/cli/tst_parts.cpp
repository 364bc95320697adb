// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts of the command line that need no process: arguments, widths, exit codes, language.

#include "cli/arguments.h"
#include "cli/boardprint.h"
#include "cli/console.h"
#include "cli/exitcodes.h"
#include "cli/language.h"

#include <QTest>

using namespace Qt::StringLiterals;
using cli::Verb;

class TestParts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void verbs_data();
    void verbs();
    void values();
    void wrongUse_data();
    void wrongUse();
    void helpNamesEveryOption_data();
    void helpNamesEveryOption();
    void cells_data();
    void cells();
    void tableIsAlignedByCells();
    void elided_data();
    void elided();
    void wrapped_data();
    void wrapped();
    void serverTextIsHarmless();
    void exitCodes();
    void language_data();
    void language();
    void changesAreTold();
};

void TestParts::verbs_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<int>("verb");
    QTest::newRow("none") << u""_s << int(Verb::Window);
    QTest::newRow("demo window") << u"--demo --language zh_CN"_s << int(Verb::Window);
    QTest::newRow("Qt's own") << u"-platform offscreen --demo"_s << int(Verb::Window);
    QTest::newRow("status") << u"status -o json"_s << int(Verb::Status);
    QTest::newRow("contexts") << u"contexts"_s << int(Verb::Contexts);
    QTest::newRow("demo") << u"demo healthy --nodes 5"_s << int(Verb::Demo);
    QTest::newRow("version") << u"--version"_s << int(Verb::Version);
    QTest::newRow("help") << u"--help"_s << int(Verb::Help);
    QTest::newRow("help of a verb") << u"status --help"_s << int(Verb::Help);
    QTest::newRow("option before the verb") << u"--language zh_CN status -o json"_s << int(Verb::Status);
    QTest::newRow("options before the verb") << u"--kubeconfig f --context=c status"_s << int(Verb::Status);
    QTest::newRow("switch before the verb") << u"--watch status"_s << int(Verb::Status);
    QTest::newRow("help before the verb") << u"--help status"_s << int(Verb::Help);
    QTest::newRow("value like a verb") << u"--context status"_s << int(Verb::Window);
    QTest::newRow("Qt's value like a verb") << u"-style status --demo"_s << int(Verb::Window);
    QTest::newRow("help as a verb") << u"help demo"_s << int(Verb::Help);
    QTest::newRow("help, language before") << u"--language en help demo"_s << int(Verb::Help);
    QTest::newRow("help, language after") << u"help demo --language=en"_s << int(Verb::Help);
    QTest::newRow("help alone, language after") << u"help --language en"_s << int(Verb::Help);
}

void TestParts::verbs()
{
    QFETCH(QString, line);
    const auto arguments = cli::parseArguments(line.split(u' ', Qt::SkipEmptyParts));
    QVERIFY2(arguments, arguments ? "" : qPrintable(arguments.error()));
    QTEST(int(arguments->verb), "verb");
}

void TestParts::values()
{
    const auto status = cli::parseArguments({u"status"_s, u"--kubeconfig"_s, u"/a b"_s, u"--context=c=d"_s, u"-ojson"_s,
        u"-w"_s, u"--timeout"_s, u"2.5"_s, u"--exec-timeout=3s"_s});
    QVERIFY(status);
    QCOMPARE(status->kubeconfig, u"/a b"_s);
    QCOMPARE(status->context, u"c=d"_s);
    QVERIFY(status->json);
    QVERIFY(status->watch);
    QCOMPARE(status->timeout, std::chrono::milliseconds(2500));
    QCOMPARE(status->execTimeout, std::chrono::milliseconds(3000));
    const auto help = cli::parseArguments({u"help"_s, u"demo"_s, u"--language"_s, u"en"_s});
    QVERIFY(help);
    QCOMPARE(help->helpFor, u"demo"_s);
    QCOMPARE(help->language, u"en"_s);
    const auto demo = cli::parseArguments({u"demo"_s, u"paused"_s, u"--nodes"_s, u"7"_s, u"--speed"_s, u"0"_s,
        u"--start-at"_s, u"90"_s, u"--port"_s, u"6443"_s, u"--seed"_s, u"9"_s, u"--kubeconfig-out"_s, u"f"_s});
    QVERIFY(demo);
    QCOMPARE(demo->scenario, u"paused"_s);
    QCOMPARE(demo->nodes, 7);
    QCOMPARE(demo->speed, 0.0);
    QCOMPARE(demo->startAt, 90.0);
    QCOMPARE(demo->port, 6443);
    QCOMPARE(demo->seed, 9U);
    QCOMPARE(demo->kubeconfigOut, u"f"_s);
}

void TestParts::wrongUse_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("named"); ///< what the complaint must name
    QTest::newRow("verb") << QStringList{u"stauts"_s} << u"stauts"_s;
    QTest::newRow("help about nothing") << QStringList{u"help"_s, u"stauts"_s} << u"stauts"_s;
    QTest::newRow("help about two") << QStringList{u"help"_s, u"status"_s, u"demo"_s} << u"demo"_s;
    QTest::newRow("option") << QStringList{u"status"_s, u"--frobnicate"_s} << u"--frobnicate"_s;
    QTest::newRow("option of another verb") << QStringList{u"contexts"_s, u"--watch"_s} << u"--watch"_s;
    QTest::newRow("format") << QStringList{u"status"_s, u"-o"_s, u"yaml"_s} << u"yaml"_s;
    QTest::newRow("no value") << QStringList{u"status"_s, u"--context"_s} << u"--context"_s;
    QTest::newRow("timeout") << QStringList{u"status"_s, u"--timeout"_s, u"soon"_s} << u"soon"_s;
    QTest::newRow("negative timeout") << QStringList{u"status"_s, u"--timeout=-1"_s} << u"-1"_s;
    QTest::newRow("word too many") << QStringList{u"demo"_s, u"healthy"_s, u"paused"_s} << u"paused"_s;
    QTest::newRow("port") << QStringList{u"demo"_s, u"--port"_s, u"99999"_s} << u"99999"_s;
    QTest::newRow("option no verb has") << QStringList{u"--frobnicate"_s, u"x"_s} << u"--frobnicate"_s;
    QTest::newRow("verb after an option") << QStringList{u"--language"_s, u"en"_s, u"stauts"_s} << u"stauts"_s;
    QTest::newRow("option of another verb before it") << QStringList{u"--watch"_s, u"contexts"_s} << u"--watch"_s;
    QTest::newRow("help of nothing") << QStringList{u"help"_s, u"stauts"_s} << u"stauts"_s;
    QTest::newRow("theme") << QStringList{u"--theme"_s, u"pink"_s} << u"pink"_s;
}

void TestParts::wrongUse()
{
    QFETCH(QStringList, words);
    const auto arguments = cli::parseArguments(words);
    QVERIFY(!arguments);
    QFETCH(QString, named);
    QVERIFY2(arguments.error().contains(named), qPrintable(arguments.error()));
}

void TestParts::helpNamesEveryOption_data()
{
    QTest::addColumn<QString>("verb");
    QTest::addColumn<QStringList>("options");
    QTest::newRow("window") << u""_s
                            << QStringList{u"--kubeconfig"_s, u"--context"_s, u"--demo"_s, u"--tour"_s, u"--theme"_s,
                                   u"--language"_s, u"--version"_s, u"--help"_s};
    QTest::newRow("status") << u"status"_s
                            << QStringList{u"--kubeconfig"_s, u"--context"_s, u"--output"_s, u"--watch"_s,
                                   u"--timeout"_s, u"--exec-timeout"_s, u"--language"_s};
    QTest::newRow("contexts") << u"contexts"_s << QStringList{u"--kubeconfig"_s, u"--output"_s, u"--language"_s};
    QTest::newRow("verdict") << u"verdict"_s
                             << QStringList{u"--kubeconfig"_s, u"--context"_s, u"--output"_s, u"--exit-code"_s,
                                    u"--timeout"_s, u"--exec-timeout"_s, u"--language"_s};
    QTest::newRow("check") << u"check"_s
                           << QStringList{u"--kubeconfig"_s, u"--context"_s, u"--output"_s, u"--exit-code"_s,
                                  u"--target"_s, u"--timeout"_s, u"--exec-timeout"_s, u"--language"_s};
    QTest::newRow("demo") << u"demo"_s
                          << QStringList{u"--nodes"_s, u"--speed"_s, u"--start-at"_s, u"--port"_s, u"--seed"_s,
                                 u"--kubeconfig-out"_s, u"--language"_s};
}

void TestParts::helpNamesEveryOption()
{
    QFETCH(QString, verb);
    QFETCH(QStringList, options);
    const QString help = cli::helpText(verb);
    QVERIFY(help.contains(u"Exit codes:"_s));
    QVERIFY2(verb != "status"_L1 || help.contains(u"login plugin"_s), "3 is also for that");
    for (const QString &option : std::as_const(options))
        QVERIFY2(help.contains(option + u' '), qPrintable(option));
}

void TestParts::cells_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("cells");
    QTest::newRow("empty") << QString() << 0;
    QTest::newRow("latin") << u"node1"_s << 5;
    QTest::newRow("chinese") << u"升级中"_s << 6;
    QTest::newRow("mixed") << u"节点 node1"_s << 10;
    QTest::newRow("fullwidth") << u"（！）"_s << 6;
    QTest::newRow("combining") << u"e\u0301a"_s << 2;
    QTest::newRow("beyond the BMP") << QString::fromUcs4(U"\U00020000") << 2;
    QTest::newRow("arrow") << u"a → b"_s << 5;
}

void TestParts::cells()
{
    QFETCH(QString, text);
    QTEST(cli::cells(text), "cells");
}

void TestParts::tableIsAlignedByCells()
{
    const QStringList lines = cli::table({{u"升级"_s, u"x"_s}, {u"abc"_s, u"y"_s}, {u"a"_s, QString()}});
    QCOMPARE(lines, QStringList({u"升级  x"_s, u"abc   y"_s, u"a"_s}));
}

void TestParts::elided_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<QString>("shown");
    QTest::newRow("fits") << u"post-drain-n2"_s << 13 << u"post-drain-n2"_s;
    QTest::newRow("middle") << u"hvst-upgrade-k2p7d-post-drain-n2"_s << 13 << u"hvst-u…ain-n2"_s;
    QTest::newRow("even") << u"0123456789"_s << 6 << u"01…789"_s;
    QTest::newRow("wide") << u"升级升级升级"_s << 7 << u"升…升级"_s;
    QTest::newRow("one") << u"abc"_s << 1 << u"…"_s;
    QTest::newRow("none") << u"abc"_s << 0 << QString();
}

void TestParts::elided()
{
    QFETCH(QString, text);
    QFETCH(int, width);
    QTEST(cli::elided(text, width), "shown");
    QVERIFY(cli::cells(cli::elided(text, width)) <= width);
}

void TestParts::wrapped_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("indent");
    QTest::addColumn<QStringList>("lines");
    QTest::newRow("any width") << u"a b c"_s << 0 << 2 << QStringList{u"a b c"_s};
    QTest::newRow("fits") << u"a b c"_s << 5 << 2 << QStringList{u"a b c"_s};
    QTest::newRow("at blanks") << u"one two three"_s << 8 << 2 << QStringList{u"one two"_s, u"  three"_s};
    QTest::newRow("own indent kept") << u"  one two"_s << 6 << 4 << QStringList{u"  one"_s, u"    two"_s};
    QTest::newRow("long word") << u"a verylongword b"_s << 6 << 0 << QStringList{u"a"_s, u"verylongword"_s, u"b"_s};
    QTest::newRow("columns") << u"a   b   c"_s << 6 << 0 << QStringList{u"a   b"_s, u"c"_s};
    QTest::newRow("wide") << u"升级 升级"_s << 5 << 0 << QStringList{u"升级"_s, u"升级"_s};
}

void TestParts::wrapped()
{
    QFETCH(QString, text);
    QFETCH(int, width);
    QFETCH(int, indent);
    QTEST(cli::wrapped(text, width, indent), "lines");
}

void TestParts::serverTextIsHarmless()
{
    QCOMPARE(cli::plain(u"a\u001b[31mb\nc\u202ed"_s), u"a [31mb c d"_s);
}

void TestParts::exitCodes()
{
    const auto code = [](kube::ErrorKind kind) {
        kube::Error error;
        error.kind = kind;
        return cli::exitFor(error);
    };
    QCOMPARE(code(kube::ErrorKind::Refused), cli::Exit::NotReached);
    QCOMPARE(code(kube::ErrorKind::TlsUntrusted), cli::Exit::NotReached);
    QCOMPARE(code(kube::ErrorKind::Unauthorized), cli::Exit::NotAllowed);
    QCOMPARE(code(kube::ErrorKind::Forbidden), cli::Exit::NotAllowed);
    QCOMPARE(code(kube::ErrorKind::Credential), cli::Exit::NotAllowed);
    QCOMPARE(code(kube::ErrorKind::Config), cli::Exit::Config);
}

void TestParts::language_data()
{
    QTest::addColumn<QString>("wanted");
    QTest::addColumn<QByteArray>("lang");
    QTest::addColumn<QString>("code");
    QTest::newRow("nothing") << QString() << QByteArray() << u"en"_s;
    QTest::newRow("by LANG") << QString() << QByteArray("zh_CN.UTF-8") << u"zh_CN"_s;
    QTest::newRow("other") << QString() << QByteArray("de_DE.UTF-8") << u"en"_s;
    QTest::newRow("option wins") << u"en"_s << QByteArray("zh_CN.UTF-8") << u"en"_s;
    QTest::newRow("with a dash") << u"zh-CN"_s << QByteArray("C") << u"zh_CN"_s;
}

void TestParts::language()
{
    QFETCH(QString, wanted);
    QFETCH(QByteArray, lang);
    const QByteArray all = qgetenv("LC_ALL");
    qunsetenv("LC_ALL");
    qunsetenv("LC_MESSAGES");
    qputenv("LANG", lang);
    QTEST(cli::chooseLanguage(wanted), "code");
    qputenv("LC_ALL", all);
}

void TestParts::changesAreTold()
{
    upgrade::Board before;
    before.presence = upgrade::Board::Presence::Upgrade;
    upgrade::NodeRow node;
    node.name = u"node2"_s;
    node.state = upgrade::State::Running;
    node.stateText = u"Pre-draining"_s;
    before.nodes = {node};
    upgrade::Board after = before;
    const QDateTime now = QDateTime::fromString(u"2026-03-01T12:00:00Z"_s, Qt::ISODate);
    QCOMPARE(cli::printChanges(before, after, now), QStringList());
    after.nodes[0].stateText = u"Pre-drained"_s;
    after.nodes[0].cordoned = true;
    const QStringList lines = cli::printChanges(before, after, now);
    QCOMPARE(lines.size(), 1);
    QVERIFY(lines[0].startsWith(u"12:00:00Z  node2: "_s));
    QVERIFY(lines[0].contains(u"cordoned"_s));
}

QTEST_GUILESS_MAIN(TestParts)
#include "tst_parts.moc"
