// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Reading YAML nodes and the placeholders in texts.
#pragma once

#include <QSet>
#include <QStringList>

#include <yaml-cpp/yaml.h>

namespace diagnosis {

namespace yaml {

/// "" for what is absent or not a scalar.
inline QString text(const YAML::Node &node)
{
    return node && node.IsScalar() ? QString::fromStdString(node.Scalar()).trimmed() : QString();
}

inline bool flag(const YAML::Node &node)
{
    return text(node) == QLatin1StringView("true");
}

/// One scalar is a list of one.
inline QStringList list(const YAML::Node &node)
{
    QStringList out;
    if (node && node.IsSequence()) {
        for (const YAML::Node &one : node)
            out.append(text(one));
    } else if (node && node.IsScalar()) {
        out.append(text(node));
    }
    return out;
}

} // namespace yaml

/// The names in braces: "{volume}".
[[nodiscard]] QSet<QString> placeholders(const QString &text);

/// `value` of a name, or "<name>" where it has none.
[[nodiscard]] QString filled(const QString &text, const QMap<QString, QString> &values);

} // namespace diagnosis
