// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/theme.h"

#include "ui/style.h"

#include <QApplication>
#include <QFont>
#include <QFontInfo>
#include <QStyle>
#include <QStyleHints>

namespace ui {

using namespace Qt::StringLiterals;

QStringList Theme::chineseFamilies()
{
    return {u"Noto Sans CJK SC"_s, u"Source Han Sans SC"_s, u"PingFang SC"_s, u"Microsoft YaHei"_s,
        u"WenQuanYi Micro Hei"_s};
}

Theme::Theme(QApplication &application, QObject *parent)
    : QObject(parent)
    , m_application(application)
{
    if (QApplication::style()->name().compare("fusion"_L1, Qt::CaseInsensitive) == 0)
        QApplication::setStyle(new Style);
    // Latin as set by the system; Chinese from a sans of the same weight instead of whatever the system falls back to.
    QFont font = QApplication::font();
    // "Sans Serif" is an alias, not a family: the real one has to lead the list.
    QStringList families{QFontInfo(font).family()};
    for (const QString &family : chineseFamilies()) {
        if (!families.contains(family))
            families.append(family);
    }
    font.setFamilies(families);
    QApplication::setFont(font);
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, [this] { settle(); });
    settle();
}

void Theme::apply(Choice choice)
{
    m_choice = choice;
    const Qt::ColorScheme wanted = choice == Choice::Light ? Qt::ColorScheme::Light
        : choice == Choice::Dark                           ? Qt::ColorScheme::Dark
                                                           : Qt::ColorScheme::Unknown;
    QGuiApplication::styleHints()->setColorScheme(wanted);
    settle();
}

void Theme::settle()
{
    const Qt::ColorScheme now = QGuiApplication::styleHints()->colorScheme();
    const bool followed = m_choice == Choice::System
        ? now != Qt::ColorScheme::Unknown
        : now == (m_choice == Choice::Dark ? Qt::ColorScheme::Dark : Qt::ColorScheme::Light);
    if (!followed) {
        const QPalette own = ownPalette(m_choice == Choice::Dark);
        m_ownPalette = true;
        if (QApplication::palette() != own)
            QApplication::setPalette(own);
    } else if (m_ownPalette) {
        m_ownPalette = false;
        QApplication::setPalette(QPalette());
    }
}

QPalette Theme::ownPalette(bool dark)
{
    const auto rgb = [dark](QRgb light, QRgb night) { return QColor(dark ? night : light); };
    QPalette palette;
    const QColor window = rgb(0xf6f7f9, 0x16191e);
    const QColor base = rgb(0xffffff, 0x1c2026);
    const QColor text = rgb(0x1f2328, 0xe6e9ee);
    const QColor accent = rgb(0x1f6feb, 0x4c9aff);
    const QColor faint = rgb(0x8c959f, 0x6b7480);
    palette.setColor(QPalette::Window, window);
    palette.setColor(QPalette::WindowText, text);
    palette.setColor(QPalette::Base, base);
    palette.setColor(QPalette::AlternateBase, rgb(0xf8f9fb, 0x20252c));
    palette.setColor(QPalette::Text, text);
    palette.setColor(QPalette::PlaceholderText, rgb(0x6e7781, 0x848d97));
    palette.setColor(QPalette::Button, rgb(0xffffff, 0x262b33));
    palette.setColor(QPalette::ButtonText, text);
    palette.setColor(QPalette::BrightText, rgb(0xcf222e, 0xff7b72));
    palette.setColor(QPalette::ToolTipBase, rgb(0x2d333b, 0x2d333b));
    palette.setColor(QPalette::ToolTipText, QColor(0xf0f3f6));
    palette.setColor(QPalette::Highlight, accent);
    palette.setColor(QPalette::HighlightedText, rgb(0xffffff, 0x0b1420));
    palette.setColor(QPalette::Accent, accent);
    palette.setColor(QPalette::Link, rgb(0x1a63d6, 0x58a6ff));
    palette.setColor(QPalette::LinkVisited, rgb(0x8250df, 0xa371f7));
    palette.setColor(QPalette::Light, rgb(0xffffff, 0x2f353e));
    palette.setColor(QPalette::Midlight, rgb(0xeaeef2, 0x272d35));
    palette.setColor(QPalette::Mid, rgb(0xd0d7de, 0x3a424d));
    palette.setColor(QPalette::Dark, rgb(0xafb8c1, 0x0f1216));
    palette.setColor(QPalette::Shadow, rgb(0x6e7781, 0x000000));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, faint);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, rgb(0xd0d7de, 0x3a424d));
    palette.setColor(QPalette::Disabled, QPalette::HighlightedText, faint);
    return palette;
}

QString Theme::word(Choice choice)
{
    return choice == Choice::Light ? u"light"_s : choice == Choice::Dark ? u"dark"_s : u"system"_s;
}

Theme::Choice Theme::fromWord(const QString &word)
{
    return word == "light"_L1 ? Choice::Light : word == "dark"_L1 ? Choice::Dark : Choice::System;
}

} // namespace ui
