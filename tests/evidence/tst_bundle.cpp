// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every shape a bundle comes in: what is found, as of when, what of it makes a board, and where its logs are.

#include "evidence/bundle.h"
#include "support/evidence_archives.h"
#include "upgrade/board.h"

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using evidence::Bundle;
using evidence::BundleLog;
using evidence::BundleShape;
using Code = evidence::BundleProblem::Code;

namespace {

QDateTime utc(int hour, int minute, int second = 0)
{
    return QDateTime(QDate(2026, 9, 3), QTime(hour, minute, second), QTimeZone::UTC);
}

evidence::BundleOptions then()
{
    evidence::BundleOptions options;
    options.now = utc(18, 0);
    return options;
}

QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    support::writeFiles(folder.path(), {{name, bytes}});
    return folder.filePath(name);
}

const BundleLog *find(const Bundle &bundle, const QString &name)
{
    for (const BundleLog &log : bundle.logs()) {
        if (log.name == name)
            return &log;
    }
    return nullptr;
}

QByteArray textOf(const Bundle &bundle, const QString &name)
{
    const BundleLog *log = find(bundle, name);
    if (!log)
        return "(no such log)";
    const auto device = bundle.openLog(*log);
    return device ? (*device)->readAll() : QByteArray("(cannot be read)");
}

QStringList problems(const Bundle &bundle)
{
    QStringList words;
    for (const evidence::BundleProblem &problem : bundle.problems())
        words.append(problem.part + u' ' + evidence::problemWord(problem.code));
    return words;
}

bool hasSecretWord(const Bundle &bundle)
{
    for (const auto &objects : bundle.objects()) {
        for (const kube::ObjectPtr &object : objects) {
            const QByteArray json = QJsonDocument(object->json).toJson();
            if (json.contains("secret-word") || json.contains("c2VjcmV0LXdvcmQ"))
                return true;
        }
    }
    return false;
}

} // namespace

class TestBundle : public QObject {
    Q_OBJECT

    /// What is to be found in every form of the support bundle.
    static void checkSupportBundle(const Bundle &bundle)
    {
        QCOMPARE(bundle.shape(), BundleShape::SupportBundle);
        QCOMPARE(bundle.asOf(), utc(12, 0));
        QCOMPARE(bundle.asOfSource(), Bundle::AsOfSource::Stated);
        QCOMPARE(bundle.cluster().kubernetesVersion, u"v1.35.2+rke2r1"_s);
        QCOMPARE(bundle.cluster().harvesterVersion, u"v1.8.2"_s);
        QCOMPARE(bundle.cluster().description, u"upgrade hangs"_s);
        QCOMPARE(problems(bundle), QStringList{u"bundleGenerationError.log not-collected"_s});

        QVERIFY(bundle.hasBoard());
        const upgrade::Board board = upgrade::deriveBoard(bundle.snapshot(), bundle.asOf());
        QCOMPARE(board.presence, upgrade::Board::Presence::Upgrade);
        QCOMPARE(board.currentPhase, upgrade::PhaseId::SystemServices);
        QCOMPARE(board.nodes.size(), 2);
        QCOMPARE(board.fromVersion, u"v1.8.2"_s);
        QVERIFY(board.waiting);
        QVERIFY(board.waiting->evidence.text.contains("wait helm release"_L1));
        QCOMPARE(board.waiting->evidence.line, 40);

        // "null" is nothing, not a word.
        const auto upgrade = bundle.snapshot().upgrades.first();
        QVERIFY(upgrade->image.isEmpty() && upgrade->singleNode.isEmpty());
        QCOMPARE(upgrade->conditions.find(u"Completed"_s)->message, QString());

        const QString folder = u"logs/harvester-system/hvst-upgrade-k2p7d-apply-manifests-abcde/"_s;
        const BundleLog *log = find(bundle, folder + u"apply.log"_s);
        QVERIFY(log);
        QCOMPARE(log->pod, u"hvst-upgrade-k2p7d-apply-manifests-abcde"_s);
        QCOMPARE(log->container, u"apply"_s);
        QCOMPARE(log->previous, 0);
        QCOMPARE(log->node, u"n1"_s);
        QCOMPARE(log->labels.value(u"harvesterhci.io/upgradeComponent"_s), u"manifest"_s);
        QCOMPARE(textOf(bundle, folder + u"apply.log"_s).count('\n'), 40);
        QCOMPARE(find(bundle, folder + u"apply.log.1"_s)->previous, 1);
        QCOMPARE(textOf(bundle, folder + u"apply.log.1"_s), QByteArray("Upgrading Rancher\n"));

        QVERIFY(!hasSecretWord(bundle));
        QCOMPARE(bundle.snapshot().planSecrets.size(), 1);

        // What the layout has whole is known to be all there is; virtual machines may be in any namespace.
        const auto state = [&](const QString &key) { return bundle.snapshot().sources.value(key).state; };
        QCOMPARE(state(u"jobs.batch/harvester-system"_s), upgrade::SourceState::State::Live);
        QCOMPARE(state(u"upgradelogs.harvesterhci.io/harvester-system"_s), upgrade::SourceState::State::Live);
        QCOMPARE(state(u"jobs.batch/cattle-system"_s), upgrade::SourceState::State::Missing);
        QCOMPARE(state(u"virtualmachineinstances.kubevirt.io"_s), upgrade::SourceState::State::Missing);
    }

private slots:
    void supportBundleZip_data()
    {
        QTest::addColumn<QString>("folder");
        QTest::newRow("with its folder") << u"supportbundle_1_2026-09-03T12-00-00Z"_s;
        QTest::newRow("packed again without") << QString();
    }
    void supportBundleZip()
    {
        QFETCH(const QString, folder);
        const QTemporaryDir place;
        const QString path = write(place, u"bundle.zip"_s, support::zipOf(support::supportBundle(), folder));
        const auto bundle = Bundle::open(path, then());
        QVERIFY(bundle);
        checkSupportBundle(*bundle);
        const BundleLog *kubelet = find(*bundle, u"nodes/n1.zip/n1/logs/kubelet.log"_s);
        QVERIFY(kubelet);
        QCOMPARE(kubelet->node, u"n1"_s);
        QCOMPARE(kubelet->origin, BundleLog::Origin::Node);
        QVERIFY(textOf(*bundle, kubelet->name).contains("hello"));
    }

    void supportBundleFolder()
    {
        const QTemporaryDir place;
        support::writeFiles(place.filePath(u"sb"_s), support::supportBundle());
        const auto bundle = Bundle::open(place.filePath(u"sb"_s), then());
        QVERIFY(bundle);
        checkSupportBundle(*bundle);
        // Read where it is.
        const QString name = u"logs/cattle-system/rancher-7d4-x/rancher.log"_s;
        QCOMPARE(
            *bundle->logFile(*find(*bundle, name)), QFileInfo(place.filePath(u"sb/"_s + name)).canonicalFilePath());
    }

    void supportBundleTarGz()
    {
        QList<support::TarEntry> entries;
        const support::Files files = support::supportBundle();
        for (auto it = files.begin(); it != files.end(); ++it)
            entries.append({("sb/" + it.key().toUtf8()), it.value()});
        const QTemporaryDir place;
        const auto bundle
            = Bundle::open(write(place, u"sb.tar.gz"_s, support::gzip(support::tarBytes(entries))), then());
        QVERIFY(bundle);
        checkSupportBundle(*bundle);
    }

    void copiesAreKeptPrivatelyAndGo()
    {
        const QTemporaryDir place, temporary;
        auto options = then();
        options.temporary = temporary.path();
        QString copy;
        {
            const auto bundle
                = Bundle::open(write(place, u"b.zip"_s, support::zipOf(support::supportBundle())), options);
            QVERIFY(bundle);
            const BundleLog log = *find(*bundle, u"logs/cattle-system/rancher-7d4-x/rancher.log"_s);
            const auto path = bundle->logFile(log);
            QVERIFY(path);
            copy = *path;
            QVERIFY(copy.startsWith(temporary.path()));
            QCOMPARE(*bundle->logFile(log), copy);
            const auto mine = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadUser | QFile::WriteUser;
            QCOMPARE(QFileInfo(copy).permissions(), mine);
            QCOMPARE(QFileInfo(QFileInfo(copy).path()).permissions(), mine | QFile::ExeOwner | QFile::ExeUser);
        }
        QVERIFY(!QFileInfo::exists(copy));
        QVERIFY(QDir(temporary.path()).isEmpty());
    }

    void upgradeLogArchive()
    {
        const QByteArray id(64, 'a');
        // What is appended to a packed file is another member of it.
        const QByteArray log = support::gzip("Upgrading Rancher\n")
            + support::gzip("2026-09-03T10:00:00Z Wait for Rancher to be upgraded to v2.14.0...\n");
        const QTemporaryDir place;
        const auto bundle = Bundle::open(
            write(place, u"hvst-upgrade-k2p7d-upgradelog-archive-2026-09-03T10-20-30Z.zip"_s,
                support::zipOf(
                    {{u"logs/kubernetes.var.log.containers.hvst-upgrade-k2p7d-apply-manifests-x1_harvester-system_apply-"_s
                            + QString::fromLatin1(id) + u".log.gz"_s,
                        log}})),
            then());
        QVERIFY(bundle);
        QCOMPARE(bundle->shape(), BundleShape::UpgradeLogArchive);
        QCOMPARE(bundle->logs().size(), 1);
        const BundleLog &one = bundle->logs().constFirst();
        QCOMPARE(one.pod, u"hvst-upgrade-k2p7d-apply-manifests-x1"_s);
        QCOMPARE(one.ns, u"harvester-system"_s);
        QCOMPARE(one.container, u"apply"_s);
        QCOMPARE(textOf(*bundle, one.name).count('\n'), 2);
        QVERIFY(!bundle->hasBoard());
        QCOMPARE(bundle->asOf(), utc(10, 0));
        QCOMPARE(bundle->asOfSource(), Bundle::AsOfSource::Logs);
        QVERIFY(bundle->problems().isEmpty());
    }

    /// What a person saved by hand: some YAML, a log, a description.
    void plainFolder()
    {
        const QTemporaryDir place;
        support::writeFiles(place.path(),
            {{u"upgrade.yaml"_s,
                 "apiVersion: harvesterhci.io/v1beta1\nkind: Upgrade\nmetadata:\n  name: hvst-upgrade-a\n  namespace: "
                 "harvester-system\n"
                 "  creationTimestamp: \"2026-09-03T09:00:00Z\"\nstatus:\n  conditions:\n  - type: Completed\n    "
                 "status: Unknown\n"},
                {u"more.yml"_s,
                    "---\napiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: longhorn-system}\n---\n# "
                    "nothing\n---\n"
                    "apiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: longhorn-system}\n"},
                {u"jobs.json"_s,
                    R"({"kind":"JobList","apiVersion":"batch/v1","metadata":{},"items":[{"metadata":{"name":"j1","namespace":"harvester-system"}},{"metadata":{"name":"j2","namespace":"harvester-system"}}]})"},
                {u"values.yaml"_s, "replicas: 3\nimage: x\n"}, {u"rancher.log"_s, "level=error msg=x\n"},
                {u"nodes.txt"_s,
                    "NAME   STATUS                     ROLES    AGE   VERSION\nn1     Ready,SchedulingDisabled   "
                    "<none>   3d    v1.35.2+rke2r1\n"}});
        const auto bundle = Bundle::open(place.path(), then());
        QVERIFY(bundle);
        QCOMPARE(bundle->shape(), BundleShape::Folder);
        QCOMPARE(bundle->objects().value(u"/Pod"_s).size(), 2);
        QCOMPARE(bundle->objects().value(u"batch/Job"_s).size(), 2);
        QCOMPARE(bundle->objects().value(u"/Node"_s).size(), 1);
        QCOMPARE(bundle->asOf(), utc(9, 0));
        QCOMPARE(bundle->asOfSource(), Bundle::AsOfSource::Objects);
        QVERIFY(bundle->hasBoard());
        QStringList logs;
        for (const BundleLog &log : bundle->logs())
            logs.append(log.name);
        logs.sort();
        QCOMPARE(logs, (QStringList{u"nodes.txt"_s, u"rancher.log"_s, u"values.yaml"_s}));
        QVERIFY2(bundle->problems().isEmpty(), qPrintable(problems(*bundle).join(u';')));
    }

    void singleLog()
    {
        const QTemporaryDir place;
        const auto bundle = Bundle::open(
            write(place, u"apply.log"_s, "time=\"2026-09-03T10:11:12+02:00\" level=info msg=\"a\"\nend\n"), then());
        QVERIFY(bundle);
        QCOMPARE(bundle->shape(), BundleShape::Text);
        QCOMPARE(bundle->logs().size(), 1);
        QCOMPARE(bundle->asOf(), utc(8, 11, 12));
        QVERIFY(!bundle->hasBoard());
    }

    /// PowerShell's `>` writes UTF-16.
    void utf16Log()
    {
        const QString text = u"wait helm release 升级\nnext\n"_s;
        QByteArray bytes("\xff\xfe");
        bytes += QByteArray(reinterpret_cast<const char *>(text.utf16()), text.size() * 2);
        const QTemporaryDir place;
        const auto bundle = Bundle::open(write(place, u"saved.log"_s, bytes), then());
        QVERIFY(bundle);
        QCOMPARE(textOf(*bundle, u"saved.log"_s), text.toUtf8());
        QFile copy(*bundle->logFile(bundle->logs().constFirst()));
        QVERIFY(copy.open(QIODevice::ReadOnly));
        QCOMPARE(copy.readAll(), text.toUtf8());
    }

    void standardInput()
    {
        QByteArray pasted
            = "admission webhook \"validator.harvesterhci.io\" denied the request: node upgrade is in progressing\n";
        QBuffer in(&pasted);
        in.open(QIODevice::ReadOnly);
        const auto bundle = Bundle::fromDevice(in, u"-"_s, then());
        QVERIFY(bundle);
        QCOMPARE(bundle->shape(), BundleShape::Text);
        QCOMPARE(bundle->logs().constFirst().origin, BundleLog::Origin::Pasted);
        QCOMPARE(textOf(*bundle, u"-"_s), pasted);
        QCOMPARE(bundle->asOf(), then().now);
    }

    /// A Secret that was pasted is an object, and no line of a log.
    void pastedSecretIsNotKept()
    {
        QByteArray pasted
            = "$ kubectl get secret x -o yaml\napiVersion: v1\nkind: Secret\ndata:\n  a: c2VjcmV0LXdvcmQ=\n"
              "metadata:\n  name: x\n  namespace: default\n$ echo done\n";
        QBuffer in(&pasted);
        in.open(QIODevice::ReadOnly);
        const auto bundle = Bundle::fromDevice(in, u"-"_s, then());
        QVERIFY(bundle);
        QCOMPARE(bundle->objectCount(), 1);
        QVERIFY(!hasSecretWord(*bundle));
        const QByteArray text = textOf(*bundle, u"-"_s);
        QVERIFY(!text.contains("c2Vj"));
        QCOMPARE(text.split('\n').value(8), QByteArray("$ echo done"));
    }

    void gleanerBundle()
    {
        const support::Files files{
            {u"manifest.json"_s,
                R"({"format":"gleaner.bundle","version":1,"asOf":"2026-09-03T13:00:00Z","cluster":{"name":"prod","kubernetesVersion":"v1.35.2+rke2r1"},
                    "contents":[{"path":"objects/upgrade.json"},{"path":"logs/a/b/c.log"}],"errors":[{"item":"pods/cattle-system","message":"forbidden"}]})"},
            {u"state.json"_s,
                R"({"sources":{"upgrades.harvesterhci.io/harvester-system":{"state":"live"},"nodes":{"state":"live"},"pods/cattle-system":{"state":"denied","message":"no"}}})"},
            {u"objects/upgrade.json"_s,
                R"({"apiVersion":"harvesterhci.io/v1beta1","kind":"Upgrade","metadata":{"name":"u","namespace":"harvester-system","annotations":{"x":"null"}}})"},
            {u"logs/harvester-system/pod%41_0123abcd/apply.previous.log"_s, "x\n"}};
        const QTemporaryDir place;
        const auto bundle
            = Bundle::open(write(place, u"b.zip"_s, support::zipOf(files, u"harvester-upgrade-prod"_s)), then());
        QVERIFY(bundle);
        QCOMPARE(bundle->shape(), BundleShape::GleanerBundle);
        QCOMPARE(bundle->asOf(), utc(13, 0));
        QCOMPARE(bundle->cluster().name, u"prod"_s);
        QCOMPARE(problems(*bundle), (QStringList{u"pods/cattle-system not-collected"_s, u"logs/a/b/c.log missing"_s}));
        QCOMPARE(bundle->snapshot().sources.value(u"pods/cattle-system"_s).state, upgrade::SourceState::State::Denied);
        // The quirk of support bundles is theirs.
        QCOMPARE(bundle->snapshot().upgrades.first()->meta.annotations.value(u"x"_s), u"null"_s);
        const BundleLog &log = bundle->logs().constFirst();
        QCOMPARE(log.pod, u"podA"_s);
        QCOMPARE(log.container, u"apply"_s);
        QCOMPARE(log.previous, 1);
    }

    void nothingThere()
    {
        const QTemporaryDir place;
        const auto missing = Bundle::open(place.filePath(u"no-such.zip"_s), then());
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, Code::NotReadable);
        QVERIFY(missing.error().text().contains("no-such.zip"_L1));
        const auto empty = Bundle::open(place.path(), then());
        QVERIFY(!empty);
        QCOMPARE(empty.error().code, Code::NothingInIt);
    }

    void stopsWhenAsked()
    {
        const QTemporaryDir place;
        std::atomic<bool> stop = true;
        auto options = then();
        options.stop = &stop;
        support::writeFiles(place.path(), support::supportBundle());
        const auto bundle = Bundle::open(place.path(), options);
        QVERIFY(!bundle || bundle->objectCount() == 0);
    }
};

QTEST_GUILESS_MAIN(TestBundle)
#include "tst_bundle.moc"
