// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Kubeconfig files, loaded and kept fresh in a thread of their own: files of a home folder on a network that stalls, a
/// pipe nobody writes to, or hundreds of contexts never hold up who asks. Values only go to and fro. Each wish starts a
/// thread and leaves the one before behind: what that still finds is not delivered, so an older result never takes the
/// place of a newer. Nobody ever waits for a thread; one that hangs is left to the end of the process.
/// Thread: the feed belongs to the thread that made it, which needs an event loop.
#pragma once

#include "kube/kubeconfig.h"

#include <QObject>

#include <memory>

class QThread;

namespace kube {

class KubeconfigWatcher;

/// The far end of a feed: lives in the thread that reads.
class KubeconfigFeedWorker : public QObject {
    Q_OBJECT
public:
    KubeconfigFeedWorker(const QStringList &files, bool explicitFile);
    ~KubeconfigFeedWorker() override;
    void start();

Q_SIGNALS:
    void loaded(const kube::Kubeconfig &kubeconfig);

private:
    QStringList m_files;
    bool m_explicit;
    std::unique_ptr<KubeconfigWatcher> m_watcher;
};

class KubeconfigFeed : public QObject {
    Q_OBJECT
public:
    explicit KubeconfigFeed(QObject *parent = nullptr);
    ~KubeconfigFeed() override;

    /// Arguments as for loadKubeconfig(). Returns at once; loaded() follows.
    void follow(const QStringList &files, bool explicitFile = false);
    /// Reads the same files anew, also while an earlier load hangs.
    void reload();
    /// Nothing until the first load of these files ended.
    [[nodiscard]] const std::optional<Kubeconfig> &current() const { return m_current; }

    /// Threads left behind that have not ended yet.
    [[nodiscard]] static int leftBehind();

Q_SIGNALS:
    /// After the first load of these files, and whenever the value became another.
    void loaded(const kube::Kubeconfig &kubeconfig);

private:
    void begin();
    void leave();
    void take(quint64 generation, const Kubeconfig &kubeconfig);

    QStringList m_files;
    bool m_explicit = false;
    std::optional<Kubeconfig> m_current;
    quint64 m_generation = 0;
    std::unique_ptr<QThread> m_thread;
};

} // namespace kube
