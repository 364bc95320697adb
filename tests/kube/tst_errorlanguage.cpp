// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Why a connection failed is said in the same words whatever language Qt speaks at that moment: the language can be
// switched while the error is on screen.

#include "kube/client.h"
#include "kube/tls.h"

#include <QTcpServer>
#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace {

/// A language in which every sentence is marked.
class Marked : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *text, const char *, int) const override
    {
        return qstrcmp(context, "kube::Error") == 0 ? u"«%1»"_s.arg(QLatin1StringView(text)) : QString();
    }
};

} // namespace

class TestErrorLanguage : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusedInAnyLanguage()
    {
        QTranslator chinese;
        QVERIFY(chinese.load(u":/i18n/qtbase_zh_CN.qm"_s));
        QVERIFY(QCoreApplication::installTranslator(&chinese));
        QTcpServer closed;
        QVERIFY(closed.listen(QHostAddress::LocalHost));
        kube::ClusterConfig config;
        config.server = QUrl(u"http://127.0.0.1:%1"_s.arg(closed.serverPort()));
        closed.close();
        kube::Client client(config);
        std::optional<kube::Error> error;
        client.version(this, [&error](const kube::Result<kube::ServerVersion> &version) {
            if (!version)
                error = version.error();
        });
        QTRY_VERIFY(error);
        QCOMPARE(error->kind, kube::ErrorKind::Refused);
        QCOMPARE(error->message, u"connection refused"_s);
        QVERIFY(kube::describe(*error).cause.isEmpty()); // the headline says it
    }

    /// What is wrong with a certificate is kept in our own words, and shown in those of the window.
    void certificates_data()
    {
        QTest::addColumn<int>("error");
        for (int error = QSslError::UnableToGetIssuerCertificate; error <= QSslError::CertificateBlacklisted; ++error)
            QTest::addRow("%d", error) << error;
        QTest::newRow("no OCSP answer") << int(QSslError::OcspNoResponseFound);
    }
    void certificates()
    {
        QFETCH(int, error);
        const QList<QSslError> errors{QSslError(QSslError::SslError(error)), QSslError(QSslError::HostNameMismatch)};
        Marked language;
        QVERIFY(QCoreApplication::installTranslator(&language));
        const kube::Error found = kube::handshakeError(errors, u"«Error during SSL handshake: error:0A000412:x»"_s);
        QVERIFY(!found.message.contains(u'«'));
        const QStringList said = found.message.split(u"; "_s);
        const QString shown = kube::describe(found).cause;
        QStringList marked;
        for (const QString &words : said)
            marked.append(u"«%1»"_s.arg(words));
        QCOMPARE(shown, marked.join(u"; "_s));
    }
    void handshakeWithoutCertificate()
    {
        Marked language;
        QVERIFY(QCoreApplication::installTranslator(&language));
        const kube::Error found = kube::handshakeError({}, u"Fehler: error:0A000412:SSL routines::bad certificate"_s);
        QCOMPARE(found.message, u"the TLS handshake failed (error:0A000412:SSL routines::bad certificate)"_s);
        QCOMPARE(kube::describe(found).cause,
            u"«the TLS handshake failed» (error:0A000412:SSL routines::bad certificate)"_s);
    }
};

QTEST_GUILESS_MAIN(TestErrorLanguage)
#include "tst_errorlanguage.moc"
