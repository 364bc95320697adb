// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Why the verdict is what it is: the rules that apply with their facts and objects, what is not known, what to do
/// instead. Inline under the headline, never modal; Escape closes it.
#pragma once

#include "restart/verdict.h"

#include <QFrame>

class QGridLayout;
class QLabel;
class QPushButton;
class QScrollArea;

namespace ui {

class VerdictPanel : public QFrame {
    Q_OBJECT
public:
    explicit VerdictPanel(QWidget *parent = nullptr);
    /// `checkable`: pre-checks can be made here.
    void present(const restart::Verdict &verdict, bool checkable);
    [[nodiscard]] const restart::Verdict &verdict() const { return m_verdict; }
    /// The first thing of it that takes the keyboard.
    void takeFocus();
    /// All of it as plain text, for the clipboard.
    [[nodiscard]] QString plainText() const;

Q_SIGNALS:
    void closed();
    void objectWanted(const upgrade::ObjectRef &object);
    void checksWanted();

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void rebuild();
    void settleHeight();
    void addHeading(const QString &text);
    void addLine(const QString &mark, const QString &tip, const QString &text, const upgrade::ObjectRef &object = {});

    restart::Verdict m_verdict;
    QLabel *m_title;
    QLabel *m_sentence;
    QPushButton *m_checks;
    QPushButton *m_copy;
    QPushButton *m_close;
    QScrollArea *m_area;
    QWidget *m_body = nullptr;
    QGridLayout *m_grid = nullptr;
};

/// Where a click on this object leads; kinds that no view shows are no links.
[[nodiscard]] bool isReachable(const upgrade::ObjectRef &object);

} // namespace ui
