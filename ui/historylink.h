// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A past upgrade out of the evidence store, or a bundle, in the place of a cluster: the same board and logs, at any
/// moment there is of it, with nothing to connect to.
#pragma once

#include "session/historysession.h"
#include "ui/clusterlink.h"

namespace ui {

class HistoryLink : public ClusterLink {
    Q_OBJECT
public:
    using Of = session::HistorySession::Of;
    explicit HistoryLink(const QString &path, Of of = Of::Store, QObject *parent = nullptr);

    [[nodiscard]] const QString &folder() const { return m_folder; }
    [[nodiscard]] const session::PastUpgrade &past() const { return m_session.past(); }
    [[nodiscard]] bool isBundle() const { return m_of == Of::Bundle; }
    [[nodiscard]] bool isOpen() const { return m_open; }
    /// As it was then; until that is shown, state() is of the moment before. The newest wish counts.
    void showMoment(const QDateTime &at);
    /// The moment wished for last; invalid: none yet.
    [[nodiscard]] const QDateTime &wished() const { return m_wished; }

    void start() override { m_session.start(); }
    void reconfigure(const kube::ClusterConfig &) override { }
    void retryNow() override { }
    void grantExecConsent() override { }
    const session::ClusterState &state() const override { return m_state; }
    std::unique_ptr<session::LogChannel> openLog(const QList<session::LogTarget> &) override { return nullptr; }

private:
    QString m_folder;
    Of m_of;
    session::HistorySession m_session;
    session::ClusterState m_state; ///< the session's; nobody keeps it, so no role
    QDateTime m_wished;
    bool m_open = false;
};

} // namespace ui
