// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The shared collection of objects against an ordinary map: the same content in the same order after any history, and a
// copy keeps what it had.

#include "upgrade/collection.h"

#include <QMap>
#include <QRandomGenerator>
#include <QTest>

using namespace Qt::StringLiterals;
using Collection = upgrade::Collection<int>;
using Map = QMap<kube::ObjectKey, std::shared_ptr<const int>>;

namespace {

bool same(const Collection &collection, const Map &map)
{
    if (collection.size() != map.size() || collection.isEmpty() != map.isEmpty())
        return false;
    auto expected = map.begin();
    for (auto it = collection.begin(); it != collection.end(); ++it, ++expected) {
        if (expected == map.end() || it.key() != expected.key() || it.value() != expected.value())
            return false;
    }
    return expected == map.end();
}

kube::ObjectKey keyOf(quint32 number)
{
    return {u"ns%1"_s.arg(number % 3), u"name%1"_s.arg(number)};
}

} // namespace

class TestCollection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anyHistory_data()
    {
        QTest::addColumn<int>("keys");
        QTest::addColumn<int>("steps");
        QTest::newRow("few") << 5 << 400;
        QTest::newRow("about one chunk") << 70 << 2000;
        QTest::newRow("many") << 2000 << 12000;
    }
    void anyHistory()
    {
        QFETCH(const int, keys);
        QFETCH(const int, steps);
        QRandomGenerator dice(42);
        Collection collection, held;
        Map map, heldMap;
        for (int step = 0; step < steps; ++step) {
            const kube::ObjectKey key = keyOf(dice.bounded(quint32(keys)));
            // Grows first, shrinks later.
            if (dice.bounded(10) < (step < steps / 2 ? 7 : 3)) {
                const auto value = std::make_shared<const int>(step);
                collection.insert(key, value);
                map.insert(key, value);
            } else {
                collection.remove(key);
                map.remove(key);
            }
            QCOMPARE(collection.contains(key), map.contains(key));
            QCOMPARE(collection.value(key), map.value(key));
            if (step % 97 == 0) {
                QVERIFY(same(collection, map));
                QVERIFY(same(held, heldMap)); // not touched by what came after
                held = collection;
                heldMap = map;
            }
        }
        QVERIFY(same(collection, map));
    }

    void emptyAgain()
    {
        Collection collection;
        QCOMPARE(collection.begin(), collection.end());
        QVERIFY(!collection.contains(keyOf(1)));
        QCOMPARE(collection.value(keyOf(1)), nullptr);
        collection.remove(keyOf(1));
        for (quint32 i = 0; i < 500; ++i)
            collection.insert(keyOf(i), std::make_shared<const int>(int(i)));
        for (quint32 i = 0; i < 500; ++i)
            collection.remove(keyOf(i));
        QVERIFY(collection.isEmpty());
        QCOMPARE(collection.begin(), collection.end());
        collection.insert(keyOf(7), std::make_shared<const int>(7));
        QCOMPARE(*collection.first(), 7);
        collection.clear();
        QCOMPARE(collection.size(), 0);
    }

    void backwards()
    {
        Collection collection;
        for (quint32 i = 0; i < 300; ++i)
            collection.insert(keyOf(i), std::make_shared<const int>(int(i)));
        int count = 0;
        auto it = collection.end();
        for (; it != collection.begin(); ++count) {
            const auto after = it--;
            QVERIFY(after == collection.end() || it.key() < after.key());
        }
        QCOMPARE(count, 300);
    }
};

QTEST_GUILESS_MAIN(TestCollection)
#include "tst_collection.moc"
