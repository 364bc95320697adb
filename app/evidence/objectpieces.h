// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Cuts a stream of YAML or JSON into the texts of its objects, so that a list of a hundred thousand is never in memory
/// as a whole: documents of YAML, values of JSON one after the other, and of each the elements of "items". Which of
/// both it is the first character tells. Nothing is decoded but what is needed to find the ends.
#pragma once

#include "evidence/bundlepart.h"

#include <functional>

namespace evidence {

struct ObjectPiece {
    QByteArray text; ///< one value of JSON; or YAML: a document, or a list with one element
    int line = 1;    ///< where it begins
    bool json = false;
    bool element = false; ///< of a list's items
    /// Of the list it is an element of, as far as these stood before its items: servers leave them out of elements.
    QString listKind, listApiVersion;
};

struct PieceTaker {
    std::function<bool(const ObjectPiece &)> take; ///< false: no more is wanted
    std::function<void(int line)> tooLarge;        ///< an object was left out
};

/// `limits.object` is the most one text may have.
void cutObjects(QIODevice &in, const BundleLimits &limits, const PieceTaker &taker);

} // namespace evidence
