// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/finder.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#if defined(__x86_64__)
#include <immintrin.h>
#define LOGS_X86 1
#endif

namespace logs {

namespace {

constexpr bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
constexpr bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

/// Bytes of logs, the most frequent first.
constexpr QByteArrayView frequent(
    " etaonrisldc0m1-ug2p:.\"3h=45/6789fyvb,k_TZwx[]I()j{}z\tSELCRPDAN\nqMFWVOBGUH@#+'<>&;%*!|?KYJQX\\~$^`\r");

constexpr auto rarities = [] {
    std::array<int, 256> table{};
    table.fill(int(frequent.size()));
    for (qsizetype i = 0; i < frequent.size(); ++i)
        table[static_cast<unsigned char>(frequent[i])] = int(i);
    return table;
}();

} // namespace

int Finder::rarity(char c)
{
    return rarities[static_cast<unsigned char>(c)];
}

Finder::Finder(const QByteArray &needle, bool anyCase)
    : m_needle(needle)
{
    if (anyCase) {
        m_masks = QByteArray(needle.size(), '\0');
        for (qsizetype i = 0; i < needle.size(); ++i) {
            if (isUpper(needle.at(i)))
                m_needle[i] = char(needle.at(i) | 0x20);
            if (isLower(m_needle.at(i)))
                m_masks[i] = 0x20;
        }
        if (!m_masks.contains(0x20))
            m_masks.clear();
    }
    const auto probe = [this](qsizetype offset) {
        return Probe{offset, m_needle.at(offset), m_masks.isEmpty() ? '\0' : m_masks.at(offset)};
    };
    qsizetype best = 0;
    for (qsizetype i = 1; i < m_needle.size(); ++i) {
        if (rarity(m_needle.at(i)) > rarity(m_needle.at(best)))
            best = i;
    }
    qsizetype next = best == 0 && m_needle.size() > 1 ? 1 : 0;
    for (qsizetype i = 0; i < m_needle.size(); ++i) {
        if (i != best && rarity(m_needle.at(i)) > rarity(m_needle.at(next)))
            next = i;
    }
    m_first = probe(best);
    m_second = probe(next);
}

bool Finder::isAt(const char *place) const
{
    if (m_masks.isEmpty())
        return std::memcmp(place, m_needle.constData(), size_t(m_needle.size())) == 0;
    for (qsizetype i = 0; i < m_needle.size(); ++i) {
        if (char(place[i] | m_masks.at(i)) != m_needle.at(i))
            return false;
    }
    return true;
}

qsizetype Finder::findSlowly(QByteArrayView bytes, qsizetype from) const
{
    const char *data = bytes.data();
    for (qsizetype at = from; at + m_needle.size() <= bytes.size(); ++at) {
        if (char(data[at + m_first.offset] | m_first.mask) == m_first.byte && isAt(data + at))
            return at;
    }
    return -1;
}

#ifdef LOGS_X86

qsizetype Finder::find16(QByteArrayView bytes, qsizetype from) const
{
    const char *data = bytes.data();
    const __m128i first = _mm_set1_epi8(m_first.byte);
    const __m128i firstMask = _mm_set1_epi8(m_first.mask);
    const __m128i second = _mm_set1_epi8(m_second.byte);
    const __m128i secondMask = _mm_set1_epi8(m_second.mask);
    const auto load = [](const char *place) { return _mm_loadu_si128(reinterpret_cast<const __m128i *>(place)); };
    qsizetype at = from;
    for (; at + 15 + m_needle.size() <= bytes.size(); at += 16) {
        const __m128i a = _mm_cmpeq_epi8(_mm_or_si128(load(data + at + m_first.offset), firstMask), first);
        const __m128i b = _mm_cmpeq_epi8(_mm_or_si128(load(data + at + m_second.offset), secondMask), second);
        for (auto hits = unsigned(_mm_movemask_epi8(_mm_and_si128(a, b))); hits != 0; hits &= hits - 1) {
            const qsizetype place = at + std::countr_zero(hits);
            if (isAt(data + place))
                return place;
        }
    }
    return findSlowly(bytes, at);
}

__attribute__((target("avx2"))) qsizetype Finder::find32(QByteArrayView bytes, qsizetype from) const
{
    const char *data = bytes.data();
    const __m256i first = _mm256_set1_epi8(m_first.byte);
    const __m256i firstMask = _mm256_set1_epi8(m_first.mask);
    const __m256i second = _mm256_set1_epi8(m_second.byte);
    const __m256i secondMask = _mm256_set1_epi8(m_second.mask);
    qsizetype at = from;
    for (; at + 31 + m_needle.size() <= bytes.size(); at += 32) {
        const __m256i atFirst = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(data + at + m_first.offset));
        const __m256i atSecond = _mm256_loadu_si256(reinterpret_cast<const __m256i *>(data + at + m_second.offset));
        const __m256i a = _mm256_cmpeq_epi8(_mm256_or_si256(atFirst, firstMask), first);
        const __m256i b = _mm256_cmpeq_epi8(_mm256_or_si256(atSecond, secondMask), second);
        for (auto hits = unsigned(_mm256_movemask_epi8(_mm256_and_si256(a, b))); hits != 0; hits &= hits - 1) {
            const qsizetype place = at + std::countr_zero(hits);
            if (isAt(data + place))
                return place;
        }
    }
    return find16(bytes, at);
}

qsizetype Finder::find(QByteArrayView bytes, qsizetype from) const
{
    static const bool wide = __builtin_cpu_supports("avx2") != 0;
    return wide ? find32(bytes, from) : find16(bytes, from);
}

#else

qsizetype Finder::find(QByteArrayView bytes, qsizetype from) const
{
    if (!m_masks.isEmpty() || from + m_needle.size() > bytes.size())
        return findSlowly(bytes, from);
    const void *found
        = memmem(bytes.data() + from, size_t(bytes.size() - from), m_needle.constData(), size_t(m_needle.size()));
    return found ? static_cast<const char *>(found) - bytes.data() : -1;
}

#endif

} // namespace logs
