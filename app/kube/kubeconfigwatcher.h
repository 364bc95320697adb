// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Keeps a Kubeconfig fresh: files changed in place, replaced by rename (editors, kubectl), created later, behind
/// symbolic links. Loads in its own thread's turn after 300 ms of quiet; says nothing when the value stayed the same.
/// Thread: any that has an event loop and may be held up by the file system; a window has a KubeconfigFeed. Where the system has no file notifications (some network
/// file systems) only reload() sees a change.
#pragma once

#include "kube/kubeconfig.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace kube {

class KubeconfigWatcher : public QObject {
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds debounce{300};
    /// Loads at once; current() is the result. Arguments as for loadKubeconfig().
    explicit KubeconfigWatcher(const QStringList &files, bool explicitFile = false, QObject *parent = nullptr);

    [[nodiscard]] const Kubeconfig &current() const { return m_current; }
    /// Loads now, for "Reload" and after setting other files.
    void reload();
    void setFiles(const QStringList &files, bool explicitFile);

Q_SIGNALS:
    void reloaded(const kube::Kubeconfig &kubeconfig);

private:
    void watch();
    void onFolder();
    void schedule();
    [[nodiscard]] QString stamp() const;

    QStringList m_files;
    bool m_explicit;
    Kubeconfig m_current;
    QString m_stamp;
    QFileSystemWatcher m_watcher;
    QTimer m_quiet;   ///< restarted by each event
    QTimer m_longest; ///< a file that is written all the time is still read once a second or so
};

} // namespace kube
