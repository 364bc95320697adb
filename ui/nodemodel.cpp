// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/nodemodel.h"

#include "ui/listsync.h"
#include "ui/tick.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QRegularExpression>

namespace ui {

using namespace Qt::StringLiterals;

QString roleWords(const upgrade::NodeRow &node)
{
    QStringList words;
    if (node.controlPlane)
        words.append(NodeModel::tr("control plane"));
    if (node.etcd)
        words.append(u"etcd"_s);
    if (node.witness)
        words.append(NodeModel::tr("witness"));
    if (words.isEmpty())
        words.append(NodeModel::tr("worker"));
    if (!node.managed)
        words.append(NodeModel::tr("not managed by Harvester"));
    return words.join(u", "_s);
}

QString healthWords(const upgrade::NodeRow &node, const QDateTime &now)
{
    QStringList words;
    if (!node.present)
        words.append(NodeModel::tr("no Node object"));
    if (node.cordoned)
        words.append(NodeModel::tr("cordoned"));
    if (node.present && !node.ready) {
        const QString time = elapsed(node.notReadySince, now);
        words.append(time.isEmpty() ? NodeModel::tr("not ready") : NodeModel::tr("not ready for %1").arg(time));
    }
    return words.join(u", "_s);
}

NodeModel::NodeModel(Tick &tick, QObject *parent)
    : QAbstractTableModel(parent)
    , m_tick(tick)
{
}

void NodeModel::setNodes(const QList<upgrade::NodeRow> &nodes, const QString &upgradeName)
{
    m_upgrade = upgradeName;
    QList<upgrade::NodeRow> wanted;
    QSet<QString> names;
    for (const upgrade::NodeRow &node : nodes) {
        if (!names.contains(node.name))
            wanted.append(node);
        names.insert(node.name);
    }
    syncRows(m_rows, wanted, [](const upgrade::NodeRow &row) { return row.name; },
        {.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
            .endRemove = [this] { endRemoveRows(); },
            .beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
            .endInsert = [this] { endInsertRows(); },
            .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
            .endMove = [this] { endMoveRows(); },
            .changed = [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); }});
}

const upgrade::NodeRow *NodeModel::node(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

int NodeModel::rowOf(const QString &name) const
{
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows.at(i).name == name)
            return i;
    }
    return -1;
}

void NodeModel::retranslate()
{
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

int NodeModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}
int NodeModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant NodeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return int(Qt::AlignVCenter | (section == Vms ? Qt::AlignRight : Qt::AlignLeft));
    if (role == Qt::ToolTipRole && section == Pips)
        return tr("Preloaded, pre-drained, RKE2 runtime, operating system, back");
    if (role == Qt::ToolTipRole && section == System)
        return tr("Operating system");
    if (role == Qt::ToolTipRole && section == Health)
        return tr("Cordoned, not ready");
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Node");
    case Role:
        return tr("Role");
    case Pips:
        return tr("Steps", "column: five pips of a node");
    case StateColumn:
        return tr("State");
    case Job:
        return u"Job"_s;
    case Kubernetes:
        return u"Kubernetes"_s;
    case System:
        return tr("OS", "column: operating system of a node");
    case Vms:
        return tr("VMs", "column: running virtual machines");
    case Health:
        return tr("Health", "column: cordoned, not ready");
    case Text:
        return tr("Message");
    default:
        return {};
    }
}

QString NodeModel::display(const upgrade::NodeRow &node, int column) const
{
    switch (column) {
    case Name:
        return node.name;
    case Role:
        return roleWords(node);
    case StateColumn: {
        // How long it has been done is nobody's question.
        const bool over = node.state == upgrade::State::Succeeded;
        // "At least some seconds" is what we know only because we have just come.
        const bool vague = !node.sinceExact && node.since.secsTo(m_tick.now()) < 60;
        const QString time = over || vague ? QString() : elapsed(node.since, m_tick.now());
        const QString about = time.isEmpty() || node.sinceExact ? time : tr("over %1", "at least this long").arg(time);
        return about.isEmpty() ? nodeState(node) : u"%1 · %2"_s.arg(nodeState(node), about);
    }
    case Job:
        return !m_upgrade.isEmpty() && node.job.name.startsWith(m_upgrade + u'-')
            ? node.job.name.mid(m_upgrade.size() + 1)
            : node.job.name;
    case Kubernetes:
        return change(node.kubeletVersion, node.kubeletTarget);
    case System:
        return change(node.osImage, node.osTarget);
    case Vms:
        return node.runningVms < 0 ? u"–"_s : QString::number(node.runningVms);
    case Health:
        return healthWords(node, m_tick.now());
    case Text:
        if (!node.waiting.isEmpty())
            return shown(upgrade::text(node.waiting));
        return shown(node.message.isEmpty() ? node.reason : node.message).simplified();
    default:
        return {};
    }
}

QString NodeModel::toolTip(const upgrade::NodeRow &node, int column) const
{
    switch (column) {
    case Pips:
        return tip(pipWords(node).split(u'\n'));
    case StateColumn:
        return tip({node.stateText.isEmpty() ? nodeState(node) : node.stateText,
            node.since.isValid() ? tr("Since %1").arg(absoluteTime(node.since)) : QString(),
            node.since.isValid() && !node.sinceExact ? tr("First seen then; it may have begun earlier.") : QString()});
    case Vms:
        return node.runningVms < 0 ? tip({tr("Virtual machines cannot be read with these credentials.")}) : QString();
    case Text: {
        const QString system = QStringList{node.reason, node.message}.filter(QRegularExpression(u"."_s)).join(u": "_s);
        return tip({node.waiting.isEmpty() ? QString() : upgrade::text(node.waiting), system});
    }
    case Job:
        return node.job.name.isEmpty() ? QString()
                                       : tip({u"%1/%2"_s.arg(node.job.ns, node.job.name), tr("Show its log")});
    default:
        return tip({display(node, column)});
    }
}

QVariant NodeModel::sortKey(const upgrade::NodeRow &node, int column) const
{
    switch (column) {
    case Role:
        return (node.controlPlane ? 0 : 4) + (node.etcd ? 0 : 2) + (node.witness ? 1 : 0);
    case Pips: {
        int done = 0;
        for (const upgrade::Tri tri :
            {node.preloaded, node.preDrained, node.runtimeUpgraded, node.systemUpgraded, node.back})
            done += tri == upgrade::Tri::Yes ? 1 : 0;
        return done;
    }
    case StateColumn: {
        // What needs a person first.
        static constexpr int order[] = {4, 3, 6, 0, 2, 1, 5};
        return order[int(node.state)];
    }
    case Vms:
        return node.runningVms;
    case Health:
        return (node.present ? 0 : 4) + (node.ready ? 0 : 2) + (node.cordoned ? 1 : 0);
    default:
        return display(node, column);
    }
}

QVariant NodeModel::data(const QModelIndex &index, int role) const
{
    const upgrade::NodeRow *row = index.isValid() ? node(index.row()) : nullptr;
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return display(*row, index.column());
    case Qt::ToolTipRole:
        return toolTip(*row, index.column());
    case Qt::AccessibleTextRole:
        if (index.column() == Pips)
            return pipWords(*row).replace(u'\n', u' ');
        return display(*row, index.column());
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (index.column() == Vms ? Qt::AlignRight : Qt::AlignLeft));
    case SortRole:
        return sortKey(*row, index.column());
    case RowRole:
        return QVariant::fromValue(quintptr(row));
    case FilterRole:
        return QStringList{row->name, roleWords(*row), nodeState(*row), row->stateText, row->job.name,
            row->kubeletVersion, row->message}
            .join(u'\n');
    default:
        return {};
    }
}

} // namespace ui
