// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/store.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr qint64 lookAfter = qint64(128) * 1024 * 1024; ///< bytes written since the limits were looked at
constexpr qint64 manifestEvery = 60;                    ///< seconds
constexpr std::chrono::milliseconds failedEvery{5000};
constexpr std::chrono::milliseconds writerEvery{60000}; ///< an idle window wakes for nothing else

} // namespace

QString defaultRoot()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericStateLocation) + "/gleaner/evidence"_L1;
}

Store::Store(UpgradeIdentity id, StoreOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_root(QFileInfo(m_options.root.isEmpty() ? defaultRoot() : m_options.root).absoluteFilePath())
    , m_folder(m_root + u'/' + folderOf(id))
    , m_reader(m_folder + "/index.jsonl"_L1)
    , m_tick(this)
{
    m_manifest.id = std::move(id);
    connect(&m_tick, &QTimer::timeout, this, &Store::attempt);
}

Store::~Store()
{
    leave();
}

void Store::open()
{
    if (m_role == Role::Closed)
        attempt();
}

void Store::close()
{
    leave();
    setRole(Role::Closed);
}

void Store::tryAgain()
{
    if (m_role == Role::Reader || m_role == Role::Failed)
        attempt();
}

/// Becomes the writer if it can; a writer looks after its manifest and its limits.
void Store::attempt()
{
    if (m_role == Role::Writer) {
        saveManifest();
        const bool much = m_roomThen - m_room->left >= lookAfter;
        const bool late = m_limitsAt.msecsTo(QDateTime::currentDateTimeUtc()) >= m_options.retention.count();
        if (much || late)
            applyLimits();
        return;
    }
    const auto done = become();
    if (!done) {
        leave();
        m_error = done.error();
        setRole(Role::Failed);
        m_tick.start(failedEvery);
        return;
    }
    m_error.reset();
    setRole(*done ? Role::Writer : Role::Reader);
    m_tick.start(*done ? std::max(m_options.takeOver, writerEvery) : m_options.takeOver);
    if (*done)
        applyLimits();
}

DiskResult<bool> Store::become()
{
    if (const auto made = makePrivateFolders(m_root, folderOf(m_manifest.id)); !made)
        return std::unexpected(made.error());
    auto lock = FolderLock::take(m_folder);
    if (!lock)
        return std::unexpected(lock.error());
    if (!*lock) {
        m_writer = FolderLock::holder(m_folder);
        return false;
    }
    m_lock = std::move(*lock);
    m_writer.clear();
    m_syncer = std::make_unique<Syncer>(*m_options.disk);

    Manifest manifest = m_manifest;
    if (QFile::exists(m_folder + "/manifest.json"_L1)) {
        const auto before = readManifest(m_folder);
        if (before) {
            manifest.firstSeen = before->firstSeen;
            manifest.state = before->state;
            manifest.finished = before->finished;
            if (manifest.id.fromVersion.isEmpty())
                manifest.id.fromVersion = before->id.fromVersion;
            if (manifest.id.toVersion.isEmpty())
                manifest.id.toVersion = before->id.toVersion;
        } else if (before.error().message.startsWith("format "_L1)) {
            return std::unexpected(before.error()); // of a newer Gleaner
        }
    }
    manifest.lastSeen = QDateTime::currentDateTimeUtc();
    if (!manifest.firstSeen.isValid())
        manifest.firstSeen = manifest.lastSeen;
    m_manifest = manifest;
    if (const auto written = writeManifest(m_folder, m_manifest); !written)
        return std::unexpected(written.error());
    m_saved = m_manifest;

    auto index = IndexWriter::open(m_folder + "/index.jsonl"_L1, *m_options.disk, m_syncer.get());
    if (!index)
        return std::unexpected(index.error());
    m_index = std::move(*index);
    m_room = std::make_shared<Room>();
    m_room->limit = u"upgrade-limit %1"_s.arg(m_options.limits.upgrade);
    m_room->left = m_options.limits.upgrade - bytesBelow(m_folder);
    m_roomThen = m_room->left;
    JournalOptions options;
    options.disk = m_options.disk;
    options.syncer = m_syncer.get();
    options.room = m_room;
    options.limit = m_options.limits.objects;
    auto journal = Journal::open(m_folder + "/objects"_L1, options);
    if (!journal)
        return std::unexpected(journal.error());
    m_journal = std::move(*journal);
    return true;
}

void Store::leave()
{
    m_tick.stop();
    m_logs.clear();
    m_journal.reset();
    m_index.reset();
    if (m_role == Role::Writer) {
        m_manifest.lastSeen = QDateTime::currentDateTimeUtc();
        (void)writeManifest(m_folder, m_manifest);
    }
    m_syncer.reset(); // waits for what is not synced yet
    m_lock.reset();
    m_limiting = false;
}

void Store::setRole(Role role)
{
    if (m_role == role)
        return;
    m_role = role;
    Q_EMIT roleChanged();
}

DiskResult<LogSpool *> Store::openLog(const LogKey &key, const LogOrigin &origin)
{
    if (m_role != Role::Writer)
        return std::unexpected(DiskError{m_folder, u"not open to write"_s, 0});
    if (const auto known = m_logs.find(key); known != m_logs.end())
        return known->second.get();
    const auto place = m_index->place(key, origin, QDateTime::currentDateTimeUtc());
    if (!place)
        return std::unexpected(place.error());
    const QString folders = folderOf(m_manifest.id) + u'/' + place->section(u'/', 0, -2);
    if (const auto made = makePrivateFolders(m_root, folders); !made)
        return std::unexpected(made.error());
    SpoolOptions options;
    options.limit = m_options.limits.log;
    options.room = m_room;
    options.disk = m_options.disk;
    options.syncer = m_syncer.get();
    options.firstRetry = m_options.firstRetry;
    auto spool = LogSpool::open(m_folder + u'/' + *place, options);
    if (!spool)
        return std::unexpected(spool.error());
    return m_logs.insert_or_assign(key, std::move(*spool)).first->second.get();
}

void Store::closeLog(const LogKey &key)
{
    m_logs.erase(key);
}

const Index &Store::index()
{
    if (m_index)
        return m_index->index();
    m_reader.refresh();
    return m_reader.index();
}

QString Store::logPath(const LogKey &key)
{
    const LogRecord *record = index().log(key);
    return record ? m_folder + u'/' + record->path : QString();
}

void Store::noteJobs(const QList<upgrade::JobRow> &jobs, const QDateTime &now)
{
    if (m_index)
        m_index->note(jobs, now);
}

void Store::noteProgress(const QString &state, bool finished, const QString &fromVersion, const QString &toVersion)
{
    m_manifest.state = state;
    m_manifest.finished = finished;
    if (!fromVersion.isEmpty())
        m_manifest.id.fromVersion = fromVersion;
    if (!toVersion.isEmpty())
        m_manifest.id.toVersion = toVersion;
    if (m_role == Role::Writer)
        saveManifest();
}

/// At once when something of it is new, else now and then, so that a crash loses little of lastSeen.
void Store::saveManifest()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    Manifest same = m_manifest;
    same.lastSeen = m_saved.lastSeen;
    if (same == m_saved && m_saved.lastSeen.secsTo(now) < manifestEvery)
        return;
    m_manifest.lastSeen = now;
    m_saved = m_manifest;
    m_syncer->run([folder = m_folder, manifest = m_manifest] { (void)writeManifest(folder, manifest); });
}

void Store::applyLimits()
{
    if (m_role != Role::Writer || m_limiting)
        return;
    m_limiting = true;
    m_limitsAt = QDateTime::currentDateTimeUtc();
    m_syncer->run([this, root = m_root, limits = m_options.limits, folder = m_folder] {
        const LimitsApplied applied = evidence::applyLimits(root, limits, QDateTime::currentDateTimeUtc(), folder);
        // The thread ends before the store does; what is posted to a store that is gone is not delivered.
        QMetaObject::invokeMethod(this, [this, applied] { limited(applied); }, Qt::QueuedConnection);
    });
}

void Store::limited(const LimitsApplied &applied)
{
    m_limiting = false;
    if (m_role != Role::Writer)
        return;
    const qint64 ofUpgrade = m_options.limits.upgrade - bytesBelow(m_folder);
    const qint64 ofAll = m_options.limits.all - applied.all;
    m_room->left = std::min(ofUpgrade, ofAll);
    m_room->limit = ofUpgrade <= ofAll ? u"upgrade-limit %1"_s.arg(m_options.limits.upgrade)
                                       : u"store-limit %1"_s.arg(m_options.limits.all);
    m_roomThen = m_room->left;
    if (!applied.dropped.isEmpty())
        Q_EMIT upgradesDropped(applied.dropped);
}

} // namespace evidence
