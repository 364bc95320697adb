// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Keeps a LogFile open and counted while it grows, and opens it anew when it was cut or another file took its name.
#pragma once

#include "logs/logfile.h"
#include "logs/wake.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>

namespace logs {

class FileFollower final : public QObject {
    Q_OBJECT

public:
    FileFollower(QString path, bool follow, QObject *parent);
    ~FileFollower() override;

    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] const std::shared_ptr<LogFile> &file() const { return m_file; } ///< null: could not be opened
    [[nodiscard]] QString errorText() const { return m_error; }
    /// All bytes that were there when it was last looked are counted.
    [[nodiscard]] bool isComplete() const;
    [[nodiscard]] double progress() const;

    /// Looks at the file now.
    void check();

signals:
    /// More is counted, or errorText() changed. At most twenty times a second.
    void progressed();
    /// file() is another one, or null, and not what it was before. A file that appears is no other one.
    void replaced();

private:
    void open();
    void watch();
    [[nodiscard]] bool isSame(qint64 size);
    void remember(qint64 size);

    QString m_path;
    bool m_follow;
    std::shared_ptr<LogFile> m_file;
    QString m_error;
    qint64 m_size = 0;    ///< as last seen
    qint64 m_changed = 0; ///< time of the last change as last seen, in ns
    QByteArray m_head;    ///< the first and last bytes of what was seen: an append leaves them
    QByteArray m_tail;
    Wake m_progress;
    Wake m_look;
    QFileSystemWatcher m_watcher;
    QTimer m_poll;
};

} // namespace logs
