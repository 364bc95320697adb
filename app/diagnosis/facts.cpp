// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/facts.h"

#include <QJsonArray>
#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

QString kindKey(const QString &group, const QString &kind)
{
    return group + u'/' + kind;
}

QString field(const QJsonObject &json, QLatin1StringView name)
{
    return json.value("metadata"_L1).toObject().value(name).toString();
}

} // namespace

QString ObjectId::text() const
{
    QString out = group.isEmpty() ? kind : group + u'/' + kind;
    out += u' ';
    if (!ns.isEmpty())
        out += ns + u'/';
    return out + name;
}

void Objects::add(const QJsonObject &json)
{
    const QString kind = json.value("kind"_L1).toString();
    const QString apiVersion = json.value("apiVersion"_L1).toString();
    const QJsonValue items = json.value("items"_L1);
    if (items.isArray() && kind.endsWith("List"_L1)) {
        const QString itemKind = kind.chopped(4);
        for (const QJsonValue &item : items.toArray()) {
            QJsonObject one = item.toObject();
            if (!one.contains("kind"_L1) && !itemKind.isEmpty()) {
                one.insert("kind"_L1, itemKind);
                one.insert("apiVersion"_L1, apiVersion);
            }
            add(one);
        }
        return;
    }
    if (kind.isEmpty())
        return;
    const qsizetype slash = apiVersion.indexOf(u'/');
    add(slash < 0 ? QString() : apiVersion.left(slash), kind, json);
}

void Objects::add(const QString &group, const QString &kind, const QJsonObject &json)
{
    const QString key = kindKey(group, kind);
    m_known.insert(key);
    m_objects[key].append({{group, kind, field(json, "namespace"_L1), field(json, "name"_L1)}, json});
}

void Objects::setKnown(const QString &group, const QString &kind)
{
    m_known.insert(kindKey(group, kind));
}

bool Objects::knows(const QString &group, const QString &kind) const
{
    return m_known.contains(kindKey(group, kind));
}

QList<Object> Objects::of(const QString &group, const QString &kind) const
{
    return m_objects.value(kindKey(group, kind));
}

const Object *Objects::find(const QString &group, const QString &kind, const QString &ns, const QString &name) const
{
    const auto found = m_objects.constFind(kindKey(group, kind));
    if (found == m_objects.constEnd())
        return nullptr;
    for (const Object &object : *found) {
        if (object.id.name == name && object.id.ns == ns)
            return &object;
    }
    return nullptr;
}

LogSource sourceFromText(const QString &name, const QString &writer, const QByteArray &text)
{
    LogSource source;
    source.name = name;
    source.writer = writer;
    source.read = [text](const std::function<bool(const LogLine &)> &line) {
        QByteArrayView rest(text);
        for (qint64 number = 1; !rest.isEmpty(); ++number) {
            const qsizetype end = rest.indexOf('\n');
            QByteArrayView one = end < 0 ? rest : rest.first(end);
            rest = end < 0 ? QByteArrayView() : rest.sliced(end + 1);
            if (one.endsWith('\r'))
                one.chop(1);
            LogLine next{number, {}, one};
            // "2026-05-26T08:25:43.373794969Z text"
            const qsizetype blank = one.first(std::min<qsizetype>(one.size(), 40)).indexOf(' ');
            if (blank >= 20 && one.at(4) == '-' && one.at(10) == 'T') {
                const QDateTime time = QDateTime::fromString(QString::fromLatin1(one.first(blank)), Qt::ISODateWithMs);
                if (time.isValid()) {
                    next.time = time.toUTC();
                    next.text = one.sliced(blank + 1);
                }
            }
            if (!line(next))
                return;
        }
    };
    return source;
}

Objects objectsOf(const upgrade::Snapshot &snapshot)
{
    Objects objects;
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        // Not read whole: what is missing may be there.
        if (!target.labelSelector.isEmpty() || !target.fieldSelector.isEmpty())
            continue;
        const QString key
            = target.ns.isEmpty() ? target.resource.qualified() : target.resource.qualified() + u'/' + target.ns;
        if (snapshot.sources.value(key).state == upgrade::SourceState::State::Live)
            objects.setKnown(target.resource.group, target.resource.kind);
    }
    for (auto it = snapshot.raw.begin(); it != snapshot.raw.end(); ++it) {
        for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
            if (target.kind != it.key())
                continue;
            for (const kube::ObjectPtr &object : it.value())
                objects.add(target.resource.group, target.resource.kind, object->json);
            break;
        }
    }
    return objects;
}

} // namespace diagnosis
