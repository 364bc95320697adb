// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads rules from YAML (format: docs/rules.md) and refuses what is wrong in them: unknown keys, missing languages,
/// placeholders nothing captures, expressions that do not compile, references to rules that do not exist.
#pragma once

#include "diagnosis/rule.h"
#include "diagnosis/rulebook.h"

namespace YAML {
class Node;
}

namespace diagnosis {

class RuleReader {
public:
    void read(const QString &file, const QByteArray &yaml);
    /// After all files.
    [[nodiscard]] std::expected<Rules, QList<RuleError>> finish();

private:
    void readRule(const YAML::Node &node);
    [[nodiscard]] Text readText(const YAML::Node &node, const char *what);
    [[nodiscard]] Signal readSignal(const YAML::Node &node, bool weighed);
    [[nodiscard]] Matcher readMatcher(const YAML::Node &node);
    void readObjectMatcher(const YAML::Node &node, Matcher &matcher);
    [[nodiscard]] Demand readDemand(const YAML::Node &node);
    [[nodiscard]] QList<Demand> readDemands(const YAML::Node &node);
    [[nodiscard]] Demand readCondition(const YAML::Node &node);
    [[nodiscard]] int addPattern(const QString &regex);
    [[nodiscard]] Path readPath(const QString &text);
    [[nodiscard]] std::chrono::seconds readDuration(const QString &text);
    void checkPlaceholders(const QString &text, const char *what);
    void checkKeys(const YAML::Node &node, const QStringList &known, const char *what);
    void fail(const QString &text);

    Rules m_rules;
    QList<RuleError> m_errors;
    QHash<QString, int> m_patterns;
    QString m_file;
    Rule m_rule; ///< being read
};

} // namespace diagnosis
