// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A past upgrade out of the evidence store, shown as a session showed it then, at any moment of it. No cluster is
/// needed and nothing is written. Files are read in a thread of its own; asking for moments faster than they can be
/// made leaves out those in between. Lives in the caller's thread, closes at once.
#pragma once

#include "evidence/history.h"
#include "session/session.h"

#include <QObject>

#include <memory>

namespace session {

/// Everything there is to choose from a past upgrade.
struct PastUpgrade {
    evidence::Manifest manifest;
    QList<evidence::Moment> moments;          ///< when something changed, in order, at most one a second
    QDateTime first, last;                    ///< invalid: nothing of the objects was kept
    std::optional<evidence::DiskError> error; ///< why nothing can be shown
};

class HistorySession : public QObject {
    Q_OBJECT
public:
    /// `folder` as evidence::KeptUpgrade has it.
    explicit HistorySession(const QString &folder, QObject *parent = nullptr);
    ~HistorySession() override;

    /// Opens it and shows the last moment.
    void start();
    /// As it was then. The newest wish counts.
    void showMoment(const QDateTime &at);
    [[nodiscard]] const PastUpgrade &past() const;
    [[nodiscard]] const ClusterState &state() const;

Q_SIGNALS:
    void opened();
    void changed(const session::ClusterState &state);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The upgrades in the store of that root (empty: the user's), newest first, found in another thread: `done` is called
/// in `context`'s thread, or never when it is gone.
void listPastUpgrades(
    const QString &root, QObject *context, const std::function<void(const QList<evidence::KeptUpgrade> &)> &done);

} // namespace session
