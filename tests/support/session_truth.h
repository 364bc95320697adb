// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What a board should say by the server's own objects: a Snapshot filled from demo::Server::objects() without any
/// network. Used from tests of this layer only (needs gleaner_demo).
#pragma once

#include "demo/server.h"
#include "kube/object.h"
#include "upgrade/board.h"

#include <QJsonArray>

namespace support {

/// Selectors of watchTargets() are few: "key" (exists) is the only form.
inline bool selected(const upgrade::WatchTarget &target, const QJsonObject &json)
{
    const QJsonObject meta = json.value(QLatin1String("metadata")).toObject();
    if (!target.ns.isEmpty() && meta.value(QLatin1String("namespace")).toString() != target.ns)
        return false;
    return target.labelSelector.isEmpty()
        || meta.value(QLatin1String("labels")).toObject().contains(target.labelSelector);
}

inline upgrade::Snapshot truth(const demo::Server &server)
{
    upgrade::Snapshot snapshot;
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        const QList<QJsonObject> objects = server.objects(target.resource.group, target.resource.resource);
        for (const QJsonObject &json : objects) {
            if (!selected(target, json))
                continue;
            if (const auto object = kube::makeObject(json, upgrade::slimmerFor(target.kind)))
                snapshot.apply(target.kind, *object);
        }
    }
    return snapshot;
}

/// Two snapshots hold the same objects at the same versions. The empty string, or what differs.
inline QString difference(const upgrade::Snapshot &a, const upgrade::Snapshot &b)
{
    QSet<upgrade::Kind> kinds;
    for (const upgrade::WatchTarget &target : upgrade::watchTargets())
        kinds.insert(target.kind);
    for (const upgrade::Kind kind : std::as_const(kinds)) {
        const auto left = a.raw.value(kind), right = b.raw.value(kind);
        for (auto it = left.begin(); it != left.end(); ++it) {
            const kube::ObjectPtr other = right.value(it.key());
            if (!other)
                return upgrade::kindName(kind) + QStringLiteral(" only left: ") + it.key().text();
            if (other->resourceVersion != (*it)->resourceVersion || other->uid != (*it)->uid)
                return upgrade::kindName(kind) + QStringLiteral(" other version: ") + it.key().text();
        }
        for (auto it = right.begin(); it != right.end(); ++it) {
            if (!left.contains(it.key()))
                return upgrade::kindName(kind) + QStringLiteral(" only right: ") + it.key().text();
        }
    }
    return {};
}

/// The parts of a board that follow from objects alone: no clock, no logs, nothing seen on the way.
inline QString essence(const upgrade::Board &board)
{
    QStringList parts{board.upgrade.name, upgrade::stateWord(board.state), board.fromVersion, board.toVersion,
        QString::number(int(board.presence)), board.harvesterVersion};
    for (const upgrade::Phase &phase : board.phases)
        parts.append(upgrade::phaseWord(phase.id) + QLatin1Char('=') + upgrade::stateWord(phase.state));
    for (const upgrade::NodeRow &node : board.nodes) {
        parts.append(node.name + QLatin1Char('=') + node.stateText + QLatin1Char('/') + node.kubeletVersion
            + QLatin1Char('/') + node.osImage + QLatin1Char('/') + QString::number(node.cordoned)
            + QString::number(node.ready));
    }
    parts.append(QString::number(board.jobs.size()));
    return parts.join(QLatin1Char('\n'));
}

} // namespace support
