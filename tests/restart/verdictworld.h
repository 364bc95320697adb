// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Conditions of an upgrade at each step, for tests of verdicts, and what a verdict names.
#pragma once

#include "cleanworld.h"

#include "restart/verdictjson.h"
#include "restart/verdicttext.h"

#include <functional>

namespace verdicttest {

using namespace Qt::StringLiterals;
using restart::Verdict;
using support::CleanWorld;

using Change = std::function<void(CleanWorld &)>;

inline const QString toPreload = u"Completed=U LogReady=T ImageReady=T RepoReady=T"_s;
inline const QString toServices = toPreload + u" NodesPrepared=T"_s;
inline const QString toNodes = toServices + u" SystemServicesUpgraded=T"_s;
inline const QString preloaded = u"n1=Images preloaded;n2=Images preloaded;n3=Images preloaded"_s;

inline QStringList rules(const Verdict &verdict)
{
    QStringList out;
    for (const restart::Reason &reason : verdict.reasons)
        out.append(reason.rule);
    return out;
}

inline QStringList gapCodes(const Verdict &verdict)
{
    QStringList out;
    for (const restart::Missing &missing : verdict.missing)
        out.append(missing.what.code);
    return out;
}

inline QString failed(QString conditions)
{
    return conditions.replace("Completed=U"_L1, "Completed=F(BackoffLimitExceeded)@10"_L1);
}

} // namespace verdicttest

Q_DECLARE_METATYPE(verdicttest::Change)
