// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is wrong, how we know and what to do: the answer of the engine, as a value with its texts in both languages.
#pragma once

#include "diagnosis/facts.h"

namespace diagnosis {

/// A text of a rule with its placeholders filled in.
struct Text {
    QString en, zh;
    /// `language`: "zh_CN" or anything that begins with "zh"; else English.
    [[nodiscard]] const QString &in(const QString &language) const { return language.startsWith(u"zh") ? zh : en; }
    [[nodiscard]] bool isEmpty() const { return en.isEmpty(); }
    friend bool operator==(const Text &, const Text &) = default;
};

/// Why we say so: a field of an object, or a line of a text.
struct Evidence {
    ObjectId object;            ///< empty: a line
    QString field;              ///< "status.robustness"; "" when the object's existence is the evidence
    QString log;                ///< LogSource::name; "" for an object
    QString ns, pod, container; ///< of the log, as far as known
    qint64 line = 0;            ///< from 1
    QDateTime time;             ///< of the line, or of the field's last change; invalid: not known
    QString text;               ///< the value or the line, in the system's own words
    qint64 count = 1;           ///< how often a line like it was seen
    QDateTime first;            ///< time of the first one
    friend bool operator==(const Evidence &, const Evidence &) = default;
};

enum class Severity { Info, Warning, Error };

/// May the upgrade be stopped and started again because of this? The verdict of app/restart, which knows the cluster's
/// state, always has the last word.
enum class RestartAdvice { NotNeeded, Safe, AfterBundle, No };

/// How sure the cause is, in words: below 0.5 what is named is a symptom or a guess.
enum class Certainty { Low, Likely, High };

struct Step {
    Text text;
    QString command; ///< to be copied; "" when there is none
    friend bool operator==(const Step &, const Step &) = default;
};

struct Finding {
    QString id;                            ///< of the rule, stable
    QString family;                        ///< one of families()
    std::optional<upgrade::PhaseId> phase; ///< where it acts; absent: not known
    QString node;                          ///< "" when it is not about one node
    Severity severity = Severity::Error;
    double confidence = 0;         ///< 0..1 that this is the cause
    bool symptom = false;          ///< says what is seen, not why
    Text title, cause, waitingFor; ///< waitingFor may be empty
    QList<Evidence> evidence;      ///< strongest first, never empty
    QList<Step> remedy;
    RestartAdvice restart = RestartAdvice::NotNeeded;
    QString versions; ///< affected releases, "v1.7.0 to v1.8.0"; "" any
    QStringList links;
    QString effectOf; ///< id of the finding this is a side effect of; "" for a cause
    friend bool operator==(const Finding &, const Finding &) = default;
};

[[nodiscard]] Certainty certainty(double confidence);

/// "info" …, "not-needed", "safe", "after-bundle", "no", "low", "likely", "high": for JSON.
[[nodiscard]] QString severityWord(Severity severity);
[[nodiscard]] QString restartWord(RestartAdvice advice);
[[nodiscard]] QString certaintyWord(Certainty certainty);

/// The vocabulary of Finding::family, "unknown" last.
[[nodiscard]] const QStringList &families();

} // namespace diagnosis

Q_DECLARE_METATYPE(diagnosis::Finding)
