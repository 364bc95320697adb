// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/snapshotjson.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <utility>

using namespace Qt::StringLiterals;

namespace evidence {

using upgrade::Kind;
using upgrade::Observations;

namespace {

constexpr std::array kinds{std::pair{Kind::Upgrade, "Upgrade"_L1}, std::pair{Kind::UpgradePlan, "UpgradePlan"_L1},
    std::pair{Kind::UpgradeLog, "UpgradeLog"_L1}, std::pair{Kind::Version, "Version"_L1},
    std::pair{Kind::Setting, "Setting"_L1}, std::pair{Kind::Addon, "Addon"_L1}, std::pair{Kind::Image, "Image"_L1},
    std::pair{Kind::Node, "Node"_L1}, std::pair{Kind::Job, "Job"_L1}, std::pair{Kind::Pod, "Pod"_L1},
    std::pair{Kind::Deployment, "Deployment"_L1}, std::pair{Kind::Event, "Event"_L1},
    std::pair{Kind::ConfigMap, "ConfigMap"_L1}, std::pair{Kind::Plan, "Plan"_L1},
    std::pair{Kind::ProvisioningCluster, "ProvisioningCluster"_L1}, std::pair{Kind::CapiCluster, "CapiCluster"_L1},
    std::pair{Kind::Machine, "Machine"_L1}, std::pair{Kind::PlanSecret, "MachinePlan"_L1},
    std::pair{Kind::ManagedChart, "ManagedChart"_L1}, std::pair{Kind::Bundle, "Bundle"_L1},
    std::pair{Kind::Volume, "Volume"_L1}, std::pair{Kind::LonghornSetting, "LonghornSetting"_L1},
    std::pair{Kind::Vmi, "Vmi"_L1}, std::pair{Kind::Migration, "Migration"_L1}, std::pair{Kind::RepoVm, "RepoVm"_L1},
    std::pair{Kind::Pdb, "Pdb"_L1}};
static_assert(kinds.size() == size_t(Kind::Pdb) + 1, "a kind has no word");

constexpr std::array sourceStates{std::pair{upgrade::SourceState::State::Loading, "loading"_L1},
    std::pair{upgrade::SourceState::State::Live, "live"_L1}, std::pair{upgrade::SourceState::State::Stale, "stale"_L1},
    std::pair{upgrade::SourceState::State::Denied, "denied"_L1},
    std::pair{upgrade::SourceState::State::Missing, "missing"_L1}};

QJsonObject only(const QJsonObject &from, std::initializer_list<QLatin1StringView> keys)
{
    QJsonObject out;
    for (const QLatin1StringView key : keys) {
        if (from.contains(key))
            out.insert(key, from.value(key));
    }
    return out;
}

/// Left out where it says nothing: most members of most records do not.
template<class T>
void put(QJsonObject &json, QLatin1StringView key, const T &value, const T &nothing = {})
{
    if (value != nothing)
        json.insert(key, value);
}

void put(QJsonObject &json, QLatin1StringView key, const QDateTime &time)
{
    if (time.isValid())
        json.insert(key, timeText(time));
}

QDateTime timeOf(const QJsonObject &json, QLatin1StringView key)
{
    return timeOfText(json.value(key).toString());
}

bool same(const Observations::NodeSeen &a, const Observations::NodeSeen &b)
{
    return a.state == b.state && a.since == b.since && a.exact == b.exact && a.bootId == b.bootId
        && a.rebooted == b.rebooted && a.notReadySince == b.notReadySince;
}

bool same(const Observations::PhaseSeen &a, const Observations::PhaseSeen &b)
{
    return a.signal == b.signal && a.since == b.since && a.exact == b.exact;
}

bool same(const Observations::Span &a, const Observations::Span &b)
{
    return a.from == b.from && a.to == b.to;
}

bool same(const Observations::NodeSpan &a, const Observations::NodeSpan &b)
{
    return a.node == b.node && a.state == b.state && a.from == b.from && a.to == b.to;
}

} // namespace

QString kindWord(Kind kind)
{
    for (const auto &[known, word] : kinds) {
        if (known == kind)
            return word;
    }
    return {};
}

std::optional<Kind> kindOfWord(const QString &word)
{
    for (const auto &[kind, known] : kinds) {
        if (known == word)
            return kind;
    }
    return std::nullopt;
}

const QList<Kind> &allKinds()
{
    static const QList<Kind> all = [] {
        QList<Kind> list;
        for (const auto &[kind, word] : kinds)
            list.append(kind);
        return list;
    }();
    return all;
}

QJsonObject keptOf(Kind kind, const QJsonObject &json)
{
    if (kind == Kind::PlanSecret) {
        const QJsonObject meta = json.value("metadata"_L1).toObject();
        QJsonObject kept = only(meta,
            {"name"_L1, "namespace"_L1, "uid"_L1, "resourceVersion"_L1, "creationTimestamp"_L1,
                "deletionTimestamp"_L1});
        const QJsonObject labels = only(meta.value("labels"_L1).toObject(), {"rke.cattle.io/machine-name"_L1});
        const QJsonObject annotations = only(meta.value("annotations"_L1).toObject(),
            {"rke.cattle.io/pre-drain"_L1, "harvesterhci.io/pre-hook"_L1, "rke.cattle.io/post-drain"_L1,
                "harvesterhci.io/post-hook"_L1, "rke.cattle.io/drain-error"_L1, "rke.cattle.io/drain-done"_L1});
        put(kept, "labels"_L1, labels);
        put(kept, "annotations"_L1, annotations);
        return {{u"metadata"_s, kept}};
    }
    if (json.value("kind"_L1).toString() == "Secret"_L1)
        return {};
    const kube::Slimmer slim = upgrade::slimmerFor(kind);
    return slim ? slim(json) : json;
}

kube::ObjectPtr objectOf(const QJsonObject &json)
{
    const QJsonObject meta = json.value("metadata"_L1).toObject();
    auto object = std::make_shared<kube::Object>();
    object->key = {meta.value("namespace"_L1).toString(), meta.value("name"_L1).toString()};
    object->uid = meta.value("uid"_L1).toString();
    object->resourceVersion = meta.value("resourceVersion"_L1).toString();
    object->json = json;
    return object->key.name.isEmpty() ? nullptr : object;
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeOfText(const QString &text)
{
    return text.isEmpty() ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs);
}

QJsonObject toJson(const upgrade::SourceState &state)
{
    QJsonObject json;
    for (const auto &[known, word] : sourceStates) {
        if (known == state.state)
            json.insert("state"_L1, word);
    }
    put(json, "since"_L1, state.since);
    put(json, "message"_L1, state.message);
    return json;
}

upgrade::SourceState sourceOf(const QJsonObject &json)
{
    upgrade::SourceState state;
    for (const auto &[known, word] : sourceStates) {
        if (word == json.value("state"_L1).toString())
            state.state = known;
    }
    state.since = timeOf(json, "since"_L1);
    state.message = json.value("message"_L1).toString();
    return state;
}

QJsonObject toJson(const upgrade::LogDigest &digest)
{
    QJsonObject json;
    put(json, "milestone"_L1, digest.milestone);
    put(json, "pod"_L1, digest.pod);
    put(json, "lines"_L1, digest.lines);
    put(json, "lastLine"_L1, digest.lastLine);
    put(json, "lastTime"_L1, digest.lastTime);
    put(json, "waitingLine"_L1, digest.waitingLine);
    put(json, "waitingSince"_L1, digest.waitingSince);
    put(json, "waitingLineNumber"_L1, digest.waitingLineNumber);
    put(json, "retries"_L1, digest.retries);
    put(json, "retrySince"_L1, digest.retrySince);
    put(json, "firstError"_L1, digest.firstError);
    put(json, "firstErrorNumber"_L1, digest.firstErrorNumber);
    return json;
}

upgrade::LogDigest digestOf(const QJsonObject &json)
{
    upgrade::LogDigest digest;
    digest.milestone = json.value("milestone"_L1).toInt();
    digest.pod = json.value("pod"_L1).toString();
    digest.lines = json.value("lines"_L1).toInteger();
    digest.lastLine = json.value("lastLine"_L1).toString();
    digest.lastTime = timeOf(json, "lastTime"_L1);
    digest.waitingLine = json.value("waitingLine"_L1).toString();
    digest.waitingSince = timeOf(json, "waitingSince"_L1);
    digest.waitingLineNumber = json.value("waitingLineNumber"_L1).toInteger();
    digest.retries = json.value("retries"_L1).toInt();
    digest.retrySince = timeOf(json, "retrySince"_L1);
    digest.firstError = json.value("firstError"_L1).toString();
    digest.firstErrorNumber = json.value("firstErrorNumber"_L1).toInteger();
    return digest;
}

namespace {

QJsonObject toJson(const Observations::NodeSeen &seen)
{
    QJsonObject node;
    put(node, "state"_L1, seen.state);
    put(node, "since"_L1, seen.since);
    put(node, "exact"_L1, seen.exact);
    put(node, "bootId"_L1, seen.bootId);
    put(node, "rebooted"_L1, seen.rebooted);
    put(node, "notReadySince"_L1, seen.notReadySince);
    return node;
}

QJsonObject toJson(const Observations::PhaseSeen &seen)
{
    QJsonObject phase{{u"signal"_s, QString::fromLatin1(seen.signal.toHex())}};
    put(phase, "since"_L1, seen.since);
    put(phase, "exact"_L1, seen.exact);
    return phase;
}

QJsonObject toJson(const Observations::NodeSpan &span)
{
    QJsonObject json{{u"node"_s, span.node}, {u"state"_s, span.state}};
    put(json, "from"_L1, span.from);
    put(json, "to"_L1, span.to);
    return json;
}

QJsonObject toJson(const Observations::Span &span)
{
    QJsonObject json;
    put(json, "from"_L1, span.from);
    put(json, "to"_L1, span.to);
    return json;
}

void from(const QJsonObject &node, Observations::NodeSeen &seen)
{
    seen = {node.value("state"_L1).toString(), timeOf(node, "since"_L1), node.value("exact"_L1).toBool(),
        node.value("bootId"_L1).toString(), node.value("rebooted"_L1).toBool(), timeOf(node, "notReadySince"_L1)};
}

void from(const QJsonObject &phase, Observations::PhaseSeen &seen)
{
    seen = {QByteArray::fromHex(phase.value("signal"_L1).toString().toLatin1()), timeOf(phase, "since"_L1),
        phase.value("exact"_L1).toBool()};
}

void from(const QJsonObject &json, Observations::NodeSpan &span)
{
    span = {json.value("node"_L1).toString(), json.value("state"_L1).toString(), timeOf(json, "from"_L1),
        timeOf(json, "to"_L1)};
}

void from(const QJsonObject &json, Observations::Span &span)
{
    span = {timeOf(json, "from"_L1), timeOf(json, "to"_L1)};
}

QString keyText(const QString &key)
{
    return key;
}

QString keyText(int key)
{
    return QString::number(key);
}

template<class Map>
QJsonObject mapPatch(const Map &before, const Map &after)
{
    QJsonObject patch;
    for (auto it = before.begin(); it != before.end(); ++it) {
        if (!after.contains(it.key()))
            patch.insert(keyText(it.key()), QJsonValue(QJsonValue::Null));
    }
    for (auto it = after.begin(); it != after.end(); ++it) {
        const auto known = before.find(it.key());
        if (known == before.end() || !same(*known, *it))
            patch.insert(keyText(it.key()), toJson(*it));
    }
    return patch;
}

/// {"set":{"12":{…}},"add":[…]}, or {"all":[…]} when it did not just grow.
template<class Item>
QJsonObject listPatch(const QList<Item> &before, const QList<Item> &after)
{
    if (before.constData() == after.constData() && before.size() == after.size())
        return {}; // shared, the usual case
    QJsonObject patch, set;
    QJsonArray add;
    const qsizetype both = std::min(before.size(), after.size());
    for (qsizetype i = 0; i < both; ++i) {
        if (!same(before.at(i), after.at(i)))
            set.insert(QString::number(i), toJson(after.at(i)));
    }
    const bool grew = after.size() >= before.size() && set.size() <= 16 + after.size() / 4;
    for (qsizetype i = grew ? both : 0; i < after.size(); ++i)
        add.append(toJson(after.at(i)));
    if (!grew)
        return {{u"all"_s, add}};
    put(patch, "set"_L1, set);
    put(patch, "add"_L1, add);
    return patch;
}

template<class Item>
void applyList(QList<Item> &list, const QJsonObject &patch)
{
    if (patch.contains("all"_L1))
        list.clear();
    const QJsonObject set = patch.value("set"_L1).toObject();
    for (auto it = set.begin(); it != set.end(); ++it) {
        const qsizetype at = it.key().toLongLong();
        if (at >= 0 && at < list.size())
            from(it.value().toObject(), list[at]);
    }
    for (const auto key : {"all"_L1, "add"_L1}) {
        const QJsonArray add = patch.value(key).toArray();
        for (const QJsonValue &value : add) {
            Item item;
            from(value.toObject(), item);
            list.append(item);
        }
    }
}

} // namespace

QJsonObject observationsPatch(const Observations &before, const Observations &after)
{
    QJsonObject patch;
    if (before.settled != after.settled)
        patch.insert("settled"_L1, after.settled);
    if (before.upgradeUid != after.upgradeUid)
        patch.insert("upgradeUid"_L1, after.upgradeUid);
    put(patch, "nodes"_L1, mapPatch(before.nodes, after.nodes));
    put(patch, "phases"_L1, mapPatch(before.phases, after.phases));
    put(patch, "history"_L1, listPatch(before.history, after.history));
    put(patch, "blind"_L1, listPatch(before.blind, after.blind));
    return patch;
}

void applyObservations(Observations &seen, const QJsonObject &patch)
{
    if (patch.contains("settled"_L1))
        seen.settled = patch.value("settled"_L1).toBool();
    if (patch.contains("upgradeUid"_L1))
        seen.upgradeUid = patch.value("upgradeUid"_L1).toString();
    const QJsonObject nodes = patch.value("nodes"_L1).toObject();
    for (auto it = nodes.begin(); it != nodes.end(); ++it) {
        if (it.value().isNull())
            seen.nodes.remove(it.key());
        else
            from(it.value().toObject(), seen.nodes[it.key()]);
    }
    const QJsonObject phases = patch.value("phases"_L1).toObject();
    for (auto it = phases.begin(); it != phases.end(); ++it) {
        if (it.value().isNull())
            seen.phases.remove(it.key().toInt());
        else
            from(it.value().toObject(), seen.phases[it.key().toInt()]);
    }
    applyList(seen.history, patch.value("history"_L1).toObject());
    applyList(seen.blind, patch.value("blind"_L1).toObject());
}

} // namespace evidence
