// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The simulated cluster: nothing is found while all is well, at any moment, and what goes wrong is named.

#include "diagnosis/engine.h"
#include "support/diagnosis_play.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace diagnosis;

class TestScenarios : public QObject {
    Q_OBJECT

private slots:
    void findsNothingInAHealthyOne_data();
    void findsNothingInAHealthyOne();
    void namesTheTrouble_data();
    void namesTheTrouble();
};

void TestScenarios::findsNothingInAHealthyOne_data()
{
    QTest::addColumn<QString>("scenario");
    for (const char *name : {"healthy", "single-node", "repo-vm", "v2-plan", "no-upgrade", "finished"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestScenarios::findsNothingInAHealthyOne()
{
    QFETCH(QString, scenario);
    support::Play play(scenario, RuleBook::builtIn());
    // On past its end: what is over must not look as if it hung.
    int after = 0;
    for (int i = 0; i < 2000 && after < 30; ++i) {
        const QList<Finding> findings = diagnose(RuleBook::builtIn(), play.facts(), play.hits());
        for (const Finding &finding : findings)
            qWarning().noquote() << play.minutes() << finding.id << finding.confidence << finding.evidence.first().text;
        QVERIFY(findings.isEmpty());
        after += play.finished();
        play.step(play.finished() ? 600 : 30);
    }
    QVERIFY(play.finished());
}

void TestScenarios::namesTheTrouble_data()
{
    QTest::addColumn<QString>("scenario");
    QTest::addColumn<QString>("family");
    QTest::addColumn<QString>("evidence"); // in one of the texts
    const auto row = [](const char *scenario, const QString &family, const QString &evidence) {
        QTest::newRow(scenario) << QString::fromLatin1(scenario) << family << evidence;
    };
    row("log-infra-timeout", u"upgrade-log-stack"_s, u"pull"_s);
    row("image-failed", u"iso-image-download"_s, u""_s);
    row("image-stall", u"iso-image-download"_s, u""_s);
    row("repo-stall", u"upgrade-repo-unavailable"_s, u""_s);
    row("prepare-failed", u"image-preload-job"_s, u""_s);
    row("prepare-stall", u"image-preload-job"_s, u""_s);
    row("manifests-failed", u"fleet-or-helm-release-stuck"_s, u""_s);
    row("manifests-stall", u"fleet-or-helm-release-stuck"_s, u""_s);
    row("pre-drain-stall", u"volume-not-healthy"_s, u""_s);
    row("drain-blocked", u"longhorn-drain-blocked"_s, u""_s);
    row("post-drain-stall", u"rke2-etcd-or-node-down"_s, u""_s);
    row("reboot-stall", u"node-network-after-reboot"_s, u""_s);
    row("node-failed", u"node-os-image-or-disk"_s, u""_s);
    row("cleanup-stall", u"upgrade-controller-or-script"_s, u""_s);
}

void TestScenarios::namesTheTrouble()
{
    QFETCH(QString, scenario);
    QFETCH(QString, family);
    QFETCH(QString, evidence);
    support::Play play(scenario, RuleBook::builtIn());
    QList<Finding> findings;
    double first = 0;
    for (int i = 0; i < 1000 && play.minutes() < 8 * 60; ++i) {
        play.step(240);
        const QList<Finding> now = diagnose(RuleBook::builtIn(), play.facts(), play.hits());
        if (findings.isEmpty() && !now.isEmpty()) {
            first = play.minutes();
            for (const Finding &finding : now)
                qInfo().noquote() << "first" << first << finding.family << finding.id << finding.confidence
                                  << finding.effectOf << finding.evidence.first().text.left(160);
        }
        findings = now;
    }
    for (const Finding &finding : findings)
        qInfo().noquote() << "last" << finding.family << finding.id << finding.confidence << finding.effectOf
                          << finding.evidence.first().text.left(160);
    QVERIFY(!findings.isEmpty());
    QCOMPARE(findings.first().family, family);
    const bool shown = std::ranges::any_of(findings.first().evidence,
        [&](const Evidence &one) { return one.text.contains(evidence) || one.field.contains(evidence); });
    QVERIFY(shown);
}

QTEST_GUILESS_MAIN(TestScenarios)
#include "tst_scenarios.moc"
