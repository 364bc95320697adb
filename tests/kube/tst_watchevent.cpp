// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Watch events: decoded one by one, and recorded streams through framing, decoding and reflector at random splits.

#include "support/kube_recording.h"
#include "support/kube_reflector.h"

#include "kube/lineframer.h"
#include "kube/objectstore.h"
#include "kube/watchevent.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;
using Type = WatchEvent::Type;

class TestWatchEvent : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void decodes_data();
    void decodes();
    void errorTellsTheStatusNotTheBody();
    void slims();
    void recordedStreams_data();
    void recordedStreams();
    void recordedExpiry();
};

void TestWatchEvent::decodes_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("type");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("rv");
    const auto row = [](const char *name, const QByteArray &line, Type type, const char *key, const char *rv) {
        QTest::newRow(name) << line << int(type) << QString::fromLatin1(key) << QString::fromLatin1(rv);
    };
    const QByteArray object
        = R"({"kind":"Pod","metadata":{"name":"a","namespace":"ns","uid":"u","resourceVersion":"7"}})";
    row("added", R"({"type":"ADDED","object":)" + object + "}", Type::Added, "ns/a", "7");
    row("modified", R"({"type":"MODIFIED","object":)" + object + "}", Type::Modified, "ns/a", "7");
    row("deleted", R"({"type":"DELETED","object":)" + object + "}", Type::Deleted, "ns/a", "7");
    row("carriage return behind", R"({"type":"DELETED","object":)" + object + "}\r", Type::Deleted, "ns/a", "7");
    row("metadata only",
        R"({"type":"ADDED","object":{"kind":"PartialObjectMetadata","metadata":{"name":"a","resourceVersion":"7"}}})",
        Type::Added, "a", "7");
    row("bookmark", R"({"type":"BOOKMARK","object":{"kind":"Pod","metadata":{"resourceVersion":"9"},"spec":{}}})",
        Type::Bookmark, "", "9");
    row("bookmark without version", R"({"type":"BOOKMARK","object":{"kind":"Pod","metadata":{}}})", Type::Undecodable,
        "", "");
    row("error", R"({"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","status":"Failure"}})",
        Type::Error, "", "");
    row("error that is no status", R"({"type":"ERROR","object":{"a":1}})", Type::Error, "", "");
    row("error without object", R"({"type":"ERROR"})", Type::Error, "", "");
    row("other kind",
        R"({"type":"ADDED","object":{"kind":"Node","metadata":{"name":"a","namespace":"ns","resourceVersion":"7"}}})",
        Type::Undecodable, "ns/a", "7");
    row("table", R"({"type":"ADDED","object":{"kind":"Table","metadata":{},"rows":[]}})", Type::Undecodable, "", "");
    row("unknown type", R"({"type":"RENAMED","object":)" + object + "}", Type::Undecodable, "ns/a", "7");
    row("no type", R"({"object":)" + object + "}", Type::Undecodable, "ns/a", "7");
    row("no object", R"({"type":"ADDED"})", Type::Undecodable, "", "");
    row("object is a list", R"({"type":"ADDED","object":[1]})", Type::Undecodable, "", "");
    row("labels of the wrong type",
        R"({"type":"MODIFIED","object":{"metadata":{"name":"a","namespace":"ns","resourceVersion":"7","labels":5}}})",
        Type::Undecodable, "ns/a", "7");
    row("version as a number",
        R"({"type":"MODIFIED","object":{"metadata":{"name":"a","namespace":"ns","resourceVersion":7}}})",
        Type::Undecodable, "ns/a", "");
    row("name missing", R"({"type":"MODIFIED","object":{"metadata":{"resourceVersion":"7"}}})", Type::Undecodable, "",
        "7");
    row("cut", R"({"type":"MODIFIED","object":{"metadata":{"name":"a")", Type::Undecodable, "", "");
    row("a page of a proxy", "<html><body>502 Bad Gateway</body></html>", Type::Undecodable, "", "");
    row("not an object", "[1,2]", Type::Undecodable, "", "");
    row("empty", "", Type::Undecodable, "", "");
    row("zero byte", QByteArray("{\"type\":\0}", 10), Type::Undecodable, "", "");
    row("nested very deep", QByteArray(3000, '['), Type::Undecodable, "", "");
}

void TestWatchEvent::decodes()
{
    QFETCH(const QByteArray, line);
    QFETCH(const QString, key);
    QFETCH(const QString, rv);
    const WatchEvent event = decodeWatchEvent(line, u"Pod"_s, {}, u"host:6443"_s);
    QTEST(int(event.type), "type");
    if (event.type == Type::Error)
        return;
    QCOMPARE(event.key.text(), key);
    QCOMPARE(event.resourceVersion, rv);
    const bool hasObject = event.type == Type::Added || event.type == Type::Modified || event.type == Type::Deleted;
    QCOMPARE(event.object != nullptr, hasObject);
    if (event.type == Type::Undecodable) {
        QCOMPARE(event.error.kind, ErrorKind::Undecodable);
        QCOMPARE(event.error.host, u"host:6443"_s);
        QVERIFY(!event.error.message.isEmpty());
    }
}

void TestWatchEvent::errorTellsTheStatusNotTheBody()
{
    const WatchEvent expired = decodeWatchEvent(
        R"x({"type":"ERROR","object":{"kind":"Status","status":"Failure","message":"too old resource version: 2 (6281)","reason":"Expired","code":410}})x",
        {}, {}, {});
    QCOMPARE(expired.error.kind, ErrorKind::Expired);
    QCOMPARE(expired.error.httpStatus, 410);
    QCOMPARE(expired.error.message, u"too old resource version: 2 (6281)"_s);

    const WatchEvent secret = decodeWatchEvent(
        R"({"type":"ADDED","object":{"data":{"token":"SECRET-MARKER"},"metadata":{"name":"a","labels":"SECRET-MARKER"}}})",
        {}, {}, {});
    QCOMPARE(secret.type, Type::Undecodable);
    QString text;
    QDebug(&text) << secret.error;
    QVERIFY(!text.contains(u"SECRET-MARKER"_s));
}

void TestWatchEvent::slims()
{
    const WatchEvent event = decodeWatchEvent(
        R"({"type":"ADDED","object":{"metadata":{"name":"a","resourceVersion":"7","managedFields":[1]},"data":{"x":1}}})",
        {}, {}, {}, [](QJsonObject json) {
            json.remove("data"_L1);
            return json;
        });
    QVERIFY(!event.object->json.contains("data"_L1));
    QVERIFY(!event.object->json.value("metadata"_L1).toObject().contains("managedFields"_L1));
}

void TestWatchEvent::recordedStreams_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("kind");
    QTest::addColumn<bool>("complete");
    QTest::newRow("upgrades through an upgrade") << u"watch-upgrades"_s << u"Upgrade"_s << true;
    QTest::newRow("jobs through an upgrade") << u"watch-jobs-harvester-system"_s << u"Job"_s << true;
    QTest::newRow("nodes through an upgrade") << u"watch-nodes"_s << u"Node"_s << true;
    QTest::newRow("bookmarks and the normal end") << u"watch-bookmarks-75s"_s << u"Upgrade"_s << true;
    QTest::newRow("initial events") << u"watch-initial-events"_s << u"Node"_s << true;
    QTest::newRow("short timeout") << u"watch-short-timeout"_s << u"Node"_s << true;
    QTest::newRow("cut by a restart of the server") << u"watch-cut-by-server-restart"_s << u"Node"_s << false;
}

/// At random splits and cut at random bytes with a resume after each cut: the copy ends as the whole lines say.
void TestWatchEvent::recordedStreams()
{
    QFETCH(const QString, name);
    QFETCH(const QString, kind);
    const auto response = support::RecordedResponse::load(name);
    QCOMPARE(response.status, 200);

    struct Line {
        qsizetype begin, end;
        QString rv;
    };
    QList<Line> lines;
    QMap<QString, QString> truth; // key → uid and version
    QString lastVersion;
    for (qsizetype at = 0; at < response.body.size();) {
        const qsizetype end = response.body.indexOf('\n', at) + 1;
        if (end == 0)
            break;
        const QJsonObject event = QJsonDocument::fromJson(response.body.mid(at, end - at)).object();
        QVERIFY(!event.isEmpty());
        const QJsonObject metadata = event.value("object"_L1).toObject().value("metadata"_L1).toObject();
        lastVersion = metadata.value("resourceVersion"_L1).toString();
        const QString key = metadata.value("namespace"_L1).toString() + u'/' + metadata.value("name"_L1).toString();
        const QString type = event.value("type"_L1).toString();
        if (type == "DELETED"_L1)
            truth.remove(key);
        else if (type != "BOOKMARK"_L1)
            truth.insert(key, metadata.value("uid"_L1).toString() + u'@' + lastVersion);
        lines.append({at, end, lastVersion});
        at = end;
    }
    QVERIFY(lines.size() >= 2);

    QRandomGenerator random(7);
    for (int round = 0; round < (response.body.size() > 50000 ? 4 : 20); ++round) {
        support::Run run;
        ObjectStore store;
        int events = 0;
        const auto take = [&](const QList<reflector::Action> &actions) {
            for (const auto &action : actions) {
                if (const auto *apply = std::get_if<reflector::Apply>(&action)) {
                    store.apply(apply->object);
                    ++events;
                } else if (const auto *remove = std::get_if<reflector::Remove>(&action)) {
                    store.remove(remove->last);
                    ++events;
                } else {
                    QVERIFY(!std::holds_alternative<reflector::Report>(action));
                    QVERIFY(!std::holds_alternative<reflector::SendList>(action) || run.state.generation == 1);
                }
            }
        };
        take(run.feed(reflector::Start{}));
        reflector::Page empty;
        empty.rv = u"1"_s;
        take(run.feed(empty));
        int cuts = 0;
        while (true) {
            if (run.state.phase == reflector::Phase::Waiting)
                take(run.feed(reflector::WaitOver{}));
            QCOMPARE(run.state.phase, reflector::Phase::Opening);
            take(run.feed(reflector::Opened{}));
            // The server goes on behind the version we ask for.
            qsizetype at = 0;
            for (const Line &line : std::as_const(lines)) {
                if (line.rv == run.state.rv)
                    at = line.end;
            }
            const qsizetype cutAt
                = round == 0 ? response.body.size() : at + random.bounded(int(response.body.size() - at) + 1);
            LineFramer framer(watchLineLimit);
            while (at < cutAt) {
                const qsizetype size = std::min<qsizetype>(1 + random.bounded(3000), cutAt - at);
                for (const LineFramer::Line &line : framer.feed(QByteArrayView(response.body).sliced(at, size))) {
                    const WatchEvent event = decodeWatchEvent(line.text, kind, {}, {});
                    if (event.type == Type::Bookmark)
                        take(run.feed(reflector::Bookmark{event.resourceVersion}));
                    else if (event.object)
                        take(run.feed(reflector::Event{event.object, event.type == Type::Deleted}));
                    else
                        QFAIL("undecodable");
                }
                at += size;
            }
            if (run.state.rv == lastVersion || cutAt == response.body.size())
                break;
            take(run.feed(reflector::StreamEnded{}, 2000));
            ++cuts;
        }
        QVERIFY(round == 0 || cuts > 0 || response.body.size() < 10000);
        QMap<QString, QString> copy;
        for (const ObjectPtr &object : store.objects())
            copy.insert(object->key.ns + u'/' + object->key.name, object->uid + u'@' + object->resourceVersion);
        QCOMPARE(copy, truth);
        const auto bookmarks = std::ranges::count_if(lines,
            [&](const Line &line) { return response.body.mid(line.begin, 20).startsWith(R"({"type":"BOOKMARK")"); });
        QCOMPARE(events, int(lines.size() - bookmarks));
    }
}

void TestWatchEvent::recordedExpiry()
{
    const auto response = support::RecordedResponse::load(u"watch-410-old-version"_s);
    LineFramer framer(watchLineLimit);
    const auto lines = framer.feed(response.body);
    QCOMPARE(lines.size(), 1);
    const WatchEvent event = decodeWatchEvent(lines.first().text, u"Upgrade"_s, {}, {});
    QCOMPARE(event.type, Type::Error);
    QCOMPARE(event.error.kind, ErrorKind::Expired);

    Request request;
    request.verb = u"watch"_s;
    const auto forbidden = support::RecordedResponse::load(u"watch-forbidden"_s);
    QCOMPARE(statusError(forbidden.status, forbidden.body, request, {}).kind, ErrorKind::Forbidden);
    const auto badVersion = support::RecordedResponse::load(u"watch-bad-rv"_s);
    QCOMPARE(statusError(badVersion.status, badVersion.body, request, {}).kind, ErrorKind::Server);
}

QTEST_GUILESS_MAIN(TestWatchEvent)
#include "tst_watchevent.moc"
