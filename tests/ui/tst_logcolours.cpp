// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// One line laid out: escapes obeyed and shown, broken bytes visible, colours that mean what they mean elsewhere; and
// objects as YAML.

#include "ui/highlight.h"
#include "ui/logline.h"
#include "ui/logviewer.h"
#include "ui/objectwindow.h"
#include "ui/settings.h"
#include "ui/statecolours.h"
#include "ui/style.h"
#include "ui/theme.h"

#include "ui/yaml.h"

#include <QComboBox>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>
#include <QTemporaryDir>
#include <QTest>

#include <yaml-cpp/yaml.h>

using namespace Qt::StringLiterals;
using ui::Highlight;

class LogColours : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void escapesAreDrawn();
    void controlsAreShown();
    void brokenBytesAreVisible();
    void ownColoursGiveWay();
    void levelsHaveTheirTone_data();
    void levelsHaveTheirTone();
    void stringsDoNotLookLikeErrors_data();
    void stringsDoNotLookLikeErrors();
    void everyColourCanBeRead_data();
    void everyColourCanBeRead();
    void lineIsColouredAlone();
    void yamlReadsBack_data();
    void yamlReadsBack();
    void secretsAreNeverInYaml_data();
    void secretsAreNeverInYaml();
    void yamlInTheOrderOfPeople();
    void fieldHasItsRow_data();
    void fieldHasItsRow();
    void objectsOneAfterTheOther();

private:
    static ui::LogLineOptions options(bool dark = false)
    {
        return {.font = QFont(u"monospace"_s), .palette = ui::Theme::ownPalette(dark)};
    }
};

namespace {

/// What a character is drawn with: the last format that says something about it wins.
QTextCharFormat formatAt(const ui::LogLine &line, int column)
{
    QTextCharFormat all;
    for (const QTextLayout::FormatRange &range : line.layout->formats()) {
        if (column >= range.start && column < range.start + range.length)
            all.merge(range.format);
    }
    return all;
}

QColor colourOf(const Highlight &highlight, const QString &line, const QString &part)
{
    const qsizetype at = line.indexOf(part);
    for (const QTextLayout::FormatRange &range : highlight.ranges(line)) {
        if (at >= range.start && at < range.start + range.length)
            return range.format.foreground().color();
    }
    return {};
}

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

/// yaml-cpp's reading, as JSON. Quoted scalars are strings.
QJsonValue read(const YAML::Node &node)
{
    switch (node.Type()) {
    case YAML::NodeType::Map: {
        QJsonObject out;
        for (const auto &entry : node)
            out.insert(QString::fromStdString(entry.first.Scalar()), read(entry.second));
        return out;
    }
    case YAML::NodeType::Sequence: {
        QJsonArray out;
        for (const auto &item : node)
            out.append(read(item));
        return out;
    }
    case YAML::NodeType::Scalar: {
        const std::string &text = node.Scalar();
        if (node.Tag() != "!") { // plain
            if (text == "true" || text == "false")
                return text == "true";
            bool isNumber = false;
            const double number = QByteArray::fromStdString(text).toDouble(&isNumber);
            if (isNumber)
                return number;
        }
        return QString::fromStdString(text);
    }
    default:
        return QJsonValue();
    }
}

void darkAndLight()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

} // namespace

void LogColours::escapesAreDrawn()
{
    const auto line
        = ui::layOut("a\x1b[31;1mred\x1b[0m b \x1b[38;2;10;200;30mrgb\x1b[0m \x1b[7minv\x1b[0m", 0, {}, options());
    QCOMPARE(line->display.text, u"ared b rgb inv"_s); // the escapes themselves take no room
    QCOMPARE(formatAt(*line, 0).hasProperty(QTextFormat::ForegroundBrush), false);
    const QTextCharFormat red = formatAt(*line, 1);
    QVERIFY(red.foreground().color().red() > red.foreground().color().blue() + 50);
    QCOMPARE(red.fontWeight(), int(QFont::Bold));
    const QColor rgb = formatAt(*line, 7).foreground().color();
    QVERIFY(rgb.green() > rgb.red() && rgb.green() > rgb.blue());
    QVERIFY(formatAt(*line, 11).hasProperty(QTextFormat::BackgroundBrush));
}

void LogColours::controlsAreShown()
{
    // Moving the cursor, clearing the screen, a title for the window, ringing, turning the text round
    const QByteArray text = "a\x1b[2J\x1b[1;1Hb\x1b]0;title\x07"
                            "c\rd\x08"
                            "e\xe2\x80\xae"
                            "f";
    const auto line = ui::layOut(text, 0, {}, options());
    for (const char16_t c : line->display.text.toStdU16String())
        QVERIFY2(c >= 0x20 && c != 0x202e, qPrintable(QString::number(c, 16)));
    QVERIFY(line->display.text.contains(u'␍'));
    QVERIFY(line->display.text.contains(u"U+202E"_s));
    QVERIFY(!line->display.symbols.isEmpty());
    const auto symbol = line->display.symbols.constFirst();
    QCOMPARE(formatAt(*line, int(symbol.start)).foreground().color(), ui::quietText(options().palette));
}

void LogColours::brokenBytesAreVisible()
{
    const auto line = ui::layOut("ok \xff\xfe \xe5\x8d äö", 0, {}, options());
    QVERIFY(line->display.text.contains(u"‹FF›"_s));
    QVERIFY(line->display.text.contains(u"‹E5›"_s));
    QVERIFY(line->display.text.endsWith(u"äö"_s));
    const int at = int(line->display.text.indexOf(u"‹FF›"_s));
    QVERIFY(formatAt(*line, at).hasProperty(QTextFormat::BackgroundBrush));
    // And a byte's place is found back through what stands for it.
    QCOMPARE(line->offsetOf(line->display.text.indexOf(u"äö"_s)), 9);
}

void LogColours::ownColoursGiveWay()
{
    ui::LogColours colours;
    colours.highlight.setKind(Highlight::Kind::Log);
    colours.highlight.setPalette(options().palette);
    const auto plain = ui::layOut("level=error msg=\"x\"", 0, colours, options());
    QVERIFY(!plain->layout->formats().isEmpty());
    const auto coloured = ui::layOut("\x1b[32mlevel=error\x1b[0m msg=\"x\"", 0, colours, options());
    const QColor text = formatAt(*coloured, 0).foreground().color();
    QVERIFY(text.green() > text.red()); // as the program wanted it
}

void LogColours::levelsHaveTheirTone_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("part");
    QTest::addColumn<int>("tone");
    const auto row = [](const char *name, const QString &line, const QString &part, ui::Tone tone) {
        QTest::newRow(name) << line << part << int(tone);
    };
    row("logrus error", u"time=\"2026-11-25T12:00:00Z\" level=error msg=\"no\""_s, u"level=error"_s, ui::Tone::Failed);
    row("logrus warning", u"time=\"x\" level=warning msg=\"slow\""_s, u"level=warning"_s, ui::Tone::Warning);
    row("logrus info", u"time=\"x\" level=info msg=\"fine\""_s, u"level=info"_s, ui::Tone::Running);
    row("klog error", u"E1125 12:00:00.123456       1 leaderelection.go:330] no"_s, u"E1125"_s, ui::Tone::Failed);
    row("klog warning", u"W1125 12:00:00.123456       1 reflector.go:1] no"_s, u"W1125"_s, ui::Tone::Warning);
    row("json error", u"{\"level\":\"error\",\"msg\":\"no\"}"_s, u"\"level\":\"error"_s, ui::Tone::Failed);
    row("json severity", u"{\"severity\": \"warning\"}"_s, u"\"severity\""_s, ui::Tone::Warning);
    row("helm", u"Error: UPGRADE FAILED: timed out"_s, u"Error"_s, ui::Tone::Failed);
    row("word", u"2026/11/25 12:00:00 [ERROR] no"_s, u"ERROR"_s, ui::Tone::Failed);
}

void LogColours::levelsHaveTheirTone()
{
    QFETCH(QString, line);
    QFETCH(QString, part);
    QFETCH(int, tone);
    for (const bool dark : {false, true}) {
        const QPalette palette = ui::Theme::ownPalette(dark);
        Highlight highlight;
        highlight.setKind(Highlight::Kind::Log);
        highlight.setPalette(palette);
        QCOMPARE(colourOf(highlight, line, part), ui::toneText(ui::Tone(tone), palette, palette.color(QPalette::Base)));
    }
}

void LogColours::stringsDoNotLookLikeErrors_data()
{
    darkAndLight();
}

void LogColours::stringsDoNotLookLikeErrors()
{
    QFETCH(bool, dark);
    const QPalette palette = ui::Theme::ownPalette(dark);
    // Reds and ambers belong to what is wrong.
    const auto alarming = [](const QColor &colour) {
        const int hue = colour.hslHue();
        return colour.hslSaturation() > 60 && (hue < 60 || hue > 330);
    };
    for (const auto &[kind, line] : {std::pair{Highlight::Kind::Log,
                                         u"time=\"2026-11-25T12:00:00Z\" level=info msg=\"all is well\" n=42 "
                                         "cattle-system/rancher-7 v1.9.0 10.0.0.1 'x' https://a.b/c"_s},
             {Highlight::Kind::Log, u"+ kubectl get pods -n cattle-system \"$NAME\" # 12s"_s},
             {Highlight::Kind::Log, u"{\"component\":\"virt-handler\",\"pos\":\"vm.go:12\",\"n\":3}"_s},
             {Highlight::Kind::Yaml, u"  name: \"node1\""_s}, {Highlight::Kind::Yaml, u"count: 3"_s},
             {Highlight::Kind::Yaml, u"- ready: true"_s}}) {
        Highlight highlight;
        highlight.setKind(kind);
        highlight.setPalette(palette);
        for (const QTextLayout::FormatRange &range : highlight.ranges(line)) {
            const QColor colour = range.format.foreground().color();
            QVERIFY2(!range.format.hasProperty(QTextFormat::ForegroundBrush) || !alarming(colour),
                qPrintable(line.mid(range.start, range.length) + u' ' + colour.name()));
        }
    }
}

void LogColours::everyColourCanBeRead_data()
{
    darkAndLight();
}

void LogColours::everyColourCanBeRead()
{
    QFETCH(bool, dark);
    const QPalette palette = ui::Theme::ownPalette(dark);
    const QColor base = palette.color(QPalette::Base);
    Highlight highlight;
    highlight.setKind(Highlight::Kind::Log);
    highlight.setPalette(palette);
    for (const QString &line :
        {u"time=\"2026-11-25T12:00:00Z\" level=warning msg=\"a\" error=\"b\" pvc-1 12s 10.0.0.1 https://a/b"_s,
            u"I1125 12:00:00.123456       1 a.go:1] Job hvst-upgrade-abcde-apply-manifests cattle-system/x"_s,
            u"+ set -e"_s, u"DEBUG x=1 {\"a\": \"b\"}"_s}) {
        for (const QTextLayout::FormatRange &range : highlight.ranges(line)) {
            if (range.format.hasProperty(QTextFormat::ForegroundBrush))
                QVERIFY2(ui::contrast(range.format.foreground().color(), base) >= 4.5,
                    qPrintable(line.mid(range.start, range.length)));
        }
    }
    for (int colour = 0; colour < ui::ruleColours; ++colour)
        QVERIFY(ui::contrast(palette.color(QPalette::Text), ui::ruleSurface(colour, palette)) >= 4.5);
}

void LogColours::lineIsColouredAlone()
{
    Highlight highlight;
    highlight.setKind(Highlight::Kind::Log);
    highlight.setPalette(ui::Theme::ownPalette(false));
    const QString line = u"level=info msg=\"fine\" n=1"_s;
    const auto wanted = highlight.ranges(line);
    for (const QString &before : {u"an \"open string"_s, u"{\"a\": {"_s, u"/* comment"_s, u"it's"_s}) {
        (void)highlight.ranges(before);
        QCOMPARE(highlight.ranges(line), wanted);
    }
    // A line of megabytes is coloured as far as anybody sees.
    const QString giant(4'000'000, u'"');
    for (const QTextLayout::FormatRange &range : highlight.ranges(giant))
        QVERIFY(range.start + range.length <= Highlight::limit);
}

void LogColours::yamlReadsBack_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("nested") << QByteArray(
        R"({"kind":"Pod","metadata":{"name":"a","labels":{"x":"1","y.z/w":"true"}},"spec":{"a":[1,2.5,-3],"b":[],"c":{}}})");
    QTest::newRow("lists of objects") << QByteArray(
        R"({"items":[{"name":"a","ports":[{"p":80},{"p":81}]},{"z":null,"name":"b"},["x",["y"]],"s",{}]})");
    QTest::newRow("text of lines") << QByteArray(
        R"({"a":"one\ntwo\n","b":"one\n\n  two","c":"\nx","d":"x\n\n","e":"  x\ny"})");
    QTest::newRow("text that looks like others") << QByteArray(
        R"({"a":"yes","b":"null","c":"1e3","d":"0x1F","e":"~","f":"- a","g":"a: b","h":"a #b","i":"","j":" ","k":"{a}","l":"*x","m":"&x","n":"!x","o":"%x","p":"@x","q":"`x","r":"'x","s":"\"x","t":"x:","u":"|","v":">","w":"?","x":"2026-11-25","y":"12:30","z":"1_000"})");
    QTest::newRow("odd characters") << QByteArray(
        R"({"a":"tab\there","b":"\u0007","c":"\u0085","d":"升级","e":"\\","f":"a\rb"})");
    QTest::newRow("numbers") << QByteArray(R"({"a":0,"b":9007199254740991,"c":0.1,"d":1e300,"e":-0.5})");
    QTest::newRow("odd keys") << QByteArray(R"({"a b":1,"true":2,"":3,"x: y":4,"升":5,"#":6})");
}

void LogColours::yamlReadsBack()
{
    QFETCH(QByteArray, json);
    const QJsonObject wanted = object(json.constData());
    QVERIFY(!wanted.isEmpty());
    const QByteArray yaml = ui::toYaml(wanted);
    const QJsonValue back = read(YAML::Load(yaml.toStdString()));
    QVERIFY2(back == wanted, (yaml + "\n→ " + QJsonDocument(back.toObject()).toJson()).constData());
}

void LogColours::secretsAreNeverInYaml_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::newRow("data") << QByteArray(
        R"({"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"s"},"data":{"token":"aHVudGVyMg=="},"stringData":{"plain":"hunter2"}})");
    QTest::newRow("last applied") << QByteArray(
        R"({"kind":"Secret","metadata":{"name":"s","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"token\":\"aHVudGVyMg==\"}}"}},"data":{"token":"aHVudGVyMg=="}})");
    QTest::newRow("list") << QByteArray(
        R"({"kind":"SecretList","items":[{"kind":"Secret","metadata":{"name":"s"},"data":{"token":"aHVudGVyMg=="}}]})");
}

void LogColours::secretsAreNeverInYaml()
{
    QFETCH(QByteArray, json);
    const QByteArray yaml = ui::toYaml(object(json.constData()));
    QVERIFY(!yaml.contains("hunter2"));
    QVERIFY(!yaml.contains("aHVudGVyMg"));
    QVERIFY2(yaml.contains("token") || yaml.contains("not shown"), yaml.constData());
}

void LogColours::yamlInTheOrderOfPeople()
{
    const QByteArray yaml = ui::toYaml(object(
        R"({"status":{"phase":"Running"},"spec":{"image":"x","name":"main"},"metadata":{"uid":"u","name":"a","managedFields":[{"manager":"kubectl"}]},"kind":"Pod","apiVersion":"v1"})"));
    QCOMPARE(yaml,
        "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  uid: u\nspec:\n  name: main\n  image: x\nstatus:\n  phase: "
        "Running\n"_ba);
}

void LogColours::fieldHasItsRow_data()
{
    QTest::addColumn<QString>("field");
    QTest::addColumn<qint64>("row");
    QTest::newRow("top") << u"kind"_s << qint64(1);
    QTest::newRow("deep") << u"status.robustness"_s << qint64(9);
    QTest::newRow("the same name elsewhere") << u"status.state"_s << qint64(10);
    QTest::newRow("list") << u"status.conditions[Ready]"_s << qint64(7);
    QTest::newRow("as far as it is there") << u"status.none.deeper"_s << qint64(6);
    QTest::newRow("nowhere") << u"data.x"_s << qint64(-1);
    QTest::newRow("none") << QString() << qint64(-1);
}

void LogColours::fieldHasItsRow()
{
    QFETCH(QString, field);
    QFETCH(qint64, row);
    const QByteArray yaml = ui::toYaml(object(
        R"({"apiVersion":"v1","kind":"Volume","metadata":{"name":"v"},"spec":{"state":"wanted"},"status":{"conditions":[{"type":"Ready"}],"robustness":"degraded","state":"attached"}})"));
    QCOMPARE(yaml.split('\n').value(9), "  robustness: degraded"_ba);
    QCOMPARE(ui::yamlRow(yaml, field), row);
}

namespace {
ui::KnownObject known(upgrade::Kind kind, const QString &name, const char *json)
{
    auto made = std::make_shared<kube::Object>();
    made->key = {u"harvester-system"_s, name};
    made->json = object(json);
    return {{.kind = kind, .ns = u"harvester-system"_s, .name = name, .uid = {}}, made};
}
} // namespace

void LogColours::objectsOneAfterTheOther()
{
    QTemporaryDir dir;
    ui::Settings settings(dir.filePath(u"s.ini"_s));
    const QList<ui::KnownObject> objects{
        known(upgrade::Kind::Upgrade, u"u"_s, R"({"kind":"Upgrade","status":{"a":1,"b":2}})"),
        known(upgrade::Kind::Job, u"j"_s, R"({"kind":"Job"})")};
    QPointer window = ui::ObjectWindow::open(objects, u"status.b"_s, settings);
    QVERIFY(QTest::qWaitForWindowExposed(window));
    ui::LogView *view = window->viewer()->view();
    QCOMPARE(view->plainText(0), u"kind: Upgrade"_s);
    QCOMPARE(view->selectedText(), u"  b: 2"_s); // what was asked for
    QCOMPARE(window->chooser()->count(), 2);
    QVERIFY(window->chooser()->isVisible());
    window->chooser()->setFocus();
    QTest::keyClick(window->chooser(), Qt::Key_Down);
    QCOMPARE(view->plainText(0), u"kind: Job"_s);
    QVERIFY(window->windowTitle().startsWith(u"j "_s));
    // It is searched and copied as a log is.
    window->viewer()->setQuery(u"job"_s);
    QTRY_VERIFY(window->viewer()->search());
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Escape);
    QTRY_VERIFY(!window);
}

QTEST_MAIN(LogColours)
#include "tst_logcolours.moc"
