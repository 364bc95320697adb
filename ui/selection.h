// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is selected on the board: a phase, a node, or nothing; the same everywhere in the window.
#pragma once

#include "upgrade/board.h"

#include <QObject>

#include <optional>

namespace ui {

struct Selected {
    std::optional<upgrade::PhaseId> phase;
    QString node; ///< "" when a phase or nothing is selected
    [[nodiscard]] bool isEmpty() const { return !phase && node.isEmpty(); }
    friend bool operator==(const Selected &, const Selected &) = default;
};

class Selection : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    [[nodiscard]] const Selected &value() const { return m_value; }
    void selectPhase(upgrade::PhaseId phase) { set({.phase = phase, .node = {}}); }
    void selectNode(const QString &node) { set({.phase = {}, .node = node}); }
    void clear() { set({}); }
    void set(const Selected &value)
    {
        if (value == m_value)
            return;
        m_value = value;
        Q_EMIT changed(m_value);
    }

Q_SIGNALS:
    void changed(const ui::Selected &value);

private:
    Selected m_value;
};

} // namespace ui
