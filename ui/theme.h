// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Light, dark or as the system says. The platform's palette and style are used as they come; only where the platform
/// has no colour scheme of its own (off-screen, bare X11) an own pair of palettes stands in.
#pragma once

#include <QObject>
#include <QPalette>

class QApplication;

namespace ui {

class Theme : public QObject {
    Q_OBJECT
public:
    enum class Choice { System, Light, Dark };

    explicit Theme(QApplication &application, QObject *parent = nullptr);
    void apply(Choice choice);
    [[nodiscard]] Choice choice() const { return m_choice; }

    [[nodiscard]] static QStringList chineseFamilies();
    [[nodiscard]] static QPalette ownPalette(bool dark);
    [[nodiscard]] static QString word(Choice choice); ///< "system", "light", "dark": for settings, never translated
    [[nodiscard]] static Choice fromWord(const QString &word);

private:
    void settle();
    QApplication &m_application;
    Choice m_choice = Choice::System;
    bool m_ownPalette = false;
};

} // namespace ui
