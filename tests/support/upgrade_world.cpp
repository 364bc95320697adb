// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/upgrade_world.h"

#include "support/upgrade_recording.h"

#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace support {

QJsonObject merged(QJsonObject base, const QJsonObject &over)
{
    for (auto it = over.begin(); it != over.end(); ++it) {
        if (it.value().isObject() && base.value(it.key()).isObject())
            base.insert(it.key(), merged(base.value(it.key()).toObject(), it.value().toObject()));
        else
            base.insert(it.key(), it.value());
    }
    return base;
}

QJsonObject json(const char *text)
{
    QJsonParseError error;
    const QJsonObject object = QJsonDocument::fromJson(QByteArray(text), &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("bad JSON in a test: %s: %s", qPrintable(error.errorString()), text);
    return object;
}

QJsonObject thing(const QString &ns, const QString &name, const QJsonObject &more)
{
    QJsonObject meta{{u"name"_s, name}, {u"uid"_s, u"uid-"_s + name}, {u"resourceVersion"_s, u"1"_s}, {u"creationTimestamp"_s, World::stamp(0)}};
    if (!ns.isEmpty())
        meta.insert(u"namespace"_s, ns);
    return merged({{u"metadata"_s, meta}}, more);
}

QDateTime World::at(double minutes)
{
    return QDateTime(QDate(2026, 9, 3), QTime(9, 0), QTimeZone::UTC).addMSecs(qint64(minutes * 60000));
}

QString World::stamp(double minutes)
{
    return at(minutes).toString(Qt::ISODate);
}

QJsonArray conditionsOf(const QString &words)
{
    static const QRegularExpression form(u"^(\\w+)=([UTF]|\"\")(?:\\(([^)]*)\\))?(?:@([0-9.]+))?$"_s);
    QJsonArray out;
    const QStringList list = words.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : list) {
        const auto match = form.match(word);
        if (!match.hasMatch())
            qFatal("bad condition in a test: %s", qPrintable(word));
        const QString letter = match.captured(2);
        QJsonObject condition{{u"type"_s, match.captured(1)},
                              {u"status"_s, letter == "U"_L1 ? u"Unknown"_s : letter == "T"_L1 ? u"True"_s : letter == "F"_L1 ? u"False"_s : QString()}};
        if (!match.captured(3).isEmpty()) {
            condition.insert(u"reason"_s, match.captured(3));
            condition.insert(u"message"_s, u"because of "_s + match.captured(3));
        }
        if (!match.captured(4).isEmpty())
            condition.insert(u"lastUpdateTime"_s, World::stamp(match.captured(4).toDouble()));
        out.append(condition);
    }
    return out;
}

World::World() = default;

void World::add(upgrade::Kind kind, const QJsonObject &json)
{
    snapshot.apply(kind, objectOf(kind, json));
}

void World::upgrade(const QString &conditions, const QString &label, const QString &nodes, const QJsonObject &more)
{
    QJsonObject statuses;
    const QStringList list = nodes.split(u';', Qt::SkipEmptyParts);
    for (const QString &node : list) {
        QString state = node.section(u'=', 1);
        QJsonObject status;
        if (const qsizetype open = state.indexOf(u'('); open > 0) {
            status.insert(u"reason"_s, state.mid(open + 1).chopped(1));
            state.truncate(open);
        }
        status.insert(u"state"_s, state);
        statuses.insert(node.section(u'=', 0, 0), status);
    }
    QJsonObject labels{{u"harvesterhci.io/latestUpgrade"_s, u"true"_s}};
    if (!label.isEmpty())
        labels.insert(u"harvesterhci.io/upgradeState"_s, label);
    m_upgrade = merged(thing(u"harvester-system"_s, u"up"_s,
                             {{u"metadata"_s, QJsonObject{{u"labels"_s, labels}}},
                              {u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}, {u"logEnabled"_s, true}}},
                              {u"status"_s,
                               QJsonObject{{u"previousVersion"_s, u"v1.8.2"_s},
                                           {u"repoInfo"_s, u"release:\n  harvester: v1.9.0\n  os: Harvester v1.9.0\n  kubernetes: v1.36.1+rke2r1\n"_s},
                                           {u"conditions"_s, conditionsOf(conditions)},
                                           {u"nodeStatuses"_s, statuses}}}}),
                       more);
    add(upgrade::Kind::Upgrade, m_upgrade);
}

void World::editUpgrade(const std::function<void(QJsonObject &)> &change)
{
    change(m_upgrade);
    add(upgrade::Kind::Upgrade, m_upgrade);
}

void World::node(const QString &name, const QJsonObject &more)
{
    const QJsonObject base = json(R"({"metadata":{"labels":{"harvesterhci.io/managed":"true","node-role.kubernetes.io/control-plane":"true",
        "node-role.kubernetes.io/etcd":"true"}},"spec":{},
        "status":{"nodeInfo":{"kubeletVersion":"v1.35.4+rke2r1","osImage":"Harvester v1.8.2","bootID":"b1"}}})");
    QJsonObject object = merged(thing({}, name, base), {{u"status"_s, QJsonObject{{u"conditions"_s,
        QJsonArray{QJsonObject{{u"type"_s, u"Ready"_s}, {u"status"_s, u"True"_s}, {u"lastTransitionTime"_s, stamp(-1000)}}}}}}});
    QJsonObject annotated = merged(object, {{u"metadata"_s, QJsonObject{{u"annotations"_s, QJsonObject{{u"cluster.x-k8s.io/machine"_s, u"custom-"_s + name}}}}}});
    add(upgrade::Kind::Node, merged(annotated, more));
}

namespace {

QJsonObject jobStatus(const QString &status, double from, double to)
{
    QJsonObject out{{u"startTime"_s, World::stamp(from)}};
    if (status == "running"_L1) {
        out.insert(u"active"_s, 1);
    } else if (status == "complete"_L1) {
        out.insert(u"succeeded"_s, 1);
        out.insert(u"completionTime"_s, World::stamp(to));
        out.insert(u"conditions"_s, QJsonArray{QJsonObject{{u"type"_s, u"Complete"_s}, {u"status"_s, u"True"_s}, {u"lastTransitionTime"_s, World::stamp(to)}}});
    } else if (status == "failed"_L1) {
        out.insert(u"failed"_s, 7);
        out.insert(u"conditions"_s, QJsonArray{QJsonObject{{u"type"_s, u"Failed"_s}, {u"status"_s, u"True"_s}, {u"reason"_s, u"BackoffLimitExceeded"_s},
                                                           {u"message"_s, u"Job has reached the specified backoff limit"_s}, {u"lastTransitionTime"_s, World::stamp(to)}}});
    }
    return out;
}

} // namespace

void World::job(const QString &name, const QString &type, const QString &node, const QString &status, double from, double to)
{
    QJsonObject labels{{u"harvesterhci.io/upgrade"_s, u"up"_s}};
    if (type == "apply-manifests"_L1) {
        labels.insert(u"harvesterhci.io/upgradeComponent"_s, u"manifest"_s);
    } else {
        labels.insert(u"harvesterhci.io/upgradeJobType"_s, type);
        labels.insert(u"harvesterhci.io/node"_s, node);
        if (type != "restore-vm"_L1)
            labels.insert(u"harvesterhci.io/upgradeComponent"_s, u"node"_s);
    }
    add(upgrade::Kind::Job, thing(u"harvester-system"_s, name,
                                  {{u"metadata"_s, QJsonObject{{u"labels"_s, labels}, {u"creationTimestamp"_s, stamp(from)}}},
                                   {u"status"_s, jobStatus(status, from, to)}}));
}

void World::prepareJob(const QString &node, const QString &status, double from, double to)
{
    add(upgrade::Kind::Job, thing(u"cattle-system"_s, u"apply-up-prepare-on-"_s + node,
                                  {{u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{u"upgrade.cattle.io/plan"_s, u"up-prepare"_s}, {u"upgrade.cattle.io/node"_s, node}}},
                                                               {u"creationTimestamp"_s, stamp(from)}}},
                                   {u"status"_s, jobStatus(status, from, to)}}));
}

void World::source(const QString &key, upgrade::SourceState::State state, const QString &message)
{
    snapshot.sources.insert(key, {state, at(0), message});
}

void World::log(const QString &jobUid, const QString &line, double minute)
{
    snapshot.logs[jobUid] = upgrade::digest(snapshot.logs.value(jobUid), u"pod"_s, at(minute), line.toUtf8());
}

} // namespace support
