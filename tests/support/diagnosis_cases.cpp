// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/diagnosis_cases.h"

#include "support/upgrade_recording.h"
#include "support/upgrade_world.h"

#include <QFile>
#include <QJsonDocument>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace support {
namespace {

QString upgradeName(const Case &one)
{
    static const QRegularExpression name(u"hvst-upgrade-[a-z0-9]{5}"_s);
    const QRegularExpressionMatch match
        = name.match(QString::fromUtf8(QJsonDocument(one.json).toJson(QJsonDocument::Compact)));
    return match.hasMatch() ? match.captured() : u"hvst-upgrade-abcde"_s;
}

/// What the conditions of an Upgrade say in a phase of which no more is known.
QJsonArray conditionsOfPhase(int phase, bool failed)
{
    static const QStringList order{u"LogReady"_s, u"ImageReady"_s, u"RepoReady"_s, u"NodesPrepared"_s,
        u"SystemServicesUpgraded"_s, u"NodesUpgraded"_s};
    static const QList<int> phaseOf{0, 1, 1, 2, 3, 4};
    QJsonArray out;
    const auto add = [&](const QString &type, const QString &status) {
        out.append(QJsonObject{{u"type"_s, type}, {u"status"_s, status}});
    };
    const bool whole = phase >= 5 && !failed;
    add(u"Completed"_s, whole ? u"True"_s : failed ? u"False"_s : u"Unknown"_s);
    for (qsizetype i = 0; i < order.size(); ++i) {
        if (phaseOf.at(i) < phase)
            add(order.at(i), u"True"_s);
        else if (phaseOf.at(i) == phase) {
            add(order.at(i), failed && phase != 2 ? u"False"_s : u"Unknown"_s);
            break;
        }
    }
    if (failed && phase == 2)
        add(u"NodesUpgraded"_s, u"False"_s);
    return out;
}

QJsonObject upgradeOf(const Case &one, const QString &name)
{
    const int phase = one.json.value("phase"_L1).toInt();
    const bool failed = one.json.value("stuck_or_failed"_L1).toString() == "failed"_L1;
    QJsonArray conditions = one.json.value("conditions"_L1).toArray();
    if (conditions.isEmpty())
        conditions = conditionsOfPhase(phase, failed);
    QJsonObject states;
    const QJsonObject given = one.json.value("node_states"_L1).toObject();
    for (auto it = given.begin(); it != given.end(); ++it)
        states.insert(it.key(), QJsonObject{{u"state"_s, it.value()}});
    static const QStringList labels{u"PreparingLoggingInfra"_s, u"PreparingRepo"_s, u"PreparingNodes"_s,
        u"UpgradingSystemServices"_s, u"UpgradingNodes"_s, u"Succeeded"_s};
    QString label = one.json.value("upgrade_state_label"_L1).toString();
    if (label.isEmpty())
        label = failed ? u"Failed"_s : labels.value(phase);
    return thing(u"harvester-system"_s, name,
        {{u"metadata"_s,
             QJsonObject{{u"creationTimestamp"_s, World::stamp(0)},
                 {u"labels"_s,
                     QJsonObject{{u"harvesterhci.io/latestUpgrade"_s, u"true"_s},
                         {u"harvesterhci.io/upgradeState"_s, label}}}}},
            {u"spec"_s, QJsonObject{{u"version"_s, one.json.value("to_version"_L1)}, {u"logEnabled"_s, true}}},
            {u"status"_s,
                QJsonObject{{u"previousVersion"_s, one.json.value("from_version"_L1)}, {u"conditions"_s, conditions},
                    {u"nodeStatuses"_s, states}}}});
}

QJsonObject jobOf(const QJsonObject &given, const QString &upgrade, const QStringList &nodes)
{
    const QString name = given.value("name"_L1).toString();
    const QString status = given.value("status"_L1).toString();
    QJsonObject labels{{u"harvesterhci.io/upgrade"_s, upgrade}};
    for (const QString &type : {u"pre-drain"_s, u"post-drain"_s, u"single-node-upgrade"_s}) {
        if (name.contains(u'-' + type)) {
            labels.insert(u"harvesterhci.io/upgradeComponent"_s, u"node"_s);
            labels.insert(u"harvesterhci.io/upgradeJobType"_s, type);
        }
    }
    for (const QString &node : nodes) {
        if (name.endsWith(u'-' + node))
            labels.insert(u"harvesterhci.io/node"_s, node);
    }
    if (name.endsWith("-apply-manifests"_L1))
        labels.insert(u"harvesterhci.io/upgradeComponent"_s, u"manifest"_s);
    const bool done = status.startsWith("1/1"_L1);
    return thing(u"harvester-system"_s, name,
        {{u"metadata"_s, QJsonObject{{u"labels"_s, labels}, {u"creationTimestamp"_s, World::stamp(30)}}},
            {u"status"_s,
                done ? QJsonObject{{u"succeeded"_s, 1}, {u"startTime"_s, World::stamp(30)},
                           {u"completionTime"_s, World::stamp(50)}}
                     : QJsonObject{{u"active"_s, 1}, {u"startTime"_s, World::stamp(30)}}}});
}

QJsonObject podOf(const QJsonObject &given)
{
    const QString reason = given.value("phase_or_reason"_L1).toString();
    QJsonObject meta{{u"creationTimestamp"_s, World::stamp(30)}};
    QJsonObject status{{u"phase"_s, u"Running"_s}};
    if (reason == "Terminating"_L1)
        meta.insert(u"deletionTimestamp"_s, World::stamp(60));
    else if (reason == "Pending"_L1)
        status.insert(u"phase"_s, reason);
    else if (!reason.contains("Running"_L1))
        status.insert(u"containerStatuses"_s,
            QJsonArray{QJsonObject{{u"name"_s, u"main"_s}, {u"restartCount"_s, 3},
                {u"state"_s, QJsonObject{{u"waiting"_s, QJsonObject{{u"reason"_s, reason}}}}}}});
    return thing(given.value("namespace"_L1).toString(), given.value("name"_L1).toString(),
        {{u"metadata"_s, meta}, {u"status"_s, status}});
}

/// As the reader of a folder would tell it from where a log lies.
QString writerFrom(const QString &source)
{
    static const QList<std::pair<QString, QString>> words{{u"pre-drain"_s, u"pre-drain"_s},
        {u"post-drain"_s, u"post-drain"_s}, {u"single-node-upgrade"_s, u"single-node-upgrade"_s},
        {u"single node upgrade"_s, u"single-node-upgrade"_s}, {u"fleet-agent"_s, u"fleet-agent"_s},
        {u"capi-controller"_s, u"capi-controller-manager"_s}, {u"longhorn-manager"_s, u"longhorn-manager"_s},
        {u"virt-operator"_s, u"virt-operator"_s}, {u"virt-handler"_s, u"virt-handler"_s}, {u"containerd"_s, u"node"_s},
        {u"systemctl"_s, u"node"_s}, {u"journal"_s, u"node"_s}};
    // Several sources in one: none of them for certain.
    if (source.contains(u';'))
        return {};
    for (const auto &[word, writer] : words) {
        if (source.contains(word))
            return writer;
    }
    if (source.contains("apply-manifests"_L1))
        return u"apply-manifests"_s;
    if (source.startsWith("rancher pod"_L1))
        return u"rancher"_s;
    return {};
}

/// Other names and numbers of the same shape.
QString renamed(QString text)
{
    static const QRegularExpression upgrade(u"hvst-upgrade-[a-z0-9]{5}"_s);
    static const QRegularExpression uuid(u"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"_s);
    static const QRegularExpression machine(u"custom-[0-9a-f]{12}"_s);
    static const QRegularExpression address(u"\\b(?:192\\.168|10)\\.\\d+\\.\\d+(?:\\.\\d+)?\\b"_s);
    static const QRegularExpression date(u"\\b20\\d\\d([-/])\\d\\d[-/]\\d\\d"_s);
    static const QRegularExpression chart(u"(fleet-(?:crd-)?)\\d+\\.\\d+\\.\\d+\\+up\\d+\\.\\d+\\.\\d+"_s);
    text.replace(upgrade, u"hvst-upgrade-zq7xk"_s);
    text.replace(uuid, u"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"_s);
    for (int i = 0;; ++i) {
        const QRegularExpressionMatch match = machine.match(text, text.lastIndexOf(u"custom-fedcba98"_s) + 1);
        if (!match.hasMatch() || match.captured().startsWith("custom-fedcba98"_L1))
            break;
        text.replace(match.captured(), u"custom-fedcba98"_s + QString::number(1000 + i));
    }
    text.replace(address, u"10.77.3.41"_s);
    text.replace(date, u"2031\\107\\109"_s);
    text.replace(chart, u"\\1112.3.4+up0.19.7"_s);
    return text;
}

} // namespace

const QList<Case> &diagnosisCases()
{
    static const QList<Case> cases = [] {
        QFile file(QStringLiteral(GLEANER_FIXTURES) + u"/diagnosis/cases.json"_s);
        if (!file.open(QIODevice::ReadOnly))
            qFatal("cannot read %s", qPrintable(file.fileName()));
        QList<Case> out;
        for (const QJsonValue &value : QJsonDocument::fromJson(file.readAll()).array()) {
            const QJsonObject json = value.toObject();
            out.append({json.value("id"_L1).toString(), json.value("family"_L1).toString(),
                json.value("cause"_L1).toString(), json.value("certainty"_L1).toString(), json});
        }
        return out;
    }();
    return cases;
}

diagnosis::Facts factsOf(const Case &one, bool other)
{
    const auto said = [other](const QString &text) { return other ? renamed(text) : text; };
    diagnosis::Facts facts;
    const bool refused = one.json.value("stuck_or_failed"_L1).toString() == "rejected"_L1;
    World world;
    const QString upgrade = upgradeName(one);
    if (!refused) {
        world.add(upgrade::Kind::Upgrade, upgradeOf(one, upgrade));
        const QStringList nodes = one.json.value("node_states"_L1).toObject().keys();
        for (const QJsonValue &job : one.json.value("jobs"_L1).toArray())
            world.add(upgrade::Kind::Job, jobOf(job.toObject(), upgrade, nodes));
    }
    for (const QJsonValue &pod : one.json.value("pods"_L1).toArray())
        world.add(upgrade::Kind::Pod, podOf(pod.toObject()));
    // Seen once, and the same five hours later: that is why it was reported.
    world.snapshot.asOf = World::at(60);
    world.snapshot.seen.settled = true;
    world.snapshot.seen = upgrade::observe(world.snapshot, World::at(60));
    facts.now = World::at(360);
    world.snapshot.asOf = facts.now;
    world.snapshot.seen = upgrade::observe(world.snapshot, facts.now);
    facts.board = upgrade::deriveBoard(world.snapshot, facts.now);
    facts.fromVersion = one.json.value("from_version"_L1).toString();
    facts.toVersion = one.json.value("to_version"_L1).toString();
    facts.objects = diagnosis::objectsOf(world.snapshot);

    const QString source = one.json.value("log_source"_L1).toString();
    QString lines;
    for (const QJsonValue &line : one.json.value("log_lines"_L1).toArray())
        lines += said(line.toString()) + u'\n';
    if (!lines.isEmpty())
        facts.logs.append(diagnosis::sourceFromText(source, writerFrom(source), lines.toUtf8()));
    QString notes;
    for (const QJsonValue &line : one.json.value("other_signals"_L1).toArray())
        notes += said(line.toString()) + u'\n';
    if (!notes.isEmpty())
        facts.logs.append(diagnosis::sourceFromText(u"notes"_s, diagnosis::writer::pasted, notes.toUtf8()));
    return facts;
}

} // namespace support
