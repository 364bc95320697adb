// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "guidance/search.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace guidance {

using namespace Qt::StringLiterals;

namespace {

constexpr double titleCounts = 10, keywordCounts = 6, headingCounts = 3, textCounts = 1;
constexpr qsizetype snippetSize = 140;

bool isHan(QChar c)
{
    return c.script() == QChar::Script_Han;
}

bool inWord(QChar c)
{
    return c.isLetterOrNumber() && !isHan(c);
}

/// Joins parts of one word: a place between two word characters.
bool joins(const QString &text, qsizetype at)
{
    static const QString signs = u"-._/"_s;
    return signs.contains(text.at(at)) && at > 0 && at + 1 < text.size() && inWord(text.at(at - 1))
        && inWord(text.at(at + 1));
}

QString textOf(const Block &block)
{
    QString text = plain(block.spans);
    if (!block.code.isEmpty())
        text = block.code;
    static const QRegularExpression placeholder(u"\\{\\{([^{}]*)\\}\\}"_s);
    text.replace(placeholder, u"<\\1>"_s); // as they are shown where nobody knows the name
    for (const auto &row : block.rows) {
        for (const Spans &cell : row)
            text += plain(cell) + u' ';
    }
    return text;
}

void count(QHash<QString, double> &into, const QString &text, double worth)
{
    for (const QString &token : tokens(text))
        into[token] += worth;
}

/// A token of the query in an index: itself, and what begins with it.
QStringList expand(const QStringList &sorted, const QString &token)
{
    QStringList all;
    for (auto at = std::ranges::lower_bound(sorted, token); at != sorted.end() && at->startsWith(token); ++at) {
        all.append(*at);
        if (isHan(token.front()) && token.size() > 1)
            break; // a pair is whole
    }
    return all;
}

/// Grows with the count, ever more slowly.
double saturated(double weight)
{
    return weight / (weight + 3.0);
}

void mark(Hit &hit, const QString &text, const QStringList &words)
{
    const QString low = text.toLower();
    qsizetype first = -1;
    for (const QString &word : words) {
        if (const qsizetype at = low.indexOf(word); at >= 0 && (first < 0 || at < first))
            first = at;
    }
    const qsizetype from = std::max<qsizetype>(0, first - snippetSize / 4);
    hit.snippet = text.sliced(std::min(from, text.size()), std::min(snippetSize, text.size() - from)).simplified();
    const QString shown = hit.snippet.toLower();
    QList<bool> marked(hit.snippet.size(), false);
    for (const QString &word : words) {
        for (qsizetype at = shown.indexOf(word); at >= 0; at = shown.indexOf(word, at + 1))
            std::fill_n(marked.begin() + at, std::min(word.size(), marked.size() - at), true);
    }
    for (qsizetype i = 0; i < marked.size(); ++i) {
        if (!marked.at(i))
            continue;
        qsizetype end = i;
        while (end < marked.size() && marked.at(end))
            ++end;
        hit.marks.append({.at = i, .size = end - i});
        i = end;
    }
    if (from > 0) {
        hit.snippet.prepend(u'…');
        for (Hit::Mark &one : hit.marks)
            ++one.at;
    }
    if (from + snippetSize < text.size())
        hit.snippet.append(u'…');
}

} // namespace

QStringList tokens(const QString &text)
{
    QStringList result;
    const QString low = text.toLower();
    for (qsizetype i = 0; i < low.size();) {
        if (isHan(low.at(i))) {
            qsizetype end = i;
            while (end < low.size() && isHan(low.at(end)))
                ++end;
            if (end - i == 1)
                result.append(low.sliced(i, 1));
            for (qsizetype at = i; at + 1 < end; ++at)
                result.append(low.sliced(at, 2));
            i = end;
        } else if (inWord(low.at(i))) {
            qsizetype end = i, part = i;
            bool several = false;
            while (end < low.size() && (inWord(low.at(end)) || joins(low, end))) {
                if (!inWord(low.at(end))) {
                    result.append(low.sliced(part, end - part));
                    part = end + 1;
                    several = true;
                }
                ++end;
            }
            result.append(low.sliced(part, end - part));
            if (several)
                result.append(low.sliced(i, end - i));
            i = end;
        } else {
            ++i;
        }
    }
    return result;
}

SearchIndex::SearchIndex(const Library &library, const QString &language)
{
    for (const Page &page : library.pages(language)) {
        Entry entry{.id = page.id, .title = page.title, .weight = {}, .everything = {}};
        count(entry.weight, page.title, titleCounts);
        count(entry.weight, page.id, titleCounts);
        count(entry.weight, page.keywords.join(u' '), keywordCounts);
        QString everything = page.title + u'\n' + page.id + u'\n' + page.keywords.join(u'\n');
        Section section{.page = m_pages.size(), .anchor = {}, .heading = {}, .text = {}, .weight = {}};
        const auto finish = [&] {
            if (!section.text.isEmpty() || !section.heading.isEmpty())
                m_sections.append(section);
        };
        for (const Block &block : page.blocks) {
            const QString text = textOf(block);
            const bool heading = block.kind == Block::Kind::Heading;
            if (heading) {
                finish();
                section = {.page = m_pages.size(), .anchor = block.anchor, .heading = text, .text = {}, .weight = {}};
            } else {
                section.text += (section.text.isEmpty() ? QString() : u" "_s) + text.simplified();
            }
            count(section.weight, text, heading ? headingCounts : textCounts);
            count(entry.weight, text, heading ? headingCounts : textCounts);
            everything += u'\n' + text;
        }
        finish();
        entry.everything = everything.toLower();
        for (auto token = entry.weight.keyBegin(); token != entry.weight.keyEnd(); ++token)
            ++m_frequency[*token];
        m_pages.append(entry);
    }
    m_tokens = m_frequency.keys();
    m_tokens.sort();
}

QList<Hit> SearchIndex::search(const QString &query, qsizetype most) const
{
    QStringList sought = tokens(query);
    sought.removeDuplicates();
    if (sought.isEmpty())
        return {};
    const QString phrase = query.simplified().toLower();
    QList<QStringList> wanted;
    QList<double> rarity;
    for (const QString &token : std::as_const(sought)) {
        wanted.append(expand(m_tokens, token));
        int in = 0;
        for (const QString &one : wanted.last())
            in = std::max(in, m_frequency.value(one));
        rarity.append(std::log(1.0 + double(m_pages.size()) / (1.0 + in)));
    }
    const auto value = [&](const QHash<QString, double> &weight, qsizetype token) {
        double sum = 0;
        for (const QString &one : wanted.at(token)) {
            // The whole word counts more than one that only begins so.
            sum += weight.value(one) * (one == sought.at(token) ? 1.0 : 0.6);
        }
        return sum;
    };
    QList<Hit> hits;
    bool complete = false;
    QList<bool> whole;
    for (qsizetype page = 0; page < m_pages.size(); ++page) {
        const Entry &entry = m_pages.at(page);
        Hit hit{
            .id = entry.id, .anchor = {}, .title = entry.title, .heading = {}, .snippet = {}, .marks = {}, .score = 0};
        qsizetype found = 0;
        for (qsizetype token = 0; token < sought.size(); ++token) {
            if (const double weight = value(entry.weight, token); weight > 0) {
                hit.score += saturated(weight) * rarity.at(token);
                ++found;
            }
        }
        if (found == 0)
            continue;
        hit.score *= double(found) / double(sought.size());
        if (entry.title.toLower().contains(phrase) || entry.id.toLower() == phrase)
            hit.score *= 3;
        else if (entry.everything.contains(phrase))
            hit.score *= 1.6;
        whole.append(found == sought.size());
        complete = complete || whole.last();
        double best = 0;
        const Section *where = nullptr;
        for (const Section &section : m_sections) {
            if (section.page != page)
                continue;
            double score = section.text.toLower().contains(phrase) ? 1 : 0;
            for (qsizetype token = 0; token < sought.size(); ++token)
                score += saturated(value(section.weight, token)) * rarity.at(token);
            if (score > best || !where) {
                best = score;
                where = &section;
            }
        }
        if (where) {
            hit.anchor = best > 0 ? where->anchor : QString();
            hit.heading = best > 0 ? where->heading : QString();
            mark(hit, where->text, where->text.toLower().contains(phrase) ? QStringList{phrase} : sought);
        }
        hits.append(hit);
    }
    if (complete) {
        QList<Hit> all;
        for (qsizetype i = 0; i < hits.size(); ++i) {
            if (whole.at(i))
                all.append(hits.at(i));
        }
        hits = all;
    }
    std::ranges::stable_sort(hits, std::greater{}, &Hit::score);
    if (hits.size() > most)
        hits.resize(most);
    return hits;
}

} // namespace guidance
