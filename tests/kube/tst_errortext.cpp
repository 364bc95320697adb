// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Every kind of error has words of its own: what failed, why, what to do; and none ever shows what is secret.

#include "kube/error.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace kube;

namespace {

constexpr int kinds = int(ErrorKind::TooLarge) + 1;

Error sample(ErrorKind kind)
{
    Error error;
    error.kind = kind;
    error.host = u"192.0.2.1:6443"_s;
    error.verb = u"list"_s;
    error.resource = u"pods"_s;
    error.ns = u"harvester-system"_s;
    error.name = u"web-0"_s;
    error.message = u"its own words"_s;
    return error;
}

} // namespace

class ErrorTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyKindHasItsOwnWords()
    {
        QSet<QString> words;
        QSet<QString> headlines;
        QSet<QString> advice;
        for (int i = 0; i < kinds; ++i) {
            const auto kind = ErrorKind(i);
            const ErrorText text = describe(sample(kind));
            QVERIFY(!errorWord(kind).isEmpty() && errorWord(kind) != "unknown"_L1);
            QCOMPARE(errorWord(kind), errorWord(kind).toLower());
            QVERIFY(!text.headline.isEmpty());
            QVERIFY2(!text.headline.contains("%"_L1) && !text.advice.contains("%"_L1), qPrintable(text.headline));
            QCOMPARE(text.cause, u"its own words"_s);
            if (kind != ErrorKind::Cancelled)
                QVERIFY2(!text.advice.isEmpty(), qPrintable(errorWord(kind)));
            words.insert(errorWord(kind));
            headlines.insert(text.headline);
            advice.insert(text.advice);
        }
        QCOMPARE(words.size(), kinds);
        QCOMPARE(headlines.size(), kinds);
        QCOMPARE(advice.size(), kinds);
    }

    void emptyErrorsStillSpeak()
    {
        for (int i = 0; i < kinds; ++i) {
            Error error;
            error.kind = ErrorKind(i);
            const ErrorText text = describe(error);
            QVERIFY(!text.headline.isEmpty());
            QVERIFY2(!text.headline.contains("\"\""_L1) && !text.headline.contains("  "_L1), qPrintable(text.headline));
            QVERIFY2(text.headline.at(0).isUpper(), qPrintable(text.headline));
        }
    }

    void headline_data()
    {
        QTest::addColumn<Error>("error");
        QTest::addColumn<QString>("headline");
        Error e = sample(ErrorKind::Forbidden);
        e.user = u"jane"_s;
        e.resource = u"pods/log"_s;
        QTest::newRow("all of a 403")
            << e << u"User \"jane\" may not list pods/log \"web-0\" in namespace \"harvester-system\""_s;
        e.name.clear();
        QTest::newRow("403 of a list") << e
                                       << u"User \"jane\" may not list pods/log in namespace \"harvester-system\""_s;
        e.ns.clear();
        QTest::newRow("403 cluster scope") << e << u"User \"jane\" may not list pods/log"_s;
        e.user.clear();
        QTest::newRow("403 nobody") << e << u"You may not list pods/log"_s;
        e.ns = u"x"_s;
        QTest::newRow("403 nobody in a namespace") << e << u"You may not list pods/log in namespace \"x\""_s;
        e = {};
        e.kind = ErrorKind::Forbidden;
        QTest::newRow("403 of nothing known") << e << u"The server does not allow this"_s;
        e = sample(ErrorKind::NotFound);
        QTest::newRow("404 object") << e << u"pods \"web-0\" does not exist in namespace \"harvester-system\""_s;
        e.ns.clear();
        QTest::newRow("404 cluster scope") << e << u"pods \"web-0\" does not exist"_s;
        e.name.clear();
        QTest::newRow("404 kind") << e << u"192.0.2.1:6443 does not serve pods"_s;
        e = sample(ErrorKind::Conflict);
        QTest::newRow("409") << e << u"pods \"web-0\" was changed by somebody else"_s;
        e.reason = u"AlreadyExists"_s;
        QTest::newRow("409 exists") << e << u"pods \"web-0\" exists already"_s;
        e = sample(ErrorKind::Server);
        QTest::newRow("500") << e << u"192.0.2.1:6443 failed to answer the request"_s;
        e.httpStatus = 503;
        QTest::newRow("503") << e << u"192.0.2.1:6443 is not ready"_s;
        QTest::newRow("dns") << sample(ErrorKind::HostNotFound) << u"The host name of 192.0.2.1:6443 is not known"_s;
    }
    void headline()
    {
        QFETCH(const Error, error);
        QTEST(describe(error).headline, "headline");
    }

    void retryAfterIsTold()
    {
        Error error = sample(ErrorKind::TooManyRequests);
        error.retryAfter = std::chrono::milliseconds(1500);
        QVERIFY(describe(error).advice.contains(u'2'));
    }

    void hintGoesFirst()
    {
        Error error = sample(ErrorKind::Credential);
        error.hint = u"install\nthe \u001b[31mplugin"_s;
        QCOMPARE(describe(error).advice, u"install the [31mplugin"_s);
    }

    void causeChain()
    {
        Error inner;
        inner.message = u"inner"_s;
        Error error = sample(ErrorKind::Proxy);
        error.cause = std::make_shared<Error>(inner);
        QCOMPARE(describe(error).cause, u"its own words: inner"_s);
        error.message = u"inner"_s;
        QCOMPARE(describe(error).cause, u"inner"_s);
        error.message.clear();
        error.cause.reset();
        error.httpStatus = 502;
        error.reason = u"BadGateway"_s;
        QCOMPARE(describe(error).cause, u"HTTP 502 BadGateway"_s);
    }

    void foreignTextIsPlainAndBounded()
    {
        Error error = sample(ErrorKind::Server);
        error.message = u"a\r\n\tb\u202eevil\u0007"_s + QString(100000, u'x');
        const QString cause = describe(error).cause;
        QVERIFY(cause.startsWith("a bevil"_L1));
        QVERIFY(cause.size() < 2000);
        error.host = u"host\nname"_s;
        QVERIFY(!describe(error).headline.contains(u'\n'));
    }

    void percentInForeignTextIsNoPlace()
    {
        Error error = sample(ErrorKind::Forbidden);
        error.user = u"%2"_s;
        error.resource = u"%4"_s;
        error.name.clear();
        QCOMPARE(describe(error).headline, u"User \"%2\" may not list %4 in namespace \"harvester-system\""_s);
    }

    void transient()
    {
        const QSet<ErrorKind> passing{ErrorKind::HostNotFound, ErrorKind::Refused, ErrorKind::Unreachable,
            ErrorKind::Timeout, ErrorKind::Proxy, ErrorKind::VersionTooLarge, ErrorKind::TooManyRequests,
            ErrorKind::Server, ErrorKind::Cut};
        for (int i = 0; i < kinds; ++i) {
            Error error;
            error.kind = ErrorKind(i);
            QCOMPARE(error.isTransient(), passing.contains(error.kind));
        }
        Error error;
        error.kind = ErrorKind::Server;
        error.httpStatus = 501;
        QVERIFY(!error.isTransient());
    }

    void debug()
    {
        QString text;
        Error error = sample(ErrorKind::Forbidden);
        error.httpStatus = 403;
        error.cause = std::make_shared<Error>(sample(ErrorKind::Tls));
        QDebug(&text) << error;
        QVERIFY2(text.contains("forbidden 403"_L1) && text.contains("cause=kube::Error(tls"_L1)
                && text.contains("verb=list"_L1),
            qPrintable(text));
    }
};

QTEST_GUILESS_MAIN(ErrorTextTest)
#include "tst_errortext.moc"
