// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/index.h"

#include "evidence/filetail.h"
#include "evidence/safename.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

constexpr qint64 piece = qint64(256) * 1024;
constexpr qint64 longestLine = qint64(4) * 1024 * 1024;
constexpr qint64 mostBytes
    = qint64(64) * 1024 * 1024; ///< of the whole index: a cluster that makes up Jobs must not fill the disk

QString textOf(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(Qt::ISODateWithMs) : QString();
}

QDateTime timeOf(const QJsonObject &json, QLatin1StringView key)
{
    const QString text = json.value(key).toString();
    return text.isEmpty() ? QDateTime() : QDateTime::fromString(text, Qt::ISODateWithMs);
}

QJsonObject jobJson(const upgrade::JobRow &row)
{
    return {{u"namespace"_s, row.job.ns}, {u"name"_s, row.job.name}, {u"uid"_s, row.job.uid},
        {u"phase"_s, upgrade::phaseWord(row.phase)}, {u"node"_s, row.node}, {u"jobType"_s, row.type},
        {u"state"_s, upgrade::stateWord(row.state)}, {u"started"_s, textOf(row.started)},
        {u"finished"_s, textOf(row.finished)}, {u"reason"_s, row.reason}, {u"message"_s, row.message}};
}

upgrade::JobRow jobOf(const QJsonObject &json)
{
    upgrade::JobRow row;
    row.job = {upgrade::Kind::Job, json.value("namespace"_L1).toString(), json.value("name"_L1).toString(),
        json.value("uid"_L1).toString()};
    for (int i = 0; i < upgrade::phaseCount; ++i) {
        if (upgrade::phaseWord(upgrade::PhaseId(i)) == json.value("phase"_L1).toString())
            row.phase = upgrade::PhaseId(i);
    }
    using upgrade::State;
    for (const State state :
        {State::Pending, State::Running, State::Succeeded, State::Failed, State::Paused, State::Stuck}) {
        if (upgrade::stateWord(state) == json.value("state"_L1).toString())
            row.state = state;
    }
    row.node = json.value("node"_L1).toString();
    row.type = json.value("jobType"_L1).toString();
    row.started = timeOf(json, "started"_L1);
    row.finished = timeOf(json, "finished"_L1);
    row.reason = json.value("reason"_L1).toString();
    row.message = json.value("message"_L1).toString();
    return row;
}

QJsonObject podJson(const upgrade::JobRow::PodRef &pod)
{
    return {{u"namespace"_s, pod.ns}, {u"name"_s, pod.name}, {u"uid"_s, pod.uid},
        {u"containers"_s, QJsonArray::fromStringList(pod.containers)}, {u"phase"_s, pod.phase},
        {u"created"_s, textOf(pod.created)}};
}

upgrade::JobRow::PodRef podOf(const QJsonObject &json)
{
    upgrade::JobRow::PodRef pod;
    pod.ns = json.value("namespace"_L1).toString();
    pod.name = json.value("name"_L1).toString();
    pod.uid = json.value("uid"_L1).toString();
    const QJsonArray containers = json.value("containers"_L1).toArray();
    for (const QJsonValue &container : containers)
        pod.containers.append(container.toString());
    pod.phase = json.value("phase"_L1).toString();
    pod.created = timeOf(json, "created"_L1);
    return pod;
}

template<class Row>
auto podIn(Row &row, const upgrade::JobRow::PodRef &pod) -> decltype(row.pods.data())
{
    const auto found = std::ranges::find_if(row.pods, [&](const auto &other) {
        return pod.uid.isEmpty() ? other.name == pod.name && other.ns == pod.ns : other.uid == pod.uid;
    });
    return found == row.pods.end() ? nullptr : &*found;
}

} // namespace

void Index::apply(const QJsonObject &record)
{
    const QString type = record.value("type"_L1).toString();
    if (type == "log"_L1)
        applyLog(record);
    else if (type == "job"_L1)
        applyJob(record);
    else if (type == "pod"_L1)
        applyPod(record);
    else
        ++bad; // perhaps of a newer version
}

void Index::applyLog(const QJsonObject &record)
{
    LogRecord log;
    log.path = record.value("path"_L1).toString();
    log.key = {record.value("namespace"_L1).toString(), record.value("pod"_L1).toString(),
        record.value("podUid"_L1).toString(), record.value("container"_L1).toString()};
    log.origin = {record.value("init"_L1).toBool(), record.value("job"_L1).toString(),
        record.value("jobUid"_L1).toString(), record.value("node"_L1).toString(), record.value("group"_L1).toString()};
    log.seen = timeOf(record, "seen"_L1);
    // A file is ours to read only when it is at a place we would have made.
    if (!log.path.startsWith("logs/"_L1) || log.path.contains("/."_L1) || m_logs.contains(log.key)) {
        ++bad;
        return;
    }
    m_logs.insert(log.key, logs.size());
    m_paths.insert(log.path);
    logs.append(log);
}

void Index::applyJob(const QJsonObject &record)
{
    upgrade::JobRow row = jobOf(record.value("job"_L1).toObject());
    const qsizetype known = jobAt(row.job);
    if (known >= 0) {
        row.pods = jobs.at(known).pods;
        if (row.job.uid.isEmpty())
            row.job.uid = jobs.at(known).job.uid;
        jobs[known] = row;
    } else {
        jobs.append(row);
    }
    const qsizetype at = known >= 0 ? known : jobs.size() - 1;
    if (!row.job.uid.isEmpty())
        m_jobsByUid.insert(row.job.uid, at);
    m_jobsByName.insert({row.job.ns, row.job.name}, at);
}

void Index::applyPod(const QJsonObject &record)
{
    const qsizetype at = jobAt(jobOf(record.value("job"_L1).toObject()).job);
    if (at < 0) {
        ++bad;
        return;
    }
    const upgrade::JobRow::PodRef pod = podOf(record.value("pod"_L1).toObject());
    upgrade::JobRow &row = jobs[at];
    if (upgrade::JobRow::PodRef *known = podIn(row, pod)) {
        *known = pod;
        return;
    }
    const auto place = std::ranges::upper_bound(row.pods, pod.created, {}, &upgrade::JobRow::PodRef::created);
    row.pods.insert(place, pod);
}

qsizetype Index::jobAt(const upgrade::ObjectRef &ref) const
{
    if (!ref.uid.isEmpty()) {
        if (const auto at = m_jobsByUid.value(ref.uid, -1); at >= 0)
            return at;
    }
    const qsizetype at = m_jobsByName.value({ref.ns, ref.name}, -1);
    // Another Job by the same name is another Job.
    return at >= 0 && (ref.uid.isEmpty() || jobs.at(at).job.uid.isEmpty()) ? at : -1;
}

const upgrade::JobRow *Index::job(const upgrade::ObjectRef &ref) const
{
    const qsizetype at = jobAt(ref);
    return at < 0 ? nullptr : &jobs.at(at);
}

const LogRecord *Index::log(const LogKey &key) const
{
    const qsizetype at = m_logs.value(key, -1);
    return at < 0 ? nullptr : &logs.at(at);
}

bool IndexReader::refresh()
{
    const auto file = openForReading(m_path);
    if (!file)
        return false;
    if (sizeOf(file->get()) < m_read) { // another one by the same name
        m_read = 0;
        m_index = {};
    }
    bool any = false;
    QByteArray rest;
    for (;;) {
        QByteArray part(piece, Qt::Uninitialized);
        const auto got = readAt(file->get(), part.data(), part.size(), m_read + rest.size());
        if (!got || *got == 0)
            return any;
        rest += QByteArrayView(part).first(*got);
        qsizetype from = 0;
        for (qsizetype end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n', from)) {
            QJsonParseError error;
            const QJsonDocument line = QJsonDocument::fromJson(rest.sliced(from, end - from), &error);
            if (line.isObject())
                m_index.apply(line.object());
            else
                ++m_index.bad;
            from = end + 1;
            any = true;
        }
        if (from == 0 && rest.size() > longestLine) {
            ++m_index.bad;
            from = rest.size(); // no line of ours; what follows is bad too, up to its end
        }
        m_read += from;
        rest.remove(0, from);
    }
}

DiskResult<std::unique_ptr<IndexWriter>> IndexWriter::open(const QString &path, Disk &disk, Syncer *syncer)
{
    auto file = AppendFile::open(path, disk, syncer);
    if (!file)
        return std::unexpected(file.error());
    const AppendFile &raw = **file;
    const auto whole = wholeLines([&raw](qint64 offset, qint64 count) { return raw.read(offset, count); }, raw.size());
    if (!whole)
        return std::unexpected(whole.error());
    if (*whole < raw.size()) {
        if (const auto error = (*file)->cutTo(*whole))
            return std::unexpected(*error);
    }
    IndexReader reader(path);
    reader.refresh();
    std::unique_ptr<IndexWriter> writer(new IndexWriter(std::move(*file)));
    writer->m_index = reader.index();
    return writer;
}

void IndexWriter::add(const QJsonObject &record)
{
    m_index.apply(record);
    m_file->queue(QJsonDocument(record).toJson(QJsonDocument::Compact) + '\n');
}

DiskResult<QString> IndexWriter::place(const LogKey &key, const LogOrigin &origin, const QDateTime &now)
{
    if (const LogRecord *known = m_index.log(key)) {
        if (const auto error = m_file->flush())
            return std::unexpected(*error);
        return known->path;
    }
    const QString wanted = logFileName(key.ns, key.pod, key.podUid, key.container);
    QString path = wanted;
    for (int number = 2; m_index.hasPath(path); ++number)
        path = wanted.chopped(4) + u"~%1.log"_s.arg(number);
    QJsonObject record{{u"seen"_s, textOf(now)}, {u"type"_s, u"log"_s}, {u"path"_s, path}, {u"namespace"_s, key.ns},
        {u"pod"_s, key.pod}, {u"podUid"_s, key.podUid}, {u"container"_s, key.container}, {u"init"_s, origin.init},
        {u"job"_s, origin.job}, {u"jobUid"_s, origin.jobUid}, {u"node"_s, origin.node}};
    if (!origin.group.isEmpty())
        record.insert("group"_L1, origin.group);
    add(record);
    if (const auto error = m_file->flush())
        return std::unexpected(*error);
    return path;
}

void IndexWriter::note(const QList<upgrade::JobRow> &jobs, const QDateTime &now)
{
    for (const upgrade::JobRow &row : jobs) {
        if (m_file->end() > mostBytes)
            return;
        const QJsonObject name{{u"namespace"_s, row.job.ns}, {u"name"_s, row.job.name}, {u"uid"_s, row.job.uid}};
        const upgrade::JobRow *known = m_index.job(row.job);
        upgrade::JobRow next = row;
        if (known) {
            next.pods = known->pods;
            if (next.job.uid.isEmpty())
                next.job.uid = known->job.uid;
        }
        if (!known || next != *known)
            add({{u"seen"_s, textOf(now)}, {u"type"_s, u"job"_s}, {u"job"_s, jobJson(row)}});
        for (const upgrade::JobRow::PodRef &pod : row.pods) {
            const upgrade::JobRow *of = m_index.job(row.job);
            const upgrade::JobRow::PodRef *same = of ? podIn(*of, pod) : nullptr;
            if (!same || *same != pod)
                add({{u"seen"_s, textOf(now)}, {u"type"_s, u"pod"_s}, {u"job"_s, name}, {u"pod"_s, podJson(pod)}});
        }
    }
    (void)m_file->flush(); // what waits goes with the next
}

} // namespace evidence
