// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logpane.h"

#include "ui/elidedlabel.h"
#include "ui/icons.h"
#include "ui/joblist.h"
#include "ui/logview.h"
#include "ui/settings.h"
#include "ui/tick.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QScopedValueRollback>
#include <QShortcut>
#include <QSplitter>
#include <QToolButton>

#include <algorithm>
#include <compare>
#include <vector>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
QToolButton *button(const QString &iconName, bool checkable = false)
{
    auto *result = new QToolButton;
    result->setIcon(icon(iconName));
    result->setAutoRaise(true);
    result->setCheckable(checkable);
    result->setObjectName(u"log-"_s + iconName);
    return result;
}

QList<session::LogTarget> targets(const QList<upgrade::JobRow::PodRef> &pods)
{
    QList<session::LogTarget> result;
    for (const auto &pod : pods)
        result.append({.ns = pod.ns, .pod = pod.name, .podUid = pod.uid, .container = {}});
    return result;
}
} // namespace

LogPane::LogPane(Tick &tick, Selection &selection, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_tick(tick)
    , m_selection(selection)
    , m_settings(settings)
    , m_jobs(new JobModel(tick, this))
    , m_list(new QListView)
    , m_view(new LogView)
    , m_splitter(new QSplitter(Qt::Horizontal))
    , m_title(new ElidedLabel(Qt::ElideMiddle))
    , m_listTitle(new QLabel)
    , m_find(new QLineEdit)
    , m_previous(button(u"up"_s))
    , m_next(button(u"down"_s))
    , m_timestamps(button(u"clock"_s, true))
    , m_follow(button(u"to-end"_s))
    , m_status(new ElidedLabel)
{
    setObjectName(u"logPane"_s);
    m_list->setObjectName(u"jobs"_s);
    m_list->setModel(m_jobs);
    m_list->setItemDelegate(new JobDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setMouseTracking(true);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_listTitle->setFont(strong);
    m_title->setFont(strong);
    m_status->setQuiet(true);

    auto *left = new QWidget;
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins({});
    leftColumn->setSpacing(0);
    auto *leftTop = new QHBoxLayout;
    leftTop->setContentsMargins(16, 8, 8, 8);
    leftTop->addWidget(m_listTitle);
    m_listTitle->setMinimumHeight(28);
    leftColumn->addLayout(leftTop);
    leftColumn->addWidget(m_list, 1);

    auto *right = new QWidget;
    auto *rightColumn = new QVBoxLayout(right);
    rightColumn->setContentsMargins({});
    rightColumn->setSpacing(0);
    auto *bar = new QHBoxLayout;
    buildBar(bar);
    rightColumn->addLayout(bar);
    rightColumn->addWidget(m_view, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 4, 16, 4);
    foot->addWidget(m_status, 1);
    rightColumn->addLayout(foot);

    m_splitter->addWidget(left);
    m_splitter->addWidget(right);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({280, 700});
    m_splitter->setChildrenCollapsible(false);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_splitter);

    m_timestamps->setChecked(m_settings.flag(u"log/timestamps"_s, false));
    m_view->setTimestamps(m_timestamps->isChecked());
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
        m_chosen = m_chosen || !m_refreshing; // mouse or keyboard, but not our own choice
        openCurrent();
    });
    connect(m_list, &QListView::clicked, this, [this] { m_chosen = true; });
    connect(&m_selection, &Selection::changed, this, [this] {
        m_chosen = false;
        refreshJobs();
    });
    connect(&m_tick, &Tick::ticked, m_list->viewport(), qOverload<>(&QWidget::update));
    retranslate();
}

LogPane::~LogPane() = default;

void LogPane::buildBar(QHBoxLayout *bar)
{
    bar->setContentsMargins(16, 8, 8, 8);
    bar->setSpacing(4);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_find->setMaximumWidth(220);
    m_find->setMinimumWidth(120);
    m_find->setClearButtonEnabled(true);
    bar->addWidget(m_title, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{m_find, m_previous, m_next, m_timestamps, m_follow})
        bar->addWidget(widget);
    connect(m_find, &QLineEdit::textChanged, m_view, &LogView::setNeedle);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(m_next, &QToolButton::clicked, this, [this] { find(false); });
    connect(m_previous, &QToolButton::clicked, this, [this] { find(true); });
    connect(m_timestamps, &QToolButton::toggled, this, [this](bool on) {
        m_view->setTimestamps(on);
        m_settings.setFlag(u"log/timestamps"_s, on);
    });
    connect(m_follow, &QToolButton::clicked, m_view, &LogView::follow);
    connect(m_view, &LogView::followingChanged, this, &LogPane::refreshStatus);
    auto *focus = new QShortcut(QKeySequence::Find, this);
    connect(focus, &QShortcut::activated, m_find, [this] {
        m_find->setFocus(Qt::ShortcutFocusReason);
        m_find->selectAll();
    });
}

void LogPane::find(bool backward)
{
    if (m_find->text().isEmpty())
        return;
    if (!m_view->findNext(backward))
        m_status->setText(tr("“%1” is not in the lines shown.").arg(m_find->text()));
    else
        refreshStatus();
}

void LogPane::setLink(ClusterLink *link)
{
    if (m_link == link)
        return;
    m_link = link;
    m_channel.reset();
    m_opened.clear();
    m_pods.clear();
    m_chosen = false;
    m_board = {};
    m_jobs->setJobs({});
    m_view->clear();
    m_title->setText({});
    m_state = kube::LogFollower::State::Idle;
    m_error.reset();
    refreshJobs();
}

QList<upgrade::JobRow> LogPane::jobsFor(const upgrade::Board &board, const Selected &selected, qsizetype *all)
{
    struct Place {
        bool rest;    ///< not running
        qint64 older; ///< negative start
        qsizetype at;
        auto operator<=>(const Place &) const = default;
    };
    std::vector<Place> places;
    for (qsizetype i = 0; i < board.jobs.size(); ++i) {
        const upgrade::JobRow &job = board.jobs.at(i);
        if (selected.phase ? job.phase != *selected.phase : !selected.node.isEmpty() && job.node != selected.node)
            continue;
        const bool active = job.state == upgrade::State::Running || job.state == upgrade::State::Stuck;
        places.push_back({!active, job.started.isValid() ? -job.started.toMSecsSinceEpoch() : 0, i});
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
    m_dirty = true;
    if (isVisible())
        refreshJobs();
}

void LogPane::refreshJobs()
{
    const QScopedValueRollback guard(m_refreshing, true);
    m_dirty = false;
    qsizetype all = 0;
    m_jobs->setJobs(jobsFor(m_board, m_selection.value(), &all));
    const QLocale locale;
    m_listTitle->setText(all == 0 ? tr("Jobs")
            : all > shownJobs     ? tr("Jobs (%1 of %2)").arg(locale.toString(shownJobs), locale.toString(all))
                                  : tr("Jobs (%1)").arg(locale.toString(all)));
    if (!m_list->currentIndex().isValid() || !m_chosen) {
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
    m_wanted.reset();
    showJob(evidence.object);
    if (evidence.line <= 0)
        return;
    m_wanted = evidence;
    goToEvidence();
}

void LogPane::goToEvidence()
{
    if (!m_wanted)
        return;
    if (const qint64 number = m_view->store().findLine(m_wanted->line, m_wanted->text); number > 0) {
        m_wanted.reset();
        m_view->goTo(number);
        refreshStatus();
    }
}

void LogPane::openCurrent()
{
    const upgrade::JobRow *job = current();
    const QString key = job ? JobModel::key(*job) : QString();
    if (key == m_opened) {
        if (job && m_channel && job->pods != m_pods) {
            m_pods = job->pods;
            m_channel->setTargets(targets(m_pods));
        } else if (job && !m_channel && m_link && !job->pods.isEmpty()) {
            m_opened.clear();
            openCurrent();
        }
        refreshStatus(); // the Job may have ended
        return;
    }
    m_opened = key;
    m_wanted.reset(); // it was about the log that goes
    m_channel.reset();
    m_view->clear();
    m_state = kube::LogFollower::State::Idle;
    m_error.reset();
    m_pods = job ? job->pods : QList<upgrade::JobRow::PodRef>();
    m_title->setText(job ? m_jobs->title(*job) : QString());
    if (job && m_link && !job->pods.isEmpty())
        m_channel = m_link->openLog(targets(m_pods));
    if (m_channel) {
        session::LogChannel *channel = m_channel.get();
        connect(
            channel, &session::LogChannel::appended, this, [this, channel](const QList<session::LogBatchLine> &lines) {
                m_view->append(lines);
                channel->acknowledge(lines.size());
                goToEvidence();
                refreshStatus();
            });
        connect(channel, &session::LogChannel::statusChanged, this,
            [this](kube::LogFollower::State state, const std::optional<kube::Error> &error) {
                m_state = state;
                m_error = error;
                refreshStatus();
            });
    }
    refreshStatus();
}

void LogPane::refreshStatus()
{
    using State = kube::LogFollower::State;
    const upgrade::JobRow *job = current();
    m_view->setPlaceholder(!job
            ? (m_selection.value().isEmpty() ? tr("No Jobs yet.") : tr("No Jobs for this selection."))
            : job->pods.isEmpty() ? tr("This Job has no pods left, so it has no log in the cluster.")
                                  : tr("No lines yet."));
    m_follow->setEnabled(!m_view->isFollowing());
    QStringList parts;
    std::optional<Tone> tone;
    if (m_error) {
        const kube::ErrorText text = kube::describe(*m_error);
        parts.append(text.headline);
        m_status->setDetails({text.cause, text.advice});
        tone = Tone::Warning;
    } else {
        m_status->setDetails({});
        switch (m_state) {
        case State::Idle:
            break;
        case State::Opening:
            parts.append(tr("Opening"));
            break;
        case State::Following:
            // The stream of a Job that is over ends a moment later; nothing more will come.
            if (job && (job->state == upgrade::State::Succeeded || job->state == upgrade::State::Failed)) {
                parts.append(tr("Ended"));
                break;
            }
            parts.append(m_view->isFollowing() ? tr("Following") : tr("Live; the view stays where you are"));
            break;
        case State::WaitingForContainer:
            parts.append(tr("Waits for the container to start"));
            break;
        case State::Reconnecting:
            parts.append(tr("Reconnecting"));
            break;
        case State::Ended:
            parts.append(tr("Ended"));
            break;
        case State::Failed:
            parts.append(tr("Cannot be read"));
            break;
        }
    }
    if (m_view->store().count() > 0)
        parts.append(tr("%n line(s)", nullptr, int(m_view->store().count())));
    if (m_view->store().dropped() > 0)
        parts.append(tr("the first %n line(s) are no longer kept", nullptr, int(m_view->store().dropped())));
    m_status->setTone(tone);
    m_status->setText(parts.join(u" · "_s));
}

void LogPane::retranslate()
{
    m_find->setPlaceholderText(tr("Find"));
    const auto name = [](QToolButton *tool, const QString &text) {
        tool->setToolTip(text);
        tool->setAccessibleName(text);
    };
    m_find->setAccessibleName(tr("Find in the log"));
    name(m_previous, tr("Previous match"));
    name(m_next, tr("Next match"));
    name(m_timestamps, tr("Show times"));
    name(m_follow, tr("Go to the end and follow"));
    m_list->setAccessibleName(tr("Jobs"));
    m_jobs->retranslate();
    refreshJobs();
    if (const upgrade::JobRow *job = current())
        m_title->setText(m_jobs->title(*job));
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
