// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/stepper.h"

#include "ui/fade.h"
#include "ui/steppermetrics.h"
#include "ui/tick.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QRegularExpression>
#include <QToolTip>

#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;
using namespace steppermetrics;

Stepper::Stepper(Tick &tick, Selection &selection, QWidget *parent)
    : QWidget(parent)
    , m_tick(tick)
    , m_selection(selection)
{
    installAccessibleLists();
    setObjectName(u"stepper"_s);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAccessibleName(tr("Phases"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(false);
    setSizePolicy(policy);
    m_turning.setInterval(50);
    connect(&m_turning, &QTimer::timeout, this, [this] {
        m_turn = std::fmod(m_turn + 0.025, 1.0);
        for (int i = 0; i < itemCount(); ++i) {
            if (m_phases.at(i).state == upgrade::State::Running && m_phases.at(i).fraction < 0)
                update(discRect(i).toAlignedRect().adjusted(-2, -2, 2, 2));
        }
    });
    connect(&m_tick, &Tick::ticked, this, qOverload<>(&QWidget::update));
    connect(&m_selection, &Selection::changed, this, qOverload<>(&QWidget::update));
}

void Stepper::setPhases(const QList<upgrade::Phase> &phases)
{
    if (phases == m_phases)
        return;
    const QList<upgrade::Phase> before = std::exchange(m_phases, phases);
    if (before.isEmpty()) {
        for (int i = 0; i < itemCount(); ++i) {
            if (m_phases.at(i).state != upgrade::State::Succeeded) {
                m_current = i;
                break;
            }
        }
    }
    m_current = std::clamp(m_current, 0, std::max(0, itemCount() - 1));
    if (before.size() != m_phases.size())
        relayout();
    for (int i = 0; i < itemCount() && i < before.size(); ++i) {
        if (before.at(i).state != m_phases.at(i).state)
            announceName(this, i);
    }
    animate();
    update();
}

void Stepper::animate()
{
    bool endless = false;
    for (const upgrade::Phase &phase : std::as_const(m_phases))
        endless = endless || (phase.state == upgrade::State::Running && phase.fraction < 0);
    const bool wanted = endless && isVisible() && Fade::wanted(this);
    if (wanted != m_turning.isActive())
        wanted ? m_turning.start() : m_turning.stop();
}

QString Stepper::title(int index) const
{
    return index == 0 ? tr("Log", "short caption of the log infrastructure pre-step")
                      : upgrade::phaseTitle(m_phases.at(index).id);
}

QString Stepper::activity(int index) const
{
    const upgrade::Phase &phase = m_phases.at(index);
    if (!phase.activity.isEmpty())
        return shown(upgrade::text(phase.activity));
    return shown(phase.message.isEmpty() ? phase.reason : phase.message).simplified();
}

QSize Stepper::minimumSizeHint() const
{
    return {320, sizeHint().height()};
}

int Stepper::verticalHeight() const
{
    return m_phases.isEmpty() ? 0 : dotRow + row * (itemCount() - 1) + 2;
}

int Stepper::margin() const
{
    return m_tight ? tightPad : pad;
}

QSize Stepper::sizeHint() const
{
    if (m_phases.isEmpty())
        return {600, 0};
    if (m_vertical)
        return {400, verticalHeight()};
    const QFontMetrics title(titleFont(font()));
    const QFontMetrics caption(captionFont(font()));
    const int texts = title.lineSpacing() * m_titleLines + 2 * caption.lineSpacing() + 4;
    return {verticalBelow, margin() + disc + 8 + texts + margin()};
}

void Stepper::setMayBeVertical(bool may)
{
    if (may == m_mayBeVertical)
        return;
    m_mayBeVertical = may;
    relayout();
}

void Stepper::relayout()
{
    m_cells.clear();
    m_vertical = width() < verticalBelow && m_mayBeVertical;
    m_tight = width() < verticalBelow && !m_vertical;
    const int count = itemCount();
    if (m_vertical) {
        int y = 1;
        for (int i = 0; i < count; ++i) {
            const int height = i == 0 ? dotRow : row;
            m_cells.append(QRect(0, y, width(), height));
            y += height;
        }
    } else if (count > 0) {
        const int dotted = m_tight ? tightDotWidth : dotWidth;
        const int rest = width() - dotted;
        const double each = count > 1 ? double(rest) / (count - 1) : rest;
        m_titleLines = 1;
        const QFontMetrics metrics(titleFont(font()));
        for (int i = 1; i < count; ++i) {
            if (metrics.horizontalAdvance(title(i)) > each - 2 * margin())
                m_titleLines = 2;
        }
        const int height = sizeHint().height();
        m_cells.append(QRect(0, 0, dotted, height));
        for (int i = 1; i < count; ++i) {
            const int from = dotted + int(std::round(each * (i - 1)));
            const int to = dotted + int(std::round(each * i));
            m_cells.append(QRect(from, 0, to - from, height));
        }
    }
    const int height = sizeHint().height();
    if (minimumHeight() != height || maximumHeight() != height)
        setFixedHeight(height);
    updateGeometry();
    update();
}

void Stepper::paintEvent(QPaintEvent *)
{
    if (m_phases.isEmpty() || m_cells.size() != m_phases.size())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    m_vertical ? paintVertical(painter) : paintHorizontal(painter);
    if (hasFocus()) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
        painter.drawRoundedRect(QRectF(m_cells.at(m_current)).adjusted(1, 1, -1, -1), 6, 6);
    }
}

void Stepper::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    relayout();
}

void Stepper::moveTo(int index)
{
    if (index < 0 || index >= itemCount() || index == m_current)
        return;
    m_current = index;
    announceFocus(this, index);
    update();
}

void Stepper::keyPressEvent(QKeyEvent *event)
{
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    switch (event->key()) {
    case Qt::Key_Left:
        moveTo(m_current + (mirrored ? 1 : -1));
        break;
    case Qt::Key_Right:
        moveTo(m_current + (mirrored ? -1 : 1));
        break;
    case Qt::Key_Up:
        moveTo(m_current - 1);
        break;
    case Qt::Key_Down:
        moveTo(m_current + 1);
        break;
    case Qt::Key_Home:
        moveTo(0);
        break;
    case Qt::Key_End:
        moveTo(itemCount() - 1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
    case Qt::Key_Space:
        itemActivate(m_current);
        break;
    default:
        QWidget::keyPressEvent(event);
        return;
    }
    event->accept();
}

void Stepper::mousePressEvent(QMouseEvent *event)
{
    const int index = indexAt(event->position().toPoint());
    if (index < 0 || event->button() != Qt::LeftButton)
        return;
    m_current = index;
    itemActivate(index);
}

void Stepper::mouseMoveEvent(QMouseEvent *event)
{
    const int index = indexAt(event->position().toPoint());
    if (index != m_hovered) {
        m_hovered = index;
        update();
    }
}

void Stepper::leaveEvent(QEvent *)
{
    m_hovered = -1;
    update();
}

void Stepper::focusInEvent(QFocusEvent *event)
{
    QWidget::focusInEvent(event);
    announceFocus(this, m_current);
}

bool Stepper::event(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const int index = indexAt(help->pos());
        if (index < 0) {
            QToolTip::hideText();
        } else {
            const upgrade::Phase &phase = m_phases.at(index);
            QStringList lines{upgrade::phaseTitle(phase.id), stateLine(phase, m_tick.now()), activity(index)};
            if (phase.started.isValid())
                lines.append(tr("Started %1").arg(absoluteTime(phase.started)));
            if (phase.finished.isValid())
                lines.append(tr("Finished %1").arg(absoluteTime(phase.finished)));
            if (!phase.reason.isEmpty() || !phase.message.isEmpty())
                lines.append(QStringList{phase.reason, phase.message}.filter(QRegularExpression(u"."_s)).join(u": "_s));
            if (phase.attempt > 1)
                lines.append(tr("Attempt %1").arg(phase.attempt));
            QToolTip::showText(help->globalPos(), tip(lines), this, m_cells.at(index));
        }
        return true;
    }
    return QWidget::event(event);
}

void Stepper::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        setAccessibleName(tr("Phases"));
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::FontChange
        || event->type() == QEvent::StyleChange)
        relayout();
    QWidget::changeEvent(event);
}

void Stepper::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    animate();
}

void Stepper::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    animate();
}

int Stepper::indexAt(const QPoint &at) const
{
    for (int i = 0; i < m_cells.size() && i < itemCount(); ++i) {
        if (m_cells.at(i).contains(at))
            return i;
    }
    return -1;
}

QString Stepper::itemName(int index) const
{
    const upgrade::Phase &phase = m_phases.at(index);
    if (index == 0)
        return tr("Pre-step, %1: %2").arg(upgrade::phaseTitle(phase.id), stateLine(phase, m_tick.now()));
    return tr("Phase %1 of %2, %3: %4")
        .arg(QString::number(index), QString::number(itemCount() - 1), upgrade::phaseTitle(phase.id),
            stateLine(phase, m_tick.now()));
}

QString Stepper::itemDescription(int index) const
{
    return activity(index);
}
QRect Stepper::itemRect(int index) const
{
    return m_cells.value(index);
}

bool Stepper::itemSelected(int index) const
{
    return m_selection.value().phase == m_phases.at(index).id;
}

void Stepper::itemActivate(int index)
{
    if (index < 0 || index >= itemCount())
        return;
    moveTo(index);
    m_selection.selectPhase(m_phases.at(index).id);
}

} // namespace ui
