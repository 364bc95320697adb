// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/pcre.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <array>

namespace logs {

namespace {

/// Steps of backtracking before a match gives up; about 50 ms.
constexpr quint32 matchLimit = 5'000'000;
constexpr quint32 heapLimitKib = 16 * 1024;
constexpr size_t jitStackStart = size_t(32) * 1024;
constexpr size_t jitStackMost = size_t(1024) * 1024;

/// What a thread needs to match; freed when it ends.
struct Workspace {
    pcre2_match_data *data = pcre2_match_data_create(1, nullptr);
    pcre2_match_context *context = pcre2_match_context_create(nullptr);
    pcre2_jit_stack *stack = pcre2_jit_stack_create(jitStackStart, jitStackMost, nullptr);

    Workspace()
    {
        pcre2_set_match_limit(context, matchLimit);
        pcre2_set_heap_limit(context, heapLimitKib);
        if (stack)
            pcre2_jit_stack_assign(context, nullptr, stack);
    }
    Workspace(const Workspace &) = delete;
    Workspace &operator=(const Workspace &) = delete;
    ~Workspace()
    {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
        if (stack)
            pcre2_jit_stack_free(stack);
    }
};

Workspace &workspace()
{
    thread_local Workspace own;
    return own;
}

PCRE2_SPTR8 units(QByteArrayView bytes)
{
    static constexpr PCRE2_UCHAR8 nothing = 0;
    return bytes.data() ? reinterpret_cast<PCRE2_SPTR8>(bytes.data()) : &nothing;
}

} // namespace

std::expected<Pcre, Pcre::Error> Pcre::compile(QByteArrayView regex, Options options)
{
    quint32 flags = PCRE2_NEVER_BACKSLASH_C;
    if (options.literal)
        flags = PCRE2_LITERAL;
    if (options.caseless)
        flags |= PCRE2_CASELESS;
    if (options.utf8)
        flags |= PCRE2_UTF | PCRE2_MATCH_INVALID_UTF;
    if (options.multiline)
        flags |= PCRE2_MULTILINE | PCRE2_ALT_CIRCUMFLEX;
    const std::unique_ptr<pcre2_compile_context, decltype(&pcre2_compile_context_free)> context(
        pcre2_compile_context_create(nullptr), pcre2_compile_context_free);
    pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
#ifdef PCRE2_EXTRA_CASELESS_RESTRICT
    // An ASCII letter is another than the Kelvin sign, on any text.
    pcre2_set_compile_extra_options(context.get(), PCRE2_EXTRA_CASELESS_RESTRICT);
#else
#error "PCRE2 10.43 or newer is needed"
#endif
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile(units(regex), size_t(regex.size()), flags, &error, &offset, context.get());
    if (!code) {
        std::array<PCRE2_UCHAR8, 256> text{};
        pcre2_get_error_message(error, text.data(), text.size());
        return std::unexpected(
            Error{QString::fromUtf8(reinterpret_cast<const char *>(text.data())), qsizetype(offset)});
    }
    Pcre result;
    result.m_code.reset(code, pcre2_code_free);
    result.m_fast = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE) == 0;
    return result;
}

Pcre::Hit Pcre::find(QByteArrayView subject, qsizetype from, bool begins, bool ends) const
{
    Workspace &own = workspace();
    const quint32 flags = (begins ? 0U : PCRE2_NOTBOL) | (ends ? 0U : PCRE2_NOTEOL);
    const int result = m_fast
        ? pcre2_jit_match(
              m_code.get(), units(subject), size_t(subject.size()), size_t(from), flags, own.data, own.context)
        : pcre2_match(m_code.get(), units(subject), size_t(subject.size()), size_t(from), flags, own.data, own.context);
    if (result >= 0) {
        const PCRE2_SIZE *span = pcre2_get_ovector_pointer(own.data);
        // \K in a lookahead can make a match that ends before it starts.
        return {Hit::Kind::Found, qsizetype(std::min(span[0], span[1])), qsizetype(span[1])};
    }
    return {result == PCRE2_ERROR_NOMATCH ? Hit::Kind::None : Hit::Kind::GaveUp};
}

} // namespace logs
