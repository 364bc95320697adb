// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logstore.h"

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

qsizetype LogStore::append(const QList<session::LogBatchLine> &lines)
{
    const qint64 before = end();
    for (const session::LogBatchLine &line : lines) {
        const QString source = line.container.isEmpty() ? line.pod : u"%1/%2"_s.arg(line.pod, line.container);
        if (!m_sources.contains(source)) {
            m_sources.insert(source);
            push({.newPod = true, .stamp = line.line.stamp, .text = {}, .source = source});
        }
        m_longest = std::max(m_longest, line.line.text.size());
        push({.kind = line.line.kind,
            .cut = line.line.cut,
            .stamp = line.line.stamp,
            .text = line.line.text,
            .source = source});
    }
    return qsizetype(end() - before);
}

void LogStore::push(Entry entry)
{
    m_bytes += entry.text.size();
    m_entries.push_back(std::move(entry));
    while (qsizetype(m_entries.size()) > m_limit || (m_bytes > m_byteLimit && m_entries.size() > 1)) {
        const Entry &oldest = m_entries.front();
        m_bytes -= oldest.text.size();
        if (!oldest.newPod && oldest.kind == kube::LogLine::Kind::Text)
            ++m_gone[oldest.source];
        m_entries.pop_front();
        ++m_first;
    }
}

void LogStore::clear()
{
    m_entries.clear();
    m_sources.clear();
    m_gone.clear();
    m_longest = 0;
    m_bytes = 0;
    m_first = 1;
}

qint64 LogStore::findLine(qint64 line, const QString &text) const
{
    const QByteArray wanted = text.trimmed().toUtf8();
    QHash<QString, qint64> counted = m_gone;
    qint64 found = 0;
    for (qint64 number = first(); number < end(); ++number) {
        const Entry &entry = at(number);
        if (entry.newPod || entry.kind != kube::LogLine::Kind::Text)
            continue;
        if (++counted[entry.source] == line && entry.text.trimmed().startsWith(wanted))
            found = number;
    }
    return found;
}

qsizetype findIgnoringCase(QByteArrayView text, QByteArrayView needle, qsizetype from)
{
    if (needle.isEmpty() || from < 0 || from > text.size())
        return -1;
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; };
    const auto found = std::search(
        text.begin() + from, text.end(), needle.begin(), needle.end(), [&](char a, char b) { return lower(a) == b; });
    return found == text.end() ? -1 : found - text.begin();
}

qint64 LogStore::find(const QByteArray &needle, qint64 from, bool backward) const
{
    if (m_entries.empty() || needle.isEmpty())
        return 0;
    const QByteArray lower = needle.toLower();
    qint64 number = std::clamp(from, first(), end() - 1);
    for (qsizetype i = 0; i < count(); ++i) {
        const Entry &entry = at(number);
        if (!entry.newPod && findIgnoringCase(entry.text, lower) >= 0)
            return number;
        number += backward ? -1 : 1;
        if (number >= end())
            number = first();
        else if (number < first())
            number = end() - 1;
    }
    return 0;
}

} // namespace ui
