// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logview.h"

#include "ui/theme.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

LogView::LogView(QWidget *parent)
    : QAbstractScrollArea(parent)
{
    setObjectName(u"logView"_s);
    QFont fixed = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    fixed.setFamilies(
        QStringList{QFontInfo(fixed).family()} + QStringList{u"Noto Sans Mono CJK SC"_s} + Theme::chineseFamilies());
    setFont(fixed);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    setAccessibleName(tr("Log"));
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
}

int LogView::lineHeight() const
{
    return fontMetrics().height() + 2;
}
int LogView::visibleLines() const
{
    return std::max(1, viewport()->height() / lineHeight());
}

void LogView::append(const QList<session::LogBatchLine> &lines)
{
    const qint64 firstBefore = m_store.first();
    const qint64 topBefore = firstBefore + verticalScrollBar()->value();
    m_store.append(lines);
    m_settling = true;
    settle();
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    else if (m_store.first() != firstBefore)
        verticalScrollBar()->setValue(int(std::max<qint64>(0, topBefore - m_store.first())));
    m_settling = false;
    if (m_anchor && m_anchor < m_store.first() && m_caret < m_store.first())
        m_anchor = m_caret = 0;
    viewport()->update();
}

void LogView::clear()
{
    m_store.clear();
    m_anchor = m_caret = 0;
    settle();
    setFollowing(true);
    viewport()->update();
}

void LogView::settle()
{
    QScrollBar *down = verticalScrollBar();
    const int room = visibleLines();
    down->setPageStep(room);
    down->setSingleStep(3);
    down->setRange(0, int(std::max<qsizetype>(0, m_store.count() - room)));
    const int width = int(std::min<qsizetype>(m_store.longest() + 40, 20'000)) * fontMetrics().averageCharWidth();
    QScrollBar *across = horizontalScrollBar();
    across->setPageStep(viewport()->width());
    across->setSingleStep(fontMetrics().averageCharWidth() * 4);
    across->setRange(0, std::max(0, width - viewport()->width()));
}

void LogView::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    Q_EMIT followingChanged(following);
}

void LogView::follow()
{
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    setFollowing(true);
}

void LogView::setTimestamps(bool on)
{
    m_timestamps = on;
    viewport()->update();
}

void LogView::setNeedle(const QString &needle)
{
    m_needle = needle.toUtf8().toLower();
    viewport()->update();
}

bool LogView::findNext(bool backward)
{
    const qint64 from = m_caret ? m_caret + (backward ? -1 : 1)
        : backward              ? m_store.end() - 1
                                : m_store.first() + verticalScrollBar()->value();
    const qint64 start = from < m_store.first() ? m_store.end() - 1 : from >= m_store.end() ? m_store.first() : from;
    const qint64 found = m_store.find(m_needle, start, backward);
    if (!found)
        return false;
    select(found, found);
    showLine(found);
    return true;
}

void LogView::showLine(qint64 number)
{
    if (!m_store.contains(number))
        return;
    const int at = int(number - m_store.first());
    QScrollBar *down = verticalScrollBar();
    if (at < down->value() || at >= down->value() + visibleLines())
        down->setValue(at - visibleLines() / 3);
    if (number != m_store.end() - 1)
        setFollowing(down->value() >= down->maximum() && m_following);
}

void LogView::goTo(qint64 number)
{
    if (!m_store.contains(number))
        return;
    setFollowing(false);
    showLine(number);
    select(number, number);
}

void LogView::select(qint64 anchor, qint64 caret)
{
    m_anchor = anchor;
    m_caret = caret;
    viewport()->update();
}

std::pair<qint64, qint64> LogView::selectedLines() const
{
    return {std::min(m_anchor, m_caret), std::max(m_anchor, m_caret)};
}

QString LogView::selectedText() const
{
    const auto [from, to] = selectedLines();
    QStringList lines;
    for (qint64 number = std::max(from, m_store.first()); from > 0 && number <= to && m_store.contains(number);
        ++number) {
        const LogStore::Entry &entry = m_store.at(number);
        const bool divider = entry.newPod || entry.kind != kube::LogLine::Kind::Text;
        if (divider)
            lines.append(u"--- %1 ---"_s.arg(dividerText(entry)));
        else
            lines.append(
                (m_timestamps ? QString::fromLatin1(entry.stamp) + u' ' : QString()) + QString::fromUtf8(entry.text));
    }
    return lines.join(u'\n');
}

void LogView::copy() const
{
    if (const QString text = selectedText(); !text.isEmpty())
        QApplication::clipboard()->setText(text);
}

void LogView::setPlaceholder(const QString &text)
{
    m_placeholder = text;
    viewport()->update();
}

void LogView::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    m_settling = true;
    settle();
    if (m_following)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
    m_settling = false;
}

void LogView::scrollContentsBy(int, int dy)
{
    if (!m_settling && dy != 0)
        setFollowing(verticalScrollBar()->value() >= verticalScrollBar()->maximum());
    viewport()->update();
}

qint64 LogView::lineAt(int y) const
{
    const qint64 number = m_store.first() + verticalScrollBar()->value() + y / lineHeight();
    return std::clamp(number, m_store.first(), std::max(m_store.first(), m_store.end() - 1));
}

void LogView::moveCaret(qint64 to, bool extend)
{
    if (m_store.count() == 0)
        return;
    to = std::clamp(to, m_store.first(), m_store.end() - 1);
    select(extend && m_anchor ? m_anchor : to, to);
    showLine(to);
}

void LogView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy)) {
        copy();
        return;
    }
    if (event->matches(QKeySequence::SelectAll) && m_store.count() > 0) {
        select(m_store.first(), m_store.end() - 1);
        return;
    }
    const bool extend = event->modifiers() & Qt::ShiftModifier;
    const qint64 here = m_caret ? m_caret : m_store.first() + verticalScrollBar()->value();
    switch (event->key()) {
    case Qt::Key_Up:
        moveCaret(here - 1, extend);
        return;
    case Qt::Key_Down:
        moveCaret(here + 1, extend);
        return;
    case Qt::Key_PageUp:
        moveCaret(here - visibleLines(), extend);
        return;
    case Qt::Key_PageDown:
        moveCaret(here + visibleLines(), extend);
        return;
    case Qt::Key_Home:
        moveCaret(m_store.first(), extend);
        return;
    case Qt::Key_End:
        moveCaret(m_store.end() - 1, extend);
        follow();
        return;
    case Qt::Key_Left:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
        return;
    case Qt::Key_Right:
        horizontalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
        return;
    default:
        QAbstractScrollArea::keyPressEvent(event);
    }
}

void LogView::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton || m_store.count() == 0)
        return;
    const qint64 line = lineAt(event->position().toPoint().y());
    select(event->modifiers() & Qt::ShiftModifier && m_anchor ? m_anchor : line, line);
}

void LogView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton) || !m_anchor)
        return;
    const int y = event->position().toPoint().y();
    if (y < 0)
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepSub);
    else if (y > viewport()->height())
        verticalScrollBar()->triggerAction(QAbstractSlider::SliderSingleStepAdd);
    select(m_anchor, lineAt(std::clamp(y, 0, viewport()->height() - 1)));
}

void LogView::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copyAction = menu->addAction(tr("Copy lines"), this, [this] { copy(); });
    copyAction->setEnabled(m_anchor > 0);
    menu->addAction(tr("Select all"), this, [this] {
        if (m_store.count() > 0)
            select(m_store.first(), m_store.end() - 1);
    });
    menu->addAction(tr("Go to the end"), this, &LogView::follow);
    menu->popup(event->globalPos());
}

void LogView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Log"));
        viewport()->update();
    } else if (event->type() == QEvent::FontChange) {
        settle();
    }
    QAbstractScrollArea::changeEvent(event);
}

} // namespace ui
