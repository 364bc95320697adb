// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/logbook.h"

#include <QDateTime>
#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr qsizetype keptLines = 100'000; ///< stands for the kubelet's 10 MiB times 5

} // namespace

QByteArray LoggedLine::stamp() const
{
    const QDateTime time = QDateTime::fromSecsSinceEpoch(at / 1'000'000'000, QTimeZone::UTC);
    return time.toString(u"yyyy-MM-ddThh:mm:ss"_s).toLatin1() + '.'
        + QByteArray::number(at % 1'000'000'000).rightJustified(9, '0') + 'Z';
}

QList<ContainerRun> &LogBook::runsOf(const ContainerId &id)
{
    QList<ContainerRun> &runs = m_runs[id];
    if (runs.isEmpty()) {
        ContainerRun run;
        run.serial = m_serial++;
        runs.append(run);
        if (m_ledgerKept)
            (void)instanceOf(id, run);
    }
    return runs;
}

WrittenInstance &LogBook::instanceOf(const ContainerId &id, const ContainerRun &run)
{
    QList<WrittenInstance> &all = m_ledger[id];
    if (all.isEmpty() || all.last().serial != run.serial)
        all.append({m_uids.value({id.ns, id.pod}), run.restart, run.ended, {}, run.serial});
    return all.last();
}

void LogBook::markEnded(const ContainerId &id, const ContainerRun &run)
{
    if (m_ledgerKept)
        instanceOf(id, run).ended = true;
}

void LogBook::append(const ContainerId &id, qint64 at, const QByteArray &text, bool sameTime)
{
    QList<ContainerRun> &runs = runsOf(id);
    qint64 last = 0;
    for (const ContainerRun &run : std::as_const(runs)) {
        if (!run.lines.isEmpty())
            last = run.lines.last().at;
    }
    ContainerRun &run = runs.last();
    // The clock has milliseconds; what a kubelet writes has nanoseconds.
    const qint64 fine = (run.serial * 7919 + run.endNumber() * 104'729) % 1'000'000;
    const qint64 time = sameTime && last > 0 ? last : std::max(at - at % 1'000'000 + fine, last + 1000);
    run.lines.append({time, text});
    run.bytes += text.size() + 40; // each line in the file begins with its time and "stdout F "
    if (run.lines.size() > keptLines) {
        run.lines.removeFirst();
        run.first = std::max(run.first, ++run.kept);
    }
    if (m_ledgerKept)
        instanceOf(id, run).lines.append(run.lines.last());
    Q_EMIT changed(id);
    if (m_maxSize > 0 && run.bytes > m_maxSize)
        rotate(id, 0);
}

void LogBook::endRun(const ContainerId &id)
{
    ContainerRun &run = runsOf(id).last();
    run.ended = true;
    markEnded(id, run);
    Q_EMIT changed(id);
}

void LogBook::beginRun(const ContainerId &id)
{
    QList<ContainerRun> &runs = runsOf(id);
    runs.last().ended = true;
    markEnded(id, runs.last());
    ContainerRun next;
    next.serial = m_serial++;
    next.restart = runs.last().restart + 1;
    runs.append(next);
    if (m_ledgerKept)
        (void)instanceOf(id, next);
    // A kubelet keeps the current instance and the one before; who reads one before that must be done with it.
    if (runs.size() > 2) {
        Q_EMIT ending(id);
        m_runs[id].removeFirst();
    }
    Q_EMIT changed(id);
}

void LogBook::rotate(const ContainerId &id, qsizetype keepLines)
{
    const auto it = m_runs.find(id);
    if (it == m_runs.end() || it->isEmpty())
        return;
    ContainerRun &run = it->last();
    const qint64 start = std::max(run.first, run.endNumber() - keepLines);
    run.lines.remove(0, run.first - run.kept);
    run.kept = run.first;
    run.first = start;
    run.bytes = 0;
    Q_EMIT changed(id);
}

void LogBook::forgetPod(const QString &ns, const QString &pod)
{
    QList<ContainerId> gone;
    for (auto it = m_runs.cbegin(); it != m_runs.cend(); ++it) {
        if (it.key().ns == ns && it.key().pod == pod)
            gone.append(it.key());
    }
    for (const ContainerId &id : std::as_const(gone)) {
        runsOf(id).last().ended = true;
        markEnded(id, runsOf(id).last());
        Q_EMIT ending(id);
        m_runs.remove(id);
        Q_EMIT changed(id);
    }
    m_uids.remove({ns, pod});
}

const QList<ContainerRun> *LogBook::runs(const ContainerId &id) const
{
    const auto it = m_runs.constFind(id);
    return it == m_runs.constEnd() ? nullptr : &it.value();
}

} // namespace demo
