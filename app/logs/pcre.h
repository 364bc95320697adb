// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// PCRE2 with its just-in-time compiler, as a value. A compiled expression is shared by all threads; what a match needs
/// besides is kept for each thread.
#pragma once

#include <QByteArrayView>
#include <QString>

#include <expected>
#include <memory>

struct pcre2_real_code_8;

namespace logs {

class Pcre {
public:
    struct Options {
        bool literal = false;
        bool caseless = false;
        bool utf8 = false;      ///< characters instead of bytes; broken ones are tolerated and match nothing
        bool multiline = false; ///< ^ and $ at each '\n'
    };
    struct Error {
        QString text;
        qsizetype offset = 0; ///< in bytes
    };
    struct Hit {
        enum class Kind : quint8 { None, Found, GaveUp };
        Kind kind = Kind::None;
        qsizetype start = 0;
        qsizetype end = 0;
    };

    Pcre() = default;
    [[nodiscard]] static std::expected<Pcre, Error> compile(QByteArrayView regex, Options options);

    [[nodiscard]] explicit operator bool() const { return bool(m_code); }
    /// Compiled to machine code: only then is it worth running it over many lines at once.
    [[nodiscard]] bool isFast() const { return m_fast; }
    /// The first match at or after `from`. `begins`, `ends`: ^ and $ may match at the subject's ends.
    [[nodiscard]] Hit find(QByteArrayView subject, qsizetype from, bool begins = true, bool ends = true) const;

private:
    std::shared_ptr<pcre2_real_code_8> m_code;
    bool m_fast = false;
};

} // namespace logs
