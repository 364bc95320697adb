// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the window remembers between runs: sizes, language, stars, the last context by file and name. Never a server
/// answer, never a credential. One INI file in the user's configuration folder.
#pragma once

#include <QByteArray>
#include <QSettings>
#include <QStringList>

namespace ui {

class Settings {
public:
    /// `file` empty: the usual place. Tests give their own.
    explicit Settings(const QString &file = {});

    [[nodiscard]] QByteArray bytes(const QString &key) const;
    void setBytes(const QString &key, const QByteArray &value);
    [[nodiscard]] QString text(const QString &key, const QString &otherwise = {}) const;
    void setText(const QString &key, const QString &value);
    [[nodiscard]] QStringList list(const QString &key) const;
    void setList(const QString &key, const QStringList &value);
    [[nodiscard]] bool flag(const QString &key, bool otherwise) const;
    void setFlag(const QString &key, bool value);
    void sync() { m_settings.sync(); }

private:
    QSettings m_settings;
};

} // namespace ui
