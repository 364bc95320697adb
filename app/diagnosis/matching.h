// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Tries the matchers of a signal on facts. Private to the engine.
#pragma once

#include "diagnosis/logscanner.h"
#include "diagnosis/objecttexts.h"
#include "diagnosis/rule.h"

namespace diagnosis {

/// One way in which the matchers of a signal are met.
struct Match {
    Captures captures;
    QList<Evidence> evidence;
    double sureness = 1; ///< less where an age that counts is not known
};

struct Context {
    const Rules &rules;
    const Facts &facts;
    const LogHits &hits;
    QHash<int, QList<int>> hitsOf; ///< indexes in hits.hits by pattern
    struct TextHit {
        ObjectText text;
        Captures captures;
    };
    QHash<int, QList<TextHit>> textsOf; ///< by pattern
    /// What became of who writes a log.
    enum class Writing {
        Unknown,
        Running,
        Failed,
        Over, ///< ended well, or gone without the upgrade having failed: what it complained of was overcome
    };
    QList<Writing> writing; ///< by source
};

[[nodiscard]] Context contextOf(const Rules &rules, const Facts &facts, const LogHits &hits);

/// Not more than a few dozen; empty: not met.
[[nodiscard]] QList<Match> matchesOf(const Signal &signal, const Context &context);

/// objectmatching.cpp
[[nodiscard]] QList<Match> matchObjects(const Matcher &matcher, const Match &before, const Context &context);

/// `more` added to `captures`; absent when a name has another value.
[[nodiscard]] std::optional<Captures> merged(Captures captures, const Captures &more);

/// What a board rests on, as evidence of a finding.
[[nodiscard]] Evidence ofBoard(const upgrade::Evidence &from);

} // namespace diagnosis
