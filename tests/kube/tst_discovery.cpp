// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/discovery.h"
#include "support/kube_await.h"
#include "support/kube_server.h"

#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::HttpRequest;
using support::quoted;
using support::Responder;

namespace {

QJsonObject parse(const QByteArray &json)
{
    return QJsonDocument::fromJson(quoted(json)).object();
}

QStringList textOf(const QList<FoundVersion> &found)
{
    QStringList text;
    for (const FoundVersion &one : found) {
        text << one.group + u'/' + one.version + (one.failed ? u" failed"_s : QString());
        for (const ResourceRef &r : one.resources)
            text << u"  "_s + r.apiVersion() + u' ' + r.resource + u' ' + r.kind
                    + (r.namespaced ? u" namespaced"_s : QString());
    }
    return text;
}

} // namespace

class TestDiscovery : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aggregated()
    {
        const auto found = readAggregated(
            parse("{'kind':'APIGroupDiscoveryList','items':[{'metadata':{},'versions':[{'version':'v1','resources':["
                  "{'resource':'pods','responseKind':{'kind':'Pod'},'scope':'Namespaced','subresources':[{'subresource'"
                  ":'log'}]},"
                  "{'resource':'nodes','responseKind':{'kind':'Node'},'scope':'Cluster'},{'no':'name'}],'freshness':'"
                  "Current'}]},"
                  "{'metadata':{'name':'metrics.k8s.io'},'versions':[{'version':'v1beta1','freshness':'Stale'}]}]}"));
        QCOMPARE(textOf(found),
            (QStringList{
                u"/v1"_s, u"  v1 pods Pod namespaced"_s, u"  v1 nodes Node"_s, u"metrics.k8s.io/v1beta1 failed"_s}));
    }

    void groups()
    {
        const auto found
            = readGroups(parse("{'kind':'APIGroupList','groups':[{'name':'a','versions':[{'version':'v2'},{'version':'"
                               "v1'},{'version':'v0'}],"
                               "'preferredVersion':{'version':'v1'}},{'name':'b','versions':[{'version':'v1'}]}]}"));
        QCOMPARE(textOf(found), (QStringList{u"a/v1"_s, u"a/v2"_s, u"a/v0"_s, u"b/v1"_s}));
        QCOMPARE(textOf(readGroups(parse("{'kind':'APIVersions','versions':['v1']}"))), QStringList{u"/v1"_s});
    }

    void resources()
    {
        const auto found = readResources(
            parse("{'kind':'APIResourceList','resources':[{'name':'jobs','kind':'Job','namespaced':true},"
                  "{'name':'jobs/status','kind':'Job','namespaced':true},{'kind':'Nameless'}]}"),
            u"batch"_s, u"v1"_s);
        QCOMPARE(found, (QList<ResourceRef>{{u"batch"_s, u"v1"_s, u"jobs"_s, u"Job"_s, true}}));
    }

    void nonsense()
    {
        for (const char *json : {"{}", "{'items':7}", "{'items':[[],1,{'versions':[1,{}]}]}", "{'groups':[1,{}]}",
                 "{'kind':'APIVersions','versions':{}}"}) {
            QVERIFY(std::ranges::all_of(
                readAggregated(parse(json)), [](const FoundVersion &f) { return f.resources.isEmpty(); }));
            QVERIFY(readGroups(parse(json)).size() <= 1);
            QVERIFY(readResources(parse(json), {}, u"v1"_s).isEmpty());
        }
    }

    void preferredFirst()
    {
        Discovery discovery;
        discovery.resources
            = {{u"g"_s, u"v2"_s, u"things"_s, u"Thing"_s, true}, {u"g"_s, u"v1"_s, u"things"_s, u"Thing"_s, true}};
        QCOMPARE(discovery.find(u"g"_s, u"things"_s)->version, u"v2"_s);
        QVERIFY(!discovery.find({}, u"things"_s));
    }

    void run_data()
    {
        QTest::addColumn<int>("apiStatus");
        QTest::addColumn<int>("groupStatus");
        QTest::addColumn<bool>("succeeds");
        QTest::newRow("all well") << 200 << 200 << true;
        QTest::newRow("a group is away") << 200 << 503 << true;
        QTest::newRow("not allowed") << 403 << 200 << false;
    }
    void run()
    {
        QFETCH(int, apiStatus);
        QFETCH(int, groupStatus);
        QFETCH(bool, succeeds);
        support::Server server;
        QVERIFY(server.start());
        const auto answer = [](int status, const QByteArray &body) {
            return [=](const HttpRequest &, const Responder &r) {
                r.json(status,
                    status == 200
                        ? quoted(body)
                        : support::statusJson(status, status == 403 ? "Forbidden" : "ServiceUnavailable", "no"));
            };
        };
        server.on("/api", answer(apiStatus, "{'kind':'APIVersions','versions':['v1']}"));
        server.on("/api/v1",
            answer(200, "{'kind':'APIResourceList','resources':[{'name':'pods','kind':'Pod','namespaced':true}]}"));
        server.on("/apis",
            answer(200,
                "{'kind':'APIGroupList','groups':[{'name':'a','versions':[{'version':'v1'}]},{'name':'b','versions':[{'"
                "version':'v1'}]}]}"));
        server.on(
            "/apis/a/v1", answer(groupStatus, "{'kind':'APIResourceList','resources':[{'name':'as','kind':'A'}]}"));
        server.on("/apis/b/v1", answer(200, "{'kind':'APIResourceList','resources':[{'name':'bs','kind':'B'}]}"));
        ClusterConfig config;
        config.server = server.url();
        Client client(config);
        const auto found = support::await<Discovery>([&](auto *context, auto done) { client.discover(context, done); });
        QCOMPARE(found.has_value(), succeeds);
        if (!succeeds) {
            QCOMPARE(found.error().kind, ErrorKind::Forbidden);
            return;
        }
        QVERIFY(found->find({}, u"pods"_s));
        QVERIFY(found->find(u"b"_s, u"bs"_s));
        QCOMPARE(found->find(u"a"_s, u"as"_s).has_value(), groupStatus == 200);
        QCOMPARE(found->failedGroups, groupStatus == 200 ? QStringList() : QStringList{u"a"_s});
        QCOMPARE(server.requests.size(), 5);
    }

    void somethingElseAnswers()
    {
        support::Server server;
        QVERIFY(server.start());
        server.on("", [](const HttpRequest &, const Responder &r) { r.json(200, quoted("{'kind':'Surprise'}")); });
        ClusterConfig config;
        config.server = server.url();
        Client client(config);
        const auto found = support::await<Discovery>([&](auto *context, auto done) { client.discover(context, done); });
        QVERIFY(!found);
        QCOMPARE(found.error().kind, ErrorKind::Undecodable);
    }
};

QTEST_GUILESS_MAIN(TestDiscovery)
#include "tst_discovery.moc"
