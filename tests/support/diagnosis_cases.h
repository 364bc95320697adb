// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Real failures (tests/fixtures/diagnosis) as facts: objects in the shapes of the API, and what was written as logs.
#pragma once

#include "diagnosis/facts.h"

#include <QJsonArray>

namespace support {

struct Case {
    QString id, family, cause, certainty;
    QJsonObject json;
};
[[nodiscard]] const QList<Case> &diagnosisCases();

/// `other`: names, addresses, numbers and versions in texts are replaced by different ones of the same shape, so that a
/// rule which only knows the very strings of a case does not match.
[[nodiscard]] diagnosis::Facts factsOf(const Case &one, bool other = false);

} // namespace support
