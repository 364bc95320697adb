// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/kubeconfigfeed.h"

#include "kube/kubeconfigwatcher.h"

#include <QMutex>
#include <QThread>

#include <vector>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

/// Threads nobody listens to any more. Ended ones are freed at the next occasion; ending the process waits for none.
struct LeftBehind {
    QMutex mutex;
    std::vector<std::unique_ptr<QThread>> threads;

    LeftBehind() = default;
    LeftBehind(const LeftBehind &) = delete;
    LeftBehind &operator=(const LeftBehind &) = delete;
    ~LeftBehind()
    {
        for (std::unique_ptr<QThread> &thread : threads) {
            if (!thread->isFinished())
                static_cast<void>(thread.release()); // hangs in the system, which ends it with the process
        }
    }

    int count()
    {
        const QMutexLocker locker(&mutex);
        std::erase_if(threads, [](const std::unique_ptr<QThread> &thread) {
            return thread->isFinished() && thread->wait(); // finished: at most its last instructions
        });
        return int(threads.size());
    }

    void add(std::unique_ptr<QThread> thread)
    {
        count();
        const QMutexLocker locker(&mutex);
        threads.push_back(std::move(thread));
    }
};

LeftBehind &behind()
{
    static LeftBehind instance;
    return instance;
}

} // namespace

KubeconfigFeed::KubeconfigFeed(QObject *parent)
    : QObject(parent)
{
}

KubeconfigFeed::~KubeconfigFeed()
{
    leave();
}

void KubeconfigFeed::follow(const QStringList &files, bool explicitFile)
{
    m_files = files;
    m_explicit = explicitFile;
    m_current.reset();
    begin();
}

void KubeconfigFeed::reload()
{
    begin();
}

void KubeconfigFeed::begin()
{
    leave();
    const quint64 generation = ++m_generation;
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(u"kubeconfig"_s);
    // Made here, so that it is connected to this feed as long as the feed lives and not an instant longer.
    auto *worker = new KubeconfigFeedWorker(m_files, m_explicit);
    connect(worker, &KubeconfigFeedWorker::loaded, this,
        [this, generation](const Kubeconfig &kubeconfig) { take(generation, kubeconfig); });
    worker->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::started, worker, &KubeconfigFeedWorker::start);
    connect(m_thread.get(), &QThread::finished, worker, &QObject::deleteLater);
    m_thread->start();
}

void KubeconfigFeed::leave()
{
    if (!m_thread)
        return;
    m_thread->quit();
    behind().add(std::move(m_thread));
}

void KubeconfigFeed::take(quint64 generation, const Kubeconfig &kubeconfig)
{
    if (generation != m_generation || m_current == kubeconfig)
        return;
    m_current = kubeconfig;
    Q_EMIT loaded(kubeconfig);
}

int KubeconfigFeed::leftBehind()
{
    return behind().count();
}

KubeconfigFeedWorker::KubeconfigFeedWorker(const QStringList &files, bool explicitFile)
    : m_files(files)
    , m_explicit(explicitFile)
{
}

KubeconfigFeedWorker::~KubeconfigFeedWorker() = default;

void KubeconfigFeedWorker::start()
{
    m_watcher = std::make_unique<KubeconfigWatcher>(m_files, m_explicit);
    connect(m_watcher.get(), &KubeconfigWatcher::reloaded, this, &KubeconfigFeedWorker::loaded);
    Q_EMIT loaded(m_watcher->current());
}

} // namespace kube
