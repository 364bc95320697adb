// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Exec plugins as real child processes: small shell scripts that behave well, badly and not at all.

#include "kube/credentials.h"
#include "kube/execplugin.h"
#include "kube/loginshell.h"
#include "support/kube_await.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <csignal>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace kube;

namespace {

const QString marker = u"MARKER-SECRET-7731"_s;
const QString v1 = u"client.authentication.k8s.io/v1"_s;

QByteArray answer(const QString &status, const QString &version = v1)
{
    return u"{\"apiVersion\":\"%1\",\"kind\":\"ExecCredential\",\"status\":%2}"_s.arg(version, status).toUtf8();
}

QByteArray tokenAnswer(const QString &token = marker)
{
    return answer(u"{\"token\":\"%1\"}"_s.arg(token));
}

/// Prints it byte for byte; no quoting to get wrong.
QByteArray print(const QByteArray &bytes)
{
    return "cat <<'END_OF_ANSWER'\n" + bytes + "\nEND_OF_ANSWER\n";
}

QString inFuture(int seconds)
{
    return QDateTime::currentDateTimeUtc().addSecs(seconds).toString(Qt::ISODate);
}

bool alive(qint64 pid)
{
    if (::kill(pid_t(pid), 0) != 0)
        return false;
    QFile stat(u"/proc/%1/stat"_s.arg(pid)); // dead and not yet waited for by whoever inherited it
    return !stat.open(QIODevice::ReadOnly) || !stat.readAll().contains(") Z ");
}

QString everythingSaid(const Error &error)
{
    QString text;
    QDebug(&text) << error;
    const ErrorText words = describe(error);
    return text + words.headline + words.cause + words.advice + error.hint;
}

} // namespace

class ExecTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { qputenv("SHELL", "/bin/sh"); }

    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
    }

    void token()
    {
        CredentialProvider provider(config(print(tokenAnswer())), consented());
        QSignalSpy running(&provider, &CredentialProvider::execRunning);
        const Result<Credential> credential = ask(provider);
        QVERIFY2(credential, credential ? "" : qPrintable(credential.error().message));
        QCOMPARE(credential->authorization.reveal(), "Bearer " + marker.toUtf8());
        QVERIFY(!credential->expiresAt.isValid());
        QTRY_COMPARE(running.size(), 2);
        QCOMPARE(running.first(), (QVariantList{script(), true}));
        QCOMPARE(running.last(), (QVariantList{script(), false}));
        QCOMPARE(ask(provider)->id, credential->id); // cached
        QCOMPARE(runs(), 1);
    }

    void v1beta1()
    {
        ClusterConfig c = config(print(answer(u"{\"token\":\"t\"}"_s, u"client.authentication.k8s.io/v1beta1"_s)));
        c.exec->apiVersion = u"client.authentication.k8s.io/v1beta1"_s;
        CredentialProvider provider(c, consented());
        QVERIFY(ask(provider));
    }

    void twentyAtOnceAreOneRun()
    {
        CredentialProvider provider(config("sleep 0.3\n" + print(tokenAnswer())), consented());
        QObject context;
        int answers = 0;
        QSet<quint64> ids;
        for (int i = 0; i < 20; ++i) {
            provider.request(&context, [&](const Result<Credential> &c) {
                ++answers;
                if (c)
                    ids.insert(c->id);
            });
        }
        QCOMPARE(answers, 0); // never from inside the call
        QTRY_COMPARE(answers, 20);
        QCOMPARE(ids.size(), 1);
        QCOMPARE(runs(), 1);
    }

    void deadContextHearsNothing()
    {
        CredentialProvider provider(config(print(tokenAnswer())), consented());
        auto context = std::make_unique<QObject>();
        bool called = false;
        provider.request(context.get(), [&](const Result<Credential> &) { called = true; });
        context.reset();
        QVERIFY(ask(provider));
        QVERIFY(!called);
        QCOMPARE(runs(), 1);
    }

    void failures_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("words");
        const QByteArray leak = "echo " + marker.toUtf8() + "\necho " + marker.toUtf8() + " >&2\n";
        QTest::newRow("exit 1") << leak + "exit 1\n" << u"failed with exit code 1"_s;
        QTest::newRow("exit 77") << leak + "exit 77\n" << u"failed with exit code 77"_s;
        QTest::newRow("signal") << leak + "kill -9 $$\n" << u"crashed or was ended"_s;
        QTest::newRow("prints nothing") << QByteArray("exit 0\n") << u"printed nothing"_s;
        QTest::newRow("no json") << leak << u"did not print an ExecCredential as JSON"_s;
        QTest::newRow("two objects") << print(tokenAnswer()) + print(tokenAnswer()) << u"as JSON"_s;
        QTest::newRow("list") << print("[\"" + marker.toUtf8() + "\"]") << u"as JSON"_s;
        QTest::newRow("cut json") << print(tokenAnswer().chopped(3)) << u"as JSON"_s;
        QTest::newRow("wrong kind") << print("{\"apiVersion\":\"" + v1.toUtf8() + "\",\"kind\":\"" + marker.toUtf8()
            + "\"}") << u"kind ExecCredential"_s;
        QTest::newRow("wrong version")
            << print(answer(u"{\"token\":\"%1\"}"_s.arg(marker), u"client.authentication.k8s.io/v1beta1"_s))
            << u"exec plugin is configured to use API version client.authentication.k8s.io/v1, plugin returned version client.authentication.k8s.io/v1beta1"_s;
        QTest::newRow("strange version") << print(answer(u"{\"token\":\"x\"}"_s, u"a b "_s + marker))
                                         << u"plugin returned version (none)"_s;
        QTest::newRow("no version") << print("{\"kind\":\"ExecCredential\",\"status\":{\"token\":\"" + marker.toUtf8()
            + "\"}}") << u"returned version"_s;
        QTest::newRow("no status") << print("{\"apiVersion\":\"" + v1.toUtf8() + "\",\"kind\":\"ExecCredential\"}")
                                   << u"didn't return a status field"_s;
        QTest::newRow("empty status") << print(answer(u"{}"_s)) << u"didn't return a token or cert/key pair"_s;
        QTest::newRow("token is a number") << print(answer(u"{\"token\":5}"_s)) << u"didn't return a token"_s;
        QTest::newRow("certificate alone")
            << print(answer(u"{\"clientCertificateData\":\"%1\"}"_s.arg(marker))) << u"only certificate or key"_s;
        QTest::newRow("key alone") << print(answer(u"{\"clientKeyData\":\"%1\",\"token\":\"a\"}"_s.arg(marker)))
                                   << u"only certificate or key"_s;
        QTest::newRow("bad certificate") << print(
            answer(u"{\"clientCertificateData\":\"%1\",\"clientKeyData\":\"%1\"}"_s.arg(marker)))
                                         << u"not a PEM certificate"_s;
        QTest::newRow("token with line break")
            << print(answer(u"{\"token\":\"%1\\r\\nX: y\"}"_s.arg(marker))) << u"control character"_s;
        QTest::newRow("bad expiry") << print(
            answer(u"{\"token\":\"%1\",\"expirationTimestamp\":\"tomorrow\"}"_s.arg(marker)))
                                    << u"RFC 3339"_s;
        QTest::newRow("floods stdout") << QByteArray("yes " + marker.toUtf8() + "\n") << u"more than 1 MiB"_s;
        QTest::newRow("waits on stdin") << QByteArray("read x || exit 9\n") << u"exit code 9"_s;
    }
    void failures()
    {
        QFETCH(const QByteArray, body);
        QFETCH(const QString, words);
        CredentialProvider provider(config(body), consented());
        const Result<Credential> credential = ask(provider);
        QVERIFY(!credential);
        const Error &error = credential.error();
        QCOMPARE(error.kind, ErrorKind::Credential);
        QVERIFY2(error.message.contains(words), qPrintable(error.message));
        QCOMPARE(error.name, script());
        QVERIFY2(describe(error).headline.contains(script()), qPrintable(describe(error).headline));
        QVERIFY2(!everythingSaid(error).contains(marker), qPrintable(everythingSaid(error)));
    }

    void hangingPluginIsEndedWithItsChildren()
    {
        const QString pids = m_dir->filePath(u"pids"_s);
        CredentialProvider::Options options = consented();
        options.execTimeout = 700ms;
        CredentialProvider provider(
            config("sleep 300 & echo $! > " + pids.toUtf8() + "\necho $$ >> " + pids.toUtf8() + "\nsleep 300\n"),
            options);
        QElapsedTimer timer;
        timer.start();
        const Result<Credential> credential = ask(provider);
        QVERIFY(!credential);
        QVERIFY2(
            credential.error().message.contains(script()) && credential.error().message.contains("within 0.7 s"_L1),
            qPrintable(credential.error().message));
        QVERIFY(timer.elapsed() >= 600); // timers are a little coarse
        QVERIFY(timer.elapsed() < 10000);
        const QList<qint64> children = pidsIn(pids);
        QCOMPARE(children.size(), 2);
        for (const qint64 pid : children)
            QTRY_VERIFY(!alive(pid));
    }

    void cancelEndsIt()
    {
        const QString pids = m_dir->filePath(u"pids"_s);
        CredentialProvider provider(
            config("echo $$ > " + pids.toUtf8() + "\necho " + marker.toUtf8() + " >&2\nsleep 300\n"), consented());
        QSignalSpy running(&provider, &CredentialProvider::execRunning);
        QObject context;
        std::optional<Result<Credential>> got;
        provider.request(&context, [&](const Result<Credential> &c) { got = c; });
        QTRY_COMPARE(pidsIn(pids).size(), 1);
        QTRY_VERIFY(provider.execMessages().contains(marker)); // on request only
        QElapsedTimer timer;
        timer.start();
        provider.cancel();
        QVERIFY2(timer.elapsed() < 1000, "cancel() blocks");
        QTRY_VERIFY(got);
        QVERIFY(!*got);
        QCOMPARE((*got).error().kind, ErrorKind::Cancelled);
        QTRY_COMPARE(running.size(), 2);
        QTRY_VERIFY(!alive(pidsIn(pids).first()));
        // The next watch that asks does not open the browser again…
        const Result<Credential> next = ask(provider);
        QVERIFY(!next);
        QCOMPARE(next.error().kind, ErrorKind::Credential);
        QCOMPARE(runs(), 1);
        // … the person who tries again does.
        rewrite(print(tokenAnswer()));
        provider.reset();
        QVERIFY(ask(provider));
        QCOMPARE(runs(), 2);
        provider.cancel(); // nothing runs: nothing happens
        QVERIFY(ask(provider));
    }

    void destructionEndsItAtOnce()
    {
        const QString pids = m_dir->filePath(u"pids"_s);
        auto provider
            = std::make_unique<CredentialProvider>(config("trap '' TERM INT HUP\n sleep 300 & echo $! > "
                                                       + pids.toUtf8() + "\necho $$ >> " + pids.toUtf8() + "\nwait\n"),
                consented());
        QObject context;
        bool called = false;
        provider->request(&context, [&](const Result<Credential> &) { called = true; });
        QTRY_COMPARE(pidsIn(pids).size(), 2);
        QElapsedTimer timer;
        timer.start();
        provider.reset();
        QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        for (const qint64 pid : pidsIn(pids))
            QTRY_VERIFY(!alive(pid));
        QVERIFY(!called);
    }

    void deletedInItsOwnCallback()
    {
        auto *provider = new CredentialProvider(config(print(tokenAnswer())), consented());
        QObject context;
        bool done = false;
        provider->request(&context, [&](const Result<Credential> &) {
            delete provider;
            done = true;
        });
        QTRY_VERIFY(done);
    }

    void consent()
    {
        CredentialProvider provider(config(print(tokenAnswer())), {});
        const Result<Credential> refused = ask(provider);
        QVERIFY(!refused);
        QCOMPARE(refused.error().kind, ErrorKind::ConsentNeeded);
        QCOMPARE(refused.error().name, script());
        QVERIFY(refused.error().message.contains(script()));
        QVERIFY(refused.error().message.contains("/etc/kubeconfig"_L1));
        QCOMPARE(runs(), 0);
        provider.grantConsent();
        QVERIFY(ask(provider));
        QCOMPARE(runs(), 1);
    }

    void notFound()
    {
        ClusterConfig c = config({});
        c.exec->command = u"gleaner-no-such-plugin"_s;
        c.exec->installHint = u"apt install\n\u001b[2Jit"_s;
        CredentialProvider provider(c, consented());
        const Result<Credential> credential = ask(provider);
        QVERIFY(!credential);
        QVERIFY(credential.error().message.contains("executable gleaner-no-such-plugin not found"_L1));
        QCOMPARE(credential.error().hint, u"apt install [2Jit"_s);
        c.exec->command = m_dir->filePath(u"nothing"_s);
        c.exec->installHint.clear();
        CredentialProvider absolute(c, consented());
        QVERIFY(!describe(ask(absolute).error()).advice.isEmpty());
    }

    void neverFromTheCurrentFolder()
    {
        const QString before = QDir::currentPath();
        config(print(tokenAnswer()));
        QVERIFY(QDir::setCurrent(m_dir->path()));
        ClusterConfig c = config(print(tokenAnswer()));
        for (const QString &command : {u"plugin.sh"_s, u"./plugin.sh"_s}) {
            c.exec->command = command;
            CredentialProvider provider(c, consented());
            const QByteArray path = qgetenv("PATH");
            qputenv("PATH", ".::" + path);
            QVERIFY2(!ask(provider), qPrintable(command));
            qputenv("PATH", path);
        }
        QVERIFY(QDir::setCurrent(before));
        QCOMPARE(runs(), 0);
    }

    void notExecutable()
    {
        ClusterConfig c = config(print(tokenAnswer()));
        QFile(script()).setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        {
            CredentialProvider provider(c, consented());
            QVERIFY(!ask(provider));
        }
        QFile(script()).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        QFile file(script());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("#!/nonexistent/interpreter\n");
        file.close();
        CredentialProvider second(c, consented());
        const Result<Credential> credential = ask(second);
        QVERIFY(!credential);
        QVERIFY2(credential.error().message.contains("cannot be started"_L1), qPrintable(credential.error().message));
    }

    void interactiveAlways()
    {
        ClusterConfig c = config(print(tokenAnswer()));
        c.exec->interactive = ExecConfig::Interactive::Always;
        c.exec->args
            = {u"login"_s, u"it's"_s, u"--client-secret="_s + marker, u"--password"_s, marker, u"--region"_s, u"eu"_s};
        CredentialProvider provider(c, consented());
        const Result<Credential> credential = ask(provider);
        QVERIFY(!credential);
        QVERIFY(credential.error().message.contains("standard input is not a terminal"_L1));
        QVERIFY2(credential.error().hint.contains(
                     script() + u" login 'it'\\''s' --client-secret=… --password … --region eu"_s),
            qPrintable(credential.error().hint));
        QVERIFY(!everythingSaid(credential.error()).contains(marker));
        QCOMPARE(runs(), 0);
    }

    void argumentsGoUnchanged()
    {
        ClusterConfig c = config("for a in \"$@\"; do printf '<%s>' \"$a\"; done > "
            + m_dir->filePath(u"args"_s).toUtf8() + "\n" + print(tokenAnswer()));
        c.exec->args = {u"a b"_s, u"$HOME"_s, u"; rm -rf x"_s, u"\"q\""_s, QString(), u"`id`"_s};
        CredentialProvider provider(c, consented());
        QVERIFY(ask(provider));
        QCOMPARE(content(u"args"_s), "<a b><$HOME><; rm -rf x><\"q\"><><`id`>");
    }

    void environment()
    {
        qputenv("GLEANER_TEST_OURS", "ours");
        qputenv("GLEANER_TEST_BOTH", "ours");
        ClusterConfig c = config("env > " + m_dir->filePath(u"env"_s).toUtf8() + "\n" + print(tokenAnswer()));
        c.exec->env = {{u"GLEANER_TEST_BOTH"_s, u"configured"_s}, {u"EMPTY"_s, QString()}, {u"TWICE"_s, u"1"_s},
            {u"TWICE"_s, u"2"_s}};
        CredentialProvider provider(c, consented());
        QVERIFY(ask(provider));
        const QList<QByteArray> env = content(u"env"_s).split('\n');
        QVERIFY(env.contains("GLEANER_TEST_OURS=ours"));
        QVERIFY(env.contains("GLEANER_TEST_BOTH=configured"));
        QVERIFY(env.contains("EMPTY="));
        QVERIFY(env.contains("TWICE=2"));
        const QJsonObject info = execInfoIn(env);
        QCOMPARE(info["apiVersion"_L1].toString(), v1);
        QCOMPARE(info["kind"_L1].toString(), u"ExecCredential"_s);
        QCOMPARE(info["spec"_L1].toObject(), (QJsonObject{{u"interactive"_s, false}})); // no cluster unless asked for
    }

    void clusterInfo()
    {
        ClusterConfig c = config("env > " + m_dir->filePath(u"env"_s).toUtf8() + "\n" + print(tokenAnswer()));
        c.exec->provideClusterInfo = true;
        c.exec->clusterExtension = QJsonObject{{u"audience"_s, u"me"_s}};
        c.tlsServerName = u"name"_s;
        c.proxyUrl = QUrl(u"socks5://p:1"_s);
        c.disableCompression = true;
        c.caFile = m_dir->filePath(u"ca"_s);
        QFile ca(c.caFile);
        QVERIFY(ca.open(QIODevice::WriteOnly));
        ca.write("PEM");
        ca.close();
        CredentialProvider provider(c, consented());
        QVERIFY(ask(provider));
        const QJsonObject cluster = execInfoIn(content(u"env"_s).split('\n'))["spec"_L1]["cluster"_L1].toObject();
        QCOMPARE(cluster,
            (QJsonObject{{u"server"_s, u"https://host:6443/k8s/clusters/local"_s}, {u"tls-server-name"_s, u"name"_s},
                {u"certificate-authority-data"_s, QString::fromLatin1(QByteArray("PEM").toBase64())},
                {u"proxy-url"_s, u"socks5://p:1"_s}, {u"disable-compression"_s, true},
                {u"config"_s, QJsonObject{{u"audience"_s, u"me"_s}}}}));
        c.caFile.clear();
        c.caData = "DATA";
        c.insecureSkipTlsVerify = true;
        const QJsonObject second = QJsonDocument::fromJson(execInfo(c)).object()["spec"_L1]["cluster"_L1].toObject();
        QCOMPARE(
            second["certificate-authority-data"_L1].toString(), QString::fromLatin1(QByteArray("DATA").toBase64()));
        QCOMPARE(second["insecure-skip-tls-verify"_L1].toBool(), true);
    }

    void ownSessionAndNoTerminal()
    {
        ClusterConfig c = config("ps -o sid= -p $$ > " + m_dir->filePath(u"sid"_s).toUtf8()
            + " 2>/dev/null || cut -d' ' -f6 /proc/$$/stat > " + m_dir->filePath(u"sid"_s).toUtf8() + "\necho $$ > "
            + m_dir->filePath(u"pid"_s).toUtf8() + "\n" + print(tokenAnswer()));
        CredentialProvider provider(c, consented());
        QVERIFY(ask(provider));
        QCOMPARE(content(u"sid"_s).trimmed(), content(u"pid"_s).trimmed());
    }

    void expiryRefreshes()
    {
        // The first lives two seconds, the next for an hour.
        const QString counter = runsFile();
        ClusterConfig c = config("n=$(wc -l < " + counter.toUtf8()
            + ")\nif [ $n -le 1 ]; then exp=" + inFuture(2).toUtf8() + "; else exp=" + inFuture(3600).toUtf8()
            + "; fi\necho '{\"apiVersion\":\"" + v1.toUtf8()
            + "\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"t'$n'\",\"expirationTimestamp\":\"'$exp'\"}}'\n");
        CredentialProvider provider(c, shortLived());
        QSignalSpy changed(&provider, &CredentialProvider::changed);
        const Result<Credential> first = ask(provider);
        QVERIFY2(first, first ? "" : qPrintable(first.error().message));
        QVERIFY(first->expiresAt.isValid());
        QCOMPARE(ask(provider)->id, first->id);
        QTRY_VERIFY_WITH_TIMEOUT(ask(provider)->id != first->id, 20000);
        const Result<Credential> second = ask(provider);
        QVERIFY(second->id > first->id);
        QCOMPARE(second->tlsId, first->tlsId); // a new token is not a new TLS identity
        QVERIFY(second->authorization.reveal() != first->authorization.reveal());
        QCOMPARE(runs(), 2);
        QTRY_COMPARE(changed.size(), 1);
    }

    void expiredOnArrivalIsUsedAndNotFetchedEachTime()
    {
        CredentialProvider provider(
            config(print(answer(u"{\"token\":\"t\",\"expirationTimestamp\":\"2020-01-01T00:00:00Z\"}"_s))),
            consented());
        const Result<Credential> first = ask(provider);
        QVERIFY(first);
        QCOMPARE(first->authorization.reveal(), "Bearer t");
        QCOMPARE(ask(provider)->id, first->id);
        QCOMPARE(runs(), 1);
    }

    void expiryFormats()
    {
        const ExecConfig exec = *config({}).exec;
        for (const QString &text :
            {u"2030-05-06T07:08:09Z"_s, u"2030-05-06T07:08:09.123456789Z"_s, u"2030-05-06T09:08:09+02:00"_s}) {
            const auto credential
                = readExecCredential(answer(u"{\"token\":\"t\",\"expirationTimestamp\":\"%1\"}"_s.arg(text)), exec);
            QVERIFY2(credential, qPrintable(text));
            QCOMPARE(credential->expiresAt.toUTC().toString(Qt::ISODate), u"2030-05-06T07:08:09Z"_s);
        }
    }

    void rejectedRefreshesOnce()
    {
        const QString counter = runsFile();
        CredentialProvider provider(
            config("n=$(wc -l < " + counter.toUtf8() + ")\necho '{\"apiVersion\":\"" + v1.toUtf8()
                + "\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"t'$n'\"}}'\n"),
            consented());
        QSignalSpy changed(&provider, &CredentialProvider::changed);
        const quint64 first = ask(provider)->id;
        QVERIFY(provider.rejected(first));
        QVERIFY(provider.rejected(first)); // a second request with the same credential: the same refresh
        const quint64 second = ask(provider)->id;
        QVERIFY(second > first);
        QCOMPARE(runs(), 2);
        QTRY_COMPARE(changed.size(), 1);
        // A late 401 of the first must not throw the second away.
        QVERIFY(provider.rejected(first));
        QCOMPARE(ask(provider)->id, second);
        QCOMPARE(runs(), 2);
        // The fresh one refused too: asking the plugin again and again would open a browser tab each time.
        QVERIFY(!provider.rejected(second));
        QCOMPARE(ask(provider)->id, second);
        QCOMPARE(runs(), 2);
        QVERIFY(!provider.rejected(0));
        provider.reset(); // the person tries again
        QVERIFY(ask(provider)->id > second);
        QCOMPARE(runs(), 3);
    }

    void refusedAgainIsAskedEverMoreRarely()
    {
        CredentialProvider::Options options = consented();
        options.execQuiet = 1ms;
        CredentialProvider provider(config(print(tokenAnswer())), options);
        const quint64 first = ask(provider)->id;
        QVERIFY(provider.rejected(first));
        const quint64 second = ask(provider)->id;
        QTRY_VERIFY(provider.rejected(second));
        QVERIFY(ask(provider)->id > second);
    }

    void failureKeepsWhatIsStillGood()
    {
        CredentialProvider provider(
            config(print(answer(u"{\"token\":\"t\",\"expirationTimestamp\":\"%1\"}"_s.arg(inFuture(4))))),
            shortLived());
        const Result<Credential> first = ask(provider);
        QVERIFY(first);
        rewrite("exit 3\n");
        // Past the time to refresh (a quarter before the end), the plugin fails, and the old one still holds.
        QTRY_COMPARE_WITH_TIMEOUT((ask(provider), runs()), 2, 20000);
        const Result<Credential> still = ask(provider);
        QVERIFY(still);
        QCOMPARE(still->id, first->id);
        // Really over: the failure is told.
        QTRY_VERIFY_WITH_TIMEOUT(!ask(provider), 20000);
        QCOMPARE(runs(), 2);
    }

    void failureIsRememberedForAWhile()
    {
        CredentialProvider::Options options = consented();
        options.execPause = 400ms;
        CredentialProvider provider(config("exit 1\n"), options);
        QVERIFY(!ask(provider));
        QVERIFY(!ask(provider));
        QVERIFY(!ask(provider));
        QCOMPARE(runs(), 1);
        rewrite(print(tokenAnswer()));
        QTRY_VERIFY(ask(provider));
        QCOMPARE(runs(), 2);
    }

    void notAskedWhenThereIsAToken()
    {
        ClusterConfig c = config("exit 1\n");
        c.token = Secret("own");
        CredentialProvider provider(c, {}); // nor is consent needed
        QCOMPARE(ask(provider)->authorization.reveal(), "Bearer own");
        QCOMPARE(runs(), 0);
    }

    void providersInThreads()
    {
        const ClusterConfig c = config(print(tokenAnswer()));
        LoginShell::forget();
        QList<QThread *> threads;
        QAtomicInt good = 0;
        for (int i = 0; i < 4; ++i) {
            QThread *thread = QThread::create([&] {
                CredentialProvider provider(c, consented());
                if (ask(provider))
                    good.ref();
            });
            threads += thread;
            thread->start();
        }
        for (QThread *thread : std::as_const(threads)) {
            QVERIFY(thread->wait(30000));
            delete thread;
        }
        QCOMPARE(good.loadRelaxed(), 4);
        QVERIFY(runs() >= 1 && runs() <= 4); // one each time that nobody had it
    }

private:
    [[nodiscard]] static CredentialProvider::Options consented()
    {
        CredentialProvider::Options options;
        options.execConsent = true;
        return options;
    }
    [[nodiscard]] static CredentialProvider::Options shortLived()
    {
        CredentialProvider::Options options = consented();
        options.execLeast = 100ms;
        return options;
    }
    [[nodiscard]] QString script() const { return m_dir->filePath(u"plugin.sh"_s); }
    [[nodiscard]] QString runsFile() const { return m_dir->filePath(u"runs"_s); }
    [[nodiscard]] QByteArray content(const QString &name) const
    {
        QFile file(m_dir->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    [[nodiscard]] int runs() const { return int(content(u"runs"_s).count('\n')); }
    void rewrite(const QByteArray &body)
    {
        // A new file: the old one may be running ("text file busy" on some systems).
        QFile::remove(script());
        QFile file(script());
        if (!file.open(QIODevice::WriteOnly))
            qFatal("cannot write the plugin");
        file.write("#!/bin/sh\necho run >> " + runsFile().toUtf8() + "\n" + body);
        file.close();
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    }
    ClusterConfig config(const QByteArray &body)
    {
        rewrite(body);
        ClusterConfig c;
        c.server = QUrl(u"https://host:6443/k8s/clusters/local"_s);
        c.userName = u"u"_s;
        ExecConfig exec;
        exec.command = script();
        exec.apiVersion = v1;
        exec.file = u"/etc/kubeconfig"_s;
        c.exec = exec;
        return c;
    }
    static Result<Credential> ask(CredentialProvider &provider)
    {
        return support::await<Credential>([&](QObject *context, auto done) { provider.request(context, done); });
    }
    static QList<qint64> pidsIn(const QString &path)
    {
        QFile file(path);
        QList<qint64> pids;
        if (file.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : file.readAll().split('\n')) {
                if (!line.isEmpty())
                    pids += line.toLongLong();
            }
        }
        return pids;
    }
    static QJsonObject execInfoIn(const QList<QByteArray> &env)
    {
        for (const QByteArray &line : env) {
            if (line.startsWith("KUBERNETES_EXEC_INFO="))
                return QJsonDocument::fromJson(line.mid(line.indexOf('=') + 1)).object();
        }
        return {};
    }

    std::unique_ptr<QTemporaryDir> m_dir;
};

QTEST_GUILESS_MAIN(ExecTest)
#include "tst_exec.moc"
