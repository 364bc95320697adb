// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/arguments.h"

#include "cli/logselect.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>
#include <functional>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

enum class Value { None, Needed, Optional };

/// An option: its value is written "--name VALUE" or "--name=VALUE".
struct Option {
    QLatin1StringView name;
    Value value = Value::Needed;
    std::function<bool(Arguments &, const QString &)> apply; ///< false: the value is wrong
};

bool seconds(const QString &text, std::chrono::milliseconds &to)
{
    QString number = text;
    if (number.endsWith(u's'))
        number.chop(1);
    bool good = false;
    const double value = number.toDouble(&good);
    if (!good || value <= 0 || value > 86400)
        return false;
    to = std::chrono::milliseconds(qint64(value * 1000));
    return true;
}

/// "90s", "1h30m", "2d", or a time as RFC 3339 has it.
bool since(Arguments &arguments, const QString &text)
{
    static const QRegularExpression whole(u"^(?:\\d+(?:\\.\\d+)?(?:ms|s|m|h|d))+$"_s);
    static const QRegularExpression part(u"(\\d+(?:\\.\\d+)?)(ms|s|m|h|d)"_s);
    if (!whole.match(text).hasMatch()) {
        // Without a zone nobody knows which hour is meant.
        static const QRegularExpression zone(u"T.*(Z|[+-]\\d\\d:\\d\\d)$"_s, QRegularExpression::CaseInsensitiveOption);
        arguments.sinceTime
            = zone.match(text).hasMatch() ? QDateTime::fromString(text, Qt::ISODateWithMs) : QDateTime();
        return arguments.sinceTime.isValid();
    }
    static const QHash<QString, double> units{
        {u"ms"_s, 1}, {u"s"_s, 1e3}, {u"m"_s, 6e4}, {u"h"_s, 3.6e6}, {u"d"_s, 8.64e7}};
    double sum = 0;
    for (const QRegularExpressionMatch &match : part.globalMatch(text))
        sum += match.captured(1).toDouble() * units.value(match.captured(2));
    constexpr double most = 8.64e7 * 3650;
    if (sum > most)
        return false;
    arguments.sinceAgo = std::chrono::milliseconds(qint64(sum));
    return true;
}

/// A name of something in the cluster.
Option named(QLatin1StringView name, QString Arguments::*where)
{
    return {name, Value::Needed, [where](Arguments &a, const QString &v) {
                a.*where = v;
                return !v.isEmpty();
            }};
}

const Option kubeconfigOption{"kubeconfig"_L1, Value::Needed, [](Arguments &a, const QString &v) {
                                  a.kubeconfig = v;
                                  return !v.isEmpty();
                              }};
const Option contextOption{"context"_L1, Value::Needed, [](Arguments &a, const QString &v) {
                               a.context = v;
                               return !v.isEmpty();
                           }};
const Option languageOption{"language"_L1, Value::Needed, [](Arguments &a, const QString &v) {
                                a.language = v;
                                return !v.isEmpty();
                            }};
const Option outputOption{"output"_L1, Value::Needed, [](Arguments &a, const QString &v) {
                              a.json = v == "json"_L1;
                              return a.json || v == "text"_L1;
                          }};

QList<Option> optionsOf(Verb verb)
{
    switch (verb) {
    case Verb::Status:
        return {kubeconfigOption, contextOption, languageOption, outputOption,
            {"watch"_L1, Value::None, [](Arguments &a, const QString &) { return a.watch = true; }},
            {"timeout"_L1, Value::Needed, [](Arguments &a, const QString &v) { return seconds(v, a.timeout); }},
            {"exec-timeout"_L1, Value::Needed,
                [](Arguments &a, const QString &v) { return seconds(v, a.execTimeout); }}};
    case Verb::Verdict:
    case Verb::Check: {
        QList<Option> options{kubeconfigOption, contextOption, languageOption, outputOption,
            {"exit-code"_L1, Value::None, [](Arguments &a, const QString &) { return a.exitCode = true; }},
            {"timeout"_L1, Value::Needed, [](Arguments &a, const QString &v) { return seconds(v, a.timeout); }},
            {"exec-timeout"_L1, Value::Needed,
                [](Arguments &a, const QString &v) { return seconds(v, a.execTimeout); }}};
        if (verb == Verb::Check)
            options.append(named("target"_L1, &Arguments::target));
        return options;
    }
    case Verb::Contexts:
        return {kubeconfigOption, languageOption, outputOption};
    case Verb::Logs:
        return {kubeconfigOption, contextOption, languageOption, outputOption, named("job"_L1, &Arguments::job),
            named("pod"_L1, &Arguments::pod), named("node"_L1, &Arguments::node),
            named("container"_L1, &Arguments::container),
            {"phase"_L1, Value::Needed,
                [](Arguments &a, const QString &v) {
                    a.phase = phaseOfWord(v);
                    return a.phase.has_value();
                }},
            {"follow"_L1, Value::None, [](Arguments &a, const QString &) { return a.follow = true; }},
            {"timestamps"_L1, Value::None, [](Arguments &a, const QString &) { return a.timestamps = true; }},
            {"since"_L1, Value::Needed, [](Arguments &a, const QString &v) { return since(a, v); }},
            {"history"_L1, Value::Optional,
                [](Arguments &a, const QString &v) {
                    a.pastUpgrade = v;
                    return a.history = true;
                }},
            {"timeout"_L1, Value::Needed, [](Arguments &a, const QString &v) { return seconds(v, a.timeout); }},
            {"exec-timeout"_L1, Value::Needed,
                [](Arguments &a, const QString &v) { return seconds(v, a.execTimeout); }}};
    case Verb::Diagnose:
        return {kubeconfigOption, contextOption, languageOption, outputOption,
            {"timeout"_L1, Value::Needed, [](Arguments &a, const QString &v) { return seconds(v, a.timeout); }},
            {"exec-timeout"_L1, Value::Needed,
                [](Arguments &a, const QString &v) { return seconds(v, a.execTimeout); }}};
    case Verb::Demo:
        return {languageOption,
            {"nodes"_L1, Value::Needed,
                [](Arguments &a, const QString &v) {
                    a.nodes = v.toInt();
                    return a.nodes >= 1 && a.nodes <= 5000;
                }},
            {"speed"_L1, Value::Needed,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.speed = v.toDouble(&good);
                    return good && a.speed >= 0 && a.speed <= 100000;
                }},
            {"start-at"_L1, Value::Needed,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.startAt = v.toDouble(&good);
                    return good && a.startAt >= 0;
                }},
            {"port"_L1, Value::Needed,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.port = v.toUShort(&good);
                    return good;
                }},
            {"seed"_L1, Value::Needed,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.seed = v.toULongLong(&good);
                    return good;
                }},
            {"kubeconfig-out"_L1, Value::Needed, [](Arguments &a, const QString &v) {
                 a.kubeconfigOut = v;
                 return !v.isEmpty();
             }}};
    case Verb::Help:
        return {languageOption};
    default:
        return {kubeconfigOption, contextOption, languageOption,
            {"demo"_L1, Value::None, [](Arguments &a, const QString &) { return a.demoWindow = true; }},
            {"tour"_L1, Value::Needed,
                [](Arguments &a, const QString &v) {
                    a.tour = v;
                    return !v.isEmpty();
                }},
            {"theme"_L1, Value::Needed, [](Arguments &a, const QString &v) {
                 a.theme = v;
                 return v == "light"_L1 || v == "dark"_L1 || v == "system"_L1;
             }}};
    }
}

QString longName(const QString &word)
{
    if (word == "-o"_L1)
        return u"output"_s;
    if (word == "-w"_L1)
        return u"watch"_s;
    if (word == "-f"_L1)
        return u"follow"_s;
    if (word == "-c"_L1)
        return u"container"_s;
    return word.startsWith("--"_L1) ? word.mid(2) : QString();
}

/// QApplication reads these itself.
bool isQtOption(const QString &word)
{
    return word == "-platform"_L1 || word == "-style"_L1 || word == "-stylesheet"_L1 || word == "-geometry"_L1
        || word == "-qwindowgeometry"_L1 || word == "-display"_L1;
}

/// Whether the next word is the value of this option, whichever command it is of; nullopt: there is no such option.
std::optional<bool> takesNextWord(const QString &word)
{
    if (isQtOption(word))
        return true;
    if (word == "--help"_L1 || word == "-h"_L1 || word == "--version"_L1)
        return false;
    const QString name = longName(word).section(u'=', 0, 0);
    for (const Verb verb : {Verb::Window, Verb::Status, Verb::Contexts, Verb::Demo, Verb::Logs, Verb::Diagnose,
             Verb::Verdict, Verb::Check}) {
        const QList<Option> options = optionsOf(verb);
        const auto option = std::ranges::find_if(options, [&](const Option &o) { return o.name == name; });
        if (option != options.end())
            return option->value == Value::Needed && !word.contains(u'=');
    }
    return std::nullopt;
}

/// The command first, wherever it stands: "gleaner --language zh_CN status" is how people write options that hold for
/// all.
QStringList verbFirst(QStringList words)
{
    qsizetype at = 0;
    while (at < words.size() && words.at(at).startsWith(u'-')) {
        const auto takes = takesNextWord(words.at(at));
        if (!takes)
            return words; // the complaint is about it, not about what follows
        at += *takes ? 2 : 1;
    }
    if (at > 0 && at < words.size())
        words.move(at, 0);
    return words;
}

/// "-ojson" is how kubectl users write it too.
QStringList spelledOut(const QStringList &words)
{
    QStringList result;
    for (const QString &word : words) {
        if (word.startsWith("-o"_L1) && word.size() > 2) {
            const bool equals = word.at(2) == u'=';
            result << u"-o"_s << word.mid(equals ? 3 : 2);
        } else {
            result << word;
        }
    }
    return result;
}

/// Options that cannot hold together; empty: none.
QString contradiction(const Arguments &a)
{
    QStringList chosen;
    const std::pair<QLatin1StringView, bool> choices[] = {{"--job"_L1, !a.job.isEmpty()},
        {"--pod"_L1, !a.pod.isEmpty()}, {"--phase"_L1, a.phase.has_value()}, {"--node"_L1, !a.node.isEmpty()}};
    for (const auto &[name, given] : choices) {
        if (given)
            chosen.append(name);
    }
    if (chosen.size() > 1)
        return tr("Only one of %1 can be given.").arg(chosen.join(u", "_s));
    if (a.history && a.follow)
        return tr("Nothing more comes from a past upgrade: --history cannot go with --follow.");
    const bool selects = !chosen.isEmpty() || !a.container.isEmpty() || a.sinceAgo || a.sinceTime.isValid();
    if (a.history && a.pastUpgrade.isEmpty() && selects)
        return tr("Of which upgrade? --history NAME; gleaner logs --history lists them.");
    if (!a.path.isEmpty() && (!a.context.isEmpty() || !a.kubeconfig.isEmpty()))
        return tr("Either a file or a cluster is diagnosed: %1 cannot go with --context or --kubeconfig.").arg(a.path);
    return {};
}

} // namespace

std::expected<Arguments, QString> parseArguments(const QStringList &given)
{
    Arguments result;
    QStringList words = verbFirst(spelledOut(given));
    if (!words.isEmpty() && !words.constFirst().startsWith(u'-')) {
        const QString verb = words.takeFirst();
        if (verb == "status"_L1)
            result.verb = Verb::Status;
        else if (verb == "contexts"_L1)
            result.verb = Verb::Contexts;
        else if (verb == "demo"_L1)
            result.verb = Verb::Demo;
        else if (verb == "logs"_L1)
            result.verb = Verb::Logs;
        else if (verb == "diagnose"_L1)
            result.verb = Verb::Diagnose;
        else if (verb == "verdict"_L1)
            result.verb = Verb::Verdict;
        else if (verb == "check"_L1)
            result.verb = Verb::Check;
        else if (verb == "help"_L1)
            result.verb = Verb::Help;
        else
            return std::unexpected(tr("There is no command \"%1\". See gleaner --help.").arg(verb));
        if (result.verb != Verb::Help)
            result.helpFor = verb;
    }
    bool scenarioGiven = false;
    const QList<Option> options = optionsOf(result.verb);
    while (!words.isEmpty()) {
        const QString word = words.takeFirst();
        if (word == "--help"_L1 || word == "-h"_L1) {
            result.verb = Verb::Help;
            return result;
        }
        if (word == "--version"_L1 && result.verb == Verb::Window) {
            result.verb = Verb::Version;
            return result;
        }
        if (!word.startsWith(u'-') && result.verb == Verb::Help && result.helpFor.isEmpty()) {
            static const QStringList known{
                u"status"_s, u"contexts"_s, u"demo"_s, u"logs"_s, u"diagnose"_s, u"verdict"_s, u"check"_s};
            if (!known.contains(word))
                return std::unexpected(tr("There is no command \"%1\". See gleaner --help.").arg(word));
            result.helpFor = word;
            continue;
        }
        if (!word.startsWith(u'-') && result.verb == Verb::Demo && !scenarioGiven) {
            result.scenario = word;
            scenarioGiven = true;
            continue;
        }
        if (result.verb == Verb::Diagnose && (!word.startsWith(u'-') || word == "-"_L1) && result.path.isEmpty()) {
            if (word.isEmpty())
                return std::unexpected(tr("The path of the file is empty."));
            result.path = word;
            continue;
        }
        if (result.verb == Verb::Window && isQtOption(word)) {
            if (!words.isEmpty())
                words.removeFirst();
            continue;
        }
        const QString name = longName(word).section(u'=', 0, 0);
        const auto option = std::ranges::find_if(options, [&](const Option &o) { return o.name == name; });
        if (option == options.end())
            return std::unexpected(word.startsWith(u'-') ? tr("There is no option \"%1\" here. See --help.").arg(word)
                                                         : tr("\"%1\" is one word too many. See --help.").arg(word));
        QString value;
        if (option->value != Value::None) {
            const qsizetype equals = word.indexOf(u'=');
            const bool optional = option->value == Value::Optional;
            if (equals >= 0)
                value = word.mid(equals + 1);
            else if (!words.isEmpty() && (!optional || !words.constFirst().startsWith(u'-')))
                value = words.takeFirst();
            else if (!optional)
                return std::unexpected(tr("The option %1 needs a value.").arg(word));
        }
        if (!option->apply(result, value))
            return std::unexpected(tr("The option --%1 cannot be \"%2\". See --help.").arg(option->name, value));
    }
    if (const QString wrong = contradiction(result); !wrong.isEmpty())
        return std::unexpected(wrong);
    return result;
}

} // namespace cli
