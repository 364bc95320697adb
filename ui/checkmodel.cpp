// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/checkmodel.h"

#include "restart/prechecktext.h"
#include "ui/glyph.h"
#include "ui/wording.h"

#include <QFont>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;
using restart::Outcome;
using restart::ServerAnswer;

namespace {

/// Top rows have no parent; the rest carry their group's row + 1.
constexpr quintptr top = 0;

Glyph glyphOf(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
        return {.shape = Shape::Tick, .tone = Tone::Succeeded};
    case Outcome::Warn:
        return {.shape = Shape::Alert, .tone = Tone::Warning};
    case Outcome::Fail:
        return {.shape = Shape::Cross, .tone = Tone::Failed};
    case Outcome::CouldNotCheck:
        return {.shape = Shape::Question, .tone = Tone::Paused};
    }
    return {};
}

Outcome outcomeOf(ServerAnswer::Kind kind)
{
    return kind == ServerAnswer::Kind::Accepted ? Outcome::Pass
        : kind == ServerAnswer::Kind::Refused   ? Outcome::Fail
                                                : Outcome::CouldNotCheck;
}

const restart::NodeCheck *nodeCheck(const QString &id)
{
    const auto found = std::ranges::find(restart::nodeChecks(), id, &restart::NodeCheck::id);
    return found == restart::nodeChecks().end() ? nullptr : &*found;
}

QString shownObject(const restart::CheckObject &object)
{
    return shown(restart::objectText(object));
}

} // namespace

CheckModel::CheckModel(QObject *parent)
    : QAbstractItemModel(parent)
    , m_groups(groupsOf({}))
{
}

QList<CheckModel::Group> CheckModel::groupsOf(const QStringList &ids)
{
    QList<Group> groups{{session::serverCheck, {session::serverCheck}}};
    for (const QString &word : {u"webhook"_s, u"script"_s, u"release"_s}) {
        Group group{word, {}};
        for (const QString &id : ids) {
            if (restart::groupOf(id) == word)
                group.ids.append(id);
        }
        if (!group.ids.isEmpty())
            groups.append(group);
    }
    Group nodes{u"node"_s, {}};
    for (const restart::NodeCheck &check : restart::nodeChecks())
        nodes.ids.append(check.id);
    groups.append(nodes);
    return groups;
}

void CheckModel::present(const session::CheckState &checks)
{
    // Until a new run knows which checks there are, the rows of the last one stay.
    const QStringList ids = checks.ids.isEmpty() && checks.running ? m_checks.ids : checks.ids;
    const QList<Group> groups = groupsOf(ids);
    const session::CheckState before = std::exchange(m_checks, checks);
    m_checks.ids = ids;
    if (groups != m_groups) {
        beginResetModel();
        m_groups = groups;
        endResetModel();
        return;
    }
    for (int row = 0; row < m_groups.size(); ++row) {
        const QModelIndex group = index(row, 0);
        bool any = false;
        for (int child = 0; child < m_groups.at(row).ids.size(); ++child) {
            const QString &id = m_groups.at(row).ids.at(child);
            const auto *now = m_checks.result(id);
            const auto *was = before.result(id);
            bool same = before.pending.contains(id) == checks.pending.contains(id) && before.running == checks.running
                && (now == nullptr) == (was == nullptr) && (!now || *now == *was);
            if (id == session::serverCheck)
                same = same && before.server == checks.server;
            if (same)
                continue;
            any = true;
            Q_EMIT dataChanged(index(child, 0, group), index(child, ColumnCount - 1, group));
        }
        if (any)
            Q_EMIT dataChanged(group, group.siblingAtColumn(ColumnCount - 1));
    }
}

QString CheckModel::idAt(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == top)
        return {};
    return m_groups.at(int(index.internalId()) - 1).ids.value(index.row());
}

QModelIndex CheckModel::indexOf(const QString &id) const
{
    for (int row = 0; row < m_groups.size(); ++row) {
        if (const auto child = m_groups.at(row).ids.indexOf(id); child >= 0)
            return index(int(child), 0, index(row, 0));
    }
    return {};
}

bool CheckModel::canRun(const QModelIndex &index) const
{
    const QString id = idAt(index);
    return !id.isEmpty() && !nodeCheck(id);
}

QModelIndex CheckModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : top);
}

QModelIndex CheckModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == top)
        return {};
    return createIndex(int(index.internalId()) - 1, 0, top);
}

int CheckModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalId() == top && parent.column() == 0 ? int(m_groups.at(parent.row()).ids.size()) : 0;
}

int CheckModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

QString CheckModel::groupText(const Group &group) const
{
    if (group.word == session::serverCheck)
        return tr("The server's own answer");
    return restart::groupTitle(group.word);
}

QVariant CheckModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() != top)
        return rowData(idAt(index), index.column(), role);
    const Group &group = m_groups.at(index.row());
    if (role == Qt::FontRole) {
        QFont strong;
        strong.setWeight(QFont::DemiBold);
        return strong;
    }
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    if (index.column() == Title)
        return groupText(group);
    if (index.column() != Result || group.word == "node"_L1 || group.word == session::serverCheck)
        return {};
    int good = 0;
    for (const QString &id : group.ids) {
        const auto *result = m_checks.result(id);
        good += result && result->outcome == Outcome::Pass;
    }
    //: of a group of checks: passed, all
    return tr("%1 of %2 passed").arg(good).arg(group.ids.size());
}

QVariant CheckModel::rowData(const QString &id, int column, int role) const
{
    const restart::NodeCheck *shell = nodeCheck(id);
    const bool server = id == session::serverCheck;
    const restart::CheckResult *result = m_checks.result(id);
    const bool pending = m_checks.pending.contains(id);
    const bool known
        = !shell && !pending && (server ? m_checks.finished.isValid() || m_checks.everRun : result != nullptr);
    const Outcome outcome = server ? outcomeOf(m_checks.server.kind)
        : result                   ? result->outcome
                                   : Outcome::CouldNotCheck;
    if (role == Qt::DecorationRole && column == Title) {
        if (pending)
            return glyphIcon({.shape = Shape::Arc, .tone = Tone::Running});
        return glyphIcon(known ? glyphOf(outcome) : Glyph{.shape = Shape::Ring, .tone = Tone::Muted});
    }
    if (role == Qt::ToolTipRole)
        return tip(details(indexOf(id)).split(u'\n'));
    if (role == Qt::AccessibleDescriptionRole && column == Title)
        return details(indexOf(id));
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    switch (column) {
    case Title:
        return server ? restart::serverTitle(m_checks.server.kind) : restart::checkTitle(id);
    case Id:
        return server ? QString() : id;
    case Result:
        if (shell)
            return tr("By hand");
        if (pending)
            return tr("Checking…");
        return known ? restart::outcomeTitle(outcome) : tr("Not made");
    case Found:
        if (shell)
            return shell->command;
        if (server)
            return shown(restart::whyText(m_checks.server.text)).simplified();
        if (!result || pending)
            return {};
        if (!result->why.isEmpty())
            return shown(restart::whyText(result->why)).simplified();
        if (result->objects.isEmpty())
            return {};
        if (result->objects.size() == 1)
            return shownObject(result->objects.constFirst());
        //: an object and how many others
        return tr("%1 and %2 more").arg(shownObject(result->objects.constFirst())).arg(result->objects.size() - 1);
    default:
        return {};
    }
}

QString CheckModel::details(const QModelIndex &index) const
{
    const QString id = idAt(index);
    if (id.isEmpty())
        return {};
    if (id == session::serverCheck) {
        QStringList lines{restart::serverTitle(m_checks.server.kind)};
        if (!m_checks.server.text.isEmpty())
            lines.append(shown(restart::whyText(m_checks.server.text)));
        if (m_checks.server.kind == ServerAnswer::Kind::Refused)
            lines.append(tr("It stops at its first refusal; the checks below show everything at once."));
        return lines.join(u'\n');
    }
    QStringList lines{u"%1 · %2"_s.arg(id, restart::checkTitle(id))};
    const QString remedy = restart::checkRemedy(id);
    if (const restart::NodeCheck *shell = nodeCheck(id)) {
        lines.append(tr("Only a shell on the node can tell. As root on each node:"));
        lines.append(shell->command);
        if (!remedy.isEmpty())
            lines.append(u"→ "_s + remedy);
        return lines.join(u'\n');
    }
    const restart::CheckResult *result = m_checks.result(id);
    if (!result) {
        lines.append(m_checks.pending.contains(id) ? tr("Checking…") : tr("Not made"));
        return lines.join(u'\n');
    }
    lines.append(u"%1 · %2"_s.arg(restart::outcomeTitle(result->outcome), restart::severityTitle(result->severity)));
    if (!result->why.isEmpty())
        lines.append(shown(restart::whyText(result->why)));
    for (const restart::CheckObject &object : result->objects)
        lines.append(shownObject(object));
    if (result->outcome != Outcome::Pass && !remedy.isEmpty())
        lines.append(u"→ "_s + remedy);
    return lines.join(u'\n');
}

QVariant CheckModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Title:
        return tr("Check");
    case Id:
        return tr("No.");
    case Result:
        return tr("Result");
    case Found:
        return tr("What was found");
    default:
        return {};
    }
}

void CheckModel::retranslate()
{
    for (int row = 0; row < m_groups.size(); ++row) {
        const QModelIndex group = index(row, 0);
        Q_EMIT dataChanged(group, group.siblingAtColumn(ColumnCount - 1));
        Q_EMIT dataChanged(index(0, 0, group), index(rowCount(group) - 1, ColumnCount - 1, group));
    }
    Q_EMIT headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

} // namespace ui
