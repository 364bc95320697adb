// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a diagnosis is made from, as a value: objects as JSON, logs and other texts line by line, a clock. The same
/// whether it came from a live cluster, a bundle, one log file or a text pasted by a person; every part may be missing,
/// and what is missing is not taken for absent in the cluster (see Objects::knows).
#pragma once

#include "upgrade/board.h"

#include <QDateTime>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QSet>
#include <QString>

#include <functional>
#include <optional>

namespace diagnosis {

/// Names one object of the cluster.
struct ObjectId {
    QString group; ///< "" for the core group; without the version
    QString kind;
    QString ns, name;

    [[nodiscard]] bool isEmpty() const { return kind.isEmpty(); }
    /// "longhorn.io/Volume longhorn-system/pvc-1", "Node n1".
    [[nodiscard]] QString text() const;
    friend bool operator==(const ObjectId &, const ObjectId &) = default;
};

struct Object {
    ObjectId id;
    QJsonObject json; ///< apiVersion and kind may be missing in it
};

/// Objects by group and kind, in the order they were added. Cheap to copy.
class Objects {
public:
    /// By the apiVersion and kind in the JSON; what has no kind is left out. The items of a List are added one by one.
    void add(const QJsonObject &json);
    /// For JSON out of a typed list, which does not repeat apiVersion and kind.
    void add(const QString &group, const QString &kind, const QJsonObject &json);
    /// All objects of the kind were read, and there may be none. Adding one says the same.
    void setKnown(const QString &group, const QString &kind);
    /// Only then does it mean something that there is no such object.
    [[nodiscard]] bool knows(const QString &group, const QString &kind) const;

    [[nodiscard]] QList<Object> of(const QString &group, const QString &kind) const;
    /// Null when there is none. Valid until the next add().
    [[nodiscard]] const Object *find(
        const QString &group, const QString &kind, const QString &ns, const QString &name) const;
    [[nodiscard]] const QHash<QString, QList<Object>> &all() const { return m_objects; } ///< by "group/Kind"
    [[nodiscard]] bool isEmpty() const { return m_objects.isEmpty(); }

private:
    QHash<QString, QList<Object>> m_objects;
    QSet<QString> m_known;
};

struct LogLine {
    qint64 number = 0;   ///< in its source, from 1
    QDateTime time;      ///< invalid: the line has none
    QByteArrayView text; ///< without stamp and line end; valid during the call only
};

/// What a text was written by, as rules name it.
namespace writer {
inline constexpr QLatin1StringView unknown{""};
inline constexpr QLatin1StringView pasted{"pasted"}; ///< given by a person: may hold anything
inline constexpr QLatin1StringView node{"node"};     ///< journal, console or other files of a node
} // namespace writer

/// One log, or any other text.
struct LogSource {
    QString name;   ///< as a person knows it: "apply-manifests (attempt 2)", "logs/ns/pod/container.log"
    QString writer; ///< "prepare", "apply-manifests", "pre-drain", "rancher", "longhorn-manager" …, or one of writer::
    QString ns, pod, container, node; ///< as far as known
    /// Calls `line` for each line in order until it returns false. May be called several times, in any thread.
    std::function<void(const std::function<bool(const LogLine &)> &line)> read;
};

/// The writer of a container's log, from what is known of its pod: labels decide, then names. "": not one we know.
[[nodiscard]] QString writerOf(
    const QString &ns, const QString &pod, const QString &container, const QMap<QString, QString> &labels = {});

/// A source whose text is in memory. Lines end with '\n'; a leading RFC 3339 time followed by a blank is the line's
/// time.
[[nodiscard]] LogSource sourceFromText(const QString &name, const QString &writer, const QByteArray &text);

struct Facts {
    QDateTime now;                       ///< of what was observed: the clock of the cluster, or the time of the bundle
    QString fromVersion, toVersion;      ///< "v1.8.2"; "": not known (a board's count when it is given)
    std::optional<upgrade::Board> board; ///< absent: there are no objects to make one from
    Objects objects;
    QList<LogSource> logs;
};

/// The objects of a snapshot, with what its sources say of completeness.
[[nodiscard]] Objects objectsOf(const upgrade::Snapshot &snapshot);

} // namespace diagnosis
