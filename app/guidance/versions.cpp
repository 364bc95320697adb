// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidance/versions.h"

#include <QRegularExpression>
#include <QVersionNumber>

#include <algorithm>

namespace guidance {

using namespace Qt::StringLiterals;

namespace {

struct Parsed {
    QVersionNumber number;
    QString suffix; ///< "rc1", "dev-20260711"; empty for a release
};

std::optional<Parsed> parse(const QString &version)
{
    static const QRegularExpression form(u"^v?(\\d+\\.\\d+(?:\\.\\d+)?)(?:-([0-9A-Za-z.-]+))?(?:\\+.*)?$"_s);
    const auto match = form.match(version.trimmed());
    if (!match.hasMatch())
        return std::nullopt;
    return Parsed{QVersionNumber::fromString(match.captured(1)), match.captured(2)};
}

Applies yes(bool is)
{
    return is ? Applies::Yes : Applies::No;
}

/// Negative, zero, positive. "1.7" stands for the whole line: only its own digits are compared.
int compare(const QVersionNumber &version, const QVersionNumber &with)
{
    const auto digits = [&](const QVersionNumber &number) {
        QList<int> segments = number.segments();
        segments.resize(with.segmentCount());
        return QVersionNumber(segments);
    };
    return QVersionNumber::compare(digits(version), digits(with));
}

bool related(int order, Comparison::Relation relation)
{
    switch (relation) {
    case Comparison::Relation::Less:
        return order < 0;
    case Comparison::Relation::LessEqual:
        return order <= 0;
    case Comparison::Relation::Equal:
        return order == 0;
    case Comparison::Relation::GreaterEqual:
        return order >= 0;
    case Comparison::Relation::Greater:
        return order > 0;
    }
    return false;
}

std::optional<Comparison::Relation> relationOf(QStringView sign)
{
    if (sign == "<"_L1)
        return Comparison::Relation::Less;
    if (sign == "<="_L1)
        return Comparison::Relation::LessEqual;
    if (sign == "="_L1)
        return Comparison::Relation::Equal;
    if (sign == ">="_L1)
        return Comparison::Relation::GreaterEqual;
    if (sign == ">"_L1)
        return Comparison::Relation::Greater;
    return std::nullopt;
}

const QRegularExpression &patternForm()
{
    static const QRegularExpression form(u"^(<=|>=|<|>)?(\\d+\\.\\d+)(?:\\.(\\d+|x))?(?:-([0-9A-Za-z.]+))?$"_s);
    return form;
}

} // namespace

bool isPattern(const QString &pattern)
{
    return pattern == "any"_L1 || patternForm().match(pattern).hasMatch();
}

Applies matches(const QString &pattern, const QString &version)
{
    if (pattern == "any"_L1)
        return Applies::Yes;
    const auto form = patternForm().match(pattern);
    if (!form.hasMatch())
        return Applies::No;
    const std::optional<Parsed> is = parse(version);
    if (!is)
        return Applies::Maybe;
    const QString last = form.captured(3);
    const bool line = last.isEmpty() || last == "x"_L1;
    const auto number = QVersionNumber::fromString(line ? form.captured(2) : form.captured(2) + u'.' + last);
    if (const auto relation = relationOf(form.capturedView(1)))
        return yes(related(compare(is->number, number), *relation));
    if (compare(is->number, number) != 0)
        return Applies::No;
    const QString suffix = form.captured(4);
    if (suffix.isEmpty())
        return Applies::Yes;
    return yes(suffix == "dev"_L1 ? !is->suffix.isEmpty() : is->suffix.startsWith(suffix));
}

Applies matchesAny(const QStringList &patterns, const QString &version)
{
    if (patterns.isEmpty())
        return Applies::Yes;
    Applies best = Applies::No;
    for (const QString &pattern : patterns)
        best = std::max(best, matches(pattern, version));
    return best;
}

std::expected<Condition, QString> parseCondition(const QString &text)
{
    static const QRegularExpression form(u"^(from|to)\\s*(<=|>=|<|>|=)\\s*(\\d+\\.\\d+(?:\\.\\d+)?)$"_s);
    Condition condition;
    for (const QString &part : text.split(u" and "_s)) {
        const auto match = form.match(part.trimmed());
        if (!match.hasMatch())
            return std::unexpected(u"no condition: \"%1\""_s.arg(part.trimmed()));
        condition.append(
            {.subject = match.capturedView(1) == "from"_L1 ? Comparison::Subject::From : Comparison::Subject::To,
                .relation = *relationOf(match.capturedView(2)),
                .version = match.captured(3)});
    }
    return condition;
}

Applies holds(const Condition &condition, const Versions &versions)
{
    Applies all = Applies::Yes;
    for (const Comparison &one : condition) {
        const auto is = parse(one.subject == Comparison::Subject::From ? versions.from : versions.to);
        const Applies here = is
            ? yes(related(compare(is->number, QVersionNumber::fromString(one.version)), one.relation))
            : Applies::Maybe;
        all = std::min(all, here);
    }
    return all;
}

} // namespace guidance
