// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/language.h"

#include <QCoreApplication>
#include <QTranslator>

namespace cli {

using namespace Qt::StringLiterals;

QString chooseLanguage(const QString &wanted)
{
    QString name = wanted;
    for (const char *variable : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
        if (!name.isEmpty())
            break;
        name = qEnvironmentVariable(variable);
    }
    name.replace(u'-', u'_');
    // One Chinese catalogue for now: a reader of zh_TW is better served by it than by English only when asked for.
    const bool simplified = name.startsWith("zh_CN"_L1) || name.startsWith("zh_Hans"_L1) || name.startsWith("zh_SG"_L1)
        || name == "zh"_L1;
    return simplified ? u"zh_CN"_s : u"en"_s;
}

void installLanguage(const QString &code)
{
    // English has a catalogue too: the plurals.
    QCoreApplication *const application = QCoreApplication::instance();
    for (const QString &catalogue : {u"qtbase"_s, u"gleaner"_s}) {
        auto *translator = new QTranslator(application);
        if (translator->load(u":/i18n/%1_%2.qm"_s.arg(catalogue, code)))
            QCoreApplication::installTranslator(translator);
        else
            delete translator;
    }
}

} // namespace cli
