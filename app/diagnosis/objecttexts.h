// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What objects say in words, as lines for the same patterns that read logs: conditions as "Type Status Reason
/// message", events as "Reason: message", pods as the line `kubectl get pods` prints, and every longer text in a
/// status.
#pragma once

#include "diagnosis/facts.h"

namespace diagnosis {

struct ObjectText {
    ObjectId object;
    QString field;
    QString text;
    QDateTime since;  ///< when it became so; invalid: not known
    QDateTime last;   ///< of an event: when it was seen last
    qint64 count = 1; ///< of an event
};

/// Calls `found` for each text of an object. Pure.
void forEachText(const Object &object, const std::function<void(const ObjectText &)> &found);

} // namespace diagnosis
