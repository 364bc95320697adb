// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Finds any of many literals in one pass over a text, ASCII letters in any case: an Aho-Corasick automaton whose
/// transitions are all worked out beforehand, so that a byte costs one step whatever the number of literals.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QList>

#include <array>
#include <cstdint>
#include <vector>

namespace diagnosis {

class LiteralSet {
public:
    LiteralSet() = default;
    struct Literal {
        QByteArray text; ///< lower case, not empty
        int owner = 0;
    };
    explicit LiteralSet(const QList<Literal> &literals);

    /// Calls `found` with the owner of each literal at each place it ends; owners repeat.
    template<class Found>
    void scan(QByteArrayView text, Found &&found) const
    {
        if (m_next.empty())
            return;
        const uint32_t *next = m_next.data();
        uint32_t state = 0;
        for (const char c : text) {
            state = next[state + m_class[static_cast<unsigned char>(c)]];
            if (state & ends) {
                state &= ~ends;
                const uint32_t at = state / m_classes;
                for (uint32_t i = m_firstOwner[at]; i < m_firstOwner[at + 1]; ++i)
                    found(m_owners[i]);
            }
        }
    }

private:
    static constexpr uint32_t ends = 0x80000000; ///< in a transition: literals end in the state it leads to
    std::array<uint8_t, 256> m_class{};          ///< of a byte; 0: in no literal
    uint32_t m_classes = 1;
    std::vector<uint32_t> m_next; ///< by state * classes + class: the next state * classes, and `ends`
    std::vector<uint32_t> m_firstOwner;
    std::vector<int> m_owners;
};

} // namespace diagnosis
