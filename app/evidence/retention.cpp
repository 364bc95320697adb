// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/retention.h"

#include "evidence/appendfile.h"
#include "evidence/folderlock.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr auto trash = ".dropping-"_L1; ///< names from a cluster never begin with a '.'

QString droppedFile(const QString &root)
{
    return root + "/.dropped.jsonl"_L1;
}

QDateTime timeOf(const QJsonObject &json, QLatin1StringView key)
{
    return QDateTime::fromString(json.value(key).toString(), Qt::ISODateWithMs);
}

QByteArray lineOf(const DroppedUpgrade &dropped)
{
    const UpgradeIdentity &id = dropped.id;
    const auto text = [](const QDateTime &time) { return time.toUTC().toString(Qt::ISODateWithMs); };
    const QJsonObject json{{u"clusterUid"_s, id.clusterUid}, {u"clusterName"_s, id.clusterName},
        {u"server"_s, id.server}, {u"upgradeUid"_s, id.upgradeUid}, {u"upgradeName"_s, id.upgradeName},
        {u"from"_s, id.fromVersion}, {u"to"_s, id.toVersion}, {u"firstSeen"_s, text(dropped.firstSeen)},
        {u"lastSeen"_s, text(dropped.lastSeen)}, {u"dropped"_s, text(dropped.dropped)}, {u"bytes"_s, dropped.bytes},
        {u"for"_s, dropped.forAge ? u"age"_s : u"size"_s}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

QStringList folders(const QString &path)
{
    return QDir(path).entryList(QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks, QDir::Name);
}

bool isOld(const KeptUpgrade &kept, const Limits &limits, const QDateTime &now)
{
    return kept.manifest.lastSeen.isValid() && kept.manifest.lastSeen.daysTo(now) > limits.age.count();
}

/// Written down, out of sight, then deleted. A crash between leaves a note too many, which is not shown as long as the
/// folder is there, or a folder out of sight, which the next one deletes.
bool drop(const QString &root, const KeptUpgrade &kept, const DroppedUpgrade &note)
{
    const auto lock = FolderLock::take(kept.folder);
    if (!lock || !*lock)
        return false; // somebody began to write
    {
        const auto alone = FolderLock::take(root); // of those who drop
        if (!alone || !*alone)
            return false;
        auto file = AppendFile::open(droppedFile(root), Disk::system(), nullptr);
        if (!file)
            return false;
        (*file)->queue(lineOf(note));
        if ((*file)->flush())
            return false;
    }
    const QString away = root + u'/' + trash + QString::number(QDateTime::currentMSecsSinceEpoch()) + u'-'
        + kept.folder.section(u'/', -1);
    if (::rename(QFile::encodeName(kept.folder).constData(), QFile::encodeName(away).constData()) != 0)
        return false;
    QDir(away).removeRecursively();
    QDir(root).rmdir(kept.folder.section(u'/', -2, -2)); // of a cluster without any; fails when there are others
    return true;
}

} // namespace

qint64 bytesBelow(const QString &folder)
{
    qint64 bytes = 0;
    QDirIterator it(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        it.next();
        bytes += it.fileInfo().size();
    }
    return bytes;
}

QList<KeptUpgrade> keptUpgrades(const QString &root)
{
    QList<KeptUpgrade> kept;
    for (const QString &cluster : folders(root)) {
        for (const QString &upgrade : folders(root + u'/' + cluster)) {
            KeptUpgrade one;
            one.folder = root + u'/' + cluster + u'/' + upgrade;
            if (auto manifest = readManifest(one.folder))
                one.manifest = std::move(*manifest);
            else
                one.problem = manifest.error();
            one.bytes = bytesBelow(one.folder);
            one.writing = FolderLock::isTaken(one.folder);
            kept.append(std::move(one));
        }
    }
    std::ranges::stable_sort(
        kept, std::ranges::greater(), [](const KeptUpgrade &one) { return one.manifest.lastSeen; });
    return kept;
}

QList<KeptUpgrade> toDrop(QList<KeptUpgrade> kept, const Limits &limits, const QDateTime &now)
{
    // Ended ones first, each kind by the time it was last seen. What cannot be read is somebody else's to judge.
    std::ranges::stable_sort(kept, [](const KeptUpgrade &a, const KeptUpgrade &b) {
        return a.manifest.finished != b.manifest.finished ? a.manifest.finished
                                                          : a.manifest.lastSeen < b.manifest.lastSeen;
    });
    qint64 all = 0;
    for (const KeptUpgrade &one : std::as_const(kept))
        all += one.bytes;
    QList<KeptUpgrade> drop;
    for (const bool age : {true, false}) {
        for (const KeptUpgrade &one : std::as_const(kept)) {
            const bool gone = std::ranges::contains(drop, one.folder, &KeptUpgrade::folder);
            if (gone || one.writing || one.problem || (age ? !isOld(one, limits, now) : all <= limits.all))
                continue;
            all -= one.bytes;
            drop.append(one);
        }
    }
    return drop;
}

QList<DroppedUpgrade> droppedUpgrades(const QString &root)
{
    QList<DroppedUpgrade> dropped;
    QFile file(droppedFile(root));
    if (!file.open(QIODevice::ReadOnly))
        return dropped;
    while (!file.atEnd()) {
        const QJsonObject json = QJsonDocument::fromJson(file.readLine(qint64(64) * 1024)).object();
        if (json.isEmpty())
            continue;
        DroppedUpgrade one;
        one.id = {json.value("clusterUid"_L1).toString(), json.value("clusterName"_L1).toString(),
            json.value("server"_L1).toString(), json.value("upgradeUid"_L1).toString(),
            json.value("upgradeName"_L1).toString(), json.value("from"_L1).toString(), json.value("to"_L1).toString()};
        one.firstSeen = timeOf(json, "firstSeen"_L1);
        one.lastSeen = timeOf(json, "lastSeen"_L1);
        one.dropped = timeOf(json, "dropped"_L1);
        one.bytes = json.value("bytes"_L1).toInteger();
        one.forAge = json.value("for"_L1).toString() == "age"_L1;
        const QString folder = folderOf(one.id);
        dropped.removeIf([&](const DroppedUpgrade &other) { return folderOf(other.id) == folder; });
        if (!QFile::exists(root + u'/' + folder + "/manifest.json"_L1))
            dropped.append(one);
    }
    return dropped;
}

LimitsApplied applyLimits(const QString &root, const Limits &limits, const QDateTime &now, const QString &mine)
{
    const QStringList left = QDir(root).entryList({trash + u'*'}, QDir::Dirs | QDir::Hidden | QDir::NoSymLinks);
    for (const QString &name : left)
        QDir(root + u'/' + name).removeRecursively();
    LimitsApplied applied;
    QList<KeptUpgrade> kept = keptUpgrades(root);
    for (KeptUpgrade &one : kept) {
        one.writing = one.writing || one.folder == mine;
        applied.all += one.bytes;
    }
    for (const KeptUpgrade &one : toDrop(kept, limits, now)) {
        const DroppedUpgrade note{
            one.manifest.id, one.manifest.firstSeen, one.manifest.lastSeen, now, one.bytes, isOld(one, limits, now)};
        if (!drop(root, one, note))
            continue;
        applied.all -= one.bytes;
        applied.dropped.append(note);
    }
    return applied;
}

} // namespace evidence
