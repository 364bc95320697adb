// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules against real failures: is the family of the cause named, and is nothing claimed where it is not known?

#include "diagnosis/engine.h"
#include "support/diagnosis_cases.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace diagnosis;

namespace {

struct Score {
    int known = 0, first = 0, within = 0, wrong = 0, silent = 0;
    int unknown = 0, claimed = 0;
    QStringList table;
    [[nodiscard]] double firstShare() const { return double(first) / known; }
    [[nodiscard]] double withinShare() const { return double(within) / known; }
};

QString brief(const Finding &finding)
{
    return u"%1/%2 %3"_s.arg(finding.family, finding.id).arg(finding.confidence, 0, 'f', 2);
}

Score judge(bool other)
{
    Score score;
    for (const support::Case &one : support::diagnosisCases()) {
        const QList<Finding> findings = diagnose(RuleBook::builtIn(), support::factsOf(one, other));
        QStringList all;
        for (const Finding &finding : findings.first(std::min<qsizetype>(3, findings.size())))
            all.append(brief(finding));
        QString verdict;
        if (one.family == "unknown"_L1) {
            ++score.unknown;
            const bool claims = !findings.isEmpty() && findings.first().confidence >= 0.5;
            score.claimed += claims;
            verdict = claims ? u"CLAIMED"_s : u"open"_s;
        } else {
            ++score.known;
            qsizetype rank = -1;
            for (qsizetype i = 0; i < findings.size() && rank < 0; ++i) {
                if (findings.at(i).family == one.family)
                    rank = i;
            }
            const bool none = findings.isEmpty() || findings.first().id == "unknown-cause"_L1;
            score.first += rank == 0;
            score.within += rank >= 0 && rank < 3;
            if (rank < 0 || rank > 2)
                ++(none ? score.silent : score.wrong);
            verdict = rank == 0 ? u"first"_s : rank > 0 && rank < 3 ? u"within 3"_s : none ? u"silent"_s : u"WRONG"_s;
        }
        score.table.append(
            u"%1  %2  %3  %4"_s.arg(verdict, -8).arg(one.id, -20).arg(one.family, -34).arg(all.join(u" | "_s)));
    }
    return score;
}

void print(const Score &score)
{
    for (const QString &line : score.table)
        qInfo().noquote() << line;
    qInfo().noquote() << u"known cause: %1; first %2 (%3 %), within three %4 (%5 %), wrong %6, silent %7"_s
                             .arg(score.known)
                             .arg(score.first)
                             .arg(100 * score.firstShare(), 0, 'f', 1)
                             .arg(score.within)
                             .arg(100 * score.withinShare(), 0, 'f', 1)
                             .arg(score.wrong)
                             .arg(score.silent);
    qInfo().noquote() << u"unknown cause: %1; claimed %2"_s.arg(score.unknown).arg(score.claimed);
}

} // namespace

class TestCases : public QObject {
    Q_OBJECT

private slots:
    void namesTheFamily();
    void namesItWithOtherNames();
    void everyFindingIsWhole();
};

void TestCases::namesTheFamily()
{
    const Score score = judge(false);
    print(score);
    QVERIFY(score.known > 80);
    QVERIFY(score.withinShare() >= 0.9);
    QVERIFY(score.firstShare() >= 0.8);
    QCOMPARE(score.claimed, 0);
}

/// Rules know causes, not the names and numbers of a case.
void TestCases::namesItWithOtherNames()
{
    const Score score = judge(true);
    if (score.withinShare() < 0.9 || score.firstShare() < 0.8 || score.claimed > 0)
        print(score);
    QVERIFY(score.withinShare() >= 0.9);
    QVERIFY(score.firstShare() >= 0.8);
    QCOMPARE(score.claimed, 0);
}

void TestCases::everyFindingIsWhole()
{
    for (const support::Case &one : support::diagnosisCases()) {
        for (const Finding &finding : diagnose(RuleBook::builtIn(), support::factsOf(one))) {
            QVERIFY(!finding.evidence.isEmpty());
            QVERIFY(!finding.remedy.isEmpty());
            QVERIFY(families().contains(finding.family));
            QVERIFY(finding.confidence > 0 && finding.confidence < 1);
            for (const Text &text : {finding.title, finding.cause}) {
                QVERIFY2(!text.en.isEmpty() && !text.zh.isEmpty(), qPrintable(finding.id));
                QVERIFY2(!text.en.contains(u'{') && !text.zh.contains(u'{'), qPrintable(finding.id));
            }
            for (const Evidence &evidence : finding.evidence)
                QVERIFY2(evidence.line > 0 || !evidence.object.isEmpty(), qPrintable(one.id + u' ' + finding.id));
        }
    }
}

QTEST_GUILESS_MAIN(TestCases)
#include "tst_cases.moc"
