// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/objecttexts.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

using Found = std::function<void(const ObjectText &)>;
/// Shorter ones are words of a vocabulary, which rules read by their field.
constexpr qsizetype shortest = 12;

QString word(const QJsonObject &from, QLatin1StringView key)
{
    const QString text = from.value(key).toString();
    return text == "null"_L1 ? QString() : text; // as a support bundle writes an empty one
}

QDateTime timeOf(const QJsonObject &from, QLatin1StringView key)
{
    return QDateTime::fromString(word(from, key), Qt::ISODateWithMs).toUTC();
}

QString joined(const QStringList &parts)
{
    QStringList said;
    for (const QString &part : parts) {
        if (!part.isEmpty())
            said.append(part);
    }
    return said.join(u' ');
}

void conditions(const Object &object, const QJsonArray &list, const Found &found)
{
    for (const QJsonValue &value : list) {
        const QJsonObject condition = value.toObject();
        const QString type = word(condition, "type"_L1);
        // The message may change while the status stays; where both times are kept, the later one is the message's.
        const QDateTime since
            = std::max(timeOf(condition, "lastTransitionTime"_L1), timeOf(condition, "lastUpdateTime"_L1));
        found({object.id, u"status.conditions[%1]"_s.arg(type),
            joined({type, word(condition, "status"_L1), word(condition, "reason"_L1), word(condition, "message"_L1)}),
            since});
    }
}

void event(const Object &object, const Found &found)
{
    QDateTime last = timeOf(object.json, "lastTimestamp"_L1);
    QDateTime first = timeOf(object.json, "firstTimestamp"_L1);
    if (!last.isValid())
        last = timeOf(object.json, "eventTime"_L1);
    if (!first.isValid())
        first = last;
    const QString about = object.json.value("involvedObject"_L1).toObject().value("name"_L1).toString();
    found({object.id, u"message"_s,
        word(object.json, "reason"_L1) + u' ' + about + u": "_s + word(object.json, "message"_L1), first, last,
        std::max<qint64>(1, object.json.value("count"_L1).toInteger(1))});
}

void pod(const Object &object, const Found &found)
{
    const QJsonObject metadata = object.json.value("metadata"_L1).toObject();
    const QJsonObject status = object.json.value("status"_L1).toObject();
    const QString name = object.id.name;
    const auto line = [&](const QString &field, const QString &state, int restarts, const QDateTime &since) {
        found({object.id, field, u"%1 0/1 %2 %3"_s.arg(name, state).arg(restarts), since});
    };
    if (metadata.contains("deletionTimestamp"_L1))
        line(u"metadata.deletionTimestamp"_s, u"Terminating"_s, 0, timeOf(metadata, "deletionTimestamp"_L1));
    const QString phase = word(status, "phase"_L1);
    if (!phase.isEmpty() && phase != "Running"_L1 && phase != "Succeeded"_L1)
        line(u"status.phase"_s, joined({phase, word(status, "reason"_L1), word(status, "message"_L1)}), 0,
            timeOf(metadata, "creationTimestamp"_L1));
    for (const QLatin1StringView list : {"initContainerStatuses"_L1, "containerStatuses"_L1}) {
        for (const QJsonValue &value : status.value(list).toArray()) {
            const QJsonObject container = value.toObject();
            const QString at = u"status.%1[%2]"_s.arg(list, word(container, "name"_L1));
            const int restarts = container.value("restartCount"_L1).toInt();
            const QJsonObject waiting = container.value("state"_L1).toObject().value("waiting"_L1).toObject();
            if (!waiting.isEmpty())
                line(at + u".state.waiting"_s, joined({word(waiting, "reason"_L1), word(waiting, "message"_L1)}),
                    restarts, timeOf(metadata, "creationTimestamp"_L1));
            for (const QLatin1StringView state : {"state"_L1, "lastState"_L1}) {
                const QJsonObject ended = container.value(state).toObject().value("terminated"_L1).toObject();
                const QString reason = word(ended, "reason"_L1);
                if (!reason.isEmpty() && reason != "Completed"_L1)
                    line(at + u'.' + state + u".terminated"_s, joined({reason, word(ended, "message"_L1)}), restarts,
                        timeOf(ended, "finishedAt"_L1));
            }
        }
    }
}

void texts(const Object &object, const QString &path, const QJsonValue &value, const Found &found)
{
    if (value.isString()) {
        const QString text = value.toString();
        if (text.size() >= shortest)
            found({object.id, path, text, {}});
    } else if (value.isArray()) {
        const QJsonArray list = value.toArray();
        for (qsizetype i = 0; i < list.size(); ++i)
            texts(object, u"%1[%2]"_s.arg(path).arg(i), list.at(i), found);
    } else if (value.isObject()) {
        const QJsonObject map = value.toObject();
        for (auto it = map.begin(); it != map.end(); ++it) {
            if (it.key() != "conditions"_L1)
                texts(object, path + u'.' + it.key(), it.value(), found);
        }
    }
}

} // namespace

void forEachText(const Object &object, const Found &found)
{
    const QString &kind = object.id.kind;
    if (kind == "Event"_L1)
        return event(object, found);
    const QJsonObject status = object.json.value("status"_L1).toObject();
    conditions(object, status.value("conditions"_L1).toArray(), found);
    if (kind == "Pod"_L1)
        return pod(object, found);
    const QString drain = object.json.value("metadata"_L1)
                              .toObject()
                              .value("annotations"_L1)
                              .toObject()
                              .value("rke.cattle.io/drain-error"_L1)
                              .toString();
    if (!drain.isEmpty())
        found({object.id, u"metadata.annotations[rke.cattle.io/drain-error]"_s, drain, {}});
    if (kind == "Node"_L1)
        return; // long lists of images
    texts(object, u"status"_s, status, found);
}

} // namespace diagnosis
