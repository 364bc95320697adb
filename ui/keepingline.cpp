// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/keepingline.h"

#include "ui/elidedlabel.h"
#include "ui/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

KeepingLine::KeepingLine(QWidget *parent)
    : QWidget(parent)
    , m_text(new ElidedLabel(Qt::ElideMiddle))
    , m_open(new QToolButton)
{
    setObjectName(u"keeping"_s);
    m_open->setObjectName(u"openKept"_s);
    m_open->setIcon(icon(u"folder"_s));
    m_open->setIconSize({16, 16});
    m_open->setAutoRaise(true);
    m_open->setFocusPolicy(Qt::StrongFocus);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 0, 0);
    row->setSpacing(4);
    row->addWidget(m_text);
    row->addWidget(m_open);
    row->addStretch(1);
    m_text->setQuiet(true);
    connect(m_open, &QToolButton::clicked, this, [this] { Q_EMIT folderWanted(m_keeping.folder); });
    retranslate();
    m_open->hide();
}

void KeepingLine::present(const Keeping &keeping)
{
    if (keeping == m_keeping)
        return;
    m_keeping = keeping;
    m_text->setText(keeping.text);
    m_text->setDetails(keeping.details);
    m_text->setTone(keeping.tone);
    m_open->setVisible(!keeping.text.isEmpty() && !keeping.folder.isEmpty());
}

void KeepingLine::retranslate()
{
    m_open->setAccessibleName(tr("Open the folder"));
    m_open->setToolTip(tr("Open the folder"));
}

void KeepingLine::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
