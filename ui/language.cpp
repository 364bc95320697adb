// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/language.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTranslator>

namespace ui {

using namespace Qt::StringLiterals;

Language::~Language()
{
    for (QTranslator *translator : std::as_const(m_installed))
        QCoreApplication::removeTranslator(translator);
}

QString Language::systemCode()
{
    const QStringList wanted = QLocale::system().uiLanguages();
    for (const QString &tag : wanted) {
        if (tag.startsWith("zh"_L1))
            return u"zh_CN"_s;
        if (tag.startsWith("en"_L1) || tag == "C"_L1)
            break;
    }
    return u"en"_s;
}

void Language::apply(const QString &code)
{
    m_choice = code;
    const QString wanted = code.isEmpty() ? systemCode() : code == "zh_CN"_L1 ? code : u"en"_s;
    if (wanted == m_code && !m_installed.isEmpty())
        return;
    m_code = wanted;
    const QList<QTranslator *> old = std::exchange(m_installed, {});
    QLocale::setDefault(wanted == "zh_CN"_L1 ? QLocale(QLocale::Chinese, QLocale::China) : QLocale(QLocale::English));
    // English has a catalogue too: the plurals.
    for (const QString &name : {u"qtbase_"_s + wanted, u"gleaner_"_s + wanted}) {
        auto *translator = new QTranslator(this);
        if (translator->load(name, u":/i18n"_s) && QCoreApplication::installTranslator(translator))
            m_installed.append(translator);
        else
            delete translator;
    }
    for (QTranslator *translator : old) {
        QCoreApplication::removeTranslator(translator);
        delete translator;
    }
}

} // namespace ui
