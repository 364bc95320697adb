// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/rulereader.h"

#include "diagnosis/versionrange.h"
#include "diagnosis/yamltext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

std::optional<upgrade::PhaseId> phaseOf(const QString &word)
{
    for (int i = 0; i < upgrade::phaseCount; ++i) {
        if (upgrade::phaseWord(upgrade::PhaseId(i)) == word)
            return upgrade::PhaseId(i);
    }
    return {};
}

/// What every rule may name without capturing it.
const QStringList builtInPlaceholders{u"upgrade"_s, u"from"_s, u"to"_s};

} // namespace

void RuleReader::read(const QString &file, const QByteArray &yaml)
{
    m_file = file;
    m_rule = {};
    try {
        const YAML::Node document = YAML::Load(yaml.toStdString());
        if (!document.IsSequence())
            return fail(u"is not a list of rules"_s);
        for (const YAML::Node &node : document)
            readRule(node);
    } catch (const YAML::Exception &error) {
        fail(u"line %1: %2"_s.arg(error.mark.line + 1).arg(QString::fromStdString(error.msg)));
    }
}

std::expected<Rules, QList<RuleError>> RuleReader::finish()
{
    QSet<QString> ids;
    for (const Rule &rule : m_rules.rules) {
        if (ids.contains(rule.id))
            m_errors.append({rule.file, rule.id, u"there are two rules of this id"_s});
        ids.insert(rule.id);
    }
    for (const Rule &rule : m_rules.rules) {
        for (const QString &cause : rule.effectOf) {
            if (!ids.contains(cause))
                m_errors.append({rule.file, rule.id, u"effectOf names '%1', which is no rule"_s.arg(cause)});
        }
    }
    if (!m_errors.isEmpty())
        return std::unexpected(m_errors);
    QList<LiteralSet::Literal> literals;
    for (size_t i = 0; i < m_rules.patterns.size(); ++i) {
        for (const QByteArray &literal : m_rules.patterns[i].literals())
            literals.append({literal, int(i)});
    }
    m_rules.literals = LiteralSet(literals);
    return std::move(m_rules);
}

void RuleReader::readRule(const YAML::Node &node)
{
    m_rule = {};
    m_rule.file = m_file;
    m_rule.id = yaml::text(node["id"]);
    if (m_rule.id.isEmpty())
        return fail(u"a rule has no id"_s);
    checkKeys(node,
        {u"id"_s, u"family"_s, u"phases"_s, u"anyPhase"_s, u"severity"_s, u"symptom"_s, u"title"_s, u"cause"_s,
            u"waiting"_s, u"signals"_s, u"unless"_s, u"remedy"_s, u"restart"_s, u"fromVersions"_s, u"toVersions"_s,
            u"links"_s, u"effectOf"_s},
        "the rule");
    m_rule.family = yaml::text(node["family"]);
    if (!families().contains(m_rule.family))
        fail(u"'%1' is no family"_s.arg(m_rule.family));
    for (const QString &word : yaml::list(node["phases"])) {
        if (const auto phase = phaseOf(word))
            m_rule.phases.append(*phase);
        else
            fail(u"'%1' is no phase"_s.arg(word));
    }
    m_rule.anyPhase = yaml::flag(node["anyPhase"]);
    m_rule.symptom = yaml::flag(node["symptom"]);

    const QString severity = yaml::text(node["severity"]);
    const QList<Severity> severities{Severity::Info, Severity::Warning, Severity::Error};
    const auto named = std::ranges::find(severities, severity.isEmpty() ? u"error"_s : severity, severityWord);
    if (named == severities.end())
        fail(u"'%1' is no severity"_s.arg(severity));
    else
        m_rule.severity = *named;
    const QString restart = yaml::text(node["restart"]);
    const QList<RestartAdvice> advices{
        RestartAdvice::NotNeeded, RestartAdvice::Safe, RestartAdvice::AfterBundle, RestartAdvice::No};
    const auto advice = std::ranges::find(advices, restart, restartWord);
    if (advice == advices.end())
        fail(u"'%1' is no restart advice"_s.arg(restart));
    else
        m_rule.restart = *advice;

    m_rule.fromVersions = yaml::text(node["fromVersions"]);
    m_rule.toVersions = yaml::text(node["toVersions"]);
    for (const QString &range : {m_rule.fromVersions, m_rule.toVersions}) {
        if (!isVersionRange(range))
            fail(u"'%1' is no range of versions"_s.arg(range));
    }
    m_rule.links = yaml::list(node["links"]);
    m_rule.effectOf = yaml::list(node["effectOf"]);

    // Before the texts, which name what signals capture.
    if (!node["signals"] || !node["signals"].IsSequence() || node["signals"].size() == 0)
        fail(u"has no signals"_s);
    else
        for (const YAML::Node &signal : node["signals"])
            m_rule.signalList.append(readSignal(signal, true));
    const QStringList captures = m_rule.captures;
    for (const YAML::Node &signal : node["unless"])
        m_rule.unless.append(readSignal(signal, false));
    m_rule.captures = captures; // what must not be there names nothing

    m_rule.title = readText(node["title"], "title");
    m_rule.cause = readText(node["cause"], "cause");
    if (node["waiting"])
        m_rule.waiting = readText(node["waiting"], "waiting");
    if (!node["remedy"] || !node["remedy"].IsSequence() || node["remedy"].size() == 0)
        fail(u"has no remedy"_s);
    else
        for (const YAML::Node &step : node["remedy"]) {
            YAML::Node words = YAML::Clone(step);
            words.remove("command");
            RuleStep out{readText(words, "remedy"), yaml::text(step["command"])};
            checkPlaceholders(out.command, "command");
            m_rule.remedy.append(out);
        }
    m_rules.rules.push_back(m_rule);
}

Text RuleReader::readText(const YAML::Node &node, const char *what)
{
    const QString name = QString::fromLatin1(what);
    if (!node || !node.IsMap()) {
        fail(u"%1 is missing or has no languages"_s.arg(name));
        return {};
    }
    checkKeys(node, {u"en"_s, u"zh_CN"_s}, what);
    const Text text{yaml::text(node["en"]), yaml::text(node["zh_CN"])};
    if (text.en.isEmpty())
        fail(u"%1 has no English text"_s.arg(name));
    if (text.zh.isEmpty())
        fail(u"%1 has no Chinese text"_s.arg(name));
    checkPlaceholders(text.en, what);
    checkPlaceholders(text.zh, what);
    if (placeholders(text.en) != placeholders(text.zh))
        fail(u"%1 names different things in its languages"_s.arg(name));
    return text;
}

Signal RuleReader::readSignal(const YAML::Node &node, bool weighed)
{
    Signal signal;
    if (!node.IsMap()) {
        fail(u"a signal is no mapping"_s);
        return signal;
    }
    YAML::Node matcher = YAML::Clone(node);
    if (weighed) {
        bool number = false;
        signal.weight = yaml::text(node["weight"]).toDouble(&number);
        if (!number || signal.weight <= 0 || signal.weight >= 1)
            fail(u"a signal's weight is not between 0 and 1"_s);
        if (m_rule.symptom && signal.weight > 0.45)
            fail(u"a symptom cannot be surer than 0.45"_s);
    }
    matcher.remove("weight");
    if (matcher["all"]) {
        checkKeys(matcher, {u"all"_s}, "a signal");
        for (const YAML::Node &one : matcher["all"])
            signal.matchers.append(readMatcher(one));
    } else {
        signal.matchers.append(readMatcher(matcher));
    }
    return signal;
}

int RuleReader::addPattern(const QString &regex)
{
    const auto known = m_patterns.constFind(regex);
    const bool fresh = known == m_patterns.constEnd();
    if (fresh) {
        auto compiled = Expression::compile(regex);
        if (!compiled) {
            fail(compiled.error());
            return -1;
        }
        m_patterns.insert(regex, int(m_rules.patterns.size()));
        m_rules.patterns.push_back(std::move(*compiled));
    }
    const int index = m_patterns.value(regex);
    m_rule.captures += m_rules.patterns[size_t(index)].names();
    return index;
}

void RuleReader::checkPlaceholders(const QString &text, const char *what)
{
    for (const QString &name : placeholders(text)) {
        if (!m_rule.captures.contains(name) && !builtInPlaceholders.contains(name))
            fail(u"%1 names {%2}, which no signal captures"_s.arg(QString::fromLatin1(what), name));
    }
}

void RuleReader::checkKeys(const YAML::Node &node, const QStringList &known, const char *what)
{
    for (const auto &entry : node) {
        const QString key = yaml::text(entry.first);
        if (!known.contains(key))
            fail(u"%1 has the unknown key '%2'"_s.arg(QString::fromLatin1(what), key));
    }
}

void RuleReader::fail(const QString &text)
{
    m_errors.append({m_file, m_rule.id, text});
}

} // namespace diagnosis
