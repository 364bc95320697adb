// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Why a log ended is a code in the line and words only when it is shown.

#include "kube/logline.h"

#include <QCoreApplication>
#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;
using namespace kube;

namespace {

class Loud : public QTranslator {
public:
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *, const char *text, const char *, int) const override
    {
        return QString::fromLatin1(text).toUpper();
    }
};

} // namespace

class TestLogLine : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void endText_data()
    {
        QTest::addColumn<QByteArray>("code");
        QTest::addColumn<QString>("words");
        QTest::newRow("completed") << QByteArray("Completed, exit code 0") << u"Completed, EXIT CODE 0"_s;
        QTest::newRow("odd reason") << QByteArray("a, exit code b, exit code -1") << u"a, exit code b, EXIT CODE -1"_s;
        QTest::newRow("gone") << QByteArray(logEndPodGone) << u"THE POD IS GONE"_s;
        QTest::newRow("replaced") << QByteArray(logEndPodReplaced)
                                  << u"THE POD WAS REPLACED BY ANOTHER OF THE SAME NAME"_s;
        QTest::newRow("never ran") << QByteArray(logEndNeverRan) << u"THE CONTAINER NEVER RAN"_s;
        QTest::newRow("unknown") << QByteArray("something new") << u"something new"_s;
        QTest::newRow("no number") << QByteArray("x, exit code y") << u"x, exit code y"_s;
        QTest::newRow("nothing") << QByteArray() << QString();
    }
    void endText()
    {
        QFETCH(const QByteArray, code);
        Loud loud;
        QVERIFY(QCoreApplication::installTranslator(&loud));
        QTEST(logEndText(code), "words");
        QCoreApplication::removeTranslator(&loud);
        QCOMPARE(logEndText(code), QString::fromUtf8(code)); // the code is the English words
    }
};

QTEST_GUILESS_MAIN(TestLogLine)
#include "tst_logline.moc"
