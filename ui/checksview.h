// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The page of pre-checks in the place of the board: groups with their checks, what is known of the one that is
/// selected, progress; run all or one again, save as JSON. Escape goes back.
#pragma once

#include "ui/checkmodel.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPlainTextEdit;
class QProgressBar;
class QPushButton;
class QTreeView;

namespace ui {

class ClusterLink;

class ChecksView : public QWidget {
    Q_OBJECT
public:
    explicit ChecksView(QWidget *parent = nullptr);
    /// The cluster whose checks are shown; null: none. One that was never checked is checked now.
    void follow(ClusterLink *link);
    [[nodiscard]] CheckModel *model() const { return m_model; }
    [[nodiscard]] QTreeView *tree() const { return m_tree; }
    /// Schema gleaner.check/v1. Empty: done; else why not.
    [[nodiscard]] QString saveTo(const QString &file) const;

Q_SIGNALS:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void refresh();
    void refreshDetails();
    void runAll();
    void runCurrent();
    void chooseFile();
    void retranslate();
    void settleColumns();

    QPointer<ClusterLink> m_link;
    CheckModel *m_model;
    QLabel *m_title;
    QLabel *m_summary;
    QProgressBar *m_progress;
    QPushButton *m_all;
    QPushButton *m_one;
    QPushButton *m_save;
    QPushButton *m_close;
    QTreeView *m_tree;
    QPlainTextEdit *m_details;
    QString m_saved; ///< said under the title until something else happens
};

} // namespace ui
