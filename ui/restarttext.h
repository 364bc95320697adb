// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the restart page says and offers at a state, as a value. Pure: the widgets only show it.
#pragma once

#include "session/restartstate.h"
#include "ui/glyph.h"

#include <QList>
#include <QString>

namespace ui {

struct RestartText {
    enum class Action {
        None,
        Accept,
        LookAgain,
        Collect,
        StopCollecting,
        Check,
        Confirm,
        StartAgain,
        EndHere,
        ImageReady,
        Cancel,
        Leave,
    };
    struct Row {
        Shape shape = Shape::Ring;
        Tone tone = Tone::Muted;
        QString text;
        QString detail; ///< the system's own words, or more of it; may be empty
        friend bool operator==(const Row &, const Row &) = default;
    };
    struct Button {
        QString text;
        Action action = Action::None;
        friend bool operator==(const Button &, const Button &) = default;
    };
    int step = 1;      ///< 1..6
    bool over = false; ///< nothing more will happen
    QString title, intro;
    QList<Row> rows;
    QString problem;  ///< why it does not go on; empty: nothing
    QString busy;     ///< what is waited for; empty: nothing
    int percent = -1; ///< of what is waited for; below 0: not known
    QString typing;   ///< asks for a text: its label; empty: nothing to type
    QString expected; ///< what must be typed for the button to work; empty: anything
    Button primary, second, third;
    bool destroys = false; ///< the primary button does
};
[[nodiscard]] RestartText restartText(const session::RestartState &state);
/// Of the six steps.
[[nodiscard]] QString restartStepTitle(int step);
[[nodiscard]] int restartStepOf(restart::Step step);

} // namespace ui
