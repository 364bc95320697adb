// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Secrets that are known by their looks, whatever stands beside them: JWTs, tokens of known makers, user and password
/// in a URL, hashes of passwords, long base64. Of one line. Pure.
#pragma once

#include "evidence/redactedtext.h"

namespace evidence {

/// Adds what is found in text[from, end).
void findShapes(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found);

/// Base64 of something, by how its characters change: not a word, a path, a name with a hash, or hexadecimal.
[[nodiscard]] bool looksEncoded(QByteArrayView word);
/// All of it is of base64's alphabet.
[[nodiscard]] bool isBase64Text(QByteArrayView word);

} // namespace evidence
