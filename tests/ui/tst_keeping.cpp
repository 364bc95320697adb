// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// That logs are kept, where, by whom, and what is said when the disk refuses.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "support/ui_texts.h"
#include "ui/boardview.h"
#include "ui/keeping.h"
#include "ui/keepingline.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/messagestrip.h"
#include "ui/settings.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>

using namespace Qt::StringLiterals;
using evidence::Store;
using session::Connection;
using uitest::shows;

class Keeping : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyClusterIsKept();
    void demoLeavesNothing();
    void lineSaysWhereAndWho();
    void fullDiskIsSaidInline();
    void lostConnectionIsSaidFirst();

private:
    [[nodiscard]] session::ClusterState kept(Store::Role role) const;
    std::unique_ptr<ui::Theme> m_theme;
    QString m_folder = QDir::homePath() + u"/.local/state/gleaner/evidence/c/u"_s;
};

void Keeping::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

session::ClusterState Keeping::kept(Store::Role role) const
{
    session::ClusterState state = uitest::state(u"alpha"_s, Connection::State::Online, uitest::upgrading());
    state.evidence.role = role;
    state.evidence.folder = m_folder;
    return state;
}

void Keeping::everyClusterIsKept()
{
    const QTemporaryDir home;
    ui::Settings settings(home.filePath(u"w.ini"_s));
    QList<session::SessionOptions> seen;
    ui::Workspace workspace(
        [&seen](const kube::ClusterConfig &config, const session::SessionOptions &options) {
            seen.append(options);
            return std::make_unique<uitest::FakeLink>(config);
        },
        settings);
    workspace.setKubeconfig(uitest::contexts({u"alpha"_s}));
    workspace.connectTo(u"alpha"_s);
    QCOMPARE(seen.size(), 1);
    QVERIFY(seen.constFirst().keepEvidence);
    QVERIFY(seen.constFirst().evidenceRoot.isEmpty()); // the person's state folder
}

void Keeping::demoLeavesNothing()
{
    const QTemporaryDir home;
    ui::Settings settings(home.filePath(u"w.ini"_s));
    QStringList roots;
    for (int i = 0; i < 2; ++i) {
        ui::Workspace workspace(
            [&roots](const kube::ClusterConfig &config, const session::SessionOptions &options) {
                roots.append(options.keepEvidence ? options.evidenceRoot : QString());
                return std::make_unique<uitest::FakeLink>(config);
            },
            settings);
        workspace.setKubeconfig(uitest::contexts({u"berlin"_s}), true);
        workspace.connectTo(u"berlin"_s);
        QCOMPARE(workspace.evidenceRoot(), roots.constLast());
    }
    QVERIFY(roots.constFirst().startsWith(QDir::tempPath()));
    QVERIFY(roots.at(0) != roots.at(1)); // the same upgrade anew is not the one before
}

void Keeping::lineSaysWhereAndWho()
{
    const ui::Keeping writes = ui::keepingOf(kept(Store::Role::Writer));
    QVERIFY(writes.text.contains(u"~/.local/state/gleaner"_s));
    QCOMPARE(writes.folder, m_folder);
    QVERIFY(!writes.tone);

    session::ClusterState other = kept(Store::Role::Reader);
    other.evidence.writer = u"admin-pc, 4711"_s;
    QVERIFY(ui::keepingOf(other).text.contains(u"admin-pc, 4711"_s));

    other.evidence.writer = u"%1, %2"_s.arg(QSysInfo::machineHostName()).arg(QCoreApplication::applicationPid());
    QVERIFY(ui::keepingOf(other).text.contains(u"context"_s)); // two contexts of one cluster

    QVERIFY(ui::keepingOf(kept(Store::Role::Closed)).text.isEmpty());

    session::ClusterState limited = kept(Store::Role::Writer);
    limited.evidence.objectsFull = true;
    QCOMPARE(ui::keepingOf(limited).tone, ui::Tone::Warning);
    QVERIFY(ui::keepingTrouble(limited).headline.isEmpty()); // nothing is wrong with the disk
}

void Keeping::fullDiskIsSaidInline()
{
    const QTemporaryDir home;
    ui::Settings settings(home.filePath(u"w.ini"_s));
    ui::Language language;
    language.apply(u"en"_s);
    uitest::FakeClusters fakes;
    ui::MainWindow window(fakes.factory(), settings, *m_theme, language);
    window.workspace().setKubeconfig(uitest::contexts({u"alpha"_s}));
    window.workspace().show(u"alpha"_s);
    window.show();
    uitest::FakeLink *link = fakes.links.value(u"alpha"_s);
    link->give(kept(Store::Role::Writer));
    QVERIFY(window.board()->strip()->isHidden());
    QCOMPARE(window.findChild<ui::KeepingLine *>()->keeping(), ui::keepingOf(kept(Store::Role::Writer)));

    session::ClusterState full = kept(Store::Role::Writer);
    full.evidence.error = evidence::DiskError{m_folder + u"/logs/a"_s, u"No space left on device"_s, ENOSPC};
    link->give(full);
    QVERIFY(window.board()->strip()->isVisible());
    QVERIFY(shows(window, u"disk is full"_s));
    QVERIFY(shows(window, u"No space left on device"_s));
    QVERIFY(shows(window, u"Free some space"_s));
    language.apply(u"zh_CN"_s);
    QTRY_VERIFY(!shows(window, u"disk is full"_s));
    language.apply(u"en"_s);
    QTRY_VERIFY(shows(window, u"disk is full"_s));

    full.evidence.role = Store::Role::Failed;
    full.evidence.error->code = EACCES;
    full.evidence.error->message = u"Permission denied"_s;
    link->give(full);
    QVERIFY(shows(window, u"writable"_s));
    link->give(kept(Store::Role::Writer));
    QVERIFY(window.board()->strip()->isHidden());
}

void Keeping::lostConnectionIsSaidFirst()
{
    const QTemporaryDir home;
    ui::Settings settings(home.filePath(u"w.ini"_s));
    ui::Language language;
    language.apply(u"en"_s);
    uitest::FakeClusters fakes;
    ui::MainWindow window(fakes.factory(), settings, *m_theme, language);
    window.workspace().setKubeconfig(uitest::contexts({u"alpha"_s}));
    window.workspace().show(u"alpha"_s);
    session::ClusterState both = kept(Store::Role::Writer);
    both.connection.state = Connection::State::Offline;
    both.connection.error = uitest::error(kube::ErrorKind::Refused);
    both.evidence.error = evidence::DiskError{m_folder, u"No space left on device"_s, ENOSPC};
    fakes.links.value(u"alpha"_s)->give(both);
    QVERIFY(!window.board()->strip()->trouble().headline.contains(u"disk"_s));
    QVERIFY(window.findChild<ui::KeepingLine *>()->keeping().text.contains(u"No space left on device"_s));
}

QTEST_MAIN(Keeping)
#include "tst_keeping.moc"
