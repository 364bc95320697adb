// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/actionfolder.h"

#include "evidence/redactedobject.h"
#include "evidence/safename.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStandardPaths>

#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

QString journalOf(const QString &path)
{
    return path + "/journal.jsonl"_L1;
}

QString stateOf(const QString &path)
{
    return path + "/state.json"_L1;
}

/// All of `bytes`, at `offset`.
DiskResult<void> writeAll(Disk &disk, int fd, const QByteArray &bytes, qint64 offset, const QString &path)
{
    qint64 done = 0;
    while (done < bytes.size()) {
        const qint64 written = disk.writeAt(fd, bytes.constData() + done, bytes.size() - done, offset + done);
        if (written == -EINTR)
            continue;
        if (written <= 0)
            return std::unexpected(systemError(path, written == 0 ? EIO : int(-written)));
        done += written;
    }
    return {};
}

DiskResult<void> syncAll(Disk &disk, int fd, const QString &path)
{
    if (const int code = disk.sync(fd))
        return std::unexpected(systemError(path, code));
    return {};
}

/// A new name survives a power cut only when its folder was synced.
DiskResult<void> syncFolder(Disk &disk, const QString &path)
{
    Descriptor folder(::open(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0)
        return std::unexpected(systemError(path, errno));
    return syncAll(disk, folder.get(), path);
}

DiskResult<QByteArray> readWhole(const QString &path)
{
    const auto file = openForReading(path);
    if (!file)
        return std::unexpected(file.error());
    QByteArray bytes(std::max<qint64>(0, sizeOf(file->get())), Qt::Uninitialized);
    const auto count = readAt(file->get(), bytes.data(), bytes.size(), 0, path);
    if (!count)
        return std::unexpected(count.error());
    bytes.truncate(*count);
    return bytes;
}

} // namespace

QString defaultActionsRoot()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation) + "/gleaner/actions"_L1;
}

namespace {

QString withoutLogin(QString text)
{
    static const QRegularExpression login(u"([a-zA-Z][a-zA-Z0-9+.-]*://)[^/@\\s\"']+@"_s);
    static const QRegularExpression query(u"([a-zA-Z][a-zA-Z0-9+.-]*://[^?\\s\"']*)\\?[^\\s\"']+"_s);
    text.replace(login, u"\\1***@"_s);
    text.replace(query, u"\\1?***"_s);
    return text;
}

QJsonValue withoutLogins(const QJsonValue &value)
{
    if (value.isString())
        return withoutLogin(value.toString());
    if (value.isArray()) {
        QJsonArray out;
        for (const QJsonValue &one : value.toArray())
            out.append(withoutLogins(one));
        return out;
    }
    if (value.isObject()) {
        QJsonObject out = value.toObject();
        for (auto it = out.begin(); it != out.end(); ++it)
            it.value() = withoutLogins(QJsonValue(it.value()));
        return out;
    }
    return value;
}

} // namespace

QJsonObject harmless(QJsonObject entry)
{
    SecretCounts counts{};
    for (auto it = entry.begin(); it != entry.end(); ++it) {
        if (it.key() == "body"_L1)
            it.value() = redactedObject(it.value().toObject(), counts);
        it.value() = withoutLogins(QJsonValue(it.value()));
        // What others wrote; the rest is our own, and names have to stay what they are.
        if (it.key() == "result"_L1)
            it.value() = QString::fromUtf8(TextRedactor::redact(it.value().toString().toUtf8(), counts));
    }
    return entry;
}

DiskResult<std::unique_ptr<ActionFolder>> ActionFolder::open(const QString &root, const QString &name, Disk &disk)
{
    const QString below = safeName(name), path = root + u'/' + below;
    if (const auto made = makePrivateFolders(root, below); !made)
        return std::unexpected(made.error());
    auto lock = FolderLock::take(path);
    if (!lock)
        return std::unexpected(lock.error());
    if (!*lock)
        return std::unexpected(DiskError{path, FolderLock::holder(path), 0});
    auto file = openPrivate(journalOf(path));
    if (!file)
        return std::unexpected(file.error());
    const auto bytes = readWhole(journalOf(path));
    if (!bytes)
        return std::unexpected(bytes.error());
    const qint64 whole = bytes->lastIndexOf('\n') + 1;
    if (whole < bytes->size() && ::ftruncate(file->get(), off_t(whole)) != 0)
        return std::unexpected(systemError(journalOf(path), errno));
    if (const auto synced = syncFolder(disk, path); !synced)
        return std::unexpected(synced.error());
    return std::unique_ptr<ActionFolder>(new ActionFolder(path, std::move(**lock), std::move(*file), whole, disk));
}

DiskResult<void> ActionFolder::note(const QJsonObject &entry, bool durable)
{
    const QByteArray line = QJsonDocument(harmless(entry)).toJson(QJsonDocument::Compact) + '\n';
    auto done = writeAll(m_disk, m_file.get(), line, m_size, journalOf(m_path));
    if (done && durable)
        done = syncAll(m_disk, m_file.get(), journalOf(m_path));
    if (!done) {
        // What it left is no line; should this fail too, the next line is written over it.
        (void)!::ftruncate(m_file.get(), off_t(m_size));
        return done;
    }
    m_size += line.size();
    return {};
}

DiskResult<void> ActionFolder::save(const QJsonObject &state)
{
    const QString path = stateOf(m_path), unfinished = path + ".new"_L1;
    const auto file = openPrivate(unfinished);
    if (!file)
        return std::unexpected(file.error());
    if (::ftruncate(file->get(), 0) != 0)
        return std::unexpected(systemError(unfinished, errno));
    const QByteArray bytes = QJsonDocument(state).toJson();
    if (const auto written = writeAll(m_disk, file->get(), bytes, 0, unfinished); !written)
        return written;
    if (const auto synced = syncAll(m_disk, file->get(), unfinished); !synced)
        return synced;
    if (::rename(QFile::encodeName(unfinished).constData(), QFile::encodeName(path).constData()) != 0)
        return std::unexpected(systemError(path, errno));
    return syncFolder(m_disk, m_path);
}

DiskResult<QJsonObject> ActionFolder::state(const QString &path)
{
    if (!QFile::exists(stateOf(path)))
        return QJsonObject();
    const auto bytes = readWhole(stateOf(path));
    if (!bytes)
        return std::unexpected(bytes.error());
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(*bytes, &error);
    if (!document.isObject())
        return std::unexpected(DiskError{stateOf(path), error.errorString(), 0});
    return document.object();
}

DiskResult<QList<QJsonObject>> ActionFolder::journal(const QString &path)
{
    const auto bytes = readWhole(journalOf(path));
    if (!bytes)
        return std::unexpected(bytes.error());
    QList<QJsonObject> out;
    qsizetype from = 0;
    for (qsizetype end = bytes->indexOf('\n'); end >= 0; end = bytes->indexOf('\n', from)) {
        const QJsonDocument line = QJsonDocument::fromJson(bytes->mid(from, end - from));
        if (line.isObject())
            out.append(line.object());
        from = end + 1;
    }
    return out;
}

QStringList ActionFolder::folders(const QString &root)
{
    QStringList out;
    const auto names = QDir(root).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
    for (const QString &name : names) {
        if (QFile::exists(stateOf(root + u'/' + name)))
            out.append(root + u'/' + name);
    }
    return out;
}

} // namespace evidence
