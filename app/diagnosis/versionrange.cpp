// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/versionrange.h"

#include <QRegularExpression>
#include <QVersionNumber>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

const QRegularExpression &bound()
{
    static const QRegularExpression expression(u"^(>=|<=|<|>|=)(\\d+\\.\\d+(?:\\.\\d+)?)$"_s);
    return expression;
}

} // namespace

bool isVersionRange(const QString &range)
{
    for (const QString &part : range.split(u' ', Qt::SkipEmptyParts)) {
        if (!bound().match(part).hasMatch())
            return false;
    }
    return true;
}

bool inVersionRange(const QString &version, const QString &range)
{
    const QString digits = version.startsWith(u'v') ? version.sliced(1) : version;
    const QVersionNumber number = QVersionNumber::fromString(digits);
    if (number.segmentCount() < 2 || number.majorVersion() == 0)
        return true;
    const QVersionNumber known = number.segmentCount() > 3
        ? QVersionNumber(number.majorVersion(), number.minorVersion(), number.microVersion())
        : number;
    for (const QString &part : range.split(u' ', Qt::SkipEmptyParts)) {
        const QRegularExpressionMatch match = bound().match(part);
        const QVersionNumber limit = QVersionNumber::fromString(match.captured(2));
        const QString op = match.captured(1);
        // "1.5" says nothing of the patch release: only what it does say is compared.
        const bool shorter = known.segmentCount() < limit.segmentCount() && known.isPrefixOf(limit);
        if (shorter)
            continue;
        const int order = QVersionNumber::compare(known, limit);
        const bool equal = order == 0 || limit.isPrefixOf(known);
        const bool fits = op == ">="_L1 ? order >= 0
            : op == "<="_L1             ? order <= 0 || equal
            : op == "<"_L1              ? order < 0
            : op == ">"_L1              ? order > 0 && !equal
                                        : equal;
        if (!fits)
            return false;
    }
    return true;
}

} // namespace diagnosis
