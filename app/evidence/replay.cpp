// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/replay.h"

#include "evidence/mergepatch.h"
#include "evidence/snapshotjson.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr QByteArrayView head = "{\"seen\":\"";
constexpr qsizetype timeSize = 24;

} // namespace

QByteArray recordLine(const QString &seen, QLatin1StringView type, const QJsonObject &more)
{
    QByteArray line = head.toByteArray() + seen.toLatin1() + "\",\"type\":\"" + type.data() + '"';
    const QByteArray rest = QJsonDocument(more).toJson(QJsonDocument::Compact);
    if (rest.size() > 2)
        line.append(',').append(QByteArrayView(rest).sliced(1));
    else
        line.append('}');
    return line.append('\n');
}

QByteArrayView seenOf(QByteArrayView line)
{
    if (!line.startsWith(head) || line.size() < head.size() + timeSize + 1 || line[head.size() + timeSize] != '"')
        return {};
    return line.sliced(head.size(), timeSize);
}

bool hasType(QByteArrayView line, QByteArrayView type)
{
    constexpr QByteArrayView key = "\",\"type\":\"";
    const qsizetype at = head.size() + timeSize;
    if (seenOf(line).isEmpty() || line.size() < at + key.size() + type.size() + 1)
        return false;
    const QByteArrayView rest = line.sliced(at);
    return rest.startsWith(key) && rest.sliced(key.size()).startsWith(type) && rest[key.size() + type.size()] == '"';
}

bool Replay::apply(QByteArrayView line)
{
    const QByteArrayView seen = seenOf(line);
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromRawData(line.data(), line.size()));
    if (seen.isEmpty() || !json.isObject() || !applyRecord(json.object())) {
        ++m_bad;
        return false;
    }
    m_seen = seen.toByteArray();
    return true;
}

bool Replay::applyRecord(const QJsonObject &record)
{
    const QString type = record.value("type"_L1).toString();
    m_full = type == "full"_L1;
    if (type == "state"_L1) {
        m_snapshot = {};
        m_whole = false;
    } else if (type == "begun"_L1) {
        m_whole = true;
    } else if (type == "added"_L1 || type == "modified"_L1 || type == "deleted"_L1) {
        return applyObject(record, type == "deleted"_L1);
    } else if (type == "source"_L1) {
        const QString key = record.value("source"_L1).toString();
        if (record.contains("state"_L1))
            m_snapshot.sources.insert(key, sourceOf(record.value("state"_L1).toObject()));
        else
            m_snapshot.sources.remove(key);
    } else if (type == "digest"_L1) {
        const QString job = record.value("job"_L1).toString();
        if (record.contains("patch"_L1)) {
            const QJsonObject before = toJson(m_snapshot.logs.value(job));
            m_snapshot.logs.insert(job, digestOf(patched(before, record.value("patch"_L1).toObject())));
        } else {
            m_snapshot.logs.remove(job);
        }
    } else if (type == "moment"_L1) {
        applyObservations(m_snapshot.seen, record.value("observed"_L1).toObject());
        m_snapshot.seen.last = timeOfText(record.value(record.contains("now"_L1) ? "now"_L1 : "seen"_L1).toString());
        m_snapshot.asOf = timeOfText(record.value("asOf"_L1).toString());
    }
    return true;
}

bool Replay::applyObject(const QJsonObject &record, bool deleted)
{
    const auto kind = kindOfWord(record.value("kind"_L1).toString());
    if (!kind)
        return false;
    const kube::ObjectKey key{record.value("namespace"_L1).toString(), record.value("name"_L1).toString()};
    if (deleted) {
        m_snapshot.remove(*kind, key);
        return true;
    }
    kube::ObjectPtr object;
    if (record.contains("patch"_L1)) {
        const kube::ObjectPtr before = m_snapshot.raw.value(*kind).value(key);
        if (!before || before->resourceVersion != record.value("base"_L1).toString())
            return false; // the version it builds on is one of the bad records
        object = objectOf(patched(before->json, record.value("patch"_L1).toObject()));
    } else {
        object = objectOf(record.value("object"_L1).toObject());
    }
    if (!object)
        return false;
    m_snapshot.apply(*kind, object);
    return true;
}

} // namespace evidence
