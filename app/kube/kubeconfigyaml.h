// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// YAML text as a tree that keeps line numbers and what was quoted, with limits that hold while it is built: yaml-cpp's
/// own recursion ends with ours, and aliases count as often as they are used. Kubeconfigs come from anywhere. Pure; any
/// thread. Errors carry a line and never a value of the text.
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace kube {

struct YamlNode;
using YamlPtr = std::shared_ptr<const YamlNode>;

struct YamlNode {
    enum class Kind { Null, Scalar, Sequence, Map };
    /// What a scalar is for a JSON decoder, by the YAML 1.1 rules that client-go's parser has: yes is a boolean.
    enum class Type { Text, Boolean, Integer, Float };
    struct Member {
        QByteArray key;
        int line = 0;
        YamlPtr value;
    };

    Kind kind = Kind::Null;
    int line = 0;       ///< 1-based
    bool plain = false; ///< not quoted and without a tag: may be a number or boolean
    QByteArray text;
    QList<YamlPtr> items;
    QList<Member> members; ///< in order; a repeated key stands once, with its last value; merge keys are resolved
    int nodes = 1;         ///< of the whole subtree, aliases expanded
    int height = 1;

    [[nodiscard]] YamlPtr value(const char *key) const; ///< nullptr when there is none
    [[nodiscard]] Type type() const;
    [[nodiscard]] bool truth() const; ///< of a Boolean scalar
    [[nodiscard]] QJsonValue toJson() const;
};

struct YamlLimits {
    qsizetype bytes = 16 * 1024 * 1024;
    int depth = 64;
    int nodes = 100000;
};

struct YamlText {
    struct Failure {
        int line = 0; ///< 0: no place
        QString message;
    };
    QList<YamlPtr> documents; ///< complete ones; none when there is a failure
    std::optional<Failure> failure;
};

/// Reads UTF-8, or UTF-16/32 with a byte-order mark.
[[nodiscard]] YamlText parseYaml(const QByteArray &bytes, const YamlLimits &limits = {});

} // namespace kube
