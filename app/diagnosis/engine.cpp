// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/engine.h"

namespace diagnosis {

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

QList<Finding> diagnose(const RuleBook &rules, const Facts &facts, const LogHits &hits)
{
    Q_UNUSED(rules)
    Q_UNUSED(facts)
    Q_UNUSED(hits)
    return {};
}

} // namespace diagnosis
