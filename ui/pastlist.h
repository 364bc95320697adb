// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The list of past upgrades, to choose one from: in a dialog of its own, and under the board of a cluster at rest.
#pragma once

#include "ui/pastmodel.h"

#include <QDialog>
#include <QWidget>

class QDialogButtonBox;
class QLabel;
class QPushButton;
class QTreeView;

namespace ui {

class PastList : public QWidget {
    Q_OBJECT
public:
    explicit PastList(QWidget *parent = nullptr);
    void load(const QString &root) { m_model->load(root); }
    [[nodiscard]] PastModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *view() const { return m_view; }
    [[nodiscard]] bool canOpen() const; ///< the current one
    void openCurrent();

Q_SIGNALS:
    void chosen(const QString &folder);
    void currentChanged();

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void settle();
    PastModel *m_model;
    QTreeView *m_view;
    QLabel *m_nothing;
};

/// Not modal: the window behind it goes on.
class PastDialog : public QDialog {
    Q_OBJECT
public:
    explicit PastDialog(const QString &root, QWidget *parent = nullptr);
    [[nodiscard]] PastList *list() const { return m_list; }

Q_SIGNALS:
    void chosen(const QString &folder);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void refresh();
    PastList *m_list;
    QDialogButtonBox *m_buttons;
    QPushButton *m_open;
};

} // namespace ui
