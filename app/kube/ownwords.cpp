// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/ownwords.h"

#include <QCoreApplication>
#include <QRegularExpression>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

/// A sentence and the places in it, in the order in which they stand there.
struct Sentence {
    const char *text;
    QRegularExpression pattern;
    QList<int> places;
};

Sentence sentenceOf(const char *text)
{
    Sentence sentence{text, {}, {}};
    static const QRegularExpression place(u"%([1-9])"_s);
    const QString whole = QString::fromLatin1(text);
    QString pattern;
    qsizetype from = 0;
    for (const QRegularExpressionMatch &match : place.globalMatch(whole)) {
        pattern += QRegularExpression::escape(whole.sliced(from, match.capturedStart() - from)) + u"(.*?)"_s;
        sentence.places.append(match.captured(1).toInt());
        from = match.capturedEnd();
    }
    pattern += QRegularExpression::escape(whole.sliced(from));
    sentence.pattern.setPattern(QRegularExpression::anchoredPattern(pattern));
    sentence.pattern.setPatternOptions(QRegularExpression::DotMatchesEverythingOption);
    return sentence;
}

QString filled(const QString &text, const Sentence &sentence, const QRegularExpressionMatch &match)
{
    QString out;
    for (qsizetype at = 0; at < text.size(); ++at) {
        const int number = text[at] == u'%' && at + 1 < text.size() ? text[at + 1].digitValue() : -1;
        const qsizetype place = sentence.places.indexOf(number);
        if (place < 0) {
            out += text[at];
        } else {
            out += match.captured(int(place) + 1);
            ++at;
        }
    }
    return out;
}

} // namespace

const QList<const char *> &ownSentences()
{
    // The longer before what it begins like.
    static const QList<const char *> all{
        // The connection.
        QT_TRANSLATE_NOOP("kube::Error", "the other side closed the connection"),
        // Tokens, certificates and keys of the kubeconfig.
        QT_TRANSLATE_NOOP("kube::Error", "read empty token from file"),
        QT_TRANSLATE_NOOP("kube::Error", "the token has a line break or a control character in it"),
        QT_TRANSLATE_NOOP("kube::Error", "the client certificate is not a PEM certificate"),
        QT_TRANSLATE_NOOP("kube::Error", "the client key is encrypted"),
        QT_TRANSLATE_NOOP("kube::Error", "the client key is not a PEM key of type RSA or EC"),
        QT_TRANSLATE_NOOP("kube::Error", "the client key does not belong to the client certificate"),
        QT_TRANSLATE_NOOP("kube::Error", "certificate-authority cannot be read: %1"),
        QT_TRANSLATE_NOOP("kube::Error", "certificate-authority is larger than 16 MiB"),
        QT_TRANSLATE_NOOP("kube::Error", "%1 holds no PEM certificate"),
        // Programs that sign in.
        QT_TRANSLATE_NOOP("kube::Error", "%1 wants to run %2"),
        QT_TRANSLATE_NOOP("kube::Error", "exec: executable %1 did not answer within %2 s and was ended"),
        QT_TRANSLATE_NOOP("kube::Error", "exec: executable %1 cannot be started: %2"),
        QT_TRANSLATE_NOOP("kube::Error", "exec: executable %1 printed more than 1 MiB and was ended"),
        QT_TRANSLATE_NOOP("kube::Error", "exec: executable %1 crashed or was ended by a signal"),
        QT_TRANSLATE_NOOP("kube::Error", "exec: executable %1 failed with exit code %2"),
        QT_TRANSLATE_NOOP("kube::Error", "exec: executable %1 was cancelled"),
        QT_TRANSLATE_NOOP("kube::Error", "exec: executable %1 not found"),
        QT_TRANSLATE_NOOP(
            "kube::Error", "exec plugin cannot run: standard input is not a terminal (interactiveMode: Always)"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin printed nothing"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin did not print an ExecCredential as JSON (at byte %1)"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin did not print an object of kind ExecCredential"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin is configured to use API version %1, plugin returned version %2"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin didn't return a status field"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin didn't return a token or cert/key pair"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin returned only certificate or key, not both"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin returned a token with a control character"),
        QT_TRANSLATE_NOOP("kube::Error", "exec plugin returned an expirationTimestamp that is not RFC 3339"),
        // Connections and answers.
        QT_TRANSLATE_NOOP("kube::Error", "no byte within %1 s, through the proxy %2"),
        QT_TRANSLATE_NOOP("kube::Error", "no byte within %1 s"),
        QT_TRANSLATE_NOOP("kube::Error", "no answer within %1 s"),
        QT_TRANSLATE_NOOP(
            "kube::Error", "nothing came for %1 s, although the server answers; the connection is replaced"),
        QT_TRANSLATE_NOOP("kube::Error", "nothing came for %1 s, not even the end of the watch"),
        QT_TRANSLATE_NOOP("kube::Error", "the connection was ended because certificates changed"),
        QT_TRANSLATE_NOOP("kube::Error", "the server's address is not an http or https URL"),
        QT_TRANSLATE_NOOP("kube::Error", "%1 holds control characters and cannot be sent"),
        QT_TRANSLATE_NOOP("kube::Error", "the answer ended before it began"),
        QT_TRANSLATE_NOOP("kube::Error", "the answer is empty"),
        QT_TRANSLATE_NOOP("kube::Error", "the answer is larger than %1 MiB"),
        QT_TRANSLATE_NOOP("kube::Error", "%1 of %2 bytes came"),
        QT_TRANSLATE_NOOP("kube::Error", "the watch ended at once without an event"),
        QT_TRANSLATE_NOOP("kube::Error", "a watch event is longer than %1 MiB"),
        QT_TRANSLATE_NOOP("kube::Error", "a watch event is not a JSON object"),
        QT_TRANSLATE_NOOP("kube::Error", "a watch event has no object"),
        QT_TRANSLATE_NOOP("kube::Error", "a bookmark has no resourceVersion"),
        QT_TRANSLATE_NOOP("kube::Error", "the list gave the same continue token twice"),
        QT_TRANSLATE_NOOP("kube::Error", "the list has no resourceVersion"),
        QT_TRANSLATE_NOOP("kube::Error", "discovery was asked for, \"%1\" came"),
        QT_TRANSLATE_NOOP("kube::Error", "%1 was asked for, \"%2\" came"),
        // Proxies.
        QT_TRANSLATE_NOOP("kube::Error", "the proxy address is not a URL with a host"),
        QT_TRANSLATE_NOOP("kube::Error", "proxies of the kind \"%1\" are not supported; http, https and socks5 are"),
        QT_TRANSLATE_NOOP("kube::Error", "the relay to the proxy cannot listen on loopback: %1"),
        // Logs.
        QT_TRANSLATE_NOOP("kube::Error", "pod %1 has no container \"%2\""),
        QT_TRANSLATE_NOOP("kube::Error", "pod %1 was replaced by another of the same name"),
    };
    return all;
}

QString translatedWords(const QString &message)
{
    static const QList<Sentence> sentences = [] {
        QList<Sentence> made;
        for (const char *text : ownSentences())
            made.append(sentenceOf(text));
        return made;
    }();
    for (const Sentence &sentence : sentences) {
        if (const auto match = sentence.pattern.match(message); match.hasMatch())
            return filled(QCoreApplication::translate("kube::Error", sentence.text), sentence, match);
    }
    return message;
}

} // namespace kube
