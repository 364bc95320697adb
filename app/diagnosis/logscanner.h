// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Looks for all patterns of the rules in logs, line by line as they come, in one pass whose cost does not grow with
/// the number of patterns. What it keeps is small and bounded: per pattern and source the first and last match, their
/// number and captures.
#pragma once

#include "diagnosis/facts.h"
#include "diagnosis/rulebook.h"

#include <QMap>

namespace diagnosis {

/// Lines of one source that matched one pattern with the same captures.
struct LogHit {
    int pattern = 0;
    int source = 0;
    QMap<QString, QString> captures;
    qint64 count = 0;
    qint64 firstLine = 0, lastLine = 0;
    QDateTime firstTime, lastTime; ///< invalid: the lines have none
    QString text;                  ///< of the last one, shortened to 1000 characters
};

/// A source as far as it was read.
struct ScannedSource {
    LogSource source; ///< without `read`
    qint64 lines = 0;
    QDateTime lastTime;
};

/// What was found so far. A value.
struct LogHits {
    QList<ScannedSource> sources;
    QList<LogHit> hits; ///< in order of their first match within each source
};

class LogScanner {
public:
    explicit LogScanner(const RuleBook &rules);
    ~LogScanner();
    LogScanner(LogScanner &&) noexcept;
    LogScanner &operator=(LogScanner &&) noexcept;

    /// A number for feed().
    int addSource(const LogSource &source);
    void feed(int source, const LogLine &line);
    [[nodiscard]] LogHits hits() const;

private:
    struct State;
    std::unique_ptr<State> d;
};

} // namespace diagnosis
