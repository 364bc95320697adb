// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A past upgrade out of the evidence store, shown as a session showed it then, at any moment of it; or a bundle
/// (evidence/bundle.h), shown as of its one moment. No cluster is needed and nothing is written, but for copies of a
/// bundle's logs in a private folder. Files are read in a thread of its own; asking for moments faster than they can be
/// made leaves out those in between. Lives in the caller's thread, closes at once.
#pragma once

#include "evidence/bundle.h"
#include "evidence/history.h"
#include "session/session.h"

#include <QObject>

#include <memory>

namespace session {

/// What is to be said of a bundle that is shown.
struct ShownBundle {
    QString name; ///< of the file
    evidence::BundleShape shape = evidence::BundleShape::Folder;
    bool hasBoard = false; ///< false: nothing in it says where the upgrade stands
    qsizetype objects = 0, logs = 0;
    QList<evidence::BundleProblem> problems; ///< parts that could not be read, or not whole
};

/// Everything there is to choose from a past upgrade.
struct PastUpgrade {
    evidence::Manifest manifest;
    QList<evidence::Moment> moments;                    ///< when something changed, in order, at most one a second
    QDateTime first, last;                              ///< invalid: nothing of the objects was kept
    std::optional<evidence::DiskError> error;           ///< why nothing can be shown
    std::optional<ShownBundle> bundle;                  ///< it is no upgrade of ours
    std::optional<evidence::BundleProblem> bundleError; ///< why the bundle cannot be shown at all
};

class HistorySession : public QObject {
    Q_OBJECT
public:
    enum class Of {
        Store, ///< a folder as evidence::KeptUpgrade has it
        Bundle ///< a file or folder that somebody has
    };
    explicit HistorySession(const QString &path, Of of = Of::Store, QObject *parent = nullptr);
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
