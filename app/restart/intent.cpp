// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/intent.h"

#include "restart/checkfields.h"

using namespace Qt::StringLiterals;

namespace restart {

namespace {

QList<QJsonObject> known(const Materials &materials, const QString &key)
{
    const auto found = materials.constFind(key);
    return found != materials.constEnd() && *found ? **found : QList<QJsonObject>();
}

/// The one that is latest by its label, else by its age.
std::optional<QJsonObject> latestOf(const QList<QJsonObject> &upgrades)
{
    std::optional<QJsonObject> latest;
    const auto rank = [](const QJsonObject &upgrade) {
        return std::pair(labelOf(upgrade, u"harvesterhci.io/latestUpgrade"_s) == "true"_L1,
            textAt(upgrade, u"metadata.creationTimestamp"_s));
    };
    for (const QJsonObject &upgrade : upgrades) {
        if (!latest || rank(upgrade) > rank(*latest))
            latest = upgrade;
    }
    return latest;
}

QString newestAbove(const QList<QJsonObject> &versions, const QString &source)
{
    QString newest;
    for (const QJsonObject &version : versions) {
        const QString name = nameOf(version);
        const QVersionNumber number = versionOf(name);
        if (number.isNull() || (!source.isEmpty() && number <= versionOf(source)))
            continue;
        if (newest.isEmpty() || number > versionOf(newest))
            newest = name;
    }
    return newest;
}

} // namespace

const QStringList &intentNeeds()
{
    static const QStringList keys{u"settings"_s, u"upgrades"_s, u"versions"_s};
    return keys;
}

bool isChosenAnnotation(const QString &key)
{
    static const QStringList chosen{u"harvesterhci.io/node-upgrade-pause-map"_s,
        u"harvesterhci.io/skipSingleReplicaDetachedVol"_s, u"harvesterhci.io/minCertsExpirationInDay"_s,
        u"harvesterhci.io/skipGarbageCollectionThresholdCheck"_s, u"harvesterhci.io/skip-version-check"_s,
        u"harvesterhci.io/allow-node-join"_s};
    return chosen.contains(key);
}

Intent intentFor(const Materials &materials, const QString &target, const QDateTime &now)
{
    Intent intent;
    intent.now = now;
    intent.source = settingValue(known(materials, u"settings"_s), u"server-version"_s);
    QJsonObject spec{{u"logEnabled"_s, true}}, annotations;
    const auto latest = latestOf(known(materials, u"upgrades"_s));
    const bool again = target.isEmpty() && latest && conditionStatus(*latest, u"Completed"_s) != "True"_L1;
    if (again) {
        // During an upgrade the setting already names the new version.
        if (const QString before = textAt(*latest, u"status.previousVersion"_s); !before.isEmpty())
            intent.source = before;
        const QJsonObject from = latest->value("spec"_L1).toObject();
        for (const QString &key : {u"version"_s, u"image"_s, u"logEnabled"_s}) {
            if (from.contains(key))
                spec.insert(key, from.value(key));
        }
        const QJsonObject all = at(*latest, u"metadata.annotations"_s).toObject();
        for (auto it = all.begin(); it != all.end(); ++it) {
            if (isChosenAnnotation(it.key()))
                annotations.insert(it.key(), it.value());
        }
    } else if (const QString version
        = target.isEmpty() ? newestAbove(known(materials, u"versions"_s), intent.source) : target;
        !version.isEmpty()) {
        spec.insert(u"version"_s, version);
    }
    intent.target = spec.value("version"_L1).toString();
    QJsonObject metadata{{u"generateName"_s, u"hvst-upgrade-"_s}, {u"namespace"_s, u"harvester-system"_s}};
    if (!annotations.isEmpty())
        metadata.insert(u"annotations"_s, annotations);
    intent.upgrade = QJsonObject{{u"apiVersion"_s, u"harvesterhci.io/v1beta1"_s}, {u"kind"_s, u"Upgrade"_s},
        {u"metadata"_s, metadata}, {u"spec"_s, spec}};
    return intent;
}

} // namespace restart
