// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a large support bundle costs: time and memory to open it, and to diagnose it. Written first, with logs of so
// many MiB and so many pods. bench_bundle [MIB [PODS]]; default 2048 MiB, 5000 pods.

#include "diagnosis/engine.h"
#include "session/bundlefacts.h"

#include <KZip>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace {

/// Most memory this process ever had, in MiB.
qint64 peak()
{
    QFile status(u"/proc/self/status"_s);
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.simplified().split(' ').value(1).toLongLong() / 1024;
    }
    return -1;
}

QByteArray upgrade()
{
    return "apiVersion: v1\nitems:\n- apiVersion: harvesterhci.io/v1beta1\n  kind: Upgrade\n  metadata:\n"
           "    creationTimestamp: \"2026-09-03T09:00:00Z\"\n    labels:\n      harvesterhci.io/latestUpgrade: "
           "\"true\"\n"
           "    name: hvst-upgrade-a\n    namespace: harvester-system\n    uid: u\n  spec:\n    version: v1.9.0\n"
           "  status:\n    conditions:\n    - status: Unknown\n      type: Completed\n    previousVersion: "
           "v1.8.2\nkind: List\n";
}

QByteArray pod(int number)
{
    const QByteArray id = QByteArray::number(number);
    QByteArray text = "- apiVersion: v1\n  kind: Pod\n  metadata:\n    name: longhorn-thing-" + id
        + "\n    namespace: longhorn-system\n    uid: uid-" + id + "\n    labels:\n";
    for (int i = 0; i < 12; ++i)
        text += "      app.kubernetes.io/label-" + QByteArray::number(i) + ": value-" + id + '\n';
    text += "  spec:\n    nodeName: node-" + QByteArray::number(number % 100)
        + "\n    containers:\n    - name: main\n      image: rancher/thing:v1\n      env:\n";
    for (int i = 0; i < 40; ++i)
        text += "      - name: VARIABLE_" + QByteArray::number(i) + "\n        value: \"some value of it\"\n";
    text += "  status:\n    phase: Running\n    conditions:\n    - lastTransitionTime: \"2026-09-03T10:00:00Z\"\n      "
            "status: \"True\"\n      type: Ready\n"
            "    containerStatuses:\n    - name: main\n      ready: true\n      restartCount: 0\n";
    return text;
}

bool write(const QString &path, qint64 bytes, int pods)
{
    KZip zip(path);
    if (!zip.open(QIODevice::WriteOnly))
        return false;
    const QString top = u"supportbundle_1/"_s;
    zip.writeFile(top + u"metadata.yaml"_s, "bundlecreatedat: \"2026-09-03T12:00:00Z\"\n");
    zip.writeFile(top + u"yamls/namespaced/harvester-system/harvesterhci.io/v1beta1/upgrades.yaml"_s, upgrade());
    QByteArray list = "apiVersion: v1\nitems:\n";
    for (int i = 0; i < pods; ++i)
        list += pod(i);
    zip.writeFile(top + u"yamls/namespaced/longhorn-system/v1/pods.yaml"_s, list + "kind: List\n");
    std::printf("objects: %.1f MiB of YAML\n", double(list.size()) / 1048576);
    // As logs are: most lines alike, each with its time and a number.
    constexpr int files = 20;
    for (int file = 0; file < files; ++file) {
        zip.prepareWriting(
            top + u"logs/longhorn-system/longhorn-manager-%1/longhorn-manager.log"_s.arg(file), {}, {}, 0);
        qint64 done = 0;
        for (qint64 line = 0; done < bytes / files;) {
            QByteArray block;
            for (int i = 0; i < 2000; ++i, ++line)
                block += "time=\"2026-09-03T" + QByteArray::number(10 + line / 360000 % 2)
                    + ":00:00Z\" level=info msg=\"Event(v1.ObjectReference{Kind:Volume, Name: pvc-"
                    + QByteArray::number(line * 2654435761U % 4294967291U, 16)
                    + "}): reason: Healthy\" controller=longhorn-volume\n";
            zip.writeData(block.constData(), block.size());
            done += block.size();
        }
        zip.finishWriting(done);
    }
    return zip.close();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const QStringList words = app.arguments();
    const qint64 mebibytes = words.size() > 1 ? words.at(1).toLongLong() : 2048;
    const int pods = words.size() > 2 ? words.at(2).toInt() : 5000;
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"supportbundle.zip"_s);
    if (!write(path, mebibytes * 1048576, pods)) {
        std::fprintf(stderr, "cannot write %s\n", qPrintable(path));
        return 1;
    }
    std::printf("zip: %.1f MiB, logs: %lld MiB, %lld MiB of memory so far\n", double(QFileInfo(path).size()) / 1048576,
        static_cast<long long>(mebibytes), static_cast<long long>(peak()));
    QElapsedTimer timer;
    timer.start();
    const auto bundle = evidence::Bundle::open(path);
    if (!bundle) {
        std::fprintf(stderr, "%s\n", qPrintable(bundle.error().text()));
        return 1;
    }
    std::printf("opened in %.2f s: %lld objects, %lld logs, peak %lld MiB\n", double(timer.elapsed()) / 1000,
        static_cast<long long>(bundle->objectCount()), static_cast<long long>(bundle->logs().size()),
        static_cast<long long>(peak()));
    timer.start();
    qint64 lines = 0;
    diagnosis::Facts facts = session::factsOf(*bundle);
    for (const diagnosis::LogSource &log : std::as_const(facts.logs))
        log.read([&](const diagnosis::LogLine &) { return ++lines > 0; });
    const double reading = double(timer.elapsed()) / 1000;
    std::printf("logs read in %.2f s: %lld lines, %.0f MiB/s, peak %lld MiB\n", reading, static_cast<long long>(lines),
        double(mebibytes) / reading, static_cast<long long>(peak()));
    timer.start();
    const auto findings = diagnosis::diagnose(diagnosis::RuleBook::builtIn(), facts);
    const double took = double(timer.elapsed()) / 1000;
    std::printf("diagnosed in %.2f s: %lld findings, %.0f MiB/s, peak %lld MiB\n", took,
        static_cast<long long>(findings.size()), double(mebibytes) / took, static_cast<long long>(peak()));
    return 0;
}
