// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/diagnosis_play.h"

#include "support/upgrade_recording.h"

#include <QTimeZone>

using namespace Qt::StringLiterals;

namespace support {
namespace {

constexpr qint64 begin = 1'800'000'000; ///< seconds since 1970 at which the scenario begins
constexpr qint64 baselineAge = 40LL * 24 * 3600;

} // namespace

Play::Play(const QString &scenario, const diagnosis::RuleBook &rules)
    : m_scenario(demo::Scenario::find(scenario))
    , m_catalog(m_scenario && m_scenario->plan)
    , m_random(7)
    , m_scanner(rules)
{
    if (!m_scenario)
        qFatal("no scenario named %s", qPrintable(scenario));
    const auto clock = [this] {
        return (m_building ? begin - baselineAge : begin) * 1'000'000'000 + qint64(m_timeline.now() * 1e9);
    };
    const auto word = [this](int length) {
        QString text;
        for (int i = 0; i < length; ++i)
            text += QChar(char16_t(u'b' + m_random() % 20));
        return text;
    };
    m_store = std::make_unique<demo::Store>(m_catalog, [this] { return now().toString(Qt::ISODate); }, word);
    m_world = std::make_unique<demo::World>(*m_store, m_logs, 1, clock);
    demo::makeBaseline(*m_world, *m_scenario, m_scenario->single ? 1 : 3, 0);
    m_building = false;
    m_director = std::make_unique<demo::Director>(*m_world, m_timeline, *m_scenario);
    m_director->begin();
    step(0);
}

Play::~Play() = default;

QDateTime Play::now() const
{
    return QDateTime::fromMSecsSinceEpoch(
        (m_building ? begin - baselineAge : begin) * 1000 + qint64(m_timeline.now() * 1000), QTimeZone::UTC);
}

double Play::minutes() const
{
    return m_timeline.now() / 60;
}

bool Play::finished() const
{
    return m_director->finished();
}

void Play::step(double seconds)
{
    m_timeline.playUntil(m_timeline.now() + seconds);
    if (!m_director->isAway())
        look();
}

void Play::look()
{
    upgrade::Snapshot next;
    next.seen = m_snapshot.seen;
    next.logs = m_snapshot.logs;
    next.asOf = now();
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        const QString key
            = target.ns.isEmpty() ? target.resource.qualified() : target.resource.qualified() + u'/' + target.ns;
        const demo::ResourceType *type = m_catalog.find(target.resource.group, target.resource.resource);
        next.sources[key].state = type ? upgrade::SourceState::State::Live : upgrade::SourceState::State::Missing;
        if (!type)
            continue;
        demo::Filter filter;
        filter.ns = target.ns;
        if (!target.labelSelector.isEmpty())
            filter.labels = *demo::LabelSelector::parse(target.labelSelector);
        if (!target.fieldSelector.isEmpty())
            filter.fields = *demo::FieldSelector::parse(target.fieldSelector, *type);
        for (const demo::StoredPtr &stored : m_store->all(*type, filter))
            next.apply(target.kind, objectOf(target.kind, stored->json()));
    }
    m_snapshot = next;
    readLogs();
    m_snapshot.seen = upgrade::observe(m_snapshot, now());
}

void Play::readLogs()
{
    for (const demo::StoredPtr &stored : m_store->all(*m_catalog.find(u"", u"pods"))) {
        const QJsonObject meta = stored->json().value("metadata"_L1).toObject();
        const QString ns = meta.value("namespace"_L1).toString();
        const QString pod = meta.value("name"_L1).toString();
        QMap<QString, QString> labels;
        const QJsonObject given = meta.value("labels"_L1).toObject();
        for (auto it = given.begin(); it != given.end(); ++it)
            labels.insert(it.key(), it.value().toString());
        const auto known = m_snapshot.pods.constFind({ns, pod});
        QString job;
        if (known != m_snapshot.pods.constEnd()) {
            const auto of = m_snapshot.jobs.constFind({ns, (*known)->jobName});
            job = of == m_snapshot.jobs.constEnd() ? QString() : (*of)->meta.uid;
        }
        for (const QJsonValue &value : stored->json().value("spec"_L1).toObject().value("containers"_L1).toArray()) {
            const QString container = value.toObject().value("name"_L1).toString();
            const QList<demo::ContainerRun> *runs = m_logs.runs({ns, pod, container});
            if (!runs || runs->isEmpty())
                continue;
            Read &read = m_read[ns + u'/' + pod + u'/' + container];
            if (read.source < 0) {
                diagnosis::LogSource source;
                source.name = u"%1/%2/%3"_s.arg(ns, pod, container);
                source.writer = diagnosis::writerOf(ns, pod, container, labels);
                source.ns = ns;
                source.pod = pod;
                source.container = container;
                read.source = m_scanner.addSource(source);
            }
            const demo::ContainerRun &run = runs->last();
            if (read.serial != run.serial) {
                read.serial = run.serial;
                read.next = run.kept;
                read.number = 0;
            }
            for (; read.next < run.endNumber(); ++read.next) {
                const demo::LoggedLine &line = run.line(read.next);
                const QDateTime time = QDateTime::fromMSecsSinceEpoch(line.at / 1'000'000, QTimeZone::UTC);
                m_scanner.feed(read.source, {++read.number, time, line.text});
                if (!job.isEmpty())
                    m_snapshot.logs[job]
                        = upgrade::digest(m_snapshot.logs.value(job), pod, time, line.text, read.number);
            }
        }
    }
}

diagnosis::Facts Play::facts() const
{
    diagnosis::Facts facts;
    facts.now = now();
    facts.board = upgrade::deriveBoard(m_snapshot, facts.now);
    facts.objects = diagnosis::objectsOf(m_snapshot);
    return facts;
}

} // namespace support
