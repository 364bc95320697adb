// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Files that the window is given: chosen, or dropped on it.

#include "kube/kubeconfig.h"
#include "ui/mainwindow.h"

#include <QDragEnterEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

/// The file that is dragged, when it is one on this machine.
QString draggedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 && urls.constFirst().isLocalFile() ? urls.constFirst().toLocalFile() : QString();
}

/// Small files only: what is larger is none.
bool isKubeconfig(const QString &path)
{
    constexpr qint64 most = qint64(1024) * 1024;
    QFile file(path);
    if (!QFileInfo(path).isFile() || file.size() > most || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray bytes = file.readAll();
    return bytes.contains("clusters") && !kube::parseKubeconfig(bytes, path).contexts.isEmpty();
}

} // namespace

void MainWindow::openBundle(const QString &path)
{
    m_workspace.showBundle(path);
}

void MainWindow::chooseBundle()
{
    // Not modal: the window stays alive behind it.
    auto *dialog = new QFileDialog(this, tr("Open bundle"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(u"bundleDialog"_s);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters(
        {tr("Bundles and archives (%1)").arg(u"*.zip *.tar *.tgz *.tar.gz *.tar.xz *.tar.zst *.tar.bz2"_s),
            tr("YAML, JSON and logs (%1)").arg(u"*.yaml *.yml *.json *.log *.txt *.gz"_s),
            tr("All files (%1)").arg(u"*"_s)});
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openBundle);
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!draggedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QString path = draggedFile(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    if (isKubeconfig(path))
        openKubeconfig(path);
    else
        openBundle(path);
}

} // namespace ui
