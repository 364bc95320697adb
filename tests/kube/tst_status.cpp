// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/status.h"
#include "support/kube_server.h"

#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::quoted;

namespace {

Request sample()
{
    Request request;
    request.verb = u"list"_s;
    request.resource = u"upgrades.harvesterhci.io"_s;
    request.ns = u"harvester-system"_s;
    request.path = u"/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades"_s;
    request.query.addQueryItem(u"limit"_s, u"500"_s);
    request.query.addQueryItem(u"continue"_s, u"eyJ2IjoibWV0YSJ9"_s);
    return request;
}

const QString host = u"10.0.0.1:6443"_s;

} // namespace

class TestStatus : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void kinds_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("message");
        const auto status = [](int code, const char *reason, const char *details = "{}") {
            return support::statusJson(code, reason, "said", details);
        };
        // The reason rules, then the code.
        QTest::newRow("unauthorized") << 401 << status(401, "Unauthorized") << ErrorKind::Unauthorized << u"said"_s;
        QTest::newRow("forbidden") << 403 << status(403, "Forbidden") << ErrorKind::Forbidden << u"said"_s;
        QTest::newRow("not found") << 404 << status(404, "NotFound") << ErrorKind::NotFound << u"said"_s;
        QTest::newRow("exists") << 409 << status(409, "AlreadyExists") << ErrorKind::Conflict << u"said"_s;
        QTest::newRow("conflict") << 409 << status(409, "Conflict") << ErrorKind::Conflict << u"said"_s;
        QTest::newRow("gone") << 410 << status(410, "Gone") << ErrorKind::Expired << u"said"_s;
        QTest::newRow("expired") << 410 << status(410, "Expired") << ErrorKind::Expired << u"said"_s;
        QTest::newRow("expired under another code") << 500 << status(500, "Expired") << ErrorKind::Expired << u"said"_s;
        QTest::newRow("invalid") << 422 << status(422, "Invalid") << ErrorKind::Invalid << u"said"_s;
        QTest::newRow("bad request") << 400 << status(400, "BadRequest") << ErrorKind::Invalid << u"said"_s;
        QTest::newRow("method") << 405 << status(405, "MethodNotAllowed") << ErrorKind::Invalid << u"said"_s;
        QTest::newRow("media type") << 415 << status(415, "UnsupportedMediaType") << ErrorKind::Invalid << u"said"_s;
        QTest::newRow("too many") << 429 << status(429, "TooManyRequests") << ErrorKind::TooManyRequests << u"said"_s;
        QTest::newRow("internal") << 500 << status(500, "InternalError") << ErrorKind::Server << u"said"_s;
        QTest::newRow("unavailable") << 503 << status(503, "ServiceUnavailable") << ErrorKind::Server << u"said"_s;
        QTest::newRow("timeout") << 504 << status(504, "Timeout") << ErrorKind::Server << u"said"_s;
        QTest::newRow("version too large")
            << 504 << status(504, "Timeout", "{\"causes\":[{\"reason\":\"ResourceVersionTooLarge\"}]}")
            << ErrorKind::VersionTooLarge << u"said"_s;
        QTest::newRow("version too large, old servers")
            << 504 << support::statusJson(504, "Timeout", "Timeout: Too large resource version: 9, current: 1")
            << ErrorKind::VersionTooLarge << u"Timeout: Too large resource version: 9, current: 1"_s;
        QTest::newRow("unknown reason") << 418 << status(418, "Teapot") << ErrorKind::Invalid << u"said"_s;
        // Not a Status.
        QTest::newRow("empty") << 503 << QByteArray() << ErrorKind::Server << QString();
        QTest::newRow("text") << 404 << QByteArray("404 page not found\n") << ErrorKind::NotFound
                              << u"404 page not found"_s;
        QTest::newRow("plain http to tls")
            << 400 << QByteArray("Client sent an HTTP request to an HTTPS server.\n") << ErrorKind::Invalid
            << u"Client sent an HTTP request to an HTTPS server."_s;
        QTest::newRow("html title")
            << 502 << QByteArray("<html>\r\n<head><title>502 Bad\n Gateway</title></head><body>secret</body></html>")
            << ErrorKind::Server << u"502 Bad Gateway"_s;
        QTest::newRow("html heading") << 503
                                      << QByteArray("<!DOCTYPE html><body><h1 class=x>Service <b>away</b></h1></body>")
                                      << ErrorKind::Server << u"Service away"_s;
        QTest::newRow("html without") << 500 << QByteArray("<html><body>everything</body></html>") << ErrorKind::Server
                                      << QString();
        QTest::newRow("rancher") << 401
                                 << QByteArray(quoted("{'baseType':'error','code':'Unauthorized','message':'must "
                                                      "authenticate','status':401,'type':'error'}"))
                                 << ErrorKind::Unauthorized << u"must authenticate"_s;
        QTest::newRow("rancher, status as text")
            << 503
            << QByteArray(
                   quoted("{'type':'error','status':'503','message':'ClusterUnavailable 503: cluster not found'}"))
            << ErrorKind::Server << u"ClusterUnavailable 503: cluster not found"_s;
        QTest::newRow("other json") << 500 << QByteArray(quoted("{'error':'upstream','token':'hunter2'}"))
                                    << ErrorKind::Server << u"upstream"_s;
        QTest::newRow("cut json") << 500 << QByteArray(quoted("{'kind':'Status','mess")) << ErrorKind::Server
                                  << QString();
        QTest::newRow("binary") << 500 << QByteArray("\x1f\x8b\0\0abc", 7) << ErrorKind::Server << QString();
        QTest::newRow("nonsense types") << 500
                                        << QByteArray(quoted(
                                               "{'kind':'Status','code':'x','message':7,'reason':[],'details':'no'}"))
                                        << ErrorKind::Server << QString();
    }
    void kinds()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const Error error = statusError(status, body, sample(), host);
        QTEST(error.kind, "kind");
        QTEST(error.message, "message");
        QCOMPARE(error.httpStatus, status);
        QCOMPARE(error.host, host);
        QCOMPARE(error.verb, u"list"_s);
        QCOMPARE(error.resource, u"upgrades.harvesterhci.io"_s);
        QCOMPARE(error.ns, u"harvester-system"_s);
        QCOMPARE(
            error.path, u"/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades?limit=500&continue=…"_s);
    }

    void forbidden_data()
    {
        QTest::addColumn<QByteArray>("message");
        QTest::addColumn<QStringList>("expected"); // user, verb, resource, ns
        QTest::newRow("namespace") << QByteArray(quoted("secrets is forbidden: User 'rig-viewer' cannot list resource "
                                                        "'secrets' in API group '' in the namespace 'fleet-local'"))
                                   << QStringList{u"rig-viewer"_s, u"list"_s, u"secrets"_s, u"fleet-local"_s};
        QTest::newRow("group") << QByteArray(
            quoted("upgrades.harvesterhci.io 'x' is forbidden: User 'system:serviceaccount:a:b' cannot delete resource "
                   "'upgrades' in API group 'harvesterhci.io' in the namespace 'harvester-system': RBAC: role.rbac 'y' "
                   "not found"))
                               << QStringList{u"system:serviceaccount:a:b"_s, u"delete"_s,
                                      u"upgrades.harvesterhci.io"_s, u"harvester-system"_s};
        QTest::newRow("cluster scope") << QByteArray(quoted(
            "nodes is forbidden: User 'jane' cannot watch resource 'nodes/proxy' in API group '' at the cluster scope"))
                                       << QStringList{u"jane"_s, u"watch"_s, u"nodes/proxy"_s, QString()};
        QTest::newRow("path") << QByteArray(quoted("forbidden: User 'system:anonymous' cannot get path '/version'"))
                              << QStringList{u"system:anonymous"_s, u"get"_s, QString(), QString()};
        QTest::newRow("webhook") << QByteArray(quoted("admission webhook 'x' denied the request: no"))
                                 << QStringList{
                                        QString(), u"list"_s, u"upgrades.harvesterhci.io"_s, u"harvester-system"_s};
    }
    void forbidden()
    {
        QFETCH(QByteArray, message);
        const Error error = statusError(403, support::statusJson(403, "Forbidden", message), sample(), host);
        QCOMPARE(error.kind, ErrorKind::Forbidden);
        QTEST((QStringList{error.user, error.verb, error.resource, error.ns}), "expected");
        QCOMPARE(error.message, QString::fromUtf8(message));
    }

    void details()
    {
        Request request = sample();
        request.resource.clear();
        const Error error = statusError(404,
            support::statusJson(404, "NotFound", "x",
                quoted("{'name':'u1','group':'harvesterhci.io','kind':'upgrades','retryAfterSeconds':2}")),
            request, host);
        QCOMPARE(error.name, u"u1"_s);
        QCOMPARE(error.resource, u"upgrades.harvesterhci.io"_s);
        QCOMPARE(error.retryAfter, std::chrono::milliseconds(2000));
        QCOMPARE(error.reason, u"NotFound"_s);
    }

    void boundedAndPlain()
    {
        const QByteArray evil = "a\x1b[31mred\x07\nnext " + QByteArray(100000, 'x');
        const Error error = statusError(500, support::statusJson(500, "InternalError", evil), sample(), host);
        QVERIFY(error.message.size() <= 2001);
        QVERIFY(!error.message.contains(QChar(0x1b)));
        QVERIFY(!error.message.contains(u'\n'));
        QVERIFY(statusError(500, QByteArray(5000, 'y'), sample(), host).message.size() <= 201);
    }

    void otherJsonKeepsToItself()
    {
        const Error error = statusError(500, quoted("{'token':'hunter2'}"), sample(), host);
        QVERIFY(error.message.isEmpty());
    }

    void retryAfter_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<int>("seconds");
        QTest::newRow("number") << QByteArray("7") << 7;
        QTest::newRow("blanks") << QByteArray(" 7 ") << 7;
        QTest::newRow("none") << QByteArray() << 0;
        QTest::newRow("negative") << QByteArray("-3") << 0;
        QTest::newRow("date") << QByteArray("Wed, 21 Oct 2026 07:28:00 GMT") << 0;
        QTest::newRow("huge") << QByteArray("99999999999") << 86400;
    }
    void retryAfter()
    {
        QFETCH(QByteArray, header);
        QFETCH(int, seconds);
        QCOMPARE(parseRetryAfter(header), std::chrono::milliseconds(std::chrono::seconds(seconds)));
    }

    void hosts()
    {
        QCOMPARE(hostAndPort(QUrl(u"https://a.example/k8s"_s)), u"a.example:443"_s);
        QCOMPARE(hostAndPort(QUrl(u"http://a.example"_s)), u"a.example:80"_s);
        QCOMPARE(hostAndPort(QUrl(u"https://[fd00::1]:6443"_s)), u"[fd00::1]:6443"_s);
    }
};

QTEST_GUILESS_MAIN(TestStatus)
#include "tst_status.moc"
