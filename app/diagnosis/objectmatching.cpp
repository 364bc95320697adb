// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/matching.h"
#include "diagnosis/yamltext.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

/// What a path leads to: the value, and the member the last `*` stood at.
struct Place {
    QJsonValue value;
    QString key;
    QString path;
};

void follow(const Path &path, qsizetype step, const Place &from, QList<Place> &out)
{
    if (step == path.size()) {
        out.append(from);
        return;
    }
    const PathStep &next = path.at(step);
    if (next.any) {
        if (from.value.isArray()) {
            const QJsonArray list = from.value.toArray();
            for (qsizetype i = 0; i < list.size(); ++i)
                follow(path, step + 1, {list.at(i), QString::number(i), u"%1[%2]"_s.arg(from.path).arg(i)}, out);
        } else {
            const QJsonObject map = from.value.toObject();
            for (auto it = map.begin(); it != map.end(); ++it)
                follow(path, step + 1, {it.value(), it.key(), from.path + u'.' + it.key()}, out);
        }
        return;
    }
    const QJsonObject map = from.value.toObject();
    const auto member = map.constFind(next.key);
    if (member != map.constEnd())
        follow(path, step + 1, {member.value(), from.key, from.path + u'.' + next.key}, out);
}

QList<Place> placesOf(const Path &path, const QJsonValue &in)
{
    QList<Place> out;
    follow(path, 0, {in, {}, {}}, out);
    return out;
}

QString textOf(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::String: {
        const QString text = value.toString();
        return text == "null"_L1 ? QString() : text; // as a support bundle writes an empty one
    }
    case QJsonValue::Bool:
        return value.toBool() ? u"true"_s : u"false"_s;
    case QJsonValue::Double:
        return QString::number(value.toDouble(), 'g', 15);
    default:
        return {};
    }
}

QString shown(const QJsonValue &value)
{
    if (value.isObject() && value.toObject().contains("type"_L1)) {
        const QJsonObject condition = value.toObject();
        QString out = condition.value("type"_L1).toString() + u'=' + condition.value("status"_L1).toString();
        for (const QLatin1StringView part : {"reason"_L1, "message"_L1}) {
            if (const QString text = textOf(condition.value(part)); !text.isEmpty())
                out += u' ' + text;
        }
        return out;
    }
    return textOf(value);
}

bool meetsAll(const QList<Demand> &demands, const QJsonValue &in, const Context &context, Captures &captures,
    double &sureness, Place *last);

bool meets(const Demand &demand, const Place &place, const QJsonValue &root, const Context &context, Captures &captures,
    double &sureness)
{
    using Op = Demand::Op;
    const QString text = textOf(place.value);
    const auto listed = [&] {
        return std::ranges::any_of(
            demand.values, [&](const QString &value) { return filled(value, captures) == text; });
    };
    switch (demand.op) {
    case Op::Is:
        return listed();
    case Op::Not:
        return !listed();
    case Op::Matches: {
        const auto found
            = demand.pattern < 0 ? std::nullopt : context.rules.patterns[size_t(demand.pattern)].match(text.toUtf8());
        const auto all = found ? merged(captures, *found) : std::nullopt;
        if (all)
            captures = *all;
        return all.has_value();
    }
    case Op::Exists:
        return !place.value.isNull() && !(place.value.isString() && text.isEmpty());
    case Op::Absent:
        return place.value.isNull() || (place.value.isString() && text.isEmpty());
    case Op::Over:
        return text.toDouble() > demand.number;
    case Op::Under:
        return text.toDouble() < demand.number;
    case Op::OlderThan: {
        const QDateTime since = QDateTime::fromString(text, Qt::ISODateWithMs);
        if (!since.isValid() || !context.facts.now.isValid()) {
            sureness *= 0.9;
            return true;
        }
        return since.secsTo(context.facts.now) >= qint64(demand.number);
    }
    case Op::SameAs:
    case Op::DiffersFrom: {
        const QList<Place> others = placesOf(demand.other, root);
        if (others.isEmpty() || text.isEmpty())
            return false;
        return (textOf(others.first().value) == text) == (demand.op == Op::SameAs);
    }
    case Op::Any: {
        Captures tried = captures;
        if (!meetsAll(demand.nested, place.value, context, tried, sureness, nullptr))
            return false;
        captures = tried;
        return true;
    }
    case Op::None: {
        Captures tried = captures;
        double ignored = 1;
        return !meetsAll(demand.nested, place.value, context, tried, ignored, nullptr);
    }
    }
    return false;
}

bool meetsAll(const QList<Demand> &demands, const QJsonValue &in, const Context &context, Captures &captures,
    double &sureness, Place *last)
{
    using Op = Demand::Op;
    for (const Demand &demand : demands) {
        const QList<Place> places = placesOf(demand.path, in);
        if (places.isEmpty()) {
            if (demand.op == Op::Absent || demand.op == Op::Not || demand.op == Op::None)
                continue;
            // An age nobody wrote down is not known; anything else is not so.
            if (demand.op != Op::OlderThan)
                return false;
            sureness *= 0.9;
            continue;
        }
        bool met = false;
        for (const Place &place : places) {
            Captures tried = captures;
            const bool meetsIt = meets(demand, place, in, context, tried, sureness);
            if (demand.op == Op::None || demand.op == Op::Not) {
                met = meetsIt;
                if (!met)
                    break;
                continue;
            }
            if (!meetsIt)
                continue;
            Captures named;
            if (!demand.key.isEmpty())
                named.insert(demand.key, place.key);
            if (!demand.capture.isEmpty() && !textOf(place.value).isEmpty())
                named.insert(demand.capture, textOf(place.value));
            const auto all = merged(tried, named);
            if (!all)
                continue;
            captures = *all;
            if (last && demand.op != Op::OlderThan)
                *last = place;
            met = true;
            break;
        }
        if (!met)
            return false;
    }
    return true;
}

/// Meets the demands in as many ways as there are members for the demand that captures a key: each node of a map of
/// nodes is a match of its own.
QList<Match> matchOne(const Matcher &matcher, const Object &object, const Match &before, const Context &context)
{
    const auto spread = std::ranges::find_if(
        matcher.where, [](const Demand &demand) { return !demand.key.isEmpty() && demand.op != Demand::Op::None; });
    QList<Captures> starts{before.captures};
    if (spread != matcher.where.end()) {
        starts.clear();
        for (const Place &place : placesOf(spread->path, object.json)) {
            if (const auto start = merged(before.captures, {{spread->key, place.key}}))
                starts.append(*start);
        }
    }
    QList<Match> out;
    for (const Captures &start : std::as_const(starts)) {
        Captures captures = start;
        double sureness = before.sureness;
        Place last;
        if (!meetsAll(matcher.where, object.json, context, captures, sureness, &last))
            continue;
        Captures named;
        for (auto it = matcher.capture.begin(); it != matcher.capture.end(); ++it) {
            const QList<Place> places = placesOf(it.value(), object.json);
            if (!places.isEmpty() && !textOf(places.first().value).isEmpty())
                named.insert(it.key(), textOf(places.first().value));
        }
        const auto all = merged(captures, named);
        if (!all)
            continue;
        Evidence evidence;
        evidence.object = object.id;
        if (!matcher.show.isEmpty()) {
            const QList<Place> places = placesOf(matcher.show, object.json);
            if (!places.isEmpty())
                last = places.first();
        }
        evidence.field = last.path.startsWith(u'.') ? last.path.sliced(1) : last.path;
        evidence.text = shown(last.value);
        if (last.value.isObject())
            evidence.time = QDateTime::fromString(
                textOf(last.value.toObject().value("lastTransitionTime"_L1)), Qt::ISODateWithMs);
        out.append({*all, before.evidence + QList{evidence}, sureness});
    }
    return out;
}

} // namespace

QList<Match> matchObjects(const Matcher &matcher, const Match &before, const Context &context)
{
    QList<Match> found;
    for (const Object &object : context.facts.objects.of(matcher.group, matcher.objectKind))
        found += matchOne(matcher, object, before, context);
    switch (matcher.kind) {
    case Matcher::Kind::Missing:
        if (!context.facts.objects.knows(matcher.group, matcher.objectKind) || !found.isEmpty())
            return {};
        return {before};
    case Matcher::Kind::Unseen:
        if (!found.isEmpty())
            return {};
        return {before};
    case Matcher::Kind::Count:
        if (double(found.size()) <= matcher.over)
            return {};
        return found;
    default:
        return found;
    }
}

} // namespace diagnosis
