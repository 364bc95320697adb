// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/upgrade_recording.h"

#include <QFile>
#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace support {

upgrade::Kind kindOf(const QString &word)
{
    using upgrade::Kind;
    static const QHash<QString, Kind> kinds{
        {u"Addon"_s, Kind::Addon}, {u"Bundle"_s, Kind::Bundle}, {u"CapiCluster"_s, Kind::CapiCluster},
        {u"Deployment"_s, Kind::Deployment}, {u"Event"_s, Kind::Event}, {u"Job"_s, Kind::Job},
        {u"Machine"_s, Kind::Machine}, {u"ManagedChart"_s, Kind::ManagedChart}, {u"Node"_s, Kind::Node},
        {u"Plan"_s, Kind::Plan}, {u"Pod"_s, Kind::Pod}, {u"ProvisioningCluster"_s, Kind::ProvisioningCluster},
        {u"Setting"_s, Kind::Setting}, {u"UpgradeLog"_s, Kind::UpgradeLog}, {u"Upgrade"_s, Kind::Upgrade},
        {u"Version"_s, Kind::Version}, {u"Image"_s, Kind::Image}, {u"Migration"_s, Kind::Migration},
        {u"Vmi"_s, Kind::Vmi}, {u"Volume"_s, Kind::Volume}};
    if (!kinds.contains(word))
        qFatal("no kind named %s", qPrintable(word));
    return kinds.value(word);
}

kube::ObjectPtr objectOf(upgrade::Kind kind, const QJsonObject &json)
{
    QJsonObject whole = json;
    QJsonObject meta = whole.value("metadata"_L1).toObject();
    if (!meta.contains("resourceVersion"_L1)) {
        meta.insert("resourceVersion"_L1, u"1"_s);
        whole.insert("metadata"_L1, meta);
    }
    auto object = kube::makeObject(whole, upgrade::slimmerFor(kind));
    if (!object)
        qFatal("not an object: %s", qPrintable(object.error().message));
    return *object;
}

Recording::Recording(const QString &name)
{
    QFile file(QStringLiteral(GLEANER_FIXTURES) + u"/upgrade/"_s + name + u".json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    const QJsonObject all = QJsonDocument::fromJson(file.readAll()).object();
    m_moments = all.value("moments"_L1).toArray();
    m_objects = all.value("objects"_L1).toArray();
    m_logs = all.value("logs"_L1).toObject();
    if (m_moments.isEmpty() || m_objects.isEmpty())
        qFatal("nothing in %s", qPrintable(file.fileName()));
}

QString Recording::name(qsizetype moment) const
{
    return m_moments.at(moment).toObject().value("name"_L1).toString();
}

QDateTime Recording::at(qsizetype moment) const
{
    return QDateTime::fromString(m_moments.at(moment).toObject().value("at"_L1).toString(), Qt::ISODate);
}

qsizetype Recording::indexOf(const QString &name) const
{
    for (qsizetype i = 0; i < size(); ++i) {
        if (this->name(i) == name || this->name(i).section(u'-', 0, 0) == name)
            return i;
    }
    return -1;
}

void Recording::readLogs(upgrade::Snapshot &snapshot, const QDateTime &until) const
{
    snapshot.logs.clear();
    for (auto it = m_logs.begin(); it != m_logs.end(); ++it) {
        QString job;
        for (const auto &pod : std::as_const(snapshot.pods)) {
            if (pod->meta.name == it.key()) {
                const auto found = snapshot.jobs.constFind({pod->meta.ns, pod->jobName});
                job = found == snapshot.jobs.constEnd() ? QString() : (*found)->meta.uid;
            }
        }
        if (job.isEmpty())
            continue;
        upgrade::LogDigest digest = snapshot.logs.value(job);
        for (const QJsonValue &value : it.value().toArray()) {
            const QString line = value.toString();
            const QDateTime stamp = QDateTime::fromString(line.section(u' ', 0, 0), Qt::ISODateWithMs);
            if (stamp > until)
                break;
            digest = upgrade::digest(std::move(digest), it.key(), stamp, line.section(u' ', 1).toUtf8());
        }
        snapshot.logs.insert(job, digest);
    }
}

upgrade::Snapshot Recording::snapshot(qsizetype moment) const
{
    upgrade::Snapshot snapshot;
    const QJsonObject refs = m_moments.at(moment).toObject().value("objects"_L1).toObject();
    for (auto it = refs.begin(); it != refs.end(); ++it) {
        const upgrade::Kind kind = kindOf(it.key());
        for (const QJsonValue &index : it.value().toArray())
            snapshot.apply(kind, objectOf(kind, m_objects.at(index.toInt()).toObject()));
    }
    snapshot.asOf = at(moment);
    readLogs(snapshot, at(moment));
    return snapshot;
}

void Recording::advance(upgrade::Snapshot &snapshot, qsizetype moment) const
{
    const QJsonObject refs = m_moments.at(moment).toObject().value("objects"_L1).toObject();
    const QJsonObject before = moment > 0 ? m_moments.at(moment - 1).toObject().value("objects"_L1).toObject() : QJsonObject();
    const QStringList kinds = refs.keys() + before.keys();
    for (const QString &word : kinds) {
        const upgrade::Kind kind = kindOf(word);
        QSet<kube::ObjectKey> now;
        for (const QJsonValue &index : refs.value(word).toArray()) {
            const auto object = objectOf(kind, m_objects.at(index.toInt()).toObject());
            now.insert(object->key);
            snapshot.apply(kind, object);
        }
        for (const QJsonValue &index : before.value(word).toArray()) {
            const auto object = objectOf(kind, m_objects.at(index.toInt()).toObject());
            if (!now.contains(object->key))
                snapshot.remove(kind, object->key);
        }
    }
    snapshot.asOf = at(moment);
    readLogs(snapshot, at(moment));
    snapshot.seen = upgrade::observe(snapshot, at(moment));
}

} // namespace support
