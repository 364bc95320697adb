// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Writing to the terminal: UTF-8, whole lines, and the width of text in cells of a terminal.
#pragma once

#include "kube/error.h"

#include <QByteArrayView>
#include <QString>
#include <QStringList>

namespace cli {

void out(const QString &text); ///< stdout with a line end, flushed
void err(const QString &text); ///< stderr
/// stdout as it is, flushed. Gone: whoever read it does no more. Failed: errno says why.
enum class Written { Yes, Gone, Failed };
[[nodiscard]] Written outBytes(QByteArrayView bytes);
/// From here on a reader that is gone is told by outBytes() and does not kill the process.
void surviveGoneReader();
/// stdout is a terminal.
[[nodiscard]] bool outIsTerminal();
/// The three lines of an error, as far as they say something new.
void explain(const kube::Error &error);
[[nodiscard]] QStringList explanation(const kube::Error &error);

/// Cells the text takes: 2 for East Asian wide and fullwidth characters, 0 for combining marks (Unicode Annex 11).
[[nodiscard]] int cells(QStringView text);
/// Text from a server made harmless for a terminal: control characters become spaces.
[[nodiscard]] QString plain(const QString &text);
/// Columns aligned by cells, two spaces between, no blanks at line ends. An empty first row is no header.
[[nodiscard]] QStringList table(const QList<QStringList> &rows);

/// Cells of a line of the terminal stdout is: $COLUMNS, else as the terminal says, at least 80. 0: stdout is no
/// terminal, and what is printed must stay whole.
[[nodiscard]] int outputWidth();
/// Shortened in the middle to so many cells, where names of Jobs are alike least.
[[nodiscard]] QString elided(const QString &text, int width);
/// Broken at blanks into lines of at most `width` cells, all but the first indented; a word longer than a line stays
/// whole. Width 0: one line.
[[nodiscard]] QStringList wrapped(const QString &text, int width, int indent = 0);

} // namespace cli
