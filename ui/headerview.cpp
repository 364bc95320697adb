// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/headerview.h"

#include "ui/chip.h"
#include "ui/elidedlabel.h"
#include "ui/tick.h"
#include "ui/verdictchip.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
/// A row that starts at the page margin.
QHBoxLayout *rowLayout(QWidget *owner = nullptr)
{
    auto *row = owner ? new QHBoxLayout(owner) : new QHBoxLayout;
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(8);
    return row;
}
} // namespace

HeaderView::HeaderView(Tick &tick, QWidget *parent)
    : QWidget(parent)
    , m_tick(tick)
    , m_name(new ElidedLabel(Qt::ElideMiddle))
    , m_versions(new ElidedLabel(Qt::ElideRight))
    , m_chip(new Chip)
    , m_age(new Chip)
    , m_verdict(new VerdictChip)
    , m_insecure(new Chip)
    , m_acting(new Chip)
    , m_demoBadge(new Chip)
    , m_sentence(new ElidedLabel)
    , m_elapsed(new QLabel)
    , m_left(new QLabel)
    , m_waiting(new QWidget)
    , m_waitingSign(new Chip)
    , m_waitingText(new ElidedLabel(Qt::ElideMiddle))
    , m_evidence(new QPushButton)
    , m_notes(new QWidget)
    , m_notesText(new ElidedLabel)
{
    setObjectName(u"header"_s);
    m_name->setObjectName(u"headlineName"_s);
    m_chip->setObjectName(u"stateChip"_s);
    m_age->setObjectName(u"ageChip"_s);
    m_waiting->setObjectName(u"waiting"_s);
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() + 3);
    m_versions->setFont(big);
    big.setWeight(QFont::DemiBold);
    m_name->setFont(big);
    m_versions->setQuiet(true);
    // "old → new", the state and a badge stay whole; the name gives way.
    m_versions->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_versions->setMaximumWidth(340);
    for (Chip *whole : {m_chip, m_insecure, m_demoBadge})
        whole->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_acting->setMaximumWidth(240);
    m_sentence->setQuiet(true);
    m_sentence->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *first = rowLayout();
    first->addWidget(m_name);
    first->addSpacing(4);
    first->addWidget(m_versions);
    first->addSpacing(8);
    first->addWidget(m_chip);
    first->addWidget(m_age);
    first->addStretch(1);
    first->addWidget(m_verdict);
    first->addWidget(m_insecure);
    first->addWidget(m_acting);
    first->addWidget(m_demoBadge);

    auto *second = rowLayout();
    second->setSpacing(16);
    second->addWidget(m_sentence, 1);
    second->addWidget(m_elapsed);
    second->addWidget(m_left);

    auto *waiting = rowLayout(m_waiting);
    waiting->addWidget(m_waitingSign);
    waiting->addWidget(m_waitingText, 1);
    waiting->addWidget(m_evidence);
    m_waitingText->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_evidence->setFlat(true);
    m_evidence->setAutoDefault(false);
    m_evidence->setCursor(Qt::PointingHandCursor);
    m_evidence->setObjectName(u"evidence"_s);

    auto *notes = rowLayout(m_notes);
    notes->addWidget(m_notesText, 1);
    m_notesText->setTone(Tone::Warning);
    m_notesText->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 12, 0, 8);
    column->setSpacing(6);
    column->addLayout(first);
    column->addLayout(second);
    column->addWidget(m_waiting);
    column->addWidget(m_notes);

    connect(&m_tick, &Tick::ticked, this, &HeaderView::refresh);
    connect(m_evidence, &QPushButton::clicked, this, [this] {
        if (const std::optional<Told> what = told())
            Q_EMIT evidenceWanted(what->evidence, what->node, what->phase);
    });
    refresh();
}

std::optional<HeaderView::Told> HeaderView::told() const
{
    const upgrade::Board &board = m_state.board;
    if (const auto &what = board.waiting; what && !what->what.isEmpty())
        return Told{what->evidence, what->node, what->phase};
    if (const auto &why = board.failure)
        return Told{why->evidence, why->node, why->phase};
    return std::nullopt;
}

void HeaderView::present(const session::ClusterState &state, bool demo)
{
    m_state = state;
    m_demo = demo;
    refresh();
}

void HeaderView::refresh()
{
    const Headline line = headlineOf(m_state, m_tick.now());
    m_name->setText(line.name);
    m_name->setDetails(
        m_state.context == line.name ? QStringList() : QStringList{tr("Context %1").arg(m_state.context)});
    m_versions->setText(line.versions);
    m_versions->setVisible(!line.versions.isEmpty());
    m_chip->present(line.glyph, line.state, tip({m_state.board.reason, m_state.board.message}));
    m_age->presentIcon(u"clock"_s, Tone::Warning, line.age,
        m_state.board.asOf.isValid() ? tip({tr("Last news %1").arg(absoluteTime(m_state.board.asOf))}) : QString());
    // Where there is nothing to judge there is no verdict either.
    const upgrade::Board::Presence presence = m_state.board.presence;
    m_verdict->setVisible(presence == upgrade::Board::Presence::Upgrade
        || presence == upgrade::Board::Presence::NoUpgrade
        || (presence == upgrade::Board::Presence::Loading && !m_state.denied.isEmpty()));
    m_verdict->present(m_state.verdict);
    m_sentence->setText(line.sentence);
    m_elapsed->setText(line.elapsed.isEmpty() ? QString() : tr("Elapsed %1").arg(line.elapsed));
    m_elapsed->setToolTip(tip({line.times}));
    m_elapsed->setVisible(!line.elapsed.isEmpty());
    m_left->setText(line.left);
    m_left->setToolTip(tip({line.leftBasis}));
    m_left->setVisible(!line.left.isEmpty());
    m_insecure->presentIcon(u"shield-off"_s, Tone::Failed,
        m_state.connection.insecure ? tr("TLS not verified") : QString(),
        tip({tr("This context says insecure-skip-tls-verify: anybody on the way can read and change what you see.")}));
    m_acting->presentIcon(u"person"_s, Tone::Paused,
        m_state.connection.actingAs.isEmpty() ? QString() : tr("Acting as %1").arg(shown(m_state.connection.actingAs)));
    m_demoBadge->presentIcon(u"demo"_s, Tone::Muted, m_demo ? tr("Demo") : QString(),
        tip({tr("Simulated clusters on this computer. Nothing here is real.")}));
    refreshWaiting();
    refreshNotes();
}

void HeaderView::refreshWaiting()
{
    const upgrade::Board &board = m_state.board;
    const bool upgrade = board.presence == upgrade::Board::Presence::Upgrade;
    const auto &waiting = board.waiting;
    const bool waits = upgrade && waiting && !waiting->what.isEmpty();
    // What failed and what proves it stands where the waiting stood.
    const bool failed = upgrade && !waits && board.failure && !board.failure->what.isEmpty();
    m_waiting->setVisible(waits || failed);
    if (!waits && !failed)
        return;
    const QString node = waits ? waiting->node : board.failure->node;
    QString text = shown(waits ? upgrade::text(waiting->what) : upgrade::failureText(*board.failure)).simplified();
    if (!node.isEmpty() && !text.contains(node))
        text = u"%1 · %2"_s.arg(text, node);
    if (waits) {
        const QString time = elapsed(waiting->since, m_tick.now());
        const Glyph sign{.shape = Shape::Hourglass, .tone = waiting->stuck ? Tone::Warning : Tone::Running};
        m_waitingSign->present(sign, time.isEmpty() ? (waiting->stuck ? tr("Stuck") : tr("Waiting")) : time,
            tip({waiting->since.isValid() ? tr("Since %1").arg(absoluteTime(waiting->since)) : QString()}));
    } else {
        m_waitingSign->present({.shape = Shape::Cross, .tone = Tone::Failed}, upgrade::phaseTitle(board.failure->phase),
            tip({board.failure->reason, board.failure->message}));
    }
    m_waitingText->setText(text);
    const upgrade::Evidence &evidence = waits ? waiting->evidence : board.failure->evidence;
    QString link;
    if (!evidence.object.name.isEmpty()) {
        link = evidence.line > 0 ? tr("%1, line %2", "an object and a line of its log")
                                       .arg(evidence.object.name, QLocale().toString(evidence.line))
                                 : u"%1 %2"_s.arg(upgrade::kindName(evidence.object.kind), evidence.object.name);
    }
    m_waitingText->setDetails({evidence.field.isEmpty() ? QString() : u"%1 = %2"_s.arg(evidence.field, evidence.text),
        evidence.field.isEmpty() ? evidence.text : QString()});
    m_evidence->setVisible(!link.isEmpty());
    m_evidence->setText(m_evidence->fontMetrics().elidedText(link, Qt::ElideMiddle, 280));
    m_evidence->setAccessibleName(tr("Show the evidence: %1").arg(link));
    m_evidence->setToolTip(tip({link, evidence.text}));
    QPalette palette = this->palette();
    palette.setColor(QPalette::ButtonText, palette.color(QPalette::Link));
    m_evidence->setPalette(palette);
}

void HeaderView::refreshNotes()
{
    QStringList notes;
    for (const upgrade::Message &note : std::as_const(m_state.board.notes))
        notes.append(shown(upgrade::text(note)).simplified());
    if (!m_state.board.otherUpgrades.isEmpty() && m_state.board.presence == upgrade::Board::Presence::Upgrade)
        notes.append(tr("%n older upgrade(s) in this cluster", nullptr, int(m_state.board.otherUpgrades.size())));
    m_notes->setVisible(!m_state.board.notes.isEmpty());
    m_notesText->setText(notes.join(u" · "_s));
    m_notesText->setDetails(notes);
}

void HeaderView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    else if (event->type() == QEvent::PaletteChange)
        refreshWaiting();
    QWidget::changeEvent(event);
}

} // namespace ui
