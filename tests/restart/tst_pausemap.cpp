// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The patch that pauses or resumes a node, and what refusals of the create webhook mean for a restart.

#include "restart/pausemap.h"
#include "restart/refusal.h"

#include <QJsonArray>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace restart;

class TestPauseMap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void patches_data()
    {
        QTest::addColumn<QByteArray>("map");
        QTest::addColumn<QString>("state");
        QTest::addColumn<QString>("completed");
        QTest::addColumn<bool>("pause");
        QTest::addColumn<QString>("problem");
        QTest::addColumn<QByteArray>("then");
        const QByteArray two = R"({"n1":"pause","n2":"unpause"})";
        QTest::newRow("resume keeps the others") << two << u"Node-upgrade paused"_s << u"Unknown"_s << false << u""_s
                                                 << R"({"n1":"unpause","n2":"unpause"})"_ba;
        QTest::newRow("resume what runs")
            << two << u"Pre-draining"_s << u"Unknown"_s << false << u"pause-not-paused"_s << ""_ba;
        QTest::newRow("resume after the end")
            << two << u"Node-upgrade paused"_s << u"False"_s << false << u"pause-over"_s << ""_ba;
        QTest::newRow("pause the first") << ""_ba << u"Images preloaded"_s << u"Unknown"_s << true << u""_s
                                         << R"({"n1":"pause"})"_ba;
        QTest::newRow("pause again") << two << u"Images preloaded"_s << u"Unknown"_s << true << u"pause-already"_s
                                     << ""_ba;
        QTest::newRow("pause too late") << ""_ba << u"Pre-drained"_s << u"Unknown"_s << true << u"pause-too-late"_s
                                        << ""_ba;
        QTest::newRow("not a map") << "[]"_ba << u"Node-upgrade paused"_s << u"Unknown"_s << false
                                   << u"pause-unreadable"_s << ""_ba;
    }
    void patches()
    {
        QFETCH(QByteArray, map);
        QFETCH(QString, state);
        QFETCH(QString, completed);
        QFETCH(bool, pause);
        QFETCH(QString, problem);
        QFETCH(QByteArray, then);
        const QString key = u"harvesterhci.io/node-upgrade-pause-map"_s;
        QJsonObject meta{{u"name"_s, u"up"_s}, {u"resourceVersion"_s, u"9"_s}};
        if (!map.isEmpty())
            meta.insert("annotations"_L1, QJsonObject{{key, QString::fromUtf8(map)}, {u"x"_s, u"y"_s}});
        const QJsonObject upgrade{{u"metadata"_s, meta},
            {u"status"_s,
                QJsonObject{{u"nodeStatuses"_s, QJsonObject{{u"n1"_s, QJsonObject{{u"state"_s, state}}}}},
                    {u"conditions"_s,
                        QJsonArray{QJsonObject{{u"type"_s, u"Completed"_s}, {u"status"_s, completed}}}}}}};
        const auto patch = pausePatch(upgrade, u"n1"_s, pause);
        QCOMPARE(patch.has_value(), problem.isEmpty());
        if (!patch) {
            QCOMPARE(patch.error().code, problem);
            QVERIFY(pauseProblemText(patch.error()) != pauseProblemText({u"x"_s, patch.error().args}));
            return;
        }
        // The lock and the whole map, and nothing else.
        QCOMPARE(*patch,
            (QJsonObject{{u"metadata"_s,
                QJsonObject{{u"resourceVersion"_s, u"9"_s},
                    {u"annotations"_s, QJsonObject{{key, QString::fromUtf8(then)}}}}}}));
    }

    void refusals_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<int>("means");
        const QString webhook = u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s;
        QTest::newRow("itself") << webhook + u"cannot proceed until previous upgrade \"up\" completes"_s
                                << int(Refusal::Upgrade);
        QTest::newRow("another") << webhook + u"cannot proceed until previous upgrade \"up2\" completes"_s
                                 << int(Refusal::Other);
        const QString cleanup
            = webhook + u"cannot proceed until the following upgrades completed their cleanup process: "_s;
        QTest::newRow("its cleanup") << cleanup + u"up"_s << int(Refusal::Upgrade);
        QTest::newRow("others' cleanup") << cleanup + u"up,old"_s << int(Refusal::Other);
        QTest::newRow("a chart of the upgrade")
            << webhook + u"managed chart harvester is not ready, please wait for it to be ready or fix it"_s
            << int(Refusal::Chart);
        QTest::newRow("another chart") << webhook
                + u"managed chart harvester-x is not ready, please wait for it to be ready or fix it"_s
                                       << int(Refusal::Other);
        QTest::newRow("a node") << webhook + u"node n1 is not ready, please wait for it to be ready"_s
                                << int(Refusal::Other);
        QTest::newRow("nothing") << QString() << int(Refusal::Other);
    }
    void refusals()
    {
        QFETCH(QString, words);
        QFETCH(int, means);
        QCOMPARE(int(readRefusal(words, u"up"_s)), means);
    }
};

QTEST_GUILESS_MAIN(TestPauseMap)
#include "tst_pausemap.moc"
