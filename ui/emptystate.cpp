// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/emptystate.h"

#include "ui/icons.h"
#include "ui/statecolours.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
constexpr int reading = 520;
QLabel *centred(bool selectable)
{
    auto *label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setAlignment(Qt::AlignHCenter);
    label->setWordWrap(true);
    label->setFixedWidth(reading);
    if (selectable)
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}
} // namespace

EmptyState::EmptyState(QWidget *parent)
    : QWidget(parent)
    , m_icon(new QLabel)
    , m_title(centred(false))
    , m_body(centred(true))
    , m_list(centred(true))
    , m_buttons(new QHBoxLayout)
{
    setObjectName(u"emptyState"_s);
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() + 4);
    big.setWeight(QFont::DemiBold);
    m_title->setFont(big);
    m_icon->setAlignment(Qt::AlignCenter);
    m_list->setAlignment(Qt::AlignLeft);
    m_buttons->setSpacing(8);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    column->addStretch(2);
    column->addWidget(m_icon, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    column->addWidget(m_title, 0, Qt::AlignHCenter);
    column->addWidget(m_body, 0, Qt::AlignHCenter);
    column->addWidget(m_list, 0, Qt::AlignHCenter);
    column->addSpacing(4);
    column->addLayout(m_buttons);
    column->addStretch(3);
    m_buttons->setAlignment(Qt::AlignHCenter);
}

void EmptyState::present(const EmptyText &text)
{
    if (text == m_text)
        return;
    const bool rebuild = text.buttons != m_text.buttons;
    m_text = text;
    m_title->setText(text.title);
    m_body->setText(text.body);
    m_body->setVisible(!text.body.isEmpty());
    m_list->setText(text.list.join(u'\n'));
    m_list->setVisible(!text.list.isEmpty());
    setAccessibleName(text.title);
    setAccessibleDescription(text.body);
    if (rebuild) {
        while (QLayoutItem *item = m_buttons->takeAt(0)) {
            if (QWidget *button = item->widget()) {
                button->hide();
                button->deleteLater();
            }
            delete item;
        }
        bool first = true;
        for (const EmptyText::Button &wanted : text.buttons) {
            auto *button = new QPushButton(wanted.text);
            button->setObjectName(u"empty-"_s + wanted.action);
            button->setAutoDefault(false);
            button->setDefault(std::exchange(first, false));
            connect(button, &QPushButton::clicked, this, [this, action = wanted.action] { Q_EMIT triggered(action); });
            m_buttons->addWidget(button);
            button->show();
        }
    }
    fit();
    refreshIcon();
}

void EmptyState::fit()
{
    // Centred labels in a column are not asked for their height by width.
    for (QLabel *label : {m_title, m_body, m_list})
        label->setFixedHeight(std::max(0, label->heightForWidth(label->width())));
}

void EmptyState::refreshIcon()
{
    m_icon->setVisible(!m_text.icon.isEmpty());
    if (!m_text.icon.isEmpty())
        m_icon->setPixmap(iconPixmap(m_text.icon, 48, quietText(palette()), devicePixelRatioF()));
    QPalette quiet = palette();
    quiet.setColor(QPalette::WindowText, quietText(palette()));
    if (m_body->palette().color(QPalette::WindowText) != quiet.color(QPalette::WindowText))
        m_body->setPalette(quiet);
}

void EmptyState::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        refreshIcon();
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
    QWidget::changeEvent(event);
}

} // namespace ui
