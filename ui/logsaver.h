// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Writes a whole log to a file in the background: all lines there were when it began, in bounded memory. The file
/// appears when everything is in it, or not at all.
#pragma once

#include "logs/document.h"

#include <QObject>
#include <QTimer>

#include <atomic>
#include <memory>
#include <thread>

namespace ui {

class LogSaver : public QObject {
    Q_OBJECT
public:
    explicit LogSaver(QObject *parent = nullptr);
    ~LogSaver() override;
    /// One at a time; false while one runs.
    bool start(const logs::ContentPointer &content, const QString &path, logs::TextOptions options);
    void cancel();
    [[nodiscard]] bool isRunning() const { return m_job != nullptr; }
    [[nodiscard]] double progress() const;
    [[nodiscard]] QString path() const { return m_path; }

Q_SIGNALS:
    void progressed();
    /// `error`: in the system's words; empty: all is saved, or it was cancelled.
    void finished(bool saved, const QString &error);

private:
    struct Job {
        logs::Content::Stop stop = false;
        std::atomic<qint64> rows = 0;
        std::atomic<bool> done = false;
        bool saved = false; ///< with `error`, before `done`
        QString error;
    };
    void look();

    std::shared_ptr<Job> m_job;
    std::thread m_thread;
    qint64 m_total = 0;
    QString m_path;
    QTimer m_timer;
};

} // namespace ui
