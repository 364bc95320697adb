// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/logscanner.h"

#include "diagnosis/rule.h"

namespace diagnosis {
namespace {

/// Longer lines are looked at up to here: a whole JSON document on one line must not stop the others.
constexpr qsizetype longestLine = 64 * 1024;
/// Of one pattern in one source, with different captures. What comes then is counted with the last.
constexpr int mostHits = 40;
constexpr qsizetype longestText = 1000;

} // namespace

struct LogScanner::State {
    RuleBook book;
    LogHits found;
    std::vector<quint64> tried; ///< by pattern: the line it was last tried on
    quint64 line = 0;
    QHash<quint64, QList<int>> hits; ///< by source and pattern: indexes in found.hits
    std::vector<int> candidates;
};

LogScanner::LogScanner(const RuleBook &rules)
    : d(std::make_unique<State>())
{
    d->book = rules;
    d->tried.resize(rules.rules().patterns.size(), 0);
}

LogScanner::~LogScanner() = default;
LogScanner::LogScanner(LogScanner &&) noexcept = default;
LogScanner &LogScanner::operator=(LogScanner &&) noexcept = default;

int LogScanner::addSource(const LogSource &source)
{
    ScannedSource scanned{source, 0, {}};
    scanned.source.read = {};
    d->found.sources.append(scanned);
    return int(d->found.sources.size()) - 1;
}

void LogScanner::feed(int source, const LogLine &line)
{
    ScannedSource &scanned = d->found.sources[source];
    ++scanned.lines;
    if (line.time.isValid())
        scanned.lastTime = line.time;
    const QByteArrayView text = line.text.first(std::min(line.text.size(), longestLine));
    const Rules &rules = d->book.rules();
    const quint64 number = ++d->line;
    d->candidates.clear();
    rules.literals.scan(text, [&](int pattern) {
        quint64 &tried = d->tried[size_t(pattern)];
        if (tried != number) {
            tried = number;
            d->candidates.push_back(pattern);
        }
    });
    for (const int pattern : d->candidates) {
        const std::optional<Captures> captures = rules.patterns[size_t(pattern)].match(text);
        if (!captures)
            continue;
        QList<int> &known = d->hits[quint64(source) << 32 | quint64(pattern)];
        LogHit *hit = nullptr;
        for (const int index : std::as_const(known)) {
            if (d->found.hits.at(index).captures == *captures)
                hit = &d->found.hits[index];
        }
        if (!hit && known.size() >= mostHits)
            hit = &d->found.hits[known.last()];
        if (!hit) {
            known.append(int(d->found.hits.size()));
            d->found.hits.append({pattern, source, *captures, 0, line.number, 0, line.time, {}, {}});
            hit = &d->found.hits.last();
        }
        ++hit->count;
        hit->lastLine = line.number;
        hit->lastTime = line.time;
        hit->text = QString::fromUtf8(text.first(std::min(text.size(), longestText)));
    }
}

LogHits LogScanner::hits() const
{
    return d->found;
}

} // namespace diagnosis
