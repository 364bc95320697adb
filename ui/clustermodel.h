// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Every context of every kubeconfig as a tree of two levels: groups (starred, then one for each file) and contexts
/// with their live state. New contexts and states change, add, move or remove rows; the model is never reset.
#pragma once

#include "kube/kubeconfig.h"
#include "ui/headline.h"

#include <QAbstractItemModel>

namespace ui {

class Workspace;

struct ClusterRow {
    QString name, file, server; ///< server: host only
    QString state;              ///< in words
    Glyph glyph;
    Tone tone = Tone::Muted;
    bool starred = false;
    bool usable = true; ///< false: the context cannot be connected
    int problems = 0;
    QStringList details; ///< for the tooltip
    friend bool operator==(const ClusterRow &a, const ClusterRow &b)
    {
        return a.name == b.name && a.file == b.file && a.server == b.server && a.state == b.state && a.tone == b.tone
            && a.glyph.shape == b.glyph.shape && a.glyph.tone == b.glyph.tone && a.glyph.fraction == b.glyph.fraction
            && a.starred == b.starred && a.usable == b.usable && a.problems == b.problems && a.details == b.details;
    }
};

struct ClusterGroup {
    quintptr id = 0; ///< never 0 in the model
    QString key;     ///< "*" for starred, else the file
    QString title;
    QList<ClusterRow> rows;
    friend bool operator==(const ClusterGroup &a, const ClusterGroup &b)
    {
        return a.key == b.key && a.title == b.title;
    }
};

class ClusterModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum { NameRole = Qt::UserRole, StarredRole, FilterRole, GroupRole };

    explicit ClusterModel(const Workspace &workspace, QObject *parent = nullptr);
    void refresh();                            ///< contexts or stars changed, or the language
    void refreshState(const QString &context); ///< one state changed
    [[nodiscard]] QModelIndex indexOf(const QString &context) const;
    [[nodiscard]] const ClusterRow *row(const QModelIndex &index) const;
    [[nodiscard]] const ClusterGroup *group(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    [[nodiscard]] QList<ClusterGroup> wanted() const;
    [[nodiscard]] ClusterRow rowFor(const kube::Context &context) const;
    [[nodiscard]] int groupAt(quintptr id) const;

    const Workspace &m_workspace;
    QList<ClusterGroup> m_groups;
    quintptr m_nextId = 1;
};

} // namespace ui
