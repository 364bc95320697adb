// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logwindow.h"

#include "logs/filedocument.h"
#include "logs/stamp.h"
#include "ui/elidedlabel.h"
#include "ui/logviewer.h"

#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QShortcut>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
/// The lines begin with their times, as those of kept logs do.
bool isStamped(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) && logs::stampLength(file.read(64)) > 0;
}
} // namespace

LogWindow::LogWindow(Settings &settings, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_viewer(new LogViewer(settings))
{
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_viewer);
    resize(1000, 700);
    auto *close = new QShortcut(QKeySequence::Close, this);
    connect(close, &QShortcut::activated, this, &QWidget::close);
    connect(m_viewer, &LogViewer::openFileWanted, this, [this, &settings] { askForFile(settings, this); });
}

void LogWindow::askForFile(Settings &settings, QWidget *parent)
{
    auto *dialog = new QFileDialog(parent, tr("Open a log file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, parent, [&settings, parent](const QStringList &paths) {
        for (const QString &path : paths)
            openFile(path, settings, parent);
    });
    dialog->open();
}

LogWindow *LogWindow::openFile(const QString &path, Settings &settings, QWidget *parent)
{
    auto *window = new LogWindow(settings, parent);
    const QFileInfo info(path);
    //: title of a window; %1 is a file's name
    window->setWindowTitle(tr("%1 — Gleaner").arg(info.fileName()));
    window->m_viewer->title()->setText(info.absoluteFilePath());
    window->m_viewer->view()->setPlaceholder(tr("The file has no lines yet."));
    logs::FileDocument::Options options;
    options.stamped = isStamped(path);
    window->m_viewer->setDocument(std::make_unique<logs::FileDocument>(path, options),
        {.start = LogView::Start::Begin, .syntax = Highlight::Kind::Log, .saveName = info.fileName()});
    window->show();
    window->m_viewer->view()->setFocus();
    return window;
}

} // namespace ui
