// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The storage rules: versions, generations, preconditions, finalizers, garbage collection, paging, history, and the
/// webhooks.

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

private:
    const ResourceType &type(const char *group, const char *resource) const
    {
        return *m_catalog.find(QString::fromLatin1(group), QString::fromLatin1(resource));
    }
    StoredPtr make(const char *group, const char *resource, const QString &name, QJsonObject more = {},
        const QString &ns = u"ns"_s)
    {
        QJsonObject metadata = more.value("metadata"_L1).toObject();
        metadata.insert("name"_L1, name);
        metadata.insert("namespace"_L1, ns);
        more.insert("metadata"_L1, metadata);
        return *m_store->create(type(group, resource), more);
    }
    static QJsonObject ownedBy(const StoredPtr &owner)
    {
        return {{u"metadata"_s,
            QJsonObject{{u"ownerReferences"_s, QJsonArray{QJsonObject{{u"uid"_s, json::uid(owner->json())}}}}}}};
    }

    Catalog m_catalog;
    std::unique_ptr<Store> m_store;
    int m_word = 0;
};

void tst_Store::init()
{
    m_word = 0;
    m_store = std::make_unique<Store>(
        m_catalog, [] { return u"2026-09-01T00:00:00Z"_s; },
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
    const auto again = m_store->create(
        type("", "configmaps"), {{u"metadata"_s, QJsonObject{{u"name"_s, u"a"_s}, {u"namespace"_s, u"ns"_s}}}});
    QCOMPARE(again.error().code, 409);
    QCOMPARE(again.error().reason, u"AlreadyExists"_s);
    QVERIFY(make("", "configmaps", u"a"_s, {}, u"other"_s)); // the same name elsewhere
}

void tst_Store::generateName()
{
    const auto made = m_store->create(
        type("", "pods"), {{u"metadata"_s, QJsonObject{{u"generateName"_s, u"p-"_s}, {u"namespace"_s, u"ns"_s}}}});
    QVERIFY(made);
    QCOMPARE(json::name((*made)->json()).size(), 7);
    const auto nameless = m_store->create(type("", "pods"), {{u"metadata"_s, QJsonObject{{u"namespace"_s, u"ns"_s}}}});
    QCOMPARE(nameless.error().code, 422);
}

void tst_Store::dryRunStoresNothing()
{
    const quint64 before = m_store->version();
    const auto made = m_store->create(
        type("", "pods"), {{u"metadata"_s, QJsonObject{{u"name"_s, u"p"_s}, {u"namespace"_s, u"ns"_s}}}}, true);
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
    const auto generation
        = [](const StoredPtr &object) { return json::get(object->json(), u"metadata.generation").toInt(); };
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
        u"Operation cannot be fulfilled on Upgrade.harvesterhci.io \"u\": the UID in the precondition (0000) does not "
        u"match the UID in "
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
    const StoredPtr one = make("harvesterhci.io", "upgrades", u"one"_s),
                    two = make("harvesterhci.io", "upgrades", u"two"_s);
    make("batch", "jobs", u"j"_s,
        {{u"metadata"_s,
            QJsonObject{{u"ownerReferences"_s,
                QJsonArray{QJsonObject{{u"uid"_s, json::uid(one->json())}},
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
    make("", "pods", u"d"_s);                                // came later: not in this list
    (void)m_store->erase(type("", "pods"), u"ns"_s, u"e"_s); // went later: still in it
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

QTEST_GUILESS_MAIN(tst_Store)
#include "tst_store.moc"
