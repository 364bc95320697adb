// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Back and forward through what was read, as in a browser. A value; bounded.
#pragma once

#include "guidance/library.h"

namespace ui {

class GuidanceHistory {
public:
    static constexpr qsizetype most = 100;

    [[nodiscard]] guidance::Place current() const { return m_places.value(m_at); }
    /// Another place: what was ahead is gone. The same place again changes nothing.
    void visit(const guidance::Place &place)
    {
        if (m_at >= 0 && current() == place)
            return;
        m_places.resize(m_at + 1);
        m_places.append(place);
        if (m_places.size() > most)
            m_places.removeFirst();
        m_at = m_places.size() - 1;
    }
    [[nodiscard]] bool canGoBack() const { return m_at > 0; }
    [[nodiscard]] bool canGoForward() const { return m_at + 1 < m_places.size(); }
    guidance::Place back() { return canGoBack() ? m_places.at(--m_at) : current(); }
    guidance::Place forward() { return canGoForward() ? m_places.at(++m_at) : current(); }

private:
    QList<guidance::Place> m_places;
    qsizetype m_at = -1;
};

} // namespace ui
