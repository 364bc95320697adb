// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Causes in our own words are kept in English and read in the language of the window.

#include "kube/credentialsown.h"
#include "kube/execpluginformat.h"
#include "kube/ownwords.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QTranslator>

using namespace Qt::StringLiterals;

namespace {

/// A language in which sentences are marked and their places stand the other way round.
class Marked : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char *context, const char *text, const char *, int) const override
    {
        if (qstrcmp(context, "kube::Error") != 0)
            return {};
        if (QByteArrayView(text).contains("%2"))
            return u"«%2 %1»"_s;
        return u"«%1»"_s.arg(QLatin1StringView(text));
    }
};

QString sources()
{
    QString all;
    for (const QString &folder : {u"/app/kube"_s, u"/app/session"_s}) {
        QDirIterator files(QLatin1StringView(GLEANER_SOURCE) + folder, {u"*.cpp"_s}, QDir::Files);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.fileName().endsWith("/ownwords.cpp"_L1) || !file.open(QIODevice::ReadOnly))
                continue;
            all += QString::fromUtf8(file.readAll());
        }
    }
    static const QRegularExpression joint(u"\"(_s)?\\s+u?\""_s); // a literal over several lines
    return all.replace(joint, QString());
}

} // namespace

class TestOwnWords : public QObject {
    Q_OBJECT
private Q_SLOTS:
    /// A sentence that is changed where it is said would no longer be found.
    void eachIsSaidSomewhere_data()
    {
        QTest::addColumn<QString>("sentence");
        for (const char *text : kube::ownSentences())
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void eachIsSaidSomewhere()
    {
        QFETCH(QString, sentence);
        static const QString all = sources();
        // Made of two parts there: with and without a proxy.
        sentence.remove(", through the proxy %2"_L1);
        sentence.replace(u'"', u"\\\""_s);
        QVERIFY(all.contains(u"u\"%1"_s.arg(sentence)) || all.contains(sentence + u'"'));
    }

    void translated_data()
    {
        QTest::addColumn<QString>("message");
        QTest::addColumn<QString>("shown");
        const auto row = [](const QString &message, const QString &shown) {
            QTest::newRow(qPrintable(message)) << message << shown;
        };
        row(u"the answer is empty"_s, u"«the answer is empty»"_s);
        row(u"no byte within 10 s"_s, u"«no byte within 10 s»"_s);
        row(u"no byte within 10 s, through the proxy p:80"_s, u"«p:80 10»"_s);
        row(u"exec: executable a%2b failed with exit code 3"_s, u"«3 a%2b»"_s); // not a place of ours
        row(u"pods \"x\" not found"_s, u"pods \"x\" not found"_s);
        row(u"well: the answer is empty"_s, u"well: the answer is empty"_s);
        row({}, {});
    }
    void translated()
    {
        QFETCH(QString, message);
        QFETCH(QString, shown);
        Marked language;
        QVERIFY(QCoreApplication::installTranslator(&language));
        QCOMPARE(kube::translatedWords(message), shown);
    }

    /// From where they are said to where they are shown.
    void ofAPlugin()
    {
        kube::ExecConfig plugin;
        plugin.command = u"login"_s;
        const auto nothing = kube::readExecCredential({}, plugin);
        QVERIFY(!nothing);
        QCOMPARE(nothing.error().message, u"exec plugin printed nothing"_s);
        QCOMPARE(kube::describe(nothing.error()).cause, u"exec plugin printed nothing"_s);
        Marked language;
        QVERIFY(QCoreApplication::installTranslator(&language));
        QCOMPARE(kube::describe(nothing.error()).cause, u"«exec plugin printed nothing»"_s);
    }
    void ofAFile()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"token"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        kube::ClusterConfig config;
        config.tokenFile = file.fileName();
        const auto empty = kube::readOwnCredentials(config);
        QVERIFY(!empty);
        Marked language;
        QVERIFY(QCoreApplication::installTranslator(&language));
        QCOMPARE(kube::describe(empty.error()).cause, u"«read empty token from file»"_s);
    }
};

QTEST_GUILESS_MAIN(TestOwnWords)
#include "tst_ownwords.moc"
