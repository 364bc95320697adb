// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/protobuf.h"

#include <QJsonArray>

#include <algorithm>
#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

enum class Form {
    Text,     ///< absent when empty
    Texts,    ///< repeated
    Number,   ///< of a pointer: also 0 is said
    Flag,     ///< absent when false
    TextMap,  ///< map<string, string>
    BytesMap, ///< map<string, bytes>: base64 in JSON
    Message,  ///< absent when empty
    Messages, ///< repeated
    LeftOut,  ///< the server's to say
};

struct Field {
    int number;
    const char *name;
    Form form = Form::Text;
    std::span<const Field> inner = {};
};

constexpr std::array metadata = std::to_array<Field>({{1, "name"}, {2, "generateName"}, {3, "namespace"},
    {4, "selfLink", Form::LeftOut}, {5, "uid", Form::LeftOut}, {6, "resourceVersion"}, {7, "generation", Form::LeftOut},
    {8, "creationTimestamp", Form::LeftOut}, {11, "labels", Form::TextMap}, {12, "annotations", Form::TextMap},
    {14, "finalizers", Form::Texts}, {17, "managedFields", Form::LeftOut}});

constexpr std::array reference = std::to_array<Field>({{1, "kind"}, {2, "namespace"}, {3, "name"}, {4, "uid"},
    {5, "apiVersion"}, {6, "resourceVersion"}, {7, "fieldPath"}});
constexpr std::array localReference = std::to_array<Field>({{1, "name"}});

constexpr std::array namespaceSpec = std::to_array<Field>({{1, "finalizers", Form::Texts}});
constexpr std::array namespaceFields = std::to_array<Field>({{1, "metadata", Form::Message, metadata},
    {2, "spec", Form::Message, namespaceSpec}, {3, "status", Form::LeftOut}});

constexpr std::array configMap = std::to_array<Field>({{1, "metadata", Form::Message, metadata},
    {2, "data", Form::TextMap}, {3, "binaryData", Form::BytesMap}, {4, "immutable", Form::Flag}});

constexpr std::array secret = std::to_array<Field>({{1, "metadata", Form::Message, metadata},
    {2, "data", Form::BytesMap}, {3, "type"}, {4, "stringData", Form::TextMap}, {5, "immutable", Form::Flag}});

constexpr std::array serviceAccount
    = std::to_array<Field>({{1, "metadata", Form::Message, metadata}, {2, "secrets", Form::Messages, reference},
        {3, "imagePullSecrets", Form::Messages, localReference}, {4, "automountServiceAccountToken", Form::Flag}});

constexpr std::array port
    = std::to_array<Field>({{1, "name"}, {3, "containerPort", Form::Number}, {4, "protocol"}, {5, "hostIP"}});
constexpr std::array variable = std::to_array<Field>({{1, "name"}, {2, "value"}});
constexpr std::array container
    = std::to_array<Field>({{1, "name"}, {2, "image"}, {3, "command", Form::Texts}, {4, "args", Form::Texts},
        {5, "workingDir"}, {6, "ports", Form::Messages, port}, {7, "env", Form::Messages, variable},
        {13, "terminationMessagePath"}, {14, "imagePullPolicy"}, {16, "stdin", Form::Flag},
        {17, "stdinOnce", Form::Flag}, {18, "tty", Form::Flag}, {20, "terminationMessagePolicy"}});
constexpr std::array podSpec = std::to_array<Field>({{2, "containers", Form::Messages, container}, {3, "restartPolicy"},
    {4, "terminationGracePeriodSeconds", Form::Number}, {5, "activeDeadlineSeconds", Form::Number}, {6, "dnsPolicy"},
    {7, "nodeSelector", Form::TextMap}, {8, "serviceAccountName"}, {9, "serviceAccount"}, {10, "nodeName"},
    {11, "hostNetwork", Form::Flag}, {12, "hostPID", Form::Flag}, {13, "hostIPC", Form::Flag}, {16, "hostname"},
    {17, "subdomain"}, {19, "schedulerName"}, {20, "initContainers", Form::Messages, container},
    {24, "priorityClassName"}});
constexpr std::array podTemplate
    = std::to_array<Field>({{1, "metadata", Form::Message, metadata}, {2, "spec", Form::Message, podSpec}});
constexpr std::array selector = std::to_array<Field>({{1, "matchLabels", Form::TextMap}});

constexpr std::array jobSpec = std::to_array<Field>({{1, "parallelism", Form::Number}, {2, "completions", Form::Number},
    {3, "activeDeadlineSeconds", Form::Number}, {4, "selector", Form::Message, selector},
    {5, "manualSelector", Form::Flag}, {6, "template", Form::Message, podTemplate}, {7, "backoffLimit", Form::Number},
    {8, "ttlSecondsAfterFinished", Form::Number}, {9, "completionMode"}, {10, "suspend", Form::Flag}});
constexpr std::array job = std::to_array<Field>(
    {{1, "metadata", Form::Message, metadata}, {2, "spec", Form::Message, jobSpec}, {3, "status", Form::LeftOut}});

constexpr std::array strategy = std::to_array<Field>({{1, "type"}});
constexpr std::array deploymentSpec = std::to_array<Field>({{1, "replicas", Form::Number},
    {2, "selector", Form::Message, selector}, {3, "template", Form::Message, podTemplate},
    {4, "strategy", Form::Message, strategy}, {6, "revisionHistoryLimit", Form::Number}, {7, "paused", Form::Flag},
    {9, "progressDeadlineSeconds", Form::Number}});
constexpr std::array deployment = std::to_array<Field>({{1, "metadata", Form::Message, metadata},
    {2, "spec", Form::Message, deploymentSpec}, {3, "status", Form::LeftOut}});

constexpr std::array resourceAttributes = std::to_array<Field>(
    {{1, "namespace"}, {2, "verb"}, {3, "group"}, {4, "version"}, {5, "resource"}, {6, "subresource"}, {7, "name"}});
constexpr std::array pathAttributes = std::to_array<Field>({{1, "path"}, {2, "verb"}});
constexpr std::array accessSpec = std::to_array<Field>({{1, "resourceAttributes", Form::Message, resourceAttributes},
    {2, "nonResourceAttributes", Form::Message, pathAttributes}});
constexpr std::array accessReview = std::to_array<Field>(
    {{1, "metadata", Form::LeftOut}, {2, "spec", Form::Message, accessSpec}, {3, "status", Form::LeftOut}});
constexpr std::array rulesSpec = std::to_array<Field>({{1, "namespace"}});
constexpr std::array rulesReview = std::to_array<Field>(
    {{1, "metadata", Form::LeftOut}, {2, "spec", Form::Message, rulesSpec}, {3, "status", Form::LeftOut}});
constexpr std::array selfReview = std::to_array<Field>({{1, "metadata", Form::LeftOut}, {2, "status", Form::LeftOut}});

std::span<const Field> fieldsOf(const QString &apiVersion, const QString &kind)
{
    struct Known {
        const char *apiVersion, *kind;
        std::span<const Field> fields;
    };
    static constexpr Known known[] = {
        {"v1", "Namespace", namespaceFields},
        {"v1", "ConfigMap", configMap},
        {"v1", "Secret", secret},
        {"v1", "ServiceAccount", serviceAccount},
        {"batch/v1", "Job", job},
        {"apps/v1", "Deployment", deployment},
        {"authorization.k8s.io/v1", "SelfSubjectAccessReview", accessReview},
        {"authorization.k8s.io/v1", "SelfSubjectRulesReview", rulesReview},
        {"authentication.k8s.io/v1", "SelfSubjectReview", selfReview},
    };
    const auto *found = std::ranges::find_if(known, [&](const Known &one) {
        return apiVersion == QLatin1StringView(one.apiVersion) && kind == QLatin1StringView(one.kind);
    });
    return found == std::end(known) ? std::span<const Field>() : found->fields;
}

struct Part {
    int number = 0;
    bool isNumber = false;
    quint64 value = 0;
    QByteArray bytes;
    [[nodiscard]] bool isEmpty() const { return isNumber ? value == 0 : bytes.isEmpty(); }
};

std::optional<QList<Part>> split(const QByteArray &message)
{
    QList<Part> parts;
    qsizetype at = 0;
    const auto varint = [&]() -> std::optional<quint64> {
        quint64 value = 0;
        for (int shift = 0; shift < 64 && at < message.size(); shift += 7) {
            const auto byte = static_cast<quint8>(message[at++]);
            value |= static_cast<quint64>(byte & 0x7F) << shift;
            if (!(byte & 0x80))
                return value;
        }
        return std::nullopt;
    };
    while (at < message.size()) {
        const auto key = varint();
        if (!key)
            return std::nullopt;
        Part part;
        part.number = static_cast<int>(*key >> 3);
        const int wire = static_cast<int>(*key & 7);
        part.isNumber = wire == 0;
        const auto value = wire == 0 || wire == 2 ? varint() : std::nullopt; // no kind here has fixed-width fields
        if (!value)
            return std::nullopt;
        part.value = *value;
        if (wire == 2) {
            if (*value > static_cast<quint64>(message.size() - at))
                return std::nullopt;
            part.bytes = message.mid(at, static_cast<qsizetype>(*value));
            at += static_cast<qsizetype>(*value);
        }
        parts.append(part);
    }
    return parts;
}

std::optional<QJsonObject> read(const QByteArray &message, std::span<const Field> fields);

void append(QJsonObject &object, const QString &name, const QJsonValue &value)
{
    QJsonArray all = object.value(name).toArray();
    all.append(value);
    object.insert(name, all);
}

bool addEntry(QJsonObject &object, const QString &name, const QByteArray &entry, bool base64)
{
    const auto parts = split(entry);
    if (!parts)
        return false;
    QByteArray key, value;
    for (const Part &part : *parts)
        (part.number == 1 ? key : value) = part.bytes;
    QJsonObject map = object.value(name).toObject();
    map.insert(QString::fromUtf8(key), base64 ? QString::fromLatin1(value.toBase64()) : QString::fromUtf8(value));
    object.insert(name, map);
    return true;
}

/// False: not what the field has to be.
bool add(QJsonObject &object, const Field &field, const Part &part)
{
    const QString name = QString::fromLatin1(field.name);
    const bool number = field.form == Form::Number || field.form == Form::Flag;
    if (field.form != Form::LeftOut && number != part.isNumber)
        return false;
    switch (field.form) {
    case Form::LeftOut:
        break;
    case Form::Text:
        if (!part.bytes.isEmpty())
            object.insert(name, QString::fromUtf8(part.bytes));
        break;
    case Form::Texts:
        append(object, name, QString::fromUtf8(part.bytes));
        break;
    case Form::Number:
        object.insert(name, static_cast<qint64>(part.value));
        break;
    case Form::Flag:
        if (part.value)
            object.insert(name, true);
        break;
    case Form::TextMap:
    case Form::BytesMap:
        return addEntry(object, name, part.bytes, field.form == Form::BytesMap);
    case Form::Message:
    case Form::Messages: {
        const auto inner = read(part.bytes, field.inner);
        if (!inner)
            return false;
        if (field.form == Form::Messages)
            append(object, name, *inner);
        else if (!inner->isEmpty())
            object.insert(name, *inner);
        break;
    }
    }
    return true;
}

std::optional<QJsonObject> read(const QByteArray &message, std::span<const Field> fields)
{
    const auto parts = split(message);
    if (!parts)
        return std::nullopt;
    QJsonObject object;
    for (const Part &part : *parts) {
        const auto field = std::ranges::find(fields, part.number, &Field::number);
        // The generated code writes out what is empty, too.
        if (field == fields.end() ? !part.isEmpty() : !add(object, *field, part))
            return std::nullopt;
    }
    return object;
}

} // namespace

std::optional<QJsonObject> objectFromProtobuf(const QByteArray &body)
{
    static constexpr std::array typeMeta = std::to_array<Field>({{1, "apiVersion"}, {2, "kind"}});
    if (!body.startsWith(QByteArrayView("k8s\0", 4)))
        return std::nullopt;
    const auto envelope = split(body.mid(4));
    if (!envelope)
        return std::nullopt;
    std::optional<QJsonObject> type;
    QByteArray raw;
    for (const Part &part : *envelope) {
        if (part.number == 1)
            type = read(part.bytes, typeMeta);
        else if (part.number == 2)
            raw = part.bytes;
    }
    if (!type)
        return std::nullopt;
    const auto fields = fieldsOf(type->value("apiVersion"_L1).toString(), type->value("kind"_L1).toString());
    if (fields.empty())
        return std::nullopt;
    auto object = read(raw, fields);
    if (object) {
        for (auto it = type->constBegin(); it != type->constEnd(); ++it)
            object->insert(it.key(), it.value());
    }
    return object;
}

} // namespace demo
