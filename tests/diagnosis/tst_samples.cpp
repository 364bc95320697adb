// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Each rule has something it finds and something like it that it does not (tests/fixtures/diagnosis/rules.json).

#include "diagnosis/engine.h"
#include "support/diagnosis_play.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>
#include <QTimeZone>

using namespace Qt::StringLiterals;
using namespace diagnosis;

namespace {

QJsonObject samples()
{
    QFile file(QStringLiteral(GLEANER_FIXTURES) + u"/diagnosis/rules.json"_s);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(file.fileName()));
    return QJsonDocument::fromJson(file.readAll()).object();
}

Facts factsOf(const QJsonObject &sample, bool yes)
{
    Facts facts;
    facts.now = QDateTime(QDate(2031, 1, 1), QTime(12, 0), QTimeZone::UTC);
    QByteArray text;
    for (const QJsonValue &line : sample.value(yes ? "yes"_L1 : "no"_L1).toArray())
        text += line.toString().toUtf8() + '\n';
    if (!text.isEmpty())
        facts.logs.append(sourceFromText(u"log"_s, sample.value("by"_L1).toString(), text));
    for (const QJsonValue &object : sample.value(yes ? "objects"_L1 : "noObjects"_L1).toArray())
        facts.objects.add(object.toObject());
    return facts;
}

bool finds(const QList<Finding> &findings, const QString &rule)
{
    return std::ranges::contains(findings, rule, &Finding::id);
}

/// A node that is drained and holds the only replica of a volume, or one of two.
Facts drainedNode(int replicas)
{
    Facts facts;
    facts.now = QDateTime(QDate(2031, 1, 1), QTime(12, 0), QTimeZone::UTC);
    upgrade::Board board;
    board.presence = upgrade::Board::Presence::Upgrade;
    board.state = upgrade::State::Stuck;
    board.currentPhase = upgrade::PhaseId::Nodes;
    upgrade::Waiting waiting;
    waiting.what = {u"drain-error"_s, {u"n7"_s}};
    waiting.node = u"n7"_s;
    waiting.stuck = true;
    waiting.evidence.text = u"cannot evict"_s;
    board.waiting = waiting;
    facts.board = board;
    facts.objects.add(u"longhorn.io"_s, u"Volume"_s,
        {{u"metadata"_s, QJsonObject{{u"name"_s, u"pvc-1"_s}}},
            {u"spec"_s, QJsonObject{{u"numberOfReplicas"_s, replicas}}},
            {u"status"_s,
                QJsonObject{
                    {u"state"_s, u"attached"_s}, {u"kubernetesStatus"_s, QJsonObject{{u"pvcName"_s, u"web"_s}}}}}});
    facts.objects.add(u"longhorn.io"_s, u"Replica"_s,
        {{u"metadata"_s, QJsonObject{{u"name"_s, u"pvc-1-r-1"_s}}},
            {u"spec"_s, QJsonObject{{u"volumeName"_s, u"pvc-1"_s}, {u"nodeID"_s, u"n7"_s}}}});
    return facts;
}

} // namespace

class TestSamples : public QObject {
    Q_OBJECT

private slots:
    void eachRule_data();
    void eachRule();
    void namesTheOnlyReplica();
    void fillsInNames();
};

void TestSamples::eachRule_data()
{
    QTest::addColumn<QString>("rule");
    for (const QString &id : RuleBook::builtIn().ids()) {
        if (id != u"single-replica-on-node"_s) // has a test of its own
            QTest::newRow(qPrintable(id)) << id;
    }
}

void TestSamples::eachRule()
{
    QFETCH(QString, rule);
    const QJsonObject sample = samples().value(rule).toObject();
    QVERIFY2(!sample.isEmpty(), "the rule has no samples");
    if (const QString scenario = sample.value("scenario"_L1).toString(); !scenario.isEmpty()) {
        // What only the board tells.
        support::Play play(scenario, RuleBook::builtIn());
        QVERIFY(!finds(diagnose(RuleBook::builtIn(), play.facts(), play.hits()), rule));
        bool found = false;
        for (int i = 0; i < 40 && !found; ++i) {
            play.step(240);
            found = finds(diagnose(RuleBook::builtIn(), play.facts(), play.hits()), rule);
        }
        QVERIFY(found);
        return;
    }
    QVERIFY(finds(diagnose(RuleBook::builtIn(), factsOf(sample, true)), rule));
    QVERIFY(!finds(diagnose(RuleBook::builtIn(), factsOf(sample, false)), rule));
}

void TestSamples::namesTheOnlyReplica()
{
    const QList<Finding> found = diagnose(RuleBook::builtIn(), drainedNode(1));
    QCOMPARE(found.first().id, u"single-replica-on-node"_s);
    QCOMPARE(found.first().title.en, u"n7 holds the only replica of web"_s);
    QVERIFY(!finds(diagnose(RuleBook::builtIn(), drainedNode(2)), u"single-replica-on-node"_s));
}

void TestSamples::fillsInNames()
{
    const QJsonObject sample = samples().value("longhorn-orphan-engine"_L1).toObject();
    const Finding finding = diagnose(RuleBook::builtIn(), factsOf(sample, true)).first();
    QCOMPARE(finding.remedy.first().command, u"kubectl get engines.longhorn.io pvc-0a-e-0 -n longhorn-system"_s);
    QCOMPARE(finding.remedy.last().command, u"kubectl delete pdb instance-manager-00ff -n longhorn-system"_s);
    QCOMPARE(finding.node, u"n7"_s);
    QCOMPARE(finding.evidence.first().line, 1);
    QVERIFY(finding.cause.in(u"zh_CN"_s) != finding.cause.in(u"en"_s));
}

QTEST_GUILESS_MAIN(TestSamples)
#include "tst_samples.moc"
