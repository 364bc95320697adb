// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/manifest.h"

#include "evidence/safename.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr qint64 largest = qint64(1024) * 1024;

QString fileOf(const QString &folder)
{
    return folder + "/manifest.json"_L1;
}

QDateTime timeOf(const QJsonValue &value)
{
    return QDateTime::fromString(value.toString(), Qt::ISODateWithMs);
}

QString textOf(const QDateTime &time)
{
    return time.toUTC().toString(Qt::ISODateWithMs);
}

} // namespace

QString folderOf(const UpgradeIdentity &id)
{
    return safeName(id.clusterUid) + u'/' + safeName(id.upgradeUid);
}

DiskResult<Manifest> readManifest(const QString &folder)
{
    const QString path = fileOf(folder);
    const auto file = openForReading(path);
    if (!file)
        return std::unexpected(file.error());
    QByteArray bytes(std::min(largest, std::max<qint64>(0, sizeOf(file->get()))), Qt::Uninitialized);
    const auto got = readAt(file->get(), bytes.data(), bytes.size(), 0, path);
    if (!got)
        return std::unexpected(got.error());
    QJsonParseError error;
    const QJsonObject json = QJsonDocument::fromJson(bytes.first(*got), &error).object();
    if (error.error != QJsonParseError::NoError)
        return std::unexpected(DiskError{path, error.errorString(), 0});
    Manifest manifest;
    manifest.format = json.value("format"_L1).toInt();
    if (manifest.format < 1 || manifest.format > formatVersion)
        return std::unexpected(DiskError{path, u"format %1 is not known"_s.arg(manifest.format), 0});
    const QJsonObject cluster = json.value("cluster"_L1).toObject();
    const QJsonObject upgrade = json.value("upgrade"_L1).toObject();
    manifest.id = {cluster.value("uid"_L1).toString(), cluster.value("name"_L1).toString(),
        cluster.value("server"_L1).toString(), upgrade.value("uid"_L1).toString(), upgrade.value("name"_L1).toString(),
        upgrade.value("from"_L1).toString(), upgrade.value("to"_L1).toString()};
    manifest.state = upgrade.value("state"_L1).toString();
    manifest.finished = upgrade.value("finished"_L1).toBool();
    manifest.firstSeen = timeOf(json.value("firstSeen"_L1));
    manifest.lastSeen = timeOf(json.value("lastSeen"_L1));
    return manifest;
}

DiskResult<void> writeManifest(const QString &folder, const Manifest &manifest)
{
    const UpgradeIdentity &id = manifest.id;
    const QString server = QUrl(id.server).adjusted(QUrl::RemoveUserInfo).toString();
    const QJsonObject json{{u"format"_s, manifest.format},
        {u"cluster"_s, QJsonObject{{u"uid"_s, id.clusterUid}, {u"name"_s, id.clusterName}, {u"server"_s, server}}},
        {u"upgrade"_s,
            QJsonObject{{u"uid"_s, id.upgradeUid}, {u"name"_s, id.upgradeName}, {u"from"_s, id.fromVersion},
                {u"to"_s, id.toVersion}, {u"state"_s, manifest.state}, {u"finished"_s, manifest.finished}}},
        {u"firstSeen"_s, textOf(manifest.firstSeen)}, {u"lastSeen"_s, textOf(manifest.lastSeen)}};
    QSaveFile file(fileOf(folder));
    const QByteArray bytes = QJsonDocument(json).toJson();
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(bytes) != bytes.size() || !file.commit())
        return std::unexpected(DiskError{file.fileName(), file.errorString(), 0});
    return {};
}

} // namespace evidence
