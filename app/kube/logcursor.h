// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Resume arithmetic of a followed log: which time to ask from, and which of the lines that come again were seen. Pure.
///
/// The server filters by sinceTime in whole seconds and sends lines in the order of the file, so what was seen since
/// that time is what comes first again. It is skipped line by line, each compared with what is remembered of it;
/// identical lines with identical stamps are told apart by count. Stamps of stdout and stderr of one container may be
/// out of order by a little (the runtime stamps them apart), therefore one second more than needed is asked for. When
/// the last line seen does not come again, the file was rotated meanwhile (the kubelet reads only the newest): a Gap is
/// put there.
///
/// Memory: 32 bytes for each line of the last one to two seconds, bounded; texts only of lines that may be new.
#pragma once

#include "kube/lineframer.h"
#include "kube/logline.h"

#include <deque>
#include <optional>
#include <vector>

namespace kube {

/// A point in time as logs have it. QDateTime knows no nanoseconds.
struct LogStamp {
    qint64 seconds = 0; ///< since 1970, UTC
    int nanos = 0;
    friend auto operator<=>(const LogStamp &, const LogStamp &) = default;
};
/// RFC 3339 with up to nine decimals and Z or an offset; nullopt for anything else.
[[nodiscard]] std::optional<LogStamp> parseLogStamp(QByteArrayView text);
/// "2026-11-23T05:28:24Z", as sinceTime takes it.
[[nodiscard]] QByteArray sinceTimeText(qint64 seconds);

class LogCursor {
public:
    static constexpr qsizetype mostRemembered = 200000;

    LogCursor() = default;
    /// Behind what another run has: `seen` lines of that stamp, their texts unknown.
    LogCursor(QByteArrayView stamp, int seen);

    /// The log was asked for from there (whole seconds) and not from its beginning.
    void startedAt(qint64 seconds) { m_since = seconds; }
    /// Only the last lines were asked for: what comes before them is not known.
    void startedInTheMiddle() { m_middle = true; }

    /// What to ask for next; nullopt: nothing was seen yet, ask as the first time.
    [[nodiscard]] std::optional<qint64> sinceTime() const;
    /// A new stream begins; it was asked for with sinceTime(). `announce`: a Reconnected divider where new lines begin.
    /// `askFirst`: when the last line seen does not come again, isLost() before a gap is made of it.
    void resume(bool announce, bool askFirst = false);
    /// Everything seen again, or nothing to see again: what comes now is new.
    [[nodiscard]] bool isCaughtUp() const { return m_stage == Stage::New; }
    /// The last line seen does not come again: rotation, or another instance of the container. The next
    /// resume() looks again, or makes a gap of it.
    [[nodiscard]] bool isLost() const { return m_stage == Stage::Lost; }
    /// One line as the stream has it. Appends to `out` what is new, dividers included.
    void take(const LineFramer::Line &line, QList<LogLine> &out);
    /// The stream ended. `complete`: it was all there is, so lines held back for comparison are new ones; else they
    /// are forgotten and will come again.
    void streamEnded(bool complete, QList<LogLine> &out);

    /// The greatest stamp seen.
    [[nodiscard]] std::optional<LogStamp> last() const { return m_seen.empty() ? std::nullopt : std::optional(m_last); }

private:
    struct Seen {
        LogStamp stamp;
        size_t hash = 0;
        bool any = false; ///< text unknown
        [[nodiscard]] bool is(const Seen &other) const
        {
            return stamp == other.stamp && (any || other.any || hash == other.hash);
        }
    };
    struct Held {
        Seen seen;
        LogLine line;
    };
    enum class Stage {
        New,     ///< all lines are new
        Aligned, ///< lines so far are a run of the remembered ones
        Search,  ///< they are not; look for the last one seen
        Lost,    ///< it is not there; what to do is for the owner to say
    };

    void remember(const Seen &seen);
    void emitNew(const Held &held, QList<LogLine> &out);
    void align(QList<LogLine> &out);
    void search(QList<LogLine> &out);
    void found(qsizetype skip, QList<LogLine> &out);
    void lost(QList<LogLine> &out);
    void forgetHeld();
    [[nodiscard]] bool isExpected(const Seen &seen) const;
    [[nodiscard]] qint64 windowStart() const;

    std::deque<Seen> m_seen; ///< in the order of the file
    LogStamp m_last;         ///< greatest stamp seen
    std::optional<LogStamp> m_first;
    std::optional<qint64> m_since;
    bool m_middle = false;
    QByteArray m_note;                   ///< last line without a stamp
    std::optional<LogStamp> m_forgotten; ///< greatest stamp that had to be forgotten for the bound

    // While resuming.
    Stage m_stage = Stage::New;
    bool m_announce = false;
    bool m_askFirst = false;
    bool m_whole = false; ///< m_expected is all that can come before new lines
    std::vector<Seen> m_expected;
    std::vector<Seen> m_byStamp;         ///< m_expected, sorted
    qsizetype m_lastRun = 0;             ///< how often the last line seen stands in m_expected
    std::vector<qsizetype> m_candidates; ///< where in m_expected the stream may have begun
    qsizetype m_bestSkip = -1;           ///< a candidate that came to its end: lines to skip
    QList<Held> m_held;
    qsizetype m_searched = 0;  ///< of m_held
    qsizetype m_lastFound = 0; ///< how often the last line seen was found
};

} // namespace kube
