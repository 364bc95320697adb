// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/readonly.h"

#include "ui/settings.h"

#include <QRegularExpression>

#include <algorithm>

namespace ui::readonly {

using namespace Qt::StringLiterals;

namespace {
const QString allKey = u"actions/readOnly"_s;
const QString patternsKey = u"actions/readOnlyContexts"_s;
} // namespace

bool all(const Settings &settings)
{
    return settings.flag(allKey, false);
}

QStringList patterns(const Settings &settings)
{
    return settings.list(patternsKey);
}

bool isReadOnly(const Settings &settings, const QString &context)
{
    return all(settings) || std::ranges::any_of(patterns(settings), [&](const QString &pattern) {
        return QRegularExpression::fromWildcard(
            pattern, Qt::CaseInsensitive, QRegularExpression::NonPathWildcardConversion)
            .match(context)
            .hasMatch();
    });
}

void set(Settings &settings, bool all, const QStringList &patterns)
{
    settings.setFlag(allKey, all);
    settings.setList(patternsKey, patterns);
}

} // namespace ui::readonly
