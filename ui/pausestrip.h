// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A strip over the board that resumes a paused node, or pauses one: says what, asks for the node's name, and tells
/// what came of it. Never in the way, never modal; no button is the default one.
#pragma once

#include "session/pausehandle.h"
#include "upgrade/board.h"

#include <QFrame>

#include <functional>

class QLabel;
class QLineEdit;
class QPushButton;

namespace ui {

class PauseStrip : public QFrame {
    Q_OBJECT
public:
    using Open = std::function<std::unique_ptr<session::PauseHandle>(
        const upgrade::ObjectRef &upgrade, const QString &node, bool pause)>;
    explicit PauseStrip(QWidget *parent = nullptr);
    ~PauseStrip() override;

    /// Paused nodes of this board are offered to be resumed; without `open` nothing is. Another upgrade than the one
    /// that is being asked about ends that.
    void present(const upgrade::Board &board, Open open);
    /// Asks whether this node shall be paused.
    void askToPause(const QString &node);
    [[nodiscard]] session::PauseHandle *pause() const { return m_handle.get(); }

protected:
    void changeEvent(QEvent *event) override;

private:
    void begin(const QString &node, bool pause);
    void drop();
    void refresh();

    upgrade::Board m_board;
    Open m_open;
    QString m_paused; ///< the first paused node
    std::unique_ptr<session::PauseHandle> m_handle;
    QLabel *m_text;
    QLineEdit *m_typing;
    QPushButton *m_do;
    QPushButton *m_close;
};

} // namespace ui
