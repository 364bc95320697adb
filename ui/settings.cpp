// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/settings.h"

#include <QStandardPaths>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
QString usualFile()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/gleaner/window.ini"_s;
}
} // namespace

Settings::Settings(const QString &file)
    : m_settings(file.isEmpty() ? usualFile() : file, QSettings::IniFormat)
{
}

QByteArray Settings::bytes(const QString &key) const
{
    return m_settings.value(key).toByteArray();
}
void Settings::setBytes(const QString &key, const QByteArray &value)
{
    m_settings.setValue(key, value);
}
QString Settings::text(const QString &key, const QString &otherwise) const
{
    return m_settings.value(key, otherwise).toString();
}
void Settings::setText(const QString &key, const QString &value)
{
    m_settings.setValue(key, value);
}
QStringList Settings::list(const QString &key) const
{
    return m_settings.value(key).toStringList();
}
void Settings::setList(const QString &key, const QStringList &value)
{
    m_settings.setValue(key, value);
}
bool Settings::flag(const QString &key, bool otherwise) const
{
    return m_settings.value(key, otherwise).toBool();
}
void Settings::setFlag(const QString &key, bool value)
{
    m_settings.setValue(key, value);
}

} // namespace ui
