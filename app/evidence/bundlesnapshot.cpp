// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What a bundle says of itself, its time, and the snapshot made of its objects and logs.

#include "evidence/bundlecontents.h"
#include "evidence/snapshotjson.h"
#include "logs/stamp.h"
#include "upgrade/board.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QTimeZone>

#include <algorithm>

namespace evidence {

using namespace Qt::StringLiterals;
using Code = BundleProblem::Code;

namespace {

constexpr qsizetype smallPart = qsizetype(16) * 1024 * 1024;

QByteArray wholeText(const Part &part, const BundleLimits &limits, BundleProblems &problems)
{
    const auto device = openText(part, limits);
    if (!device) {
        problems.add(device.error());
        return {};
    }
    QByteArray text;
    while (text.size() < smallPart) {
        const QByteArray more = (*device)->read(smallPart - text.size());
        if (more.isEmpty())
            break;
        text += more;
    }
    if (const auto code = (*device)->trouble())
        problems.add(*code, part.name);
    return text;
}

QDateTime timeOf(const QString &text)
{
    const QDateTime time = QDateTime::fromString(text.trimmed(), Qt::ISODateWithMs);
    return time.isValid() ? time.toUTC() : QDateTime();
}

/// The time a line is of, in the forms of the logs of an upgrade; invalid: none that has a date.
QDateTime timeOfLine(QByteArrayView line)
{
    if (const auto stamp = logs::stampTime(line))
        return QDateTime::fromMSecsSinceEpoch(*stamp / 1000000, QTimeZone::UTC);
    static const QRegularExpression form(
        u"^(?:\\{\"[^\"]+\":\"|time=\"|\\[?)?(\\d{4})[-/](\\d\\d)[-/](\\d\\d)[T ](\\d\\d):(\\d\\d):(\\d\\d)(?:[.,]\\d+)?(Z|[+-]\\d\\d:?\\d\\d)?"_s);
    const auto match = form.match(QString::fromLatin1(line.first(std::min<qsizetype>(line.size(), 80))));
    if (!match.hasMatch())
        return {};
    const QDate date(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt());
    const QTime time(match.captured(4).toInt(), match.captured(5).toInt(), match.captured(6).toInt());
    if (!date.isValid() || !time.isValid())
        return {};
    qint64 seconds = 0;
    if (const QString zone = match.captured(7).remove(u':'); zone.size() == 5)
        seconds = (zone.mid(1, 2).toInt() * 60 + zone.mid(3, 2).toInt()) * (zone.startsWith(u'-') ? -60 : 60);
    return QDateTime(date, time, QTimeZone::UTC).addSecs(-seconds);
}

QString keyOf(const upgrade::WatchTarget &target)
{
    return target.ns.isEmpty() ? target.resource.qualified() : target.resource.qualified() + u'/' + target.ns;
}

} // namespace

void BundleReader::readManifest(const Entry &entry)
{
    QJsonParseError error;
    const QJsonObject json
        = QJsonDocument::fromJson(wholeText(entry.part, m_options.limits, m_problems), &error).object();
    if (error.error != QJsonParseError::NoError) {
        m_problems.add(Code::NotJson, entry.inner, error.errorString());
        return;
    }
    if (entry.role.is == PartRole::Is::State) {
        m_state = json;
        return;
    }
    if (json.value("format"_L1).toString() != "gleaner.bundle"_L1) {
        readObjects(entry); // somebody's own manifest.json
        return;
    }
    m_contents->shape = BundleShape::GleanerBundle;
    m_manifest = json;
    if (const int version = json.value("version"_L1).toInt(); version > 1)
        m_problems.add(Code::NewerFormat, {}, QString::number(version));
    m_stated = timeOf(json.value("asOf"_L1).toString());
    const QJsonObject cluster = json.value("cluster"_L1).toObject();
    const auto text = [&](QLatin1StringView key) { return cluster.value(key).toString(); };
    m_contents->cluster = {text("name"_L1), text("uid"_L1), text("server"_L1), text("kubernetesVersion"_L1),
        text("harvesterVersion"_L1), {}, {}};
    for (const QJsonValue &value : json.value("errors"_L1).toArray()) {
        const QJsonObject one = value.toObject();
        m_problems.add(
            Code::NotCollected, one.value("item"_L1).toString(), one.value("message"_L1).toString().left(500));
    }
    // A file that is listed and not there is told; further files are read all the same.
    QSet<QString> there;
    for (const Entry &other : std::as_const(m_entries))
        there.insert(other.inner);
    for (const QJsonValue &value : json.value("contents"_L1).toArray()) {
        const QString path = value.toObject().value("path"_L1).toString();
        if (!path.isEmpty() && !there.contains(withoutPacking(path)) && !there.contains(path)
            && std::ranges::none_of(there, [&](const QString &name) { return name.startsWith(path + u'/'); }))
            m_problems.add(Code::Absent, path.left(500));
    }
}

void BundleReader::readMetadata(const Entry &entry)
{
    // Flat, and with keys in lower case as its encoder writes them.
    const QString text = QString::fromUtf8(wholeText(entry.part, m_options.limits, m_problems));
    static const QRegularExpression field(u"^([A-Za-z]+):[ \\t]*(.*)$"_s, QRegularExpression::MultilineOption);
    QMap<QString, QString> fields;
    for (const QRegularExpressionMatch &match : field.globalMatch(text)) {
        QString value = match.captured(2).trimmed();
        if (value.size() >= 2 && (value.startsWith(u'"') || value.startsWith(u'\'')) && value.endsWith(value.at(0)))
            value = value.mid(1, value.size() - 2);
        if (value != "null"_L1)
            fields.insert(match.captured(1).toLower(), value.left(2000));
    }
    m_stated = timeOf(fields.value(u"bundlecreatedat"_s, fields.value(u"createdat"_s)));
    m_contents->cluster.kubernetesVersion = fields.value(u"kubernetesversion"_s);
    m_contents->cluster.uid = fields.value(u"projectnamespaceuuid"_s, fields.value(u"projectuuid"_s));
    m_contents->cluster.description = fields.value(u"issuedescription"_s, fields.value(u"description"_s));
    m_contents->cluster.issueUrl = fields.value(u"issueurl"_s);
}

void BundleReader::readErrors(const Entry &entry)
{
    auto device = openText(entry.part, m_options.limits);
    if (!device) {
        m_problems.add(device.error());
        return;
    }
    LineReader lines(**device, 1000);
    while (lines.next()) {
        const QString line = QString::fromUtf8(lines.line().trimmed());
        if (!line.isEmpty())
            m_problems.add(Code::NotCollected, entry.inner, line, int(lines.number()));
    }
    addLog(entry, BundleLog::Origin::Text);
}

void BundleReader::settleTime()
{
    using From = Bundle::AsOfSource;
    Bundle::Contents &to = *m_contents;
    if (!m_stated.isValid() && to.shape == BundleShape::SupportBundle)
        m_stated = timeInName(to.name);
    if (m_stated.isValid()) {
        to.asOf = m_stated;
        to.asOfSource = From::Stated;
        return;
    }
    if (m_newestObject.isValid()) {
        to.asOf = m_newestObject;
        to.asOfSource = From::Objects;
        return;
    }
    // The whole of a log must be read for its last line; some of them will do.
    qint64 left = qint64(256) * 1024 * 1024;
    for (const BundleLog &log : std::as_const(to.logs)) {
        const auto device = openText(to.parts.value(log.name), m_options.limits);
        if (!device || left <= 0 || stopped())
            continue;
        LineReader lines(**device, 4096);
        while (left > 0 && lines.next()) {
            left -= lines.line().size() + 1;
            const QDateTime time = timeOfLine(lines.line());
            if (time.isValid() && time <= m_options.now.addDays(1) && (!m_newestLog.isValid() || time > m_newestLog))
                m_newestLog = time;
        }
    }
    if (m_newestLog.isValid()) {
        to.asOf = m_newestLog;
        to.asOfSource = From::Logs;
        return;
    }
    to.asOfSource = From::File;
    to.asOf = timeInName(to.name);
    if (to.asOf.isValid() || m_pasted) {
        to.asOf = to.asOf.isValid() ? to.asOf : m_options.now;
        return;
    }
    for (const Entry &entry : std::as_const(m_entries)) {
        if (entry.part.modified.isValid() && entry.part.modified <= m_options.now
            && (!to.asOf.isValid() || entry.part.modified > to.asOf))
            to.asOf = entry.part.modified;
    }
    if (!to.asOf.isValid())
        to.asOf = m_options.now;
}

upgrade::Snapshot snapshotOf(const Bundle::Objects &objects, const Coverage &coverage, const QDateTime &asOf)
{
    using State = upgrade::SourceState::State;
    upgrade::Snapshot snapshot;
    for (auto it = objects.begin(); it != objects.end(); ++it) {
        const auto kind = kindOf({it.key().section(u'/', 0, -2), it.key().section(u'/', -1)});
        if (!kind)
            continue;
        for (const kube::ObjectPtr &object : *it) {
            if (const upgrade::WatchTarget *target = targetOf(*kind, *object)) {
                snapshot.apply(target->kind, object);
                // One of the kind is something to go by; whether it is all of them, the layout says below.
                if (target->essential)
                    snapshot.sources[keyOf(*target)] = {State::Live, asOf, {}};
            }
        }
    }
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        upgrade::SourceState &state = snapshot.sources[keyOf(target)];
        const bool whole = target.ns.isEmpty() ? !target.resource.namespaced && coverage.clusterScope
                                               : coverage.namespaces.contains(target.ns);
        if (whole)
            state = {State::Live, asOf, {}};
        else if (state.state != State::Live)
            state = {State::Missing, asOf, {}};
    }
    snapshot.asOf = asOf;
    return snapshot;
}

void BundleReader::makeSnapshot()
{
    Bundle::Contents &to = *m_contents;
    to.snapshot = snapshotOf(to.objects, {m_namespaces, m_clusterScope}, to.asOf);
    const QJsonObject sources = m_state.value("sources"_L1).toObject();
    for (auto it = sources.begin(); it != sources.end(); ++it)
        to.snapshot.sources.insert(it.key(), sourceOf(it->toObject()));
    const bool upgrade = !to.snapshot.upgrades.isEmpty() || !to.snapshot.upgradePlans.isEmpty();
    using State = upgrade::SourceState::State;
    const auto live = [&](QLatin1StringView key) { return to.snapshot.sources.value(key).state == State::Live; };
    to.hasBoard = upgrade || (live("upgrades.harvesterhci.io/harvester-system"_L1) && live("nodes"_L1));

    if (const auto version = to.snapshot.settings.value({{}, u"server-version"_s});
        version && to.cluster.harvesterVersion.isEmpty())
        to.cluster.harvesterVersion = version->value;
    if (to.cluster.kubernetesVersion.isEmpty() && !to.snapshot.nodes.isEmpty())
        to.cluster.kubernetesVersion = to.snapshot.nodes.first()->kubeletVersion;
    if (const auto spaces = to.objects.value(u"/Namespace"_s).value({{}, u"kube-system"_s});
        spaces && to.cluster.uid.isEmpty())
        to.cluster.uid = spaces->uid;
    if (!to.hasBoard)
        return;
    const QJsonObject digests = m_state.value("digests"_L1).toObject();
    for (auto it = digests.begin(); it != digests.end(); ++it)
        to.snapshot.logs.insert(it.key(), digestOf(it->toObject()));
    digestLogs();
    if (const QJsonObject observed = m_state.value("observed"_L1).toObject(); !observed.isEmpty()) {
        applyObservations(to.snapshot.seen, observed);
        to.snapshot.seen.last = to.asOf;
    } else {
        to.snapshot.seen = upgrade::observe(to.snapshot, to.asOf);
    }
}

/// As a session does it with live logs: what the Jobs of the upgrade wait for stands in their last lines.
void BundleReader::digestLogs()
{
    Bundle::Contents &to = *m_contents;
    const upgrade::Board board = upgrade::deriveBoard(to.snapshot, to.asOf);
    for (const upgrade::JobRow &job : board.jobs) {
        if (job.job.uid.isEmpty() || to.snapshot.logs.contains(job.job.uid))
            continue;
        QList<const BundleLog *> logs;
        const auto find = [&](const QString &pod) {
            const qsizetype before = logs.size();
            for (const BundleLog &log : std::as_const(to.logs)) {
                if (log.origin == BundleLog::Origin::Container && log.ns == job.job.ns && log.pod == pod)
                    logs.append(&log);
            }
            std::ranges::sort(logs.begin() + before, logs.end(), std::greater<>(), &BundleLog::previous);
        };
        for (const auto &pod : job.pods)
            find(pod.name);
        if (logs.isEmpty() && job.pods.isEmpty()) {
            // Its pods are gone, an archive may still have their words.
            for (const BundleLog &log : std::as_const(to.logs)) {
                if (log.ns == job.job.ns && log.pod.startsWith(job.job.name + u'-'))
                    logs.append(&log);
            }
        }
        upgrade::LogDigest digest;
        for (const BundleLog *log : std::as_const(logs)) {
            const auto device = openText(to.parts.value(log->name), m_options.limits);
            if (!device || stopped())
                continue;
            LineReader lines(**device, 64 * 1024);
            while (lines.next()) {
                QByteArrayView line = lines.line();
                const qsizetype stamp = logs::stampLength(line);
                const QDateTime time = timeOfLine(line);
                digest = upgrade::digest(std::move(digest), log->pod, time, line.sliced(stamp), lines.number());
            }
        }
        if (digest.lines > 0)
            to.snapshot.logs.insert(job.job.uid, digest);
    }
}

/// Labels of the pods say whose words a log has, better than names.
void BundleReader::labelLogs()
{
    const auto &pods = m_contents->objects.value(u"/Pod"_s);
    for (BundleLog &log : m_contents->logs) {
        if (log.pod.isEmpty())
            continue;
        const kube::ObjectPtr pod = pods.value({log.ns, log.pod});
        if (!pod)
            continue;
        log.labels = upgrade::readMeta(pod->json).labels;
        if (log.node.isEmpty())
            log.node = pod->json.value("spec"_L1).toObject().value("nodeName"_L1).toString();
    }
}

} // namespace evidence
