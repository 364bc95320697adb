// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// An inline message: a tone, what failed, the cause in the system's own words, what can be done, and the buttons that
/// do it. Never over the content, never modal.
#pragma once

#include "ui/trouble.h"

#include <QFrame>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace ui {

class MessageStrip : public QFrame {
    Q_OBJECT
public:
    explicit MessageStrip(QWidget *parent = nullptr);
    void present(const Trouble &trouble);
    [[nodiscard]] const Trouble &trouble() const { return m_trouble; }

Q_SIGNALS:
    void triggered(ui::Trouble::Action action);

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void rebuildButtons();
    Trouble m_trouble;
    QLabel *m_headline;
    QLabel *m_cause;
    QLabel *m_advice;
    QHBoxLayout *m_buttons;
};

} // namespace ui
