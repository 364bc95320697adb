// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Phases and nodes over time: one lane each, bars by state, hatched where the connection was lost, marks where
/// something failed, gaps for reboots, a line for now. Wheel zooms, dragging pans, a click selects; the keyboard does
/// the same.
#pragma once

#include "ui/accessiblelist.h"
#include "ui/selection.h"
#include "upgrade/board.h"

#include <QAbstractScrollArea>
#include <QDateTime>

namespace ui {

class Tick;

class Timeline : public QAbstractScrollArea, public AccessibleItems {
    Q_OBJECT
public:
    Timeline(Tick &tick, Selection &selection, QWidget *parent = nullptr);

    void setBars(const QList<upgrade::TimelineBar> &bars, const QDateTime &started, const QDateTime &finished);
    [[nodiscard]] std::pair<QDateTime, QDateTime> range() const;
    void fit();
    void zoom(double factor, int x);
    /// What activating a lane selects.
    [[nodiscard]] Selected selectedBy(int index) const;

    int itemCount() const override { return int(m_lanes.size()); }
    QString itemName(int index) const override;
    QString itemDescription(int index) const override;
    QRect itemRect(int index) const override;
    bool itemSelected(int index) const override;
    int itemCurrent() const override { return m_current; }
    void itemActivate(int index) override;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {320, 96}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Lane {
        QString id;
        QList<upgrade::TimelineBar> bars;
        friend bool operator==(const Lane &, const Lane &) = default;
    };
    static constexpr int laneHeight = 24;
    static constexpr int axisHeight = 26;

    void settleRange();
    void settleScroll();
    void pan(qint64 milliseconds);
    [[nodiscard]] int labelWidth() const;
    [[nodiscard]] double xOf(const QDateTime &time) const;
    [[nodiscard]] qint64 timeAt(int x) const;
    [[nodiscard]] int laneAt(int y) const;
    [[nodiscard]] int laneTop(int index) const;
    [[nodiscard]] QString laneTitle(const Lane &lane) const;
    [[nodiscard]] QString barWords(const upgrade::TimelineBar &bar) const;
    [[nodiscard]] QDateTime endOf(const upgrade::TimelineBar &bar) const;
    [[nodiscard]] QRectF barRect(int lane, const upgrade::TimelineBar &bar) const;
    void paintAxis(QPainter &painter) const;
    void paintLane(QPainter &painter, int index) const;
    void paintBar(QPainter &painter, int lane, const upgrade::TimelineBar &bar) const;
    void paintBlind(QPainter &painter, const QRectF &box) const;

    Tick &m_tick;
    Selection &m_selection;
    QList<Lane> m_lanes;
    QList<upgrade::TimelineBar> m_everywhere; ///< bars without a lane: the connection was lost for all
    QDateTime m_started, m_finished;
    qint64 m_from = 0, m_to = 1; ///< ms since epoch, what the width shows
    bool m_fitted = true;
    int m_current = 0;
    QPoint m_pressed;
    qint64 m_pressedFrom = 0;
    int m_pressedScroll = 0;
    bool m_dragging = false;
};

} // namespace ui
