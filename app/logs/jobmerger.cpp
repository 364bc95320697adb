// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/jobmerger.h"

#include "logs/stamp.h"
#include "logs/workers.h"

#include <QElapsedTimer>
#include <QFile>

#include <algorithm>

namespace logs {

namespace {

constexpr qint64 stampBytes = 48;
/// Lines whose stamps are read one by one before it is worth to jump.
constexpr qint64 walkBeforeJump = 64;
constexpr qint64 mostMarkBytes = qint64(1024) * 1024;

} // namespace

void JobMerger::goOn(std::vector<Input> inputs)
{
    {
        const std::lock_guard lock(m_mutex);
        m_inputs = std::move(inputs);
        m_result.idle = false;
        if (m_running) {
            m_again = true;
            return;
        }
        m_running = true;
    }
    Workers::shared().run(Workers::Kind::Index, [self = shared_from_this()] { self->slice(); });
}

JobMerger::Result JobMerger::result() const
{
    const std::lock_guard lock(m_mutex);
    return m_result;
}

void JobMerger::slice()
{
    QElapsedTimer time;
    time.start();
    std::vector<Input> inputs;
    {
        const std::lock_guard lock(m_mutex);
        inputs = m_inputs;
        m_again = false;
    }
    m_cursors.resize(inputs.size());
    for (size_t i = 0; i < inputs.size(); ++i) {
        if (inputs[i].file)
            m_cursors[i].extent = inputs[i].file->extent();
        readMarks(inputs[i], m_cursors[i]);
    }
    std::vector<Step> steps;
    bool more = true;
    while (more && !m_stop && time.elapsed() < sliceMs)
        more = mergeOne(inputs, steps);
    {
        const std::lock_guard lock(m_mutex);
        for (const Step &step : steps) {
            if (step.count == 0)
                m_result.dividers.append({m_result.order.count(), step.source, step.divider});
            m_result.order.append(step.count == 0 ? RowOrder::divider : step.source, std::max<qint64>(step.count, 1));
        }
        more = !m_stop && (more || m_again);
        m_running = more;
        m_result.idle = !more;
    }
    m_bell->ring();
    if (more)
        Workers::shared().run(Workers::Kind::Index, [self = shared_from_this()] { self->slice(); });
}

void JobMerger::readMarks(const Input &input, Cursor &cursor)
{
    QFile file(input.marksPath);
    if (input.marksPath.isEmpty() || !file.open(QIODevice::ReadOnly) || !file.seek(cursor.marksRead))
        return;
    while (true) {
        const QByteArray line = file.readLine(mostMarkBytes);
        if (!line.endsWith('\n'))
            return; // its writer is not done
        cursor.marksRead += line.size();
        if (const auto mark = parseMark(QByteArrayView(line).chopped(1)))
            cursor.marks.push_back(*mark);
    }
}

/// The line before which the next mark stands; nullopt: there is none, or that part of the log is not counted.
std::optional<qint64> JobMerger::markLine(const Input &input, const Cursor &cursor)
{
    if (cursor.marks.empty() || cursor.marks.front().at > cursor.extent.bytes || !input.file)
        return std::nullopt;
    const qint64 at = cursor.marks.front().at;
    return at == cursor.extent.bytes ? cursor.extent.newlines : input.file->lineAt(at);
}

qint64 JobMerger::timeOf(const Input &input, Cursor &cursor, qint64 line)
{
    const bool jump = line != cursor.taken && line != cursor.walkerLine;
    if (jump) {
        const qint64 offset = input.file->lineStart(line);
        return offset < 0 ? cursor.last : stampTime(input.file->bytes(offset, stampBytes)).value_or(cursor.last);
    }
    LineWalker::Line read;
    if (line != cursor.walkerLine || !cursor.walker || !cursor.walker->next(read)) {
        cursor.walker = std::make_unique<LineWalker>(input.file, cursor.extent, line, stampBytes);
        if (!cursor.walker->next(read)) {
            cursor.walkerLine = -1;
            return cursor.last;
        }
    }
    cursor.walkerLine = line + 1;
    return stampTime(read.begin).value_or(cursor.last);
}

/// How many of the next lines, at least one and at most `most`, are not later than `until`.
qint64 JobMerger::run(const Input &input, Cursor &cursor, qint64 most, qint64 until, bool orEqual)
{
    const auto passes = [&](qint64 time) { return time < until || (orEqual && time == until); };
    qint64 count = 1;
    cursor.last = std::max(cursor.last, cursor.head.value_or(cursor.last));
    cursor.head.reset();
    while (count < most && count < walkBeforeJump) {
        const qint64 time = timeOf(input, cursor, cursor.taken + count);
        if (!passes(time)) {
            cursor.head = time;
            return count;
        }
        cursor.last = std::max(cursor.last, time);
        ++count;
    }
    qint64 step = walkBeforeJump;
    while (count + step <= most && passes(timeOf(input, cursor, cursor.taken + count + step - 1))) {
        count += step;
        step *= 2;
    }
    for (step /= 2; step > 0; step /= 2) {
        if (count + step <= most && passes(timeOf(input, cursor, cursor.taken + count + step - 1)))
            count += step;
    }
    return count;
}

/// One more step of the merge; false: nothing can be said before more is known.
bool JobMerger::mergeOne(const std::vector<Input> &inputs, std::vector<Step> &steps)
{
    size_t first = inputs.size();
    size_t other = inputs.size();
    int candidates = 0;
    for (size_t i = 0; i < inputs.size(); ++i) {
        Cursor &cursor = m_cursors[i];
        if (markLine(inputs[i], cursor).value_or(cursor.taken + 1) <= cursor.taken) {
            steps.push_back({quint16(i), 0, cursor.marks.front().divider});
            cursor.marks.pop_front();
            return true;
        }
        if (cursor.left() > 0)
            ++candidates;
        else if (inputs[i].file && !inputs[i].counted)
            return false; // what comes may be earlier than all else
    }
    for (size_t i = 0; i < inputs.size(); ++i) {
        Cursor &cursor = m_cursors[i];
        if (cursor.left() <= 0)
            continue;
        if (!cursor.head && (candidates > 1 || !cursor.began))
            cursor.head = timeOf(inputs[i], cursor, cursor.taken);
        if (first == inputs.size() || cursor.head.value_or(0) < m_cursors[first].head.value_or(0)) {
            other = first;
            first = i;
        } else if (other == inputs.size() || cursor.head.value_or(0) < m_cursors[other].head.value_or(0)) {
            other = i;
        }
    }
    if (first == inputs.size())
        return false;
    Cursor &cursor = m_cursors[first];
    if (!cursor.began) {
        cursor.began = true;
        if (inputs.size() > 1) {
            steps.push_back({quint16(first), 0, {Divider::Kind::Source, {}, {}}});
            return true;
        }
    }
    qint64 count = cursor.left();
    if (const auto mark = markLine(inputs[first], cursor))
        count = std::min(count, *mark - cursor.taken);
    if (other < inputs.size()) {
        const qint64 until = m_cursors[other].head.value_or(0);
        const qint64 most = count;
        count = run(inputs[first], cursor, most, until, first < other);
    } else {
        cursor.head.reset();
    }
    cursor.taken += count;
    if (cursor.walkerLine >= 0 && cursor.walkerLine < cursor.taken)
        cursor.walkerLine = -1;
    steps.push_back({quint16(first), count, {}});
    return true;
}

} // namespace logs
