// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The node table with its filter and column chooser.
#pragma once

#include "ui/nodecolumns.h"
#include "ui/selection.h"
#include "upgrade/board.h"

#include <QSet>
#include <QWidget>

class QHeaderView;
class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;
class QToolButton;

namespace ui {

class NodeModel;
class Settings;
class Tick;

class NodeTable : public QWidget {
    Q_OBJECT
public:
    NodeTable(Tick &tick, Selection &selection, Settings &settings, QWidget *parent = nullptr);
    void setBoard(const upgrade::Board &board);
    /// Height that shows so many rows (at most all) without scrolling; without the bar.
    [[nodiscard]] int heightFor(int rows) const;
    /// Title, filter and column chooser. Whoever has a row of its own for them takes it out of here.
    [[nodiscard]] QWidget *bar() const { return m_bar; }
    void setTitleVisible(bool visible);
    void setToolsVisible(bool visible);
    [[nodiscard]] NodeModel *model() const { return m_model; }
    [[nodiscard]] QTableView *view() const { return m_view; }
    /// The node of a row of the view.
    [[nodiscard]] QString nameAt(const QModelIndex &index) const;
    [[nodiscard]] upgrade::ObjectRef jobOf(const QString &node) const; ///< name "": none

Q_SIGNALS:
    void logWanted(const QString &node, const upgrade::ObjectRef &job);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void retranslate();
    void restoreColumns();
    void rememberColumns();
    void showColumnMenu(const QPoint &global);
    void followSelection();
    void updateCount();
    void measure();
    void settleWidths();
    [[nodiscard]] int contentWidth(int column, bool brief) const;
    void hideColumns();
    QSet<int> m_hidden; ///< by the person
    QSet<int> m_wanted; ///< by the person: not left out for want of room

    Tick &m_tick;
    Selection &m_selection;
    Settings &m_settings;
    NodeModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QTableView *m_view;
    QWidget *m_bar;
    QLabel *m_title;
    QLineEdit *m_filter;
    QToolButton *m_columns;
    bool m_widthsKept = false; ///< columns come from the settings, or the person sized them
    bool m_upgrade = true;
    QSet<QString> m_measured; ///< texts the wishes were made for
    QList<ColumnWish> m_wishes;
    bool m_following = false;
};

} // namespace ui
