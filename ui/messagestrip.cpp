// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/messagestrip.h"

#include "ui/fade.h"
#include "ui/glyph.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
QLabel *plainLabel()
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}
} // namespace

MessageStrip::MessageStrip(QWidget *parent)
    : QFrame(parent)
    , m_headline(plainLabel())
    , m_cause(plainLabel())
    , m_advice(plainLabel())
    , m_buttons(new QHBoxLayout)
{
    setObjectName(u"messageStrip"_s);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_headline->setFont(strong);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_headline);
    texts->addWidget(m_cause);
    texts->addWidget(m_advice);
    m_buttons->setSpacing(8);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16 + 12 + 20 + 8, 10, 28, 10);
    row->setSpacing(16);
    row->addLayout(texts, 1);
    row->addLayout(m_buttons);
    row->setAlignment(m_buttons, Qt::AlignVCenter);
    setVisible(false);
}

void MessageStrip::present(const Trouble &trouble)
{
    if (trouble == m_trouble)
        return;
    const bool sameButtons = trouble.actions == m_trouble.actions && trouble.program == m_trouble.program;
    m_trouble = trouble;
    m_headline->setText(trouble.headline);
    m_cause->setText(trouble.cause);
    m_cause->setVisible(!trouble.cause.isEmpty());
    m_advice->setText(trouble.advice);
    m_advice->setVisible(!trouble.advice.isEmpty());
    setAccessibleName(trouble.headline);
    setAccessibleDescription(QStringList{trouble.cause, trouble.advice}.join(u'\n').trimmed());
    if (!sameButtons)
        rebuildButtons();
    const bool appears = isHidden() && !trouble.headline.isEmpty();
    setVisible(!trouble.headline.isEmpty());
    if (appears)
        Fade::in(this);
    update();
}

void MessageStrip::rebuildButtons()
{
    while (QLayoutItem *item = m_buttons->takeAt(0)) {
        // The button may be the one that was just clicked.
        if (QWidget *button = item->widget()) {
            button->hide();
            button->deleteLater();
        }
        delete item;
    }
    bool first = true;
    for (const Trouble::Action action : std::as_const(m_trouble.actions)) {
        auto *button = new QPushButton(actionText(action, m_trouble.program));
        button->setObjectName(u"strip%1"_s.arg(int(action)));
        button->setAutoDefault(false);
        if (std::exchange(first, false) && m_trouble.urgent)
            button->setDefault(true);
        connect(button, &QPushButton::clicked, this, [this, action] { Q_EMIT triggered(action); });
        m_buttons->addWidget(button);
        button->show();
    }
}

void MessageStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = toneColour(m_trouble.tone, palette());
    const QRectF box = QRectF(rect()).adjusted(16.5, 2.5, -16.5, -2.5);
    painter.setPen(QPen(blend(colour, palette().color(QPalette::Base), 0.45), 1));
    painter.setBrush(toneSurface(m_trouble.tone, palette()));
    painter.drawRoundedRect(box, 6, 6);
    const ui::Shape sign = m_trouble.tone == Tone::Failed ? ui::Shape::Cross
        : m_trouble.tone == Tone::Paused                  ? ui::Shape::Question
                                                          : ui::Shape::Alert;
    paintGlyph(painter, QRectF(box.left() + 12, box.top() + 8, 20, 20),
        {.shape = sign, .tone = m_trouble.tone, .filled = true}, palette());
}

void MessageStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        rebuildButtons();
    QFrame::changeEvent(event);
}

} // namespace ui
