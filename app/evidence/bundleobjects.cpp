// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/bundleobjects.h"

#include "evidence/snapshotjson.h"
#include "kube/kubeconfigyaml.h"
#include "kube/objectdecode.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <initializer_list>

namespace evidence {

using namespace Qt::StringLiterals;
using Code = BundleProblem::Code;
using upgrade::Kind;

namespace {

constexpr int deepestList = 4;

void unwrap(const QJsonObject &json, const ObjectPiece &piece, QList<QJsonObject> &objects, int depth = 0)
{
    const QString kind = json.value("kind"_L1).toString();
    const QJsonValue items = json.value("items"_L1);
    if (items.isArray() && (kind.endsWith("List"_L1) || kind.isEmpty()) && depth < deepestList) {
        ObjectPiece inner;
        inner.listKind = kind.chopped(std::min<qsizetype>(4, kind.size()));
        inner.listApiVersion = json.value("apiVersion"_L1).toString();
        for (const QJsonValue &item : items.toArray())
            unwrap(item.toObject(), inner, objects, depth + 1);
        return;
    }
    // A line of a watch.
    if (kind.isEmpty() && json.value("object"_L1).isObject() && json.value("type"_L1).isString()
        && depth < deepestList) {
        unwrap(json.value("object"_L1).toObject(), {}, objects, depth + 1);
        return;
    }
    QJsonObject object = json;
    if (kind.isEmpty() && !piece.listKind.isEmpty()) {
        object.insert(u"kind"_s, piece.listKind);
        object.insert(u"apiVersion"_s, piece.listApiVersion);
    }
    objects.append(object);
}

QJsonValue withoutNullTexts(const QJsonValue &value)
{
    if (value.isObject())
        return evidence::withoutNullTexts(value.toObject());
    if (!value.isArray())
        return value;
    QJsonArray out;
    for (const QJsonValue &element : value.toArray())
        out.append(element.toString() == "null"_L1 ? QJsonValue(QString()) : withoutNullTexts(element));
    return out;
}

QJsonObject only(const QJsonObject &from, std::initializer_list<QLatin1StringView> keys)
{
    QJsonObject out;
    for (const QLatin1StringView key : keys) {
        if (from.contains(key))
            out.insert(key, from.value(key));
    }
    return out;
}

/// Large, and nothing a person or a rule asks for.
QJsonObject withoutBulk(QJsonObject json, const QString &kind)
{
    if (kind == "CustomResourceDefinition"_L1) {
        QJsonObject spec = only(json.value("spec"_L1).toObject(), {"group"_L1, "names"_L1, "scope"_L1});
        QJsonArray versions;
        for (const QJsonValue &version : json.value("spec"_L1).toObject().value("versions"_L1).toArray())
            versions.append(only(version.toObject(), {"name"_L1, "served"_L1, "storage"_L1}));
        spec.insert(u"versions"_s, versions);
        json.insert(u"spec"_s, spec);
    } else if (kind == "ReplicaSet"_L1 || kind == "DaemonSet"_L1 || kind == "StatefulSet"_L1 || kind == "CronJob"_L1) {
        QJsonObject spec = json.value("spec"_L1).toObject();
        QJsonArray images;
        const QJsonObject pod = spec.value("template"_L1).toObject().value("spec"_L1).toObject();
        for (const QJsonValue &container : pod.value("containers"_L1).toArray())
            images.append(only(container.toObject(), {"name"_L1, "image"_L1}));
        spec.remove("template"_L1);
        spec.remove("jobTemplate"_L1);
        if (!images.isEmpty())
            spec.insert(u"template"_s, QJsonObject{{u"spec"_s, QJsonObject{{u"containers"_s, images}}}});
        json.insert(u"spec"_s, spec);
    } else if (kind == "ControllerRevision"_L1) {
        json.remove("data"_L1);
    } else if (kind == "VirtualMachine"_L1) {
        // Cloud-init has passwords and keys.
        QJsonObject spec = json.value("spec"_L1).toObject();
        spec.remove("template"_L1);
        json.insert(u"spec"_s, spec);
    }
    return json;
}

void newest(const QJsonValue &value, QDateTime &time, int depth)
{
    if (depth > 12)
        return;
    if (value.isArray()) {
        for (const QJsonValue &element : value.toArray())
            newest(element, time, depth + 1);
        return;
    }
    const QJsonObject object = value.toObject();
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (it->isObject() || it->isArray()) {
            newest(*it, time, depth + 1);
            continue;
        }
        static const QStringList telling{u"lastTransitionTime"_s, u"lastUpdateTime"_s, u"lastHeartbeatTime"_s,
            u"lastProbeTime"_s, u"lastTimestamp"_s, u"firstTimestamp"_s, u"eventTime"_s, u"renewTime"_s, u"startTime"_s,
            u"completionTime"_s, u"startedAt"_s, u"finishedAt"_s, u"creationTimestamp"_s, u"lastScheduleTime"_s};
        if (!it->isString() || !telling.contains(it.key()))
            continue;
        const QDateTime at = QDateTime::fromString(it->toString(), Qt::ISODateWithMs).toUTC();
        if (at.isValid() && (!time.isValid() || at > time))
            time = at;
    }
}

} // namespace

QList<QJsonObject> readPiece(const ObjectPiece &piece, const QString &part, const BundleLimits &limits,
    BundleProblems &problems, int linesBefore)
{
    QByteArray text = piece.text;
    bool clean = text.isValidUtf8();
    if (!clean) {
        problems.add(Code::NotUtf8, part, {}, piece.line + linesBefore);
        text = QString::fromUtf8(text).toUtf8();
    }
    QList<QJsonObject> objects;
    if (piece.json) {
        QJsonParseError error;
        const QJsonDocument document = QJsonDocument::fromJson(text, &error);
        if (error.error == QJsonParseError::NoError) {
            if (document.isObject())
                unwrap(document.object(), piece, objects);
            return objects;
        }
        // YAML may begin with a brace too.
        if (!text.startsWith('{') || error.error == QJsonParseError::DeepNesting || text.contains("\":")) {
            const int line = piece.line + int(text.first(std::min<qsizetype>(text.size(), error.offset)).count('\n'));
            problems.add(Code::NotJson, part, error.errorString(), line + linesBefore);
            return {};
        }
    }
    for (char &c : text) {
        // Never in a serialised object; a parser would take some of them for the end of the text.
        if ((uchar(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7f)
            c = '?';
    }
    kube::YamlLimits yaml;
    yaml.bytes = limits.object + 1;
    yaml.depth = limits.objectDepth;
    yaml.nodes = limits.objectValues;
    const kube::YamlText read = kube::parseYaml(text, yaml);
    if (read.failure) {
        problems.add(
            Code::NotYaml, part, read.failure->message, piece.line + linesBefore + std::max(0, read.failure->line - 1));
        return {};
    }
    for (const kube::YamlPtr &document : read.documents) {
        const QJsonValue value = document->toJson();
        if (value.isArray()) {
            for (const QJsonValue &element : value.toArray()) {
                if (element.isObject())
                    unwrap(element.toObject(), piece, objects);
            }
        } else if (value.isObject()) {
            unwrap(value.toObject(), piece, objects);
        }
    }
    return objects;
}

QJsonObject withoutNullTexts(const QJsonObject &json)
{
    QJsonObject out;
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (it->toString() != "null"_L1 && !it->isNull())
            out.insert(it.key(), withoutNullTexts(*it));
    }
    return out;
}

KindKey kindKeyOf(const QJsonObject &json)
{
    const QString version = json.value("apiVersion"_L1).toString();
    const qsizetype slash = version.indexOf(u'/');
    return {slash < 0 ? QString() : version.left(slash), json.value("kind"_L1).toString()};
}

std::optional<Kind> kindOf(const KindKey &key)
{
    static const QHash<QString, Kind> known = [] {
        QHash<QString, Kind> made;
        for (const upgrade::WatchTarget &target : upgrade::watchTargets())
            made.insert(KindKey{target.resource.group, target.resource.kind}.text(), target.kind);
        made.insert(KindKey{u"events.k8s.io"_s, u"Event"_s}.text(), Kind::Event);
        return made;
    }();
    const auto found = known.constFind(key.text());
    return found == known.cend() ? std::nullopt : std::optional(*found);
}

const upgrade::WatchTarget *targetOf(Kind kind, const kube::Object &object)
{
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        if (target.kind != kind || (!target.ns.isEmpty() && target.ns != object.key.ns))
            continue;
        if (!target.labelSelector.isEmpty()
            && !object.json.value("metadata"_L1)
                .toObject()
                .value("labels"_L1)
                .toObject()
                .contains(target.labelSelector))
            continue;
        return &target;
    }
    return nullptr;
}

kube::ObjectPtr keptObject(QJsonObject json)
{
    const KindKey key = kindKeyOf(json);
    const std::optional<Kind> kind = kindOf(key);
    kube::Slimmer slim;
    if (key.kind == "Secret"_L1)
        slim = [](const QJsonObject &secret) {
            return only(secret, {"apiVersion"_L1, "kind"_L1, "metadata"_L1, "type"_L1});
        };
    else if (kind)
        slim = upgrade::slimmerFor(*kind);
    else
        json = withoutBulk(std::move(json), key.kind);
    auto object = kube::decodeObject(std::move(json), slim, kube::VersionRule::Optional);
    return object ? *object : nullptr;
}

QDateTime newestTime(const QJsonObject &json)
{
    QDateTime time;
    newest(json, time, 0);
    return time;
}

} // namespace evidence
