// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pastmodel.h"

#include "evidence/store.h"
#include "session/gate.h"
#include "session/historysession.h"
#include "ui/glyph.h"
#include "ui/keeping.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QCoreApplication>
#include <QLocale>
#include <QThreadPool>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text, const char *comment = nullptr)
{
    return QCoreApplication::translate("ui", text, comment);
}

upgrade::State stateOf(const QString &word)
{
    using upgrade::State;
    for (const State state :
        {State::Pending, State::Running, State::Succeeded, State::Failed, State::Paused, State::Stuck}) {
        if (upgrade::stateWord(state) == word)
            return state;
    }
    return State::Unknown;
}

QString endedWords(const evidence::KeptUpgrade &kept)
{
    if (kept.problem)
        return tr("Cannot be read: %1").arg(shown(kept.problem->message));
    const QString state = upgrade::stateTitle(stateOf(kept.manifest.state));
    if (kept.manifest.finished)
        return state;
    if (kept.writing)
        return tr("%1 · being kept now", "state of an upgrade").arg(state);
    return tr("%1 when last seen", "state of an upgrade").arg(state);
}

QString minutes(const QDateTime &time)
{
    return time.toLocalTime().toString(u"yyyy-MM-dd HH:mm"_s);
}

QString when(const PastRow &row)
{
    if (!row.from.isValid())
        return minutes(row.to);
    if (!row.to.isValid() || minutes(row.from) == minutes(row.to))
        return minutes(row.from);
    const bool sameDay = row.from.toLocalTime().date() == row.to.toLocalTime().date();
    return u"%1 – %2"_s.arg(minutes(row.from), sameDay ? minutes(row.to).mid(11) : minutes(row.to));
}

} // namespace

QList<PastRow> pastRows(const QList<evidence::KeptUpgrade> &kept, const QList<evidence::DroppedUpgrade> &dropped)
{
    QList<PastRow> rows;
    for (const evidence::KeptUpgrade &one : kept) {
        PastRow row;
        row.folder = one.problem ? QString() : one.folder;
        row.id = one.manifest.id;
        row.from = one.manifest.firstSeen;
        row.to = one.manifest.lastSeen;
        row.state = one.manifest.state;
        row.bytes = one.bytes;
        row.ended = endedWords(one);
        row.details = {row.id.upgradeName, row.id.server,
            row.from.isValid() ? tr("Kept from %1 to %2").arg(absoluteTime(row.from), absoluteTime(row.to)) : QString(),
            homely(one.folder)};
        rows.append(row);
    }
    for (const evidence::DroppedUpgrade &one : dropped) {
        PastRow row;
        row.id = one.id;
        row.from = one.firstSeen;
        row.to = one.lastSeen;
        row.bytes = one.bytes;
        const QString day = one.dropped.toLocalTime().toString(u"yyyy-MM-dd"_s);
        row.ended = one.forAge ? tr("No longer kept: dropped for its age on %1").arg(day)
                               : tr("No longer kept: dropped on %1 to make room").arg(day);
        row.details = {row.id.upgradeName, row.id.server, row.ended};
        rows.append(row);
    }
    return rows;
}

PastModel::PastModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_gate(std::make_shared<session::Gate>(this))
{
}

PastModel::~PastModel()
{
    m_gate->close();
}

void PastModel::load(const QString &root)
{
    const int asked = ++m_asked;
    session::listPastUpgrades(root, this, [this, root, asked](const QList<evidence::KeptUpgrade> &kept) {
        if (asked != m_asked)
            return;
        QThreadPool::globalInstance()->start([this, gate = m_gate, root, asked, kept] {
            const auto dropped = evidence::droppedUpgrades(root.isEmpty() ? evidence::defaultRoot() : root);
            gate->post([this, asked, kept, dropped] {
                if (asked != m_asked)
                    return;
                m_kept = kept;
                m_dropped = dropped;
                m_loaded = true;
                show();
                Q_EMIT loaded();
            });
        });
    });
}

void PastModel::retranslate()
{
    show();
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

void PastModel::show()
{
    const QList<PastRow> rows = pastRows(m_kept, m_dropped);
    if (rows == m_rows)
        return;
    const bool same = rows.size() == m_rows.size()
        && std::equal(rows.begin(), rows.end(), m_rows.begin(), [](const PastRow &a, const PastRow &b) {
               return a.folder == b.folder && a.id.upgradeUid == b.id.upgradeUid;
           });
    if (same) {
        m_rows = rows;
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
        return;
    }
    beginResetModel();
    m_rows = rows;
    endResetModel();
}

const PastRow *PastModel::row(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows.size() ? &m_rows.at(index.row()) : nullptr;
}

int PastModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int PastModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PastModel::data(const QModelIndex &index, int role) const
{
    const PastRow *row = this->row(index);
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case Upgrade:
            return shown(row->id.upgradeName.isEmpty() ? row->id.upgradeUid : row->id.upgradeName);
        case Cluster:
            return shown(row->id.clusterName);
        case Versions:
            return shown(change(row->id.fromVersion, row->id.toVersion));
        case When:
            return when(*row);
        case Ended:
            return row->ended;
        case Size:
            return QLocale().formattedDataSize(row->bytes);
        }
        return {};
    case Qt::DecorationRole:
        if (index.column() != Ended || row->state.isEmpty())
            return {};
        return glyphIcon(glyph(stateOf(row->state)));
    case Qt::TextAlignmentRole:
        return index.column() == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return tip(QStringList{data(index).toString()} + row->details);
    case Qt::AccessibleTextRole:
        return index.column() == Upgrade
            ? QVariant(QStringList{data(index).toString(), row->id.clusterName, when(*row), row->ended}.join(u", "_s))
            : data(index);
    default:
        return {};
    }
}

QVariant PastModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == Size ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                               : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Upgrade:
        return tr("Upgrade");
    case Cluster:
        return tr("Cluster");
    case Versions:
        return tr("Version");
    case When:
        return tr("Seen", "when an upgrade was seen, from and to");
    case Ended:
        return tr("State");
    case Size:
        return tr("Size");
    }
    return {};
}

Qt::ItemFlags PastModel::flags(const QModelIndex &index) const
{
    const PastRow *row = this->row(index);
    if (!row)
        return {};
    // What cannot be opened can still be walked over and read.
    return Qt::ItemIsSelectable | Qt::ItemIsEnabled | Qt::ItemNeverHasChildren;
}

} // namespace ui
