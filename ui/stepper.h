// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The phases of an upgrade as a rail: a dot for the log pre-step, then five discs joined by a line that fills. Under
/// 900 px a vertical list, where the height allows one; else the rail with tighter margins and titles of two lines.
/// Arrow keys move, Enter or Space selects; screen readers get a list with states.
#pragma once

#include "ui/accessiblelist.h"
#include "ui/selection.h"
#include "upgrade/board.h"

#include <QTimer>
#include <QWidget>

namespace ui {

class Tick;

class Stepper : public QWidget, public AccessibleItems {
    Q_OBJECT
public:
    Stepper(Tick &tick, Selection &selection, QWidget *parent = nullptr);

    void setPhases(const QList<upgrade::Phase> &phases);
    /// A list takes nearly twice the height of a rail: whoever owns the height says whether it may.
    void setMayBeVertical(bool may);
    [[nodiscard]] bool isVertical() const { return m_vertical; }
    [[nodiscard]] int verticalHeight() const;
    [[nodiscard]] int current() const { return m_current; }
    /// What activating an item selects.
    [[nodiscard]] Selected selectedBy(int index) const { return {.phase = m_phases.at(index).id, .node = {}}; }
    static constexpr int verticalBelow = 900;
    /// Text of a step as painted after eliding, for tests.
    [[nodiscard]] QString paintedActivity(int index) const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

    int itemCount() const override { return int(m_phases.size()); }
    QString itemName(int index) const override;
    QString itemDescription(int index) const override;
    QRect itemRect(int index) const override;
    bool itemSelected(int index) const override;
    int itemCurrent() const override { return m_current; }
    void itemActivate(int index) override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void relayout();
    void paintHorizontal(QPainter &painter) const;
    void paintVertical(QPainter &painter) const;
    void paintCard(QPainter &painter, int index) const;
    void paintDisc(QPainter &painter, const QRectF &box, int index) const;
    [[nodiscard]] QColor surface(int index) const;
    [[nodiscard]] int margin() const;
    [[nodiscard]] QRectF discRect(int index) const;
    [[nodiscard]] QString title(int index) const;
    [[nodiscard]] QString activity(int index) const;
    [[nodiscard]] int indexAt(const QPoint &at) const;
    void moveTo(int index);
    void animate();

    Tick &m_tick;
    Selection &m_selection;
    QList<upgrade::Phase> m_phases;
    QList<QRect> m_cells;
    QTimer m_turning;
    double m_turn = 0;
    int m_current = 0;
    int m_hovered = -1;
    int m_titleLines = 1;
    bool m_mayBeVertical = true;
    bool m_vertical = false;
    bool m_tight = false; ///< a rail under 900 px
};

} // namespace ui
