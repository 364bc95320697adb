// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Which language the window speaks, switched while running: installs our catalogue and Qt's own, which sends
/// LanguageChange to every widget.
#pragma once

#include <QObject>
#include <QString>

class QTranslator;

namespace ui {

class Language : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    ~Language() override;
    /// "en", "zh_CN", or "" for the system's. Anything else counts as English.
    void apply(const QString &code);
    [[nodiscard]] const QString &choice() const { return m_choice; }
    [[nodiscard]] const QString &code() const { return m_code; } ///< in force: "en" or "zh_CN"
    [[nodiscard]] static QString systemCode();

private:
    QString m_choice;
    QString m_code = QStringLiteral("en");
    QList<QTranslator *> m_installed;
};

} // namespace ui
