// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#define PCRE2_CODE_UNIT_WIDTH 8
#include "diagnosis/expression.h"

#include "logs/required.h"

#include <pcre2.h>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

/// Per thread: what a match needs besides the expression.
struct Scratch {
    pcre2_match_data *data = pcre2_match_data_create(32, nullptr);
    pcre2_match_context *context = pcre2_match_context_create(nullptr);
    Scratch()
    {
        pcre2_set_match_limit(context, 100'000);
        pcre2_set_depth_limit(context, 10'000);
    }
    ~Scratch()
    {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
    }
    Q_DISABLE_COPY_MOVE(Scratch)
};

Scratch &scratch()
{
    thread_local Scratch one;
    return one;
}

} // namespace

std::expected<Expression, QString> Expression::compile(const QString &regex)
{
    const QByteArray bytes = regex.toUtf8();
    int error = 0;
    PCRE2_SIZE offset = 0;
    pcre2_code *code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(bytes.constData()), PCRE2_SIZE(bytes.size()),
        PCRE2_CASELESS, &error, &offset, nullptr);
    if (!code) {
        PCRE2_UCHAR message[200];
        pcre2_get_error_message(error, message, sizeof message);
        return std::unexpected(u"%1 at %2 of '%3'"_s.arg(QString::fromUtf8(reinterpret_cast<const char *>(message)))
                .arg(offset)
                .arg(regex));
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);

    Expression out;
    out.m_code.reset(code, pcre2_code_free);
    uint32_t count = 0;
    uint32_t size = 0;
    PCRE2_SPTR table = nullptr;
    pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
    pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
    for (uint32_t i = 0; i < count; ++i, table += size) {
        out.m_groups.append(table[0] << 8 | table[1]);
        out.m_names.append(QString::fromUtf8(reinterpret_cast<const char *>(table + 2)));
    }
    if (std::ranges::any_of(out.m_groups, [](int group) { return group >= 32; }))
        return std::unexpected(u"more than 31 groups in '%1'"_s.arg(regex));

    bool anyCase = true;
    for (const QByteArray &literal : logs::requiredLiterals(bytes, anyCase))
        out.m_literals.append(literal.toLower());
    // Each line would have to be matched.
    if (out.m_literals.isEmpty())
        return std::unexpected(u"no text is certain to be in a match of '%1'"_s.arg(regex));
    for (const QByteArray &literal : std::as_const(out.m_literals)) {
        if (literal.size() < 3)
            return std::unexpected(u"'%1' is too short to look for ('%2')"_s.arg(QString::fromUtf8(literal), regex));
    }
    return out;
}

std::optional<Captures> Expression::match(QByteArrayView subject) const
{
    Scratch &with = scratch();
    const int groups = pcre2_match(m_code.get(), reinterpret_cast<PCRE2_SPTR>(subject.data()),
        PCRE2_SIZE(subject.size()), 0, 0, with.data, with.context);
    if (groups < 0)
        return {};
    Captures out;
    const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(with.data);
    for (qsizetype i = 0; i < m_groups.size(); ++i) {
        const int group = m_groups.at(i);
        if (group >= groups || ends[2 * group] == PCRE2_UNSET)
            continue;
        const auto begin = qsizetype(ends[2 * group]);
        const QString value = QString::fromUtf8(subject.sliced(begin, qsizetype(ends[2 * group + 1]) - begin));
        if (!value.isEmpty())
            out.insert(m_names.at(i), value);
    }
    return out;
}

} // namespace diagnosis
