// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The files of a journal, NNNNNN.jsonl in one folder, and their lines. Reads in pieces; a last line without an end is
/// none (yet).
#pragma once

#include "evidence/disk.h"

#include <QByteArrayView>
#include <QStringList>

#include <functional>

namespace evidence {

/// Absolute, in order.
[[nodiscard]] QStringList journalFiles(const QString &folder);
[[nodiscard]] QString journalFile(const QString &folder, int number);
[[nodiscard]] int numberOfJournalFile(const QString &path);

/// A whole line without its end, and where the next one begins. False: enough.
using UseLine = std::function<bool(QByteArrayView line, qint64 next)>;
/// Calls `use` with each line from `offset` on; returns where the first one not used begins. Of a line longer than any
/// of ours nothing is handed out but that it was there.
[[nodiscard]] DiskResult<qint64> eachLine(const QString &path, qint64 offset, const UseLine &use);

} // namespace evidence
