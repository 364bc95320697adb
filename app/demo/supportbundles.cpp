// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/supportbundles.h"

#include "demo/crc.h"
#include "demo/jsonedit.h"

#include <QJsonDocument>
#include <QMap>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString ns = u"harvester-system"_s;

QString managerOf(const QString &name)
{
    return u"supportbundle-manager-"_s + name;
}

template<class T>
void put(QByteArray &out, T value)
{
    for (size_t i = 0; i < sizeof(T); ++i)
        out += static_cast<char>(value >> (8 * i));
}

/// A zip (APPNOTE 4.3) whose entries are stored as they are.
class Zip {
public:
    void add(const QString &name, const QByteArray &data)
    {
        const QByteArray path = name.toUtf8();
        QByteArray common;
        put<quint16>(common, 20);         // version needed
        put<quint16>(common, 0x0800);     // names are UTF-8
        put<quint16>(common, 0);          // stored
        put<quint32>(common, 0x00210000); // 1980-01-01
        put<quint32>(common, crc32(data));
        put<quint32>(common, static_cast<quint32>(data.size()));
        put<quint32>(common, static_cast<quint32>(data.size()));
        put<quint16>(common, static_cast<quint16>(path.size()));
        put<quint16>(common, 0); // extra field
        put<quint32>(m_directory, 0x02014B50);
        put<quint16>(m_directory, 20);
        m_directory += common;
        put<quint16>(m_directory, 0); // comment
        put<quint16>(m_directory, 0); // disk
        put<quint16>(m_directory, 0);
        put<quint32>(m_directory, 0);
        put<quint32>(m_directory, static_cast<quint32>(m_files.size()));
        m_directory += path;
        put<quint32>(m_files, 0x04034B50);
        m_files += common + path + data;
        ++m_count;
    }
    [[nodiscard]] QByteArray bytes() const
    {
        QByteArray out = m_files + m_directory;
        put<quint32>(out, 0x06054B50);
        put<quint32>(out, 0); // disks
        put<quint16>(out, m_count);
        put<quint16>(out, m_count);
        put<quint32>(out, static_cast<quint32>(m_directory.size()));
        put<quint32>(out, static_cast<quint32>(m_files.size()));
        put<quint16>(out, 0); // comment
        return out;
    }

private:
    QByteArray m_files, m_directory;
    quint16 m_count = 0;
};

} // namespace

void SupportBundles::created(const QString &name)
{
    m_timeline.start(group, make(name));
}

void SupportBundles::deleted(const QString &name)
{
    m_world.drop(kinds::deployments, ns, managerOf(name));
}

Task SupportBundles::make(QString name)
{
    const Resource bundles{"harvesterhci.io"_L1, "supportbundles"_L1};
    const auto edit = [&](const World::Edit &change) { m_world.edit(bundles, ns, name, change); };
    const auto there = [&] { return m_world.exists(bundles, ns, name); };
    co_await m_timeline.sleep(2);
    if (!there())
        co_return;
    m_world.makeDeployment(ns, managerOf(name),
        {{u"app"_s, u"support-bundle-manager"_s}, {u"rancher/supportbundle"_s, name}}, u"manager"_s,
        u"rancher/support-bundle-kit:v0.0.84"_s, 1, {}, m_world.reference(bundles, ns, name, true));
    edit([this](QJsonObject &bundle) {
        json::set(bundle, u"status.state", u"generating"_s);
        json::set(bundle, u"status.progress", 0);
        json::setCondition(bundle, u"Initialized"_s, u"Unknown"_s, m_world.now());
    });
    for (int progress = 5; progress <= 100; progress += 5) {
        co_await m_timeline.sleep(6);
        if (!there())
            co_return;
        edit([&](QJsonObject &bundle) { json::set(bundle, u"status.progress", progress); });
    }
    QString stamp = m_world.now();
    stamp.replace(u':', u'-');
    edit([&](QJsonObject &bundle) {
        json::set(bundle, u"status.filename", u"supportbundle_%1_%2.zip"_s.arg(name, stamp));
        json::set(bundle, u"status.filesize", supportBundleFile(m_world.store(), bundle).size());
        json::set(bundle, u"status.state", u"ready"_s);
        json::setCondition(bundle, u"Initialized"_s, u"True"_s, m_world.now());
    });
    // In minutes; the setting counts where the bundle says nothing.
    const QJsonObject setting = m_world.get(kinds::settings, {}, u"support-bundle-expiration"_s);
    const QString value = json::text(setting, u"value");
    const int minutes = json::get(m_world.get(bundles, ns, name), u"spec.expiration")
                            .toInt((value.isEmpty() ? json::text(setting, u"default") : value).toInt());
    co_await m_timeline.sleep(60.0 * minutes);
    m_world.drop(bundles, ns, name);
}

QByteArray supportBundleFile(const Store &store, const QJsonObject &bundle)
{
    QStringList namespaces{u"default"_s, u"fleet-local"_s, ns, u"longhorn-system"_s, u"cattle-fleet-system"_s,
        u"cattle-fleet-local-system"_s, u"cattle-monitoring-system"_s};
    for (const QJsonValue more : json::get(bundle, u"spec.extraCollectionNamespaces").toArray())
        namespaces.append(more.toString());
    const QString top = json::text(bundle, u"status.filename").section(u".zip"_s, 0, 0);
    Zip zip;
    zip.add(top + u"/metadata.yaml"_s,
        u"projectname: \"\"\nbundlename: %1\nbundleversion: 0.1.0\ncreatedat: \"%2\"\nissuedescription: %3\n"_s
            .arg(json::name(bundle), json::text(bundle, u"metadata.creationTimestamp"),
                QString::fromUtf8(
                    QJsonDocument(QJsonArray{json::text(bundle, u"spec.description")}).toJson(QJsonDocument::Compact))
                    .sliced(1)
                    .chopped(1))
            .toUtf8());
    for (const ResourceType &type : store.catalog().types()) {
        // The record of the bundle says how large the file is, so it cannot be part of it here, where it is made when
        // it is fetched.
        static const QStringList never{u"settings"_s, u"secrets"_s, u"supportbundles"_s};
        if (type.createOnly || (type.group == "harvesterhci.io"_L1 && never.contains(type.resource))
            || (type.group.isEmpty() && never.contains(type.resource)))
            continue;
        QMap<QString, QJsonArray> lists; // by namespace
        for (const StoredPtr &object : store.all(type, {})) {
            if (!type.namespaced || namespaces.contains(json::ns(object->json())))
                lists[json::ns(object->json())].append(object->json());
        }
        for (auto it = lists.begin(); it != lists.end(); ++it) {
            const QString folder = it.key().isEmpty() ? u"cluster"_s : u"namespaced/"_s + it.key();
            const QString path = u"%1/yamls/%2/%3/%4.yaml"_s.arg(top, folder, type.apiVersion(), type.resource);
            // JSON is YAML too.
            zip.add(
                path, json::compact({{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"List"_s}, {u"items"_s, it.value()}}));
        }
    }
    return zip.bytes();
}

} // namespace demo
