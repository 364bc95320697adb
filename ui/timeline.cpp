// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/timeline.h"

#include "ui/tick.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QEvent>
#include <QScrollBar>
#include <QTimeZone>

#include <algorithm>
#include <limits>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 shortest = 30 * 1000;
constexpr qint64 longest = 60LL * 24 * 3600 * 1000;
} // namespace

Timeline::Timeline(Tick &tick, Selection &selection, QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_tick(tick)
    , m_selection(selection)
{
    installAccessibleLists();
    setObjectName(u"timeline"_s);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setAccessibleName(tr("Timeline"));
    viewport()->setMouseTracking(true);
    verticalScrollBar()->setSingleStep(laneHeight);
    connect(&m_tick, &Tick::ticked, this, [this] {
        if (m_finished.isValid() && m_fitted)
            return;
        settleRange();
        viewport()->update();
    });
    connect(&m_selection, &Selection::changed, viewport(), qOverload<>(&QWidget::update));
}

void Timeline::setBars(const QList<upgrade::TimelineBar> &bars, const QDateTime &started, const QDateTime &finished)
{
    QList<Lane> lanes;
    QHash<QString, qsizetype> at;
    QList<upgrade::TimelineBar> everywhere;
    for (const upgrade::TimelineBar &bar : bars) {
        if (bar.lane.isEmpty() || bar.lane == "*"_L1) {
            everywhere.append(bar);
            continue;
        }
        auto known = at.constFind(bar.lane);
        if (known == at.cend()) {
            known = at.insert(bar.lane, lanes.size());
            lanes.append({.id = bar.lane, .bars = {}});
        }
        lanes[*known].bars.append(bar);
    }
    if (lanes == m_lanes && everywhere == m_everywhere && started == m_started && finished == m_finished)
        return;
    m_lanes = lanes;
    m_everywhere = everywhere;
    m_started = started;
    m_finished = finished;
    m_current = std::clamp(m_current, 0, std::max(0, itemCount() - 1));
    settleRange();
    settleScroll();
    viewport()->update();
}

void Timeline::settleRange()
{
    if (!m_fitted)
        return;
    qint64 first = m_started.isValid() ? m_started.toMSecsSinceEpoch() : std::numeric_limits<qint64>::max();
    qint64 last = m_finished.isValid() ? m_finished.toMSecsSinceEpoch() : std::numeric_limits<qint64>::min();
    bool open = !m_finished.isValid();
    for (const Lane &lane : std::as_const(m_lanes)) {
        for (const upgrade::TimelineBar &bar : lane.bars) {
            if (bar.from.isValid())
                first = std::min(first, bar.from.toMSecsSinceEpoch());
            if (bar.to.isValid())
                last = std::max(last, bar.to.toMSecsSinceEpoch());
            else
                open = open || !m_finished.isValid();
        }
    }
    if (open)
        last = std::max(last, m_tick.now().toMSecsSinceEpoch());
    if (first > last)
        first = last - 60 * 1000;
    const qint64 span = std::max<qint64>(last - first, 60 * 1000);
    m_from = first - span / 50;
    m_to = first + span + span / 16;
}

void Timeline::settleScroll()
{
    const int content = int(m_lanes.size()) * laneHeight + 6;
    const int page = viewport()->height() - axisHeight;
    verticalScrollBar()->setRange(0, std::max(0, content - page));
    verticalScrollBar()->setPageStep(std::max(1, page));
}

std::pair<QDateTime, QDateTime> Timeline::range() const
{
    return {
        QDateTime::fromMSecsSinceEpoch(m_from, QTimeZone::UTC), QDateTime::fromMSecsSinceEpoch(m_to, QTimeZone::UTC)};
}

void Timeline::fit()
{
    m_fitted = true;
    settleRange();
    viewport()->update();
}

void Timeline::zoom(double factor, int x)
{
    const qint64 anchor = timeAt(std::max(x, labelWidth()));
    const double span = std::clamp(double(m_to - m_from) / factor, double(shortest), double(longest));
    const double share = double(anchor - m_from) / double(m_to - m_from);
    m_from = anchor - qint64(span * share);
    m_to = m_from + qint64(span);
    m_fitted = false;
    viewport()->update();
}

void Timeline::pan(qint64 milliseconds)
{
    m_from += milliseconds;
    m_to += milliseconds;
    m_fitted = false;
    viewport()->update();
}

int Timeline::labelWidth() const
{
    return std::clamp(viewport()->width() / 5, 120, 220);
}

double Timeline::xOf(const QDateTime &time) const
{
    const double share = double(time.toMSecsSinceEpoch() - m_from) / double(m_to - m_from);
    return labelWidth() + share * (viewport()->width() - labelWidth());
}

qint64 Timeline::timeAt(int x) const
{
    const double room = std::max(1, viewport()->width() - labelWidth());
    return m_from + qint64((x - labelWidth()) / room * double(m_to - m_from));
}

int Timeline::laneTop(int index) const
{
    return axisHeight + 2 + index * laneHeight - verticalScrollBar()->value();
}

int Timeline::laneAt(int y) const
{
    if (y < axisHeight)
        return -1;
    const int index = (y - axisHeight - 2 + verticalScrollBar()->value()) / laneHeight;
    return index >= 0 && index < itemCount() ? index : -1;
}

QString Timeline::laneTitle(const Lane &lane) const
{
    if (lane.id.startsWith("phase:"_L1)) {
        bool good = false;
        const int id = QStringView(lane.id).mid(6).toInt(&good);
        if (good && id >= 0 && id < upgrade::phaseCount)
            return upgrade::phaseTitle(upgrade::PhaseId(id));
    }
    return lane.id.startsWith("node:"_L1) ? lane.id.mid(5) : lane.id;
}

QString Timeline::barWords(const upgrade::TimelineBar &bar) const
{
    using BarShape = upgrade::TimelineBar::Shape;
    QString what;
    switch (bar.shape) {
    case BarShape::Bar:
        what = bar.label.isEmpty() ? upgrade::stateTitle(bar.state) : upgrade::nodeStateTitle(bar.label);
        break;
    case BarShape::Reboot:
        what = tr("Reboot");
        break;
    case BarShape::Blind:
        what = tr("Not connected: nothing is known of this time");
        break;
    case BarShape::FailureMark:
        what = bar.label.isEmpty() ? tr("Failed") : tr("Failed: %1").arg(bar.label);
        break;
    }
    const QString time = elapsed(bar.from, endOf(bar));
    return bar.shape == BarShape::FailureMark || time.isEmpty() ? what
                                                                : tr("%1, %2", "state, duration").arg(what, time);
}

QSize Timeline::sizeHint() const
{
    return {600, axisHeight + 8 + laneHeight * std::clamp(itemCount(), 4, 12)};
}

void Timeline::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    settleScroll();
}

void Timeline::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        setAccessibleName(tr("Timeline"));
        viewport()->update();
    }
    QAbstractScrollArea::changeEvent(event);
}

QString Timeline::itemName(int index) const
{
    const Lane &lane = m_lanes.at(index);
    QString last;
    for (const upgrade::TimelineBar &bar : lane.bars) {
        if (bar.shape == upgrade::TimelineBar::Shape::Bar)
            last = barWords(bar);
    }
    return last.isEmpty() ? laneTitle(lane) : u"%1: %2"_s.arg(laneTitle(lane), last);
}

QString Timeline::itemDescription(int index) const
{
    QStringList words;
    for (const upgrade::TimelineBar &bar : m_lanes.at(index).bars)
        words.append(barWords(bar));
    return words.join(u"; "_s);
}

QRect Timeline::itemRect(int index) const
{
    return {0, laneTop(index), viewport()->width(), laneHeight};
}

bool Timeline::itemSelected(int index) const
{
    const Selected &selected = m_selection.value();
    const QString &id = m_lanes.at(index).id;
    return selected.phase ? id == u"phase:%1"_s.arg(int(*selected.phase))
                          : !selected.node.isEmpty() && id == u"node:"_s + selected.node;
}

void Timeline::itemActivate(int index)
{
    if (index < 0 || index >= itemCount())
        return;
    m_current = index;
    if (const Selected chosen = selectedBy(index); !chosen.isEmpty())
        m_selection.set(chosen);
}

Selected Timeline::selectedBy(int index) const
{
    const QString &id = m_lanes.at(index).id;
    if (id.startsWith("node:"_L1))
        return {.phase = {}, .node = id.mid(5)};
    if (id.startsWith("phase:"_L1)) {
        const int phase = QStringView(id).mid(6).toInt();
        if (phase >= 0 && phase < upgrade::phaseCount)
            return {.phase = upgrade::PhaseId(phase), .node = {}};
    }
    return {};
}

} // namespace ui
