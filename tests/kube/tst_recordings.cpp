// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The Client against recorded answers of a real API server: what it makes of them, and that its own requests are the
// ones that were answered so.

#include "kube/client.h"
#include "kube/clientrequests.h"
#include "kube/transport.h"
#include "support/kube_await.h"
#include "support/kube_replay.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtTest>

using namespace Qt::StringLiterals;
using namespace kube;
using support::HttpRequest;
using support::Recording;
using support::Responder;

namespace {

const ResourceRef upgrades{u"harvesterhci.io"_s, u"v1beta1"_s, u"upgrades"_s, u"Upgrade"_s, true};
const ResourceRef pods{{}, u"v1"_s, u"pods"_s, u"Pod"_s, true};
const ResourceRef secrets{{}, u"v1"_s, u"secrets"_s, u"Secret"_s, true};
const ResourceRef nodes{{}, u"v1"_s, u"nodes"_s, u"Node"_s, false};
const QString harvester = u"harvester-system"_s;

Recording recording(const QString &name)
{
    return support::loadRecording(QStringLiteral(GLEANER_FIXTURES "/kube/recordings/") + name);
}

} // namespace

class TestRecordings : public QObject {
    Q_OBJECT

    std::unique_ptr<support::Server> m_server;
    std::unique_ptr<Client> m_client;
    Recording m_recording;

    void play(const QString &name, double speed = 0)
    {
        m_recording = recording(name);
        QVERIFY2(!m_recording.isEmpty(), qPrintable(name));
        m_server->on(
            "", [this, speed](const HttpRequest &, const Responder &r) { support::replay(m_recording, r, speed); });
    }

    /// The last request had the recorded method and path.
    void compareRequest()
    {
        QVERIFY(!m_server->requests.isEmpty());
        QCOMPARE(m_server->requests.last().method, m_recording.method);
        QCOMPARE(m_server->requests.last().path(), m_recording.path());
    }

    Result<ListPage> list(const ListQuery &query)
    {
        return support::await<ListPage>([&](auto *context, auto done) { m_client->list(query, context, done); });
    }

    struct StreamEnd {
        bool opened = false;
        QByteArray data;
        std::optional<Error> error;
        bool closed = false;
    };
    StreamEnd readStream()
    {
        Request request;
        request.verb = u"watch"_s;
        request.path = QString::fromUtf8(m_recording.path());
        if (m_recording.target.contains('?'))
            request.query.setQuery(QString::fromUtf8(m_recording.target.split('?').last()));
        const auto stream = m_client->transport().open(request);
        StreamEnd end;
        connect(stream.get(), &Stream::opened, this, [&] { end.opened = true; });
        connect(stream.get(), &Stream::data, this, [&](const QByteArray &bytes) { end.data += bytes; });
        connect(stream.get(), &Stream::closed, this, [&](const std::optional<Error> &error) {
            end.closed = true;
            end.error = error;
        });
        [&] { QTRY_VERIFY_WITH_TIMEOUT(end.closed, 10000); }();
        return end;
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

    void lists_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ListQuery>("query");
        QTest::addColumn<QString>("version");
        QTest::addColumn<bool>("more");
        const auto row = [](const char *name, const ListQuery &query, const char *version, bool more) {
            QTest::newRow(name) << QString::fromLatin1(name) << query << QString::fromLatin1(version) << more;
        };
        row("list-page-1", {.resource = pods, .ns = harvester, .limit = 3}, "6124", true);
        const ResourceRef crds{
            u"apiextensions.k8s.io"_s, u"v1"_s, u"customresourcedefinitions"_s, u"CustomResourceDefinition"_s, false};
        row("list-gzip", {.resource = crds, .limit = 10}, "6124", true);
        row("list-label-selector",
            {.resource = upgrades, .ns = harvester, .labelSelector = u"harvesterhci.io/latestUpgrade=true"_s}, "6124",
            false);
        row("list-field-selector", {.resource = pods, .ns = harvester, .fieldSelector = u"status.phase=Succeeded"_s},
            "6124", false);
        row("list-rv0", {.resource = nodes, .resourceVersion = u"0"_s}, "", false);
        row("list-partial-metadata", {.resource = secrets, .ns = u"fleet-local"_s, .metadataOnly = true}, "6124",
            false);
    }
    void lists()
    {
        QFETCH(QString, name);
        QFETCH(ListQuery, query);
        QFETCH(QString, version);
        QFETCH(bool, more);
        play(name);
        const auto page = list(query);
        QVERIFY2(page, qPrintable(page ? QString() : page.error().message));
        compareRequest();
        if (version.isEmpty())
            QVERIFY(!page->resourceVersion.isEmpty());
        else
            QCOMPARE(page->resourceVersion, version);
        QCOMPARE(!page->continueToken.isEmpty(), more);
        QVERIFY(page->undecodable.isEmpty());
        QVERIFY(!page->items.isEmpty());
        for (const ObjectPtr &object : page->items) {
            QVERIFY(!object->uid.isEmpty());
            QVERIFY(!object->resourceVersion.isEmpty());
            QVERIFY(!object->json.value("metadata"_L1).toObject().contains("managedFields"_L1));
            QCOMPARE(object->json.value("kind"_L1).toString(),
                query.metadataOnly ? u"PartialObjectMetadata"_s : query.resource.kind);
            QVERIFY(!object->json.value("apiVersion"_L1).toString().isEmpty());
            QCOMPARE(object->key.ns, query.ns);
            if (query.metadataOnly)
                QVERIFY(!object->json.contains("data"_L1));
        }
        if (query.metadataOnly)
            QVERIFY(!m_server->requests.last().header("Accept").contains(", application/json"));
    }

    void paging()
    {
        play(u"list-page-1"_s);
        const auto first = list({.resource = pods, .ns = harvester, .limit = 3});
        QVERIFY(first);
        QCOMPARE(first->items.size(), 3);
        play(u"list-page-2"_s);
        const auto second = list({.resource = pods,
            .ns = harvester,
            .resourceVersion = u"0"_s,
            .continueToken = first->continueToken,
            .limit = 3});
        QVERIFY(second);
        QCOMPARE(m_server->requests.last().target, m_recording.target); // the token, and no resourceVersion beside it
        QCOMPARE(second->resourceVersion, first->resourceVersion);
        QVERIFY(first->items.first()->key != second->items.first()->key);
    }

    void listErrors_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ListQuery>("query");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const ListQuery &query, ErrorKind kind, int status) {
            QTest::newRow(name) << QString::fromLatin1(name) << query << kind << status;
        };
        row("list-410-continue", {.resource = pods, .ns = harvester, .continueToken = u"x"_s, .limit = 3},
            ErrorKind::Expired, 410);
        row("list-bad-continue", {.resource = pods, .ns = harvester, .continueToken = u"bm9wZQ"_s, .limit = 3},
            ErrorKind::Invalid, 400);
        row("list-rv-too-large", {.resource = nodes, .resourceVersion = u"99999999999"_s}, ErrorKind::VersionTooLarge,
            504);
        row("error-401-bad-token", {.resource = upgrades, .ns = harvester}, ErrorKind::Unauthorized, 401);
        row("error-403-anonymous", {.resource = upgrades, .ns = harvester}, ErrorKind::Forbidden, 403);
        row("error-403-viewer-secrets", {.resource = secrets, .ns = u"fleet-local"_s}, ErrorKind::Forbidden, 403);
        row("list-table", {.resource = upgrades, .ns = harvester}, ErrorKind::Undecodable, 200); // a Table is no list
        const ResourceRef things{u"harvesterhci.io"_s, u"v1beta1"_s, u"nosuchthings"_s, u"X"_s, true};
        row("error-404-path", {.resource = things, .ns = harvester}, ErrorKind::NotFound, 404);
    }
    void listErrors()
    {
        QFETCH(QString, name);
        QFETCH(ListQuery, query);
        play(name);
        const auto page = list(query);
        QVERIFY(!page);
        compareRequest();
        QTEST(page.error().kind, "kind");
        QTEST(page.error().httpStatus, "status");
        QCOMPARE(page.error().resource, query.resource.qualified());
        QCOMPARE(page.error().verb, u"list"_s);
        QVERIFY(!page.error().message.isEmpty());
        QCOMPARE(m_server->requests.size(), 1);
    }

    void forbiddenNamesEverything()
    {
        play(u"error-403-viewer-secrets"_s);
        const Error error = list({.resource = secrets, .ns = u"fleet-local"_s}).error();
        QCOMPARE(error.user, u"rig-viewer"_s);
        QCOMPARE(error.verb, u"list"_s);
        QCOMPARE(error.resource, u"secrets"_s);
        QCOMPARE(error.ns, u"fleet-local"_s);
    }

    void get404()
    {
        play(u"error-404-upgrade"_s);
        const auto got = support::await<ObjectPtr>([&](auto *context, auto done) {
            m_client->get(upgrades, harvester, u"hvst-upgrade-nope1"_s, context, done);
        });
        QVERIFY(!got);
        compareRequest();
        QCOMPARE(got.error().kind, ErrorKind::NotFound);
        QCOMPARE(got.error().name, u"hvst-upgrade-nope1"_s);
        QCOMPARE(got.error().reason, u"NotFound"_s);
    }

    void version()
    {
        play(u"discovery-version"_s);
        const auto version
            = support::await<ServerVersion>([&](auto *context, auto done) { m_client->version(context, done); });
        QVERIFY(version);
        compareRequest();
        QCOMPARE(version->gitVersion, u"v1.36.2"_s);
        QCOMPARE(version->platform, u"linux/amd64"_s);
    }

    void creates_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<std::optional<ErrorKind>>("kind");
        QTest::addColumn<QString>("message");
        QTest::newRow("ok") << u"create-dry-run-ok"_s << std::optional<ErrorKind>() << QString();
        QTest::newRow("running") << u"create-dry-run-409-running"_s << std::optional(ErrorKind::Conflict)
                                 << u"cannot proceed until previous upgrade"_s;
        QTest::newRow("no version") << u"create-dry-run-no-version"_s << std::optional(ErrorKind::Invalid)
                                    << u"validator.harvesterhci.io"_s;
    }
    void creates()
    {
        QFETCH(QString, name);
        QFETCH(std::optional<ErrorKind>, kind);
        QFETCH(QString, message);
        play(name);
        const QJsonObject body = QJsonDocument::fromJson(m_recording.body).object();
        const auto made = support::await<ObjectPtr>([&](auto *context, auto done) {
            m_client->create(upgrades, harvester, body, {.dryRun = true, .fieldManager = u"gleaner"_s}, context, done);
        });
        compareRequest();
        const HttpRequest &sent = m_server->requests.last();
        QCOMPARE(QJsonDocument::fromJson(sent.body).object(), body);
        QVERIFY(sent.target.contains("dryRun=All"));
        QVERIFY(sent.target.contains("fieldManager=gleaner"));
        QCOMPARE(sent.header("Content-Type"), "application/json");
        QCOMPARE(made.has_value(), !kind);
        if (kind) {
            QCOMPARE(made.error().kind, *kind);
            QVERIFY2(made.error().message.contains(message), qPrintable(made.error().message));
        } else {
            QVERIFY((*made)->key.name.startsWith("hvst-upgrade-"_L1));
            QVERIFY((*made)->resourceVersion.isEmpty());
        }
    }

    void deletes_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<QString>("message");
        QTest::newRow("old version") << u"delete-409-old-version"_s << ErrorKind::Conflict << u"ResourceVersion"_s;
        QTest::newRow("wrong uid") << u"delete-409-wrong-uid"_s << ErrorKind::Conflict << u"UID"_s;
        QTest::newRow("webhook") << u"delete-refused-node-phase"_s << ErrorKind::Invalid
                                 << u"node upgrade is in progressing"_s;
        QTest::newRow("webhook, dry run")
            << u"delete-dry-run-refused-node-phase"_s << ErrorKind::Invalid << u"node upgrade is in progressing"_s;
        QTest::newRow("viewer") << u"error-403-viewer-delete"_s << ErrorKind::Forbidden << u"cannot delete resource"_s;
    }
    void deletes()
    {
        QFETCH(QString, name);
        QFETCH(QString, message);
        play(name);
        const QJsonObject recorded = QJsonDocument::fromJson(m_recording.body).object();
        const QJsonObject preconditions = recorded.value("preconditions"_L1).toObject();
        const DeleteSpec spec{.resource = upgrades,
            .ns = harvester,
            .name = u"hvst-upgrade-86hvx"_s,
            .uid = preconditions.value("uid"_L1).toString(),
            .resourceVersion = preconditions.value("resourceVersion"_L1).toString(),
            .dryRun = recorded.contains("dryRun"_L1)};
        const auto removed
            = support::await<QJsonObject>([&](auto *context, auto done) { m_client->remove(spec, context, done); });
        compareRequest();
        if (!recorded.isEmpty()) {
            QJsonObject sent = QJsonDocument::fromJson(m_server->requests.last().body).object();
            if (!recorded.contains("propagationPolicy"_L1))
                sent.remove("propagationPolicy"_L1); // we always say it
            QCOMPARE(sent, recorded);
        }
        QVERIFY(!removed);
        QTEST(removed.error().kind, "kind");
        QVERIFY2(removed.error().message.contains(message), qPrintable(removed.error().message));
        QCOMPARE(removed.error().name, spec.name);
    }

    void patches_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<std::optional<ErrorKind>>("kind");
        QTest::newRow("ok") << u"patch-pause-map-ok-dry-run"_s << std::optional<ErrorKind>();
        QTest::newRow("old version") << u"patch-409-old-version"_s << std::optional(ErrorKind::Conflict);
        QTest::newRow("webhook: node") << u"patch-pause-map-bad-node"_s << std::optional(ErrorKind::Invalid);
        QTest::newRow("webhook: value") << u"patch-pause-map-bad-value"_s << std::optional(ErrorKind::Invalid);
        QTest::newRow("415") << u"patch-unsupported-type"_s << std::optional(ErrorKind::Invalid);
    }
    void patches()
    {
        QFETCH(QString, name);
        QFETCH(std::optional<ErrorKind>, kind);
        play(name);
        const QJsonObject patch = QJsonDocument::fromJson(m_recording.body).object();
        const auto patched = support::await<ObjectPtr>([&](auto *context, auto done) {
            m_client->mergePatch(upgrades, harvester, u"hvst-upgrade-86hvx"_s, patch, {.dryRun = true}, context, done);
        });
        compareRequest();
        QCOMPARE(m_server->requests.last().header("Content-Type"), "application/merge-patch+json");
        QCOMPARE(QJsonDocument::fromJson(m_server->requests.last().body).object(), patch);
        QCOMPARE(patched.has_value(), !kind);
        if (kind)
            QCOMPARE(patched.error().kind, *kind);
        else
            QCOMPARE((*patched)->key.name, u"hvst-upgrade-86hvx"_s);
    }

    void accessReviews_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<AccessQuestion>("question");
        QTest::addColumn<bool>("allowed");
        for (const char *who : {"admin", "viewer"}) {
            const bool admin = QByteArrayView(who) == "admin";
            QTest::addRow("%s delete", who)
                << u"access-%1-delete-upgrades"_s.arg(QLatin1StringView(who))
                << AccessQuestion{u"delete"_s, u"harvesterhci.io"_s, u"upgrades"_s, {}, harvester, {}} << admin;
            QTest::addRow("%s log", who) << u"access-%1-get-pods-log"_s.arg(QLatin1StringView(who))
                                         << AccessQuestion{u"get"_s, {}, u"pods"_s, u"log"_s, harvester, {}} << true;
        }
    }
    void accessReviews()
    {
        QFETCH(QString, name);
        QFETCH(AccessQuestion, question);
        play(name);
        const auto answer
            = support::await<AccessAnswer>([&](auto *context, auto done) { m_client->mayI(question, context, done); });
        QVERIFY(answer);
        compareRequest();
        const QJsonObject sent = QJsonDocument::fromJson(m_server->requests.last().body).object();
        const QJsonObject asked = QJsonDocument::fromJson(m_recording.body).object();
        QJsonObject attributes = asked.value("spec"_L1).toObject().value("resourceAttributes"_L1).toObject();
        for (const QString &key : attributes.keys()) {
            if (attributes.value(key) == ""_L1) // the recorder wrote those too
                attributes.remove(key);
        }
        QCOMPARE(sent.value("spec"_L1).toObject().value("resourceAttributes"_L1).toObject(), attributes);
        const QJsonObject status
            = QJsonDocument::fromJson(m_recording.http.mid(m_recording.http.indexOf("\r\n\r\n") + 4))
                  .object()
                  .value("status"_L1)
                  .toObject();
        QCOMPARE(answer->allowed, status.value("allowed"_L1).toBool());
        QCOMPARE(answer->reason, status.value("reason"_L1).toString());
    }

    void discovery_data()
    {
        QTest::addColumn<bool>("aggregated");
        QTest::newRow("aggregated") << true;
        QTest::newRow("group by group") << false;
    }
    void discovery()
    {
        QFETCH(bool, aggregated);
        const QMap<QByteArray, QString> plain{{"/api", u"discovery-api"_s}, {"/apis", u"discovery-apis"_s},
            {"/api/v1", u"discovery-api-v1"_s}, {"/apis/batch/v1", u"discovery-apis-batch"_s},
            {"/apis/harvesterhci.io/v1beta1", u"discovery-apis-harvester"_s}};
        const QMap<QByteArray, QString> whole{
            {"/api", u"discovery-aggregated-api"_s}, {"/apis", u"discovery-aggregated-apis"_s}};
        m_server->on("", [&](const HttpRequest &request, const Responder &r) {
            const QString name = (aggregated ? whole : plain).value(request.path());
            if (name.isEmpty()) // not recorded: as a group whose server is away
                r.json(503, support::statusJson(503, "ServiceUnavailable", "away"));
            else
                support::replay(recording(name), r);
        });
        const auto found
            = support::await<Discovery>([&](auto *context, auto done) { m_client->discover(context, done); });
        QVERIFY2(found, qPrintable(found ? QString() : found.error().message));
        QVERIFY(m_server->requests.first().header("Accept").contains("as=APIGroupDiscoveryList"));
        QCOMPARE(found->find(u"harvesterhci.io"_s, u"upgrades"_s), std::optional(upgrades));
        QCOMPARE(found->find({}, u"pods"_s), std::optional(pods));
        QCOMPARE(found->find({}, u"nodes"_s), std::optional(nodes));
        QVERIFY(found->find(u"batch"_s, u"jobs"_s));
        QVERIFY(!found->find({}, u"pods/log"_s));
        QVERIFY(!found->find({}, u"nosuchthings"_s));
        QCOMPARE(found->failedGroups.isEmpty(), aggregated);
        QVERIFY(!found->failedGroups.contains(u"harvesterhci.io"_s));
        if (aggregated)
            QCOMPARE(m_server->requests.size(), 2);
    }

    void streams_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("lines"); ///< -1: refused
        QTest::addColumn<std::optional<ErrorKind>>("kind");
        const auto row = [](const char *name, int lines, std::optional<ErrorKind> kind = {}) {
            QTest::newRow(name) << QString::fromLatin1(name) << lines << kind;
        };
        row("watch-410-old-version", 1);
        row("watch-410-old-version-nodes", 1);
        row("watch-short-timeout", 4);
        row("watch-initial-events", 4, ErrorKind::Cut); // the recorder stopped here
        row("watch-bookmarks-75s", 4);
        row("watch-cut-by-server-restart", 4, ErrorKind::Cut);
        row("watch-forbidden", -1, ErrorKind::Forbidden);
        row("watch-bad-rv", -1, ErrorKind::Server);
        row("log-plain", 34);
        row("log-limit-bytes", 6);
        row("log-since-time", 34);
        row("log-timestamps-tail", 5);
        row("log-400-bad-since", -1, ErrorKind::Invalid);
        row("log-400-no-container", -1, ErrorKind::Invalid);
        row("log-400-previous", -1, ErrorKind::Invalid);
        row("log-404-pod", -1, ErrorKind::NotFound);
    }
    void streams()
    {
        QFETCH(QString, name);
        QFETCH(int, lines);
        QFETCH(std::optional<ErrorKind>, kind);
        play(name, 100);
        const StreamEnd end = readStream();
        compareRequest();
        QVERIFY(end.closed);
        QCOMPARE(end.opened, lines >= 0);
        if (lines < 0) {
            QVERIFY(end.error);
            QCOMPARE(end.error->kind, *kind);
            QVERIFY(!end.error->message.isEmpty());
            return;
        }
        // Cut in the middle: Qt may or may not notice (Q10); what came is given either way.
        if (!kind)
            QVERIFY(!end.error);
        else if (end.error)
            QCOMPARE(end.error->kind, *kind);
        QByteArrayList whole = end.data.split('\n');
        const bool ended = whole.last().isEmpty();
        if (ended)
            whole.removeLast();
        QCOMPARE(whole.size(), lines);
        if (name.startsWith("watch"_L1)) {
            for (const QByteArray &line : std::as_const(whole))
                QVERIFY(QJsonDocument::fromJson(line).object().contains("type"_L1));
        }
    }

    void retriedAfterRealTooManyRequests()
    {
        // The same bytes once, then the real list: a read that is told when to come back does.
        const Recording refused = recording(u"list-rv-too-large"_s);
        Recording busy = refused;
        busy.http.replace("504 Gateway Timeout", "429 Too Many Requests");
        busy.http.replace("ResourceVersionTooLarge", "SomethingElseAltogether")
            .replace("Too large resource version", "too many requests, so wait");
        play(u"list-rv0"_s);
        m_server->once("", [busy](const HttpRequest &, const Responder &r) { support::replay(busy, r); });
        const auto page = list({.resource = nodes, .resourceVersion = u"0"_s});
        QVERIFY2(page, qPrintable(page ? QString() : page.error().message));
        QCOMPARE(m_server->requests.size(), 2);
    }

    void everyPrefixOfAListIsCut() // Q10: wherever the connection ends, no part is taken for the whole
    {
        const Recording whole = recording(u"list-page-1"_s);
        const qsizetype head = whole.http.indexOf("\r\n\r\n") + 4;
        for (qsizetype end = head; end < whole.http.size() - 8; end += 997) {
            m_recording = whole;
            m_recording.http.truncate(end);
            m_recording.timing.clear();
            m_server->on("", [this](const HttpRequest &, const Responder &r) { support::replay(m_recording, r); });
            const auto page = list({.resource = pods, .ns = harvester, .limit = 3});
            QVERIFY2(!page, qPrintable(QString::number(end)));
            QVERIFY2(page.error().kind == ErrorKind::Cut,
                qPrintable(u"%1: %2 %3"_s.arg(end).arg(errorWord(page.error().kind), page.error().message)));
        }
    }
};

QTEST_GUILESS_MAIN(TestRecordings)
#include "tst_recordings.moc"
