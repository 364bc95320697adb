// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Label and field selectors, and the patch formats, as tables.

#include "demo/patch.h"
#include "demo/selector.h"

#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;

namespace {

QJsonObject parse(const QByteArray &text)
{
    return QJsonDocument::fromJson(text).object();
}

} // namespace

class tst_Selector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void labels_data();
    void labels();
    void badLabels_data();
    void badLabels();
    void fields_data();
    void fields();
    void badFields_data();
    void badFields();
    void mergePatch_data();
    void mergePatch();
    void jsonPatch_data();
    void jsonPatch();
    void strategicPatch_data();
    void strategicPatch();
};

void tst_Selector::labels_data()
{
    QTest::addColumn<QString>("selector");
    QTest::addColumn<bool>("matches");
    const auto row = [](const char *selector, bool matches) {
        QTest::newRow(selector) << QString::fromLatin1(selector) << matches;
    };
    row("", true);
    row("a=1", true);
    row("a==1", true);
    row("a=2", false);
    row("a!=1", false);
    row("a!=2", true);
    row("zz!=2", true); // an absent label is not equal either
    row("a", true);
    row("zz", false);
    row("!a", false);
    row("!zz", true);
    row("a in (1,2)", true);
    row("a in (2, 3)", false);
    row("a notin (2,3)", true);
    row("a notin (1)", false);
    row("zz notin (1)", true);
    row("a=1,b=x", true);
    row("a=1,b=y", false);
    row("a in (1,2),harvesterhci.io/upgrade=u", true);
    row("empty=", true);
    row("a=", false);
    row(" a = 1 ", true);
}

void tst_Selector::labels()
{
    QFETCH(QString, selector);
    QFETCH(bool, matches);
    const auto parsed = LabelSelector::parse(selector);
    QVERIFY(parsed);
    QCOMPARE(
        parsed->matches(parse(R"({"metadata":{"labels":{"a":"1","b":"x","harvesterhci.io/upgrade":"u","empty":""}}})")),
        matches);
}

void tst_Selector::badLabels_data()
{
    QTest::addColumn<QString>("selector");
    for (const char *text : {"=a", "a=b=c", "a in", "a in 1,2", "a,,b", "!", "a b", "-a=1", "a(b)"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void tst_Selector::badLabels()
{
    QFETCH(QString, selector);
    const auto parsed = LabelSelector::parse(selector);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, 400);
}

void tst_Selector::fields_data()
{
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QString>("selector");
    QTest::addColumn<bool>("matches");
    QTest::newRow("name") << u"pods"_s << u"metadata.name=p"_s << true;
    QTest::newRow("other name") << u"pods"_s << u"metadata.name=q"_s << false;
    QTest::newRow("phase") << u"pods"_s << u"status.phase=Running"_s << true;
    QTest::newRow("not phase") << u"pods"_s << u"status.phase!=Running"_s << false;
    QTest::newRow("two") << u"pods"_s << u"spec.nodeName=n1,status.phase==Running"_s << true;
    QTest::newRow("unset") << u"pods"_s << u"status.podIP="_s << true;
    QTest::newRow("boolean") << u"nodes"_s << u"spec.unschedulable=true"_s << true;
    QTest::newRow("event") << u"events"_s << u"involvedObject.name=x,reason=R"_s << true;
}

void tst_Selector::fields()
{
    QFETCH(QString, resource);
    QFETCH(QString, selector);
    QFETCH(bool, matches);
    const Catalog catalog;
    const auto parsed = FieldSelector::parse(selector, *catalog.find(u"", resource));
    QVERIFY(parsed);
    QCOMPARE(
        parsed->matches(parse(
            R"({"metadata":{"name":"p"},"reason":"R","involvedObject":{"name":"x"},"spec":{"nodeName":"n1","unschedulable":true},"status":{"phase":"Running"}})")),
        matches);
}

void tst_Selector::badFields_data()
{
    QTest::addColumn<QString>("group");
    QTest::addColumn<QString>("resource");
    QTest::addColumn<QString>("selector");
    QTest::newRow("unknown") << QString() << u"pods"_s << u"spec.foo=1"_s;
    QTest::newRow("custom") << u"harvesterhci.io"_s << u"upgrades"_s << u"status.phase=x"_s;
    QTest::newRow("no operator") << QString() << u"pods"_s << u"status.phase"_s;
    QTest::newRow("namespace of a cluster kind") << QString() << u"nodes"_s << u"metadata.namespace=x"_s;
}

void tst_Selector::badFields()
{
    QFETCH(QString, group);
    QFETCH(QString, resource);
    QFETCH(QString, selector);
    const Catalog catalog;
    const auto parsed = FieldSelector::parse(selector, *catalog.find(group, resource));
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, 400);
}

void tst_Selector::mergePatch_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QByteArray>("result");
    // The examples of RFC 7396 that concern objects.
    const auto row = [](const char *name, const char *target, const char *change, const char *result) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(change) << QByteArray(result);
    };
    row("replace", R"({"a":"b"})", R"({"a":"c"})", R"({"a":"c"})");
    row("add", R"({"a":"b"})", R"({"b":"c"})", R"({"a":"b","b":"c"})");
    row("remove", R"({"a":"b","b":"c"})", R"({"a":null})", R"({"b":"c"})");
    row("array by value", R"({"a":["b"]})", R"({"a":"c"})", R"({"a":"c"})");
    row("value by array", R"({"a":"c"})", R"({"a":["b"]})", R"({"a":["b"]})");
    row("nested", R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})", R"({"a":{"b":"d"}})");
    row("arrays are replaced", R"({"a":[{"b":"c"}]})", R"({"a":[1]})", R"({"a":[1]})");
    row("object over text", R"({"a":"x"})", R"({"a":{"bb":{"ccc":null}}})", R"({"a":{"bb":{}}})");
}

void tst_Selector::mergePatch()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, result);
    QCOMPARE(patch::merge(parse(target), parse(change)), parse(result));
}

void tst_Selector::jsonPatch_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("operations");
    QTest::addColumn<QByteArray>("result"); // empty: refused
    const auto row = [](const char *name, const char *target, const char *operations, const char *result) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(operations) << QByteArray(result);
    };
    row("add", R"({"a":1})", R"([{"op":"add","path":"/b","value":2}])", R"({"a":1,"b":2})");
    row("add to list", R"({"a":[1,3]})", R"([{"op":"add","path":"/a/1","value":2}])", R"({"a":[1,2,3]})");
    row("append", R"({"a":[1]})", R"([{"op":"add","path":"/a/-","value":2}])", R"({"a":[1,2]})");
    row("remove", R"({"a":1,"b":2})", R"([{"op":"remove","path":"/a"}])", R"({"b":2})");
    row("remove from list", R"({"a":[1,2]})", R"([{"op":"remove","path":"/a/0"}])", R"({"a":[2]})");
    row("replace", R"({"a":{"b":1}})", R"([{"op":"replace","path":"/a/b","value":2}])", R"({"a":{"b":2}})");
    row("escaped", R"({"m":{"a/b":1,"c~d":2}})",
        R"([{"op":"remove","path":"/m/a~1b"},{"op":"replace","path":"/m/c~0d","value":3}])", R"({"m":{"c~d":3}})");
    row("test and go on", R"({"a":1})",
        R"([{"op":"test","path":"/a","value":1},{"op":"replace","path":"/a","value":2}])", R"({"a":2})");
    row("copy", R"({"a":1})", R"([{"op":"copy","from":"/a","path":"/b"}])", R"({"a":1,"b":1})");
    row("move", R"({"a":1})", R"([{"op":"move","from":"/a","path":"/b"}])", R"({"b":1})");
    row("test fails", R"({"a":1})", R"([{"op":"test","path":"/a","value":2}])", "");
    row("replace what is absent", R"({"a":1})", R"([{"op":"replace","path":"/b","value":2}])", "");
    row("remove what is absent", R"({"a":1})", R"([{"op":"remove","path":"/b"}])", "");
    row("out of bounds", R"({"a":[1]})", R"([{"op":"add","path":"/a/3","value":2}])", "");
    row("not a number", R"({"a":[1]})", R"([{"op":"add","path":"/a/x","value":2}])", "");
    row("into a text", R"({"a":"b"})", R"([{"op":"add","path":"/a/b","value":2}])", "");
    row("unknown operation", R"({"a":1})", R"([{"op":"shuffle","path":"/a"}])", "");
    row("whole document by a number", R"({"a":1})", R"([{"op":"replace","path":"","value":2}])", "");
}

void tst_Selector::jsonPatch()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, operations);
    QFETCH(QByteArray, result);
    const Catalog catalog;
    const auto patched
        = patch::json(parse(target), QJsonDocument::fromJson(operations).array(), *catalog.find(u"", u"pods"), u"p"_s);
    QCOMPARE(patched.has_value(), !result.isEmpty());
    if (patched)
        QCOMPARE(*patched, parse(result));
    else
        QCOMPARE(patched.error().code, 422);
}

void tst_Selector::strategicPatch_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("change");
    QTest::addColumn<QByteArray>("result");
    const auto row = [](const char *name, const char *target, const char *change, const char *result) {
        QTest::newRow(name) << QByteArray(target) << QByteArray(change) << QByteArray(result);
    };
    row("cordon", R"({"spec":{"podCIDR":"x"}})", R"({"spec":{"unschedulable":true}})",
        R"({"spec":{"podCIDR":"x","unschedulable":true}})");
    row("uncordon", R"({"spec":{"unschedulable":true}})", R"({"spec":{"unschedulable":null}})", R"({"spec":{}})");
    row("taints by key", R"({"taints":[{"key":"a","effect":"X"},{"key":"b"}]})",
        R"({"taints":[{"key":"a","effect":"Y"}]})", R"({"taints":[{"key":"a","effect":"Y"},{"key":"b"}]})");
    row("taint deleted", R"({"taints":[{"key":"a"},{"key":"b"}]})", R"({"taints":[{"$patch":"delete","key":"a"}]})",
        R"({"taints":[{"key":"b"}]})");
    row("containers by name", R"({"containers":[{"name":"a","image":"1"}]})",
        R"({"containers":[{"name":"a","image":"2"},{"name":"b"}]})",
        R"({"containers":[{"name":"a","image":"2"},{"name":"b"}]})");
    row("plain list", R"({"args":["a"]})", R"({"args":["b"]})", R"({"args":["b"]})");
    row("finalizers add up", R"({"finalizers":["a"]})", R"({"finalizers":["b"]})", R"({"finalizers":["a","b"]})");
    row("finalizer deleted", R"({"finalizers":["a","b"]})", R"({"$deleteFromPrimitiveList/finalizers":["a"]})",
        R"({"finalizers":["b"]})");
    row("replace directive", R"({"m":{"a":1}})", R"({"m":{"$patch":"replace","b":2}})", R"({"m":{"b":2}})");
    row("order directive is left out", R"({"containers":[{"name":"a"}]})",
        R"({"$setElementOrder/containers":[{"name":"a"}]})", R"({"containers":[{"name":"a"}]})");
}

void tst_Selector::strategicPatch()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, change);
    QFETCH(QByteArray, result);
    QCOMPARE(patch::strategic(parse(target), parse(change)), parse(result));
}

QTEST_GUILESS_MAIN(tst_Selector)
#include "tst_selector.moc"
