// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The causes of failures that are said in our own words. An Error keeps them in English, since it outlives the
/// language of the moment and scripts and logs read it; a person reads them in the language of the window.
#pragma once

#include <QList>
#include <QString>

namespace kube {

/// The sentences that are known, in English, with %1, %2 … for what differs.
[[nodiscard]] const QList<const char *> &ownSentences();

/// `message` in the language of the moment if it is one of the known sentences, else `message` itself: the words of a
/// server, a plugin or the system are in no language but their own. Pure but for the language; thread-safe.
[[nodiscard]] QString translatedWords(const QString &message);

} // namespace kube
