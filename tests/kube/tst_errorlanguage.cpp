// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Why a connection failed is said in the same words whatever language Qt speaks at that moment: the language can be
// switched while the error is on screen.

#include "kube/client.h"

#include <QTcpServer>
#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;

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
    }
};

QTEST_GUILESS_MAIN(TestErrorLanguage)
#include "tst_errorlanguage.moc"
