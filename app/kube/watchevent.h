// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of a watch stream, decoded. Pure.
/// Source: meta/v1 WatchEvent; ADDED, MODIFIED, DELETED carry an object (DELETED: its last state), BOOKMARK only a
/// version, ERROR a Status.
#pragma once

#include "kube/object.h"
#include "kube/transport.h"

#include <QByteArrayView>

namespace kube {

/// Longest line of a watch that is read. etcd takes objects of 1.5 MiB; JSON and managedFields make more of them.
inline constexpr qsizetype watchLineLimit = qsizetype(32) * 1024 * 1024;

struct WatchEvent {
    enum class Type {
        Added,
        Modified,
        Deleted,
        Bookmark,
        Error,       ///< error is what the Status said
        Undecodable, ///< error says why; key and resourceVersion as far as they could be read
    };
    Type type = Type::Undecodable;
    ObjectPtr object;        ///< of Added, Modified, Deleted
    QString resourceVersion; ///< empty when it could not be read
    ObjectKey key;
    bool initialEnd = false; ///< Bookmark that ends the initial events of a streaming list
    bool deleted = false;    ///< Undecodable, but it said DELETED
    Error error;
};

/// `request` and `host` are what errors speak of; objects of another kind than `kind` (when not empty and not metadata
/// only) are undecodable. The error never carries the body.
[[nodiscard]] WatchEvent decodeWatchEvent(
    QByteArrayView line, const QString &kind, const Request &request, const QString &host, const Slimmer &slim = {});

} // namespace kube
