// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Full text search in the manual, in one language. Latin words are found by their beginning whatever their case;
/// Chinese has no spaces, so its characters are indexed in overlapping pairs and a phrase is found by its pairs. Pure.
#pragma once

#include "guidance/library.h"

namespace guidance {

struct Hit {
    QString id;
    QString anchor; ///< of the section that fits best; empty: the page's beginning
    QString title;
    QString heading; ///< of that section
    QString snippet; ///< a piece of its text
    struct Mark {
        qsizetype at = 0, size = 0;
        friend bool operator==(const Mark &, const Mark &) = default;
    };
    QList<Mark> marks; ///< what was sought, in the snippet
    double score = 0;
};

class SearchIndex {
public:
    SearchIndex() = default;
    SearchIndex(const Library &library, const QString &language);
    /// Best first; pages that have everything that is sought before those that have some of it.
    [[nodiscard]] QList<Hit> search(const QString &query, qsizetype most = 30) const;

private:
    struct Section {
        qsizetype page = 0;
        QString anchor, heading, text;
        QHash<QString, double> weight; ///< by token: how often, times what the place counts
    };
    struct Entry {
        QString id, title;
        QHash<QString, double> weight;
        QString everything; ///< lower case
    };
    QList<Entry> m_pages;
    QList<Section> m_sections;
    QHash<QString, int> m_frequency; ///< token → pages
    QStringList m_tokens;            ///< sorted, for beginnings of words
};

/// Lower-case words, and for each run of Chinese characters its pairs (a single one alone). "pre-drain" is also one
/// word.
[[nodiscard]] QStringList tokens(const QString &text);

} // namespace guidance
