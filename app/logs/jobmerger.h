// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Brings the lines of several stamped files into one order, in the background: by their stamps, each source's own
/// order kept. Where one source goes on for long its stamps are not read but halved through. Private to JobDocument.
#pragma once

#include "logs/jobcontent.h"
#include "logs/linewalker.h"
#include "logs/marks.h"
#include "logs/wake.h"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace logs {

struct JobMerger : std::enable_shared_from_this<JobMerger> {
    struct Input {
        std::shared_ptr<const LogFile> file; ///< null: cannot be opened (yet)
        QString marksPath;
        bool counted = false; ///< all of its lines that are there now are known
    };
    struct Result {
        RowOrder order;
        QList<DividerRow> dividers;
        bool idle = false; ///< nothing is left to merge
    };

    explicit JobMerger(std::shared_ptr<Wake::Bell> bell)
        : m_bell(std::move(bell))
    {
    }

    /// The document's thread: the sources as they are now; earlier ones stay in their places.
    void goOn(std::vector<Input> inputs);
    [[nodiscard]] Result result() const;
    void stop() { m_stop = true; }

private:
    struct Step {
        quint16 source = 0;
        qint64 count = 0; ///< 0: a divider
        Divider divider;
    };
    /// What the worker knows of a source.
    struct Cursor {
        LogFile::Extent extent;
        qint64 taken = 0; ///< lines that are merged
        bool began = false;
        std::optional<qint64> head; ///< time of the next line, once it was read
        qint64 last = 0;            ///< time of the line before; a line without a stamp has that of the one before it
        std::unique_ptr<LineWalker> walker;
        qint64 walkerLine = -1;
        std::deque<Mark> marks; ///< not placed yet
        qint64 marksRead = 0;   ///< bytes of the marks file
        [[nodiscard]] qint64 left() const { return extent.newlines - taken; }
    };

    void slice();
    [[nodiscard]] bool mergeOne(const std::vector<Input> &inputs, std::vector<Step> &steps);
    static void readMarks(const Input &input, Cursor &cursor);
    [[nodiscard]] static std::optional<qint64> markLine(const Input &input, const Cursor &cursor);
    [[nodiscard]] static qint64 timeOf(const Input &input, Cursor &cursor, qint64 line);
    [[nodiscard]] qint64 run(const Input &input, Cursor &cursor, qint64 most, qint64 until, bool orEqual);

    const std::shared_ptr<Wake::Bell> m_bell;
    std::atomic<bool> m_stop = false;
    std::vector<Cursor> m_cursors; ///< the worker's; there is one at a time

    mutable std::mutex m_mutex;
    std::vector<Input> m_inputs;
    bool m_running = false;
    bool m_again = false; ///< the inputs changed while it runs
    Result m_result;
};

} // namespace logs
