// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A slider over the time of a past upgrade, in proportion to the time: dragging takes any second, the keys go from
/// change to change, page up and down by a tenth of them, Home and End to the first and the last.
#pragma once

#include "evidence/history.h"

#include <QSlider>

namespace ui {

class MomentSlider : public QSlider {
    Q_OBJECT
public:
    explicit MomentSlider(QWidget *parent = nullptr);
    void setMoments(const QDateTime &first, const QDateTime &last, const QList<evidence::Moment> &moments);
    /// Moves there without telling anybody.
    void place(const QDateTime &at);
    [[nodiscard]] QDateTime moment() const { return m_at; }
    [[nodiscard]] bool hasNext() const;
    [[nodiscard]] bool hasPrevious() const;
    /// So many changes on, or back; never beyond the ends.
    void step(qsizetype changes);

Q_SIGNALS:
    void wanted(const QDateTime &at);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] int valueOf(const QDateTime &at) const;
    void go(const QDateTime &at);

    QDateTime m_first, m_last, m_at;
    QList<QDateTime> m_moments; ///< first and last among them
    bool m_placing = false;
};

} // namespace ui
