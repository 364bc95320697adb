// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/fade.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

namespace ui {

using namespace Qt::StringLiterals;

bool Fade::wanted(const QWidget *widget)
{
    return widget->style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, widget) > 0;
}

void Fade::in(QWidget *panel)
{
    if (!panel->isVisible() || !wanted(panel) || panel->findChild<Fade *>(Qt::FindDirectChildrenOnly))
        return;
    auto *fade = new Fade(panel);
    fade->show();
    fade->raise();
    fade->m_going.start();
}

Fade::Fade(QWidget *panel)
    : QWidget(panel)
{
    setObjectName(u"fade"_s);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    setGeometry(panel->rect());
    panel->installEventFilter(this);
    m_going.setDuration(milliseconds);
    m_going.setStartValue(1.0);
    m_going.setEndValue(0.0);
    connect(&m_going, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        m_left = value.toDouble();
        update();
    });
    connect(&m_going, &QVariantAnimation::finished, this, [this] {
        hide();
        deleteLater();
    });
}

void Fade::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setOpacity(m_left);
    painter.fillRect(rect(), palette().color(QPalette::Base));
}

bool Fade::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        setGeometry(static_cast<QWidget *>(watched)->rect());
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
