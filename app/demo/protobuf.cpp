// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/protobuf.h"

#include <QMap>
#include <QStringList>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

/// The length-delimited fields of one message by number (the last one wins); other wire types are skipped.
std::optional<QMap<int, QByteArray>> fields(const QByteArray &message)
{
    QMap<int, QByteArray> found;
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
        const int number = static_cast<int>(*key >> 3), wire = static_cast<int>(*key & 7);
        if (wire == 0) {
            if (!varint())
                return std::nullopt;
            continue;
        }
        const auto length = wire == 2 ? varint()
            : wire == 1               ? std::optional<quint64>(8)
            : wire == 5               ? std::optional<quint64>(4)
                                      : std::nullopt;
        if (!length || *length > static_cast<quint64>(message.size() - at))
            return std::nullopt;
        if (wire == 2)
            found.insert(number, message.mid(at, static_cast<qsizetype>(*length)));
        at += static_cast<qsizetype>(*length);
    }
    return found;
}

QJsonObject named(const QByteArray &message, const QStringList &names)
{
    QJsonObject object;
    const auto parts = fields(message);
    for (int i = 0; parts && i < names.size(); ++i) {
        const QByteArray value = parts->value(i + 1);
        if (!value.isEmpty())
            object.insert(names[i], QString::fromUtf8(value));
    }
    return object;
}

} // namespace

std::optional<QJsonObject> reviewFromProtobuf(const QByteArray &body)
{
    if (!body.startsWith(QByteArrayView("k8s\0", 4)))
        return std::nullopt;
    const auto envelope = fields(body.mid(4));
    if (!envelope)
        return std::nullopt;
    const QJsonObject type = named(envelope->value(1), {u"apiVersion"_s, u"kind"_s});
    const QString kind = type.value("kind"_L1).toString();
    const auto message = fields(envelope->value(2));
    if (!message || !kind.startsWith("SelfSubject"_L1))
        return std::nullopt;
    QJsonObject object = type, spec;
    const auto inner = fields(message->value(2));
    if (kind == "SelfSubjectAccessReview"_L1 && inner) {
        if (inner->contains(1)) {
            spec.insert("resourceAttributes"_L1,
                named(inner->value(1),
                    {u"namespace"_s, u"verb"_s, u"group"_s, u"version"_s, u"resource"_s, u"subresource"_s, u"name"_s}));
        }
        if (inner->contains(2))
            spec.insert("nonResourceAttributes"_L1, named(inner->value(2), {u"path"_s, u"verb"_s}));
    } else if (kind == "SelfSubjectRulesReview"_L1) {
        spec = named(message->value(2), {u"namespace"_s});
    }
    if (!spec.isEmpty())
        object.insert("spec"_L1, spec);
    return object;
}

} // namespace demo
