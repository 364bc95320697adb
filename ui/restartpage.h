// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The restart in the window, in the place of the board: six steps, what is known at each, and the buttons that go on.
/// No dialog; the one thing to type is the Upgrade's name. No button is the default one. Shows restarttext.h.
#pragma once

#include "session/restarthandle.h"
#include "ui/restarttext.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QProgressBar;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace ui {

class RestartPage : public QWidget {
    Q_OBJECT
public:
    explicit RestartPage(QWidget *parent = nullptr);
    ~RestartPage() override;

    /// Takes the restart over and shows it; null: shows none.
    void setRestart(std::unique_ptr<session::RestartHandle> handle);
    [[nodiscard]] session::RestartHandle *restart() const { return m_handle.get(); }
    /// For pictures and tests: a state without a restart behind it.
    void present(const session::RestartState &state);
    [[nodiscard]] const RestartText &text() const { return m_text; }

Q_SIGNALS:
    void left();

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void refreshRows();
    void refreshPalette();
    void settlePrimary();
    void act(RestartText::Action action);

    std::unique_ptr<session::RestartHandle> m_handle;
    session::RestartState m_state;
    RestartText m_text;
    QList<RestartText::Row> m_shownRows;
    QLabel *m_heading;
    QPushButton *m_leave;
    QList<QLabel *> m_stepSigns, m_steps;
    QLabel *m_title;
    QLabel *m_intro;
    QLabel *m_problem;
    QScrollArea *m_scroll;
    QVBoxLayout *m_rows;
    QLabel *m_busy;
    QProgressBar *m_progress;
    QLabel *m_typingLabel;
    QLineEdit *m_typing;
    QPushButton *m_primary;
    QPushButton *m_second;
    QPushButton *m_third;
};

} // namespace ui
