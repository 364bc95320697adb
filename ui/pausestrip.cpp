// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pausestrip.h"

#include "restart/pausemap.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;
using Stage = session::PauseState::Stage;

PauseStrip::PauseStrip(QWidget *parent)
    : QFrame(parent)
    , m_text(new QLabel)
    , m_typing(new QLineEdit)
    , m_do(new QPushButton)
    , m_close(new QPushButton)
{
    setObjectName(u"pauseStrip"_s);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_typing->setObjectName(u"pauseTyping"_s);
    m_typing->setMaximumWidth(200);
    m_do->setObjectName(u"pauseDo"_s);
    m_close->setObjectName(u"pauseClose"_s);
    m_do->setAutoDefault(false);
    m_close->setAutoDefault(false);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 16, 8);
    row->setSpacing(8);
    row->addWidget(m_text, 1);
    row->addWidget(m_typing);
    row->addWidget(m_close);
    row->addWidget(m_do);
    connect(m_typing, &QLineEdit::textChanged, this, &PauseStrip::refresh);
    connect(m_close, &QPushButton::clicked, this, &PauseStrip::drop);
    connect(m_do, &QPushButton::clicked, this, [this] {
        if (m_handle)
            m_handle->confirm(m_typing->text().trimmed());
        else
            begin(m_paused, false);
    });
    refresh();
}

PauseStrip::~PauseStrip() = default;

void PauseStrip::present(const upgrade::Board &board, Open open)
{
    if (m_handle && (!open || board.upgrade.uid != m_handle->state().upgrade.uid))
        drop();
    m_board = board;
    m_open = std::move(open);
    m_paused.clear();
    for (const upgrade::NodeRow &node : std::as_const(m_board.nodes)) {
        if (node.paused && node.stateText == "Node-upgrade paused"_L1 && m_paused.isEmpty())
            m_paused = node.name;
    }
    refresh();
}

void PauseStrip::askToPause(const QString &node)
{
    begin(node, true);
}

void PauseStrip::begin(const QString &node, bool pause)
{
    if (!m_open || node.isEmpty())
        return;
    m_typing->clear();
    m_handle = m_open(m_board.upgrade, node, pause);
    if (m_handle)
        connect(m_handle.get(), &session::PauseHandle::changed, this, &PauseStrip::refresh);
    refresh();
}

void PauseStrip::drop()
{
    m_handle.reset();
    refresh();
}

void PauseStrip::refresh()
{
    m_close->setText(tr("Close"));
    m_typing->setVisible(false);
    if (!m_handle) {
        const bool offered = m_open && !m_paused.isEmpty();
        setVisible(offered);
        m_text->setText(tr("Node %1 is paused and waits for a person.").arg(m_paused));
        m_do->setText(tr("Resume %1…").arg(m_paused));
        m_do->setVisible(true);
        m_do->setEnabled(true);
        m_close->setVisible(false);
        return;
    }
    const session::PauseState &s = m_handle->state();
    setVisible(true);
    m_close->setVisible(true);
    m_do->setText(s.pause ? tr("Pause %1").arg(s.node) : tr("Resume %1").arg(s.node));
    m_do->setVisible(s.stage == Stage::Ready);
    m_typing->setVisible(s.stage == Stage::Ready);
    m_typing->setAccessibleName(tr("Name of the node"));
    m_do->setEnabled(m_typing->text().trimmed() == s.node);
    switch (s.stage) {
    case Stage::Asking:
        m_text->setText(tr("Asking the cluster whether you may, and whether it would take it"));
        break;
    case Stage::Ready:
        m_text->setText(s.pause
                ? tr("The cluster would take it. To pause the upgrade of node %1 on %2 as %3, type the "
                     "node's name.")
                      .arg(s.node, s.context, s.user)
                : tr("The cluster would take it. To resume the upgrade of node %1 on %2 as %3, type the "
                     "node's name: it will be drained and rebooted.")
                      .arg(s.node, s.context, s.user));
        break;
    case Stage::Sending:
    case Stage::Verifying:
        m_text->setText(tr("Sent; waiting until the state of %1 changes").arg(s.node));
        break;
    case Stage::Done:
        m_text->setText(s.pause ? tr("Node %1 will be paused before its upgrade.").arg(s.node)
                                : tr("Node %1 goes on: %2").arg(s.node, s.state));
        break;
    case Stage::Failed:
        const QString words = s.problem.args.join(u' ');
        m_text->setText(s.problem.code == "access"_L1 ? tr("You may not change the Upgrade. %1").arg(words)
                : s.problem.code == "refused"_L1      ? tr("The cluster refused: %1").arg(words)
                : s.problem.code == "no-answer"_L1    ? tr("No usable answer: %1").arg(words)
                : s.problem.code == "replaced"_L1     ? tr("There is another Upgrade now; nothing was changed")
                : s.problem.code == "no-effect"_L1
                ? tr("The cluster took it, but the state of %1 is still “%2”").arg(s.node, words)
                : restart::pauseProblemText(s.problem));
        break;
    }
}

void PauseStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QFrame::changeEvent(event);
}

} // namespace ui
