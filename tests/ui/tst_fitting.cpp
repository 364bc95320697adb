// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What happens when room is short: the smallest window, the screen, columns, texts that are elided.

#include "support/ui_boards.h"
#include "support/ui_fakelink.h"
#include "ui/boardview.h"
#include "ui/clustersview.h"
#include "ui/elide.h"
#include "ui/language.h"
#include "ui/logpane.h"
#include "ui/mainwindow.h"
#include "ui/messagestrip.h"
#include "ui/nodecolumns.h"
#include "ui/nodedelegate.h"
#include "ui/nodemodel.h"
#include "ui/nodetable.h"
#include "ui/settings.h"
#include "ui/stepper.h"
#include "ui/theme.h"
#include "ui/timeline.h"
#include "ui/windowlayout.h"

#include <QApplication>
#include <QScrollBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using session::Connection;

class Fitting : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { m_theme = std::make_unique<ui::Theme>(*qApp); }
    void windowShowsThreeNodes_data();
    void windowShowsThreeNodes();
    void windowFitsTheScreen();
    void columnsGiveWayInOrder();
    void changeKeepsBothSides();
    void timeIsNeverElided();

private:
    std::unique_ptr<ui::Theme> m_theme;
};

void Fitting::windowShowsThreeNodes_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("lost");
    for (const QSize size : {QSize(1024, 700), QSize(1366, 768), QSize(1920, 1080), QSize(2560, 1440)}) {
        for (const bool lost : {false, true})
            QTest::addRow("%dx%d%s", size.width(), size.height(), lost ? " lost" : "") << size << lost;
    }
}

void Fitting::windowShowsThreeNodes()
{
    QFETCH(QSize, size);
    QFETCH(bool, lost);
    QTemporaryDir home;
    ui::Settings settings(home.filePath(u"w.ini"_s));
    ui::Language language;
    uitest::FakeClusters clusters;
    ui::MainWindow window(clusters.factory(), settings, *m_theme, language);
    window.tick().fix(uitest::now());
    window.workspace().setKubeconfig(uitest::contexts({u"a"_s}));
    window.resize(size);
    window.show();
    window.workspace().show(u"a"_s);
    session::ClusterState state
        = uitest::state(u"a"_s, lost ? Connection::State::Offline : Connection::State::Online, uitest::upgrading());
    if (lost)
        state.connection.error = uitest::error(kube::ErrorKind::Timeout);
    clusters.links.value(u"a"_s)->give(state);
    QCoreApplication::sendPostedEvents();
    QCOMPARE(window.size(), size);
    QVERIFY2(
        window.minimumSizeHint().width() <= 1024, QByteArray::number(window.minimumSizeHint().width()).constData());
    QVERIFY(window.minimumSizeHint().height() <= 700);
    // A list of phases would leave the table a row and a half.
    QVERIFY(!window.board()->stepper()->isVertical());
    const QTableView *table = window.board()->nodes()->view();
    QVERIFY(table->isVisible());
    QTRY_VERIFY2(
        table->viewport()->height() >= 3 * 32, qPrintable(u"%1 px of rows"_s.arg(table->viewport()->height())));
    QTRY_COMPARE(table->horizontalScrollBar()->maximum(), 0); // what a node waits for is in sight
    QVERIFY(!table->isColumnHidden(ui::NodeModel::Text));
    if (size.height() >= 1080)
        QVERIFY(window.board()->timeline()->isVisible());
    // Nothing lies over anything else.
    int below = 0;
    for (QWidget *part : std::initializer_list<QWidget *>{
             window.board()->strip(), window.board()->stepper(), window.board()->nodes(), window.logs()}) {
        if (!part->isVisible())
            continue;
        const QRect box(part->mapTo(&window, QPoint()), part->size());
        QVERIFY(window.rect().contains(box));
        QVERIFY2(box.top() >= below, qPrintable(part->objectName()));
        below = box.top() + box.height();
    }
}

void Fitting::windowFitsTheScreen()
{
    using namespace ui::windowlayout;
    const QMargins frame(2, 32, 2, 2);
    QCOMPARE(fitted(wanted, QRect(0, 0, 1920, 1040), frame), wanted);
    QCOMPARE(fitted(wanted, QRect(0, 0, 1366, 728), frame), QSize(1362, 694));
    QCOMPARE(minimumFor(QRect(0, 0, 1366, 768), frame), least);
    QCOMPARE(minimumFor(QRect(0, 0, 800, 600), frame), QSize(796, 566));
    QCOMPARE(fitted(wanted, {}, frame), wanted); // no screen known
    QVERIFY(clustersWidth(1024) <= 200);
    QVERIFY(logsHeight(676) < 200);
}

void Fitting::columnsGiveWayInOrder()
{
    const QList<ui::ColumnWish> wishes{{100, 100, 0}, {200, 120, 1}, {200, 100, 2}};
    QCOMPARE(ui::columnWidths(wishes, 600), (QList{100, 200, 200}));
    QCOMPARE(ui::columnWidths(wishes, 450), (QList{100, 200, 150}));
    QCOMPARE(ui::columnWidths(wishes, 360), (QList{100, 160, 100}));
    QCOMPARE(ui::columnWidths(wishes, 100), (QList{100, 120, 100})); // scrolls
    QCOMPARE(ui::columnWidths({}, 100), QList<int>());
    // Those that may be left out are, before anything scrolls; what then has room is wide again.
    const QList<ui::ColumnWish> some{{100, 100, 0, 0}, {200, 120, 1, 1}, {200, 100, 2, 2}};
    QCOMPARE(ui::columnWidths(some, 320), (QList{100, 120, 100}));
    QCOMPARE(ui::columnWidths(some, 319), (QList{100, 200, 0}));
    QCOMPARE(ui::columnWidths(some, 219), (QList{100, 0, 0}));
    QCOMPARE(ui::columnWidths(some, 50), (QList{100, 0, 0}));
}

void Fitting::changeKeepsBothSides()
{
    QCOMPARE(ui::shortChange(u"v1.35.4+rke2r1 → v1.36.1+rke2r1"_s), u"v1.35.4 → v1.36.1"_s);
    QCOMPARE(ui::shortChange(u"v1.35.4+rke2r1 → v1.35.4+rke2r2"_s), u"v1.35.4+rke2r1 → v1.35.4+rke2r2"_s);
    QCOMPARE(ui::shortChange(u"Harvester v1.8.2 → v1.9.0"_s), u"v1.8.2 → v1.9.0"_s);
    QCOMPARE(ui::shortChange(u"Leap 15 → Harvester v1"_s), u"Leap 15 → Harvester v1"_s);
    QCOMPARE(ui::shortChange(u"v1.36.1+rke2r1"_s), u"v1.36.1+rke2r1"_s);
    const QFontMetrics metrics{QFont()};
    const QString text = u"v1.35.4+rke2r1 → v1.36.1+rke2r1"_s;
    QCOMPARE(ui::elideChange(metrics, text, metrics.horizontalAdvance(text)), text);
    QCOMPARE(ui::elideChange(metrics, text, metrics.horizontalAdvance(text) - 1), u"v1.35.4 → v1.36.1"_s);
    const QString tight = ui::NodeDelegate::fitted(
        metrics, text, ui::NodeModel::Kubernetes, metrics.horizontalAdvance(u"v1.35.4 → v1.36.1"_s) - 10);
    QVERIFY2(tight.contains(u" → v1"_s), qPrintable(tight));
}

void Fitting::timeIsNeverElided()
{
    const QFontMetrics metrics{QFont()};
    const QString text = u"Pre-draining · 3 h 07 min"_s;
    for (int width = metrics.horizontalAdvance(text) + 5; width > metrics.horizontalAdvance(u"3 h 07 min"_s); --width) {
        const QString painted = ui::NodeDelegate::fitted(metrics, text, ui::NodeModel::StateColumn, width);
        QVERIFY2(painted.endsWith(u"3 h 07 min"_s), qPrintable(painted));
        QVERIFY(metrics.horizontalAdvance(painted) <= width);
    }
}

QTEST_MAIN(Fitting)
#include "tst_fitting.moc"
