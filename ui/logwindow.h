// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A window of its own for a log file of this machine. Needs no cluster.
#pragma once

#include <QWidget>

namespace ui {

class LogViewer;
class Settings;

class LogWindow : public QWidget {
    Q_OBJECT
public:
    /// Asks for a file and shows it.
    static void askForFile(Settings &settings, QWidget *parent);
    /// Belongs to `parent`, deletes itself when closed.
    static LogWindow *openFile(const QString &path, Settings &settings, QWidget *parent = nullptr);
    [[nodiscard]] LogViewer *viewer() const { return m_viewer; }

private:
    LogWindow(Settings &settings, QWidget *parent);
    LogViewer *m_viewer;
};

} // namespace ui
