// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The list of clusters with its filter. Arrow keys look at a context; a click, Enter or the menu connects it.
#pragma once

#include <QWidget>

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QTreeView;

namespace ui {

class ClusterModel;
class ElidedLabel;
class Workspace;

class ClustersView : public QWidget {
    Q_OBJECT
public:
    explicit ClustersView(Workspace &workspace, QWidget *parent = nullptr);
    [[nodiscard]] ClusterModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    [[nodiscard]] QLineEdit *filter() const { return m_filter; }

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void followCurrent();
    void showMenu(const QPoint &at);
    void refreshProblems();
    [[nodiscard]] QString contextAt(const QModelIndex &index) const;

    Workspace &m_workspace;
    ClusterModel *m_model;
    QSortFilterProxyModel *m_proxy;
    QTreeView *m_tree;
    QLineEdit *m_filter;
    QLabel *m_title;
    ElidedLabel *m_problems;
    bool m_following = false;
};

} // namespace ui
