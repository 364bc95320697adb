// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/cli.h"

#include "cli/checkverb.h"
#include "cli/console.h"
#include "cli/contexts.h"
#include "cli/demoverb.h"
#include "cli/diagnoseverb.h"
#include "cli/exitcodes.h"
#include "cli/language.h"
#include "cli/logsverb.h"
#include "cli/status.h"
#include "cli/verdictverb.h"
#include "version.h"

#include <QCoreApplication>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

/// Before anything is parsed, so that complaints come in the right language too.
QString languageIn(const QStringList &words)
{
    for (qsizetype i = 0; i < words.size(); ++i) {
        if (words[i] == "--language"_L1)
            return words.value(i + 1);
        if (words[i].startsWith("--language="_L1))
            return words[i].section(u'=', 1);
    }
    return {};
}

} // namespace

bool wantsWindow(const QStringList &words)
{
    const auto arguments = parseArguments(words);
    return arguments && arguments->verb == Verb::Window;
}

int run(const QStringList &words)
{
    installLanguage(chooseLanguage(languageIn(words)));
    const auto arguments = parseArguments(words);
    if (!arguments) {
        err(arguments.error());
        return int(Exit::Usage);
    }
    switch (arguments->verb) {
    case Verb::Help:
        out(helpText(arguments->helpFor));
        if (arguments->helpFor == "demo"_L1)
            out(scenarioLines().join(u'\n'));
        return int(Exit::Told);
    case Verb::Version:
        out(u"gleaner "_s + QLatin1StringView(GLEANER_VERSION));
        return int(Exit::Told);
    case Verb::Status:
        return int(runStatus(*arguments));
    case Verb::Contexts:
        return int(runContexts(*arguments));
    case Verb::Logs:
        return int(runLogs(*arguments));
    case Verb::Diagnose:
        return int(runDiagnose(*arguments));
    case Verb::Verdict:
        return int(runVerdict(*arguments));
    case Verb::Check:
        return int(runCheck(*arguments));
    case Verb::Demo:
        return int(runDemo(*arguments));
    case Verb::Window:
        break;
    }
    err(QCoreApplication::translate("cli", "This build has no window. See gleaner --help for the commands."));
    return int(Exit::Failed);
}

} // namespace cli
