// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/evidence_archives.h"

#include "evidence/bundlepart.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace support {

using namespace Qt::StringLiterals;

namespace {

void put16(QByteArray &to, quint32 value)
{
    to += char(value & 0xff);
    to += char((value >> 8) & 0xff);
}

void put32(QByteArray &to, quint32 value)
{
    put16(to, value & 0xffff);
    put16(to, value >> 16);
}

QByteArray deflated(const QByteArray &data)
{
    // qCompress: four bytes of length, then a zlib stream with its head and checksum around the deflate data.
    return qCompress(data, 6).mid(6).chopped(4);
}

QByteArray localHead(const ZipEntry &entry, quint32 crc, qsizetype packed)
{
    const bool behind = entry.descriptor;
    QByteArray out("PK\3\4");
    put16(out, 20);
    put16(out, entry.flags | (behind ? 8U : 0U));
    put16(out, entry.method != 0xffff ? entry.method : entry.deflate ? 8 : 0);
    put16(out, 0x5000);
    put16(out, 0x5a21);
    put32(out, behind ? 0 : crc);
    put32(out, behind ? 0 : quint32(packed));
    put32(out, behind ? 0 : quint32(entry.data.size()));
    put16(out, quint32(entry.name.size()));
    put16(out, 0);
    return out + entry.name;
}

QByteArray directoryEntry(const ZipEntry &entry, quint32 crc, qsizetype packed, qsizetype offset)
{
    QByteArray out("PK\1\2");
    put16(out, 0x0314); // made on Unix
    put16(out, 20);
    put16(out, entry.flags | (entry.descriptor ? 8U : 0U));
    put16(out, entry.method != 0xffff ? entry.method : entry.deflate ? 8 : 0);
    put16(out, 0x5000);
    put16(out, 0x5a21);
    put32(out, crc);
    put32(out, quint32(packed));
    put32(out, quint32(entry.data.size()));
    put16(out, quint32(entry.name.size()));
    put16(out, 0);
    put16(out, 0);
    put16(out, 0);
    put16(out, 0);
    put32(out, entry.mode << 16);
    put32(out, quint32(offset));
    return out + entry.name;
}

QByteArray zipEnd(qsizetype entries, qsizetype size, qsizetype offset)
{
    QByteArray out("PK\5\6");
    put32(out, 0);
    put16(out, quint32(entries));
    put16(out, quint32(entries));
    put32(out, quint32(size));
    put32(out, quint32(offset));
    put16(out, 0);
    return out;
}

} // namespace

QByteArray zipBytes(const QList<ZipEntry> &entries)
{
    QByteArray out, directory;
    for (const ZipEntry &entry : entries) {
        const QByteArray packed = entry.deflate ? deflated(entry.data) : entry.data;
        const quint32 crc = entry.crc ? entry.crc : evidence::crc32(0, entry.data);
        directory += directoryEntry(entry, crc, packed.size(), out.size());
        out += localHead(entry, crc, packed.size()) + packed;
        if (entry.descriptor) {
            out += "PK\7\10";
            put32(out, crc);
            put32(out, quint32(packed.size()));
            put32(out, quint32(entry.data.size()));
        }
    }
    return out + directory + zipEnd(entries.size(), directory.size(), out.size());
}

QByteArray zipOf(const Files &files, const QString &folder)
{
    QList<ZipEntry> entries;
    for (auto it = files.begin(); it != files.end(); ++it)
        entries.append({(folder.isEmpty() ? it.key() : folder + u'/' + it.key()).toUtf8(), it.value()});
    return zipBytes(entries);
}

QByteArray overlappingZip(const QByteArray &data, int copies)
{
    ZipEntry entry{"first.log", data, true, false};
    const QByteArray packed = deflated(data);
    const quint32 crc = evidence::crc32(0, data);
    QByteArray out = localHead(entry, crc, packed.size()) + packed;
    QByteArray directory;
    for (int i = 0; i < copies; ++i) {
        entry.name = "copy" + QByteArray::number(i) + ".log";
        directory += directoryEntry(entry, crc, packed.size(), 0);
    }
    return out + directory + zipEnd(copies, directory.size(), out.size());
}

QByteArray tarBytes(const QList<TarEntry> &entries)
{
    QByteArray out;
    const auto field = [](QByteArray text, qsizetype size) {
        text.truncate(size);
        return text + QByteArray(size - text.size(), '\0');
    };
    const auto octal = [&](qint64 value, qsizetype size) {
        return field(QByteArray::number(value, 8).rightJustified(size - 1, '0'), size);
    };
    for (const TarEntry &entry : entries) {
        QByteArray head = field(entry.name, 100) + octal(0644, 8) + octal(0, 8) + octal(0, 8)
            + octal(entry.data.size(), 12) + octal(1700000000, 12) + QByteArray(8, ' ') + entry.type
            + field(entry.link, 100) + field("ustar", 6) + "00";
        head = field(head, 512);
        int sum = 0;
        for (const char c : std::as_const(head))
            sum += uchar(c);
        head.replace(148, 8, QByteArray::number(sum, 8).rightJustified(6, '0') + QByteArray("\0 ", 2));
        out += head + entry.data + QByteArray((512 - entry.data.size() % 512) % 512, '\0');
    }
    return out + QByteArray(1024, '\0');
}

QByteArray gzip(const QByteArray &data)
{
    QByteArray out("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);
    out += deflated(data);
    put32(out, evidence::crc32(0, data));
    put32(out, quint32(data.size()));
    return out;
}

Files supportBundle()
{
    const QByteArray upgrade = R"(apiVersion: v1
items:
- apiVersion: harvesterhci.io/v1beta1
  kind: Upgrade
  metadata:
    annotations:
      harvesterhci.io/replica-replenishment-wait-interval: "600"
    creationTimestamp: "2026-09-03T09:00:00Z"
    labels:
      harvesterhci.io/latestUpgrade: "true"
      harvesterhci.io/upgradeState: UpgradingSystemServices
    name: hvst-upgrade-k2p7d
    namespace: harvester-system
    resourceVersion: "4711"
    uid: up-uid
  spec:
    image: "null"
    logEnabled: true
    version: v1.9.0
  status:
    conditions:
    - lastUpdateTime: "2026-09-03T09:00:01Z"
      message: "null"
      reason: "null"
      status: Unknown
      type: Completed
    - status: "True"
      type: LogReady
    - status: "True"
      type: ImageReady
    - status: "True"
      type: RepoReady
    - lastUpdateTime: "2026-09-03T09:30:00Z"
      status: "True"
      type: NodesPrepared
    - lastUpdateTime: "2026-09-03T09:30:01Z"
      status: Unknown
      type: SystemServicesUpgraded
    nodeStatuses:
      n1:
        state: Images preloaded
      n2:
        state: Images preloaded
    previousVersion: v1.8.2
    repoInfo: |
      release:
        harvester: v1.9.0
        os: Harvester v1.9.0
        kubernetes: v1.36.1+rke2r1
    singleNode: "null"
    upgradeLog: hvst-upgrade-k2p7d-upgradelog
kind: List
metadata: {}
)";
    const QByteArray nodes = R"(apiVersion: v1
items:
    - apiVersion: v1
      kind: Node
      metadata:
        labels:
            harvesterhci.io/managed: "true"
            node-role.kubernetes.io/control-plane: "true"
        name: n1
        resourceVersion: "10"
      status:
        conditions:
            - lastHeartbeatTime: "2026-09-03T11:58:30Z"
              status: "True"
              type: Ready
        nodeInfo:
            bootID: b1
            kubeletVersion: v1.35.2+rke2r1
            osImage: Harvester v1.8.2
    - apiVersion: v1
      kind: Node
      metadata:
        labels:
            harvesterhci.io/managed: "true"
        name: n2
        resourceVersion: "11"
      status:
        conditions:
            - lastHeartbeatTime: "2026-09-03T11:58:31Z"
              status: "True"
              type: Ready
        nodeInfo:
            bootID: b2
            kubeletVersion: v1.35.2+rke2r1
            osImage: Harvester v1.8.2
kind: List
)";
    const QByteArray jobs = R"(apiVersion: v1
items:
- apiVersion: batch/v1
  kind: Job
  metadata:
    creationTimestamp: "2026-09-03T09:30:01Z"
    labels:
      harvesterhci.io/upgrade: hvst-upgrade-k2p7d
      harvesterhci.io/upgradeComponent: manifest
    name: hvst-upgrade-k2p7d-apply-manifests
    namespace: harvester-system
    uid: job-uid
  status:
    active: 1
    startTime: "2026-09-03T09:30:02Z"
kind: List
)";
    const QByteArray pods = R"(apiVersion: v1
items:
- apiVersion: v1
  kind: Pod
  metadata:
    creationTimestamp: "2026-09-03T09:30:02Z"
    labels:
      harvesterhci.io/upgrade: hvst-upgrade-k2p7d
      harvesterhci.io/upgradeComponent: manifest
      job-name: hvst-upgrade-k2p7d-apply-manifests
    name: hvst-upgrade-k2p7d-apply-manifests-abcde
    namespace: harvester-system
    ownerReferences:
    - apiVersion: batch/v1
      controller: true
      kind: Job
      name: hvst-upgrade-k2p7d-apply-manifests
      uid: job-uid
    uid: pod-uid
  spec:
    containers:
    - name: apply
    nodeName: n1
  status:
    containerStatuses:
    - name: apply
      restartCount: 1
      state:
        running:
          startedAt: "2026-09-03T09:40:00Z"
    phase: Running
kind: List
)";
    const QByteArray secrets = R"(apiVersion: v1
items:
- apiVersion: v1
  data:
    applied-checksum: c2VjcmV0LXdvcmQ=
  kind: Secret
  metadata:
    annotations:
      rke.cattle.io/pre-drain: '{"enabled":true}'
    labels:
      rke.cattle.io/machine-name: custom-1a2b
    name: custom-1a2b-machine-plan
    namespace: fleet-local
  stringData:
    plain: secret-word
  type: rke.cattle.io/machine-plan
kind: List
)";
    QByteArray log;
    for (int i = 0; i < 40; ++i)
        log += "wait helm release cattle-fleet-system fleet fleet-108.0.1 0.14.1 deployed\n";
    const QString up = u"logs/harvester-system/hvst-upgrade-k2p7d-apply-manifests-abcde/"_s;
    return {{u"metadata.yaml"_s,
                "bundlename: supportbundle_1\nbundleversion: 0.1.0\nkubernetesversion: v1.35.2+rke2r1\n"
                "projectnamespaceuuid: ks-uid\nbundlecreatedat: \"2026-09-03T12:00:00Z\"\nissueurl: \"\"\n"
                "issuedescription: upgrade hangs\n"},
        {u"bundleGenerationError.log"_s, "failed to get logs of node n3: timeout\n"},
        {u"yamls/namespaced/harvester-system/harvesterhci.io/v1beta1/upgrades.yaml"_s, upgrade},
        {u"yamls/cluster/v1/nodes.yaml"_s, nodes},
        {u"yamls/cluster/harvesterhci.io/v1beta1/settings.yaml"_s,
            "apiVersion: v1\nitems:\n- apiVersion: harvesterhci.io/v1beta1\n  default: dev\n  kind: Setting\n  "
            "metadata:\n"
            "    name: server-version\n  value: v1.8.2\nkind: List\n"},
        {u"yamls/namespaced/harvester-system/batch/v1/jobs.yaml"_s, jobs},
        {u"yamls/namespaced/harvester-system/v1/pods.yaml"_s, pods},
        {u"yamls/namespaced/fleet-local/v1/secrets.yaml"_s, secrets}, {up + u"apply.log"_s, log},
        {up + u"apply.log.1"_s, "Upgrading Rancher\n"},
        {u"logs/cattle-system/rancher-7d4-x/rancher.log"_s,
            "2026/09/03 11:59:00 [INFO] [planner] rkecluster fleet-local/local: waiting\n"},
        {u"nodes/n1.zip"_s,
            zipOf({{u"logs/kubelet.log"_s, "I0903 11:00:00.000000 1 kubelet.go:1] hello\n"}}, u"n1"_s)}};
}

void writeFiles(const QString &folder, const Files &files)
{
    for (auto it = files.begin(); it != files.end(); ++it) {
        const QString path = folder + u'/' + it.key();
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (file.open(QIODevice::WriteOnly))
            file.write(it.value());
    }
}

} // namespace support
