// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules that come with the program are right, and wrong ones are refused with file and rule.

#include "diagnosis/engine.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace diagnosis;

namespace {

/// A rule that is right, with one line replaced.
QByteArray ruleWith(const QByteArray &line = {}, const QByteArray &by = {})
{
    QByteArray yaml = R"(
- id: example
  family: unknown
  phases: [nodes]
  signals:
    - weight: 0.8
      text: ['volume (?<volume>pvc-\S+) is broken']
  title: {en: "Volume {volume}", zh_CN: "卷 {volume}"}
  cause: {en: Broken, zh_CN: 损坏}
  remedy:
    - {en: Mend it, zh_CN: 修复, command: "kubectl get {volume}"}
  restart: no
)";
    if (!line.isEmpty()) {
        Q_ASSERT(yaml.contains(line));
        yaml.replace(line, by);
    }
    return yaml;
}

} // namespace

class TestRules : public QObject {
    Q_OBJECT

private slots:
    void builtInRulesAreRight();
    void everyFamilyHasARule();
    void refusesWrongRules_data();
    void refusesWrongRules();
};

void TestRules::builtInRulesAreRight()
{
    const auto book = RuleBook::read(RuleBook::builtInFiles());
    if (!book) {
        for (const RuleError &error : book.error())
            qWarning().noquote() << error.message();
    }
    QVERIFY(book);
    QVERIFY(book->ids().size() > 60);
    QCOMPARE(RuleBook::builtIn().ids(), book->ids());
}

void TestRules::everyFamilyHasARule()
{
    QSet<QString> named;
    for (const QString &id : RuleBook::builtIn().ids())
        named.insert(RuleBook::builtIn().familyOf(id));
    for (const QString &family : families()) {
        if (family != u"unknown"_s)
            QVERIFY2(named.contains(family), qPrintable(family));
    }
}

void TestRules::refusesWrongRules_data()
{
    QTest::addColumn<QByteArray>("yaml");
    QTest::addColumn<QString>("error");
    QTest::newRow("right") << ruleWith() << QString();
    QTest::newRow("unknown key") << ruleWith("  restart: no", "  restart: no\n  colour: red")
                                 << u"rules.yaml: example: the rule has the unknown key 'colour'"_s;
    QTest::newRow("unknown key of a matcher") << ruleWith("    - weight: 0.8", "    - weight: 0.8\n      tims: 3")
                                              << u"rules.yaml: example: a text matcher has the unknown key 'tims'"_s;
    QTest::newRow("no Chinese") << ruleWith(", zh_CN: 损坏", "") << u"rules.yaml: example: cause has no Chinese text"_s;
    QTest::newRow("placeholder") << ruleWith("en: Broken", "en: \"{engine}\"")
                                 << u"rules.yaml: example: cause names {engine}, which no signal captures"_s;
    QTest::newRow("languages differ") << ruleWith("zh_CN: \"卷 {volume}\"", "zh_CN: 卷")
                                      << u"rules.yaml: example: title names different things in its languages"_s;
    QTest::newRow("expression") << ruleWith("is broken", "is (broken") << u"rules.yaml: example: missing closing"_s;
    QTest::newRow("no certain text") << ruleWith("volume (?<volume>pvc-\\S+) is broken", "(?<volume>\\S+)")
                                     << u"rules.yaml: example: no text is certain to be in a match"_s;
    QTest::newRow("family") << ruleWith("family: unknown", "family: weather")
                            << u"rules.yaml: example: 'weather' is no family"_s;
    QTest::newRow("weight") << ruleWith("weight: 0.8", "weight: 1.8")
                            << u"rules.yaml: example: a signal's weight is not between 0 and 1"_s;
    QTest::newRow("too sure a symptom") << ruleWith("  phases: [nodes]", "  phases: [nodes]\n  symptom: true")
                                        << u"rules.yaml: example: a symptom cannot be surer than 0.45"_s;
    QTest::newRow("effect of nothing") << ruleWith("  restart: no", "  restart: no\n  effectOf: [nobody]")
                                       << u"rules.yaml: example: effectOf names 'nobody', which is no rule"_s;
    QTest::newRow("versions") << ruleWith("  restart: no", "  restart: no\n  toVersions: newer")
                              << u"rules.yaml: example: 'newer' is no range of versions"_s;
    QTest::newRow("not YAML") << QByteArray("- id: [") << u"rules.yaml: line "_s;
}

void TestRules::refusesWrongRules()
{
    QFETCH(QByteArray, yaml);
    QFETCH(QString, error);
    const auto book = RuleBook::read({{u"rules.yaml"_s, yaml}});
    if (error.isEmpty()) {
        QVERIFY2(book, qPrintable(book ? QString() : book.error().first().message()));
        return;
    }
    QVERIFY(!book);
    QVERIFY2(book.error().first().message().startsWith(error), qPrintable(book.error().first().message()));
}

QTEST_GUILESS_MAIN(TestRules)
#include "tst_rules.moc"
