// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The storage rules: versions, generations, preconditions, finalizers, garbage collection, paging, history, and the webhooks.

#include "demo/admission.h"
#include "demo/jsonedit.h"
#include "demo/store.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace demo;

class tst_Store : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void createFillsIn();
    void generateName();
    void dryRunStoresNothing();
    void updateAndGeneration();
    void staleVersionIsRefused();
    void unchangedKeepsVersion();
    void preconditions();
    void finalizersHoldBack();
    void garbageBackground();
    void garbageForeground();
    void garbageOrphan();
    void twoOwners();
    void pages();
    void pageOfThePast();
    void expiredToken();
    void badToken();
    void history();
    void versionsGrow();
    void deleteGuard_data();
    void deleteGuard();
    void createGuard_data();
    void createGuard();
    void pauseMap_data();
    void pauseMap();

private:
    const ResourceType &type(const char *group, const char *resource) const
    {
        return *m_catalog.find(QString::fromLatin1(group), QString::fromLatin1(resource));
    }
    StoredPtr make(const char *group, const char *resource, const QString &name, QJsonObject more = {}, const QString &ns = u"ns"_s)
    {
        QJsonObject metadata = more.value("metadata"_L1).toObject();
        metadata.insert("name"_L1, name);
        metadata.insert("namespace"_L1, ns);
        more.insert("metadata"_L1, metadata);
        return *m_store->create(type(group, resource), more);
    }
    static QJsonObject ownedBy(const StoredPtr &owner)
    {
        return {{u"metadata"_s, QJsonObject{{u"ownerReferences"_s, QJsonArray{QJsonObject{{u"uid"_s, json::uid(owner->json())}}}}}}};
    }
    void makeHealthyCluster();

    Catalog m_catalog;
    std::unique_ptr<Store> m_store;
    int m_word = 0;
};

void tst_Store::init()
{
    m_word = 0;
    m_store = std::make_unique<Store>(m_catalog, [] { return u"2026-09-01T00:00:00Z"_s; },
                                      [this](int length) { return QString::number(++m_word).rightJustified(length, u'x'); });
}

void tst_Store::createFillsIn()
{
    const StoredPtr made = make("", "configmaps", u"a"_s);
    QCOMPARE(json::text(made->json(), u"metadata.creationTimestamp"), u"2026-09-01T00:00:00Z"_s);
    QCOMPARE(json::text(made->json(), u"kind"), u"ConfigMap"_s);
    QCOMPARE(json::text(made->json(), u"apiVersion"), u"v1"_s);
    QCOMPARE(json::text(made->json(), u"metadata.resourceVersion"), QString::number(made->version()));
    QVERIFY(!json::uid(made->json()).isEmpty());
    const auto again = m_store->create(type("", "configmaps"), {{u"metadata"_s, QJsonObject{{u"name"_s, u"a"_s}, {u"namespace"_s, u"ns"_s}}}});
    QCOMPARE(again.error().code, 409);
    QCOMPARE(again.error().reason, u"AlreadyExists"_s);
    QVERIFY(make("", "configmaps", u"a"_s, {}, u"other"_s)); // the same name elsewhere
}

void tst_Store::generateName()
{
    const auto made = m_store->create(type("", "pods"), {{u"metadata"_s, QJsonObject{{u"generateName"_s, u"p-"_s}, {u"namespace"_s, u"ns"_s}}}});
    QVERIFY(made);
    QCOMPARE(json::name((*made)->json()).size(), 7);
    const auto nameless = m_store->create(type("", "pods"), {{u"metadata"_s, QJsonObject{{u"namespace"_s, u"ns"_s}}}});
    QCOMPARE(nameless.error().code, 422);
}

void tst_Store::dryRunStoresNothing()
{
    const quint64 before = m_store->version();
    const auto made = m_store->create(type("", "pods"), {{u"metadata"_s, QJsonObject{{u"name"_s, u"p"_s}, {u"namespace"_s, u"ns"_s}}}}, true);
    QVERIFY(made);
    QVERIFY(!(*made)->json().value("metadata"_L1).toObject().contains("resourceVersion"_L1));
    QCOMPARE(m_store->version(), before);
    const StoredPtr real = make("", "pods", u"p"_s);
    QJsonObject changed = real->json();
    json::setLabel(changed, u"a"_s, u"b"_s);
    QVERIFY(m_store->update(type("", "pods"), u"ns"_s, u"p"_s, changed, true));
    DeleteRequest request;
    request.dryRun = true;
    QVERIFY(m_store->erase(type("", "pods"), u"ns"_s, u"p"_s, request));
    QCOMPARE(m_store->find(type("", "pods"), u"ns"_s, u"p"_s), real);
}

void tst_Store::updateAndGeneration()
{
    const auto generation = [](const StoredPtr &object) { return json::get(object->json(), u"metadata.generation").toInt(); };
    // With a status subresource only the spec counts.
    QJsonObject job = make("batch", "jobs", u"j"_s)->json();
    json::set(job, u"status.active", 1);
    job = (*m_store->update(type("batch", "jobs"), u"ns"_s, u"j"_s, job))->json();
    QCOMPARE(generation(m_store->find(type("batch", "jobs"), u"ns"_s, u"j"_s)), 1);
    json::set(job, u"spec.suspend", true);
    QCOMPARE(generation(*m_store->update(type("batch", "jobs"), u"ns"_s, u"j"_s, job)), 2);
    // An Upgrade has none: its status counts too, its labels do not.
    QJsonObject upgrade = make("harvesterhci.io", "upgrades", u"u"_s)->json();
    json::set(upgrade, u"status.previousVersion", u"v1"_s);
    upgrade = (*m_store->update(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s, upgrade))->json();
    QCOMPARE(json::get(upgrade, u"metadata.generation").toInt(), 2);
    json::setLabel(upgrade, u"a"_s, u"b"_s);
    QCOMPARE(generation(*m_store->update(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s, upgrade)), 2);
}

void tst_Store::staleVersionIsRefused()
{
    const QJsonObject first = make("", "pods", u"p"_s)->json();
    QJsonObject change = first;
    json::setLabel(change, u"a"_s, u"1"_s);
    QVERIFY(m_store->update(type("", "pods"), u"ns"_s, u"p"_s, change));
    json::setLabel(change, u"a"_s, u"2"_s); // still with the first version
    const auto refused = m_store->update(type("", "pods"), u"ns"_s, u"p"_s, change);
    QCOMPARE(refused.error().code, 409);
    QVERIFY(refused.error().message.contains("the object has been modified"_L1));
    QCOMPARE(m_store->update(type("", "pods"), u"ns"_s, u"q"_s, change).error().code, 404);
}

void tst_Store::unchangedKeepsVersion()
{
    const StoredPtr made = make("", "pods", u"p"_s);
    const quint64 version = m_store->version();
    QCOMPARE(*m_store->update(type("", "pods"), u"ns"_s, u"p"_s, made->json()), made);
    QCOMPARE(m_store->version(), version);
}

void tst_Store::preconditions()
{
    const StoredPtr made = make("harvesterhci.io", "upgrades", u"u"_s);
    DeleteRequest request;
    request.uid = u"0000"_s;
    auto refused = m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s, request);
    QCOMPARE(refused.error().code, 409);
    QCOMPARE(refused.error().message,
             u"Operation cannot be fulfilled on Upgrade.harvesterhci.io \"u\": the UID in the precondition (0000) does not match the UID in "
             "record (%1). The object might have been deleted and then recreated"_s.arg(json::uid(made->json())));
    request = {};
    request.resourceVersion = u"1"_s;
    refused = m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s, request);
    QCOMPARE(refused.error().code, 409);
    QVERIFY(refused.error().message.contains("the ResourceVersion in the precondition (1)"_L1));
    request.resourceVersion = QString::number(made->version());
    request.uid = json::uid(made->json());
    QVERIFY(m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s, request));
    QCOMPARE(m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s).error().code, 404);
}

void tst_Store::finalizersHoldBack()
{
    const ResourceType &upgrades = type("harvesterhci.io", "upgrades");
    make("harvesterhci.io", "upgrades", u"u"_s, {{u"metadata"_s, QJsonObject{{u"finalizers"_s, QJsonArray{u"f"_s}}}}});
    const auto marked = m_store->erase(upgrades, u"ns"_s, u"u"_s);
    QVERIFY(marked);
    QVERIFY(json::get((*marked)->json(), u"metadata.deletionTimestamp").isString());
    QVERIFY(m_store->find(upgrades, u"ns"_s, u"u"_s));
    const quint64 version = m_store->version();
    QVERIFY(m_store->erase(upgrades, u"ns"_s, u"u"_s)); // a second delete changes nothing
    QCOMPARE(m_store->version(), version);
    QJsonObject freed = m_store->find(upgrades, u"ns"_s, u"u"_s)->json();
    json::unset(freed, u"metadata.finalizers");
    QVERIFY(m_store->update(upgrades, u"ns"_s, u"u"_s, freed));
    QVERIFY(!m_store->find(upgrades, u"ns"_s, u"u"_s));
}

void tst_Store::garbageBackground()
{
    const StoredPtr upgrade = make("harvesterhci.io", "upgrades", u"u"_s);
    const StoredPtr job = make("batch", "jobs", u"j"_s, ownedBy(upgrade));
    make("", "pods", u"p"_s, ownedBy(job));
    make("", "pods", u"free"_s);
    QVERIFY(m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s));
    QCOMPARE(m_store->count(type("batch", "jobs")), 0);
    QCOMPARE(m_store->count(type("", "pods")), 1);
}

void tst_Store::garbageForeground()
{
    const StoredPtr upgrade = make("harvesterhci.io", "upgrades", u"u"_s);
    make("batch", "jobs", u"j"_s, ownedBy(upgrade));
    QStringList order;
    connect(m_store.get(), &Store::changed, this, [&](const ResourceType &kind, const Change &change) {
        if (change.type == Change::Type::Deleted)
            order.append(kind.resource);
    });
    DeleteRequest request;
    request.propagation = u"Foreground"_s;
    QVERIFY(m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s, request));
    QCOMPARE(order, (QStringList{u"jobs"_s, u"upgrades"_s}));
}

void tst_Store::garbageOrphan()
{
    const StoredPtr upgrade = make("harvesterhci.io", "upgrades", u"u"_s);
    make("batch", "jobs", u"j"_s, ownedBy(upgrade));
    DeleteRequest request;
    request.propagation = u"Orphan"_s;
    QVERIFY(m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u"_s, request));
    const StoredPtr job = m_store->find(type("batch", "jobs"), u"ns"_s, u"j"_s);
    QVERIFY(job);
    QVERIFY(json::get(job->json(), u"metadata.ownerReferences").isUndefined());
}

void tst_Store::twoOwners()
{
    const StoredPtr one = make("harvesterhci.io", "upgrades", u"one"_s), two = make("harvesterhci.io", "upgrades", u"two"_s);
    make("batch", "jobs", u"j"_s,
         {{u"metadata"_s, QJsonObject{{u"ownerReferences"_s, QJsonArray{QJsonObject{{u"uid"_s, json::uid(one->json())}},
                                                                        QJsonObject{{u"uid"_s, json::uid(two->json())}}}}}}});
    QVERIFY(m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"one"_s));
    QCOMPARE(m_store->count(type("batch", "jobs")), 1);
    QVERIFY(m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"two"_s));
    QCOMPARE(m_store->count(type("batch", "jobs")), 0);
}

void tst_Store::pages()
{
    for (int i = 0; i < 10; ++i)
        make("", "pods", u"p%1"_s.arg(i));
    QStringList names;
    QString token;
    int rounds = 0;
    do {
        const auto page = m_store->page(type("", "pods"), {}, 3, token);
        QVERIFY(page);
        for (const StoredPtr &object : page->items)
            names.append(json::name(object->json()));
        token = page->continueToken;
        QCOMPARE(page->remaining, std::max(0, 10 - static_cast<int>(names.size())));
        ++rounds;
    } while (!token.isEmpty());
    QCOMPARE(rounds, 4);
    QCOMPARE(names.size(), 10);
    names.removeDuplicates();
    QCOMPARE(names.size(), 10);
}

void tst_Store::pageOfThePast()
{
    for (const QString &name : {u"a"_s, u"c"_s, u"e"_s, u"g"_s})
        make("", "pods", name);
    const auto first = m_store->page(type("", "pods"), {}, 1, {});
    make("", "pods", u"d"_s);                                        // came later: not in this list
    (void)m_store->erase(type("", "pods"), u"ns"_s, u"e"_s);         // went later: still in it
    QJsonObject changed = m_store->find(type("", "pods"), u"ns"_s, u"g"_s)->json();
    json::setLabel(changed, u"late"_s, u"yes"_s);
    (void)m_store->update(type("", "pods"), u"ns"_s, u"g"_s, changed);
    const auto rest = m_store->page(type("", "pods"), {}, 0, first->continueToken);
    QVERIFY(rest);
    QCOMPARE(rest->version, first->version);
    QStringList names;
    for (const StoredPtr &object : rest->items) {
        names.append(json::name(object->json()));
        QVERIFY(json::label(object->json(), u"late"_s).isEmpty());
    }
    QCOMPARE(names, (QStringList{u"c"_s, u"e"_s, u"g"_s}));
}

void tst_Store::expiredToken()
{
    for (int i = 0; i < 4; ++i)
        make("", "pods", u"p%1"_s.arg(i));
    const auto first = m_store->page(type("", "pods"), {}, 2, {});
    make("", "pods", u"p9"_s);
    m_store->compact();
    const auto gone = m_store->page(type("", "pods"), {}, 2, first->continueToken);
    QCOMPARE(gone.error().code, 410);
    QCOMPARE(gone.error().reason, u"Expired"_s);
    QVERIFY(!gone.error().continueToken.isEmpty()); // for the inconsistent rest
    const auto rest = m_store->page(type("", "pods"), {}, 0, gone.error().continueToken);
    QVERIFY(rest);
    QCOMPARE(rest->items.size(), 3U);
}

void tst_Store::badToken()
{
    for (const QString &token : {u"bm9wZQ"_s, u"%%%"_s, u"e30"_s}) {
        const auto page = m_store->page(type("", "pods"), {}, 2, token);
        QCOMPARE(page.error().code, 400);
        QVERIFY(page.error().message.startsWith("invalid continue token"_L1));
    }
}

void tst_Store::history()
{
    const quint64 start = m_store->version();
    make("", "pods", u"a"_s);
    make("", "configmaps", u"x"_s);
    QJsonObject changed = m_store->find(type("", "pods"), u"ns"_s, u"a"_s)->json();
    json::setLabel(changed, u"l"_s, u"1"_s);
    (void)m_store->update(type("", "pods"), u"ns"_s, u"a"_s, changed);
    (void)m_store->erase(type("", "pods"), u"ns"_s, u"a"_s);
    const auto changes = m_store->since(type("", "pods"), start);
    QVERIFY(changes);
    QCOMPARE(changes->size(), 3U);
    QCOMPARE(changes->at(0).type, Change::Type::Added);
    QCOMPARE(changes->at(1).type, Change::Type::Modified);
    QCOMPARE(changes->at(2).type, Change::Type::Deleted);
    QVERIFY(changes->at(2).object->version() > changes->at(1).object->version());
    QCOMPARE(m_store->since(type("", "pods"), changes->at(1).object->version())->size(), 1U);
    m_store->compact();
    QVERIFY(!m_store->since(type("", "pods"), start));
    QVERIFY(m_store->since(type("", "pods"), m_store->version()));
}

void tst_Store::versionsGrow()
{
    quint64 last = m_store->version();
    connect(m_store.get(), &Store::changed, this, [&](const ResourceType &, const Change &change) {
        QVERIFY(change.object->version() > last);
        last = change.object->version();
    });
    for (int i = 0; i < 50; ++i) {
        const StoredPtr owner = make("harvesterhci.io", "upgrades", u"u%1"_s.arg(i));
        make("batch", "jobs", u"j%1"_s.arg(i), ownedBy(owner));
        (void)m_store->erase(type("harvesterhci.io", "upgrades"), u"ns"_s, u"u%1"_s.arg(i));
    }
    QCOMPARE(m_store->version(), last);
}

void tst_Store::makeHealthyCluster()
{
    for (int i = 1; i <= 3; ++i) {
        QJsonObject node;
        json::setCondition(node, u"Ready"_s, u"True"_s, {});
        make("", "nodes", u"node%1"_s.arg(i), node, {});
        make("cluster.x-k8s.io", "machines", u"custom-%1"_s.arg(i), {{u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}}}}, u"fleet-local"_s);
    }
    make("cluster.x-k8s.io", "clusters", u"local"_s, {{u"status"_s, QJsonObject{{u"phase"_s, u"Provisioned"_s}}}}, u"fleet-local"_s);
    make("harvesterhci.io", "versions", u"v1.9.0"_s, {}, u"harvester-system"_s);
}

void tst_Store::deleteGuard_data()
{
    QTest::addColumn<QString>("capi");      // phase; empty: no such object
    QTest::addColumn<QString>("nodes");     // status of NodesUpgraded
    QTest::addColumn<QString>("skip");
    QTest::addColumn<int>("code");          // 0: allowed
    QTest::addColumn<QString>("message");
    QTest::newRow("phase 3") << u"Provisioned"_s << QString() << QString() << 0 << QString();
    QTest::newRow("phase 4") << u"Provisioned"_s << u"Unknown"_s << QString() << 400 << u"node upgrade is in progressing, please wait for it to be provisioned"_s;
    QTest::newRow("phase 4 failed") << u"Provisioned"_s << u"False"_s << QString() << 0 << QString();
    QTest::newRow("provisioning") << u"Provisioning"_s << QString() << QString() << 400 << u"cluster fleet-local/local status is provisioning, please wait for it to be provisioned"_s;
    QTest::newRow("no cluster") << QString() << QString() << QString() << 500 << u"can't find fleet-local/local cluster, err: clusters.cluster.x-k8s.io \"local\" not found"_s;
    QTest::newRow("skipped") << u"Provisioning"_s << u"Unknown"_s << u"TRUE"_s << 0 << QString();
}

void tst_Store::deleteGuard()
{
    QFETCH(QString, capi);
    QFETCH(QString, nodes);
    QFETCH(QString, skip);
    QFETCH(int, code);
    QFETCH(QString, message);
    if (!capi.isEmpty())
        make("cluster.x-k8s.io", "clusters", u"local"_s, {{u"status"_s, QJsonObject{{u"phase"_s, capi}}}}, u"fleet-local"_s);
    QJsonObject upgrade;
    if (!nodes.isEmpty())
        json::setCondition(upgrade, u"NodesUpgraded"_s, nodes, {});
    if (!skip.isEmpty())
        json::setAnnotation(upgrade, u"harvesterhci.io/skipWebhook"_s, skip);
    const StoredPtr stored = make("harvesterhci.io", "upgrades", u"u"_s, upgrade, u"harvester-system"_s);
    const auto refused = Admission(*m_store).remove(type("harvesterhci.io", "upgrades"), stored->json());
    QCOMPARE(refused ? refused->code : 0, code);
    if (refused)
        QCOMPARE(refused->message, u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s + message);
}

void tst_Store::createGuard_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *what, int code, const char *message) { QTest::newRow(what) << QString::fromLatin1(what) << code << QString::fromLatin1(message); };
    row("healthy", 0, "");
    row("no version", 400, "version or image field are not specified.");
    row("unknown version", 400, "version v9.9.9 is not found");
    row("running", 409, "cannot proceed until previous upgrade \"old\" completes");
    row("unlabelled", 409, "cannot proceed until previous upgrade \"old\" completes");
    row("cleaning", 409, "cannot proceed until the following upgrades completed their cleanup process: old");
    row("cleaning, skipped", 409, "cannot proceed until the following upgrades completed their cleanup process: old");
    row("degraded volume", 400, "there are degraded volumes, please check all volumes are healthy");
    row("degraded volume, skipped", 0, "");
    row("provisioning", 400, "cluster fleet-local/local status is provisioning, please wait for it to be provisioned");
    row("backup", 400, "please wait until all vmbackups are stopped, for example ns/b is under processing");
    row("schedule", 400, "please suspend all backup/snapshot schedule, for example ns/s is running");
    row("chart", 400, "managed chart harvester is not ready, please wait for it to be ready or fix it");
    row("addon", 400, "addon ns/mon is enabled but still on status AddonUpdating, please wait for it to be ready or fix it");
    row("node not ready", 400, "node node9 is not ready, please wait for it to be ready");
    row("cordoned", 400, "node node9 is unschedulable, please wait for it to be schedulable");
    row("machine", 400, "machine fleet-local/custom-9 is not running");
    row("ghost machine", 400, "nodes(3) and machines(4) do not match, check the cluster provision");
    row("single replica", 400, "Following PVCs with single-replica volume, even the volume is detached, upgrade may have potential data integrity concerns: default/d");
    row("fixed VM", 400, "There are non-live migratable VMs that need to be shut off before initiating the upgrade: ns/vm");
}

void tst_Store::createGuard()
{
    QFETCH(QString, what);
    QFETCH(int, code);
    QFETCH(QString, message);
    makeHealthyCluster();
    QJsonObject upgrade{{u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}}}};
    const auto is = [&](const char *text) { return what.startsWith(QString::fromLatin1(text)); };
    if (what.endsWith("skipped"_L1))
        json::setAnnotation(upgrade, u"harvesterhci.io/skipWebhook"_s, u"true"_s);
    if (is("no version"))
        upgrade = {{u"spec"_s, QJsonObject()}};
    if (is("unknown version"))
        json::set(upgrade, u"spec.version", u"v9.9.9"_s);
    const auto old = [&](const QString &state, const QString &cleanup) {
        QJsonObject other;
        if (!state.isEmpty())
            json::setLabel(other, u"harvesterhci.io/upgradeState"_s, state);
        if (!cleanup.isEmpty())
            json::setLabel(other, u"harvesterhci.io/upgradeCleanup"_s, cleanup);
        make("harvesterhci.io", "upgrades", u"old"_s, other, u"harvester-system"_s);
    };
    if (is("running"))
        old(u"PreparingNodes"_s, {});
    if (is("unlabelled"))
        old({}, {});
    if (is("cleaning"))
        old(u"Failed"_s, u"Pending"_s);
    if (is("degraded"))
        make("longhorn.io", "volumes", u"v"_s, {{u"status"_s, QJsonObject{{u"robustness"_s, u"degraded"_s}}}});
    if (is("provisioning")) {
        QJsonObject cluster = m_store->find(type("cluster.x-k8s.io", "clusters"), u"fleet-local"_s, u"local"_s)->json();
        json::set(cluster, u"status.phase", u"Provisioning"_s);
        (void)m_store->update(type("cluster.x-k8s.io", "clusters"), u"fleet-local"_s, u"local"_s, cluster);
    }
    if (is("backup"))
        make("harvesterhci.io", "virtualmachinebackups", u"b"_s);
    if (is("schedule"))
        make("harvesterhci.io", "schedulevmbackups", u"s"_s);
    if (is("chart"))
        make("management.cattle.io", "managedcharts", u"harvester"_s, {}, u"fleet-local"_s);
    if (is("addon"))
        make("harvesterhci.io", "addons", u"mon"_s, {{u"spec"_s, QJsonObject{{u"enabled"_s, true}}}, {u"status"_s, QJsonObject{{u"status"_s, u"AddonUpdating"_s}}}});
    if (is("node not ready"))
        make("", "nodes", u"node9"_s, {}, {});
    if (is("cordoned")) {
        QJsonObject node{{u"spec"_s, QJsonObject{{u"unschedulable"_s, true}}}};
        json::setCondition(node, u"Ready"_s, u"True"_s, {});
        make("", "nodes", u"node9"_s, node, {});
    }
    if (is("machine"))
        make("cluster.x-k8s.io", "machines", u"custom-9"_s, {}, u"fleet-local"_s);
    if (is("ghost"))
        make("cluster.x-k8s.io", "machines", u"custom-9"_s, {{u"status"_s, QJsonObject{{u"phase"_s, u"Running"_s}}}}, u"fleet-local"_s);
    if (is("single replica")) {
        make("longhorn.io", "volumes", u"v"_s,
             {{u"spec"_s, QJsonObject{{u"numberOfReplicas"_s, 1}}},
              {u"status"_s, QJsonObject{{u"kubernetesStatus"_s, QJsonObject{{u"namespace"_s, u"default"_s}, {u"pvcName"_s, u"d"_s}}}}}});
    }
    if (is("fixed VM"))
        make("kubevirt.io", "virtualmachineinstances", u"vm"_s, {{u"spec"_s, QJsonObject{{u"nodeSelector"_s, QJsonObject{{u"a"_s, u"b"_s}}}}}});
    const auto refused = Admission(*m_store).create(type("harvesterhci.io", "upgrades"), upgrade);
    QCOMPARE(refused ? refused->code : 0, code);
    if (refused)
        QCOMPARE(refused->message, u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s + message);
}

void tst_Store::pauseMap_data()
{
    QTest::addColumn<QString>("map");
    QTest::addColumn<QString>("message"); // empty: taken
    QTest::newRow("pause") << u"{\"node1\":\"pause\",\"node2\":\"unpause\"}"_s << QString();
    QTest::newRow("empty") << u"{}"_s << QString();
    QTest::newRow("bad value") << u"{\"node3\":\"halt\"}"_s << u"desired action for node node3 must be either \"pause\" or \"unpause\""_s;
    QTest::newRow("bad node") << u"{\"nosuch\":\"pause\"}"_s << u"node nosuch does not exist"_s;
    QTest::newRow("not JSON") << u"pause"_s << u"fail to unmarshal harvesterhci.io/node-upgrade-pause-map annotation, err: invalid character 'p' looking for beginning of value"_s;
}

void tst_Store::pauseMap()
{
    QFETCH(QString, map);
    QFETCH(QString, message);
    makeHealthyCluster();
    const QJsonObject before = make("harvesterhci.io", "upgrades", u"u"_s, {}, u"harvester-system"_s)->json();
    QJsonObject after = before;
    json::setAnnotation(after, u"harvesterhci.io/node-upgrade-pause-map"_s, map);
    const auto refused = Admission(*m_store).update(type("harvesterhci.io", "upgrades"), before, after);
    QCOMPARE(refused.has_value(), !message.isEmpty());
    if (refused)
        QCOMPARE(refused->message, u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s + message);
}

QTEST_GUILESS_MAIN(tst_Store)
#include "tst_store.moc"
