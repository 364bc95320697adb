// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/joblist.h"

#include "ui/glyph.h"
#include "ui/listsync.h"
#include "ui/logsources.h"
#include "ui/style.h"
#include "ui/tick.h"
#include "ui/wording.h"
#include "upgrade/boardtext.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

namespace ui {

using namespace Qt::StringLiterals;

JobModel::JobModel(Tick &tick, QObject *parent)
    : QAbstractListModel(parent)
    , m_tick(tick)
{
}

QString JobModel::key(const upgrade::JobRow &job)
{
    // The pod of a Job that is gone has no UID of a Job.
    return job.job.uid.isEmpty() ? job.job.ns + u'/' + job.job.name : job.job.uid;
}

void JobModel::setJobs(const QList<upgrade::JobRow> &jobs)
{
    if (jobs == m_rows)
        return;
    QList<upgrade::JobRow> wanted;
    QSet<QString> keys;
    for (const upgrade::JobRow &job : jobs) {
        if (const QString k = key(job); !keys.contains(k)) {
            keys.insert(k);
            wanted.append(job);
        }
    }
    syncRows(m_rows, wanted, &JobModel::key,
        {.beginRemove = [this](int first, int last) { beginRemoveRows({}, first, last); },
            .endRemove = [this] { endRemoveRows(); },
            .beginInsert = [this](int first, int last) { beginInsertRows({}, first, last); },
            .endInsert = [this] { endInsertRows(); },
            .beginMove = [this](int from, int to) { beginMoveRows({}, from, from, {}, to); },
            .endMove = [this] { endMoveRows(); },
            .changed = [this](int row) { Q_EMIT dataChanged(index(row), index(row)); }});
}

const upgrade::JobRow *JobModel::job(int row) const
{
    return row >= 0 && row < m_rows.size() ? &m_rows.at(row) : nullptr;
}

int JobModel::rowOf(const QString &wanted) const
{
    for (int i = 0; i < m_rows.size(); ++i) {
        if (key(m_rows.at(i)) == wanted)
            return i;
    }
    return -1;
}

void JobModel::retranslate()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_rows.size()) - 1));
}

QString JobModel::title(const upgrade::JobRow &job) const
{
    const QString type = job.type.isEmpty() ? job.job.name : job.type;
    return job.node.isEmpty() ? type : u"%1 · %2"_s.arg(type, job.node);
}

QString JobModel::duration(const upgrade::JobRow &job) const
{
    const bool over = job.state == upgrade::State::Succeeded || job.state == upgrade::State::Failed;
    return elapsed(job.started, job.finished.isValid() ? job.finished : over ? QDateTime() : m_tick.now());
}

QString JobModel::details(const upgrade::JobRow &job) const
{
    QStringList parts;
    if (!job.reason.isEmpty())
        parts.append(shown(job.reason));
    if (job.pods.size() > 1)
        parts.append(tr("%n attempt(s)", nullptr, int(job.pods.size())));
    if (isPodOfNoJob(job)) {
        parts.append(tr("Pod of no Job"));
        parts.append(job.job.ns);
        return parts.join(u" · "_s);
    }
    if (job.job.uid.isEmpty())
        parts.append(tr("Job is gone, its pod is left"));
    parts.append(job.job.name);
    return parts.join(u" · "_s);
}

int JobModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant JobModel::data(const QModelIndex &index, int role) const
{
    const upgrade::JobRow *row = job(index.row());
    if (!row)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return title(*row);
    case Qt::AccessibleTextRole:
        return isPodOfNoJob(*row) ? title(*row)
                                  : u"%1, %2, %3"_s.arg(title(*row), upgrade::stateTitle(row->state), duration(*row));
    case Qt::AccessibleDescriptionRole:
        return details(*row);
    case Qt::ToolTipRole:
        return tip({u"%1/%2"_s.arg(row->job.ns, row->job.name),
            isPodOfNoJob(*row) ? tr("Pod of no Job") : upgrade::stateTitle(row->state), row->reason, row->message,
            row->started.isValid() ? tr("Started %1").arg(absoluteTime(row->started)) : QString(),
            row->finished.isValid() ? tr("Finished %1").arg(absoluteTime(row->finished)) : QString()});
    case RowRole:
        return QVariant::fromValue(quintptr(row));
    default:
        return {};
    }
}

QSize JobDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {200, std::max(40, option.fontMetrics.height() * 2 + 10)};
}

void JobDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const QStyle *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    const auto *model = qobject_cast<const JobModel *>(index.model());
    const upgrade::JobRow *job = model ? model->job(index.row()) : nullptr;
    if (!job)
        return;
    const bool soft = QApplication::style()->inherits("ui::Style");
    const bool selected = option.state & QStyle::State_Selected;
    const QColor ink = option.palette.color(selected && !soft ? QPalette::HighlightedText : QPalette::Text);
    const QColor quiet = selected && !soft ? ink : quietText(option.palette);
    const QRect box = option.rect.adjusted(16, 4, -12, -4);
    painter->save();
    paintGlyph(*painter, QRectF(box.left(), box.top() + 2, 16, 16),
        isPodOfNoJob(*job) ? Glyph{.shape = Shape::Dot, .tone = Tone::Muted} : glyph(job->state), option.palette);
    const int left = box.left() + 24;
    const int half = box.height() / 2;
    const QString time = model->duration(*job);
    const int timeWidth = time.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(time) + 8;
    painter->setFont(option.font);
    painter->setPen(ink);
    painter->drawText(QRect(left, box.top(), box.right() - left - timeWidth, half), Qt::AlignVCenter,
        option.fontMetrics.elidedText(model->title(*job), Qt::ElideMiddle, box.right() - left - timeWidth));
    painter->setPen(quiet);
    painter->drawText(
        QRect(box.right() - timeWidth, box.top(), timeWidth, half), Qt::AlignVCenter | Qt::AlignRight, time);
    QFont caption = option.font;
    caption.setPointSizeF(std::max(7.0, caption.pointSizeF() - 1));
    painter->setFont(caption);
    if (!job->reason.isEmpty() && (!selected || soft))
        painter->setPen(toneText(tone(job->state), option.palette,
            selected ? selectionSurface(option.palette, true) : option.palette.color(QPalette::Base)));
    painter->drawText(QRect(left, box.top() + half, box.right() - left, half), Qt::AlignVCenter,
        QFontMetrics(caption).elidedText(model->details(*job), Qt::ElideMiddle, box.right() - left));
    painter->restore();
}

} // namespace ui
