// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The pre-checks as a tree of two levels: groups, and in them one row for each check in a fixed order. Results come
/// into their rows; nothing moves.
#pragma once

#include "session/checkstate.h"

#include <QAbstractItemModel>

namespace ui {

class CheckModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Column { Title, Id, Result, Found, ColumnCount };
    explicit CheckModel(QObject *parent = nullptr);

    void present(const session::CheckState &checks);
    [[nodiscard]] const session::CheckState &checks() const { return m_checks; }
    [[nodiscard]] QString idAt(const QModelIndex &index) const; ///< "" for a group
    [[nodiscard]] QModelIndex indexOf(const QString &id) const;
    [[nodiscard]] bool canRun(const QModelIndex &index) const; ///< a check that a client can make
    /// All that is known of a row, as plain text: result, objects, why, remedy, command.
    [[nodiscard]] QString details(const QModelIndex &index) const;
    void retranslate();

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Group {
        QString word;
        QStringList ids;
        friend bool operator==(const Group &, const Group &) = default;
    };
    [[nodiscard]] static QList<Group> groupsOf(const QStringList &ids);
    [[nodiscard]] QString groupText(const Group &group) const;
    [[nodiscard]] QVariant rowData(const QString &id, int column, int role) const;

    session::CheckState m_checks;
    QList<Group> m_groups;
};

} // namespace ui
