// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The set of rows against a naive set, and the lowest loops over bytes against naive ones.

#include "logs/bytes.h"
#include "logs/lineindex.h"
#include "logs/rowset.h"

#include <QRandomGenerator>
#include <QTest>

#include <set>

using namespace logs;

namespace {

using Naive = std::set<qint64>;

RowSet setOf(const Naive &rows)
{
    RowSet set;
    for (const qint64 row : rows)
        set.add(row);
    return set;
}

/// Sparse, dense, in clusters, over several pages.
Naive randomRows(QRandomGenerator &random, qint64 end)
{
    Naive rows;
    switch (random.bounded(4)) {
    case 0:
        for (int i = 0; i < 20; ++i)
            rows.insert(random.bounded(end));
        break;
    case 1:
        for (qint64 row = 0; row < end; ++row) {
            if (random.bounded(3) != 0)
                rows.insert(row);
        }
        break;
    case 2:
        for (int i = 0; i < 10; ++i) {
            const qint64 first = random.bounded(end);
            for (qint64 row = first; row < std::min(end, first + random.bounded(500)); ++row)
                rows.insert(row);
        }
        break;
    default:
        break;
    }
    return rows;
}

/// The first row about which the two disagree; -1: none.
qint64 differing(const RowSet &set, const Naive &naive, qint64 end)
{
    qint64 rank = 0;
    auto next = naive.begin();
    for (qint64 row = 0; row <= end; ++row) {
        const bool here = next != naive.end() && *next == row;
        const qint64 before = here ? row : rank > 0 ? *std::prev(next) : -1;
        if (set.rank(row) != rank || set.contains(row) != here || set.next(row) != (next == naive.end() ? -1 : *next)
            || set.previous(row) != before || (here && set.select(rank) != row))
            return row;
        if (here) {
            ++rank;
            ++next;
        }
    }
    return set.select(rank) == -1 && set.select(-1) == -1 && set.previous(-1) == -1 ? -1 : end;
}

void verify(const RowSet &set, const Naive &naive, qint64 end)
{
    QCOMPARE(set.count(), qint64(naive.size()));
    QCOMPARE(differing(set, naive, end), -1);
    std::vector<qint64> all;
    set.forEach(0, end + 1000, [&](qint64 row) { all.push_back(row); });
    QVERIFY(std::equal(all.begin(), all.end(), naive.begin(), naive.end()));
    const qint64 from = end / 3;
    const qint64 to = end / 2;
    all.clear();
    set.forEach(from, to, [&](qint64 row) { all.push_back(row); });
    QVERIFY(std::equal(all.begin(), all.end(), naive.lower_bound(from), naive.lower_bound(to)));
}

} // namespace

class TestRowSet : public QObject {
    Q_OBJECT

private slots:
    void anyOrderOfAdding();
    void algebra();
    void dilating();
    void truncating();
    void copiesAreApart();
    void millions();
    void bytes();
    void index();
};

void TestRowSet::anyOrderOfAdding()
{
    for (quint32 seed = 0; seed < 8; ++seed) {
        QRandomGenerator random(seed);
        const qint64 end = 1 + random.bounded(20000);
        const Naive naive = randomRows(random, end);
        verify(setOf(naive), naive, end);
        std::vector<qint64> shuffled(naive.begin(), naive.end());
        std::shuffle(shuffled.begin(), shuffled.end(), random);
        RowSet set;
        for (const qint64 row : shuffled) {
            set.add(row);
            set.add(row);
        }
        QVERIFY(set == setOf(naive));
    }
}

void TestRowSet::algebra()
{
    for (quint32 seed = 0; seed < 8; ++seed) {
        QRandomGenerator random(seed);
        const qint64 end = 1 + random.bounded(15000);
        const Naive a = randomRows(random, end);
        const Naive b = randomRows(random, end + 9000);
        Naive both;
        std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::inserter(both, both.end()));
        verify(setOf(a).united(setOf(b)), both, end + 9000);
        Naive common;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(common, common.end()));
        verify(setOf(a).intersected(setOf(b)), common, end);
        Naive rest;
        std::set_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(rest, rest.end()));
        verify(setOf(a).without(setOf(b)), rest, end);
        Naive inverse;
        for (qint64 row = 0; row < end; ++row) {
            if (!a.contains(row))
                inverse.insert(row);
        }
        verify(setOf(a).inverted(end), inverse, end);
        RowSet ranges = setOf(a);
        Naive naive = a;
        for (int i = 0; i < 5; ++i) {
            const qint64 first = random.bounded(end + 5000);
            const qint64 count = random.bounded(6000);
            ranges.addRange(first, count);
            for (qint64 row = first; row < first + count; ++row)
                naive.insert(row);
        }
        verify(ranges, naive, end + 12000);
    }
}

void TestRowSet::dilating()
{
    for (quint32 seed = 0; seed < 30; ++seed) {
        QRandomGenerator random(seed);
        const qint64 end = 1 + random.bounded(10000);
        const Naive rows = randomRows(random, end);
        const int reach = random.bounded(seed < 20 ? 10 : 200);
        Naive wide;
        for (const qint64 row : rows) {
            for (qint64 near = std::max<qint64>(0, row - reach); near <= std::min(end - 1, row + reach); ++near)
                wide.insert(near);
        }
        verify(setOf(rows).dilated(reach, end), wide, end);
    }
}

void TestRowSet::truncating()
{
    for (quint32 seed = 0; seed < 30; ++seed) {
        QRandomGenerator random(seed);
        const qint64 end = 1 + random.bounded(15000);
        Naive rows = randomRows(random, end);
        RowSet set = setOf(rows);
        const qint64 cut = random.bounded(end + 100);
        set.truncate(cut);
        rows.erase(rows.lower_bound(cut), rows.end());
        verify(set, rows, end);
        for (qint64 row = cut; row < cut + 5000; row += 3) {
            set.add(row);
            rows.insert(row);
        }
        verify(set, rows, cut + 5000);
    }
}

void TestRowSet::copiesAreApart()
{
    RowSet set;
    for (qint64 row = 0; row < 10000; row += 2)
        set.add(row);
    const RowSet copy = set;
    set.add(1);
    set.add(9001);
    set.add(20000);
    QCOMPARE(copy.count(), 5000);
    QVERIFY(!copy.contains(1));
    QVERIFY(!copy.contains(9001));
    QCOMPARE(copy.next(9999), -1);
    QCOMPARE(set.count(), 5003);
}

void TestRowSet::millions()
{
    RowSet set;
    for (qint64 row = 0; row < 10'000'000; row += 5) {
        set.add(row);
        set.add(row + 1);
    }
    QCOMPARE(set.count(), 4'000'000);
    for (qint64 k = 0; k < 4'000'000; k += 99'991) {
        const qint64 row = k / 2 * 5 + k % 2;
        QCOMPARE(set.select(k), row);
        QCOMPARE(set.rank(row), k);
    }
}

void TestRowSet::bytes()
{
    QRandomGenerator random(1);
    for (int round = 0; round < 100; ++round) {
        QByteArray bytes(random.bounded(3000), 'a');
        const int density = 1 + random.bounded(50);
        for (char &c : bytes)
            c = random.bounded(density) == 0 ? '\n' : char(random.bounded(32, 127));
        const QByteArrayView view = QByteArrayView(bytes).sliced(std::min<qsizetype>(round % 17, bytes.size()));
        QCOMPARE(countNewlines(view), view.count('\n'));
        qsizetype at = -1;
        for (int n = 0; n <= view.count('\n'); ++n) {
            at = view.indexOf('\n', at + 1);
            if (nthNewline(view, n) != at)
                QCOMPARE(nthNewline(view, n), at);
            if (at < 0)
                break;
        }
        QVERIFY(isAscii(view));
        if (!bytes.isEmpty()) {
            bytes[random.bounded(bytes.size())] = char(0x80 + random.bounded(128));
            QVERIFY(!isAscii(bytes));
        }
    }
    QCOMPARE(countNewlines(QByteArray(1'000'000, '\n')), 1'000'000);
}

/// Appended in any pieces, the index is that of the whole.
void TestRowSet::index()
{
    QRandomGenerator random(2);
    for (int round = 0; round < 20; ++round) {
        QByteArray bytes(random.bounded(100'000), 'a');
        const int density = 1 + random.bounded(round % 2 == 0 ? 10 : 20'000);
        for (char &c : bytes) {
            if (random.bounded(density) == 0)
                c = '\n';
        }
        LineIndex index;
        for (qsizetype at = 0; at < bytes.size();) {
            const qsizetype length = std::min<qsizetype>(bytes.size() - at, random.bounded(30'000));
            index.append(LineIndex::count(QByteArrayView(bytes).sliced(at, length), at));
            at += length;
        }
        QCOMPARE(index.bytes(), bytes.size());
        QCOMPARE(index.newlines(), bytes.count('\n'));
        QCOMPARE(index.hasOpenEnd(), !bytes.isEmpty() && !bytes.endsWith('\n'));
        qint64 number = 0;
        qint64 inBlock = 0;
        for (qsizetype at = 0; at < bytes.size(); ++at) {
            if (at % LineIndex::blockSize == 0) {
                inBlock = 0;
                QCOMPARE(index.before(at / LineIndex::blockSize), number);
            }
            if (bytes.at(at) != '\n')
                continue;
            const LineIndex::Place place = index.place(number++);
            QVERIFY(place.block == at / LineIndex::blockSize && place.nth == inBlock);
            ++inBlock;
        }
        QCOMPARE(index.place(number).block, -1);
    }
}

QTEST_GUILESS_MAIN(TestRowSet)
#include "tst_rowset.moc"
