// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/logspool.h"

#include "kube/logcursor.h"

#include <QFile>

#include <algorithm>
#include <cerrno>
#include <unistd.h>
#include <utility>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr qint64 mostOfNote = 4096;
constexpr qint64 roomOfFull = qint64(64) * 1024; ///< less than this under a shared limit is none

QString marksPath(const QString &path)
{
    return path + ".marks"_L1;
}

bool beginsWithStamp(QByteArrayView text)
{
    const qsizetype space = text.first(std::min<qsizetype>(text.size(), 41)).indexOf(' ');
    return space > 0 && kube::parseLogStamp(text.first(space));
}

} // namespace

struct LogSpool::Batch {
    QByteArray bytes, marks;
    qint64 begin = 0; ///< where bytes will stand
    qint64 room = 0;
    QString limit; ///< set when room is less than was wanted
    [[nodiscard]] qint64 end() const { return begin + bytes.size(); }
};

LogSpool::LogSpool(std::unique_ptr<AppendFile> file, const SpoolOptions &options)
    : m_options(options)
    , m_file(std::move(file))
    , m_retry(this)
    , m_pause(options.firstRetry)
{
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &LogSpool::retry);
}

LogSpool::~LogSpool()
{
    (void)flush();
}

DiskResult<std::unique_ptr<LogSpool>> LogSpool::open(const QString &path, const SpoolOptions &options)
{
    auto file = AppendFile::open(path, *options.disk, options.syncer);
    if (!file)
        return std::unexpected(file.error());
    std::unique_ptr<LogSpool> spool(new LogSpool(std::move(*file), options));
    if (const auto error = spool->recover())
        return std::unexpected(*error);
    return spool;
}

ReadPart LogSpool::reader() const
{
    return [this](qint64 offset, qint64 count) { return m_file->read(offset, count); };
}

std::optional<DiskError> LogSpool::recover()
{
    const auto whole = wholeLines(reader(), m_file->size());
    if (!whole)
        return whole.error();
    if (*whole < m_file->size()) {
        if (const auto error = m_file->cutTo(*whole))
            return error;
    }
    if (*whole > 0) {
        auto last = lineBefore(reader(), *whole, mostOfNote);
        if (!last)
            return last.error();
        if (!beginsWithStamp(*last) && last->endsWith('\n'))
            m_note = last->chopped(1);
    }
    return recoverMarks();
}

/// The marks file is read in pieces: each reconnect of a long day adds a line to it.
std::optional<DiskError> LogSpool::recoverMarks()
{
    if (::access(QFile::encodeName(marksPath(path())).constData(), F_OK) != 0)
        return std::nullopt;
    const auto file = openPrivate(marksPath(path()));
    if (!file)
        return file.error();
    constexpr qint64 piece = qint64(64) * 1024;
    const qint64 size = sizeOf(file->get());
    QByteArray rest;
    qint64 kept = 0, read = 0, droppedFrom = -1;
    bool over = false;
    while (read < size && !over) {
        QByteArray part(std::min(piece, size - read), Qt::Uninitialized);
        const auto got = readAt(file->get(), part.data(), part.size(), read, marksPath(path()));
        if (!got)
            return got.error();
        if (*got == 0)
            break;
        read += *got;
        rest += QByteArrayView(part).first(*got);
        qsizetype from = 0;
        for (qsizetype end = rest.indexOf('\n'); end >= 0 && !over; end = rest.indexOf('\n', from)) {
            const auto mark = logs::parseMark(QByteArrayView(rest).sliced(from, end - from));
            over = mark && mark->at > m_file->size();
            if (over)
                break; // its lines never came
            if (mark && mark->at == m_file->size()) {
                m_found.append(mark->divider.kind);
                m_ended = mark->divider.kind == MarkKind::Ended;
                if (mark->divider.kind == MarkKind::Dropped) {
                    droppedFrom = kept;
                    m_limit = mark->divider.text;
                }
            }
            kept += end + 1 - from;
            from = end + 1;
        }
        rest.remove(0, from);
    }
    if (droppedFrom >= 0) {
        const qint64 number = m_limit.section(u' ', 1).toLongLong();
        const bool own = m_limit.startsWith("log-limit"_L1) && number >= m_options.limit;
        const bool shared = m_options.room && m_limit == m_options.room->limit && m_options.room->left < roomOfFull;
        if (own || shared) {
            m_state = State::Full;
        } else {
            // There is room again and nothing was lost yet; if the log has gone on without us, that is a gap.
            kept = droppedFrom;
            m_found.removeAll(MarkKind::Dropped);
            m_limit.clear();
        }
    }
    if (kept < size && ::ftruncate(file->get(), off_t(kept)) != 0)
        return systemError(marksPath(path()), errno);
    m_marksSize = kept;
    return std::nullopt;
}

void LogSpool::addMark(const Mark &mark, Batch &batch)
{
    if (mark.at == batch.begin && batch.bytes.isEmpty() && m_found.removeOne(mark.divider.kind)) {
        m_ended = mark.divider.kind == MarkKind::Ended;
        return; // said before the last end of ours
    }
    m_ended = mark.divider.kind == MarkKind::Ended;
    batch.marks += logs::markLine(mark);
}

void LogSpool::add(const kube::LogLine &line, Batch &batch)
{
    if (const auto kind = markOf(line.kind)) {
        const QByteArray &time = line.stamp.isEmpty() ? m_lastStamp : line.stamp;
        return addMark({batch.end(), {*kind, time, QString::fromUtf8(line.text)}}, batch);
    }
    const QByteArray *text = &line.text;
    QByteArray other;
    if (text->contains('\n')) {
        other = line.text;
        text = &other.replace('\n', "\xe2\x90\x8a"); // no line may become two
    }
    if (line.stamp.isEmpty()) {
        // The kubelet says its notes again each time the log is opened.
        if (!m_note.isEmpty() && *text == m_note) {
            m_note.clear();
            return;
        }
        if (beginsWithStamp(*text)) {
            other = ' ' + *text;
            text = &other;
        }
    }
    const qint64 need = line.stamp.size() + text->size() + 2;
    const bool roomy = !m_options.room || need <= m_options.room->left - batch.bytes.size();
    if (!roomy || batch.end() + need > m_options.limit) {
        batch.limit = roomy ? u"log-limit %1"_s.arg(m_options.limit) : m_options.room->limit;
        return;
    }
    if (!line.stamp.isEmpty()) {
        batch.bytes += line.stamp;
        batch.bytes += ' ';
        m_lastStamp = line.stamp;
        m_note.clear();
    }
    batch.bytes += *text;
    batch.bytes += '\n';
    m_found.clear();
    m_ended = false;
    if (line.cut)
        addMark({batch.end(), {MarkKind::Cut, line.stamp, {}}}, batch);
}

LogSpool::Taken LogSpool::append(const QList<kube::LogLine> &lines)
{
    if (m_state == State::Full || m_file->waiting() > m_options.mostWaiting)
        return Taken::No;
    Batch batch;
    batch.begin = m_file->end();
    for (const kube::LogLine &line : lines) {
        add(line, batch);
        if (!batch.limit.isEmpty()) {
            addMark({batch.end(), {MarkKind::Dropped, m_lastStamp, batch.limit}}, batch);
            m_limit = batch.limit;
            break;
        }
    }
    m_file->queue(batch.bytes);
    m_waitingMarks += batch.marks;
    if (m_options.room)
        m_options.room->left -= batch.bytes.size();
    if (m_state == State::Blocked) // the timer tries; a write for each batch would not help
        return m_limit.isEmpty() ? Taken::Pause : Taken::No;
    settle(flush());
    if (!m_limit.isEmpty())
        return Taken::No;
    return m_state == State::Blocked ? Taken::Pause : Taken::Yes;
}

/// Marks first: a mark whose lines are missing is known by its place, a line whose mark is missing hides a gap.
std::optional<DiskError> LogSpool::flush()
{
    if (const auto error = flushMarks())
        return error;
    if (const auto error = m_file->flush())
        return error;
    return m_file->syncTrouble();
}

std::optional<DiskError> LogSpool::flushMarks()
{
    if (m_waitingMarks.isEmpty())
        return std::nullopt;
    auto opened = openPrivate(marksPath(path()));
    if (!opened)
        return opened.error();
    const auto file = std::make_shared<OpenFile>(std::move(*opened), marksPath(path()));
    while (!m_waitingMarks.isEmpty()) {
        const qint64 done = m_options.disk->writeAt(
            file->descriptor.get(), m_waitingMarks.constData(), m_waitingMarks.size(), m_marksSize);
        if (done == -EINTR)
            continue;
        if (done <= 0)
            return systemError(file->path, done == 0 ? ENOSPC : int(-done));
        m_marksSize += done;
        m_waitingMarks.remove(0, done);
    }
    if (m_options.syncer)
        m_options.syncer->touched(file);
    return std::nullopt;
}

void LogSpool::settle(const std::optional<DiskError> &error)
{
    m_error = error;
    if (error) {
        m_retry.start(m_pause);
        m_pause = std::min(m_pause * 2, m_options.longestRetry);
        return setState(State::Blocked);
    }
    m_pause = m_options.firstRetry;
    m_retry.stop();
    setState(m_limit.isEmpty() ? State::Writing : State::Full);
}

void LogSpool::retry()
{
    if (m_state != State::Blocked)
        return;
    if (m_file->syncTrouble())
        m_file->syncAgain();
    settle(flush());
}

void LogSpool::setState(State state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

DiskResult<ResumePoint> LogSpool::resume() const
{
    return resumePoint(reader(), m_file->end());
}

} // namespace evidence
