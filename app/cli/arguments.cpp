// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/arguments.h"

#include <QCoreApplication>

#include <algorithm>
#include <functional>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// An option: its value is written "--name VALUE" or "--name=VALUE".
struct Option {
    QLatin1StringView name;
    bool takesValue = true;
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

const Option kubeconfigOption{"kubeconfig"_L1, true, [](Arguments &a, const QString &v) {
                                  a.kubeconfig = v;
                                  return !v.isEmpty();
                              }};
const Option contextOption{"context"_L1, true, [](Arguments &a, const QString &v) {
                               a.context = v;
                               return !v.isEmpty();
                           }};
const Option languageOption{"language"_L1, true, [](Arguments &a, const QString &v) {
                                a.language = v;
                                return !v.isEmpty();
                            }};
const Option outputOption{"output"_L1, true, [](Arguments &a, const QString &v) {
                              a.json = v == "json"_L1;
                              return a.json || v == "text"_L1;
                          }};

QList<Option> optionsOf(Verb verb)
{
    switch (verb) {
    case Verb::Status:
        return {kubeconfigOption, contextOption, languageOption, outputOption,
            {"watch"_L1, false, [](Arguments &a, const QString &) { return a.watch = true; }},
            {"timeout"_L1, true, [](Arguments &a, const QString &v) { return seconds(v, a.timeout); }},
            {"exec-timeout"_L1, true, [](Arguments &a, const QString &v) { return seconds(v, a.execTimeout); }}};
    case Verb::Contexts:
        return {kubeconfigOption, languageOption, outputOption};
    case Verb::Demo:
        return {languageOption,
            {"nodes"_L1, true,
                [](Arguments &a, const QString &v) {
                    a.nodes = v.toInt();
                    return a.nodes >= 1 && a.nodes <= 5000;
                }},
            {"speed"_L1, true,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.speed = v.toDouble(&good);
                    return good && a.speed >= 0 && a.speed <= 100000;
                }},
            {"start-at"_L1, true,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.startAt = v.toDouble(&good);
                    return good && a.startAt >= 0;
                }},
            {"port"_L1, true,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.port = v.toUShort(&good);
                    return good;
                }},
            {"seed"_L1, true,
                [](Arguments &a, const QString &v) {
                    bool good = false;
                    a.seed = v.toULongLong(&good);
                    return good;
                }},
            {"kubeconfig-out"_L1, true, [](Arguments &a, const QString &v) {
                 a.kubeconfigOut = v;
                 return !v.isEmpty();
             }}};
    default:
        return {kubeconfigOption, contextOption, languageOption,
            {"demo"_L1, false, [](Arguments &a, const QString &) { return a.demoWindow = true; }},
            {"tour"_L1, true,
                [](Arguments &a, const QString &v) {
                    a.tour = v;
                    return !v.isEmpty();
                }},
            {"theme"_L1, true, [](Arguments &a, const QString &v) {
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
    for (const Verb verb : {Verb::Window, Verb::Status, Verb::Contexts, Verb::Demo}) {
        const QList<Option> options = optionsOf(verb);
        const auto option = std::ranges::find_if(options, [&](const Option &o) { return o.name == name; });
        if (option != options.end())
            return option->takesValue && !word.contains(u'=');
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
        else if (verb == "help"_L1) {
            result.verb = Verb::Help;
            result.helpFor = words.value(0);
            static const QStringList known{QString(), u"status"_s, u"contexts"_s, u"demo"_s};
            if (!known.contains(result.helpFor))
                return std::unexpected(tr("There is no command \"%1\". See gleaner --help.").arg(result.helpFor));
            return result;
        } else {
            return std::unexpected(tr("There is no command \"%1\". See gleaner --help.").arg(verb));
        }
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
        if (!word.startsWith(u'-') && result.verb == Verb::Demo && !scenarioGiven) {
            result.scenario = word;
            scenarioGiven = true;
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
        if (option->takesValue) {
            const qsizetype equals = word.indexOf(u'=');
            if (equals >= 0)
                value = word.mid(equals + 1);
            else if (!words.isEmpty())
                value = words.takeFirst();
            else
                return std::unexpected(tr("The option %1 needs a value.").arg(word));
        }
        if (!option->apply(result, value))
            return std::unexpected(tr("The option --%1 cannot be \"%2\". See --help.").arg(option->name, value));
    }
    return result;
}

QString helpText(const QString &verb)
{
    if (verb == "status"_L1)
        return tr("Usage: gleaner status [options]\n"
                  "\n"
                  "Prints where the Harvester upgrade of a cluster stands.\n"
                  "\n"
                  "  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config\n"
                  "  --context NAME        this context; else the current one\n"
                  "  -o, --output FORMAT   text (default) or json (schema gleaner.status/v1)\n"
                  "  -w, --watch           go on and print what changes, until interrupted\n"
                  "  --timeout SECONDS     how long to wait for the board (default 30)\n"
                  "  --exec-timeout SECONDS  how long a login plugin may take (default 60)\n"
                  "  --language LANGUAGE   en or zh_CN; else by the environment\n"
                  "  -h, --help            print this\n"
                  "\n"
                  "Exit codes: 0 the board was printed, whatever it says; 1 local failure; 2 cluster not reached;\n"
                  "3 not allowed: login refused, a login plugin that failed or took too long, no permission;\n"
                  "4 not a Harvester cluster; 5 kubeconfig: no such context, or it cannot be used;\n"
                  "64 wrong usage; 130 interrupted before there was a board.");
    if (verb == "contexts"_L1)
        return tr("Usage: gleaner contexts [options]\n"
                  "\n"
                  "Lists the contexts of the kubeconfig files with server, way of signing in, file and problems.\n"
                  "\n"
                  "  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config\n"
                  "  -o, --output FORMAT   text (default) or json (schema gleaner.contexts/v1)\n"
                  "  --language LANGUAGE   en or zh_CN; else by the environment\n"
                  "  -h, --help            print this\n"
                  "\n"
                  "Exit codes: 0 every context can be used; 5 there are errors, or no context at all; 64 wrong usage.");
    if (verb == "demo"_L1)
        return tr("Usage: gleaner demo [SCENARIO] [options]\n"
                  "\n"
                  "Serves a simulated Harvester cluster on this machine until interrupted.\n"
                  "\n"
                  "  --nodes N             number of nodes (default 3)\n"
                  "  --speed X             simulated seconds per second (default 60)\n"
                  "  --start-at SECONDS    begin that far into the scenario\n"
                  "  --port PORT           listen there; else any free port\n"
                  "  --seed N              same seed, same names and timings\n"
                  "  --kubeconfig-out FILE write the kubeconfig there, readable by you only\n"
                  "  --language LANGUAGE   en or zh_CN; else by the environment\n"
                  "  -h, --help            print this\n"
                  "\n"
                  "Exit codes: 0 ended by Ctrl+C; 1 the port is taken, or the file cannot be written; 64 wrong usage.\n"
                  "\n"
                  "Scenarios:");
    return tr("Usage: gleaner [options]\n"
              "       gleaner status | contexts | demo [options]\n"
              "\n"
              "Without a command the window opens.\n"
              "\n"
              "  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config\n"
              "  --context NAME        open this context\n"
              "  --demo                open the window on simulated clusters\n"
              "  --tour DIR            walk through every view, write pictures to DIR and end\n"
              "  --theme THEME         light, dark or system\n"
              "  --language LANGUAGE   en or zh_CN; else by the environment\n"
              "  --version             print the version\n"
              "  -h, --help            print this\n"
              "\n"
              "  gleaner status        print where the upgrade of a cluster stands\n"
              "  gleaner contexts      list the contexts and their problems\n"
              "  gleaner demo          serve a simulated cluster\n"
              "  gleaner COMMAND --help, or gleaner help COMMAND: the options of a command\n"
              "\n"
              "Exit codes: 0 done; 1 something on this machine; 64 wrong usage. Commands have more of them.");
}

} // namespace cli
