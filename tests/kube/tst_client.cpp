// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/client.h"
#include "kube/clientrequests.h"
#include "support/kube_await.h"
#include "support/kube_server.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::HttpRequest;
using support::quoted;
using support::Responder;

namespace {

const ResourceRef jobs{u"batch"_s, u"v1"_s, u"jobs"_s, u"Job"_s, true};
const ResourceRef secrets{{}, u"v1"_s, u"secrets"_s, u"Secret"_s, true};
const QString jobPath = u"/apis/batch/v1/namespaces/n/jobs"_s;

Reply replyOf(const QByteArray &body, const QByteArray &type = "application/json")
{
    return {200, body, type};
}

Request sample()
{
    Request request;
    request.verb = u"list"_s;
    request.resource = u"jobs.batch"_s;
    return request;
}

} // namespace

class TestClient : public QObject {
    Q_OBJECT

    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<Client> m_client;

    Result<ListPage> list(const ListQuery &query, const Slimmer &slim = {})
    {
        return support::await<ListPage>([&](auto *context, auto done) { m_client->list(query, context, done, slim); });
    }

    void answer(const QByteArray &body, const QByteArray &type = "application/json")
    {
        m_server->on(
            "", [=](const HttpRequest &, const Responder &r) { r.reply(200, body, {{"Content-Type", type}}); });
    }

private Q_SLOTS:
    void initTestCase()
    {
        for (const char *name : {"HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"})
            qunsetenv(name);
    }

    void init()
    {
        m_server = std::make_unique<support::Server>();
        QVERIFY(m_server->start());
        ClusterConfig config;
        config.server = m_server->url();
        m_client = std::make_unique<Client>(config);
    }

    void cleanup()
    {
        m_client.reset();
        m_server.reset();
    }

    void json_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<std::optional<ErrorKind>>("kind");
        QTest::addColumn<QString>("message");
        const QByteArray json = "application/json";
        const auto cut = std::optional(ErrorKind::Cut);
        const auto undecodable = std::optional(ErrorKind::Undecodable);
        QTest::newRow("object") << QByteArray("{}") << json << std::optional<ErrorKind>() << QString();
        QTest::newRow("nothing") << QByteArray() << json << cut << u"empty"_s;
        QTest::newRow("blanks") << QByteArray(" \n") << json << cut << u"empty"_s;
        QTest::newRow("cut object") << QByteArray("{\"hunter2\":1") << json << cut << u"of 12"_s;
        QTest::newRow("cut after comma") << QByteArray("{\"hunter2\":1,") << json << cut << u"of 13"_s;
        QTest::newRow("cut string") << QByteArray("{\"hunter2") << json << cut << QString();
        QTest::newRow("cut word") << QByteArray("{\"hunter2\":tr") << json << cut << QString();
        QTest::newRow("cut number") << QByteArray("{\"hunter2\":12") << json << cut << QString();
        QTest::newRow("cut array") << QByteArray("{\"hunter2\":[1,") << json << cut << QString();
        QTest::newRow("cut escape") << QByteArray("{\"hunter2\":\"a\\u00") << json << cut << QString();
        QTest::newRow("wrong in the middle")
            << QByteArray("{\"hunter2\":x, \"more\":\"text behind it\"}") << json << undecodable << u"byte "_s;
        QTest::newRow("more behind") << QByteArray("{} hunter2") << json << undecodable << u"byte "_s;
        QTest::newRow("array") << QByteArray("[\"hunter2\"]") << json << undecodable << u"not a JSON object"_s;
        QTest::newRow("a page") << QByteArray("<html>hunter2</html>") << QByteArray("text/html; charset=utf-8")
                                << undecodable << u"text/html"_s;
        QTest::newRow("text") << QByteArray("hunter2") << QByteArray("text/plain") << undecodable << u"text/plain"_s;
        QTest::newRow("binary") << QByteArray("\x89PNG\0hunter2", 12) << json << undecodable << u"byte "_s;
        QTest::newRow("deep") << QByteArray(3000, '[') << json << undecodable << QString();
        QTest::newRow("failure with 200")
            << support::statusJson(403, "Forbidden", "no") << json << std::optional(ErrorKind::Forbidden) << u"no"_s;
    }
    void json()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, type);
        QFETCH(std::optional<ErrorKind>, kind);
        QFETCH(QString, message);
        const auto result = readJson(replyOf(body, type), sample(), u"h:1"_s);
        QCOMPARE(result.has_value(), !kind);
        if (!kind)
            return;
        QCOMPARE(result.error().kind, *kind);
        QVERIFY2(result.error().message.contains(message), qPrintable(result.error().message));
        QVERIFY(!result.error().message.contains("hunter2"_L1));
        QCOMPARE(result.error().host, u"h:1"_s);
        QCOMPARE(result.error().resource, u"jobs.batch"_s);
    }

    void badItemsDoNotSpoilTheList()
    {
        answer(quoted(
            "{'kind':'JobList','apiVersion':'batch/v1','metadata':{'resourceVersion':'9','continue':'c'},'items':["
            "{'metadata':{'name':'a','namespace':'n','resourceVersion':'1'}},"
            "{'metadata':{'name':'b','namespace':'n'},'hunter2':1},"
            "7,"
            "{'metadata':{'name':'c','namespace':'n','resourceVersion':'3'},'spec':{'x':1}}]}"));
        const auto page = list({.resource = jobs, .ns = u"n"_s}, [](QJsonObject json) {
            json.remove("spec"_L1);
            return json;
        });
        QVERIFY(page);
        QCOMPARE(page->items.size(), 2);
        QCOMPARE(page->resourceVersion, u"9"_s);
        QCOMPARE(page->continueToken, u"c"_s);
        QVERIFY(!page->items.last()->json.contains("spec"_L1));
        QCOMPARE(page->items.last()->json.value("kind"_L1).toString(), u"Job"_s);
        QCOMPARE(page->items.last()->json.value("apiVersion"_L1).toString(), u"batch/v1"_s);
        QCOMPARE(page->undecodable.size(), 2);
        QCOMPARE(page->undecodable.first().kind, ErrorKind::Undecodable);
        QCOMPARE(page->undecodable.first().name, u"b"_s);
        QCOMPARE(page->undecodable.first().ns, u"n"_s);
        QCOMPARE(page->undecodable.first().resource, u"jobs.batch"_s);
    }

    void emptyListAsGoWritesIt()
    {
        answer(quoted("{'kind':'JobList','apiVersion':'batch/v1','metadata':{'resourceVersion':'9'},'items':null}"));
        const auto page = list({.resource = jobs});
        QVERIFY(page);
        QVERIFY(page->items.isEmpty());
        QCOMPARE(m_server->requests.first().target, "/apis/batch/v1/jobs?limit=500");
    }

    void notAList_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("metadataOnly");
        QTest::newRow("no items") << quoted("{'kind':'JobList','metadata':{}}") << false;
        QTest::newRow("object") << quoted("{'kind':'Job','items':[]}") << false;
        QTest::newRow("control characters") << quoted("{'kind':'St\\u0001\\u001b[31mx','items':[]}") << false;
        QTest::newRow("items is an object") << quoted("{'kind':'JobList','items':{}}") << false;
        QTest::newRow("whole secrets for metadata") << quoted("{'kind':'SecretList','items':[]}") << true;
    }
    void notAList()
    {
        QFETCH(QByteArray, body);
        QFETCH(bool, metadataOnly);
        answer(body);
        const auto page = list({.resource = secrets, .metadataOnly = metadataOnly});
        QVERIFY(!page);
        QCOMPARE(page.error().kind, ErrorKind::Undecodable);
        QVERIFY(!page.error().message.contains(QChar(0x1b)));
    }

    void requests()
    {
        answer(quoted("{'kind':'Job','metadata':{'name':'a','namespace':'n','resourceVersion':'1'}}"));
        ListQuery query{.resource = jobs,
            .ns = u"n"_s,
            .labelSelector = u"a=b,c in (d,e)"_s,
            .fieldSelector = u"metadata.name=x"_s,
            .resourceVersion = u"0"_s,
            .limit = 0};
        (void)list(query);
        QCOMPARE(m_server->requests.last().target,
            "/apis/batch/v1/namespaces/n/"
            "jobs?labelSelector=a%3Db,c%20in%20(d,e)&fieldSelector=metadata.name%3Dx&resourceVersion=0");
        const auto created = support::await<ObjectPtr>([&](auto *context, auto done) {
            m_client->create(
                jobs, u"n"_s, {{u"metadata"_s, QJsonObject{{u"generateName"_s, u"j-"_s}}}}, {}, context, done);
        });
        QVERIFY(created);
        const HttpRequest post = m_server->requests.last();
        QCOMPARE(post.method, "POST");
        QCOMPARE(post.target, "/apis/batch/v1/namespaces/n/jobs?fieldManager=gleaner&fieldValidation=Warn");
        QCOMPARE(QJsonDocument::fromJson(post.body).object(),
            QJsonDocument::fromJson(quoted("{'apiVersion':'batch/v1','kind':'Job','metadata':{'generateName':'j-'}}"))
                .object());
        QVERIFY(support::await<QJsonObject>([&](auto *context, auto done) {
            m_client->remove({.resource = jobs,
                                 .ns = u"n"_s,
                                 .name = u"a"_s,
                                 .uid = u"u"_s,
                                 .resourceVersion = u"5"_s,
                                 .dryRun = true},
                context, done);
        }));
        const HttpRequest gone = m_server->requests.last();
        QCOMPARE(gone.method, "DELETE");
        QCOMPARE(QJsonDocument::fromJson(gone.body).object(),
            QJsonDocument::fromJson(quoted("{'kind':'DeleteOptions','apiVersion':'v1','propagationPolicy':'Background',"
                                           "'preconditions':{'uid':'u','resourceVersion':'5'},'dryRun':['All']}"))
                .object());
    }

    void createdWithoutVersionIsOddUnlessDryRun()
    {
        answer(quoted("{'kind':'Job','metadata':{'name':'j-1','namespace':'n'}}"));
        const auto create = [&](bool dryRun) {
            return support::await<ObjectPtr>([&](auto *context, auto done) {
                m_client->create(jobs, u"n"_s, {}, {.dryRun = dryRun}, context, done);
            });
        };
        QVERIFY(create(true));
        QVERIFY(!create(false));
    }

    void accessReviewsComeAgainAfterACutConnection()
    {
        m_server->once("", [](const HttpRequest &, const Responder &r) { r.abort(); });
        m_server->on("", [](const HttpRequest &, const Responder &r) {
            r.json(201,
                quoted("{'kind':'SelfSubjectAccessReview','status':{'allowed':false,'denied':true,'evaluationError':'"
                       "slow'}}"));
        });
        const auto answer = support::await<AccessAnswer>([&](auto *context, auto done) {
            m_client->mayI({.verb = u"get"_s, .resource = u"pods"_s}, context, done);
        });
        QVERIFY(answer);
        QVERIFY(!answer->allowed);
        QCOMPARE(answer->reason, u"slow"_s);
        QCOMPARE(m_server->requests.size(), 2);
        QCOMPARE(m_server->requests.last().body, m_server->requests.first().body);
    }

    void accessReviewWithoutAnswer()
    {
        answer(quoted("{'kind':'SelfSubjectAccessReview','status':{}}"));
        const auto answered = support::await<AccessAnswer>(
            [&](auto *context, auto done) { m_client->mayI({.verb = u"get"_s}, context, done); });
        QVERIFY(!answered);
        QCOMPARE(answered.error().kind, ErrorKind::Undecodable);
    }

    void warningsReachThePerson()
    {
        QSignalSpy warned(m_client.get(), &Client::warning);
        m_server->on("", [](const HttpRequest &, const Responder &r) {
            r.reply(200, quoted("{'gitVersion':'v1'}"), {{"Warning", "299 - \"old API\""}});
        });
        QVERIFY(support::await<ServerVersion>([&](auto *context, auto done) { m_client->version(context, done); }));
        QTRY_COMPARE(warned.size(), 1);
    }

    void cancelledDiscoverySaysNothing()
    {
        QList<Responder> open;
        m_server->on("", [&](const HttpRequest &, const Responder &r) { open << r; });
        int called = 0;
        Call call = m_client->discover(this, [&](const Result<Discovery> &) { ++called; });
        QTRY_COMPARE(open.size(), 2);
        call.cancel();
        call.cancel();
        QTRY_VERIFY(std::ranges::none_of(open, &Responder::isOpen));
        auto context = std::make_unique<QObject>();
        open.clear();
        m_client->discover(context.get(), [&](const Result<Discovery> &) { ++called; });
        QTRY_COMPARE(open.size(), 2);
        context.reset();
        QTRY_VERIFY(std::ranges::none_of(open, &Responder::isOpen));
        m_client->discover(this, [&](const Result<Discovery> &) { ++called; });
        m_client.reset();
        QCOMPARE(called, 0);
    }

    void deletedByACallback()
    {
        answer(quoted("{'kind':'APIVersions','versions':[]}"));
        bool called = false;
        m_client->discover(this, [&](const Result<Discovery> &) {
            called = true;
            m_client.reset();
        });
        QTRY_VERIFY(called);
        QVERIFY(!m_client);
    }
};

QTEST_GUILESS_MAIN(TestClient)
#include "tst_client.moc"
