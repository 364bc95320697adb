// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/restartpage.h"

#include "ui/statecolours.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollArea>

namespace ui {

using namespace Qt::StringLiterals;
using Action = RestartText::Action;

namespace {

constexpr int steps = 6;
constexpr int sign = 16;

QLabel *words(const char *name)
{
    auto *label = new QLabel;
    label->setObjectName(QLatin1StringView(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

QPushButton *button(const char *name)
{
    auto *made = new QPushButton;
    made->setObjectName(QLatin1StringView(name));
    made->setAutoDefault(false);
    made->setDefault(false);
    return made;
}

} // namespace

RestartPage::RestartPage(QWidget *parent)
    : QWidget(parent)
    , m_heading(words("restartHeading"))
    , m_leave(button("restartLeave"))
    , m_title(words("restartTitle"))
    , m_intro(words("restartIntro"))
    , m_problem(words("restartProblem"))
    , m_scroll(new QScrollArea)
    , m_rows(new QVBoxLayout)
    , m_busy(words("restartBusy"))
    , m_progress(new QProgressBar)
    , m_typingLabel(words("restartTypingLabel"))
    , m_typing(new QLineEdit)
    , m_primary(button("restartPrimary"))
    , m_second(button("restartSecond"))
    , m_third(button("restartThird"))
{
    setObjectName(u"restartPage"_s);
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() + 3);
    big.setWeight(QFont::DemiBold);
    m_heading->setFont(big);
    m_heading->setWordWrap(false);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_problem->setFont(strong);
    m_typing->setObjectName(u"restartTyping"_s);
    m_typingLabel->setBuddy(m_typing);
    m_progress->setObjectName(u"restartProgress"_s);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);

    auto *top = new QHBoxLayout;
    top->addWidget(m_heading, 1);
    top->addWidget(m_leave);
    auto *rail = new QVBoxLayout;
    rail->setSpacing(12);
    for (int step = 1; step <= steps; ++step) {
        auto *line = new QHBoxLayout;
        line->setSpacing(8);
        m_stepSigns.append(new QLabel);
        m_stepSigns.last()->setFixedSize(sign, sign);
        m_steps.append(new QLabel);
        m_steps.last()->setObjectName(u"restartStep%1"_s.arg(step));
        m_steps.last()->setTextFormat(Qt::PlainText);
        line->addWidget(m_stepSigns.last());
        line->addWidget(m_steps.last(), 1);
        rail->addLayout(line);
    }
    rail->addStretch(1);
    auto *inside = new QWidget;
    m_rows->setContentsMargins(0, 0, 8, 0);
    m_rows->setSpacing(8);
    m_rows->addStretch(1);
    inside->setLayout(m_rows);
    m_scroll->setWidget(inside);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);

    auto *content = new QVBoxLayout;
    content->setSpacing(8);
    content->addWidget(m_title);
    content->addWidget(m_intro);
    content->addWidget(m_problem);
    content->addWidget(m_scroll, 1);
    content->addWidget(m_busy);
    content->addWidget(m_progress);
    content->addWidget(m_typingLabel);
    content->addWidget(m_typing);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_third);
    buttons->addStretch(1);
    buttons->addWidget(m_second);
    buttons->addWidget(m_primary);
    content->addLayout(buttons);

    auto *middle = new QHBoxLayout;
    middle->setSpacing(32);
    middle->addLayout(rail);
    middle->addLayout(content, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(16);
    column->addLayout(top);
    column->addLayout(middle, 1);

    connect(m_leave, &QPushButton::clicked, this, &RestartPage::left);
    connect(m_primary, &QPushButton::clicked, this, [this] { act(m_text.primary.action); });
    connect(m_second, &QPushButton::clicked, this, [this] { act(m_text.second.action); });
    connect(m_third, &QPushButton::clicked, this, [this] { act(m_text.third.action); });
    connect(m_typing, &QLineEdit::textChanged, this, &RestartPage::settlePrimary);
    refresh();
}

RestartPage::~RestartPage() = default;

void RestartPage::setRestart(std::unique_ptr<session::RestartHandle> handle)
{
    m_handle = std::move(handle);
    m_typing->clear();
    if (m_handle) {
        connect(m_handle.get(), &session::RestartHandle::changed, this, [this] { present(m_handle->state()); });
        present(m_handle->state());
    } else {
        present({});
    }
}

void RestartPage::present(const session::RestartState &state)
{
    m_state = state;
    refresh();
}

void RestartPage::refresh()
{
    const RestartText before = std::exchange(m_text, restartText(m_state));
    m_heading->setText(m_state.begun ? tr("Restart of %1").arg(m_state.procedure.name) : tr("Restart of an upgrade"));
    m_leave->setText(tr("Back to the board"));
    m_leave->setVisible(m_text.primary.action != Action::Leave);
    m_title->setText(tr("Step %1 of %2: %3").arg(m_text.step).arg(steps).arg(m_text.title));
    if (m_text.over)
        m_title->setText(m_text.title);
    m_intro->setText(m_text.intro);
    m_intro->setVisible(!m_text.intro.isEmpty());
    m_problem->setText(m_text.problem);
    m_problem->setVisible(!m_text.problem.isEmpty());
    m_busy->setText(m_text.busy.isEmpty() ? QString() : tr("Waiting: %1").arg(m_text.busy));
    m_busy->setVisible(!m_text.busy.isEmpty());
    m_progress->setVisible(!m_text.busy.isEmpty());
    m_progress->setRange(0, m_text.percent < 0 ? 0 : 100);
    m_progress->setValue(std::max(0, m_text.percent));
    m_progress->setAccessibleName(m_text.busy);
    m_typingLabel->setText(m_text.typing);
    m_typing->setAccessibleName(m_text.typing);
    m_typingLabel->setVisible(!m_text.typing.isEmpty());
    m_typing->setVisible(!m_text.typing.isEmpty());
    if (before.typing != m_text.typing)
        m_typing->clear(); // what was typed was typed for that
    const auto fill = [](QPushButton *which, const RestartText::Button &wanted) {
        which->setText(wanted.text);
        which->setVisible(wanted.action != Action::None);
    };
    fill(m_primary, m_text.primary);
    fill(m_second, m_text.second);
    fill(m_third, m_text.third);
    settlePrimary();
    refreshRows();
    refreshPalette();
    setAccessibleName(m_title->text());
    if (before.title != m_text.title || before.problem != m_text.problem) {
        const QString said = m_text.problem.isEmpty() ? m_title->text() : m_text.problem;
        QAccessibleAnnouncementEvent event(this, said);
        QAccessible::updateAccessibility(&event);
    }
}

void RestartPage::settlePrimary()
{
    const QString typed = m_typing->text().trimmed();
    const bool free = m_state.busy == session::RestartState::Busy::No;
    const bool fits
        = m_text.typing.isEmpty() || (m_text.expected.isEmpty() ? !typed.isEmpty() : typed == m_text.expected);
    m_primary->setEnabled(free && fits);
    m_second->setEnabled(
        free || m_text.second.action == Action::StopCollecting || m_text.second.action == Action::EndHere);
}

void RestartPage::refreshRows()
{
    if (m_shownRows == m_text.rows)
        return;
    m_shownRows = m_text.rows;
    while (m_rows->count() > 1) {
        QLayoutItem *item = m_rows->takeAt(0);
        if (QWidget *gone = item->widget()) {
            gone->hide();
            gone->deleteLater();
        }
        delete item;
    }
    for (const RestartText::Row &one : std::as_const(m_shownRows)) {
        auto *line = new QWidget;
        auto *across = new QHBoxLayout(line);
        across->setContentsMargins({});
        across->setSpacing(8);
        auto *mark = new QLabel;
        mark->setPixmap(glyphIcon({one.shape, one.tone}).pixmap(QSize(sign, sign), devicePixelRatioF()));
        auto *text = words("restartRow");
        text->setText(one.detail.isEmpty() ? one.text : one.text + u'\n' + one.detail);
        across->addWidget(mark, 0, Qt::AlignTop);
        across->addWidget(text, 1);
        m_rows->insertWidget(m_rows->count() - 1, line);
    }
}

void RestartPage::refreshPalette()
{
    for (int at = 0; at < steps; ++at) {
        const bool done = at + 1 < m_text.step || (m_text.over && m_state.procedure.step == restart::Step::Done);
        const bool now = at + 1 == m_text.step && !done;
        Glyph shape{Shape::Ring, Tone::Muted};
        if (done)
            shape = {Shape::Tick, Tone::Succeeded};
        else if (now)
            shape = m_text.over && m_state.procedure.step == restart::Step::Closed ? Glyph{Shape::Cross, Tone::Failed}
                                                                                   : Glyph{Shape::Arc, Tone::Running};
        m_stepSigns.at(at)->setPixmap(glyphIcon(shape).pixmap(QSize(sign, sign), devicePixelRatioF()));
        m_steps.at(at)->setText(restartStepTitle(at + 1));
        QFont weight = font();
        weight.setWeight(now ? QFont::DemiBold : QFont::Normal);
        m_steps.at(at)->setFont(weight);
        m_steps.at(at)->setAccessibleName(done ? tr("%1, done").arg(restartStepTitle(at + 1))
                : now                          ? tr("%1, now").arg(restartStepTitle(at + 1))
                                               : restartStepTitle(at + 1));
    }
    QPalette problem = palette();
    problem.setColor(QPalette::WindowText, toneText(Tone::Failed, palette(), palette().color(QPalette::Base)));
    m_problem->setPalette(problem);
    QPalette red = palette();
    if (m_text.destroys) {
        // Of all buttons the only one that is filled in red.
        red.setColor(QPalette::Button, toneColour(Tone::Failed, false));
        red.setColor(QPalette::ButtonText, Qt::white);
        red.setColor(QPalette::Disabled, QPalette::Button, palette().color(QPalette::Disabled, QPalette::Button));
        red.setColor(
            QPalette::Disabled, QPalette::ButtonText, palette().color(QPalette::Disabled, QPalette::ButtonText));
    }
    m_primary->setPalette(red);
}

void RestartPage::act(Action action)
{
    if (action == Action::Leave) {
        Q_EMIT left();
        return;
    }
    if (!m_handle)
        return;
    switch (action) {
    case Action::Accept:
        m_handle->accept();
        break;
    case Action::LookAgain:
        m_handle->lookAgain();
        break;
    case Action::Collect:
        m_handle->collectEvidence();
        break;
    case Action::StopCollecting:
        m_handle->cancelEvidence();
        break;
    case Action::Check:
        m_handle->check();
        break;
    case Action::Confirm:
        m_handle->confirm(m_typing->text().trimmed());
        break;
    case Action::StartAgain:
        m_handle->startAgain();
        break;
    case Action::EndHere:
        m_handle->endHere();
        break;
    case Action::ImageReady:
        m_handle->imageReady(m_typing->text().trimmed());
        break;
    case Action::Cancel:
        m_handle->cancel();
        break;
    case Action::None:
    case Action::Leave:
        break;
    }
}

void RestartPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        refresh();
    } else if (event->type() == QEvent::PaletteChange) {
        m_shownRows.clear(); // their signs are drawn in the palette's colours
        refreshRows();
        refreshPalette();
    }
    QWidget::changeEvent(event);
}

} // namespace ui
