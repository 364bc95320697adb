// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logrules.h"

#include "ui/settings.h"
#include "ui/statecolours.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPalette>

#include <algorithm>
#include <array>

namespace ui {

using namespace Qt::StringLiterals;

QColor ruleSurface(int colour, const QPalette &palette)
{
    static constexpr std::array<QRgb, ruleColours> hues{0xffd33d, 0x3fb950, 0x58a6ff, 0xa371f7, 0xf778ba, 0xff8c42};
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    QColor surface;
    for (double share = 0.5; share > 0.1; share -= 0.05) {
        surface = blend(QColor(hues[size_t(std::clamp(colour, 0, ruleColours - 1))]), base, share);
        if (contrast(text, surface) >= 4.5)
            break;
    }
    return surface;
}

QString ruleColourName(int colour)
{
    switch (colour) {
    case 0:
        return QCoreApplication::translate("ui::LogRules", "Yellow");
    case 1:
        return QCoreApplication::translate("ui::LogRules", "Green");
    case 2:
        return QCoreApplication::translate("ui::LogRules", "Blue");
    case 3:
        return QCoreApplication::translate("ui::LogRules", "Violet");
    case 4:
        return QCoreApplication::translate("ui::LogRules", "Pink");
    default:
        return QCoreApplication::translate("ui::LogRules", "Orange");
    }
}

QList<LogRule> loadRules(const Settings &settings)
{
    QList<LogRule> rules;
    const QJsonArray stored = QJsonDocument::fromJson(settings.bytes(u"log/rules"_s)).array();
    for (const QJsonValue &value : stored) {
        const QJsonObject object = value.toObject();
        LogRule rule;
        rule.query.text = object.value("text"_L1).toString();
        rule.query.kind = object.value("regex"_L1).toBool() ? logs::Query::Kind::Regex : logs::Query::Kind::Literal;
        rule.query.caseSensitive = object.value("case"_L1).toBool();
        rule.query.wholeWord = object.value("word"_L1).toBool();
        rule.colour = std::clamp(object.value("colour"_L1).toInt(), 0, ruleColours - 1);
        rule.enabled = object.value("enabled"_L1).toBool(true);
        if (!rule.query.isEmpty())
            rules.append(rule);
    }
    return rules;
}

void saveRules(Settings &settings, const QList<LogRule> &rules)
{
    QJsonArray stored;
    for (const LogRule &rule : rules) {
        stored.append(QJsonObject{{u"text"_s, rule.query.text},
            {u"regex"_s, rule.query.kind == logs::Query::Kind::Regex}, {u"case"_s, rule.query.caseSensitive},
            {u"word"_s, rule.query.wholeWord}, {u"colour"_s, rule.colour}, {u"enabled"_s, rule.enabled}});
    }
    settings.setBytes(u"log/rules"_s, QJsonDocument(stored).toJson(QJsonDocument::Compact));
}

} // namespace ui
