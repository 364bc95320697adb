// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logview.h"

#include "logs/stamp.h"
#include "ui/logaccessible.h"
#include "ui/logmarks.h"
#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QFontDatabase>
#include <QFontInfo>
#include <QScrollBar>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

LogView::LogView(QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_marks(new LogMarks(this))
{
    installLogAccessibility();
    setObjectName(u"logView"_s);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAccessibleName(tr("Log"));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    setViewportMargins(0, 0, LogMarks::stripWidth, 0);
    m_colours.highlight.setPalette(palette());
    connect(verticalScrollBar(), &QScrollBar::actionTriggered, this, &LogView::barAction);
    connect(m_marks, &LogMarks::wanted, this, &LogView::goTo);
    settleFont();
}

LogView::~LogView() = default;

void LogView::setDocument(logs::Document *document, Start start)
{
    if (m_document)
        disconnect(m_document, nullptr, this, nullptr);
    m_document = document;
    if (document) {
        connect(document, &logs::Document::grew, this, &LogView::takeContent);
        connect(document, &logs::Document::reset, this, [this] { takeReset(m_following ? Start::End : Start::Begin); });
    }
    takeReset(start);
}

void LogView::takeReset(Start start)
{
    m_blocks.clear();
    forgetLines();
    m_content = m_document ? m_document->content() : nullptr;
    m_sources = m_content ? m_content->sources() : QStringList();
    m_anchor = m_caret = m_match = -1;
    m_span.reset();
    m_pressed.reset();
    m_widest = 0;
    m_zeroKnown = false;
    m_top = {};
    settleZero();
    settleGutter();
    settleBars();
    if (start == Start::End) {
        setTop(lastTop());
        setFollowing(true);
    } else {
        setTop({});
        setFollowing(false);
    }
    emit contentChanged();
}

void LogView::takeContent(qint64 firstChanged)
{
    m_content = m_document->content();
    m_blocks.erase(m_blocks.lower_bound(firstChanged / blockRows), m_blocks.end());
    m_lines.erase(m_lines.lower_bound({firstChanged, -1}), m_lines.end());
    const QStringList sources = m_content->sources();
    if (sources.size() != m_sources.size()) {
        m_sources = sources;
        settleGutter();
    }
    if (!m_zeroKnown)
        settleZero();
    settleBars();
    if (m_following)
        setTop(lastTop());
    viewport()->update();
    emit contentChanged();
}

/// Relative times count from the first time there is.
void LogView::settleZero()
{
    if (!m_content || m_content->rowCount() == 0)
        return;
    for (const logs::Row &one : m_content->rows(0, 16, 1)) {
        if (const auto time = logs::stampTime(one.stamp)) {
            m_zero = *time;
            m_zeroKnown = true;
            return;
        }
    }
}

const logs::Row &LogView::row(qint64 number) const
{
    static const logs::Row none;
    if (!m_content || number < 0 || number >= m_content->rowCount())
        return none;
    const qint64 block = number / blockRows;
    auto known = m_blocks.find(block);
    if (known == m_blocks.end()) {
        constexpr size_t kept = 12;
        if (m_blocks.size() > kept)
            m_blocks.clear();
        known = m_blocks.emplace(block, m_content->rows(block * blockRows, blockRows, shortBytes)).first;
    }
    const qint64 at = number - block * blockRows;
    return at < known->second.size() ? known->second.at(at) : none;
}

void LogView::setPlaceholder(const QString &text)
{
    if (text == m_placeholder)
        return;
    m_placeholder = text;
    viewport()->update();
}

void LogView::setTimes(LogTimes times)
{
    if (times == m_times)
        return;
    m_times = times;
    settleGutter();
    forgetLines();
    settleBars();
    setTop(m_following ? lastTop() : m_top);
}

void LogView::setWrap(bool wrap)
{
    if (wrap == m_wrap)
        return;
    m_wrap = wrap;
    forgetLines();
    m_top.sub = 0;
    settleBars();
    setTop(m_following ? lastTop() : m_top);
}

void LogView::setZoom(int zoom)
{
    zoom = std::clamp(zoom, -4, 16);
    if (zoom == m_zoom)
        return;
    m_zoom = zoom;
    settleFont();
    emit zoomed(zoom);
}

void LogView::setSyntax(Highlight::Kind kind)
{
    m_colours.highlight.setKind(kind);
    forgetLines();
}

void LogView::setRules(const QList<LogRule> &rules)
{
    m_colours.rules.clear();
    for (const LogRule &rule : rules) {
        if (!rule.enabled || rule.query.isEmpty())
            continue;
        if (auto pattern = logs::Pattern::compile(rule.query))
            m_colours.rules.append({std::move(*pattern), rule.colour});
    }
    forgetLines();
}

void LogView::setSearch(const logs::Pattern &pattern)
{
    m_colours.search = pattern;
    m_match = -1;
    forgetLines();
}

void LogView::setCurrentMatch(qint64 row)
{
    if (row == m_match)
        return;
    m_match = row;
    forgetLines();
}

void LogView::settleFont()
{
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setFamilies(
        QStringList{QFontInfo(fixed).family()} + QStringList{u"Noto Sans Mono CJK SC"_s} + Theme::chineseFamilies());
    const double size = fixed.pointSizeF() > 0 ? fixed.pointSizeF() : 10;
    fixed.setPointSizeF(std::max(5.0, size + m_zoom));
    m_font = fixed;
    const QFontMetricsF metrics(m_font);
    m_lineHeight = int(std::ceil(metrics.height())) + 2;
    m_column = std::max(1.0, metrics.horizontalAdvance(u'0'));
    settleGutter();
    forgetLines();
    settleBars();
    setTop(m_following ? lastTop() : m_top);
}

void LogView::forgetLines()
{
    m_lines.clear();
    viewport()->update();
}

std::pair<qint64, qint64> LogView::selectedRows() const
{
    if (m_anchor < 0)
        return {-1, -1};
    return {std::min(m_anchor, m_caret), std::max(m_anchor, m_caret)};
}

std::optional<LogView::Span> LogView::selectedSpan() const
{
    return m_span;
}

void LogView::selectRows(qint64 anchor, qint64 caret)
{
    if (rowCount() == 0)
        return;
    m_anchor = std::clamp<qint64>(anchor, 0, rowCount() - 1);
    m_caret = std::clamp<qint64>(caret, 0, rowCount() - 1);
    m_span.reset();
    selectionMoved();
}

void LogView::clearSelection()
{
    m_anchor = m_caret = -1;
    m_span.reset();
    selectionMoved();
}

void LogView::selectAll()
{
    selectRows(0, rowCount() - 1);
}

void LogView::selectionMoved()
{
    viewport()->update();
    tellCaret(this);
    emit caretMoved(m_caret);
}

QString LogView::selectedText(bool stamps) const
{
    const auto [first, last] = selectedRows();
    if (first < 0 || !m_content)
        return {};
    if (m_span) {
        const QByteArray part = m_content->part(
            m_span->row, m_span->from, qsizetype(std::min<qint64>(copyLimit, m_span->to - m_span->from)));
        return QString::fromUtf8(logs::withoutEscapes(part));
    }
    QByteArray text;
    logs::Content::Stop stop = false;
    const bool whole = logs::writeText(
        *m_content, first, last + 1, {.stamps = stamps, .escapes = false, .sourceNames = m_sources.size() > 1},
        [&](QByteArrayView piece) {
            text.append(piece);
            return text.size() <= copyLimit;
        },
        stop);
    if (!whole && text.size() > copyLimit)
        return {};
    if (text.endsWith('\n'))
        text.chop(1);
    return QString::fromUtf8(text);
}

void LogView::copy(bool stamps)
{
    const QString text = selectedText(stamps);
    if (!text.isEmpty())
        QApplication::clipboard()->setText(text);
    else if (m_anchor >= 0 && m_anchor != m_caret)
        emit copyRefused();
}

QList<qint64> LogView::seenRows() const
{
    QList<qint64> rows;
    Place place = m_top;
    for (int y = 0; y < viewport()->height() && place.row < rowCount(); y += m_lineHeight) {
        if (rows.isEmpty() || rows.last() != place.row)
            rows.append(place.row);
        place = moved(place, 1);
        if (place.row >= rowCount())
            break;
    }
    return rows;
}

QString LogView::plainText(qint64 number) const
{
    const logs::Row &one = row(number);
    if (one.isDivider())
        return dividerText(one, m_sources.value(one.source));
    const QString time = timeText(one.stamp, m_times, m_zero);
    const QString text = logs::displayText(one.text).text;
    return time.isEmpty() ? text : time + u' ' + text;
}

} // namespace ui
