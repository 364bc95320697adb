// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Checks from the documentation and the release notes of single versions (C01 to C24).

#include "restart/checkfields.h"

using namespace Qt::StringLiterals;

namespace restart {

namespace {

/// The lowest version from which a target can be reached; empty: not in the table.
QString minimumFor(const QVersionNumber &target)
{
    static const QList<std::pair<QString, QString>> table{{u"1.0.1"_s, u"1.0.0"_s}, {u"1.0.2"_s, u"1.0.1"_s},
        {u"1.0.3"_s, u"1.0.2"_s}, {u"1.1.0"_s, u"1.0.3"_s}, {u"1.1.1"_s, u"1.0.3"_s}, {u"1.1.2"_s, u"1.1.0"_s},
        {u"1.1.3"_s, u"1.1.1"_s}, {u"1.2.0"_s, u"1.1.2"_s}, {u"1.2.1"_s, u"1.1.2"_s}, {u"1.2.2"_s, u"1.2.1"_s},
        {u"1.3.0"_s, u"1.2.2"_s}, {u"1.3.1"_s, u"1.2.2"_s}, {u"1.3.2"_s, u"1.3.1"_s}, {u"1.4.0"_s, u"1.3.2"_s},
        {u"1.4.1"_s, u"1.4.0"_s}, {u"1.4.2"_s, u"1.4.1"_s}, {u"1.4.3"_s, u"1.4.1"_s}};
    static const QMap<int, QString> minors{
        {5, u"1.4.2"_s}, {6, u"1.5.0"_s}, {7, u"1.6.0"_s}, {8, u"1.7.0"_s}, {9, u"1.8.0"_s}};
    for (const auto &[version, minimum] : table) {
        if (versionOf(version) == target)
            return minimum;
    }
    return target.majorVersion() == 1 ? minors.value(target.minorVersion()) : QString();
}

void path(const Objects &, const Intent &i, Findings &f)
{
    const QVersionNumber source = versionOf(i.source), target = versionOf(i.target);
    if (source.isNull() || target.isNull()) {
        f.unknown = u"a version is not known"_s;
        return;
    }
    if (target < source) {
        f.failed.append({u"Version"_s, {}, i.target, u"< "_s + i.source});
        return;
    }
    const QString minimum = minimumFor(target);
    if (target == source)
        return; // the same again is allowed
    if (minimum.isEmpty())
        f.unknown = i.target + u": not in the table of releases"_s;
    else if (source < versionOf(minimum))
        f.failed.append({u"Version"_s, {}, i.target, u">= "_s + minimum});
}

void warnEach(const QList<QJsonObject> &objects, const QString &kind,
    const std::function<QString(const QJsonObject &)> &wrong, Findings &f)
{
    for (const QJsonObject &object : objects) {
        if (const QString detail = wrong(object); !detail.isEmpty())
            f.warn(kind, object, detail);
    }
}

} // namespace

QList<Check> releaseChecks()
{
    using enum Severity;
    return {
        {u"C01"_s, Block, {}, {}, {}, {}, {}, path},
        {u"C04"_s, High, {u"recurring-jobs"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                warnEach(
                    o[u"recurring-jobs"_s], u"RecurringJob"_s,
                    [](const QJsonObject &job) {
                        const QString task = textAt(job, u"spec.task"_s);
                        return task.contains("snapshot"_L1) || task.contains("backup"_L1) ? task : QString();
                    },
                    f);
            }},
        {u"C05"_s, Warn, {u"vmis"_s}, {}, {}, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                warnEach(
                    o[u"vmis"_s], u"VirtualMachineInstance"_s,
                    [](const QJsonObject &vmi) {
                        return conditionStatus(vmi, u"LiveMigratable"_s) == "False"_L1 ? u"LiveMigratable: False"_s
                                                                                       : QString();
                    },
                    f);
            }},
        {u"C10"_s, High, {u"kubevirts"_s}, {}, {}, u"v1.6.0"_s, u"v1.7.1"_s,
            [](const Objects &o, const Intent &, Findings &f) {
                warnEach(
                    o[u"kubevirts"_s], u"KubeVirt"_s,
                    [](const QJsonObject &kubevirt) {
                        return arrayAt(kubevirt, u"spec.workloadUpdateStrategy.workloadUpdateMethods"_s)
                                   .contains(u"LiveMigrate"_s)
                            ? u"LiveMigrate"_s
                            : QString();
                    },
                    f);
            }},
        {u"C11"_s, High, {u"cdis"_s}, u"v1.7.0"_s, u"v1.8.0"_s, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                warnEach(
                    o[u"cdis"_s], u"CDI"_s,
                    [](const QJsonObject &cdi) {
                        const QString limit = textAt(cdi, u"spec.config.podResourceRequirements.limits.memory"_s);
                        return limit.isEmpty() ? u"limits.memory: -"_s : limit == "600M"_L1 ? limit : QString();
                    },
                    f);
            }},
        {u"C13"_s, High, {u"longhorn-settings"_s, u"pvcs"_s}, u"v1.4.0"_s, u"v1.5.1"_s, {}, {},
            [](const Objects &o, const Intent &, Findings &f) {
                const auto setting
                    = named(o[u"longhorn-settings"_s], u"auto-delete-pod-when-volume-detached-unexpectedly"_s);
                if (!setting || setting->value("value"_L1).toString() != "true"_L1)
                    return;
                warnEach(
                    o[u"pvcs"_s], u"PersistentVolumeClaim"_s,
                    [](const QJsonObject &claim) {
                        return arrayAt(claim, u"spec.accessModes"_s).contains(u"ReadWriteMany"_s)
                                && textAt(claim, u"spec.volumeMode"_s) == "Block"_L1
                            ? u"ReadWriteMany"_s
                            : QString();
                    },
                    f);
            }},
        {u"C14"_s, High, {u"storage-classes"_s}, u"v1.4.0"_s, u"v1.4.0"_s, u"v1.4.1"_s, {},
            [](const Objects &o, const Intent &, Findings &f) {
                warnEach(
                    o[u"storage-classes"_s], u"StorageClass"_s,
                    [](const QJsonObject &storage) {
                        const bool standard
                            = annotationOf(storage, u"storageclass.kubernetes.io/is-default-class"_s) == "true"_L1;
                        return standard && nameOf(storage) != "harvester-longhorn"_L1 ? u"is-default-class"_s
                                                                                      : QString();
                    },
                    f);
            }},
        {u"C17"_s, High, {u"nodes"_s}, {}, {}, u"v1.6.0"_s, u"v1.6.99"_s,
            [](const Objects &o, const Intent &, Findings &f) {
                warnEach(
                    o[u"nodes"_s], u"Node"_s,
                    [](const QJsonObject &node) {
                        return labelOf(node, u"cpu-feature.node.kubevirt.io/ipred-ctrl"_s).isEmpty() ? QString()
                                                                                                     : u"ipred-ctrl"_s;
                    },
                    f);
            }},
        {u"C19"_s, Warn, {u"vms"_s}, {}, {}, u"v1.9.0"_s, u"v1.9.0"_s,
            [](const Objects &o, const Intent &, Findings &f) {
                warnEach(
                    o[u"vms"_s], u"VirtualMachine"_s,
                    [](const QJsonObject &vm) {
                        const int threads = at(vm, u"spec.template.spec.domain.cpu.threads"_s).toInt();
                        return threads > 1 && textAt(vm, u"status.printableStatus"_s) != "Stopped"_L1
                            ? u"threads: %1"_s.arg(threads)
                            : QString();
                    },
                    f);
            }},
        {u"C20"_s, Warn, {u"longhorn-settings"_s}, {}, {}, u"v1.8.0"_s, u"v1.8.99"_s,
            [](const Objects &o, const Intent &, Findings &f) {
                const auto setting = named(o[u"longhorn-settings"_s], u"storage-network-for-rwx-volume-enabled"_s);
                if (setting && setting->value("value"_L1).toString() == "true"_L1)
                    f.warn(u"Setting"_s, *setting, u"true"_s);
            }},
        {u"C21"_s, Block, {u"vmis"_s}, {}, u"v1.0.3"_s, u"v1.1.0"_s, u"v1.1.1"_s,
            [](const Objects &o, const Intent &, Findings &f) {
                for (const QJsonObject &vmi : o[u"vmis"_s])
                    f.fail(u"VirtualMachineInstance"_s, vmi, textAt(vmi, u"status.phase"_s));
            }},
        {u"C23"_s, Block, {u"nodes"_s}, {}, {}, u"v1.0.1"_s, u"v1.0.1"_s,
            [](const Objects &o, const Intent &, Findings &f) {
                if (o[u"nodes"_s].size() == 1 && nameOf(o[u"nodes"_s].constFirst()).size() > 24)
                    f.fail(u"Node"_s, o[u"nodes"_s].constFirst());
            }},
    };
}

} // namespace restart
