// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The Jobs of what is selected: state, type and node, how long, how often tried, why it failed. Two lines a Job.
#pragma once

#include "upgrade/board.h"

#include <QAbstractListModel>
#include <QStyledItemDelegate>

namespace ui {

class Tick;

class JobModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum { RowRole = Qt::UserRole };
    explicit JobModel(Tick &tick, QObject *parent = nullptr);
    void setJobs(const QList<upgrade::JobRow> &jobs);
    [[nodiscard]] const upgrade::JobRow *job(int row) const;
    [[nodiscard]] int rowOf(const QString &key) const;
    [[nodiscard]] static QString key(const upgrade::JobRow &job);
    [[nodiscard]] QString title(const upgrade::JobRow &job) const;
    [[nodiscard]] QString details(const upgrade::JobRow &job) const;
    [[nodiscard]] QString duration(const upgrade::JobRow &job) const;
    void retranslate();

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    Tick &m_tick;
    QList<upgrade::JobRow> m_rows;
};

class JobDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
};

} // namespace ui
