// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a Pattern shares: see pattern.h. Private to it.
#pragma once

#include "logs/finder.h"
#include "logs/pattern.h"
#include "logs/pcre.h"

namespace logs {

struct CompiledPattern {
    enum class Method : quint8 {
        Bytes, ///< compare bytes
        Regex,
        Level,
    };
    Query query;
    Method method = Method::Bytes;

    Finder needle;
    bool wordBegins = false; ///< Bytes: no word character may stand before a match
    bool wordEnds = false;
    bool byLine = false;          ///< never many lines at once
    std::vector<Finder> required; ///< a line that matches contains one of these; empty: nothing is known

    /// Each for a line by itself, and for many lines; on ASCII text, where bytes are characters and matching is faster,
    /// and on any text. Without the ASCII ones the others serve.
    Pcre lineAscii;
    Pcre lineAny;
    Pcre chunkAscii;
    Pcre chunkAny;
    bool looksBehind = false; ///< what stands before the text of a line matters

    [[nodiscard]] const Pcre &forLine(QByteArrayView text) const;
    /// The first match in a line's text at or after `from`.
    [[nodiscard]] Pcre::Hit find(QByteArrayView text, qsizetype from) const;
    [[nodiscard]] Pcre::Hit findBytes(QByteArrayView bytes, qsizetype from) const;
    [[nodiscard]] Pcre::Hit::Kind test(QByteArrayView text) const;
};

} // namespace logs
