// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/literalset.h"

#include <algorithm>
#include <map>

namespace diagnosis {

LiteralSet::LiteralSet(const QList<Literal> &literals)
{
    if (literals.isEmpty())
        return;
    for (const Literal &literal : literals) {
        for (const char c : literal.text) {
            uint8_t &known = m_class[static_cast<unsigned char>(c)];
            if (known == 0)
                known = uint8_t(m_classes++);
        }
    }
    for (int c = 'a'; c <= 'z'; ++c)
        m_class[size_t(c - 'a' + 'A')] = m_class[size_t(c)];

    // The trie.
    constexpr uint32_t none = 0xffffffff;
    std::vector<uint32_t> go(m_classes, none); // by state * classes + class: a state
    std::vector<std::vector<int>> owners(1);
    for (const Literal &literal : literals) {
        uint32_t state = 0;
        for (const char c : literal.text) {
            uint32_t next = go[state * m_classes + m_class[static_cast<unsigned char>(c)]];
            if (next == none) {
                next = uint32_t(owners.size());
                go[state * m_classes + m_class[static_cast<unsigned char>(c)]] = next;
                owners.emplace_back();
                go.resize(owners.size() * m_classes, none);
            }
            state = next;
        }
        owners[state].push_back(literal.owner);
    }

    // Where a state has no way on, that of the longest proper suffix of its text serves; breadth first, so that the
    // shorter states are complete.
    std::vector<uint32_t> suffix(owners.size(), 0);
    std::vector<uint32_t> order{0};
    for (size_t at = 0; at < order.size(); ++at) {
        const uint32_t state = order[at];
        for (uint32_t c = 0; c < m_classes; ++c) {
            uint32_t &next = go[state * m_classes + c];
            const uint32_t fallback = state == 0 ? 0 : go[suffix[state] * m_classes + c];
            if (next == none) {
                next = fallback;
                continue;
            }
            suffix[next] = fallback;
            owners[next].insert(owners[next].end(), owners[fallback].begin(), owners[fallback].end());
            order.push_back(next);
        }
    }

    m_next.resize(go.size());
    for (size_t i = 0; i < go.size(); ++i)
        m_next[i] = go[i] * m_classes | (owners[go[i]].empty() ? 0 : ends);
    m_firstOwner.push_back(0);
    for (std::vector<int> &of : owners) {
        std::ranges::sort(of);
        of.erase(std::ranges::unique(of).begin(), of.end());
        m_owners.insert(m_owners.end(), of.begin(), of.end());
        m_firstOwner.push_back(uint32_t(m_owners.size()));
    }
}

} // namespace diagnosis
