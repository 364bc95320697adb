// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A log read for a view: complete and in order, bounded when the view does not keep up, going on with another client.

#include "session/logpump.h"
#include "support/kube_logserver.h"
#include "support/session_await.h"

#include <QTest>

using namespace Qt::StringLiterals;
using kube::LogFollower;
using session::LogBatchLine;
using session::LogChannel;
using session::LogTarget;
using session::Session;
using support::HttpRequest;
using support::Responder;

namespace {

/// Collects what a channel says; acknowledges only when told to.
struct View {
    explicit View(std::unique_ptr<LogChannel> opened)
        : channel(std::move(opened))
    {
        QObject::connect(channel.get(), &LogChannel::appended, channel.get(), [this](const QList<LogBatchLine> &batch) {
            for (const LogBatchLine &line : batch) {
                if (line.line.kind == kube::LogLine::Kind::Text)
                    text.append(line.line.text);
                else
                    dividers.append(line.line.kind);
            }
            unacknowledged += batch.size();
            if (prompt)
                acknowledge();
        });
        QObject::connect(channel.get(), &LogChannel::statusChanged, channel.get(),
            [this](LogFollower::State now, const std::optional<kube::Error> &problem) {
                state = now;
                error = problem;
            });
    }
    void acknowledge() { channel->acknowledge(std::exchange(unacknowledged, 0)); }

    std::unique_ptr<LogChannel> channel;
    QList<QByteArray> text;
    QList<kube::LogLine::Kind> dividers;
    qsizetype unacknowledged = 0;
    bool prompt = true;
    LogFollower::State state = LogFollower::State::Idle;
    std::optional<kube::Error> error;
};

kube::ClusterConfig configFor(const support::Server &server)
{
    kube::ClusterConfig config;
    config.server = server.url();
    return config;
}

const LogTarget pod{u"ns"_s, u"p"_s, u"uid-1"_s, {}};

QByteArray numbered(qsizetype i)
{
    return "line " + QByteArray::number(i);
}

} // namespace

class TestLogChannel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsToTheEnd();
    void restsWhenNobodyTakes();
    void goesOnWithAnotherClient();
    void newPodsAreAddedOnce();
    void goneAndForbiddenAreSaid();
    void badAnswersAboutThePodPass();
    void anotherClientAsksAgain();
};

void TestLogChannel::readsToTheEnd()
{
    support::Server server;
    QVERIFY(server.start());
    support::LogServer log(server, 1);
    for (int i = 0; i < 5000; ++i)
        log.write(numbered(i));
    Session session(configFor(server));
    session.start();
    View view(session.openLog({pod}));
    QTRY_COMPARE(view.text.size(), 5000);
    QTRY_COMPARE(view.state, LogFollower::State::Following);
    log.write("one more");
    QTRY_COMPARE(view.text.size(), 5001);
    log.phase = "Succeeded";
    log.restartPolicy = "Never";
    log.finish(0);
    QTRY_COMPARE(view.state, LogFollower::State::Ended);
    for (int i = 0; i < 5000; ++i)
        QCOMPARE(view.text[i], numbered(i));
    QTRY_VERIFY(view.dividers.contains(kube::LogLine::Kind::Ended));
}

void TestLogChannel::restsWhenNobodyTakes()
{
    constexpr qsizetype many = 300000;
    support::Server server;
    QVERIFY(server.start());
    support::LogServer log(server, 2);
    const QByteArray padding(60, 'x');
    Session session(configFor(server));
    session.start();
    View view(session.openLog({pod}));
    view.prompt = false;
    QTRY_COMPARE(log.streamsOpen(), 1);
    // Line by line, as a server sends them: Qt reads one chunk of many megabytes whole, whatever the limit.
    for (qsizetype i = 0; i < many; ++i)
        log.write(numbered(i) + ' ' + padding);
    QTRY_COMPARE_WITH_TIMEOUT(view.text.size(), session::LogPump::highLines, 30000); // as much as may be on the way
    const qsizetype rested = view.text.size();
    view.acknowledge();
    QTRY_COMPARE_WITH_TIMEOUT(view.text.size(), rested + session::LogPump::highLines, 30000); // and not a line more
    log.write(numbered(many) + ' ' + padding); // so that the server looks at what it still has to send
    view.prompt = true;
    view.acknowledge();
    QTRY_COMPARE_WITH_TIMEOUT(view.text.size(), many + 1, 60000);
    for (qsizetype i = 0; i < many; ++i)
        QVERIFY(view.text[i].startsWith(numbered(i) + ' '));
    QVERIFY2(log.longest > 1024 * 1024, "the server had to keep what nobody took");
}

void TestLogChannel::goesOnWithAnotherClient()
{
    support::Server server;
    QVERIFY(server.start());
    support::LogServer log(server, 3);
    for (int i = 0; i < 100; ++i)
        log.write(numbered(i));
    Session session(configFor(server));
    session.start();
    View view(session.openLog({pod}));
    QTRY_COMPARE(view.text.size(), 100);
    kube::ClusterConfig other = configFor(server);
    other.disableCompression = true;
    session.reconfigure(other);
    for (int i = 100; i < 200; ++i)
        log.write(numbered(i));
    QTRY_COMPARE(view.text.size(), 200);
    log.write("the last");
    QTRY_COMPARE(view.text.size(), 201);
    for (int i = 0; i < 200; ++i)
        QCOMPARE(view.text[i], numbered(i));
}

void TestLogChannel::newPodsAreAddedOnce()
{
    support::Server server;
    QVERIFY(server.start());
    support::LogServer first(server, 4);
    first.write("first");
    Session session(configFor(server));
    session.start();
    View view(session.openLog({pod}));
    QTRY_COMPARE(view.text, QList<QByteArray>{"first"});
    const int opens = first.opens;
    view.channel->setTargets({pod});
    view.channel->setTargets({pod, {u"ns"_s, u"nobody"_s, u"uid-9"_s, {}}});
    QTRY_COMPARE(view.state, LogFollower::State::Failed);
    QCOMPARE(first.opens, opens);
    QCOMPARE(view.text.size(), 1);
}

void TestLogChannel::goneAndForbiddenAreSaid()
{
    support::Server server;
    QVERIFY(server.start());
    server.on("/api/v1/namespaces/ns/pods/p", [](const HttpRequest &, const Responder &to) {
        to.json(403, support::statusJson(403, "Forbidden", "pods \"p\" is forbidden"));
    });
    Session session(configFor(server));
    session.start();
    View view(session.openLog({pod}));
    QTRY_COMPARE(view.state, LogFollower::State::Failed);
    QVERIFY(view.error);
    QCOMPARE(view.error->kind, kube::ErrorKind::Forbidden);
    View gone(session.openLog({{u"ns"_s, u"away"_s, u"uid-2"_s, {}}}));
    QTRY_COMPARE(gone.state, LogFollower::State::Failed);
    QCOMPARE(gone.error->kind, kube::ErrorKind::NotFound);
}

/// A server that is restarting: errors, a cut, garbage; then the log comes whole.
void TestLogChannel::badAnswersAboutThePodPass()
{
    support::Server server;
    QVERIFY(server.start());
    support::LogServer log(server, 5);
    log.write("first");
    int bad = 0;
    const QByteArray path = "/api/v1/namespaces/ns/pods/p";
    for (int i = 0; i < 2; ++i) {
        server.once(path, [&](const HttpRequest &, const Responder &to) {
            ++bad;
            to.json(503, support::statusJson(503, "ServiceUnavailable", "apiserver not ready"));
        });
    }
    for (int i = 0; i < 2; ++i) { // a cut is repeated once by the transport
        server.once(path, [&](const HttpRequest &, const Responder &to) {
            ++bad;
            to.abort();
        });
    }
    Session session(configFor(server));
    session.start();
    View view(session.openLog({pod}));
    QTRY_COMPARE_WITH_TIMEOUT(view.text, QList<QByteArray>{"first"}, 30000);
    QTRY_COMPARE(view.state, LogFollower::State::Following);
    QVERIFY(!view.error);
    QCOMPARE(bad, 4);
}

/// What one client was refused another may read: the refusal must not stay.
void TestLogChannel::anotherClientAsksAgain()
{
    support::Server server;
    QVERIFY(server.start());
    support::LogServer log(server, 6);
    log.write("first");
    support::Server refusing;
    QVERIFY(refusing.start());
    refusing.on("/api/v1/namespaces/ns/pods/p", [&](const HttpRequest &, const Responder &to) {
        to.json(403, support::statusJson(403, "Forbidden", "pods \"p\" is forbidden"));
    });
    Session session(configFor(refusing));
    session.start();
    View view(session.openLog({pod}));
    QTRY_COMPARE(view.state, LogFollower::State::Failed);
    session.reconfigure(configFor(server));
    QTRY_COMPARE(view.text, QList<QByteArray>{"first"});
    QTRY_COMPARE(view.state, LogFollower::State::Following);
    QVERIFY(!view.error);
}

QTEST_GUILESS_MAIN(TestLogChannel)
#include "tst_logchannel.moc"
