// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A strip beside the scroll bar that shows where in the whole document matches, errors and warnings are. A click goes
/// there.
#pragma once

#include "logs/rowset.h"

#include <QWidget>

namespace ui {

class LogMarks : public QWidget {
    Q_OBJECT
public:
    static constexpr int stripWidth = 12;
    explicit LogMarks(QWidget *parent = nullptr);
    void setRows(qint64 rows);
    void setMatches(const logs::RowSet &rows);
    void setProblems(const logs::RowSet &errors, const logs::RowSet &warnings);
    [[nodiscard]] const logs::RowSet &matches() const { return m_matches; }
    /// The row a mark near `y` stands for, or the row of that place; -1: no rows.
    [[nodiscard]] qint64 rowAt(int y) const;

Q_SIGNALS:
    void wanted(qint64 row);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    [[nodiscard]] qint64 rowOf(int y) const;
    logs::RowSet m_matches, m_errors, m_warnings;
    qint64 m_rows = 0;
};

} // namespace ui
