// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/searchrun.h"

#include "logs/workers.h"

#include <QElapsedTimer>

namespace logs {

namespace {
/// A pattern that gives up on more lines than this is hopeless.
constexpr int mostTooComplex = 100;
} // namespace

SearchRun::SearchRun(Pattern pattern, std::shared_ptr<Wake::Bell> bell)
    : m_pattern(std::move(pattern))
    , m_bell(std::move(bell))
{
}

void SearchRun::goOn(ContentPointer content, qint64 firstChanged)
{
    int wanted = 0;
    {
        const std::lock_guard lock(m_mutex);
        m_content = std::move(content);
        if (firstChanged < m_next) {
            ++m_epoch;
            m_early.clear();
            m_result.scanned = std::min(m_result.scanned, firstChanged);
            m_result.matches.truncate(m_result.scanned);
            m_next = m_result.scanned;
        }
        if (!m_result.ended && m_next < m_content->rowCount()) {
            // The first piece may be all there is.
            const bool more = m_content->chunkEnd(m_next) < m_content->rowCount();
            wanted = (more ? Workers::shared().threads() : 1) - m_lanes;
            m_lanes += std::max(wanted, 0);
        }
    }
    for (int i = 0; i < wanted; ++i)
        Workers::shared().run(Workers::Kind::Search, [self = shared_from_this()] { self->slice(); });
}

SearchRun::Result SearchRun::result() const
{
    const std::lock_guard lock(m_mutex);
    return m_result;
}

void SearchRun::slice()
{
    QElapsedTimer time;
    time.start();
    while (scanPiece()) {
        if (time.elapsed() < sliceMs)
            continue;
        Workers::shared().run(Workers::Kind::Search, [self = shared_from_this()] { self->slice(); });
        return;
    }
}

/// Looks through one piece; false: there is no more to do for this worker, which is no lane any more.
bool SearchRun::scanPiece()
{
    Piece piece;
    ContentPointer content;
    int epoch = 0;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stop || m_result.ended || m_next >= m_content->rowCount()) {
            --m_lanes;
            return false;
        }
        content = m_content;
        epoch = m_epoch;
        piece.first = m_next;
        piece.end = m_next = content->chunkEnd(m_next);
    }
    scanInto(piece, *content);
    content.reset(); // may be the last to hold a file
    bool done = false;
    {
        const std::lock_guard lock(m_mutex);
        if (m_stop || epoch != m_epoch)
            return true;
        m_early.emplace(piece.first, std::move(piece));
        merge();
        done = m_result.ended || m_result.scanned == m_content->rowCount();
    }
    m_bell->ring(done);
    return true;
}

void SearchRun::scanInto(Piece &piece, const Content &content)
{
    for (qint64 from = piece.first; from < piece.end;) {
        const size_t before = piece.hits.size();
        const Content::Scan scan = content.scan(from, piece.end, m_pattern, piece.hits, m_stop);
        for (size_t i = before; from > piece.first && i < piece.hits.size(); ++i)
            piece.hits[i] += quint32(from - piece.first);
        if (scan.outcome != Pattern::Outcome::GaveUp)
            return;
        if (piece.tooComplex++ == 0)
            piece.firstTooComplex = scan.row;
        if (piece.tooComplex > mostTooComplex)
            return;
        from = scan.row + 1;
    }
}

/// Takes in the pieces that follow on what is known.
void SearchRun::merge()
{
    while (!m_early.empty() && m_early.begin()->first == m_result.scanned) {
        const Piece &piece = m_early.begin()->second;
        for (const quint32 hit : piece.hits)
            m_result.matches.add(piece.first + hit);
        m_result.scanned = piece.end;
        if (m_result.tooComplex == 0)
            m_result.firstTooComplex = piece.firstTooComplex;
        m_result.tooComplex += piece.tooComplex;
        m_result.ended = m_result.tooComplex > mostTooComplex;
        m_early.erase(m_early.begin());
    }
}

} // namespace logs
