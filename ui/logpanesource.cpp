// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Where the lines of a LogPane come from, and what is said of it.

#include "logs/jobdocument.h"
#include "ui/elidedlabel.h"
#include "ui/joblist.h"
#include "ui/logchanneldocument.h"
#include "ui/logpane.h"
#include "ui/logviewer.h"

#include <QComboBox>
#include <QListView>
#include <QSignalBlocker>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
QList<session::LogTarget> targets(const QList<upgrade::JobRow::PodRef> &pods)
{
    QList<session::LogTarget> result;
    for (const auto &pod : pods)
        result.append({.ns = pod.ns, .pod = pod.name, .podUid = pod.uid, .container = {}});
    return result;
}
} // namespace

void LogPane::close()
{
    m_channel.reset();
    m_viewer->setDocument(nullptr);
    m_pods.clear();
    m_scopes.clear();
    m_scope.clear();
    m_scopeBox->hide();
    m_state = kube::LogFollower::State::Idle;
    m_error.reset();
}

void LogPane::openCurrent()
{
    const upgrade::JobRow *job = current();
    const QString key = job ? JobModel::key(*job) : QString();
    if (key != m_opened) {
        close();
        m_opened = key;
        m_viewer->title()->setText(job ? m_jobs->title(*job) : QString());
    }
    keepFirst();
    refreshScopes();
    if (m_kept) {
        refreshStatus();
        return;
    }
    // What is read live gives way to what is kept only where that moves nothing under the reader's eyes.
    const bool quiet = !m_channel || (view()->isFollowing() && view()->selectedRows().first < 0);
    if (!m_scopes.isEmpty() && quiet) {
        openKept();
    } else if (job && m_channel) {
        if (job->pods != m_pods) {
            m_pods = job->pods;
            m_channel->setTargets(targets(m_pods));
        }
    } else if (job && m_link && !job->pods.isEmpty()) {
        m_pods = job->pods;
        openChannel();
    }
    refreshStatus();
}

/// What a person looks at is read and kept before anything else.
void LogPane::keepFirst()
{
    const upgrade::JobRow *job = current();
    const QList<upgrade::JobRow::PodRef> pods = job ? job->pods : QList<upgrade::JobRow::PodRef>();
    if (!m_link || pods == m_first)
        return;
    m_first = pods;
    m_link->keepFirst(targets(pods));
}

/// What there is to choose from, and new files of what is shown.
void LogPane::refreshScopes()
{
    QList<LogScope> scopes;
    QList<evidence::PodLogs> storage;
    if (const upgrade::JobRow *job = current(); job && m_evidence.logs) {
        if (const auto *pods = keptPods(*m_evidence.logs, job->job, storage))
            scopes = logScopes(*pods);
    }
    if (scopes == m_scopes)
        return;
    m_scopes = scopes;
    const QSignalBlocker blocked(m_scopeBox);
    m_scopeBox->clear();
    for (const LogScope &scope : std::as_const(m_scopes)) {
        m_scopeBox->addItem(scope.name.isEmpty() ? tr("All pods")
                : scope.name.contains(u'/')      ? u"    "_s + scope.name.section(u'/', 1)
                                                 : scope.name);
        m_scopeBox->setItemData(m_scopeBox->count() - 1, scope.name, Qt::ToolTipRole);
    }
    m_scopeBox->setVisible(m_scopes.size() > 1);
    const auto chosen = std::ranges::find(m_scopes, m_scope, &LogScope::name);
    if (chosen == m_scopes.end())
        return;
    m_scopeBox->setCurrentIndex(int(chosen - m_scopes.begin()));
    if (m_kept) {
        for (const logs::JobDocument::Source &source : chosen->sources) {
            if (!m_kept->sources().contains(source))
                m_kept->addSource(source);
        }
    }
}

void LogPane::openKept()
{
    const auto chosen = std::ranges::find(m_scopes, m_scope, &LogScope::name);
    if (chosen == m_scopes.end())
        return;
    m_channel.reset();
    auto document = std::make_unique<logs::JobDocument>(chosen->sources);
    m_kept = document.get();
    const QString name = chosen->name.isEmpty() && current() ? current()->job.name : chosen->name;
    give(std::move(document), name);
}

/// Who waits for a line of this Job waits on, whatever its lines come from.
void LogPane::give(std::unique_ptr<logs::Document> document, const QString &name)
{
    const auto wanted = m_viewer->wantedLine();
    m_viewer->setDocument(std::move(document), {.saveName = QString(name).replace(u'/', u'_') + u".log"_s});
    if (wanted)
        m_viewer->showLine(wanted->first, wanted->second);
}

void LogPane::openChannel()
{
    m_channel = m_link->openLog(targets(m_pods));
    if (!m_channel)
        return;
    auto made = std::make_unique<ChannelDocument>();
    ChannelDocument *document = made.get();
    m_channelDocument = document;
    give(std::move(made), current()->job.name);
    session::LogChannel *channel = m_channel.get();
    connect(channel, &session::LogChannel::appended, document,
        [channel, document](const QList<session::LogBatchLine> &lines) {
            document->append(lines);
            channel->acknowledge(lines.size());
        });
    connect(channel, &session::LogChannel::statusChanged, this,
        [this](kube::LogFollower::State state, const std::optional<kube::Error> &error) {
            m_state = state;
            m_error = error;
            refreshStatus();
        });
}

QString LogPane::channelState(const upgrade::JobRow *job) const
{
    using State = kube::LogFollower::State;
    switch (m_state) {
    case State::Idle:
        break;
    case State::Opening:
        return tr("Opening");
    case State::Following:
        // The stream of a Job that is over ends a moment later; nothing more will come.
        if (job && (job->state == upgrade::State::Succeeded || job->state == upgrade::State::Failed))
            return tr("Ended");
        return view()->isFollowing() ? tr("Following") : tr("Live; the view stays where you are");
    case State::WaitingForContainer:
        return tr("Waits for the container to start");
    case State::Reconnecting:
        return tr("Reconnecting");
    case State::Ended:
        return tr("Ended");
    case State::Failed:
        return tr("Cannot be read");
    }
    return {};
}

void LogPane::refreshStatus()
{
    const upgrade::JobRow *job = current();
    view()->setPlaceholder(!job
            ? (m_selection.value().isEmpty() ? tr("No Jobs yet.") : tr("No Jobs for this selection."))
            : job->pods.isEmpty() && !m_kept ? tr("This Job has no pods left, so it has no log in the cluster.")
                                             : tr("No lines yet."));
    if (m_kept) {
        QList<evidence::PodLogs> storage;
        const auto *pods = job && m_evidence.logs ? keptPods(*m_evidence.logs, job->job, storage) : nullptr;
        const KeepingText text = pods ? keepingText(m_evidence, *pods, view()->isFollowing()) : KeepingText();
        m_viewer->setState(text.text.isEmpty() ? QStringList() : QStringList{text.text}, text.tone, text.details);
        return;
    }
    if (m_error) {
        const kube::ErrorText text = kube::describe(*m_error);
        m_viewer->setState({text.headline}, Tone::Warning, {text.cause, text.advice});
        return;
    }
    QStringList parts;
    if (const QString state = channelState(job); !state.isEmpty())
        parts.append(state);
    if (m_channelDocument && m_channelDocument->dropped() > 0)
        parts.append(tr("the first %n line(s) are no longer kept", nullptr, int(m_channelDocument->dropped())));
    m_viewer->setState(parts);
}

} // namespace ui
