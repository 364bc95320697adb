// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Contexts with the same exec plugin share one run and what it gave, whatever thread they live in.

#include "support/kube_plugin.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace kube;
using support::Plugin;

namespace {

/// A question under way.
struct Question {
    explicit Question(CredentialProvider &provider)
    {
        provider.request(&context, [this](const Result<Credential> &c) { answer = c; });
    }
    [[nodiscard]] QByteArray token() const
    {
        return answer && *answer ? (*answer)->authorization.reveal() : QByteArray("none");
    }
    QObject context;
    std::optional<Result<Credential>> answer;
};

} // namespace

class ExecSharedTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("SHELL", "/bin/sh"); }

    void oneRunForTwoContexts()
    {
        Plugin plugin;
        plugin.write(plugin.waitingFor("go") + plugin.giving("t$n"));
        ClusterConfig other = plugin.config();
        other.server = QUrl(u"https://other:6443"_s);
        other.contextName = u"other"_s;
        other.exec->file = u"/etc/second-kubeconfig"_s; // client-go does not look at it either
        CredentialProvider a(plugin.config(), Plugin::consented());
        CredentialProvider b(other, Plugin::consented());
        QSignalSpy runningA(&a, &CredentialProvider::execRunning);
        QSignalSpy runningB(&b, &CredentialProvider::execRunning);
        const Question first(a);
        const Question second(b);
        QTRY_COMPARE(plugin.runs(), 1);
        QTRY_COMPARE(runningB.size(), 1);
        plugin.touch("go");
        QTRY_COMPARE(first.token(), "Bearer t1");
        QTRY_COMPARE(second.token(), "Bearer t1");
        QTRY_COMPARE(runningA.size(), 2);
        QTRY_COMPARE(runningB.size(), 2);
        // Who comes later has it at once.
        CredentialProvider c(other, Plugin::consented());
        QCOMPARE(Plugin::ask(c)->authorization.reveal(), "Bearer t1");
        QCOMPARE(plugin.runs(), 1);
    }

    void whatMakesAnotherPlugin_data()
    {
        QTest::addColumn<std::function<void(ClusterConfig &)>>("change");
        QTest::addColumn<bool>("shared");
        using Change = std::function<void(ClusterConfig &)>;
        const QUrl server(u"https://other:6443"_s);
        QTest::newRow("same") << Change([](ClusterConfig &) { }) << true;
        QTest::newRow("arguments") << Change([](ClusterConfig &c) { c.exec->args << u"x"_s; }) << false;
        QTest::newRow("environment") << Change([](ClusterConfig &c) { c.exec->env.emplaceBack(u"A"_s, u"b"_s); })
                                     << false;
        QTest::newRow("server, not told") << Change([=](ClusterConfig &c) { c.server = server; }) << true;
        QTest::newRow("authority, not told") << Change([](ClusterConfig &c) { c.caData = "x"; }) << true;
        QTest::newRow("server, told") << Change([=](ClusterConfig &c) {
            c.server = server;
            c.exec->provideClusterInfo = true;
        }) << false;
        QTest::newRow("interactive mode")
            << Change([](ClusterConfig &c) { c.exec->interactive = ExecConfig::Interactive::Never; }) << false;
        QTest::newRow("user and context names") << Change([](ClusterConfig &c) {
            c.userName = u"u"_s;
            c.contextName = u"c"_s;
        }) << true;
    }
    void whatMakesAnotherPlugin()
    {
        QFETCH(const std::function<void(ClusterConfig &)>, change);
        QFETCH(const bool, shared);
        Plugin plugin;
        plugin.write(plugin.giving("t$n"));
        ClusterConfig other = plugin.config();
        change(other);
        CredentialProvider a(plugin.config(), Plugin::consented());
        CredentialProvider b(other, Plugin::consented());
        QVERIFY(Plugin::ask(a));
        QCOMPARE(Plugin::ask(b)->authorization.reveal(), shared ? "Bearer t1" : "Bearer t2");
    }

    void toldAboutDifferentClusters()
    {
        Plugin plugin;
        plugin.write(plugin.giving("t$n"));
        ClusterConfig one = plugin.config();
        one.exec->provideClusterInfo = true;
        ClusterConfig two = one;
        two.server = QUrl(u"https://other:6443"_s);
        CredentialProvider a(one, Plugin::consented());
        CredentialProvider b(two, Plugin::consented());
        CredentialProvider c(one, Plugin::consented());
        QVERIFY(Plugin::ask(a));
        QCOMPARE(Plugin::ask(b)->authorization.reveal(), "Bearer t2");
        QCOMPARE(Plugin::ask(c)->authorization.reveal(), "Bearer t1");
    }

    void cancelOfOneLeavesTheOther()
    {
        Plugin plugin;
        plugin.write(plugin.waitingFor("go") + plugin.giving("t$n"));
        CredentialProvider a(plugin.config(), Plugin::consented());
        CredentialProvider b(plugin.config(), Plugin::consented());
        QSignalSpy changed(&a, &CredentialProvider::changed);
        const Question first(a);
        const Question second(b);
        QTRY_COMPARE(plugin.runs(), 1);
        a.cancel();
        QTRY_VERIFY(first.answer);
        QCOMPARE((*first.answer).error().kind, ErrorKind::Cancelled);
        // Whoever asks in the cancelled context does not wait again.
        const Result<Credential> again = Plugin::ask(a);
        QVERIFY(!again);
        QCOMPARE(again.error().kind, ErrorKind::Credential);
        QVERIFY(!second.answer);
        plugin.touch("go");
        QTRY_COMPARE(second.token(), "Bearer t1");
        // There is a credential after all.
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(Plugin::ask(a)->authorization.reveal(), "Bearer t1");
        QCOMPARE(plugin.runs(), 1);
    }

    void endOfOneLeavesTheOther()
    {
        Plugin plugin;
        plugin.write(plugin.waitingFor("go") + plugin.giving("t$n"));
        auto a = std::make_unique<CredentialProvider>(plugin.config(), Plugin::consented());
        CredentialProvider b(plugin.config(), Plugin::consented());
        const Question first(*a);
        const Question second(b);
        QTRY_COMPARE(plugin.runs(), 1);
        a.reset(); // it was the one that started it
        plugin.touch("go");
        QTRY_COMPARE(second.token(), "Bearer t1");
        QVERIFY(!first.answer);
    }

    void cancelOfAllEndsIt()
    {
        Plugin plugin;
        plugin.write("trap 'echo x > " + plugin.path("ended").toUtf8() + "' EXIT\necho $$ > "
            + plugin.path("pid").toUtf8() + "\nsleep 300\n");
        CredentialProvider a(plugin.config(), Plugin::consented());
        CredentialProvider b(plugin.config(), Plugin::consented());
        const Question first(a);
        const Question second(b);
        QTRY_VERIFY(plugin.content("pid").endsWith('\n'));
        const QString process = u"/proc/"_s + QString::fromLatin1(plugin.content("pid").trimmed());
        a.cancel();
        QVERIFY(QFile::exists(process));
        b.cancel();
        QTRY_VERIFY(!QFile::exists(process));
        QTRY_VERIFY(first.answer && second.answer);
        // A third context does not open the browser again straight away.
        CredentialProvider c(plugin.config(), Plugin::consented());
        QVERIFY(!Plugin::ask(c));
        QCOMPARE(plugin.runs(), 1);
    }

    void refreshAfterRefusalServesBoth()
    {
        Plugin plugin;
        plugin.write(plugin.giving("t$n"));
        CredentialProvider a(plugin.config(), Plugin::consented());
        CredentialProvider b(plugin.config(), Plugin::consented());
        QSignalSpy changed(&b, &CredentialProvider::changed);
        const quint64 idA = Plugin::ask(a)->id;
        const quint64 idB = Plugin::ask(b)->id;
        QVERIFY(a.rejected(idA));
        QCOMPARE(Plugin::ask(a)->authorization.reveal(), "Bearer t2");
        QTRY_COMPARE(changed.size(), 1); // what the other had parked may try again
        // Its late 401 for the old one does not run the plugin a third time.
        QVERIFY(b.rejected(idB));
        QCOMPARE(Plugin::ask(b)->authorization.reveal(), "Bearer t2");
        QCOMPARE(plugin.runs(), 2);
    }

    void failureIsToldToBothAndRunOnce()
    {
        Plugin plugin("exit 7\n");
        CredentialProvider a(plugin.config(), Plugin::consented());
        CredentialProvider b(plugin.config(), Plugin::consented());
        QVERIFY(!Plugin::ask(a));
        const Result<Credential> second = Plugin::ask(b);
        QVERIFY(!second);
        QVERIFY(second.error().message.contains("exit code 7"_L1));
        QCOMPARE(plugin.runs(), 1);
        // The person signs in and tries again in one window: both go on.
        QSignalSpy changed(&a, &CredentialProvider::changed);
        plugin.write(plugin.giving("t$n"));
        b.reset();
        QCOMPARE(Plugin::ask(b)->authorization.reveal(), "Bearer t2");
        QTRY_COMPARE(changed.size(), 1);
        QCOMPARE(Plugin::ask(a)->authorization.reveal(), "Bearer t2");
        QCOMPARE(plugin.runs(), 2);
    }

    void consentIsEachOnesOwn()
    {
        Plugin plugin;
        plugin.write(plugin.giving("t$n"));
        CredentialProvider a(plugin.config(), Plugin::consented());
        CredentialProvider b(plugin.config(), {});
        QVERIFY(Plugin::ask(a));
        const Result<Credential> refused = Plugin::ask(b);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::ConsentNeeded);
        b.grantConsent();
        QCOMPARE(Plugin::ask(b)->authorization.reveal(), "Bearer t1");
        QCOMPARE(plugin.runs(), 1);
    }

    void forgottenWithTheLast()
    {
        Plugin plugin;
        plugin.write(plugin.giving("t$n"));
        {
            CredentialProvider a(plugin.config(), Plugin::consented());
            QVERIFY(Plugin::ask(a));
        }
        CredentialProvider b(plugin.config(), Plugin::consented());
        QCOMPARE(Plugin::ask(b)->authorization.reveal(), "Bearer t2");
    }

    void manyThreads()
    {
        Plugin plugin;
        plugin.write(plugin.waitingFor("go") + plugin.giving("t$n"));
        const ClusterConfig config = plugin.config();
        // Asked before the threads: were those that go the only ones at some moment, the run
        // would rightly end with the last of them, and the rest would share a second one.
        CredentialProvider kept(config, Plugin::consented());
        const Question mine(kept);
        constexpr int count = 8;
        QAtomicInt waiting = 0;
        QAtomicInt good = 0;
        QList<QThread *> threads;
        for (int i = 0; i < count; ++i) {
            threads += QThread::create([&, i] {
                CredentialProvider provider(config, Plugin::consented());
                const auto question = std::make_unique<Question>(provider);
                waiting.ref();
                if (i % 2 == 1) { // half of them go again at once, in their own ways
                    if (i % 4 == 1)
                        provider.cancel();
                    return;
                }
                if (QTest::qWaitFor([&] { return question->answer.has_value(); }, 20000)
                    && question->token() == "Bearer t1")
                    good.ref();
            });
            threads.last()->start();
        }
        QTRY_COMPARE(waiting.loadRelaxed(), count);
        plugin.touch("go");
        QTRY_VERIFY(mine.answer);
        for (QThread *thread : std::as_const(threads)) {
            QVERIFY(thread->wait(30000));
            delete thread;
        }
        QCOMPARE(good.loadRelaxed(), count / 2);
    }
};

QTEST_GUILESS_MAIN(ExecSharedTest)
#include "tst_execshared.moc"
