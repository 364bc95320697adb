// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// How much of a bundle is taken in. Bundles come from anywhere, so nothing in them decides how much memory, disk or
/// time they cost. The numbers are far above what real ones need.
#pragma once

#include <QtTypes>

namespace evidence {

struct BundleLimits {
    qsizetype parts = 200000;                         ///< files, all archives together
    int depth = 3;                                    ///< archives in archives
    qint64 part = qint64(16) * 1024 * 1024 * 1024;    ///< bytes one part unpacks to
    qint64 total = qint64(64) * 1024 * 1024 * 1024;   ///< bytes unpacked while opening, and put into the private folder
    qint64 ratio = 250;                               ///< unpacked to packed of one part …
    qint64 ratioFrom = qint64(64) * 1024 * 1024;      ///< … once it has unpacked so many bytes
    qsizetype object = qsizetype(8) * 1024 * 1024;    ///< bytes of the text of one object
    qsizetype objects = 500000;                       ///< in all
    qint64 objectText = qint64(512) * 1024 * 1024;    ///< bytes of text behind the objects that are kept
    qsizetype pasted = qsizetype(16) * 1024 * 1024;   ///< bytes of a text in which forms people paste are looked for
    qint64 standardInput = qint64(256) * 1024 * 1024; ///< bytes taken from a pipe
    qsizetype problems = 500;                         ///< told; further ones are counted
    int objectDepth = 100;                            ///< levels of one object
    int objectValues = 200000;                        ///< values in one object, aliases as often as they are used
};

} // namespace evidence
