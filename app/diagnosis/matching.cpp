// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/matching.h"

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

constexpr qsizetype mostMatches = 48;
/// What repeats while something is waited for stands this near to the end of its log.
constexpr qint64 nearEnd = 12;
/// A text of so few lines is an excerpt that was chosen by a person, not a log.
constexpr qint64 excerpt = 60;
/// The age of a state would count, and nothing tells it.
constexpr double ageUnknown = 0.9;

/// An event as old as that tells of something that is over, unless the upgrade failed.
constexpr qint64 eventAge = 15 * 60;

bool failed(const Facts &facts)
{
    return facts.board && facts.board->state == upgrade::State::Failed;
}

Context::Writing writingOf(const LogSource &source, const Facts &facts)
{
    using Writing = Context::Writing;
    if (source.pod.isEmpty())
        return Writing::Unknown;
    const Object *pod = facts.objects.find({}, u"Pod"_s, source.ns, source.pod);
    if (pod) {
        const QString phase = pod->json.value("status"_L1).toObject().value("phase"_L1).toString();
        return phase == "Succeeded"_L1 ? Writing::Over : phase == "Failed"_L1 ? Writing::Failed : Writing::Running;
    }
    // Not of every namespace are the pods known.
    const QList<Object> pods = facts.objects.of({}, u"Pod"_s);
    const bool known = std::ranges::any_of(pods, [&](const Object &object) { return object.id.ns == source.ns; });
    return !known ? Writing::Unknown : failed(facts) ? Writing::Failed : Writing::Over;
}

/// Nothing else was said since, but what is said between two such lines.
bool isCurrent(const LogHit &hit, const ScannedSource &source)
{
    const qint64 after = source.lines - hit.lastLine;
    if (after == 0)
        return true;
    if (after > nearEnd)
        return false;
    if (!hit.lastTime.isValid() || !source.lastTime.isValid())
        return true;
    const qint64 interval = hit.count > 1 ? hit.firstTime.secsTo(hit.lastTime) / (hit.count - 1) : 0;
    return hit.lastTime.secsTo(source.lastTime) <= std::max<qint64>(60, 3 * interval);
}

/// 0: it does not count.
double sureness(const Matcher &matcher, const LogHit &hit, const ScannedSource &source, Context::Writing writing,
    const QDateTime &now)
{
    using Writing = Context::Writing;
    if (writing == Writing::Over)
        return 0;
    const bool timed = hit.firstTime.isValid() && hit.lastTime.isValid();
    const bool isExcerpt = source.lines < excerpt && !timed;
    if (matcher.current && !isExcerpt && !isCurrent(hit, source))
        return 0;
    // Who said it again and again and then no more, although it is still at work, waits no longer.
    if (matcher.current && timed && hit.count >= 3 && writing != Writing::Failed && now.isValid()) {
        const qint64 interval = hit.firstTime.secsTo(hit.lastTime) / (hit.count - 1);
        constexpr qint64 silence = 600;
        if (hit.lastTime.secsTo(now) > std::max(silence, 10 * interval))
            return 0;
    }
    if (matcher.lasting.count() > 0) {
        // What was said last holds until now, while it is being written.
        const QDateTime until = now.isValid() && now > hit.lastTime && writing != Writing::Failed ? now : hit.lastTime;
        if (timed && hit.firstTime.secsTo(until) < matcher.lasting.count())
            return 0;
        if (!timed && !isExcerpt && hit.count < 3)
            return 0;
    }
    if (hit.count < matcher.times && !isExcerpt)
        return 0;
    return matcher.lasting.count() > 0 && !timed ? ageUnknown : 1;
}

QList<Match> matchTexts(const Matcher &matcher, const Match &before, const Context &context)
{
    QList<Match> out;
    for (const int pattern : matcher.patterns) {
        if (matcher.inLogs) {
            for (const int index : context.hitsOf.value(pattern)) {
                const LogHit &hit = context.hits.hits.at(index);
                const ScannedSource &source = context.hits.sources.at(hit.source);
                const QString &by = source.source.writer;
                if (!matcher.writers.isEmpty() && by != writer::unknown && by != writer::pasted
                    && !matcher.writers.contains(by))
                    continue;
                const auto captures = merged(before.captures, hit.captures);
                const double sure
                    = captures ? sureness(matcher, hit, source, context.writing.at(hit.source), context.facts.now) : 0;
                if (sure <= 0)
                    continue;
                Evidence evidence;
                evidence.log = source.source.name;
                evidence.ns = source.source.ns;
                evidence.pod = source.source.pod;
                evidence.container = source.source.container;
                evidence.line = hit.lastLine;
                evidence.time = hit.lastTime;
                evidence.text = hit.text;
                evidence.count = hit.count;
                evidence.first = hit.firstTime;
                out.append({*captures, before.evidence + QList{evidence}, before.sureness * sure});
            }
        }
        if (!matcher.inObjects)
            continue;
        for (const Context::TextHit &hit : context.textsOf.value(pattern)) {
            const auto captures = merged(before.captures, hit.captures);
            if (!captures)
                continue;
            double sure = 1;
            if (matcher.lasting.count() > 0) {
                if (!hit.text.since.isValid() || !context.facts.now.isValid())
                    sure = ageUnknown;
                else if (hit.text.since.secsTo(context.facts.now) < matcher.lasting.count())
                    continue;
            }
            Evidence evidence;
            evidence.object = hit.text.object;
            evidence.field = hit.text.field;
            evidence.time = hit.text.since;
            evidence.text = hit.text.text;
            evidence.count = hit.text.count;
            out.append({*captures, before.evidence + QList{evidence}, before.sureness * sure});
        }
    }
    if (matcher.distinct > 1) {
        QList<Captures> different;
        for (const Match &match : std::as_const(out)) {
            if (!different.contains(match.captures))
                different.append(match.captures);
        }
        if (different.size() < matcher.distinct)
            return {};
    }
    return out;
}

QList<Match> matchWaiting(const Matcher &matcher, const Match &before, const Context &context)
{
    const auto &board = context.facts.board;
    if (!board || !board->waiting)
        return {};
    const upgrade::Waiting &waiting = *board->waiting;
    if (!matcher.codes.contains(waiting.what.code) || (matcher.stuck && !waiting.stuck))
        return {};
    if (!matcher.states.isEmpty()) {
        const auto row = std::ranges::find(board->nodes, waiting.node, &upgrade::NodeRow::name);
        if (row == board->nodes.end() || !matcher.states.contains(row->stateText))
            return {};
    }
    Captures captures;
    if (!waiting.node.isEmpty())
        captures.insert(u"node"_s, waiting.node);
    if (!waiting.what.args.isEmpty())
        captures.insert(u"what"_s, waiting.what.args.first());
    const auto all = merged(before.captures, captures);
    if (!all)
        return {};
    Evidence evidence = ofBoard(waiting.evidence);
    evidence.time = waiting.since;
    return {{*all, before.evidence + QList{evidence}, before.sureness}};
}

QList<Match> matchPhase(const Matcher &matcher, const Match &before, const Context &context)
{
    const auto &board = context.facts.board;
    if (!board || board->presence != upgrade::Board::Presence::Upgrade)
        return {};
    const auto phase = board->failedPhase ? board->failedPhase : board->currentPhase;
    if (!phase || !matcher.phases.contains(upgrade::phaseWord(*phase)))
        return {};
    const bool stuck = board->waiting && board->waiting->stuck;
    if (!matcher.states.isEmpty() && !matcher.states.contains(upgrade::stateWord(board->state))
        && !(stuck && matcher.states.contains(u"stuck"_s)))
        return {};
    Match match = before;
    if (board->failure)
        match.evidence.append(ofBoard(board->failure->evidence));
    else if (board->waiting)
        match.evidence.append(ofBoard(board->waiting->evidence));
    return {match};
}

} // namespace

Evidence ofBoard(const upgrade::Evidence &from)
{
    Evidence evidence;
    if (from.line > 0) {
        evidence.log = from.object.name;
        evidence.ns = from.object.ns;
        evidence.line = from.line;
    } else {
        for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
            if (target.kind == from.object.kind)
                evidence.object = {target.resource.group, target.resource.kind, from.object.ns, from.object.name};
        }
        evidence.field = from.field;
    }
    evidence.text = from.text;
    return evidence;
}

std::optional<Captures> merged(Captures captures, const Captures &more)
{
    for (auto it = more.begin(); it != more.end(); ++it) {
        const auto known = captures.constFind(it.key());
        if (known != captures.constEnd() && *known != it.value())
            return {};
        captures.insert(it.key(), it.value());
    }
    return captures;
}

Context contextOf(const Rules &rules, const Facts &facts, const LogHits &hits)
{
    Context context{rules, facts, hits, {}, {}, {}};
    for (const ScannedSource &source : hits.sources)
        context.writing.append(writingOf(source.source, facts));
    for (qsizetype i = 0; i < hits.hits.size(); ++i)
        context.hitsOf[hits.hits.at(i).pattern].append(int(i));
    QSet<int> candidates;
    for (const QList<Object> &list : facts.objects.all()) {
        for (const Object &object : list) {
            forEachText(object, [&](const ObjectText &text) {
                if (text.last.isValid() && facts.now.isValid() && !failed(facts)
                    && text.last.secsTo(facts.now) > eventAge)
                    return;
                const QByteArray bytes = text.text.toUtf8();
                candidates.clear();
                rules.literals.scan(bytes, [&](int pattern) { candidates.insert(pattern); });
                for (const int pattern : std::as_const(candidates)) {
                    if (const auto captures = rules.patterns[size_t(pattern)].match(bytes))
                        context.textsOf[pattern].append({text, *captures});
                }
            });
        }
    }
    return context;
}

QList<Match> matchesOf(const Signal &signal, const Context &context)
{
    QList<Match> matches{{}};
    for (const Matcher &matcher : signal.matchers) {
        QList<Match> next;
        for (const Match &before : std::as_const(matches)) {
            switch (matcher.kind) {
            case Matcher::Kind::Text:
                next += matchTexts(matcher, before, context);
                break;
            case Matcher::Kind::Object:
            case Matcher::Kind::Missing:
            case Matcher::Kind::Unseen:
            case Matcher::Kind::Count:
                next += matchObjects(matcher, before, context);
                break;
            case Matcher::Kind::Waiting:
                next += matchWaiting(matcher, before, context);
                break;
            case Matcher::Kind::Phase:
                next += matchPhase(matcher, before, context);
                break;
            }
            if (next.size() >= mostMatches)
                break;
        }
        matches = next;
        if (matches.isEmpty())
            break;
    }
    return matches;
}

} // namespace diagnosis
