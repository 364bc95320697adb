// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "upgrade/logdigest.h"

#include <QRegularExpression>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace upgrade {

namespace {

struct Milestone {
    int number;
    const char *text;
};
/// What apply-manifests prints when it gets somewhere, in its order.
constexpr std::array milestones{
    Milestone{1, "Upgrade repo deployment is not ready yet, waiting..."},
    Milestone{1, "Wait for upgrade repo HTTP endpoint ready..."},
    Milestone{2, "skip-restart-rancher-system-agent"},
    Milestone{3, "Upgrading Rancher"},
    Milestone{4, "Wait for Rancher to be upgraded to"},
    Milestone{5, "Wait for Rancher dependencies helm releases..."},
    Milestone{5, "wait helm release cattle-fleet-system fleet"},
    Milestone{6, "Waiting for CAPI cluster fleet-local/local to be provisioned"},
    Milestone{6, "is provisioned and stable for"},
    Milestone{7, "Upgrading Harvester Cluster Repo"},
    Milestone{7, "harvester-cluster-repo"},
    Milestone{8, "Waiting for ManagedChart fleet-local/harvester-crd"},
    Milestone{8, "Waiting for ManagedChart fleet-local/harvester from generation"},
    Milestone{9, "Waiting for KubeVirt to upgrade to"},
    Milestone{10, "Waiting for longhorn-manager to be upgraded..."},
    Milestone{10, "instance-manager (aio)"},
    Milestone{11, "Upgrading Managedchart rancher-monitoring-crd"},
    Milestone{11, "Upgrading Managedchart rancher-logging-crd"},
    Milestone{12, "the addon did not become AddonDeploySuccessful after 300 seconds"},
    Milestone{13, "all bundles are ready"},
    Milestone{13, "finish wait fleet bundles"},
};

/// Words of the scripts' lines that say what is being waited for, lower case.
constexpr std::array waitingWords{"waiting", "wait for", "wait helm", "not ready yet", "will retry", "sleep for", "current state:", "current version:", "wait rollout", "retry"};

bool contains(const QByteArray &lower, QByteArrayView word)
{
    return lower.contains(word);
}

/// The line without what changes while it says the same: numbers, times, generated suffixes.
QString essence(const QString &line)
{
    static const QRegularExpression changing(u"[0-9]+"_s);
    QString out = line;
    return out.replace(changing, u"#"_s);
}

bool isError(const QByteArray &lower)
{
    return lower.startsWith("[error]") || contains(lower, "level=error") || contains(lower, "level=fatal")
        || contains(lower, "error from server") || contains(lower, "\"level\":\"error\"") || lower.startsWith("error:")
        || contains(lower, " errors, will retry");
}

} // namespace

LogDigest digest(LogDigest before, const QString &pod, const QDateTime &stamp, QByteArrayView line, qint64 number)
{
    constexpr qsizetype shown = 400;
    const bool samePod = before.pod == pod;
    if (number <= 0)
        number = samePod ? before.lineNumber + 1 : 1;
    LogDigest now;
    if (before.lines > 0 && (!samePod || number == 1)) {
        // What an attempt that is over waited for, or failed at, says nothing of this one.
        now.milestone = before.milestone;
        now.lines = before.lines;
    } else {
        now = std::move(before);
    }
    ++now.lines;
    now.lineNumber = number;
    now.pod = pod;
    now.lastTime = stamp;
    const QByteArray bytes = line.trimmed().first(std::min<qsizetype>(line.trimmed().size(), 4 * shown)).toByteArray();
    if (bytes.isEmpty())
        return now;
    const QString text = QString::fromUtf8(bytes).left(shown);
    const QByteArray lower = bytes.toLower();
    now.lastLine = text;

    for (const Milestone &milestone : milestones) {
        if (milestone.number > now.milestone && bytes.contains(milestone.text))
            now.milestone = milestone.number;
    }

    static const QRegularExpression retry(u"will retry after 10 minutes \\((\\d+) retries\\)"_s);
    if (const auto match = retry.match(text); match.hasMatch()) {
        if (now.retries == 0)
            now.retrySince = stamp;
        now.retries = std::max(now.retries + 1, match.captured(1).toInt());
    }

    const bool waits = std::ranges::any_of(waitingWords, [&](const char *word) { return contains(lower, word); });
    // Why a download has to be tried again is no sign that it went on.
    const bool complains = lower.startsWith("curl: (");
    if (complains) {
        // what it waits for stays
    } else if (!waits) {
        // "Sleep for 5 seconds to retry" stands between two lines that wait; anything else says that it went on.
        now.waitingLine.clear();
        now.waitingSince = {};
        now.waitingLineNumber = 0;
    } else if (!lower.startsWith("sleep for") || now.waitingLine.isEmpty()) {
        const bool same = essence(now.waitingLine) == essence(text);
        if (!same || !now.waitingSince.isValid())
            now.waitingSince = stamp;
        now.waitingLine = text;
        now.waitingLineNumber = number;
    }

    if (now.firstError.isEmpty() && isError(lower)) {
        now.firstError = text;
        now.firstErrorNumber = number;
    }
    return now;
}

} // namespace upgrade
