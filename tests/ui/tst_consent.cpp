// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Programs a kubeconfig wants to run, and a context asked for that is not there: what is asked, said and remembered.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/emptytexts.h"
#include "ui/messagestrip.h"
#include "ui/settings.h"
#include "ui/trouble.h"
#include "ui/workspace.h"

#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using session::Connection;

class Consent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void commandIsQuoted_data();
    void commandIsQuoted();
    void defaultRunsNothing();
    void changedPluginIsAskedAgain_data();
    void changedPluginIsAskedAgain();
    void missingContextIsSaid();
};

void Consent::commandIsQuoted_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("line");
    QTest::newRow("plain") << QStringList{u"kubelogin"_s, u"--url=https://a/b"_s} << u"kubelogin --url=https://a/b"_s;
    QTest::newRow("space") << QStringList{u"/opt/my tools/x"_s, u"a b"_s} << u"'/opt/my tools/x' 'a b'"_s;
    QTest::newRow("empty") << QStringList{u"x"_s, QString()} << u"x ''"_s;
    QTest::newRow("shell") << QStringList{u"sh"_s, u"-c"_s, u"rm -rf \"$HOME\"; true"_s}
                           << u"sh -c 'rm -rf \"$HOME\"; true'"_s;
    QTest::newRow("quote") << QStringList{u"x"_s, u"it's"_s} << u"x 'it'\\''s'"_s;
    QTest::newRow("line break") << QStringList{u"x"_s, u"a\nb\x1b[2J"_s} << u"x $'a\\nb\\x1b[2J'"_s;
}

void Consent::commandIsQuoted()
{
    QFETCH(QStringList, words);
    QFETCH(QString, line);
    QCOMPARE(ui::shellWords(words), line);
}

void Consent::defaultRunsNothing()
{
    kube::ExecConfig exec;
    exec.command = u"/opt/kubelogin"_s;
    exec.env = {{u"TOKEN"_s, u"marker-value"_s}};
    ui::MessageStrip strip;
    const ui::Trouble trouble
        = ui::troubleOf(uitest::state(u"a"_s, Connection::State::NeedsConsent), &exec, uitest::now());
    strip.present(trouble);
    const auto *run = strip.findChild<QPushButton *>(u"strip%1"_s.arg(int(ui::Trouble::Action::AllowPlugin)));
    const auto *leave = strip.findChild<QPushButton *>(u"strip%1"_s.arg(int(ui::Trouble::Action::CancelPlugin)));
    QVERIFY(run && leave);
    QVERIFY(!run->isDefault() && !run->autoDefault());
    QVERIFY(leave->isDefault());
    QVERIFY(run->text().contains(u"kubelogin"_s));
    QVERIFY(trouble.cause.contains(u"TOKEN"_s));
    QVERIFY(!trouble.cause.contains(u"marker-value"_s));
}

void Consent::changedPluginIsAskedAgain_data()
{
    QTest::addColumn<int>("change");
    QTest::newRow("command") << 0;
    QTest::newRow("argument") << 1;
    QTest::newRow("environment") << 2;
    QTest::newRow("one argument for two") << 3;
}

void Consent::changedPluginIsAskedAgain()
{
    QFETCH(int, change);
    QTemporaryDir home;
    ui::Settings settings(home.filePath(u"w.ini"_s));
    bool given = false;
    QPointer<uitest::FakeLink> link;
    ui::Workspace workspace(
        [&](const kube::ClusterConfig &config, const session::SessionOptions &options) {
            given = options.execConsent;
            auto made = std::make_unique<uitest::FakeLink>(config);
            link = made.get();
            return made;
        },
        settings);
    kube::Kubeconfig kubeconfig = uitest::contexts({u"plugin-a"_s});
    kubeconfig.contexts[0].config->exec->args = {u"get"_s, u"token"_s};
    workspace.setKubeconfig(kubeconfig);
    workspace.show(u"plugin-a"_s);
    QVERIFY(!given);
    workspace.allowPlugin(u"plugin-a"_s);
    QVERIFY(link->consent);
    link->consent = false;
    workspace.setKubeconfig(kubeconfig); // the same: known
    QVERIFY(link->consent);
    link->consent = false;
    kube::ExecConfig &exec = *kubeconfig.contexts[0].config->exec;
    if (change == 0)
        exec.command = u"curl"_s;
    else if (change == 1)
        exec.args.append(u"--more"_s);
    else if (change == 2)
        exec.env.append({u"LD_PRELOAD"_s, u"/tmp/x.so"_s});
    else
        exec.args = {u"get token"_s};
    workspace.setKubeconfig(kubeconfig);
    QVERIFY(!link->consent);
    workspace.disconnectFrom(u"plugin-a"_s);
    workspace.show(u"plugin-a"_s);
    QVERIFY(!given);
}

void Consent::missingContextIsSaid()
{
    QTemporaryDir home;
    ui::Settings settings(home.filePath(u"w.ini"_s));
    uitest::FakeClusters clusters;
    ui::Workspace workspace(clusters.factory(), settings);
    workspace.setKubeconfig(uitest::contexts({u"a"_s, u"b"_s}));
    workspace.restore(u"typo"_s);
    QVERIFY(workspace.current().isEmpty()); // no other cluster in its place
    QCOMPARE(workspace.missing(), u"typo"_s);
    const auto text = ui::emptyTextFor(workspace.kubeconfig(), true, nullptr, false, {}, workspace.missing());
    QVERIFY(text && text->title.contains(u"typo"_s));
    QVERIFY(text->body.contains(u"/home/a/.kube/config"_s));
    // It appears in the file: that is what was asked for.
    workspace.setKubeconfig(uitest::contexts({u"a"_s, u"typo"_s}));
    QCOMPARE(workspace.current(), u"typo"_s);
    QVERIFY(workspace.missing().isEmpty());
    QVERIFY(clusters.links.value(u"typo"_s));
}

QTEST_MAIN(Consent)
#include "tst_consent.moc"
