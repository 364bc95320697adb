// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/finding.h"

using namespace Qt::StringLiterals;

namespace diagnosis {

Certainty certainty(double confidence)
{
    return confidence >= 0.8 ? Certainty::High : confidence >= 0.5 ? Certainty::Likely : Certainty::Low;
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Info:
        return u"info"_s;
    case Severity::Warning:
        return u"warning"_s;
    case Severity::Error:
        break;
    }
    return u"error"_s;
}

QString restartWord(RestartAdvice advice)
{
    switch (advice) {
    case RestartAdvice::NotNeeded:
        return u"not-needed"_s;
    case RestartAdvice::Safe:
        return u"safe"_s;
    case RestartAdvice::AfterBundle:
        return u"after-bundle"_s;
    case RestartAdvice::No:
        break;
    }
    return u"no"_s;
}

QString certaintyWord(Certainty certainty)
{
    switch (certainty) {
    case Certainty::Low:
        return u"low"_s;
    case Certainty::Likely:
        return u"likely"_s;
    case Certainty::High:
        break;
    }
    return u"high"_s;
}

const QStringList &families()
{
    static const QStringList list{u"expired-certificates"_s, u"fleet-agent-tls"_s, u"fleet-or-helm-release-stuck"_s,
        u"image-preload-job"_s, u"iso-image-download"_s, u"kubevirt-operator"_s, u"longhorn-drain-blocked"_s,
        u"managedchart-or-bundle-not-ready"_s, u"node-network-after-reboot"_s, u"node-os-image-or-disk"_s,
        u"rancher-or-capi-planner"_s, u"rke2-etcd-or-node-down"_s, u"unsafe-restart"_s,
        u"upgrade-controller-or-script"_s, u"upgrade-log-stack"_s, u"upgrade-repo-unavailable"_s,
        u"vm-does-not-leave-node"_s, u"volume-not-healthy"_s, u"webhook-unavailable"_s, u"unknown"_s};
    return list;
}

} // namespace diagnosis
