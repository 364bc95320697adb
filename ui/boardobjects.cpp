// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/boardobjects.h"

#include <QSet>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype most = 60; ///< a list to choose from, not an inventory

class Gathered {
public:
    void add(const upgrade::ObjectRef &object)
    {
        if (object.name.isEmpty() || m_objects.size() >= most)
            return;
        const QString key = u"%1 %2/%3"_s.arg(QString::number(int(object.kind)), object.ns, object.name);
        if (m_known.contains(key))
            return;
        m_known.insert(key);
        m_objects.append(object);
    }
    void add(const upgrade::JobRow &job)
    {
        // A Job that is gone is told by its pod's name.
        if (job.job.kind != upgrade::Kind::Pod && !job.job.uid.isEmpty())
            add(job.job);
        // The latest attempt tells most.
        for (auto pod = job.pods.crbegin(); pod != job.pods.crend(); ++pod)
            add({.kind = upgrade::Kind::Pod, .ns = pod->ns, .name = pod->name, .uid = pod->uid});
    }
    [[nodiscard]] QList<upgrade::ObjectRef> take() { return std::move(m_objects); }

private:
    QList<upgrade::ObjectRef> m_objects;
    QSet<QString> m_known;
};

void gather(Gathered &all, const upgrade::Board &board, const Selected &selected)
{
    const auto concerns = [&](const QString &node, upgrade::PhaseId phase) {
        return selected.isEmpty() || (selected.phase ? *selected.phase == phase : selected.node == node);
    };
    if (!selected.node.isEmpty())
        all.add({.kind = upgrade::Kind::Node, .ns = {}, .name = selected.node, .uid = {}});
    if (selected.isEmpty())
        all.add(board.upgrade);
    if (board.waiting && concerns(board.waiting->node, board.waiting->phase))
        all.add(board.waiting->evidence.object);
    if (board.failure && concerns(board.failure->node, board.failure->phase)) {
        all.add(board.failure->job);
        all.add(board.failure->evidence.object);
    }
    for (const upgrade::Phase &phase : board.phases) {
        if (selected.phase != phase.id)
            continue;
        for (const upgrade::ObjectRef &object : phase.objects)
            all.add(object);
    }
    for (const upgrade::NodeRow &node : board.nodes) {
        if (!selected.node.isEmpty() && node.name == selected.node)
            all.add(node.job);
    }
    for (const upgrade::JobRow &job : board.jobs) {
        if (selected.phase ? job.phase == *selected.phase : !selected.node.isEmpty() && job.node == selected.node)
            all.add(job);
    }
    all.add(board.upgrade);
}

} // namespace

QList<upgrade::ObjectRef> objectsBehind(const upgrade::JobRow &job)
{
    Gathered all;
    all.add(job);
    return all.take();
}

QList<upgrade::ObjectRef> objectsBehind(const upgrade::Board &board, const Selected &selected)
{
    return objectsBehind(board, selected, {});
}

QList<upgrade::ObjectRef> objectsBehind(
    const upgrade::Board &board, const Selected &selected, const upgrade::ObjectRef &first)
{
    Gathered all;
    all.add(first);
    gather(all, board, selected);
    return all.take();
}

QList<KnownObject> knownObjects(const upgrade::Snapshot &snapshot, const QList<upgrade::ObjectRef> &objects)
{
    QList<KnownObject> known;
    for (const upgrade::ObjectRef &object : objects) {
        if (const auto found = snapshot.raw.value(object.kind).value({object.ns, object.name}))
            known.append({object, found});
    }
    return known;
}

} // namespace ui
