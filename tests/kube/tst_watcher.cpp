// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Watcher over a real transport: what it asks, what it says, and that it stays true against a server with faults.

#include "support/kube_history.h"
#include "support/kube_server.h"

#include "kube/watcher.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace kube;
using namespace std::chrono_literals;
using support::History;
using support::HttpRequest;
using support::Responder;
using FState = Freshness::State;

namespace {

const QByteArray path = "/apis/example.org/v1/namespaces/ns/things";

WatchSpec things()
{
    WatchSpec spec;
    spec.resource = {u"example.org"_s, u"v1"_s, u"things"_s, u"Thing"_s, true};
    spec.ns = u"ns"_s;
    return spec;
}

reflector::Policy quick()
{
    reflector::Policy policy;
    policy.backoff = {2ms, 20ms, 1ms, 2};
    policy.shortWatch = 0ms;
    return policy;
}

QUrlQuery queryOf(const HttpRequest &request)
{
    return QUrlQuery(QString::fromLatin1(request.target.mid(request.target.indexOf('?') + 1)));
}
bool isWatch(const HttpRequest &request)
{
    return queryOf(request).hasQueryItem(u"watch"_s);
}

QByteArray listJson(const QList<ObjectPtr> &items, const QString &rv, const QString &token = {})
{
    QJsonArray array;
    for (const ObjectPtr &item : items)
        array.append(item->json);
    return QJsonDocument(
        QJsonObject{{u"kind"_s, u"ThingList"_s}, {u"apiVersion"_s, u"example.org/v1"_s},
            {u"metadata"_s, QJsonObject{{u"resourceVersion"_s, rv}, {u"continue"_s, token}}}, {u"items"_s, array}})
        .toJson(QJsonDocument::Compact);
}

ObjectPtr thing(const QString &name, qint64 rv, const QString &uid = {})
{
    return History::objectOf(name, {uid.isEmpty() ? u"uid-"_s + name : uid, rv, int(rv)});
}
QByteArray line(const QByteArray &type, const QString &name, qint64 rv, const QString &uid = {})
{
    return History::lineOf(type, thing(name, rv, uid)->json);
}

/// A Watcher and what it said.
struct Watched {
    Watched(Client &client, WatchSpec spec, const reflector::Policy &policy = quick())
        : watcher(client, std::move(spec))
    {
        watcher.setPolicy(policy);
        QObject::connect(&watcher, &Watcher::changed, &watcher, [this](const ChangeSet &changes) {
            QStringList text;
            for (const ObjectPtr &object : changes.removed) {
                text << u"-"_s + object->key.name;
                copy.remove(object->key.name);
            }
            for (const ObjectPtr &object : changes.added) {
                text << u"+"_s + object->key.name;
                show(object);
            }
            for (const ObjectPtr &object : changes.updated) {
                text << u"~"_s + object->key.name;
                show(object);
            }
            text.sort();
            said << text.join(u' ');
        });
        QObject::connect(&watcher, &Watcher::freshnessChanged, &watcher, [this](const Freshness &freshness) {
            const QStringList names{u"loading"_s, u"live"_s, u"stale"_s, u"denied"_s, u"missing"_s};
            said << names.at(int(freshness.state));
        });
        QObject::connect(&watcher, &Watcher::reported, &watcher, [this](const Error &error) { reports.append(error); });
        watcher.start();
    }
    void show(const ObjectPtr &object)
    {
        copy.insert(object->key.name,
            {object->uid, object->resourceVersion.toLongLong(), object->json.value("value"_L1).toInt()});
    }
    [[nodiscard]] FState state() const { return watcher.freshness().state; }

    Watcher watcher;
    QStringList said;
    QList<Error> reports;
    QMap<QString, History::Row> copy;
};

} // namespace

class TestWatcher : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void listsThenWatches();
    void pages();
    void aReadIsOneChange();
    void anotherUidIsRemovalAndAddition();
    void resumesAfterTheEnd();
    void anUnfinishedLineIsNoEvent();
    void relistIsOneDifference_data();
    void relistIsOneDifference();
    void unauthorizedParksUntilCredentialsChange();
    void forbiddenParksUntilResume();
    void missingKind();
    void goneServer();
    void idleWatchIsReplaced();
    void unreadableIsReportedOnce();
    void metadataOnly();
    void stopAndStartResumes();
    void stopsInsideASlot();
    void deletedInsideASlot();
    void histories_data();
    void histories();

private:
    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<Client> m_client;
    QByteArray m_list; ///< the answer to lists
    QList<HttpRequest> m_listRequests, m_watchRequests;
    QList<Responder> m_watches;                                          ///< opened ones
    std::function<bool(const HttpRequest &, const Responder &)> m_first; ///< may answer instead
};

void TestWatcher::init()
{
    m_listRequests.clear();
    m_watchRequests.clear();
    m_watches.clear();
    m_first = {};
    m_list = listJson({thing(u"a"_s, 90)}, u"100"_s);
    m_server = std::make_unique<support::Server>();
    QVERIFY(m_server->start());
    m_server->on(path, [this](const HttpRequest &request, const Responder &responder) {
        (isWatch(request) ? m_watchRequests : m_listRequests).append(request);
        if (m_first && m_first(request, responder))
            return;
        if (!isWatch(request))
            return responder.json(200, m_list);
        responder.begin();
        m_watches.append(responder);
    });
    ClusterConfig config;
    config.server = m_server->url();
    m_client = std::make_unique<Client>(config);
}

void TestWatcher::cleanup()
{
    m_client.reset();
    m_server.reset();
}

void TestWatcher::listsThenWatches()
{
    Watched watched(*m_client, things());
    QVERIFY(watched.said.isEmpty()); // never from inside the call
    QTRY_COMPARE(m_watches.size(), 1);
    const QUrlQuery list = queryOf(m_listRequests.first());
    QCOMPARE(list.queryItemValue(u"limit"_s), u"500"_s);
    QCOMPARE(list.queryItemValue(u"resourceVersion"_s), u"0"_s);
    QVERIFY(!list.hasQueryItem(u"resourceVersionMatch"_s));
    const QUrlQuery watch = queryOf(m_watchRequests.first());
    QCOMPARE(watch.queryItemValue(u"resourceVersion"_s), u"100"_s);
    QCOMPARE(watch.queryItemValue(u"allowWatchBookmarks"_s), u"true"_s);
    const int seconds = watch.queryItemValue(u"timeoutSeconds"_s).toInt();
    QVERIFY(seconds >= 240 && seconds <= 290);
    QVERIFY(!watch.hasQueryItem(u"limit"_s));
    QCOMPARE(watched.said, (QStringList{u"loading"_s, u"+a"_s, u"live"_s}));
    QCOMPARE(watched.watcher.objects().size(), 1);
    QVERIFY(watched.watcher.freshness().since.isValid());

    m_watches.first().chunk(line("ADDED", u"b"_s, 101));
    QTRY_COMPARE(watched.said.last(), u"+b"_s);
    m_watches.first().chunk(line("MODIFIED", u"b"_s, 102));
    QTRY_COMPARE(watched.said.last(), u"~b"_s);
    m_watches.first().chunk(line("DELETED", u"a"_s, 103));
    QTRY_COMPARE(watched.said.last(), u"-a"_s);
    QCOMPARE(watched.watcher.objects().size(), 1);
}

void TestWatcher::pages()
{
    m_first = [&](const HttpRequest &request, const Responder &responder) {
        if (isWatch(request))
            return false;
        const QString token = queryOf(request).queryItemValue(u"continue"_s, QUrl::FullyDecoded);
        if (token.isEmpty())
            responder.json(200, listJson({thing(u"a"_s, 1)}, u"100"_s, u"t+1/="_s));
        else if (token == "t+1/="_L1)
            responder.json(200, listJson({thing(u"b"_s, 2)}, u"100"_s, u"t2"_s));
        else
            responder.json(200, listJson({thing(u"c"_s, 3)}, u"100"_s));
        return true;
    };
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    QCOMPARE(watched.said, (QStringList{u"loading"_s, u"+a +b +c"_s, u"live"_s}));
    QVERIFY(!queryOf(m_listRequests.at(1)).hasQueryItem(u"resourceVersion"_s));
    QCOMPARE(m_listRequests.size(), 3);
}

void TestWatcher::aReadIsOneChange()
{
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    QTRY_COMPARE(watched.state(), FState::Live);
    watched.said.clear();
    m_watches.first().chunk(line("ADDED", u"b"_s, 101) + line("MODIFIED", u"b"_s, 102) + line("ADDED", u"c"_s, 103)
        + line("DELETED", u"c"_s, 104) + line("MODIFIED", u"a"_s, 105));
    QTRY_COMPARE(watched.said, QStringList{u"+b ~a"_s});
    QCOMPARE(watched.copy.value(u"b"_s).rv, 102);
}

void TestWatcher::anotherUidIsRemovalAndAddition()
{
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    m_watches.first().chunk(line("DELETED", u"a"_s, 101) + line("ADDED", u"a"_s, 102, u"uid-new"_s));
    QTRY_COMPARE(watched.said.last(), u"+a -a"_s);
    QCOMPARE(watched.copy.value(u"a"_s).uid, u"uid-new"_s);
}

void TestWatcher::resumesAfterTheEnd()
{
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    m_watches.last().chunk(line("ADDED", u"b"_s, 101));
    QTRY_COMPARE(watched.said.last(), u"+b"_s);
    const auto expect = [&](int watches, const QString &rv) {
        QTRY_COMPARE(m_watches.size(), watches);
        QCOMPARE(queryOf(m_watchRequests.last()).queryItemValue(u"resourceVersion"_s), rv);
    };
    m_watches.last().end();
    expect(2, u"101"_s);
    m_watches.last().chunk(History::bookmark(150));
    m_watches.last().close();
    expect(3, u"150"_s);
    m_watches.last().abort();
    expect(4, u"150"_s);
    QCOMPARE(m_listRequests.size(), 1);
    QVERIFY(!watched.said.contains(u"stale"_s)); // a new watch at once: nothing to tell
}

void TestWatcher::anUnfinishedLineIsNoEvent()
{
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    QTRY_COMPARE(watched.state(), FState::Live);
    watched.said.clear();
    const QByteArray event = line("ADDED", u"b"_s, 101);
    m_watches.last().chunk(event.chopped(1)); // all but the line end
    m_watches.last().close();
    QTRY_COMPARE(m_watches.size(), 2);
    QCOMPARE(queryOf(m_watchRequests.last()).queryItemValue(u"resourceVersion"_s), u"100"_s);
    m_watches.last().chunk(event.left(20));
    m_watches.last().chunk(event.mid(20));
    QTRY_COMPARE(watched.said, QStringList{u"+b"_s});
}

void TestWatcher::relistIsOneDifference_data()
{
    QTest::addColumn<bool>("asStatus");
    QTest::newRow("410 as an event") << false;
    QTest::newRow("410 as a status") << true;
}

void TestWatcher::relistIsOneDifference()
{
    QFETCH(const bool, asStatus);
    m_list = listJson({thing(u"a"_s, 90), thing(u"b"_s, 91), thing(u"c"_s, 92)}, u"100"_s);
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    QTRY_COMPARE(watched.state(), FState::Live);
    watched.said.clear();
    m_list = listJson({thing(u"a"_s, 90), thing(u"b"_s, 191), thing(u"d"_s, 192)}, u"200"_s);
    if (asStatus) {
        m_first = [&](const HttpRequest &request, const Responder &responder) {
            if (!isWatch(request))
                return false;
            m_first = {};
            responder.json(410, support::statusJson(410, "Expired", "too old resource version"));
            return true;
        };
        m_watches.last().end();
    } else {
        m_watches.last().chunk(
            R"({"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}})"
            "\n");
    }
    QTRY_COMPARE(m_watches.size(), 2);
    QCOMPARE(watched.said, (QStringList{u"stale"_s, u"+d -c ~b"_s, u"live"_s}));
    const QUrlQuery list = queryOf(m_listRequests.last());
    QCOMPARE(list.queryItemValue(u"resourceVersion"_s), u"100"_s);
    QCOMPARE(list.queryItemValue(u"resourceVersionMatch"_s), u"NotOlderThan"_s);
    QCOMPARE(queryOf(m_watchRequests.last()).queryItemValue(u"resourceVersion"_s), u"200"_s);
}

void TestWatcher::unauthorizedParksUntilCredentialsChange()
{
    bool locked = true;
    m_first = [&](const HttpRequest &, const Responder &responder) {
        if (locked)
            responder.json(401, support::statusJson(401, "Unauthorized", "Unauthorized"));
        return locked;
    };
    Watched watched(*m_client, things());
    QTRY_COMPARE(watched.state(), FState::Denied);
    QCOMPARE(watched.watcher.freshness().cause->kind, ErrorKind::Unauthorized);
    QVERIFY(watched.watcher.freshness().retryAt.isValid()); // in half a minute; new credentials are not waited with
    locked = false;
    m_client->refreshCredentials();
    QTRY_COMPARE(watched.state(), FState::Live);
}

void TestWatcher::forbiddenParksUntilResume()
{
    bool locked = true;
    m_first = [&](const HttpRequest &, const Responder &responder) {
        if (locked)
            responder.json(403,
                support::statusJson(403, "Forbidden",
                    R"(things.example.org is forbidden: User "v" cannot list resource "things" in API group "example.org" in the namespace "ns")"));
        return locked;
    };
    Watched watched(*m_client, things());
    QTRY_COMPARE(watched.state(), FState::Denied);
    QCOMPARE(watched.watcher.freshness().cause->resource, u"things.example.org"_s);
    const auto in = QDateTime::currentDateTimeUtc().secsTo(watched.watcher.freshness().retryAt);
    QVERIFY(in > 280 && in <= 300);
    locked = false;
    watched.watcher.resume();
    QTRY_COMPARE(watched.state(), FState::Live);
}

void TestWatcher::missingKind()
{
    m_first = [&](const HttpRequest &, const Responder &responder) {
        responder.reply(404, "404 page not found\n", {{"Content-Type", "text/plain"}});
        return true;
    };
    Watched watched(*m_client, things());
    QTRY_COMPARE(watched.state(), FState::Missing);
    QCOMPARE(watched.said, (QStringList{u"loading"_s, u"missing"_s}));
}

/// Nobody listens any more, then again: what was read stays, and the watch goes on where it was.
void TestWatcher::goneServer()
{
    Watched watched(*m_client, things());
    QTRY_COMPARE(watched.state(), FState::Live);
    QTRY_COMPARE(m_watches.size(), 1);
    const quint16 port = m_server->serverPort();
    m_server->close();
    m_server->dropConnections();
    QTRY_COMPARE(watched.state(), FState::Stale);
    QTRY_VERIFY(watched.watcher.freshness().cause && watched.watcher.freshness().cause->kind == ErrorKind::Refused);
    QCOMPARE(watched.watcher.objects().size(), 1);
    const QDateTime since = watched.watcher.freshness().since;
    QVERIFY(m_server->listen(QHostAddress::LocalHost, port));
    QVERIFY(watched.watcher.freshness().since == since);
    QTRY_COMPARE(watched.state(), FState::Live);
    QCOMPARE(m_listRequests.size(), 1);
    QCOMPARE(queryOf(m_watchRequests.last()).queryItemValue(u"resourceVersion"_s), u"100"_s);
}

void TestWatcher::idleWatchIsReplaced()
{
    reflector::Policy policy = quick();
    policy.shortestTimeout = policy.longestTimeout = 0;
    policy.idleMargin = 60ms;
    Watched watched(*m_client, things(), policy);
    QTRY_VERIFY(m_watches.size() >= 3);
    QCOMPARE(m_listRequests.size(), 1);
    QVERIFY(watched.said.contains(u"stale"_s));
    QTRY_VERIFY(!m_watches.first().isOpen());
}

void TestWatcher::unreadableIsReportedOnce()
{
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    const QByteArray bad
        = R"({"type":"MODIFIED","object":{"kind":"Thing","metadata":{"name":"a","namespace":"ns","resourceVersion":"101","labels":7}}})"
          "\n";
    m_watches.last().chunk(bad + bad + line("ADDED", u"b"_s, 102));
    QTRY_COMPARE(watched.said.last(), u"+b"_s);
    QCOMPARE(watched.reports.size(), 1);
    QCOMPARE(watched.reports.first().kind, ErrorKind::Undecodable);
    QCOMPARE(watched.reports.first().name, u"a"_s);
    QCOMPARE(watched.reports.first().resource, u"things.example.org"_s);
    QCOMPARE(m_watchRequests.size(), 1);
}

void TestWatcher::metadataOnly()
{
    WatchSpec spec = things();
    spec.metadataOnly = true;
    spec.labelSelector = u"a=b,c in (d)"_s;
    spec.fieldSelector = u"metadata.name=x"_s;
    m_list
        = R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"5"},"items":[]})";
    Watched watched(*m_client, spec);
    QTRY_COMPARE(m_watches.size(), 1);
    QVERIFY(m_listRequests.first().header("Accept").contains("as=PartialObjectMetadataList"));
    QVERIFY(m_watchRequests.first().header("Accept").contains("as=PartialObjectMetadata;"));
    for (const HttpRequest &request : {m_listRequests.first(), m_watchRequests.first()}) {
        QCOMPARE(queryOf(request).queryItemValue(u"labelSelector"_s, QUrl::FullyDecoded), spec.labelSelector);
        QCOMPARE(queryOf(request).queryItemValue(u"fieldSelector"_s, QUrl::FullyDecoded), spec.fieldSelector);
    }
}

void TestWatcher::stopAndStartResumes()
{
    Watched watched(*m_client, things());
    QTRY_COMPARE(m_watches.size(), 1);
    QTRY_COMPARE(watched.state(), FState::Live);
    watched.watcher.stop();
    QTRY_VERIFY(!m_watches.first().isOpen());
    watched.said.clear();
    watched.watcher.start();
    QTRY_COMPARE(m_watches.size(), 2);
    QTRY_COMPARE(watched.said, (QStringList{u"stale"_s, u"live"_s}));
    QCOMPARE(m_listRequests.size(), 1);
}

void TestWatcher::stopsInsideASlot()
{
    Watched watched(*m_client, things());
    QObject::connect(&watched.watcher, &Watcher::changed, &watched.watcher, [&] { watched.watcher.stop(); });
    QTRY_COMPARE(watched.said.size(), 2);
    QCOMPARE(watched.said.last(), u"+a"_s); // and not "live" after the stop
    QCoreApplication::processEvents();
    QCOMPARE(watched.said.size(), 2);
}

void TestWatcher::deletedInsideASlot()
{
    auto *watcher = new Watcher(*m_client, things());
    bool heard = false;
    connect(watcher, &Watcher::changed, this, [&] {
        heard = true;
        delete watcher;
    });
    watcher->start();
    QTRY_VERIFY(heard);
    QCoreApplication::processEvents();
}

void TestWatcher::histories_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 5; ++seed)
        QTest::addRow("%u", seed) << seed;
}

/// Random changes while lists fail and page tokens expire, watches end at any byte in any way, and versions get too
/// old.
void TestWatcher::histories()
{
    QFETCH(const quint32, seed);
    History history(seed);
    for (int i = 0; i < 8; ++i)
        history.change();
    struct Open {
        Responder responder;
        qint64 version = 0;
    };
    QList<Open> open;
    bool mischief = true;
    auto &random = history.random;
    m_first = [&](const HttpRequest &request, const Responder &responder) {
        const QUrlQuery query = queryOf(request);
        if (mischief && random.bounded(8) == 0) {
            switch (random.bounded(3)) {
            case 0:
                responder.json(503, support::statusJson(503, "ServiceUnavailable", "starting"));
                break;
            case 1:
                responder.abort();
                break;
            default:
                responder.raw("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: "
                              "chunked\r\n\r\n9\r\n{\"kind\":\"");
                responder.close();
            }
            return true;
        }
        if (!isWatch(request)) {
            const auto answer = history.list(query.queryItemValue(u"continue"_s), 3);
            if (answer.status == 410)
                responder.json(410, support::statusJson(410, "Expired", "The provided continue parameter is too old"));
            else
                responder.json(200, listJson(answer.items, answer.rv, answer.token));
            return true;
        }
        const qint64 version = query.queryItemValue(u"resourceVersion"_s).toLongLong();
        if (history.tooOld(version)) {
            if (random.bounded(2) == 0) {
                responder.json(410, support::statusJson(410, "Expired", "too old resource version"));
            } else {
                responder.begin();
                responder.chunk(
                    R"({"type":"ERROR","object":{"kind":"Status","status":"Failure","reason":"Expired","code":410}})"
                    "\n");
                responder.end();
            }
            return true;
        }
        responder.begin();
        open.append({responder, version});
        return true;
    };
    const auto serve = [&] {
        for (qsizetype i = open.size() - 1; i >= 0; --i) {
            Open &one = open[i];
            if (!one.responder.isOpen()) {
                open.removeAt(i);
                continue;
            }
            while (const auto next = history.next(one.version)) {
                if (mischief && random.bounded(40) == 0) {
                    one.responder.chunk(next->left(random.bounded(int(next->size()))));
                    switch (random.bounded(3)) {
                    case 0:
                        one.responder.abort();
                        break;
                    case 1:
                        one.responder.close();
                        break;
                    default:
                        one.responder.end();
                    }
                    open.removeAt(i);
                    break;
                }
                one.responder.chunk(*next);
            }
        }
    };
    reflector::Policy policy = quick();
    policy.pageSize = 3;
    Watched watched(*m_client, things(), policy);
    for (int i = 0; i < 600; ++i) {
        history.change();
        if (random.bounded(30) == 0)
            history.compact();
        serve();
        if (i % 10 == 0)
            QTRY_VERIFY((serve(), !open.isEmpty()));
        QCoreApplication::processEvents();
    }
    mischief = false;
    history.change();
    serve();
    QTRY_VERIFY_WITH_TIMEOUT((serve(), watched.copy == history.rows && watched.state() == FState::Live), 20000);
    QMap<QString, History::Row> copy;
    for (const ObjectPtr &object : watched.watcher.objects())
        copy.insert(object->key.name,
            {object->uid, object->resourceVersion.toLongLong(), object->json.value("value"_L1).toInt()});
    QCOMPARE(copy, history.rows);
    QVERIFY(m_watchRequests.size() > 5);
}

QTEST_GUILESS_MAIN(TestWatcher)
#include "tst_watcher.moc"
