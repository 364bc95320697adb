// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The nodes of a board as a table. A new board changes, adds, moves or removes rows; it never resets the model.
#pragma once

#include "upgrade/board.h"

#include <QAbstractTableModel>

namespace ui {

class Tick;

class NodeModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Name, Role, Pips, StateColumn, Job, Kubernetes, System, Vms, Health, Text, ColumnCount };
    enum {
        SortRole = Qt::UserRole, ///< what a column sorts by
        RowRole,                 ///< quintptr to the NodeRow, valid until the next change
        FilterRole,              ///< words a filter looks into
    };

    explicit NodeModel(Tick &tick, QObject *parent = nullptr);
    /// Job names are shown without the name of their upgrade in front.
    void setNodes(const QList<upgrade::NodeRow> &nodes, const QString &upgradeName = {});
    [[nodiscard]] const upgrade::NodeRow *node(int row) const;
    [[nodiscard]] int rowOf(const QString &name) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString display(const upgrade::NodeRow &node, int column) const;
    [[nodiscard]] QString toolTip(const upgrade::NodeRow &node, int column) const;
    [[nodiscard]] QVariant sortKey(const upgrade::NodeRow &node, int column) const;

    Tick &m_tick;
    QList<upgrade::NodeRow> m_rows;
    QString m_upgrade;
};

/// "control plane, etcd": the roles in words.
[[nodiscard]] QString roleWords(const upgrade::NodeRow &node);
/// "cordoned, not ready for 3 min"; empty when nothing is odd.
[[nodiscard]] QString healthWords(const upgrade::NodeRow &node, const QDateTime &now);

} // namespace ui
