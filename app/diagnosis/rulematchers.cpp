// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The parts of RuleReader that read matchers and their demands.

#include "diagnosis/rulereader.h"
#include "diagnosis/yamltext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

const QStringList objectKeys{u"where"_s, u"capture"_s, u"show"_s};

} // namespace

Matcher RuleReader::readMatcher(const YAML::Node &node)
{
    Matcher matcher;
    if (!node.IsMap()) {
        fail(u"a matcher is no mapping"_s);
        return matcher;
    }
    if (node["text"]) {
        matcher.kind = Matcher::Kind::Text;
        checkKeys(node, {u"text"_s, u"in"_s, u"by"_s, u"times"_s, u"distinct"_s, u"lasting"_s, u"current"_s},
            "a text matcher");
        for (const QString &regex : yaml::list(node["text"]))
            matcher.patterns.append(addPattern(regex));
        const QString in = yaml::text(node["in"]);
        if (!in.isEmpty() && in != "logs"_L1 && in != "objects"_L1)
            fail(u"'in' is neither logs nor objects: '%1'"_s.arg(in));
        matcher.inLogs = in != "objects"_L1;
        matcher.inObjects = in != "logs"_L1;
        matcher.writers = yaml::list(node["by"]);
        if (node["times"])
            matcher.times = std::max(1, yaml::text(node["times"]).toInt());
        if (node["distinct"])
            matcher.distinct = std::max(1, yaml::text(node["distinct"]).toInt());
        if (node["lasting"])
            matcher.lasting = readDuration(yaml::text(node["lasting"]));
        matcher.current = yaml::flag(node["current"]) || matcher.lasting.count() > 0;
    } else if (node["object"] || node["missing"] || node["unseen"] || node["count"]) {
        readObjectMatcher(node, matcher);
    } else if (node["waiting"]) {
        matcher.kind = Matcher::Kind::Waiting;
        checkKeys(node, {u"waiting"_s, u"state"_s, u"stuck"_s}, "a waiting matcher");
        matcher.codes = yaml::list(node["waiting"]);
        matcher.states = yaml::list(node["state"]);
        matcher.stuck = yaml::flag(node["stuck"]);
        m_rule.captures += {u"node"_s, u"what"_s};
    } else if (node["phase"]) {
        matcher.kind = Matcher::Kind::Phase;
        checkKeys(node, {u"phase"_s, u"state"_s}, "a phase matcher");
        matcher.phases = yaml::list(node["phase"]);
        matcher.states = yaml::list(node["state"]);
    } else {
        fail(u"a matcher is none of text, object, missing, unseen, count, waiting, phase"_s);
    }
    return matcher;
}

void RuleReader::readObjectMatcher(const YAML::Node &node, Matcher &matcher)
{
    const char *word = node["object"] ? "object" : node["missing"] ? "missing" : node["unseen"] ? "unseen" : "count";
    matcher.kind = node["object"] ? Matcher::Kind::Object
        : node["missing"]         ? Matcher::Kind::Missing
        : node["unseen"]          ? Matcher::Kind::Unseen
                                  : Matcher::Kind::Count;
    checkKeys(node, objectKeys + QStringList{QString::fromLatin1(word), u"over"_s}, "an object matcher");
    const QString kind = yaml::text(node[word]);
    const qsizetype slash = kind.indexOf(u'/');
    matcher.group = slash < 0 ? QString() : kind.left(slash);
    matcher.objectKind = kind.sliced(slash + 1);
    if (matcher.objectKind.isEmpty())
        fail(u"%1 names no kind"_s.arg(QString::fromLatin1(word)));
    matcher.where = readDemands(node["where"]);
    matcher.over = node["over"] ? yaml::text(node["over"]).toDouble() : 0;
    if (node["show"]) {
        matcher.showText = yaml::text(node["show"]);
        matcher.show = readPath(matcher.showText);
    }
    for (const auto &entry : node["capture"]) {
        const QString name = yaml::text(entry.first);
        matcher.capture.insert(name, readPath(yaml::text(entry.second)));
        m_rule.captures.append(name);
    }
}

QList<Demand> RuleReader::readDemands(const YAML::Node &node)
{
    QList<Demand> out;
    for (const YAML::Node &one : node)
        out.append(one["condition"] ? readCondition(one) : readDemand(one));
    return out;
}

Demand RuleReader::readDemand(const YAML::Node &node)
{
    using Op = Demand::Op;
    checkKeys(node,
        {u"path"_s, u"is"_s, u"not"_s, u"matches"_s, u"exists"_s, u"over"_s, u"under"_s, u"olderThan"_s, u"sameAs"_s,
            u"differsFrom"_s, u"any"_s, u"none"_s, u"where"_s, u"key"_s, u"as"_s},
        "a demand");
    Demand demand;
    for (const char *word : {"path", "any", "none"}) {
        if (node[word])
            demand.pathText = yaml::text(node[word]);
    }
    demand.path = readPath(demand.pathText);
    demand.key = yaml::text(node["key"]);
    demand.capture = yaml::text(node["as"]);
    for (const QString &name : {demand.key, demand.capture}) {
        if (!name.isEmpty())
            m_rule.captures.append(name);
    }
    if (node["any"] || node["none"]) {
        demand.op = node["any"] ? Op::Any : Op::None;
        demand.path.append({{}, true});
        demand.nested = readDemands(node["where"]);
    } else if (node["is"] || node["not"]) {
        demand.op = node["is"] ? Op::Is : Op::Not;
        demand.values = yaml::list(node["is"] ? node["is"] : node["not"]);
        for (const QString &value : std::as_const(demand.values))
            checkPlaceholders(value, "a demand");
    } else if (node["matches"]) {
        demand.op = Op::Matches;
        demand.pattern = addPattern(yaml::text(node["matches"]));
    } else if (node["over"] || node["under"]) {
        demand.op = node["over"] ? Op::Over : Op::Under;
        demand.number = yaml::text(node["over"] ? node["over"] : node["under"]).toDouble();
    } else if (node["olderThan"]) {
        demand.op = Op::OlderThan;
        demand.number = double(readDuration(yaml::text(node["olderThan"])).count());
    } else if (node["sameAs"] || node["differsFrom"]) {
        demand.op = node["sameAs"] ? Op::SameAs : Op::DiffersFrom;
        demand.other = readPath(yaml::text(node["sameAs"] ? node["sameAs"] : node["differsFrom"]));
    } else if (node["exists"]) {
        demand.op = yaml::flag(node["exists"]) ? Op::Exists : Op::Absent;
    } else {
        fail(u"a demand on '%1' demands nothing"_s.arg(demand.pathText));
    }
    return demand;
}

/// {condition: Ready, status: "False", reason: X, message: regex, olderThan: 5m}: one element of status.conditions.
Demand RuleReader::readCondition(const YAML::Node &node)
{
    using Op = Demand::Op;
    checkKeys(node, {u"condition"_s, u"status"_s, u"reason"_s, u"message"_s, u"olderThan"_s}, "a condition");
    const auto member = [this](const QString &name) {
        Demand demand;
        demand.pathText = name;
        demand.path = readPath(name);
        return demand;
    };
    Demand any = member(u"status.conditions"_s);
    any.path.append({{}, true});
    any.op = Op::Any;
    for (const auto &[word, name] :
        {std::pair("condition", u"type"_s), std::pair("status", u"status"_s), std::pair("reason", u"reason"_s)}) {
        if (!node[word])
            continue;
        Demand demand = member(name);
        demand.op = Op::Is;
        demand.values = yaml::list(node[word]);
        any.nested.append(demand);
    }
    if (node["message"]) {
        Demand demand = member(u"message"_s);
        demand.op = Op::Matches;
        demand.pattern = addPattern(yaml::text(node["message"]));
        any.nested.append(demand);
    }
    if (node["olderThan"]) {
        Demand demand = member(u"lastTransitionTime"_s);
        demand.op = Op::OlderThan;
        demand.number = double(readDuration(yaml::text(node["olderThan"])).count());
        any.nested.append(demand);
    }
    return any;
}

/// Members with dots between them; "*" is every member or element; ['name'] is a member with dots in its name.
Path RuleReader::readPath(const QString &text)
{
    static const QRegularExpression step(u"\\G\\.?(?:\\['([^']+)'\\]|([^.\\[\\]']+))"_s);
    Path path;
    qsizetype at = 0;
    while (at < text.size()) {
        const QRegularExpressionMatch match = step.match(text, at);
        if (!match.hasMatch()) {
            fail(u"'%1' is no path"_s.arg(text));
            return path;
        }
        const QString name = match.captured(1).isEmpty() ? match.captured(2) : match.captured(1);
        path.append(name == "*"_L1 ? PathStep{{}, true} : PathStep{name, false});
        at = match.capturedEnd();
    }
    if (path.isEmpty())
        fail(u"a path is empty"_s);
    return path;
}

/// "30s", "10m", "2h", "7d".
std::chrono::seconds RuleReader::readDuration(const QString &text)
{
    static const QRegularExpression expression(u"^(\\d+)([smhd])$"_s);
    const QRegularExpressionMatch match = expression.match(text);
    if (!match.hasMatch()) {
        fail(u"'%1' is no duration"_s.arg(text));
        return {};
    }
    const qint64 number = match.captured(1).toLongLong();
    const QChar unit = match.captured(2).front();
    return std::chrono::seconds(number * (unit == u's' ? 1 : unit == u'm' ? 60 : unit == u'h' ? 3600 : 86400));
}

} // namespace diagnosis
