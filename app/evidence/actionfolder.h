// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a person had done to a cluster, kept on disk: ROOT/NAME/ with
///   - journal.jsonl: every request and every answer, appended: time, context, user, verb, object, dry run or real,
///     result. Lines that announce a write are on the disk itself before the write is sent. Nothing in it is a
///     credential (harmless()), so that it may be handed on;
///   - state.json: where the action stands, replaced as a whole, so that a later start can go on. It may name what a
///     journal must not (the address of an ISO with its login) and stays here;
///   - lock: one process acts.
/// Folders are 0700 and files 0600 whatever the umask. A torn last line is cut when the folder is opened again.
/// Thread: the owner's.
#pragma once

#include "evidence/folderlock.h"

#include <QJsonObject>
#include <QList>

#include <memory>

namespace evidence {

/// GenericStateLocation/gleaner/actions
[[nodiscard]] QString defaultActionsRoot();

/// A line without what could let somebody in: logins and queries in addresses, and what the masks of a bundle find
/// (redactedtext.h) in "body" and "result", which others wrote. Pure.
[[nodiscard]] QJsonObject harmless(QJsonObject entry);

class ActionFolder {
public:
    /// Opens or makes ROOT/NAME; `name` is made safe. An error without a code: another process acts there.
    [[nodiscard]] static DiskResult<std::unique_ptr<ActionFolder>> open(
        const QString &root, const QString &name, Disk &disk = Disk::system());

    [[nodiscard]] const QString &path() const { return m_path; }
    /// Appends one line, made harmless. `durable`: it is on the disk when this returns without an error. After an error
    /// nothing of the line counts.
    [[nodiscard]] DiskResult<void> note(const QJsonObject &entry, bool durable = false);
    /// The new state, on the disk when this returns without an error.
    [[nodiscard]] DiskResult<void> save(const QJsonObject &state);
    /// Empty: none was ever saved. An error: it cannot be read.
    [[nodiscard]] static DiskResult<QJsonObject> state(const QString &path);
    /// The whole lines of a journal, in order.
    [[nodiscard]] static DiskResult<QList<QJsonObject>> journal(const QString &path);
    /// The folders of `root` that have a state.
    [[nodiscard]] static QStringList folders(const QString &root);

private:
    ActionFolder(QString path, FolderLock lock, Descriptor file, qint64 size, Disk &disk)
        : m_path(std::move(path))
        , m_lock(std::move(lock))
        , m_file(std::move(file))
        , m_size(size)
        , m_disk(disk)
    {
    }

    QString m_path;
    FolderLock m_lock;
    Descriptor m_file;
    qint64 m_size; ///< of whole lines
    Disk &m_disk;
};

} // namespace evidence
