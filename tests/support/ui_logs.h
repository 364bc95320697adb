// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A document of any number of rows that are made when they are asked for.
#pragma once

#include "logs/document.h"

#include <algorithm>
#include <functional>

namespace uitest {

using MakeRow = std::function<logs::Row(qint64)>;

class FakeContent final : public logs::Content {
public:
    FakeContent(qint64 rows, MakeRow make, QStringList names)
        : m_rows(rows)
        , m_make(std::move(make))
        , m_names(std::move(names))
    {
    }
    qint64 rowCount() const override { return m_rows; }
    QList<logs::Row> rows(qint64 first, qint64 count, qsizetype maxBytes) const override
    {
        QList<logs::Row> result;
        for (qint64 row = first; row < std::min(first + count, m_rows); ++row) {
            logs::Row one = m_make(row);
            one.row = row;
            one.length = one.text.size();
            one.text.truncate(maxBytes);
            result.append(one);
        }
        return result;
    }
    QByteArray part(qint64 row, qint64 offset, qsizetype length) const override
    {
        return m_make(row).text.mid(offset, length);
    }
    QStringList sources() const override { return m_names; }
    Scan scan(qint64 first, qint64 end, const logs::Pattern &pattern, std::vector<quint32> &hits,
        const Stop &stop) const override
    {
        for (qint64 row = first; row < std::min(end, m_rows) && !stop; ++row) {
            const logs::Row one = m_make(row);
            if (!one.isDivider() && pattern.matches(one.text))
                hits.push_back(quint32(row - first));
        }
        return {};
    }
    qint64 chunkEnd(qint64 first) const override { return std::min(first + 5000, m_rows); }

private:
    qint64 m_rows;
    MakeRow m_make;
    QStringList m_names;
};

class FakeDocument final : public logs::Document {
public:
    explicit FakeDocument(qint64 rows, MakeRow make = {}, QStringList names = {QString()})
        : m_make(std::move(make))
        , m_names(std::move(names))
    {
        if (!m_make) {
            m_make = [](qint64 row) {
                logs::Row one;
                one.line = row;
                one.text = "line " + QByteArray::number(row);
                return one;
            };
        }
        setRows(rows);
    }
    void setRows(qint64 rows)
    {
        const qint64 before = m_content ? m_content->rowCount() : 0;
        m_content = std::make_shared<FakeContent>(rows, m_make, m_names);
        emit grew(before);
    }
    logs::ContentPointer content() const override { return m_content; }
    bool isComplete() const override { return true; }

private:
    MakeRow m_make;
    QStringList m_names;
    logs::ContentPointer m_content;
};

} // namespace uitest
