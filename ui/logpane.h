// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Jobs of the selected phase or node, those long gone included, and the log of one of them: from the evidence kept on
/// disk, or, where nothing is kept, live from the cluster.
#pragma once

#include "ui/clusterlink.h"
#include "ui/logsources.h"
#include "ui/selection.h"

#include <QPointer>
#include <QWidget>

class QComboBox;
class QLabel;
class QListView;
class QSplitter;

namespace logs {
class Document;
class JobDocument;
} // namespace logs

namespace ui {

class ChannelDocument;
class JobModel;
class LogView;
class LogViewer;
class Settings;
class Tick;

class LogPane : public QWidget {
    Q_OBJECT
public:
    LogPane(Tick &tick, Selection &selection, Settings &settings, QWidget *parent = nullptr);
    ~LogPane() override;

    /// Another cluster, or none: the log of the old one goes.
    void setLink(ClusterLink *link);
    /// Takes in what the link's cluster keeps, too.
    void setBoard(const upgrade::Board &board);
    void setEvidence(const session::EvidenceState &evidence);
    void showJob(const upgrade::ObjectRef &job);
    /// The log a statement comes from, at its line as soon as that is there.
    void showEvidence(const upgrade::Evidence &evidence);
    [[nodiscard]] LogView *view() const;
    [[nodiscard]] LogViewer *viewer() const { return m_viewer; }
    /// Lines and dividers of the log that is shown.
    [[nodiscard]] qint64 rowCount() const;
    [[nodiscard]] JobModel *jobs() const { return m_jobs; }
    [[nodiscard]] QSplitter *splitter() const { return m_splitter; }
    /// Jobs in the order shown for a selection: at work first, then those a failed upgrade failed with, then the
    /// newest; kept pods of no Job stand last. Pure. At most `shownJobs`; `all` tells how many there are.
    [[nodiscard]] static QList<upgrade::JobRow> jobsFor(
        const upgrade::Board &board, const Selected &selected, qsizetype *all = nullptr);
    static constexpr qsizetype shownJobs = 1000;
    /// The Job that the keyboard is at, when it is in this pane.
    [[nodiscard]] std::optional<upgrade::JobRow> focusedJob() const;

Q_SIGNALS:
    /// To be shown as YAML.
    void objectsWanted(const QList<upgrade::ObjectRef> &objects);

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    void refreshJobs();
    void openCurrent();
    void openKept();
    void openChannel();
    void keepFirst();
    void give(std::unique_ptr<logs::Document> document, const QString &name);
    void close();
    void refreshScopes();
    void refreshStatus();
    void jobMenu(const QPoint &at);
    void retranslate();
    [[nodiscard]] const upgrade::JobRow *current() const;
    [[nodiscard]] QString channelState(const upgrade::JobRow *job) const;

    Selection &m_selection;
    Settings &m_settings;
    QPointer<ClusterLink> m_link;
    upgrade::Board m_board; ///< with the Jobs that are only kept
    QList<upgrade::JobRow> m_liveJobs;
    session::EvidenceState m_evidence;
    std::unique_ptr<session::LogChannel> m_channel;
    QPointer<ChannelDocument> m_channelDocument;
    QPointer<logs::JobDocument> m_kept;
    QString m_opened;                       ///< key of the Job whose log is shown
    QList<upgrade::JobRow::PodRef> m_first; ///< whose logs are read before others
    QList<LogScope> m_scopes;
    QString m_scope;                       ///< name of the one chosen; "": the whole Job
    QList<upgrade::JobRow::PodRef> m_pods; ///< of it, as last told to the channel
    bool m_refreshing = false;
    bool m_dirty = false;  ///< a board came while nobody saw the pane
    bool m_anew = true;    ///< something else was selected on the board
    bool m_chosen = false; ///< the person chose this Job; do not switch to another by ourselves
    kube::LogFollower::State m_state = kube::LogFollower::State::Idle;
    std::optional<kube::Error> m_error;

    JobModel *m_jobs;
    QListView *m_list;
    LogViewer *m_viewer;
    QSplitter *m_splitter;
    QComboBox *m_scopeBox;
    QLabel *m_listTitle;
};

} // namespace ui
