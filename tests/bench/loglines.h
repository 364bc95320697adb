// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A log as large as one likes for benchmarks: always the same lines for the same size.
#pragma once

#include <QByteArray>
#include <QFile>
#include <QRandomGenerator>

namespace bench {

/// What an upgrade's pods write: rancher and harvester (logrus), kubelet and controllers (klog), shell scripts, JSON.
inline QByteArray logLine(QRandomGenerator &random, int number)
{
    const QByteArray n = QByteArray::number(number);
    const QByteArray r = QByteArray::number(random.bounded(100'000));
    const QByteArray time = "2026-11-25T" + QByteArray::number(10 + number / 1'000'000 % 10) + ":0"
        + QByteArray::number(number % 10) + ":17Z";
    switch (random.bounded(20)) {
    case 0:
        return "time=\"" + time
            + "\" level=error msg=\"failed to sync cluster fleet-local/local, requeueing\" error=\"timeout after " + r
            + "ms\"\n";
    case 1:
        return "time=\"" + time + "\" level=warning msg=\"handler lease " + r + " is slow\"\n";
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
    case 7:
    case 8:
        return "time=\"" + time
            + "\" level=info msg=\"[planner] rkecluster fleet-local/local: waiting for plan of machine custom-" + r
            + "\" generation=" + n + "\n";
    case 9:
        return "time=\"" + time + "\" level=debug msg=\"cache hit for object " + r + "\"\n";
    case 10:
    case 11:
        return "I1125 12:00:00." + r
            + "       1 reflector.go:138] Listing and watching *v1.Node from k8s.io/client-go@v0.3." + n + "\n";
    case 12:
        return "E1125 12:00:00." + r
            + "       1 leaderelection.go:330] error retrieving resource lock kube-system/lock-" + n
            + ": etcdserver: request timed out\n";
    case 13:
    case 14:
        return "+ kubectl get pods -n cattle-system -l app=rancher --field-selector status.phase=Running -o name # " + n
            + "\n";
    case 15:
    case 16:
        return "Current version: " + r + ", Current state: WaitApplied, Current generation: " + n + "\n";
    case 17:
        return "{\"component\":\"virt-handler\",\"level\":\"info\",\"msg\":\"resyncing virt-launcher "
               "domains\",\"pos\":\"vm.go:"
            + r + "\",\"n\":" + n + "}\n";
    case 18:
        return "Sleep for 5 seconds to retry\n";
    default:
        return "instance-manager-" + r + " is not ready, volume pvc-" + n + " has 2 healthy replicas of 3\n";
    }
}

struct LogFile {
    qint64 bytes = 0; ///< 0: could not be written
    qint64 lines = 0;
};

/// At least `size` bytes, and in the page cache.
inline LogFile writeLog(const QString &path, qint64 size)
{
    LogFile made;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return made;
    QRandomGenerator random(1);
    QByteArray block;
    while (made.bytes < size) {
        block.clear();
        while (block.size() < 1 << 20)
            block += logLine(random, int(made.lines++));
        if (file.write(block) != block.size())
            return {};
        made.bytes += block.size();
    }
    file.close();
    if (file.open(QIODevice::ReadOnly)) {
        while (!file.read(1 << 20).isEmpty()) { }
    }
    return made;
}

} // namespace bench
