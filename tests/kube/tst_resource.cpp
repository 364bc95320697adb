// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/resource.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using kube::ObjectKey;
using kube::ResourceRef;

class TestResource : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void path_data()
    {
        QTest::addColumn<ResourceRef>("resource");
        QTest::addColumn<QString>("ns");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("subresource");
        QTest::addColumn<QString>("path");
        const ResourceRef pods{{}, u"v1"_s, u"pods"_s, u"Pod"_s, true};
        const ResourceRef nodes{{}, u"v1"_s, u"nodes"_s, u"Node"_s, false};
        const ResourceRef upgrades{u"harvesterhci.io"_s, u"v1beta1"_s, u"upgrades"_s, u"Upgrade"_s, true};
        const ResourceRef roles{u"rbac.authorization.k8s.io"_s, u"v1"_s, u"clusterroles"_s, u"ClusterRole"_s, false};
        QTest::newRow("all namespaces") << pods << QString() << QString() << QString() << u"/api/v1/pods"_s;
        QTest::newRow("one namespace") << pods << u"kube-system"_s << QString() << QString()
                                       << u"/api/v1/namespaces/kube-system/pods"_s;
        QTest::newRow("one pod's log") << pods << u"a"_s << u"b"_s << u"log"_s << u"/api/v1/namespaces/a/pods/b/log"_s;
        QTest::newRow("group")
            << upgrades << u"harvester-system"_s << u"hvst-upgrade-x"_s << QString()
            << u"/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades/hvst-upgrade-x"_s;
        QTest::newRow("cluster scope ignores the namespace")
            << nodes << u"x"_s << u"n1"_s << QString() << u"/api/v1/nodes/n1"_s;
        QTest::newRow("sub-resource with segments")
            << nodes << QString() << u"n1"_s << u"proxy/healthz"_s << u"/api/v1/nodes/n1/proxy/healthz"_s;
        QTest::newRow("colon") << roles << QString() << u"system:node"_s << QString()
                               << u"/apis/rbac.authorization.k8s.io/v1/clusterroles/system%3Anode"_s;
        QTest::newRow("slash cannot escape") << pods << u"a"_s << u"../../nodes?x#y"_s << QString()
                                             << u"/api/v1/namespaces/a/pods/..%2F..%2Fnodes%3Fx%23y"_s;
        QTest::newRow("percent stays") << pods << u"a"_s << u"b%2Fc"_s << QString()
                                       << u"/api/v1/namespaces/a/pods/b%252Fc"_s;
    }
    void path()
    {
        QFETCH(ResourceRef, resource);
        QFETCH(QString, ns);
        QFETCH(QString, name);
        QFETCH(QString, subresource);
        QTEST(resource.path(ns, name, subresource), "path");
    }

    void names()
    {
        const ResourceRef jobs{u"batch"_s, u"v1"_s, u"jobs"_s, u"Job"_s, true};
        QCOMPARE(jobs.apiVersion(), u"batch/v1"_s);
        QCOMPARE(jobs.qualified(), u"jobs.batch"_s);
        const ResourceRef pods{{}, u"v1"_s, u"pods"_s, u"Pod"_s, true};
        QCOMPARE(pods.apiVersion(), u"v1"_s);
        QCOMPARE(pods.qualified(), u"pods"_s);
        QVERIFY(jobs != pods);
    }

    void keys()
    {
        const ObjectKey a{u"ns"_s, u"a"_s};
        const ObjectKey b{u"ns"_s, u"b"_s};
        QVERIFY(a < b);
        QCOMPARE(a.text(), u"ns/a"_s);
        QCOMPARE((ObjectKey{{}, u"n1"_s}.text()), u"n1"_s);
        QCOMPARE((QSet<ObjectKey>{a, b, a}.size()), 2);
    }
};

QTEST_GUILESS_MAIN(TestResource)
#include "tst_resource.moc"
