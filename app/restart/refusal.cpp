// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/refusal.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

const QStringList &upgradeCharts()
{
    static const QStringList four{
        u"harvester"_s, u"harvester-crd"_s, u"rancher-monitoring-crd"_s, u"rancher-logging-crd"_s};
    return four;
}

Refusal readRefusal(const QString &words, const QString &upgrade)
{
    if (words.contains(u"cannot proceed until previous upgrade \"%1\" completes"_s.arg(upgrade)))
        return Refusal::Upgrade;
    // A list of names; ours alone goes with it.
    const QString cleanup = u"cannot proceed until the following upgrades completed their cleanup process: "_s;
    if (const qsizetype at = words.indexOf(cleanup); at >= 0 && words.mid(at + cleanup.size()).trimmed() == upgrade)
        return Refusal::Upgrade;
    const bool chart = std::ranges::any_of(upgradeCharts(),
        [&](const QString &name) { return words.contains(u"managed chart %1 is not ready"_s.arg(name)); });
    return chart ? Refusal::Chart : Refusal::Other;
}

} // namespace restart
