// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/bytes.h"

#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace logs {

// NOLINTBEGIN(portability-simd-intrinsics): std::simd is not there yet; each has a plain loop beside it.

qint64 countNewlines(QByteArrayView bytes)
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
    qint64 count = 0;
#ifdef __SSE2__
    const __m128i newline = _mm_set1_epi8('\n');
    while (end - at >= 64) {
        // Each lane counts up to 255 before it is added up.
        __m128i lanes0 = _mm_setzero_si128();
        __m128i lanes1 = _mm_setzero_si128();
        const qsizetype rounds = std::min<qsizetype>((end - at) / 64, 127);
        for (qsizetype i = 0; i < rounds; ++i, at += 64) {
            const auto load = [at](int n) { return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at) + n); };
            lanes0 = _mm_sub_epi8(lanes0, _mm_cmpeq_epi8(load(0), newline));
            lanes1 = _mm_sub_epi8(lanes1, _mm_cmpeq_epi8(load(1), newline));
            lanes0 = _mm_sub_epi8(lanes0, _mm_cmpeq_epi8(load(2), newline));
            lanes1 = _mm_sub_epi8(lanes1, _mm_cmpeq_epi8(load(3), newline));
        }
        const __m128i sums
            = _mm_add_epi64(_mm_sad_epu8(lanes0, _mm_setzero_si128()), _mm_sad_epu8(lanes1, _mm_setzero_si128()));
        count += _mm_cvtsi128_si64(sums) + _mm_cvtsi128_si64(_mm_unpackhi_epi64(sums, sums));
    }
#endif
    for (; at < end; ++at)
        count += *at == '\n' ? 1 : 0;
    return count;
}

qsizetype nthNewline(QByteArrayView bytes, qint64 n)
{
    if (n < 0)
        return -1;
    qsizetype at = 0;
#ifdef __SSE2__
    const __m128i newline = _mm_set1_epi8('\n');
    for (; bytes.size() - at >= 16; at += 16) {
        const __m128i block = _mm_loadu_si128(reinterpret_cast<const __m128i *>(bytes.data() + at));
        auto hits = unsigned(_mm_movemask_epi8(_mm_cmpeq_epi8(block, newline)));
        const int here = std::popcount(hits);
        if (n >= here) {
            n -= here;
            continue;
        }
        for (; n > 0; --n)
            hits &= hits - 1;
        return at + std::countr_zero(hits);
    }
#endif
    for (; at < bytes.size(); ++at) {
        if (bytes[at] == '\n' && n-- == 0)
            return at;
    }
    return -1;
}

qsizetype nextNewline(QByteArrayView bytes, qsizetype from)
{
    if (from >= bytes.size())
        return -1;
    const void *found = std::memchr(bytes.data() + from, '\n', size_t(bytes.size() - from));
    return found ? static_cast<const char *>(found) - bytes.data() : -1;
}

bool isAscii(QByteArrayView bytes)
{
    const char *at = bytes.data();
    const char *const end = at + bytes.size();
#ifdef __SSE2__
    while (end - at >= 64) {
        const auto load = [at](int n) { return _mm_loadu_si128(reinterpret_cast<const __m128i *>(at) + n); };
        const __m128i all = _mm_or_si128(_mm_or_si128(load(0), load(1)), _mm_or_si128(load(2), load(3)));
        if (_mm_movemask_epi8(all) != 0)
            return false;
        at += 64;
    }
#endif
    for (; at < end; ++at) {
        if (static_cast<unsigned char>(*at) >= 0x80)
            return false;
    }
    return true;
}

// NOLINTEND(portability-simd-intrinsics)

} // namespace logs
