// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/logcontrol.h"

#include "demo/api.h"
#include "demo/jsonedit.h"
#include "demo/world.h"

using namespace Qt::StringLiterals;

namespace demo {
namespace {

constexpr int tickMilliseconds = 10;

} // namespace

LogControl::LogControl(World &world, LogBook &logs, Api &api, QObject *parent)
    : QObject(parent)
    , m_world(world)
    , m_logs(logs)
    , m_api(api)
{
    m_timer.setInterval(tickMilliseconds);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &LogControl::tick);
}

ContainerId LogControl::makePod(const QString &ns, const QString &prefix, const QString &container)
{
    PodSpec spec;
    spec.ns = ns;
    spec.name = prefix + u'-' + m_world.word(5);
    spec.node = m_world.nodeInTurn();
    spec.container = container;
    spec.image = u"registry.example.invalid/talker:1"_s;
    spec.labels = {{u"app"_s, prefix}};
    const QString pod = m_world.makePod(spec);
    m_world.podRuns(ns, pod);
    return {ns, pod, container};
}

void LogControl::deletePod(const QString &ns, const QString &pod)
{
    m_world.drop(kinds::pods, ns, pod);
}

void LogControl::replacePod(const QString &ns, const QString &pod)
{
    QJsonObject object = m_world.get(kinds::pods, ns, pod);
    if (object.isEmpty())
        return;
    m_world.drop(kinds::pods, ns, pod);
    for (const auto &key : {"uid"_L1, "creationTimestamp"_L1, "resourceVersion"_L1, "generation"_L1}) {
        QJsonObject metadata = object.value("metadata"_L1).toObject();
        metadata.remove(key);
        object.insert("metadata"_L1, metadata);
    }
    json::unset(object, u"status.containerStatuses");
    m_world.make(kinds::pods, object);
    m_world.podRuns(ns, pod);
}

QList<ContainerId> LogControl::containers(const QString &ns) const
{
    QList<ContainerId> found;
    for (const QJsonObject &pod : m_world.list(kinds::pods, ns)) {
        if (json::text(pod, u"status.phase") != "Running"_L1)
            continue;
        for (const QJsonValue container : json::get(pod, u"spec.containers").toArray())
            found.append({json::ns(pod), json::name(pod), container["name"_L1].toString()});
    }
    return found;
}

void LogControl::write(const ContainerId &to, const QByteArray &line, bool sameTime)
{
    m_logs.append(to, m_world.nowNanoseconds(), line, sameTime);
}

void LogControl::startWriter(const LogWriter &writer)
{
    m_writers.push_back({writer});
    m_timer.start();
}

void LogControl::tick()
{
    for (auto it = m_writers.begin(); it != m_writers.end();) {
        const LogWriter &writer = it->writer;
        it->debt += writer.linesPerSecond * tickMilliseconds / 1000;
        bool over = !m_world.exists(kinds::pods, writer.to.ns, writer.to.pod);
        for (; !over && it->debt >= 1; it->debt -= 1) {
            const qint64 number = ++m_numbers[writer.to];
            QByteArray line = QByteArray::number(number).rightJustified(8, '0') + ' ';
            while (line.size() < writer.bytes)
                line += static_cast<char>('a' + (number * 7 + line.size()) % 26);
            write(writer.to, line, it->written % std::max(1, writer.sameTime) != 0);
            over = ++it->written == writer.lines;
        }
        it = over ? m_writers.erase(it) : std::next(it);
    }
    if (m_writers.empty()) {
        m_timer.stop();
        Q_EMIT writersDone();
    }
}

void LogControl::restart(const ContainerId &id, int exitCode)
{
    m_world.restartContainer(id.ns, id.pod, id.container, exitCode);
}

void LogControl::finish(const ContainerId &id, int exitCode)
{
    m_world.podEnds(id.ns, id.pod, exitCode);
}

int LogControl::cut(StreamCut how, const ContainerId &only)
{
    return m_api.cutLogs(how, only);
}

int LogControl::followers(const ContainerId &only) const
{
    return m_api.followers(only);
}

} // namespace demo
