// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/livediagnosis.h"

#include "evidence/bundleobjects.h"

#include <QCoreApplication>

namespace session {

using namespace Qt::StringLiterals;

struct LiveDiagnosis::Reading {
    CollectTarget target;
    std::unique_ptr<kube::LogFollower> follower;
    int source = 0;
    qint64 number = 0;
    bool over = false;
};

namespace {

kube::ResourceRef ref(QLatin1StringView group, QLatin1StringView version, QLatin1StringView resource,
    QLatin1StringView kind, bool namespaced = true)
{
    return {group, version, resource, kind, namespaced};
}

QString nameOf(const ExtraList &list)
{
    return list.ns.isEmpty() ? list.resource.qualified() : list.resource.qualified() + u'/' + list.ns;
}

} // namespace

const QList<ExtraList> &extraLists()
{
    static const QList<ExtraList> lists = [] {
        QList<ExtraList> made;
        constexpr auto longhorn = "longhorn.io"_L1;
        for (const auto &[resource, kind] :
            {std::pair{"engines"_L1, "Engine"_L1}, std::pair{"replicas"_L1, "Replica"_L1},
                std::pair{"nodes"_L1, "Node"_L1}, std::pair{"instancemanagers"_L1, "InstanceManager"_L1},
                std::pair{"sharemanagers"_L1, "ShareManager"_L1}, std::pair{"backingimages"_L1, "BackingImage"_L1}})
            made.append({ref(longhorn, "v1beta2"_L1, resource, kind), u"longhorn-system"_s, {}, false});
        made.append({ref("kubevirt.io"_L1, "v1"_L1, "kubevirts"_L1, "KubeVirt"_L1), u"harvester-system"_s, {}, false});
        made.append({ref("rke.cattle.io"_L1, "v1"_L1, "rkecontrolplanes"_L1, "RKEControlPlane"_L1), u"fleet-local"_s,
            {}, false});
        made.append(
            {ref("fleet.cattle.io"_L1, "v1alpha1"_L1, "bundledeployments"_L1, "BundleDeployment"_L1), {}, {}, false});
        made.append({ref("policy"_L1, "v1"_L1, "poddisruptionbudgets"_L1, "PodDisruptionBudget"_L1), {}, {}, false});
        made.append(
            {ref("apiregistration.k8s.io"_L1, "v1"_L1, "apiservices"_L1, "APIService"_L1, false), {}, {}, false});
        made.append({ref(""_L1, "v1"_L1, "persistentvolumeclaims"_L1, "PersistentVolumeClaim"_L1),
            u"harvester-system"_s, {}, false});
        for (const auto ns : {"longhorn-system"_L1, "cattle-fleet-system"_L1, "cattle-fleet-local-system"_L1,
                 "cattle-provisioning-capi-system"_L1, "cattle-capi-system"_L1, "cattle-monitoring-system"_L1,
                 "cattle-logging-system"_L1, "kube-system"_L1})
            made.append({ref(""_L1, "v1"_L1, "pods"_L1, "Pod"_L1), ns, {}, false});
        for (const auto ns :
            {"longhorn-system"_L1, "fleet-local"_L1, "cattle-fleet-system"_L1, "kube-system"_L1, "default"_L1})
            made.append({ref(""_L1, "v1"_L1, "events"_L1, "Event"_L1), ns, {}, false});
        // What `helm history` would say stands in the labels of Secrets; their data is never asked for.
        for (const auto ns : {"cattle-fleet-system"_L1, "cattle-fleet-local-system"_L1, "cattle-system"_L1,
                 "harvester-system"_L1, "cattle-monitoring-system"_L1, "cattle-logging-system"_L1, "kube-system"_L1})
            made.append({ref(""_L1, "v1"_L1, "secrets"_L1, "Secret"_L1), ns, u"owner=helm"_s, true});
        return made;
    }();
    return lists;
}

LiveDiagnosis::LiveDiagnosis(kube::ClusterConfig config, const LiveOptions &options, QObject *parent)
    : QObject(parent)
    , m_options(options)
    , m_client(std::make_unique<kube::Client>(std::move(config), options.client))
    , m_scanner(diagnosis::RuleBook::builtIn())
{
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, [this] {
        for (const auto &reading : m_readings)
            m_unread.append(reading->target.ns + u'/' + reading->target.pod + u'/' + reading->target.key.container
                + QCoreApplication::translate("session::LiveDiagnosis", ": not read to its end in time"));
        if (!m_targets.isEmpty())
            m_unread.append(QCoreApplication::translate(
                "session::LiveDiagnosis", "%n more log(s): no time was left", nullptr, int(m_targets.size())));
        finish();
    });
}

LiveDiagnosis::~LiveDiagnosis() = default;

void LiveDiagnosis::start(const ClusterState &state)
{
    m_state = state;
    m_facts.now = clusterNow(state);
    m_facts.objects = diagnosis::objectsOf(*state.snapshot);
    for (const auto &objects : m_facts.objects.all())
        m_objectsRead += objects.size();
    if (state.board.presence != upgrade::Board::Presence::Loading) {
        m_facts.board = state.board;
        m_facts.fromVersion = state.board.fromVersion;
        m_facts.toVersion = state.board.toVersion;
    }
    m_deadline.start(m_options.patience);
    ++m_lists;
    m_calls.push_back(m_client->discover(this, [this](const kube::Result<kube::Discovery> &found) {
        discovered(found ? std::optional(*found) : std::nullopt);
    }));
}

void LiveDiagnosis::discovered(const std::optional<kube::Discovery> &found)
{
    for (ExtraList list : extraLists()) {
        if (found) {
            const auto served = found->find(list.resource.group, list.resource.resource);
            if (!served && !found->failedGroups.contains(list.resource.group))
                continue;
            if (served)
                list.resource = *served;
        }
        ++m_lists;
        listNext(list, {});
    }
    if (--m_lists == 0)
        planLogs();
}

void LiveDiagnosis::listNext(const ExtraList &list, const QString &continueToken)
{
    kube::ListQuery query;
    query.resource = list.resource;
    query.ns = list.ns;
    query.labelSelector = list.labelSelector;
    query.metadataOnly = list.metadataOnly;
    query.continueToken = continueToken;
    const auto kind = evidence::kindOf({list.resource.group, list.resource.kind});
    kube::Slimmer slim = list.metadataOnly ? upgrade::slimmerFor(upgrade::Kind::PlanSecret)
        : kind                             ? upgrade::slimmerFor(*kind)
                                           : kube::Slimmer();
    m_calls.push_back(m_client->list(
        query, this, [this, list](const kube::Result<kube::ListPage> &page) { listed(list, page); }, slim));
}

void LiveDiagnosis::listed(const ExtraList &list, const kube::Result<kube::ListPage> &page)
{
    if (m_over)
        return;
    if (!page) {
        complain(nameOf(list), page.error());
    } else {
        for (const kube::ObjectPtr &object : page->items) {
            // A session has those of its own namespaces.
            if (m_facts.objects.find(list.resource.group, list.resource.kind, object->key.ns, object->key.name))
                continue;
            m_facts.objects.add(list.resource.group, list.resource.kind, object->json);
            ++m_objectsRead;
            if (list.resource.kind == "Pod"_L1)
                m_around.append(std::make_shared<const upgrade::PodObject>(upgrade::read<upgrade::PodObject>(*object)));
        }
        if (!page->continueToken.isEmpty()) {
            listNext(list, page->continueToken);
            return;
        }
        if (list.labelSelector.isEmpty())
            m_facts.objects.setKnown(list.resource.group, list.resource.kind);
    }
    if (--m_lists == 0)
        planLogs();
}

void LiveDiagnosis::complain(const QString &name, const kube::Error &error)
{
    if (error.kind == kube::ErrorKind::Forbidden)
        m_denied.append(name);
    else if (error.kind != kube::ErrorKind::NotFound)
        m_unread.append(name + u": "_s + error.message);
}

void LiveDiagnosis::planLogs()
{
    if (m_over)
        return;
    const auto phase = m_state.board.failedPhase ? m_state.board.failedPhase : m_state.board.currentPhase;
    QList<std::shared_ptr<const upgrade::PodObject>> around;
    for (const auto &pod : std::as_const(m_around)) {
        // The same controllers that are kept while a phase runs.
        const bool wanted = phase && std::ranges::any_of(controllersToList(*phase), [&](const ControllerPods &pods) {
            const QString key = pods.labelSelector.section(u'=', 0, 0), value = pods.labelSelector.section(u'=', 1);
            return pods.ns == pod->meta.ns && pod->meta.labels.value(key) == value;
        });
        if (wanted)
            around.append(pod);
    }
    if (m_state.board.presence == upgrade::Board::Presence::Upgrade)
        m_targets = collectTargets(*m_state.snapshot, m_state.board, around, {});
    QSet<QString> done;
    for (const upgrade::JobRow &job : m_state.board.jobs) {
        if (job.state == upgrade::State::Succeeded)
            done.insert(job.job.uid);
    }
    // What a Job that has succeeded once waited for is not what is wrong now.
    m_targets.removeIf([&](const CollectTarget &target) { return !target.started || done.contains(target.jobUid); });
    if (m_targets.size() > m_options.mostLogs) {
        m_unread.append(QCoreApplication::translate("session::LiveDiagnosis", "%n more log(s): there are too many",
            nullptr, int(m_targets.size() - m_options.mostLogs)));
        m_targets.resize(m_options.mostLogs);
    }
    readMore();
}

void LiveDiagnosis::readMore()
{
    std::erase_if(m_readings, [](const std::unique_ptr<Reading> &reading) {
        if (reading->over)
            reading->follower.release()->deleteLater(); // it may be what called us
        return reading->over;
    });
    while (!m_targets.isEmpty() && int(m_readings.size()) < m_options.streams) {
        auto reading = std::make_unique<Reading>();
        reading->target = m_targets.takeFirst();
        const CollectTarget &target = reading->target;
        QMap<QString, QString> labels;
        if (const auto pod = m_state.snapshot->pods.value({target.ns, target.pod}))
            labels = pod->meta.labels;
        diagnosis::LogSource source;
        source.name = target.ns + u'/' + target.pod + u'/' + target.key.container;
        source.writer = diagnosis::writerOf(target.ns, target.pod, target.key.container, labels);
        source.ns = target.ns;
        source.pod = target.pod;
        source.container = target.key.container;
        source.node = target.node;
        reading->source = m_scanner.addSource(source);
        kube::LogSpec spec;
        spec.ns = target.ns;
        spec.pod = target.pod;
        spec.podUid = target.key.podUid;
        spec.container = target.key.container;
        spec.follow = false;
        reading->follower = std::make_unique<kube::LogFollower>(*m_client, spec);
        Reading *const one = reading.get();
        connect(one->follower.get(), &kube::LogFollower::lines, this,
            [this, one](const QList<kube::LogLine> &lines) { take(*one, lines); });
        connect(
            one->follower.get(), &kube::LogFollower::stateChanged, this, [this, one](kube::LogFollower::State state) {
                using State = kube::LogFollower::State;
                if (one->over || m_over || (state != State::Ended && state != State::Failed))
                    return;
                one->over = true;
                if (state == State::Failed && one->follower->error()) {
                    const QString name = one->target.ns + u'/' + one->target.pod + u'/' + one->target.key.container;
                    complain(one->follower->error()->kind == kube::ErrorKind::Forbidden ? u"pods/log "_s + name : name,
                        *one->follower->error());
                } else {
                    ++m_logsRead;
                }
                // Not from inside of the follower's signal.
                QMetaObject::invokeMethod(this, &LiveDiagnosis::readMore, Qt::QueuedConnection);
            });
        m_readings.push_back(std::move(reading));
        one->follower->start();
    }
    if (m_readings.empty() && m_targets.isEmpty())
        finish();
}

void LiveDiagnosis::take(Reading &reading, const QList<kube::LogLine> &lines)
{
    for (const kube::LogLine &line : lines) {
        if (line.kind != kube::LogLine::Kind::Text)
            continue;
        diagnosis::LogLine next{++reading.number, {}, line.text};
        if (!line.stamp.isEmpty())
            next.time = QDateTime::fromString(QString::fromLatin1(line.stamp), Qt::ISODateWithMs).toUTC();
        m_scanner.feed(reading.source, next);
    }
}

void LiveDiagnosis::finish()
{
    if (std::exchange(m_over, true))
        return;
    m_deadline.stop();
    for (kube::Call &call : m_calls)
        call.cancel();
    m_denied.removeDuplicates();
    m_findings = diagnosis::diagnose(diagnosis::RuleBook::builtIn(), m_facts, m_scanner.hits());
    Q_EMIT finished();
}

} // namespace session
