// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/kubeconfigwatcher.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

/// The names a file goes by: itself and what each symbolic link on the way points to.
QStringList linkChain(const QString &file)
{
    QStringList chain{file};
    constexpr qsizetype longest = 8;
    while (chain.size() < longest) {
        const QFileInfo info(chain.last());
        const QString next = info.isSymLink() ? info.symLinkTarget() : QString();
        if (next.isEmpty() || chain.contains(next))
            break;
        chain += next;
    }
    const QString canonical = QFileInfo(file).canonicalFilePath(); // a folder on the way may be a link
    if (!canonical.isEmpty() && !chain.contains(canonical))
        chain += canonical;
    return chain;
}

/// The nearest folder that exists: ~ as long as there is no ~/.kube.
QString existingFolder(const QString &file)
{
    QDir folder = QFileInfo(file).dir();
    while (!folder.exists()) {
        const QString up = QFileInfo(folder.absolutePath()).absolutePath();
        if (up == folder.absolutePath())
            break;
        folder.setPath(up);
    }
    return folder.absolutePath();
}

} // namespace

KubeconfigWatcher::KubeconfigWatcher(const QStringList &files, bool explicitFile, QObject *parent)
    : QObject(parent)
    , m_files(files)
    , m_explicit(explicitFile)
    , m_watcher(this)
    , m_quiet(this)
    , m_longest(this)
{
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(debounce);
    m_longest.setSingleShot(true);
    m_longest.setInterval(4 * debounce);
    connect(&m_quiet, &QTimer::timeout, this, &KubeconfigWatcher::reload);
    connect(&m_longest, &QTimer::timeout, this, &KubeconfigWatcher::reload);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &KubeconfigWatcher::schedule);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &KubeconfigWatcher::onFolder);
    m_current = loadKubeconfig(m_files, m_explicit);
    watch();
}

void KubeconfigWatcher::setFiles(const QStringList &files, bool explicitFile)
{
    m_files = files;
    m_explicit = explicitFile;
    reload();
}

void KubeconfigWatcher::schedule()
{
    m_quiet.start();
    if (!m_longest.isActive())
        m_longest.start();
}

void KubeconfigWatcher::onFolder()
{
    // The folder may be the home folder, where something happens all the time.
    if (stamp() != m_stamp)
        schedule();
}

void KubeconfigWatcher::reload()
{
    m_quiet.stop();
    m_longest.stop();
    // Before reading: what changes from here on is seen as an event.
    watch();
    Kubeconfig fresh = loadKubeconfig(m_files, m_explicit);
    if (fresh == m_current)
        return;
    const bool others = fresh.unreadable != m_current.unreadable;
    m_current = std::move(fresh);
    if (others)
        watch();
    Q_EMIT reloaded(m_current);
}

QString KubeconfigWatcher::stamp() const
{
    QString text;
    for (const QString &file : m_files + m_current.unreadable) {
        const QFileInfo info(file);
        text += u"%1/%2/%3/%4;"_s.arg(info.exists())
                    .arg(info.size())
                    .arg(info.lastModified().toMSecsSinceEpoch())
                    .arg(info.canonicalFilePath());
    }
    // A folder that appears on the way to a file has to be watched from now on.
    for (const QString &file : m_files + m_current.unreadable)
        text += existingFolder(file) + u';';
    return text;
}

void KubeconfigWatcher::watch()
{
    QSet<QString> wanted;
    for (const QString &file : m_files + m_current.unreadable) {
        for (const QString &name : linkChain(file)) {
            wanted.insert(existingFolder(name));
            if (QFileInfo(name).isFile())
                wanted.insert(QFileInfo(name).absoluteFilePath());
        }
    }
    // A replaced file keeps its name but is another one, and the watch may still be on the old one: always anew.
    const QStringList before = m_watcher.files();
    if (!before.isEmpty())
        m_watcher.removePaths(before);
    const QStringList folders = m_watcher.directories();
    const QSet<QString> present(folders.cbegin(), folders.cend());
    const QSet<QString> extra = present - wanted;
    const QSet<QString> missing = wanted - present;
    if (!extra.isEmpty())
        m_watcher.removePaths(extra.values());
    if (!missing.isEmpty())
        m_watcher.addPaths(missing.values());
    m_stamp = stamp();
}

} // namespace kube
