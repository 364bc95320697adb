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
    if (runs.isEmpty())
        runs.append(ContainerRun{{}, 0, false, m_serial++});
    return runs;
}

void LogBook::append(const ContainerId &id, qint64 at, const QByteArray &text)
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
    run.lines.append({std::max(at - at % 1'000'000 + fine, last + 1000), text});
    if (run.lines.size() > keptLines) {
        run.lines.removeFirst();
        ++run.first;
    }
    Q_EMIT changed(id);
}

void LogBook::endRun(const ContainerId &id)
{
    runsOf(id).last().ended = true;
    Q_EMIT changed(id);
}

void LogBook::beginRun(const ContainerId &id)
{
    QList<ContainerRun> &runs = runsOf(id);
    runs.last().ended = true;
    runs.append(ContainerRun{{}, 0, false, m_serial++});
    if (runs.size() > 2)
        runs.removeFirst(); // a kubelet keeps the current instance and the one before
    Q_EMIT changed(id);
}

void LogBook::rotate(const ContainerId &id, qsizetype keepLines)
{
    const auto it = m_runs.find(id);
    if (it == m_runs.end() || it->isEmpty())
        return;
    ContainerRun &run = it->last();
    const qsizetype gone = std::max<qsizetype>(0, run.lines.size() - keepLines);
    run.lines.remove(0, gone);
    run.first += gone;
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
        m_runs.remove(id);
        Q_EMIT changed(id);
    }
}

const QList<ContainerRun> *LogBook::runs(const ContainerId &id) const
{
    const auto it = m_runs.constFind(id);
    return it == m_runs.constEnd() ? nullptr : &it.value();
}

} // namespace demo
