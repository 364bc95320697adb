// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The language of the verbs: --language, else LC_ALL, LC_MESSAGES, LANG as gettext reads them, else English.
#pragma once

#include <QString>

class QCoreApplication;

namespace cli {

/// "zh_CN" or "en". `wanted` is the option's value, empty when it was not given.
[[nodiscard]] QString chooseLanguage(const QString &wanted);
/// Installs the translators for the life of the application.
void installLanguage(const QString &code);

} // namespace cli
