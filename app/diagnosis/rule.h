// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A rule as read from YAML: what RuleBook holds. Private to this layer. The meaning of each part is told in
/// docs/rules.md.
#pragma once

#include "diagnosis/expression.h"
#include "diagnosis/finding.h"
#include "diagnosis/literalset.h"

#include <chrono>
#include <memory>
#include <vector>

namespace diagnosis {

/// One step of a path into an object.
struct PathStep {
    QString key;      ///< a member
    bool any = false; ///< each member or element
};
using Path = QList<PathStep>;

/// One demand on one object.
struct Demand {
    enum class Op { Is, Not, Matches, Exists, Absent, Over, Under, OlderThan, SameAs, DiffersFrom, Any, None };
    Path path;
    QString pathText;
    Op op = Op::Exists;
    QStringList values;   ///< Is, Not: with placeholders
    int pattern = -1;     ///< Matches
    double number = 0;    ///< Over, Under; seconds of the ages
    Path other;           ///< SameAs, DiffersFrom
    QList<Demand> nested; ///< Any, None: one element of the path meets all of them, or none does
    QString key;          ///< captured as: the member the last `*` stood at
    QString capture;      ///< captured as: the value
};

/// One demand on the facts. Those of a signal are tried in order: a capture of the same name must have the same value
/// in all of them, and what earlier ones captured fills the placeholders of later ones.
struct Matcher {
    enum class Kind { Text, Object, Missing, Unseen, Count, Waiting, Phase };
    Kind kind = Kind::Text;

    QList<int> patterns; ///< Text: one of these
    bool inLogs = true, inObjects = true;
    QStringList writers; ///< Text: a log by another known writer does not count
    int times = 1;
    int distinct = 1; ///< Text: with so many different captures
    std::chrono::seconds lasting{0};
    bool current = false; ///< nothing much came after it

    QString group, objectKind; ///< Object, Missing, Unseen, Count
    QList<Demand> where;
    QMap<QString, Path> capture;
    Path show; ///< the field that is the evidence
    QString showText;
    double over = 0; ///< Count

    QStringList codes;  ///< Waiting: of the board
    QStringList states; ///< Phase, Waiting: nodeStatuses states or states of the phase
    QStringList phases;
    bool stuck = false;
};

struct Signal {
    double weight = 0;
    QList<Matcher> matchers;
};

struct RuleStep {
    Text text;
    QString command;
};

struct Rule {
    QString id, family, file;
    QList<upgrade::PhaseId> phases;
    bool anyPhase = false; ///< the phases say where it is usual, not where alone it can be
    Severity severity = Severity::Error;
    bool symptom = false;
    Text title, cause, waiting;
    QList<Signal> signalList;
    QList<Signal> unless;
    QList<RuleStep> remedy;
    RestartAdvice restart = RestartAdvice::NotNeeded;
    QString fromVersions, toVersions; ///< ">=1.7.0 <1.8.0"; "": any
    QStringList links;
    QStringList effectOf;
    QStringList captures; ///< all names its signals may capture
};

struct Rules {
    std::vector<Rule> rules;
    std::vector<Expression> patterns;
    LiteralSet literals; ///< of all patterns; the owner is the pattern
};

} // namespace diagnosis
