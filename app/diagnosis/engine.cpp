// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/engine.h"

#include "diagnosis/matching.h"
#include "diagnosis/unknowncause.h"
#include "diagnosis/versionrange.h"
#include "diagnosis/yamltext.h"

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

constexpr double surest = 0.97;
/// Evidence of a phase the upgrade is not in may be what it has overcome.
constexpr double otherPhase = 0.5;
/// From here on a finding counts as the cause of its side effects.
constexpr double likely = 0.5;
constexpr qsizetype mostEvidence = 8;
constexpr qsizetype mostNames = 3;
constexpr qsizetype mostCommands = 4;

std::optional<upgrade::PhaseId> phaseOf(const Facts &facts)
{
    if (!facts.board)
        return {};
    return facts.board->failedPhase ? facts.board->failedPhase : facts.board->currentPhase;
}

bool concerns(const Rule &rule, const Facts &facts)
{
    const QString from = facts.fromVersion.isEmpty() && facts.board ? facts.board->fromVersion : facts.fromVersion;
    const QString to = facts.toVersion.isEmpty() && facts.board ? facts.board->toVersion : facts.toVersion;
    return inVersionRange(from, rule.fromVersions) && inVersionRange(to, rule.toVersions);
}

/// All names of a placeholder for a sentence: "a, b, c …".
Captures namesOf(const QList<Match> &matches, const Facts &facts)
{
    QMap<QString, QStringList> values;
    for (const Match &match : matches) {
        for (auto it = match.captures.begin(); it != match.captures.end(); ++it) {
            if (!values[it.key()].contains(it.value()))
                values[it.key()].append(it.value());
        }
    }
    Captures out;
    if (facts.board && !facts.board->upgrade.name.isEmpty())
        out.insert(u"upgrade"_s, facts.board->upgrade.name);
    const QString from = facts.board && facts.fromVersion.isEmpty() ? facts.board->fromVersion : facts.fromVersion;
    const QString to = facts.board && facts.toVersion.isEmpty() ? facts.board->toVersion : facts.toVersion;
    if (!from.isEmpty())
        out.insert(u"from"_s, from);
    if (!to.isEmpty())
        out.insert(u"to"_s, to);
    for (auto it = values.begin(); it != values.end(); ++it) {
        out.insert(it.key(), it->size() > mostNames ? it->first(mostNames).join(u", "_s) + u" …"_s : it->join(u", "_s));
    }
    return out;
}

/// A step once for each set of names its command needs.
QList<Step> stepsOf(const RuleStep &step, const QList<Match> &matches, const Captures &names)
{
    const Text text{filled(step.text.en, names), filled(step.text.zh, names)};
    if (step.command.isEmpty())
        return {{text, {}}};
    const QSet<QString> needed = placeholders(step.command);
    QStringList commands;
    for (const Match &match : matches) {
        const bool complete = std::ranges::all_of(needed, [&](const QString &name) {
            return match.captures.contains(name)
                || (names.contains(name) && (name == "upgrade"_L1 || name == "from"_L1 || name == "to"_L1));
        });
        if (!complete)
            continue;
        Captures values = names;
        values.insert(match.captures);
        const QString command = filled(step.command, values);
        if (!commands.contains(command) && commands.size() < mostCommands)
            commands.append(command);
    }
    if (commands.isEmpty()) {
        // No match knows all of them: each name for which there is just one value.
        Captures single;
        for (auto it = names.begin(); it != names.end(); ++it) {
            if (!it.value().contains(u", "_s))
                single.insert(it.key(), it.value());
        }
        commands.append(filled(step.command, single));
    }
    QList<Step> out;
    for (const QString &command : std::as_const(commands))
        out.append({text, command});
    return out;
}

QString versionsOf(const Rule &rule)
{
    if (rule.fromVersions.isEmpty() && rule.toVersions.isEmpty())
        return {};
    return (rule.fromVersions.isEmpty() ? u"*"_s : rule.fromVersions) + u" -> "_s
        + (rule.toVersions.isEmpty() ? u"*"_s : rule.toVersions);
}

std::optional<Finding> apply(const Rule &rule, const Context &context)
{
    const Facts &facts = context.facts;
    if (!concerns(rule, facts))
        return {};
    const bool excluded
        = std::ranges::any_of(rule.unless, [&](const Signal &signal) { return !matchesOf(signal, context).isEmpty(); });
    if (excluded)
        return {};

    struct Seen {
        double weight;
        QList<Match> matches;
    };
    QList<Seen> seen;
    for (const Signal &signal : rule.signalList) {
        const QList<Match> matches = matchesOf(signal, context);
        if (matches.isEmpty())
            continue;
        const double sureness = std::ranges::max(matches, {}, &Match::sureness).sureness;
        seen.append({signal.weight * sureness, matches});
    }
    if (seen.isEmpty())
        return {};
    std::ranges::stable_sort(seen, std::ranges::greater(), &Seen::weight);

    Finding finding;
    finding.id = rule.id;
    finding.family = rule.family;
    finding.severity = rule.severity;
    finding.symptom = rule.symptom;
    finding.restart = rule.restart;
    finding.links = rule.links;
    finding.versions = versionsOf(rule);

    double doubt = 1;
    QList<Match> matches;
    QList<Evidence> wordless;
    for (const Seen &one : std::as_const(seen)) {
        doubt *= 1 - one.weight;
        matches += one.matches;
        for (const Match &match : one.matches) {
            for (const Evidence &evidence : match.evidence) {
                QList<Evidence> &list = evidence.text.isEmpty() ? wordless : finding.evidence;
                if (!list.contains(evidence) && list.size() < mostEvidence)
                    list.append(evidence);
            }
        }
    }
    if (finding.evidence.isEmpty())
        finding.evidence = wordless;
    if (finding.evidence.isEmpty())
        return {};
    finding.confidence = std::min(rule.symptom ? 0.45 : surest, 1 - doubt);

    const auto now = phaseOf(facts);
    if (now && rule.phases.contains(*now)) {
        finding.phase = now;
    } else {
        if (!rule.phases.isEmpty())
            finding.phase = rule.phases.first();
        if (now && !rule.phases.isEmpty() && !rule.anyPhase)
            finding.confidence *= otherPhase;
    }

    const Captures names = namesOf(matches, facts);
    finding.title = {filled(rule.title.en, names), filled(rule.title.zh, names)};
    finding.cause = {filled(rule.cause.en, names), filled(rule.cause.zh, names)};
    finding.waitingFor = {filled(rule.waiting.en, names), filled(rule.waiting.zh, names)};
    for (const RuleStep &step : rule.remedy)
        finding.remedy += stepsOf(step, matches, names);
    const QString node = names.value(u"node"_s);
    if (!node.contains(u", "_s))
        finding.node = node;
    return finding;
}

/// What is only a side effect of something found comes after it.
void rank(QList<Finding> &findings, const Rules &rules)
{
    std::ranges::stable_sort(findings, std::ranges::greater(), &Finding::confidence);
    for (Finding &finding : findings) {
        const auto rule = std::ranges::find(rules.rules, finding.id, &Rule::id);
        for (const Finding &cause : std::as_const(findings)) {
            if (&cause == &finding || (cause.symptom && !finding.symptom))
                continue;
            const bool named = rule != rules.rules.end() && rule->effectOf.contains(cause.id)
                && cause.confidence >= std::min(likely, finding.confidence * 0.6);
            const bool shown = finding.symptom && !cause.symptom && cause.confidence >= likely
                && (cause.family == finding.family || cause.phase == finding.phase);
            if (named || shown) {
                finding.effectOf = cause.id;
                break;
            }
        }
    }
    std::ranges::stable_sort(findings, {}, [](const Finding &finding) { return !finding.effectOf.isEmpty(); });
}

} // namespace

QList<Finding> diagnose(const RuleBook &rules, const Facts &facts)
{
    LogScanner scanner(rules);
    for (const LogSource &source : facts.logs) {
        const int number = scanner.addSource(source);
        source.read([&](const LogLine &line) {
            scanner.feed(number, line);
            return true;
        });
    }
    return diagnose(rules, facts, scanner.hits());
}

QList<Finding> diagnose(const RuleBook &book, const Facts &facts, const LogHits &hits)
{
    const Rules &rules = book.rules();
    const Context context = contextOf(rules, facts, hits);
    QList<Finding> findings;
    for (const Rule &rule : rules.rules) {
        if (const auto finding = apply(rule, context))
            findings.append(*finding);
    }
    rank(findings, rules);
    const bool known = std::ranges::any_of(
        findings, [](const Finding &finding) { return !finding.symptom && finding.confidence >= likely; });
    if (!known) {
        if (const auto unknown = unknownCause(facts, hits))
            findings.append(*unknown);
    }
    return findings;
}

} // namespace diagnosis
