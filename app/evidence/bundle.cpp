// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/bundlecontents.h"

#include <QDir>
#include <QFileInfo>
#include <QMutexLocker>
#include <QStorageInfo>

#include <cerrno>

namespace evidence {

using namespace Qt::StringLiterals;
using Code = BundleProblem::Code;

namespace {
constexpr qsizetype chunk = 256 * 1024;
/// Room on the disk that stays others'.
constexpr qint64 reserve = qint64(512) * 1024 * 1024;
} // namespace

QString shapeWord(BundleShape shape)
{
    switch (shape) {
    case BundleShape::SupportBundle:
        return u"support-bundle"_s;
    case BundleShape::UpgradeLogArchive:
        return u"upgrade-log-archive"_s;
    case BundleShape::GleanerBundle:
        return u"gleaner-bundle"_s;
    case BundleShape::Folder:
        return u"folder"_s;
    case BundleShape::Text:
        return u"text"_s;
    }
    return {};
}

PrivateFolder::PrivateFolder(const QString &root, qint64 most)
    : m_root(root.isEmpty() ? QDir::tempPath() : root)
    , m_left(most)
{
}

std::expected<QString, BundleProblem> PrivateFolder::newFile(const QString &part)
{
    const QMutexLocker locker(&m_mutex);
    if (!m_folder) {
        // mkdtemp: 0700 whatever the umask.
        m_folder = std::make_unique<QTemporaryDir>(m_root + u"/gleaner-bundle-XXXXXX"_s);
        if (!m_folder->isValid())
            return std::unexpected(BundleProblem{Code::NoSpace, part, m_folder->errorString()});
    }
    return m_folder->path() + u'/' + QString::number(++m_count);
}

std::expected<QString, BundleProblem> PrivateFolder::keepBytes(QIODevice &from, const QString &part, qint64 most)
{
    const auto path = newFile(part);
    if (!path)
        return path;
    auto file = openPrivate(*path);
    if (!file)
        return std::unexpected(BundleProblem{Code::NoSpace, part, file.error().message});
    QByteArray buffer(chunk, Qt::Uninitialized);
    qint64 at = 0;
    for (;;) {
        const qint64 got = from.read(buffer.data(), buffer.size());
        if (got <= 0)
            return *path;
        {
            const QMutexLocker locker(&m_mutex);
            m_left -= got;
            if (m_left < 0 || at + got > most)
                return std::unexpected(BundleProblem{Code::TooLarge, part, *path});
        }
        if (at % (qint64(64) * 1024 * 1024) < got) {
            const qint64 room = QStorageInfo(m_root).bytesAvailable();
            if (room >= 0 && room < reserve)
                return std::unexpected(BundleProblem{Code::NoSpace, part, qt_error_string(ENOSPC)});
        }
        for (qint64 done = 0; done < got;) {
            const qint64 wrote = Disk::system().writeAt(file->get(), buffer.constData() + done, got - done, at + done);
            if (wrote <= 0)
                return std::unexpected(BundleProblem{Code::NoSpace, part, qt_error_string(int(-wrote))});
            done += wrote;
        }
        at += got;
    }
}

std::expected<QString, BundleProblem> PrivateFolder::keep(PartDevice &from, const QString &part)
{
    return keepBytes(from, part, std::numeric_limits<qint64>::max());
}

Bundle::Bundle(std::shared_ptr<const Contents> contents)
    : d(std::move(contents))
{
}

std::expected<Bundle, BundleProblem> Bundle::open(const QString &path, const BundleOptions &options)
{
    const QFileInfo info(path);
    BundleReader reader(info.fileName().isEmpty() ? QDir(path).dirName() : info.fileName(), path, options);
    // What a person names may be a link; what is inside may not.
    const QString source = info.exists() ? info.canonicalFilePath() : path;
    auto contents = reader.read(source, false);
    if (!contents)
        return std::unexpected(contents.error());
    return Bundle(std::move(*contents));
}

std::expected<Bundle, BundleProblem> Bundle::fromDevice(
    QIODevice &in, const QString &name, const BundleOptions &options)
{
    BundleReader reader(name, {}, options);
    auto folder = std::make_unique<PrivateFolder>(options.temporary, options.limits.total);
    auto file = folder->keepBytes(in, name, options.limits.standardInput);
    if (!file) {
        if (file.error().code != Code::TooLarge)
            return std::unexpected(file.error());
        // What came until then is as good as a file that was cut.
        reader.tell({Code::TooLarge, name});
        file = file.error().detail;
    }
    auto contents = reader.read(*file, true);
    if (!contents)
        return std::unexpected(contents.error());
    // The copy stays as long as the bundle: its logs are read from there.
    auto owned = std::make_shared<std::pair<std::shared_ptr<const Contents>, std::unique_ptr<PrivateFolder>>>(
        std::move(*contents), std::move(folder));
    return Bundle(std::shared_ptr<const Contents>(owned, owned->first.get()));
}

BundleShape Bundle::shape() const
{
    return d->shape;
}

QString Bundle::name() const
{
    return d->name;
}

QString Bundle::path() const
{
    return d->path;
}

QDateTime Bundle::asOf() const
{
    return d->asOf;
}

Bundle::AsOfSource Bundle::asOfSource() const
{
    return d->asOfSource;
}

const BundleCluster &Bundle::cluster() const
{
    return d->cluster;
}

const upgrade::Snapshot &Bundle::snapshot() const
{
    return d->snapshot;
}

bool Bundle::hasBoard() const
{
    return d->hasBoard;
}

const Bundle::Objects &Bundle::objects() const
{
    return d->objects;
}

qsizetype Bundle::objectCount() const
{
    return d->objectCount;
}

const QList<BundleLog> &Bundle::logs() const
{
    return d->logs;
}

std::expected<std::unique_ptr<PartDevice>, BundleProblem> Bundle::openLog(const BundleLog &log) const
{
    const auto part = d->parts.constFind(log.name);
    if (part == d->parts.cend())
        return std::unexpected(BundleProblem{Code::Absent, log.name});
    return openText(*part, d->limits);
}

std::expected<QString, BundleProblem> Bundle::logFile(const BundleLog &log) const
{
    const QMutexLocker locker(&d->mutex);
    if (const auto known = d->files.constFind(log.name); known != d->files.cend())
        return *known;
    const auto part = d->parts.constFind(log.name);
    if (part == d->parts.cend())
        return std::unexpected(BundleProblem{Code::Absent, log.name});
    if (part->isPlainFile()) {
        // UTF-16 must be made UTF-8 first.
        const auto file = openForReading(part->file);
        char mark[4] = {};
        if (file && readAt(file->get(), mark, 2, 0).value_or(0) < 2) {
            d->files.insert(log.name, part->file);
            return part->file;
        }
        const QByteArrayView begin(mark, 2);
        if (file && begin != QByteArrayView("\xff\xfe") && begin != QByteArrayView("\xfe\xff")) {
            d->files.insert(log.name, part->file);
            return part->file;
        }
    }
    auto device = openText(*part, d->limits);
    if (!device)
        return std::unexpected(device.error());
    auto path = d->folder->keep(**device, log.name);
    if (path)
        d->files.insert(log.name, *path);
    return path;
}

const QList<BundleProblem> &Bundle::problems() const
{
    return d->problems;
}

} // namespace evidence
