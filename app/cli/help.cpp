// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What --help prints.

#include "cli/arguments.h"

#include <QCoreApplication>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

} // namespace

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
    if (verb == "verdict"_L1)
        return tr("Usage: gleaner verdict [options]\n"
                  "\n"
                  "Prints whether the upgrade of a cluster may be stopped and started again, why, and what to do.\n"
                  "\n"
                  "  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config\n"
                  "  --context NAME        this context; else the current one\n"
                  "  -o, --output FORMAT   text (default) or json (schema gleaner.verdict/v1)\n"
                  "  --exit-code           exit with 7 unless the verdict is \"safe\"\n"
                  "  --timeout SECONDS     how long to wait for the cluster (default 30)\n"
                  "  --exec-timeout SECONDS  how long a login plugin may take (default 60)\n"
                  "  --language LANGUAGE   en or zh_CN; else by the environment\n"
                  "  -h, --help            print this\n"
                  "\n"
                  "Exit codes: 0 the verdict was printed, whatever it is; 1 local failure; 2 cluster not reached;\n"
                  "3 not allowed; 4 not a Harvester cluster; 5 kubeconfig: no such context, or it cannot be used;\n"
                  "7 with --exit-code: not \"safe\"; 64 wrong usage; 130 interrupted before there was a verdict.");
    if (verb == "check"_L1)
        return tr(
            "Usage: gleaner check [options]\n"
            "\n"
            "Makes the pre-checks of an upgrade and asks the server itself by a dry run. Nothing is changed.\n"
            "\n"
            "  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config\n"
            "  --context NAME        this context; else the current one\n"
            "  --target VERSION      to this version; else the same again, or the newest that is offered\n"
            "  -o, --output FORMAT   text (default) or json (schema gleaner.check/v1)\n"
            "  --exit-code           exit with 7 when something blocks, or a blocking check could not be made\n"
            "  --timeout SECONDS     how long to wait for an answer (default 30)\n"
            "  --exec-timeout SECONDS  how long a login plugin may take (default 60)\n"
            "  --language LANGUAGE   en or zh_CN; else by the environment\n"
            "  -h, --help            print this\n"
            "\n"
            "Exit codes: 0 the checks were printed, whatever they say; 1 local failure; 2 cluster not reached;\n"
            "3 login refused; 5 kubeconfig: no such context, or it cannot be used; 7 with --exit-code: something\n"
            "blocks; 64 wrong usage; 130 interrupted before all were made.");
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
    if (verb == "logs"_L1)
        return tr(
            "Usage: gleaner logs [options]\n"
            "\n"
            "Prints every line of the upgrade's logs, merged by time: from the cluster, keeping them on this machine,\n"
            "or from what was kept of a past upgrade.\n"
            "\n"
            "  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config\n"
            "  --context NAME        this context; else the current one\n"
            "  --job NAME            of this Job: all its pods, those that are gone too\n"
            "  --pod NAME            of this pod; the only way to get those of controllers\n"
            "  --phase PHASE         log-infra, repository, preload, system-services, nodes or cleanup\n"
            "  --node NAME           of what ran on this node\n"
            "  -c, --container NAME  of containers of this name only\n"
            "  -f, --follow          go on and print what comes, until interrupted\n"
            "  --since TIME          from then on: 90s, 15m, 1h30m, 2d ago, or 2026-01-31T12:00:00Z\n"
            "  --timestamps          print the time before each line\n"
            "  --history [UPGRADE]   no cluster: list past upgrades, or print the logs of this one (name or UID)\n"
            "  -o, --output FORMAT   text (default) or json (schema gleaner.log/v1, an object a line)\n"
            "  --timeout SECONDS     how long to wait for the cluster, and for logs that do not come (default 30)\n"
            "  --exec-timeout SECONDS  how long a login plugin may take (default 60)\n"
            "  --language LANGUAGE   en or zh_CN; else by the environment\n"
            "  -h, --help            print this\n"
            "\n"
            "Exit codes: 0 everything there is was printed; 1 local failure; 2 cluster not reached, or a log not read\n"
            "to its end; 3 not allowed; 4 not a Harvester cluster; 5 kubeconfig: no such context, or it cannot be\n"
            "used; 6 no upgrade, or nothing of that name; 64 wrong usage; 130 interrupted before the end.");
    if (verb == "diagnose"_L1)
        return tr(
            "Usage: gleaner diagnose [PATH | -] [options]\n"
            "\n"
            "Prints what is wrong with an upgrade, how that is known and what to do: of a cluster, or of a file.\n"
            "\n"
            "PATH is Harvester's support bundle or an upgrade-log archive (zip, tar or unpacked), a folder of YAML "
            "and\n"
            "logs, or one file. With - it is read from standard input: any of those, or a text that was copied, such "
            "as\n"
            "an error message or the output of kubectl. Without a PATH the cluster of the context is asked.\n"
            "\n"
            "  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config\n"
            "  --context NAME        this context; else the current one\n"
            "  -o, --output FORMAT   text (default) or json (schema gleaner.diagnosis/v1)\n"
            "  --timeout SECONDS     how long to wait for the cluster, and for its logs (default 30)\n"
            "  --exec-timeout SECONDS  how long a login plugin may take (default 60)\n"
            "  --language LANGUAGE   en or zh_CN; else by the environment\n"
            "  -h, --help            print this\n"
            "\n"
            "Exit codes: 0 the findings were printed, whatever they are, also none; 1 the file cannot be read, or "
            "there\n"
            "is nothing in it; 2 cluster not reached; 3 not allowed; 4 not a Harvester cluster; 5 kubeconfig: no such\n"
            "context, or it cannot be used; 64 wrong usage; 130 interrupted before the end.");
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
              "       gleaner status | verdict | check | logs | diagnose | contexts | demo [options]\n"
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
              "  gleaner verdict       print whether the upgrade may be stopped and started again\n"
              "  gleaner check         print the pre-checks of an upgrade and what the server says to it\n"
              "  gleaner logs          print the logs of an upgrade, present or past\n"
              "  gleaner diagnose      print what is wrong with an upgrade: of a cluster, a bundle, a text\n"
              "  gleaner contexts      list the contexts and their problems\n"
              "  gleaner demo          serve a simulated cluster\n"
              "  gleaner COMMAND --help, or gleaner help COMMAND: the options of a command\n"
              "\n"
              "Exit codes: 0 done; 1 something on this machine; 64 wrong usage. Commands have more of them.");
}

} // namespace cli
