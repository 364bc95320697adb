// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Decides between the window and a verb, nothing else: verbs run without any graphics.

#include "cli/cli.h"

#include <QCoreApplication>

#ifdef GLEANER_UI
#include "ui/app.h"

#include <QApplication>
#endif

#include "version.h"

namespace {

QStringList wordsOf(int argc, char **argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("gleaner"));
    QCoreApplication::setOrganizationName(QStringLiteral("gleaner"));
    QCoreApplication::setApplicationVersion(QLatin1StringView(GLEANER_VERSION));
}

} // namespace

int main(int argc, char **argv)
{
    const QStringList words = wordsOf(argc, argv);
    nameApplication();
#ifdef GLEANER_UI
    if (cli::wantsWindow(words)) {
        QApplication application(argc, argv);
        const cli::Arguments arguments = *cli::parseArguments(words);
        ui::GuiOptions options;
        options.kubeconfig = arguments.kubeconfig;
        options.context = arguments.context;
        options.demo = arguments.demoWindow;
        options.tourDirectory = arguments.tour;
        options.language = arguments.language;
        options.theme = arguments.theme;
        return ui::runGui(application, options);
    }
#endif
    QCoreApplication application(argc, argv);
    return cli::run(words);
}
