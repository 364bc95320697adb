// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Label and field selectors as the Kubernetes API takes them. Pure.
#pragma once

#include "demo/apierror.h"
#include "demo/catalog.h"

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>

#include <expected>

namespace demo {

class LabelSelector {
public:
    /// "a=b,c!=d,e in (x,y),f notin (z),g,!h". Fails as 400 with apimachinery's kind of words.
    [[nodiscard]] static std::expected<LabelSelector, ApiError> parse(const QString &text);
    [[nodiscard]] bool matches(const QJsonObject &object) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.isEmpty(); }

private:
    enum class Operator { In, NotIn, Exists, Absent };
    struct Term {
        QString key;
        Operator how;
        QStringList values;
    };
    QList<Term> m_terms;
};

class FieldSelector {
public:
    /// "metadata.name=x,status.phase!=Running". Custom resources know only name and namespace.
    [[nodiscard]] static std::expected<FieldSelector, ApiError> parse(const QString &text, const ResourceType &type);
    [[nodiscard]] bool matches(const QJsonObject &object) const;
    [[nodiscard]] bool isEmpty() const { return m_terms.isEmpty(); }

private:
    struct Term {
        QString path;
        QString value;
        bool equal;
    };
    QList<Term> m_terms;
};

struct Filter {
    QString ns;   ///< empty: all
    QString name; ///< empty: all
    LabelSelector labels;
    FieldSelector fields;
    [[nodiscard]] bool matches(const QJsonObject &object) const;
};

} // namespace demo
