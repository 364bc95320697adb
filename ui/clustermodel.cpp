// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/clustermodel.h"

#include "ui/listsync.h"
#include "ui/wording.h"
#include "ui/workspace.h"

#include <QDir>
#include <QUrl>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
/// Home shortened to ~, as people write it.
QString shortPath(const QString &path)
{
    const QString home = QDir::homePath();
    return home.size() > 1 && path.startsWith(home + u'/') ? u'~' + path.mid(home.size()) : path;
}
} // namespace

ClusterModel::ClusterModel(const Workspace &workspace, QObject *parent)
    : QAbstractItemModel(parent)
    , m_workspace(workspace)
{
}

ClusterRow ClusterModel::rowFor(const kube::Context &context) const
{
    ClusterRow row;
    row.name = context.name;
    row.file = context.file;
    const QUrl server(context.server);
    row.server = server.host().isEmpty() ? context.server : server.host();
    row.starred = m_workspace.isStarred(context);
    row.usable = context.config.has_value();
    row.problems = int(context.problems.size());
    const session::ClusterState &state = m_workspace.state(context.name);
    if (!row.usable) {
        row.glyph = {.shape = Shape::Alert, .tone = Tone::Warning};
        row.tone = Tone::Warning;
        row.state = context.problems.isEmpty() ? tr("Cannot be used") : context.problems.first().message;
    } else {
        const Brief brief = briefOf(state);
        row.glyph = brief.glyph;
        row.tone = brief.tone;
        row.state = brief.text;
    }
    row.details = {context.name, context.server, row.state};
    if (!context.userName.isEmpty())
        row.details.append(tr("User %1").arg(context.userName));
    row.details.append(shortPath(context.file));
    if (state.connection.error && isStale(state.connection)) {
        const kube::ErrorText text = kube::describe(*state.connection.error);
        row.details += QStringList{text.cause, text.advice};
    }
    for (const kube::ConfigProblem &problem : context.problems)
        row.details.append(problem.hint.isEmpty() ? problem.text() : u"%1 %2"_s.arg(problem.text(), problem.hint));
    return row;
}

QList<ClusterGroup> ClusterModel::wanted() const
{
    QList<ClusterGroup> groups;
    ClusterGroup stars{.id = 0, .key = u"*"_s, .title = tr("Starred"), .rows = {}};
    QHash<QString, qsizetype> at;
    for (const kube::Context &context : m_workspace.kubeconfig().contexts) {
        const ClusterRow row = rowFor(context);
        if (row.starred) {
            stars.rows.append(row);
            continue;
        }
        if (!at.contains(context.file)) {
            at.insert(context.file, groups.size());
            groups.append({.id = 0,
                .key = context.file,
                .title = m_workspace.isDemo() ? tr("Demo clusters") : shortPath(context.file),
                .rows = {}});
        }
        groups[at.value(context.file)].rows.append(row);
    }
    if (m_workspace.isDemo() && groups.size() > 1) {
        for (qsizetype i = 1; i < groups.size(); ++i)
            groups[0].rows += groups.at(i).rows;
        groups.resize(1);
    }
    if (!stars.rows.isEmpty())
        groups.prepend(stars);
    return groups;
}

void ClusterModel::refresh()
{
    QList<ClusterGroup> fresh = wanted();
    QList<ClusterGroup> shells;
    for (const ClusterGroup &group : std::as_const(fresh)) {
        // A known group keeps its rows and identity while groups are put in order; rows follow.
        ClusterGroup shell{.id = 0, .key = group.key, .title = group.title, .rows = {}};
        for (const ClusterGroup &known : std::as_const(m_groups)) {
            if (known.key == group.key)
                shell = {.id = known.id, .key = group.key, .title = group.title, .rows = known.rows};
        }
        if (shell.id == 0)
            shell.id = m_nextId++;
        shells.append(shell);
    }
    syncRows(m_groups, shells, [](const ClusterGroup &group) { return group.key; },
        {.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
            .endRemove = [this] { endRemoveRows(); },
            .beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
            .endInsert = [this] { endInsertRows(); },
            .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
            .endMove = [this] { endMoveRows(); },
            .changed = [this](int at) { Q_EMIT dataChanged(index(at, 0), index(at, 0)); }});
    for (qsizetype i = 0; i < m_groups.size(); ++i) {
        const QModelIndex parent = index(int(i), 0);
        syncRows(m_groups[i].rows, fresh.at(i).rows, [](const ClusterRow &row) { return row.name; },
            {.beginRemove = [&](int first, int last) { beginRemoveRows(parent, first, last); },
                .endRemove = [this] { endRemoveRows(); },
                .beginInsert = [&](int first, int last) { beginInsertRows(parent, first, last); },
                .endInsert = [this] { endInsertRows(); },
                .beginMove = [&](int from, int to) { beginMoveRows(parent, from, from, parent, to); },
                .endMove = [this] { endMoveRows(); },
                .changed = [&](int at) { Q_EMIT dataChanged(index(at, 0, parent), index(at, 0, parent)); }});
    }
}

void ClusterModel::refreshState(const QString &name)
{
    const QModelIndex at = indexOf(name);
    const kube::Context *context = m_workspace.kubeconfig().find(name);
    if (!at.isValid() || !context)
        return;
    ClusterRow &row = m_groups[groupAt(at.internalId())].rows[at.row()];
    const ClusterRow fresh = rowFor(*context);
    if (row == fresh)
        return;
    row = fresh;
    Q_EMIT dataChanged(at, at);
}

int ClusterModel::groupAt(quintptr id) const
{
    for (int i = 0; i < m_groups.size(); ++i) {
        if (m_groups.at(i).id == id)
            return i;
    }
    return -1;
}

QModelIndex ClusterModel::indexOf(const QString &context) const
{
    for (const ClusterGroup &group : m_groups) {
        for (int i = 0; i < group.rows.size(); ++i) {
            if (group.rows.at(i).name == context)
                return createIndex(i, 0, group.id);
        }
    }
    return {};
}

const ClusterGroup *ClusterModel::group(const QModelIndex &at) const
{
    return at.isValid() && at.internalId() == 0 && at.row() < m_groups.size() ? &m_groups.at(at.row()) : nullptr;
}

const ClusterRow *ClusterModel::row(const QModelIndex &at) const
{
    if (!at.isValid() || at.internalId() == 0)
        return nullptr;
    const int group = groupAt(at.internalId());
    return group >= 0 && at.row() < m_groups.at(group).rows.size() ? &m_groups.at(group).rows.at(at.row()) : nullptr;
}

QModelIndex ClusterModel::index(int row, int column, const QModelIndex &parent) const
{
    if (column != 0 || row < 0 || row >= rowCount(parent))
        return {};
    return createIndex(row, 0, parent.isValid() ? m_groups.at(parent.row()).id : quintptr(0));
}

QModelIndex ClusterModel::parent(const QModelIndex &child) const
{
    if (!child.isValid() || child.internalId() == 0)
        return {};
    const int group = groupAt(child.internalId());
    return group < 0 ? QModelIndex() : createIndex(group, 0, quintptr(0));
}

int ClusterModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalId() == 0 && parent.column() == 0 && parent.row() < m_groups.size()
        ? int(m_groups.at(parent.row()).rows.size())
        : 0;
}

int ClusterModel::columnCount(const QModelIndex &) const
{
    return 1;
}

Qt::ItemFlags ClusterModel::flags(const QModelIndex &at) const
{
    if (!at.isValid())
        return Qt::NoItemFlags;
    return group(at) ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

QVariant ClusterModel::data(const QModelIndex &at, int role) const
{
    if (const ClusterGroup *head = group(at)) {
        switch (role) {
        case Qt::DisplayRole:
            return head->title;
        case Qt::ToolTipRole:
            return head->key == u"*"_s || m_workspace.isDemo() ? QString() : head->key;
        case GroupRole:
            return true;
        default:
            return {};
        }
    }
    const ClusterRow *cluster = row(at);
    if (!cluster)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return cluster->name;
    case Qt::AccessibleTextRole:
        return u"%1, %2"_s.arg(cluster->name, cluster->state);
    case Qt::AccessibleDescriptionRole:
        return cluster->server;
    case Qt::ToolTipRole:
        return tip(cluster->details);
    case StarredRole:
        return cluster->starred;
    case FilterRole:
        return QStringList{cluster->name, cluster->server, cluster->state, cluster->file}.join(u'\n');
    case GroupRole:
        return false;
    default:
        return {};
    }
}

} // namespace ui
