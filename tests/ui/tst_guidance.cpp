// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The guidance panel: follows the selection, fills in names, copies, searches, goes back, speaks both languages, gives
// way in small windows.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/boardview.h"
#include "ui/clustersview.h"
#include "ui/guidancepane.h"
#include "ui/guidanceview.h"
#include "ui/guidancewords.h"
#include "ui/language.h"
#include "ui/mainwindow.h"
#include "ui/settings.h"
#include "ui/statecolours.h"
#include "ui/stepper.h"
#include "ui/theme.h"

#include <QAction>
#include <QApplication>
#include <QBuffer>
#include <QClipboard>
#include <QDesktopServices>
#include <QElapsedTimer>
#include <QLineEdit>
#include <QPdfWriter>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBlock>
#include <QTextDocument>
#include <QToolButton>

using namespace Qt::StringLiterals;
using guidance::Place;
using session::Connection;

/// Takes what would go to a browser.
class Browser : public QObject {
    Q_OBJECT
public Q_SLOTS:
    void open(const QUrl &url) { opened.append(url); }

public:
    QList<QUrl> opened;
};

class Guidance : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void followsTheStepper();
    void followsTheNode();
    void nothingMovesUnderAReader();
    void anotherClusterItsOwnPage();
    void commandsAreFilledInAndCopied();
    void everyCommandHasItsLink();
    void linksBackAndForward();
    void externalLinksOpenTheBrowser();
    void searchesAsOneTypes();
    void searchInChinese();
    void otherLanguagesWordsFindToo();
    void contentsHasEveryPage();
    void switchesLanguage();
    void versionsChooseParagraphs();
    void namesAreNoMarkup();
    void copiesAndPrintsThePage();
    void lightAndDark();
    void smallWindowsCollapseIt();
    void menuAndButton();
    void keyboardReachesCommands();
    void isReadInNoTime();

private:
    void openWith(const upgrade::Board &board, const QString &name = u"a"_s);
    void click(const QString &target);
    [[nodiscard]] QStringList targets() const;
    [[nodiscard]] QString text() const { return pane().view()->toPlainText(); }
    [[nodiscard]] ui::GuidancePane &pane() const { return *m_window->guidance(); }
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::Language> m_language;
    uitest::FakeClusters m_clusters;
    std::unique_ptr<ui::MainWindow> m_window;
};

void Guidance::initTestCase()
{
    m_theme = std::make_unique<ui::Theme>(*qApp);
}

void Guidance::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<ui::Settings>(m_home->filePath(u"w.ini"_s));
    m_language = std::make_unique<ui::Language>();
    m_language->apply(u"en"_s);
    m_theme->apply(ui::Theme::Choice::Light);
    m_clusters = {};
    m_window = std::make_unique<ui::MainWindow>(m_clusters.factory(), *m_settings, *m_theme, *m_language);
    m_window->tick().fix(uitest::now());
    m_window->workspace().setKubeconfig(uitest::contexts({u"a"_s, u"b"_s}));
    m_window->resize(1700, 1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
}

void Guidance::cleanup()
{
    m_window.reset();
    m_language.reset();
}

void Guidance::openWith(const upgrade::Board &board, const QString &name)
{
    m_window->workspace().show(name);
    m_clusters.links.value(name)->give(uitest::state(name, Connection::State::Online, board));
    QCoreApplication::processEvents();
}

/// Presses the link in the page, as a mouse does: where it is on the screen.
void Guidance::click(const QString &target)
{
    ui::GuidanceView *view = pane().view();
    for (QTextBlock block = view->document()->begin(); block.isValid(); block = block.next()) {
        for (auto at = block.begin(); !at.atEnd(); ++at) {
            const QTextFragment part = at.fragment();
            if (!part.charFormat().isAnchor() || part.charFormat().anchorHref() != target)
                continue;
            QTextCursor cursor(view->document());
            cursor.setPosition(part.position());
            view->setTextCursor(cursor);
            view->ensureCursorVisible();
            cursor.setPosition(part.position() + part.length());
            QRect box = view->cursorRect(cursor);
            QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(box.left() - 2, box.center().y()));
            return;
        }
    }
    QFAIL(qPrintable(u"no link to "_s + target));
}

QStringList Guidance::targets() const
{
    QStringList all;
    const QTextDocument *document = pane().view()->document();
    for (QTextBlock block = document->begin(); block.isValid(); block = block.next()) {
        for (auto at = block.begin(); !at.atEnd(); ++at) {
            if (const QString href = at.fragment().charFormat().anchorHref(); !href.isEmpty())
                all.append(href);
        }
    }
    all.removeDuplicates();
    return all;
}

void Guidance::followsTheStepper()
{
    openWith(uitest::upgrading());
    QVERIFY(pane().isVisible());
    QCOMPARE(pane().place().id, u"phase-nodes"_s); // where the upgrade is
    m_window->board()->stepper()->setFocus();
    QTest::keyClick(m_window->board()->stepper(), Qt::Key_Left);
    QTest::keyClick(m_window->board()->stepper(), Qt::Key_Return);
    const auto phase = m_window->selection().value().phase;
    QVERIFY(phase);
    QCOMPARE(pane().place().id, guidance::phasePage(*phase));
    m_window->selection().selectPhase(upgrade::PhaseId::Preload);
    QCOMPARE(pane().place().id, u"phase-preload"_s);
    QVERIFY(text().contains(u"Phase 2: Preload container images"_s));
    openWith(uitest::failed());
    m_window->selection().clear();
    QCOMPARE(pane().place(), (Place{u"phase-system-services"_s, u"wrong"_s}));
}

void Guidance::followsTheNode()
{
    openWith(uitest::upgrading());
    m_window->selection().selectNode(u"node2"_s);
    QCOMPARE(pane().place(), (Place{u"phase-nodes"_s, u"pre-draining"_s}));
    QVERIFY(pane().view()->verticalScrollBar()->value() > 0); // at the state's heading
    QVERIFY(text().contains(u"grep node2"_s));
    m_window->selection().selectNode(u"node3"_s);
    QCOMPARE(pane().place().anchor, u"images-preloaded"_s);
    QVERIFY(text().contains(u"grep node3"_s));
}

void Guidance::nothingMovesUnderAReader()
{
    upgrade::Board board = uitest::upgrading();
    board.currentPhase = upgrade::PhaseId::SystemServices;
    openWith(board);
    QCOMPARE(pane().place().id, u"phase-system-services"_s);
    // The next phase begins while nobody reads: the page follows.
    board.currentPhase = upgrade::PhaseId::Nodes;
    openWith(board);
    QCOMPARE(pane().place().id, u"phase-nodes"_s);
    // Somebody went to another page: it stays, and where it is scrolled to.
    click(u"guide:KI-1.8-08"_s);
    board.currentPhase = upgrade::PhaseId::Cleanup;
    openWith(board);
    QCOMPARE(pane().place().id, u"KI-1.8-08"_s);
    pane().open({u"phase-nodes"_s, {}});
    pane().view()->verticalScrollBar()->setValue(300);
    board.waiting.reset();
    board.toVersion = u"v1.9.1"_s;
    openWith(board);
    QCOMPARE(pane().view()->verticalScrollBar()->value(), 300);
    // A choice on the board is followed again.
    m_window->selection().selectPhase(upgrade::PhaseId::Repository);
    QCOMPARE(pane().place().id, u"phase-repository"_s);
}

void Guidance::anotherClusterItsOwnPage()
{
    openWith(uitest::upgrading());
    click(u"guide:KI-GEN-09"_s);
    openWith(uitest::noUpgrade(), u"b"_s);
    QCOMPARE(pane().place().id, u"overview"_s);
    QVERIFY(text().contains(u"<upgrade>"_s)); // no name known here
    m_window->workspace().show(u"a"_s);
    QCOMPARE(pane().place().id, u"phase-nodes"_s);
}

void Guidance::commandsAreFilledInAndCopied()
{
    openWith(uitest::upgrading());
    m_window->selection().selectNode(u"node2"_s);
    QStringList commands;
    for (const QString &target : targets()) {
        if (target.startsWith(u"copy:"_s))
            commands.append(target);
    }
    QVERIFY(commands.size() > 5);
    QApplication::clipboard()->clear();
    click(commands.first());
    QCOMPARE(QApplication::clipboard()->text(),
        u"kubectl get nodes -o wide\nkubectl -n harvester-system get upgrade hvst-upgrade-9gmg2 -o jsonpath='{.status.nodeStatuses}{\"\\n\"}'"_s);
    for (const QString &target : commands) {
        click(target);
        const QString copied = QApplication::clipboard()->text();
        QVERIFY(!copied.contains(u"{{"_s));
        QVERIFY(!copied.contains(QChar::Nbsp)); // a shell does not take it for a space
    }
}

void Guidance::everyCommandHasItsLink()
{
    openWith(uitest::upgrading());
    const guidance::Library library = guidance::Library::load();
    for (const guidance::Page &page : library.pages(u"en"_s)) {
        pane().open({page.id, {}});
        const ui::GuidanceSituation situation{
            .names = guidance::namesFrom(uitest::upgrading()), .versions = guidance::versionsOf(uitest::upgrading())};
        const QStringList commands = ui::guidanceCommands(page, situation);
        int links = 0;
        for (const QString &target : targets())
            links += target.startsWith(u"copy:"_s) ? 1 : 0;
        QCOMPARE(links, commands.size());
        for (const QString &command : commands)
            QVERIFY2(text().replace(QChar::Nbsp, u' ').contains(command), qPrintable(page.id + command));
    }
}

void Guidance::linksBackAndForward()
{
    openWith(uitest::upgrading());
    auto *back = pane().findChild<QToolButton *>(u"guidance-back"_s);
    auto *forward = pane().findChild<QToolButton *>(u"guidance-forward"_s);
    click(u"guide:KI-1.2-03"_s);
    QCOMPARE(pane().place().id, u"KI-1.2-03"_s);
    click(u"guide:volumes-healthy#causes"_s);
    QCOMPARE(pane().place(), (Place{u"volumes-healthy"_s, u"causes"_s}));
    QVERIFY(!forward->isEnabled());
    QTest::mouseClick(back, Qt::LeftButton);
    QCOMPARE(pane().place().id, u"KI-1.2-03"_s);
    QTest::keyClick(pane().view(), Qt::Key_Left, Qt::AltModifier);
    QCOMPARE(pane().place().id, u"phase-nodes"_s);
    QTest::keyClick(pane().view(), Qt::Key_Right, Qt::AltModifier);
    QCOMPARE(pane().place().id, u"KI-1.2-03"_s);
    QTest::mouseClick(forward, Qt::LeftButton);
    QCOMPARE(pane().place().id, u"volumes-healthy"_s);
    QTest::keyClick(pane().view(), Qt::Key_Backspace);
    click(u"guide:volumes-healthy#causes"_s); // another way ahead
    QVERIFY(!forward->isEnabled());
}

void Guidance::externalLinksOpenTheBrowser()
{
    Browser browser;
    QDesktopServices::setUrlHandler(u"https"_s, &browser, "open");
    openWith(uitest::upgrading());
    pane().open({u"KI-1.8-02"_s, {}});
    click(u"https://github.com/harvester/harvester/issues/10532"_s);
    QDesktopServices::unsetUrlHandler(u"https"_s);
    QCOMPARE(browser.opened, QList{QUrl(u"https://github.com/harvester/harvester/issues/10532"_s)});
    QCOMPARE(pane().place().id, u"KI-1.8-02"_s);
    // Nothing but a page, a command or https leads anywhere, and nothing is loaded.
    QVERIFY(pane().view()->loadResource(QTextDocument::ImageResource, QUrl(u"https://example.org/a.png"_s)).isNull());
    QVERIFY(pane().view()->loadResource(QTextDocument::ImageResource, QUrl(u"file:///etc/passwd"_s)).isNull());
}

void Guidance::searchesAsOneTypes()
{
    openWith(uitest::upgrading());
    m_window->findChild<QAction *>(u"searchGuidance"_s)->trigger();
    QLineEdit *search = pane().search();
    QCOMPARE(QApplication::focusWidget(), search);
    QTest::keyClicks(search, u"OOMKilled importer"_s);
    QVERIFY2(text().contains(u"importer runs out of memory"_s), qPrintable(text()));
    QVERIFY(targets().first().startsWith(u"guide:KI-1.9-01"_s));
    QTest::keyClick(search, Qt::Key_Escape);
    QCOMPARE(pane().place().id, u"phase-nodes"_s); // where one was
    QVERIFY(text().contains(u"Phase 4: Upgrade nodes"_s));
    QTest::keyClicks(search, u"xyzzyplugh"_s);
    QVERIFY(text().contains(u"Nothing about “xyzzyplugh”"_s));
    search->setText(u"pendingOSImage"_s);
    QTest::keyClick(search, Qt::Key_Return);
    QVERIFY(search->text().isEmpty());
    QVERIFY(text().contains(u"pendingOSImage"_s));
    QTest::mouseClick(pane().findChild<QToolButton *>(u"guidance-back"_s), Qt::LeftButton);
    QCOMPARE(pane().place().id, u"phase-nodes"_s);
}

void Guidance::searchInChinese()
{
    openWith(uitest::upgrading());
    m_language->apply(u"zh_CN"_s);
    QCoreApplication::processEvents();
    pane().search()->setText(u"证书过期"_s);
    QVERIFY2(targets().first().startsWith(u"guide:KI-1.2-09"_s), qPrintable(targets().join(u' ')));
    QVERIFY(text().contains(u"证书"_s));
}

void Guidance::otherLanguagesWordsFindToo()
{
    openWith(uitest::upgrading());
    pane().search()->setText(u"证书过期"_s);
    QVERIFY(targets().first().startsWith(u"guide:KI-1.2-09"_s));
    QVERIFY(text().contains(u"RKE2 certificates expired"_s)); // its English title
}

void Guidance::contentsHasEveryPage()
{
    openWith(uitest::upgrading());
    QTest::mouseClick(pane().findChild<QToolButton *>(u"guidance-contents"_s), Qt::LeftButton);
    const QStringList all = targets();
    const guidance::Library library = guidance::Library::load();
    for (const guidance::Page &page : library.pages(u"en"_s))
        QVERIFY2(all.contains(u"guide:"_s + page.id), qPrintable(page.id));
    // Known issues of these two releases before those of others.
    QVERIFY(all.indexOf(u"guide:KI-1.9-02"_s) < all.indexOf(u"guide:KI-1.1-01"_s));
    QVERIFY(all.indexOf(u"guide:KI-GEN-01"_s) < all.indexOf(u"guide:KI-1.8-01"_s));
}

void Guidance::switchesLanguage()
{
    openWith(uitest::upgrading());
    pane().open({u"KI-1.8-03"_s, {}});
    const QString english = text();
    m_language->apply(u"zh_CN"_s);
    QCoreApplication::processEvents();
    QCOMPARE(pane().place().id, u"KI-1.8-03"_s);
    QVERIFY(text().contains(u"预加载停滞"_s));
    QVERIFY(text().contains(u"复制"_s));
    QVERIFY(text().contains(u"hvst-upgrade-9gmg2-prepare"_s));
    QVERIFY(!text().contains(u"Preloading stalls"_s));
    m_language->apply(u"en"_s);
    QCoreApplication::processEvents();
    QCOMPARE(text(), english);
}

void Guidance::versionsChooseParagraphs()
{
    openWith(uitest::upgrading()); // v1.8.2 to v1.9.0
    pane().open({u"phase-repository"_s, {}});
    QVERIFY(text().contains(u"The repository is a Deployment"_s));
    QVERIFY(!text().contains(u"The repository is a virtual machine"_s));
    upgrade::Board old = uitest::upgrading();
    old.fromVersion = u"v1.5.1"_s;
    old.toVersion = u"v1.6.0"_s;
    openWith(old);
    pane().open({u"phase-repository"_s, {}});
    QVERIFY(!text().contains(u"The repository is a Deployment"_s));
    QVERIFY(text().contains(u"The repository is a virtual machine"_s));
    old.fromVersion = old.toVersion = old.harvesterVersion = QString();
    openWith(old);
    pane().open({u"phase-repository"_s, {}});
    QVERIFY(text().contains(u"The repository is a Deployment"_s));
    QVERIFY(text().contains(u"The repository is a virtual machine"_s));
    QVERIFY(text().contains(u"When upgrading from v1.7 or newer:"_s));
    pane().open({u"KI-1.1-01"_s, {}});
    QVERIFY(!text().contains(u"Not reported"_s));
    openWith(uitest::upgrading());
    pane().open({u"KI-1.1-01"_s, {}});
    QVERIFY(text().contains(u"Not reported for this cluster's releases (v1.8.2 → v1.9.0)."_s));
}

void Guidance::namesAreNoMarkup()
{
    upgrade::Board board = uitest::upgrading();
    board.upgrade.name = u"<img src='https://example.org/x'><b>up</b>"_s;
    openWith(board);
    QVERIFY(text().contains(u"<b>up</b>"_s));
    pane().search()->setText(u"<b>fat</b>"_s);
    QVERIFY(text().contains(u"<b>fat</b>"_s) || !targets().isEmpty());
    QVERIFY(!pane().view()->toHtml().contains(u"example.org/x'"_s));
}

void Guidance::copiesAndPrintsThePage()
{
    openWith(uitest::upgrading());
    pane().open({u"KI-1.8-03"_s, {}});
    QTest::mouseClick(pane().findChild<QToolButton *>(u"guidance-copy"_s), Qt::LeftButton);
    QVERIFY(QApplication::clipboard()->text().contains(u"rollout restart deployment/system-upgrade-controller"_s));
    QBuffer buffer;
    QVERIFY(buffer.open(QIODevice::WriteOnly));
    {
        QPdfWriter writer(&buffer);
        pane().printTo(&writer);
    }
    QVERIFY(buffer.data().startsWith("%PDF"));
    QVERIFY(buffer.size() > 5000);
}

void Guidance::lightAndDark()
{
    openWith(uitest::upgrading());
    const auto colour = [&] { return pane().view()->toHtml().section(u"color:"_s, 1, 1).left(8); };
    for (const ui::Theme::Choice choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        m_theme->apply(choice);
        QCoreApplication::processEvents();
        const QPalette palette = pane().palette();
        // Links are in the tone of the theme that is on.
        const QString link = ui::toneText(ui::Tone::Running, palette, palette.color(QPalette::Base)).name();
        QVERIFY2(pane().view()->toHtml().contains(link), qPrintable(link + colour()));
        QVERIFY(ui::contrast(QColor(link), palette.color(QPalette::Base)) >= 4.5);
    }
}

void Guidance::smallWindowsCollapseIt()
{
    openWith(uitest::upgrading());
    QVERIFY(pane().isVisible());
    QVERIFY(m_window->clusters()->isVisible());
    m_window->resize(1024, 700);
    QVERIFY(!pane().isVisible());
    QVERIFY(m_window->clusters()->isVisible());
    auto *button = m_window->findChild<QToolButton *>(u"guidanceButton"_s);
    QVERIFY(!button->isChecked());
    // Asked for, it takes the place of the clusters.
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(pane().isVisible());
    QVERIFY(!m_window->clusters()->isVisible());
    QTRY_VERIFY(m_window->minimumSizeHint().width() <= 1024);
    QCOMPARE(m_window->size(), QSize(1024, 700));
    QTRY_VERIFY(pane().width() >= 300);
    QVERIFY(m_window->board()->width() >= 600);
    m_window->findChild<QAction *>(u"showClusters"_s)->trigger();
    QVERIFY(m_window->clusters()->isVisible());
    QVERIFY(!pane().isVisible());
    // It was wanted all the time.
    m_window->resize(1700, 1000);
    QVERIFY(pane().isVisible());
    QVERIFY(m_window->clusters()->isVisible());
}

void Guidance::menuAndButton()
{
    openWith(uitest::upgrading());
    auto *action = m_window->findChild<QAction *>(u"showGuidance"_s);
    QVERIFY(action->isChecked());
    QTest::mouseClick(pane().findChild<QToolButton *>(u"guidance-close"_s), Qt::LeftButton);
    QVERIFY(!pane().isVisible());
    QVERIFY(!action->isChecked());
    QVERIFY(!m_settings->flag(u"window/showGuidance"_s, true));
    m_window->selection().selectPhase(upgrade::PhaseId::Preload); // while it is closed
    action->trigger();
    QCoreApplication::processEvents();
    QVERIFY(pane().isVisible());
    QVERIFY(text().contains(u"Preload container images"_s));
    QVERIFY(m_settings->flag(u"window/showGuidance"_s, false));
    QCOMPARE(QApplication::focusWidget(), pane().view());
}

void Guidance::keyboardReachesCommands()
{
    openWith(uitest::upgrading());
    pane().open({u"KI-1.8-03"_s, {}});
    m_window->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    pane().view()->setFocus();
    QApplication::clipboard()->clear();
    // Tab goes from link to link, Enter follows: the first copies the first command.
    QTest::keyClick(pane().view(), Qt::Key_Tab);
    QTest::keyClick(pane().view(), Qt::Key_Return);
    QVERIFY(QApplication::clipboard()->text().startsWith(u"kubectl -n cattle-system get plan"_s));
    for (int i = 0; i < 40 && QApplication::focusWidget() == pane().view(); ++i)
        QTest::keyClick(pane().view(), Qt::Key_Tab);
    QVERIFY(QApplication::focusWidget() != pane().view()); // no trap
}

// All pages of both languages; the window waits for it once, when the panel is first seen.
void Guidance::isReadInNoTime()
{
    QElapsedTimer clock;
    clock.start();
    const guidance::Library library = guidance::Library::load();
    const qint64 read = clock.restart();
    const guidance::SearchIndex english(library, u"en"_s), chinese(library, u"zh_CN"_s);
    qInfo("read %lld ms, both indexes %lld ms", static_cast<long long>(read), static_cast<long long>(clock.elapsed()));
    QVERIFY(library.problems().isEmpty());
    QVERIFY(read < 2000);
}

QTEST_MAIN(Guidance)
#include "tst_guidance.moc"
