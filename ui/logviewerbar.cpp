// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// How a LogViewer is put together: bars, menus, keys, names.

#include "logs/filtereddocument.h"
#include "logs/search.h"
#include "ui/elidedlabel.h"
#include "ui/logrules.h"
#include "ui/logsaver.h"
#include "ui/logsearchbar.h"
#include "ui/logviewer.h"
#include "ui/settings.h"

#include <QAction>
#include <QActionGroup>
#include <QEvent>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QProgressBar>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>

#include <array>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
constexpr std::array timeWords{u"off", u"relative", u"local", u"utc"};
}

LogViewer::LogViewer(Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_settings(settings)
    , m_bar(new QHBoxLayout)
    , m_title(new ElidedLabel(Qt::ElideMiddle))
    , m_searchBar(new LogSearchBar)
    , m_filterBar(new LogFilterBar)
    , m_view(new LogView)
    , m_list(new LogView)
    , m_split(new QSplitter(Qt::Vertical))
    , m_status(new ElidedLabel)
    , m_progress(new QProgressBar)
    , m_cancel(logButton(u"close"_s))
    , m_find(logButton(u"search"_s, true))
    , m_filter(logButton(u"filter"_s, true))
    , m_previousProblem(logButton(u"problem-previous"_s))
    , m_nextProblem(logButton(u"problem-next"_s))
    , m_timesButton(logButton(u"clock"_s))
    , m_wrap(logButton(u"wrap"_s, true))
    , m_more(logButton(u"more"_s))
    , m_follow(logButton(u"to-end"_s))
    , m_timesMenu(new QMenu(this))
    , m_moreMenu(new QMenu(this))
    , m_saver(new LogSaver(this))
{
    setObjectName(u"logViewer"_s);
    m_list->setObjectName(u"logMatches"_s);
    m_list->hide();
    m_searchBar->hide();
    m_filterBar->hide();
    m_split->addWidget(m_view);
    m_split->addWidget(m_list);
    m_split->setStretchFactor(0, 3);
    m_split->setStretchFactor(1, 2);
    m_split->setChildrenCollapsible(false);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_status->setQuiet(true);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    buildBar();
    column->addLayout(m_bar);
    column->addWidget(m_searchBar);
    column->addWidget(m_filterBar);
    column->addWidget(m_split, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 4, 16, 4);
    foot->addWidget(m_status, 1);
    m_progress->setMaximumWidth(160);
    m_progress->setRange(0, 100);
    foot->addWidget(m_progress);
    foot->addWidget(m_cancel);
    m_progress->hide();
    m_cancel->hide();
    column->addLayout(foot);

    connect(m_view, &LogView::followingChanged, this, &LogViewer::refreshStatus);
    connect(m_view, &LogView::contentChanged, this, &LogViewer::refreshStatus);
    connect(m_view, &LogView::contentChanged, this, &LogViewer::settlePlace);
    connect(m_view, &LogView::copyRefused, this,
        [this] { note(tr("That is too much for the clipboard. Save the log instead.")); });
    connect(m_view, &LogView::zoomed, this, [this](int zoom) {
        m_settings.setText(u"log/zoom"_s, QString::number(zoom));
        m_list->setZoom(zoom);
    });
    connect(m_list, &LogView::caretMoved, this, [this](qint64 row) {
        if (m_matches && row >= 0)
            setMatch(m_matches->baseRow(row));
    });
    connect(m_searchBar, &LogSearchBar::changed, this, &LogViewer::startSearch);
    connect(m_searchBar, &LogSearchBar::wanted, this, &LogViewer::next);
    connect(m_searchBar, &LogSearchBar::listToggled, this, &LogViewer::showList);
    connect(m_searchBar, &LogSearchBar::contextChanged, this, [this] { showList(m_searchBar->list()->isChecked()); });
    connect(m_searchBar, &LogSearchBar::closed, this, [this] { closeBar(m_searchBar); });
    connect(m_filterBar, &LogFilterBar::changed, this, &LogViewer::applyFilter);
    connect(m_filterBar, &LogFilterBar::closed, this, [this] { closeBar(m_filterBar); });
    connect(m_saver, &LogSaver::progressed, this, &LogViewer::savingChanged);
    connect(m_saver, &LogSaver::finished, this, [this](bool saved, const QString &error) {
        savingChanged();
        const QString name = QFileInfo(m_saver->path()).fileName();
        note(saved                ? tr("Saved as %1").arg(name)
                : error.isEmpty() ? tr("Not saved")
                                  : tr("%1 could not be saved: %2").arg(name, error));
    });
    connect(m_cancel, &QToolButton::clicked, m_saver, &LogSaver::cancel);

    m_view->setRules(loadRules(m_settings));
    m_list->setRules(loadRules(m_settings));
    m_view->setZoom(m_settings.text(u"log/zoom"_s).toInt());
    m_list->setZoom(m_view->zoom());
    m_wrap->setChecked(m_settings.flag(u"log/wrap"_s, false));
    const QString times = m_settings.text(u"log/times"_s, u"off"_s);
    for (size_t i = 0; i < timeWords.size(); ++i) {
        if (times == QStringView(timeWords[i]))
            setTimes(LogTimes(i));
    }
    retranslate();
}

void LogViewer::buildBar()
{
    m_bar->setContentsMargins(16, 6, 8, 6);
    m_bar->setSpacing(2);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_bar->addWidget(m_title, 1);
    for (QToolButton *button :
        {m_find, m_filter, m_previousProblem, m_nextProblem, m_timesButton, m_wrap, m_more, m_follow})
        m_bar->addWidget(button);
    buildMenu();
    connect(m_find, &QToolButton::clicked, this, [this](bool on) {
        if (on)
            openSearch();
        else
            closeBar(m_searchBar);
    });
    connect(m_filter, &QToolButton::clicked, this, [this](bool on) {
        if (!on) {
            closeBar(m_filterBar);
            return;
        }
        m_filterBar->show();
        m_filterBar->include()->setFocus(Qt::ShortcutFocusReason);
    });
    connect(m_nextProblem, &QToolButton::clicked, this, [this] { nextProblem(false); });
    connect(m_previousProblem, &QToolButton::clicked, this, [this] { nextProblem(true); });
    connect(m_wrap, &QToolButton::toggled, this, [this](bool on) {
        m_view->setWrap(on);
        m_list->setWrap(on);
        m_settings.setFlag(u"log/wrap"_s, on);
    });
    connect(m_follow, &QToolButton::clicked, m_view, &LogView::follow);
    shortcut(QKeySequence::Find, [this] { openSearch(); });
    shortcut(Qt::Key_F3, [this] { next(false); });
    shortcut(Qt::SHIFT | Qt::Key_F3, [this] { next(true); });
    shortcut(Qt::Key_F8, [this] { nextProblem(false); });
    shortcut(Qt::SHIFT | Qt::Key_F8, [this] { nextProblem(true); });
    shortcut(Qt::CTRL | Qt::SHIFT | Qt::Key_L, [this] { m_filter->click(); });
    shortcut(Qt::ALT | Qt::Key_Z, [this] { m_wrap->toggle(); });
    shortcut(Qt::ALT | Qt::Key_T, [this] { setTimes(LogTimes((int(m_view->times()) + 1) % int(timeWords.size()))); });
}

void LogViewer::shortcut(const QKeySequence &keys, const std::function<void()> &action)
{
    auto *made = new QShortcut(keys, this);
    made->setContext(Qt::WidgetWithChildrenShortcut);
    connect(made, &QShortcut::activated, this, action);
}

void LogViewer::buildMenu()
{
    auto *group = new QActionGroup(this);
    for (size_t i = 0; i < timeWords.size(); ++i) {
        QAction *action = m_timesMenu->addAction(QString());
        action->setCheckable(true);
        group->addAction(action);
        m_timeActions.append(action);
        connect(action, &QAction::triggered, this, [this, i] { setTimes(LogTimes(i)); });
    }
    m_timesButton->setMenu(m_timesMenu);
    m_timesButton->setPopupMode(QToolButton::InstantPopup);
    m_saveAction = m_moreMenu->addAction(QString(), this, [this] { save(false); });
    m_saveStamped = m_moreMenu->addAction(QString(), this, [this] { save(true); });
    m_openAction = m_moreMenu->addAction(QString(), this, &LogViewer::openFileWanted);
    m_moreMenu->addSeparator();
    m_rulesAction = m_moreMenu->addAction(QString(), this, &LogViewer::editRules);
    m_moreMenu->addSeparator();
    m_larger = m_moreMenu->addAction(QString(), this, [this] { m_view->setZoom(m_view->zoom() + 1); });
    m_smaller = m_moreMenu->addAction(QString(), this, [this] { m_view->setZoom(m_view->zoom() - 1); });
    m_usual = m_moreMenu->addAction(QString(), this, [this] { m_view->setZoom(0); });
    m_more->setMenu(m_moreMenu);
    m_more->setPopupMode(QToolButton::InstantPopup);
}

void LogViewer::setTimes(LogTimes times)
{
    m_view->setTimes(times);
    m_list->setTimes(times);
    m_timeActions.at(int(times))->setChecked(true);
    m_settings.setText(u"log/times"_s, QStringView(timeWords[size_t(times)]).toString());
}

void LogViewer::savingChanged()
{
    const bool running = m_saver->isRunning();
    m_progress->setVisible(running);
    m_cancel->setVisible(running);
    m_progress->setValue(int(m_saver->progress() * 100));
}

void LogViewer::retranslate()
{
    nameButton(m_find, tr("Find"), QKeySequence(QKeySequence::Find));
    nameButton(m_filter, tr("Filter lines"), QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_L));
    nameButton(m_previousProblem, tr("Previous warning or error"), QKeySequence(Qt::SHIFT | Qt::Key_F8));
    nameButton(m_nextProblem, tr("Next warning or error"), QKeySequence(Qt::Key_F8));
    nameButton(m_timesButton, tr("Times"), QKeySequence(Qt::ALT | Qt::Key_T));
    nameButton(m_wrap, tr("Wrap long lines"), QKeySequence(Qt::ALT | Qt::Key_Z));
    nameButton(m_more, tr("More"));
    nameButton(m_follow, tr("Go to the end and follow"), QKeySequence(Qt::Key_End));
    nameButton(m_cancel, tr("Stop saving"));
    m_progress->setAccessibleName(tr("Saving"));
    m_timeActions.at(0)->setText(tr("No times"));
    m_timeActions.at(1)->setText(tr("Since the first line"));
    m_timeActions.at(2)->setText(tr("Local time"));
    m_timeActions.at(3)->setText(tr("UTC"));
    m_saveAction->setText(
        m_options.syntax == Highlight::Kind::Log ? tr("Save the whole log …") : tr("Save as a file …"));
    m_saveStamped->setText(tr("Save the whole log with times …"));
    m_openAction->setText(tr("Open a log file …"));
    m_rulesAction->setText(tr("Highlight rules …"));
    m_larger->setText(tr("Larger text"));
    m_smaller->setText(tr("Smaller text"));
    m_usual->setText(tr("Usual size"));
    m_larger->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Plus));
    m_smaller->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_Minus));
    m_usual->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_0));
    for (QAction *action : {m_larger, m_smaller, m_usual})
        action->setShortcutContext(Qt::WidgetShortcut); // the view itself takes the keys
    m_list->setAccessibleName(tr("All matches"));
    searchChanged();
    refreshStatus();
}

void LogViewer::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Under each other both need some lines; in a low pane they stand side by side.
    constexpr int low = 320;
    m_split->setOrientation(height() < low ? Qt::Horizontal : Qt::Vertical);
}

void LogViewer::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
