// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/momentslider.h"

#include "ui/statecolours.h"

#include <QKeyEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyleOptionSlider>

#include <algorithm>
#include <limits>

namespace ui {

MomentSlider::MomentSlider(QWidget *parent)
    : QSlider(Qt::Horizontal, parent)
{
    setObjectName(QStringLiteral("moments"));
    setFocusPolicy(Qt::StrongFocus);
    setTracking(true);
    connect(this, &QSlider::valueChanged, this, [this](int value) {
        if (!m_placing)
            go(value >= maximum() ? m_last : m_first.addSecs(value));
    });
}

void MomentSlider::setMoments(const QDateTime &first, const QDateTime &last, const QList<evidence::Moment> &moments)
{
    const QScopedValueRollback placing(m_placing, true);
    m_first = first;
    m_last = last;
    m_moments.clear();
    for (const evidence::Moment &one : moments) {
        if (one.at > first && one.at < last)
            m_moments.append(one.at);
    }
    m_moments.prepend(first);
    if (last != first)
        m_moments.append(last);
    const qint64 seconds = first.isValid() ? first.secsTo(last) : 0;
    setRange(0, int(std::clamp<qint64>(seconds, 0, std::numeric_limits<int>::max())));
    setEnabled(m_moments.size() > 1);
}

int MomentSlider::valueOf(const QDateTime &at) const
{
    return at >= m_last ? maximum() : int(std::clamp<qint64>(m_first.secsTo(at), 0, maximum()));
}

void MomentSlider::place(const QDateTime &at)
{
    if (at == m_at || !at.isValid())
        return;
    const QScopedValueRollback placing(m_placing, true);
    m_at = at;
    setValue(valueOf(at));
}

void MomentSlider::go(const QDateTime &at)
{
    if (at == m_at || !at.isValid())
        return;
    place(at);
    Q_EMIT wanted(at);
}

bool MomentSlider::hasNext() const
{
    return m_at.isValid() && m_at < m_last;
}

bool MomentSlider::hasPrevious() const
{
    return m_at.isValid() && m_at > m_first;
}

void MomentSlider::step(qsizetype changes)
{
    if (m_moments.isEmpty() || !m_at.isValid() || changes == 0)
        return;
    // Between two changes, the next one on is after, the next one back is before.
    const auto begin = m_moments.cbegin();
    const qsizetype at = changes > 0 ? std::upper_bound(begin, m_moments.cend(), m_at) - begin - 1
                                     : std::lower_bound(begin, m_moments.cend(), m_at) - begin;
    go(m_moments.at(std::clamp<qsizetype>(at + changes, 0, m_moments.size() - 1)));
}

void MomentSlider::keyPressEvent(QKeyEvent *event)
{
    const qsizetype on = layoutDirection() == Qt::RightToLeft ? -1 : 1;
    const qsizetype page = std::max<qsizetype>(1, m_moments.size() / 10);
    switch (event->key()) {
    case Qt::Key_Right:
        step(on);
        break;
    case Qt::Key_Left:
        step(-on);
        break;
    case Qt::Key_Up:
        step(1);
        break;
    case Qt::Key_Down:
        step(-1);
        break;
    case Qt::Key_PageUp:
        step(page);
        break;
    case Qt::Key_PageDown:
        step(-page);
        break;
    case Qt::Key_Home:
        go(m_first);
        break;
    case Qt::Key_End:
        go(m_last);
        break;
    default:
        QSlider::keyPressEvent(event);
        return;
    }
    event->accept();
}

void MomentSlider::wheelEvent(QWheelEvent *event)
{
    const int turned = event->angleDelta().y() + event->angleDelta().x();
    if (turned != 0)
        step(turned > 0 ? -1 : 1); // down and on, as in a log
    event->accept();
}

void MomentSlider::mousePressEvent(QMouseEvent *event)
{
    // A click goes there; the handle is then under the pointer and can be dragged on.
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect handle = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    const QRect groove = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
    if (event->button() == Qt::LeftButton && !handle.contains(event->position().toPoint())) {
        const int room = groove.width() - handle.width();
        setValue(QStyle::sliderValueFromPosition(minimum(), maximum(),
            int(event->position().x()) - groove.x() - handle.width() / 2, std::max(1, room), option.upsideDown));
    }
    QSlider::mousePressEvent(event);
}

void MomentSlider::paintEvent(QPaintEvent *event)
{
    // Where something changed: fine marks under the groove, so that quiet hours are seen as such.
    QStyleOptionSlider option;
    initStyleOption(&option);
    const QRect handle = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderHandle, this);
    const QRect groove = style()->subControlRect(QStyle::CC_Slider, &option, QStyle::SC_SliderGroove, this);
    QPainter painter(this);
    painter.setPen(blend(quietText(palette()), palette().color(QPalette::Base), 0.5));
    int last = -1;
    for (const QDateTime &at : std::as_const(m_moments)) {
        const int x = groove.x() + handle.width() / 2
            + QStyle::sliderPositionFromValue(
                minimum(), maximum(), valueOf(at), groove.width() - handle.width(), option.upsideDown);
        if (x == last)
            continue;
        last = x;
        painter.drawLine(x, height() - 4, x, height() - 1);
    }
    painter.end();
    QSlider::paintEvent(event);
}

} // namespace ui
