// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logpane.h"

#include "logs/jobdocument.h"
#include "ui/boardobjects.h"
#include "ui/elidedlabel.h"
#include "ui/joblist.h"
#include "ui/logchanneldocument.h"
#include "ui/logviewer.h"
#include "ui/logwindow.h"
#include "ui/settings.h"
#include "ui/tick.h"
#include "upgrade/boardtext.h"

#include <QApplication>
#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMenu>
#include <QScopedValueRollback>
#include <QSignalBlocker>
#include <QSplitter>

#include <algorithm>
#include <compare>
#include <utility>
#include <vector>

namespace ui {

using namespace Qt::StringLiterals;

LogPane::LogPane(Tick &tick, Selection &selection, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_settings(settings)
    , m_jobs(new JobModel(tick, this))
    , m_list(new QListView)
    , m_viewer(new LogViewer(settings))
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_scopeBox(new QComboBox)
    , m_listTitle(new QLabel)
{
    setObjectName(u"logPane"_s);
    m_list->setObjectName(u"jobs"_s);
    m_list->setModel(m_jobs);
    m_list->setItemDelegate(new JobDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_listTitle->setFont(strong);
    m_scopeBox->setObjectName(u"logScope"_s);
    m_scopeBox->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_scopeBox->setMinimumContentsLength(10);
    m_scopeBox->hide();
    m_viewer->bar()->insertWidget(1, m_scopeBox);

    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins({});
    leftColumn->setSpacing(0);
    auto *leftTop = new QHBoxLayout;
    leftTop->setContentsMargins(16, 6, 8, 6);
    leftTop->addWidget(m_listTitle);
    m_listTitle->setMinimumHeight(28);
    leftColumn->addLayout(leftTop);
    leftColumn->addWidget(m_list, 1);

    m_splitter->addWidget(left);
    m_splitter->addWidget(m_viewer);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({280, 700});
    m_splitter->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_splitter);

    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_chosen = m_chosen || !m_refreshing; // mouse or keyboard, but not our own choice
        openCurrent();
    });
    connect(m_list, &QListView::clicked, this, [this] { m_chosen = true; });
    connect(m_list, &QWidget::customContextMenuRequested, this, &LogPane::jobMenu);
    connect(&m_selection, &Selection::changed, this, [this] {
        m_chosen = false;
        m_anew = true;
        refreshJobs();
    });
    connect(&tick, &Tick::ticked, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(m_viewer->view(), &LogView::followingChanged, this, &LogPane::refreshStatus);
    connect(m_viewer, &LogViewer::openFileWanted, this, [this] { LogWindow::askForFile(m_settings, window()); });
    connect(m_scopeBox, &QComboBox::activated, this, [this](int index) {
        m_scope = m_scopes.value(index).name;
        openKept();
        refreshStatus();
    });
    retranslate();
}

LogPane::~LogPane()
{
    m_channel.reset();
}

LogView *LogPane::view() const
{
    return m_viewer->view();
}

qint64 LogPane::rowCount() const
{
    return m_viewer->document() ? m_viewer->document()->rowCount() : 0;
}

void LogPane::setLink(ClusterLink *link)
{
    if (m_link == link)
        return;
    if (m_link && !m_first.isEmpty())
        m_link->keepFirst({});
    m_first.clear();
    m_link = link;
    m_anew = true;
    close();
    m_opened.clear();
    m_chosen = false;
    m_board = {};
    m_liveJobs.clear();
    m_evidence = {};
    m_jobs->setJobs({});
    m_viewer->title()->setText({});
    refreshJobs();
}

QList<upgrade::JobRow> LogPane::jobsFor(const upgrade::Board &board, const Selected &selected, qsizetype *all)
{
    struct Place {
        int rank;     ///< at work, what made the upgrade fail, other Jobs, pods of no Job
        qint64 older; ///< negative start
        qsizetype at;
        auto operator<=>(const Place &) const = default;
    };
    const auto rankOf = [&board](const upgrade::JobRow &job) {
        if (isPodOfNoJob(job))
            return 3;
        if (job.state == upgrade::State::Running || job.state == upgrade::State::Stuck)
            return 0;
        return job.state == upgrade::State::Failed && board.state == upgrade::State::Failed ? 1 : 2;
    };
    std::vector<Place> places;
    for (qsizetype i = 0; i < board.jobs.size(); ++i) {
        const upgrade::JobRow &job = board.jobs.at(i);
        if (selected.phase ? job.phase != *selected.phase : !selected.node.isEmpty() && job.node != selected.node)
            continue;
        places.push_back({rankOf(job), job.started.isValid() ? -job.started.toMSecsSinceEpoch() : 0, i});
    }
    const qsizetype count = std::min(shownJobs, qsizetype(places.size()));
    std::partial_sort(places.begin(), places.begin() + count, places.end());
    QList<upgrade::JobRow> jobs;
    jobs.reserve(count);
    for (qsizetype i = 0; i < count; ++i)
        jobs.append(board.jobs.at(places[size_t(i)].at));
    if (all)
        *all = qsizetype(places.size());
    return jobs;
}

void LogPane::setBoard(const upgrade::Board &board)
{
    m_board = board;
    m_liveJobs = board.jobs;
    if (m_link)
        m_evidence = m_link->state().evidence;
    m_dirty = true;
    if (isVisible())
        refreshJobs();
}

void LogPane::setEvidence(const session::EvidenceState &evidence)
{
    m_evidence = evidence;
    m_dirty = true;
    if (isVisible())
        refreshJobs();
}

void LogPane::refreshJobs()
{
    const QScopedValueRollback guard(m_refreshing, true);
    m_dirty = false;
    m_board.jobs = withKept(m_liveJobs, m_evidence);
    qsizetype all = 0;
    m_jobs->setJobs(jobsFor(m_board, m_selection.value(), &all));
    const QLocale locale;
    m_listTitle->setText(all == 0 ? tr("Jobs")
            : all > shownJobs     ? tr("Jobs (%1 of %2)").arg(locale.toString(shownJobs), locale.toString(all))
                                  : tr("Jobs (%1)").arg(locale.toString(all)));
    // Another Job that begins takes the view only from who just looks on.
    const bool reads = !std::exchange(m_anew, false) && rowCount() > 0
        && (!view()->isFollowing() || view()->selectedRows().first >= 0);
    if (!m_list->currentIndex().isValid() || (!m_chosen && !reads)) {
        if (m_jobs->rowCount() > 0 && m_list->currentIndex().row() != 0)
            m_list->setCurrentIndex(m_jobs->index(0));
    }
    openCurrent();
}

const upgrade::JobRow *LogPane::current() const
{
    return m_jobs->job(m_list->currentIndex().row());
}

void LogPane::showJob(const upgrade::ObjectRef &job)
{
    for (int row = 0; row < m_jobs->rowCount(); ++row) {
        const upgrade::JobRow *candidate = m_jobs->job(row);
        const bool behind = std::any_of(candidate->pods.cbegin(), candidate->pods.cend(),
            [&](const auto &pod) { return pod.name == job.name && pod.ns == job.ns; });
        if ((candidate->job.name == job.name && candidate->job.ns == job.ns) || behind) {
            m_chosen = true;
            m_list->setCurrentIndex(m_jobs->index(row));
            m_list->scrollTo(m_jobs->index(row));
            return;
        }
    }
}

void LogPane::showEvidence(const upgrade::Evidence &evidence)
{
    showJob(evidence.object);
    m_viewer->showLine(evidence.line, evidence.text);
}

void LogPane::jobMenu(const QPoint &at)
{
    // By the keyboard the menu belongs to the current Job, wherever the pointer is.
    QModelIndex index = m_list->indexAt(at);
    if (!index.isValid())
        index = m_list->currentIndex();
    if (!index.isValid())
        return;
    m_list->setCurrentIndex(index);
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const upgrade::JobRow *job = current();
    QAction *yaml = menu->addAction(tr("Show as YAML"), this,
        [this, row = job ? *job : upgrade::JobRow()] { emit objectsWanted(objectsBehind(row)); });
    const auto snapshot = m_link ? m_link->state().snapshot : nullptr;
    yaml->setEnabled(job && snapshot && !knownObjects(*snapshot, objectsBehind(*job)).isEmpty());
    menu->popup(m_list->viewport()->mapToGlobal(at));
}

std::optional<upgrade::JobRow> LogPane::focusedJob() const
{
    const upgrade::JobRow *job = hasFocus() || isAncestorOf(QApplication::focusWidget()) ? current() : nullptr;
    return job ? std::optional(*job) : std::nullopt;
}

void LogPane::retranslate()
{
    m_list->setAccessibleName(tr("Jobs"));
    m_scopeBox->setAccessibleName(tr("Pod or container"));
    m_scopeBox->setToolTip(tr("Pod or container"));
    m_jobs->retranslate();
    m_scopes.clear(); // "All pods" is a word
    refreshJobs();
    if (const upgrade::JobRow *job = current())
        m_viewer->title()->setText(m_jobs->title(*job));
    refreshStatus();
}

void LogPane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (m_dirty)
        refreshJobs();
}

void LogPane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
