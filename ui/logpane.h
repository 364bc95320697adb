// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Jobs of the selected phase or node, and the log of one of them, live. The pane asks its cluster for a LogChannel and
/// gives back every line it took; it keeps the lines when the channel ends.
#pragma once

#include "ui/clusterlink.h"
#include "ui/selection.h"

#include <QPointer>
#include <QWidget>

class QHBoxLayout;
class QLabel;
class QLineEdit;
class QListView;
class QSplitter;
class QToolButton;

namespace ui {

class ElidedLabel;
class JobModel;
class LogView;
class Settings;
class Tick;

class LogPane : public QWidget {
    Q_OBJECT
public:
    LogPane(Tick &tick, Selection &selection, Settings &settings, QWidget *parent = nullptr);
    ~LogPane() override;

    /// Another cluster, or none: the log of the old one goes.
    void setLink(ClusterLink *link);
    void setBoard(const upgrade::Board &board);
    void showJob(const upgrade::ObjectRef &job);
    /// The log a statement comes from, at its line as soon as that is there.
    void showEvidence(const upgrade::Evidence &evidence);
    [[nodiscard]] LogView *view() const { return m_view; }
    [[nodiscard]] JobModel *jobs() const { return m_jobs; }
    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }
    /// Jobs in the order shown for a selection: running first, then newest. Pure. At most `shownJobs`; `all` tells how
    /// many there are.
    [[nodiscard]] static QList<upgrade::JobRow> jobsFor(
        const upgrade::Board &board, const Selected &selected, qsizetype *all = nullptr);
    static constexpr qsizetype shownJobs = 1000;

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void buildBar(QHBoxLayout *bar);
    void refreshJobs();
    void openCurrent();
    void find(bool backward);
    void goToEvidence();
    void refreshStatus();
    void retranslate();
    [[nodiscard]] const upgrade::JobRow *current() const;

    Tick &m_tick;
    Selection &m_selection;
    Settings &m_settings;
    QPointer<ClusterLink> m_link;
    upgrade::Board m_board;
    std::unique_ptr<session::LogChannel> m_channel;
    QString m_opened;                      ///< key of the Job whose log is shown
    QList<upgrade::JobRow::PodRef> m_pods; ///< of it, as last told to the channel
    bool m_refreshing = false;
    bool m_dirty = false;                      ///< a board came while nobody saw the pane
    std::optional<upgrade::Evidence> m_wanted; ///< its line has not arrived yet
    bool m_chosen = false;                     ///< the person chose this Job; do not switch to another by ourselves
    kube::LogFollower::State m_state = kube::LogFollower::State::Idle;
    std::optional<kube::Error> m_error;

    JobModel *m_jobs;
    QListView *m_list;
    LogView *m_view;
    QSplitter *m_splitter;
    ElidedLabel *m_title;
    QLabel *m_listTitle;
    QLineEdit *m_find;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_timestamps;
    QToolButton *m_follow;
    ElidedLabel *m_status;
};

} // namespace ui
