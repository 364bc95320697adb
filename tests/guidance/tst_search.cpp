// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Search in the manual, English and Chinese.

#include "guidance/search.h"

#include <QElapsedTimer>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace guidance;

class Search : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void tokensOfText();
    void finds_data();
    void finds();
    void findsNothing();
    void allWordsBeforeSome();
    void snippets();
    void isQuick();

private:
    Library m_manual;
    SearchIndex m_english, m_chinese;
};

void Search::initTestCase()
{
    m_manual = Library::load();
    m_english = SearchIndex(m_manual, u"en"_s);
    m_chinese = SearchIndex(m_manual, u"zh_CN"_s);
}

void Search::tokensOfText()
{
    QCOMPARE(
        tokens(u"Pre-drain v1.9!"_s), (QStringList{u"pre"_s, u"drain"_s, u"pre-drain"_s, u"v1"_s, u"9"_s, u"v1.9"_s}));
    QCOMPARE(tokens(u"升级仓库 VM"_s), (QStringList{u"升级"_s, u"级仓"_s, u"仓库"_s, u"vm"_s}));
    QCOMPARE(tokens(u"卷"_s), QStringList{u"卷"_s});
    QCOMPARE(tokens(u"重启Job吗"_s), (QStringList{u"重启"_s, u"job"_s, u"吗"_s}));
    QVERIFY(tokens(u" -- … "_s).isEmpty());
}

void Search::finds_data()
{
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("id");
    QTest::addColumn<int>("within");
    const auto row = [](const QString &query, const char *id, int within = 3) {
        QTest::newRow(qPrintable(query)) << query << QString::fromLatin1(id) << within;
    };
    row(u"OOMKilled importer"_s, "KI-1.9-01", 1);
    row(u"KI-1.8-02"_s, "KI-1.8-02", 1);
    row(u"pendingOSImage"_s, "KI-1.9-02");
    row(u"support bundle"_s, "support-bundle", 1);
    row(u"Support Bund"_s, "support-bundle", 1); // still typing
    row(u"PAUSED node"_s, "resume-node");
    row(u"expired certificates"_s, "KI-1.2-09");
    row(u"another operation (install/upgrade/rollback) is in progress"_s, "KI-1.1-02", 1);
    row(u"restart the upgrade"_s, "restart-upgrade", 1);
    row(u"重新开始升级"_s, "restart-upgrade", 1);
    row(u"支持包"_s, "support-bundle", 1);
    row(u"预加载容器镜像"_s, "phase-preload", 1);
    row(u"升级节点"_s, "phase-nodes");
    row(u"证书过期"_s, "KI-1.2-09");
    row(u"日志卷"_s, "upgrade-log");
    row(u"离线环境升级"_s, "air-gapped");
    row(u"暂停的节点"_s, "resume-node");
    row(u"ManagedChart 暂停"_s, "managed-charts");
}

void Search::finds()
{
    QFETCH(QString, query);
    QFETCH(QString, id);
    QFETCH(int, within);
    const bool chinese = std::ranges::any_of(query, [](QChar c) { return c.script() == QChar::Script_Han; });
    QStringList ids;
    for (const Hit &hit : (chinese ? m_chinese : m_english).search(query))
        ids.append(hit.id);
    const qsizetype at = ids.indexOf(id);
    QVERIFY2(at >= 0 && at < within, qPrintable(u"%1 at %2 of %3"_s.arg(id).arg(at).arg(ids.mid(0, 6).join(u' '))));
}

void Search::findsNothing()
{
    QVERIFY(m_english.search(u""_s).isEmpty());
    QVERIFY(m_english.search(u"  !? "_s).isEmpty());
    QVERIFY(m_english.search(u"xyzzyplugh"_s).isEmpty());
    QVERIFY(m_chinese.search(u"蝴蝶"_s).isEmpty());
    QVERIFY(SearchIndex().search(u"upgrade"_s).isEmpty());
}

void Search::allWordsBeforeSome()
{
    for (const Hit &hit : m_english.search(u"fleet rollback"_s)) {
        const Page *page = m_manual.page(hit.id, u"en"_s);
        QString all = page->title + page->keywords.join(u' ');
        for (const Block &block : page->blocks) {
            all += plain(block.spans) + block.code;
            for (const auto &cells : block.rows) {
                for (const Spans &cell : cells)
                    all += plain(cell);
            }
        }
        QVERIFY2(all.contains(u"fleet"_s, Qt::CaseInsensitive) && all.contains(u"roll"_s, Qt::CaseInsensitive),
            qPrintable(hit.id));
    }
    // Words that no page has together still find something.
    QVERIFY(!m_english.search(u"importer xyzzyplugh"_s).isEmpty());
}

void Search::snippets()
{
    for (const auto &[index, query] : {std::pair{&m_english, u"instance-manager"_s}, {&m_chinese, u"磁盘空间"_s}}) {
        const QList<Hit> hits = index->search(query);
        QVERIFY(!hits.isEmpty());
        int marked = 0;
        for (const Hit &hit : hits) {
            QVERIFY(hit.snippet.size() <= 160);
            for (const Hit::Mark &mark : hit.marks) {
                QVERIFY(mark.at >= 0 && mark.at + mark.size <= hit.snippet.size());
                ++marked;
            }
        }
        QVERIFY(marked > 0);
    }
    const Hit first = m_english.search(u"A larger PVC is required"_s).value(0);
    QVERIFY(!first.marks.isEmpty());
    QCOMPARE(first.snippet.sliced(first.marks.first().at, first.marks.first().size).toLower(),
        u"a larger pvc is required"_s);
}

// Typed letter by letter: each must be done within a frame or two, sanitizers aside.
void Search::isQuick()
{
    QElapsedTimer clock;
    clock.start();
    for (const QString &query : {u"v"_s, u"volume"_s, u"升级节点"_s, u"longhorn instance manager pdb"_s}) {
        (void)m_english.search(query);
        (void)m_chinese.search(query);
    }
    QVERIFY2(clock.elapsed() < 2000, qPrintable(QString::number(clock.elapsed())));
}

QTEST_GUILESS_MAIN(Search)
#include "tst_search.moc"
