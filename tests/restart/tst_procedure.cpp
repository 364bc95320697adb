// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The restart as a state machine: the way through, every way off it, and a random walk that looks only at what is sent.

#include "restart/procedure.h"
#include "restart/proceduretext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTest>
#include <QTimeZone>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace restart;
using Verb = Request::Verb;
using Type = Event::Type;

namespace {

const QString isoUrl = u"http:"_s + u"//x/a.iso"_s;

QDateTime at(int seconds = 0)
{
    return QDateTime(QDate(2026, 9, 3), QTime(9, 0), QTimeZone::UTC).addSecs(seconds);
}

QJsonObject json(const char *text)
{
    return QJsonDocument::fromJson(text).object();
}

QJsonObject theUpgrade(const char *resourceVersion = "7")
{
    QJsonObject up = json(
        R"({"metadata":{"name":"hvst-upgrade-a","uid":"u1","finalizers":["wrangler.cattle.io/harvester-upgrade-controller"],
        "labels":{"harvesterhci.io/latestUpgrade":"true"},
        "annotations":{"harvesterhci.io/skipWebhook":"true","harvesterhci.io/longhorn-settings-restored":"true","harvesterhci.io/minCertsExpirationInDay":"5"}},
        "spec":{"version":"v1.9.0","image":"","logEnabled":false},"status":{"x":1}})");
    QJsonObject meta = up.value("metadata"_L1).toObject();
    meta.insert(u"resourceVersion"_s, QString::fromLatin1(resourceVersion));
    up.insert(u"metadata"_s, meta);
    return up;
}

Verdict verdictOf(Code code, const QString &resourceVersion = u"7"_s, const QString &uid = u"u1"_s)
{
    Verdict v;
    v.code = code;
    v.upgrade = {upgrade::Kind::Upgrade, u"harvester-system"_s, u"hvst-upgrade-a"_s, uid};
    v.resourceVersion = resourceVersion;
    return v;
}

Event happening(Type type, bool ok = true, const QString &text = {})
{
    Event e;
    e.type = type;
    e.at = at(1);
    e.ok = ok;
    e.text = text;
    return e;
}

/// Drives a procedure and keeps what it sent.
struct Walk {
    Procedure p = begin(verdictOf(Code::Safe), theUpgrade(),
        json(R"({"metadata":{"name":"v1.9.0"},"spec":{"isoURL":"http://x/a.iso"}})"), at());
    QList<Request> last;
    QList<Request> sent;

    void feed(const Event &e)
    {
        const Advance advance = restart::step(p, e);
        p = advance.next;
        last = advance.requests;
        sent += last;
    }
    void answer(bool ok, const QJsonObject &body, int status = 200, int index = 0, int seconds = 1)
    {
        QVERIFY2(index < last.size(), qPrintable(stepWord(p.step)));
        Event e = happening(Type::Answer, ok, ok ? QString() : u"because"_s);
        e.id = last.at(index).id;
        e.status = status;
        e.json = body;
        e.at = at(seconds);
        feed(e);
    }
    /// To each of several requests, in order.
    void answerAll(const QJsonObject &body)
    {
        const QList<Request> asked = last;
        for (const Request &request : asked) {
            Event e = happening(Type::Answer);
            e.id = request.id;
            e.json = body;
            feed(e);
        }
    }
    void toConfirm()
    {
        feed(happening(Type::Accepted));
        feed(happening(Type::Evidence));
        feed(happening(Type::Checked));
        QCOMPARE(p.step, Step::Confirm);
    }
    void toDelete()
    {
        toConfirm();
        feed(happening(Type::Confirmed, true, u"hvst-upgrade-a"_s));
        answer(true, json(R"({"status":{"phase":"Provisioned"}})"));
        answer(true, theUpgrade());
        QCOMPARE(p.step, Step::Delete);
    }
    void toChoice()
    {
        toDelete();
        answer(true, {});
        QCOMPARE(p.step, Step::WaitGone);
        answer(false, {}, 404);
        QCOMPARE(p.step, Step::Leftovers);
        answerAll(json(R"({"items":[]})"));
        QCOMPARE(p.step, Step::Charts);
        answer(true,
            json(
                R"({"items":[{"metadata":{"name":"harvester","resourceVersion":"3"},"spec":{"paused":true}},{"metadata":{"name":"other"},"spec":{"paused":true}}]})"));
        QCOMPARE(last.size(), 1);
        QCOMPARE(last.at(0).body, json(R"({"metadata":{"resourceVersion":"3"},"spec":{"paused":false}})"));
        answer(true, {});
        answer(true, json(R"({"items":[{"metadata":{"name":"harvester"},"spec":{"paused":false}}]})"));
        QCOMPARE(p.step, Step::ChartsReady);
        answer(true,
            json(
                R"({"items":[{"metadata":{"name":"harvester"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}]})"));
        QCOMPARE(p.step, Step::Sanity);
        answerAll(json(R"({"items":[]})"));
        QCOMPARE(p.step, Step::StartChoice);
    }
    /// The dry run is accepted; `there` are the Upgrades that stand beside it.
    void toCreate(const QJsonObject &there)
    {
        QCOMPARE(p.step, Step::DryRun);
        const QList<Request> asked = last;
        QCOMPARE(asked.size(), 2);
        answer(true, {}, 201);
        QCOMPARE(p.step, Step::DryRun);
        last = asked;
        answer(true, there, 200, 1);
        QCOMPARE(p.step, Step::Create);
    }
    void reopen()
    {
        const auto read = procedureFromJson(QJsonDocument::fromJson(QJsonDocument(toJson(p)).toJson()).object());
        QVERIFY(read);
        p = *read;
        last.clear();
        feed(happening(Type::Resumed));
    }
    [[nodiscard]] int writes() const { return int(std::ranges::count_if(sent, &Request::isWrite)); }
};

} // namespace

class TestProcedure : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theWay()
    {
        Walk w;
        w.toDelete();
        QCOMPARE(w.writes(), 1);
        const Request remove = w.last.at(0);
        QCOMPARE(remove.verb, Verb::Delete);
        QCOMPARE(remove.resource.path(remove.ns, remove.name),
            u"/apis/harvesterhci.io/v1beta1/namespaces/harvester-system/upgrades/hvst-upgrade-a"_s);
        QCOMPARE(remove.uid, u"u1"_s);
        QCOMPARE(remove.resourceVersion, u"7"_s);

        Walk all;
        all.toChoice();
        all.feed(happening(Type::StartAgain));
        QCOMPARE(all.p.step, Step::Version);
        all.answer(false, {}, 404);
        QCOMPARE(all.last.at(0).verb, Verb::Create);
        QCOMPARE(all.last.at(0).body.value("spec"_L1).toObject().value("isoURL"_L1).toString(), isoUrl);
        all.answer(true, {}, 201);
        QCOMPARE(all.p.step, Step::DryRun);
        QVERIFY(all.last.at(0).dryRun);
        // skipWebhook and what controllers wrote stay behind; no status, no labels.
        const QJsonObject body = json(
            R"({"apiVersion":"harvesterhci.io/v1beta1","kind":"Upgrade","metadata":{"generateName":"hvst-upgrade-",
            "namespace":"harvester-system","annotations":{"harvesterhci.io/minCertsExpirationInDay":"5"}},"spec":{"version":"v1.9.0","logEnabled":false}})");
        QCOMPARE(all.last.at(0).body, body);
        all.toCreate({});
        QVERIFY(!all.last.at(0).dryRun);
        all.answer(true, json(R"({"metadata":{"name":"hvst-upgrade-b","uid":"u2"}})"), 201);
        QCOMPARE(all.p.step, Step::Watch);
        all.answer(true, json(R"({"metadata":{"name":"hvst-upgrade-b"}})"));
        QCOMPARE(all.p.step, Step::Watch);
        Event tick = happening(Type::Tick);
        tick.at = at(8);
        all.feed(tick);
        all.answer(true,
            json(
                R"({"metadata":{"labels":{"harvesterhci.io/latestUpgrade":"true"}},"status":{"conditions":[{"type":"Completed","status":"Unknown"}]}})"));
        QCOMPARE(all.p.step, Step::Done);
    }

    void closedFromTheStart_data()
    {
        QTest::addColumn<int>("code");
        for (const Code code : {Code::Nothing, Code::Wait, Code::PreferToFix, Code::FixFirst, Code::Forbidden})
            QTest::newRow(qPrintable(codeWord(code))) << int(code);
    }
    void closedFromTheStart()
    {
        QFETCH(int, code);
        QCOMPARE(begin(verdictOf(Code(code)), theUpgrade(), {}, at()).step, Step::Closed);
        Verdict v2 = verdictOf(Code::Safe);
        v2.engine = upgrade::Board::Engine::V2;
        QCOMPARE(begin(v2, theUpgrade(), {}, at()).problem.code, u"engine-v2"_s);
        QCOMPARE(begin(verdictOf(Code::Safe, u"7"_s, u"other"_s), theUpgrade(), {}, at()).problem.code, u"replaced"_s);
        // A verdict that turns closes every step before the deletion.
        for (int screens = 0; screens < 5; ++screens) {
            Walk w;
            const Event events[] = {happening(Type::Accepted), happening(Type::Evidence), happening(Type::Checked),
                happening(Type::Confirmed, true, w.p.name)};
            for (int i = 0; i < screens && i < 4; ++i)
                w.feed(events[i]);
            Event judged = happening(Type::Judged);
            judged.verdict = verdictOf(Code(code));
            w.feed(judged);
            QCOMPARE(w.p.step, Step::Closed);
            QCOMPARE(w.p.problem.code, u"verdict"_s);
            QCOMPARE(w.writes(), 0);
        }
    }

    void refusals()
    {
        Walk w;
        w.feed(happening(Type::Accepted, false, u"delete upgrades"_s));
        QCOMPARE(w.p.step, Step::Review);
        QCOMPARE(w.p.problem.code, u"access"_s);
        w.feed(happening(Type::Accepted));
        w.feed(happening(Type::Evidence, false));
        QCOMPARE(w.p.problem.code, u"bundle-missing"_s);
        w.feed(happening(Type::Evidence));
        w.feed(happening(Type::Checked, false, u"A06"_s));
        QCOMPARE(w.p.problem, (upgrade::Message{u"checks"_s, {u"A06"_s}}));
        w.feed(happening(Type::Checked));
        w.feed(happening(Type::Confirmed, true, u"hvst-upgrade"_s));
        QCOMPARE(w.p.problem.code, u"wrong-name"_s);
        QVERIFY(w.last.isEmpty());
        w.feed(happening(Type::Confirmed, true, w.p.name));
        w.answer(true, json(R"({"status":{"phase":"Provisioning"}})"));
        QCOMPARE(w.p.step, Step::Review);
        QCOMPARE(w.p.problem.code, u"provisioning"_s);
        QVERIFY(!w.p.confirmed);
        QCOMPARE(w.writes(), 0);
    }

    /// Between the screen and the click: changed is reviewed anew, replaced ends it.
    void changed()
    {
        Walk w;
        w.toConfirm();
        w.feed(happening(Type::Confirmed, true, w.p.name));
        w.answer(true, json(R"({"status":{"phase":"Provisioned"}})"));
        w.answer(true, theUpgrade("8"));
        QCOMPARE(w.p.step, Step::Review);
        QCOMPARE(w.p.problem.code, u"changed"_s);
        Walk replaced;
        replaced.toConfirm();
        replaced.feed(happening(Type::Confirmed, true, replaced.p.name));
        replaced.answer(true, json(R"({"status":{"phase":"Provisioned"}})"));
        replaced.answer(true, json(R"({"metadata":{"uid":"u9","resourceVersion":"7"}})"));
        QCOMPARE(replaced.p.step, Step::Closed);
        QCOMPARE(w.writes() + replaced.writes(), 0);
        for (const auto &[status, problem] :
            {std::pair{409, u"changed"_s}, std::pair{400, u"refused"_s}, std::pair{403, u"refused"_s}}) {
            Walk race;
            race.toDelete();
            race.answer(false, {}, status);
            QCOMPARE(race.p.step, Step::Review);
            QCOMPARE(race.p.problem.code, problem);
            QVERIFY(!race.p.confirmed);
        }
    }

    /// The verdict asks for a bundle while there is none: back, not on.
    void bundle()
    {
        Walk w;
        Event judged = happening(Type::Judged);
        judged.verdict = verdictOf(Code::SafeAfterBundle, u"9"_s);
        w.feed(happening(Type::Accepted));
        w.p.step = Step::Confirm; // as if evidence had been passed over
        w.feed(judged);
        QCOMPARE(w.p.step, Step::Review);
        QCOMPARE(w.p.problem.code, u"bundle-missing"_s);
        w.toConfirm();
        w.feed(judged);
        w.feed(happening(Type::Confirmed, true, w.p.name));
        w.answer(true, json(R"({"status":{"phase":"Provisioned"}})"));
        w.answer(true, theUpgrade("9"));
        QCOMPARE(w.last.at(0).resourceVersion, u"9"_s);
    }

    /// No answer to the DELETE: what is real decides, and it is never sent twice without a new confirmation.
    void lost()
    {
        for (const int real : {0, 1, 2}) {
            Walk w;
            w.toDelete();
            w.answer(false, {}, 0);
            QCOMPARE(w.last.at(0).verb, Verb::Get);
            if (real == 0)
                w.answer(true, theUpgrade());
            else if (real == 1)
                w.answer(true, json(R"({"metadata":{"uid":"u1","deletionTimestamp":"2026-09-03T09:00:00Z"}})"));
            else
                w.answer(false, {}, 404);
            QCOMPARE(w.p.step, real == 0 ? Step::Review : real == 1 ? Step::WaitGone : Step::Leftovers);
            QCOMPARE(w.writes(), 1);
        }
        Walk create;
        create.toChoice();
        create.feed(happening(Type::StartAgain));
        create.answer(true, {});
        // One that stood there before is not ours, whatever its time says.
        create.toCreate(json(R"({"items":[{"metadata":{"name":"old","uid":"u0"}}]})"));
        create.answer(false, {}, 0);
        QCOMPARE(create.last.at(0).verb, Verb::List);
        create.answer(true,
            json(
                R"({"items":[{"metadata":{"name":"old","uid":"u0","creationTimestamp":"2026-09-03T09:00:09Z"}},
                              {"metadata":{"name":"hvst-upgrade-b","uid":"u2","creationTimestamp":"2026-09-03T07:00:01Z"}}]})"));
        QCOMPARE(create.p.step, Step::Watch);
        QCOMPARE(create.p.createdName, u"hvst-upgrade-b"_s);
    }

    /// A verdict that turns while the DELETE is under way counts when the Upgrade turns out to stand still.
    void turnedMeanwhile()
    {
        Walk w;
        w.toDelete();
        const QList<Request> asked = w.last;
        Event judged = happening(Type::Judged);
        judged.verdict = verdictOf(Code::Forbidden);
        w.feed(judged);
        QCOMPARE(w.p.step, Step::Delete);
        w.last = asked;
        w.answer(false, {}, 0);
        w.answer(true, theUpgrade());
        QCOMPARE(w.p.step, Step::Closed);
        QCOMPARE(w.p.problem.args, QStringList{u"forbidden"_s});
        QCOMPARE(problemText(w.p.problem), u"The verdict does not allow it (forbidden)"_s);
        QCOMPARE(problemText({u"refused"_s, {u"100 %2"_s}}), u"The cluster refused: 100 %2"_s);
        for (int step = 0; step <= int(Step::Closed); ++step)
            QVERIFY(!stepTitle(Step(step)).isEmpty());
    }

    /// Every access that a request of the way needs is asked for before anything starts.
    void access()
    {
        Walk w;
        w.toChoice();
        w.feed(happening(Type::StartAgain));
        w.answer(false, {}, 404);
        w.answer(true, {}, 201);
        w.toCreate({});
        const QList<kube::AccessQuestion> asked = accessNeeded(w.p);
        for (const Request &request : std::as_const(w.sent)) {
            static const QMap<Verb, QString> verbs{{Verb::Get, u"get"_s}, {Verb::List, u"list"_s},
                {Verb::Create, u"create"_s}, {Verb::Patch, u"patch"_s}, {Verb::Delete, u"delete"_s}};
            QVERIFY2(std::ranges::any_of(asked,
                         [&](const kube::AccessQuestion &question) {
                             return question.verb == verbs.value(request.verb)
                                 && question.group == request.resource.group
                                 && question.resource == request.resource.resource && question.ns == request.ns;
                         }),
                qPrintable(verbs.value(request.verb) + u' ' + request.resource.qualified()));
        }
    }

    /// A refused dry run is asked again when the person says so.
    void startRefused()
    {
        Walk w;
        w.toChoice();
        w.feed(happening(Type::StartAgain));
        w.answer(true, {});
        w.answer(false, {}, 400);
        QCOMPARE(w.p.step, Step::DryRun);
        QCOMPARE(w.p.problem.code, u"refused"_s);
        w.feed(happening(Type::StartAgain));
        QCOMPARE(w.p.step, Step::Version);
        w.answer(true, {});
        w.toCreate({});
    }

    void slow()
    {
        Walk w;
        w.toDelete();
        w.answer(true, {});
        w.answer(true, theUpgrade(), 200, 0, 700);
        QCOMPARE(w.p.problem.code, u"finalizer-slow"_s);
        QCOMPARE(w.p.step, Step::WaitGone); // nothing is forced
        Event tick = happening(Type::Tick);
        tick.at = at(800);
        w.feed(tick);
        QCOMPARE(w.last.at(0).verb, Verb::Get);
        QCOMPARE(w.writes(), 1);
    }

    void notClean_data()
    {
        QTest::addColumn<QByteArray>("object");
        QTest::newRow("cordoned") << QByteArray(R"({"metadata":{"name":"n2"},"spec":{"unschedulable":true}})");
        QTest::newRow("taint") << QByteArray(
            R"({"metadata":{"name":"n2"},"spec":{"taints":[{"key":"kubevirt.io/drain"}]}})");
        QTest::newRow("pending") << QByteArray(
            R"({"metadata":{"name":"n2","annotations":{"harvesterhci.io/pendingOSImage":"x"}}})");
        QTest::newRow("drain asked for") << QByteArray(
            R"({"metadata":{"name":"n2","annotations":{"rke.cattle.io/pre-drain":"{}"}}})");
    }
    void notClean()
    {
        QFETCH(QByteArray, object);
        Walk w;
        w.toChoice();
        w.p.step = Step::Charts;
        w.p.pending.insert(u"x"_s, u"charts"_s);
        w.last = {Request{u"x"_s}};
        w.answer(true, json(R"({"items":[]})"));
        w.answer(true,
            json(
                R"({"items":[{"metadata":{"name":"harvester"},"status":{"conditions":[{"type":"Ready","status":"True"}]}}]})"));
        QCOMPARE(w.p.step, Step::Sanity);
        w.answerAll(QJsonObject{{u"items"_s, QJsonArray{json(object.constData())}}});
        QCOMPARE(w.p.step, Step::Sanity);
        QCOMPARE(w.p.problem.args, QStringList{u"n2"_s});
        w.feed(happening(Type::EndHere));
        QCOMPARE(w.p.step, Step::StoppedHere);
    }

    /// Killed at each step and started again: before the deletion everything is confirmed anew; after it, it goes on
    /// from what is real.
    void resume()
    {
        Walk before;
        before.toConfirm();
        before.reopen();
        QCOMPARE(before.p.step, Step::Review);
        Walk during;
        during.toDelete();
        during.reopen();
        QCOMPARE(during.last.at(0).verb, Verb::Get);
        during.answer(true, theUpgrade());
        QCOMPARE(during.p.step, Step::Review);
        QCOMPARE(during.writes(), 1);
        Walk after;
        after.toDelete();
        after.answer(true, {});
        after.reopen();
        after.answer(false, {}, 404);
        QCOMPARE(after.p.step, Step::Leftovers);
        after.reopen();
        QCOMPARE(after.last.size(), 4);
        Walk dry;
        dry.toChoice();
        dry.feed(happening(Type::StartAgain));
        dry.answer(true, {});
        QCOMPARE(dry.p.step, Step::DryRun);
        dry.reopen();
        QCOMPARE(dry.p.step, Step::StartChoice);
        QVERIFY(!procedureFromJson(json(R"({"schema":"gleaner.restart/v1","step":"fly"})")));
        QVERIFY(!procedureFromJson({}));
    }

    /// Anything in any order: what is sent keeps the promises.
    void anything()
    {
        QRandomGenerator random(5);
        int deletions = 0, creations = 0;
        for (int round = 0; round < 4000; ++round) {
            Walk w;
            int clock = 0;
            bool confirmed = false;
            Code code = Code::Safe;
            QString resourceVersion = u"7"_s;
            bool bundle = false;
            for (int turn = 0; turn < 60; ++turn) {
                Event e;
                e.at = at(clock += random.bounded(10));
                const int kind = random.bounded(24);
                QList<Request> open = w.sent;
                open.removeIf([&](const Request &request) { return !w.p.pending.contains(request.id); });
                if (kind < 12 && !open.isEmpty()) {
                    e.type = Type::Answer;
                    const Request &asked = open.at(random.bounded(int(open.size())));
                    e.id = asked.id;
                    const int luck = random.bounded(20);
                    e.ok = luck < 17;
                    e.status = e.ok ? 200 : QList{0, 404, 409, 400, 500}.at(random.bounded(5));
                    e.json = asked.verb == Verb::List
                        ? json(
                              R"({"items":[{"metadata":{"name":"harvester","uid":"c","resourceVersion":"2"},"spec":{"paused":false},"status":{"conditions":[{"type":"Ready","status":"True"}]}},
                                                            {"metadata":{"name":"hvst-upgrade-a-skip-restart-rancher-system-agent","uid":"p","resourceVersion":"4"}}]})")
                        : asked.name == "local"_L1   ? json(R"({"status":{"phase":"Provisioned"}})")
                        : asked.verb == Verb::Create ? json(R"({"metadata":{"name":"hvst-upgrade-b","uid":"u2"}})")
                                                     : theUpgrade(qPrintable(resourceVersion));
                    if (asked.name == w.p.name && e.ok && w.p.deleted && random.bounded(2))
                        e.ok = false, e.status = 404;
                } else {
                    static const QHash<int, Type> fitting{{int(Step::Review), Type::Accepted},
                        {int(Step::Evidence), Type::Evidence}, {int(Step::Checks), Type::Checked},
                        {int(Step::Confirm), Type::Confirmed}, {int(Step::StartChoice), Type::StartAgain}};
                    e.type = kind < 20 ? fitting.value(int(w.p.step), Type::Tick)
                                       : Type(random.bounded(int(Type::Resumed) + 1));
                    if (e.type == Type::Answer)
                        continue;
                    if (e.type == Type::Cancel && random.bounded(10))
                        continue;
                    e.ok = random.bounded(4) != 0;
                    e.text = random.bounded(6) ? w.p.name : u"else"_s;
                    if (e.type == Type::Judged) {
                        const Code turned = QList{Code::Safe, Code::SafeAfterBundle, Code::Safe, Code::Forbidden,
                            Code::Wait, Code::PreferToFix}
                                                .at(random.bounded(random.bounded(6) ? 3 : 6));
                        resourceVersion = QString::number(7 + random.bounded(2));
                        e.verdict = verdictOf(w.p.deleted ? Code::Nothing : turned, resourceVersion);
                        if (!w.p.deleted)
                            code = turned;
                    }
                    if (e.type == Type::Resumed) {
                        const auto read = procedureFromJson(toJson(w.p));
                        QVERIFY(read);
                        w.p = *read;
                    }
                }
                const Step before = w.p.step;
                if (e.type == Type::Confirmed && before == Step::Confirm)
                    confirmed = e.text == w.p.name;
                if (e.type == Type::Evidence && before == Step::Evidence)
                    bundle |= e.ok;
                w.feed(e);
                for (const Request &request : std::as_const(w.last)) {
                    if (request.verb == Verb::Delete) {
                        QVERIFY(!request.uid.isEmpty() && !request.resourceVersion.isEmpty());
                        if (request.resource.resource == "upgrades"_L1) {
                            ++deletions;
                            QVERIFY(confirmed);
                            QVERIFY(code == Code::Safe || (code == Code::SafeAfterBundle && bundle));
                            QCOMPARE(request.uid, u"u1"_s);
                            QCOMPARE(request.resourceVersion, resourceVersion);
                            confirmed = false; // one confirmation, one DELETE
                        }
                    }
                    if (request.isWrite() && request.resource.resource != "upgrades"_L1)
                        QVERIFY(w.p.deleted);
                    if (request.verb == Verb::Create && request.resource.resource == "upgrades"_L1 && !request.dryRun) {
                        ++creations;
                        QVERIFY(w.p.deleted);
                    }
                    QVERIFY(!QJsonDocument(request.body).toJson().contains("finalizers"));
                    if (request.verb == Verb::Patch)
                        QVERIFY(request.resource.resource == "managedcharts"_L1
                            && request.body.value("metadata"_L1).toObject().contains("resourceVersion"_L1));
                    if (request.resource.resource == "secrets"_L1)
                        QVERIFY(request.metadataOnly);
                }
            }
        }
        QVERIFY2(deletions > 400, qPrintable(QString::number(deletions)));
        QVERIFY2(creations > 1, qPrintable(QString::number(creations)));
    }
};

QTEST_GUILESS_MAIN(TestProcedure)
#include "tst_procedure.moc"
