// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/restartrun.h"

#include "evidence/snapshotjson.h"
#include "session/clusterlook.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QThread>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace session {

using restart::Step;
using Busy = RestartState::Busy;

namespace {

const QString harvesterNs = u"harvester-system"_s;

kube::ResourceRef harvester(const QString &resource, const QString &kind)
{
    return {u"harvesterhci.io"_s, u"v1beta1"_s, resource, kind};
}

/// The state on disk: the procedure, and where it is about.
QJsonObject stored(const RestartState &state)
{
    return {{u"schema"_s, u"gleaner.action/v1"_s}, {u"action"_s, u"restart"_s}, {u"context"_s, state.context},
        {u"server"_s, state.server}, {u"procedure"_s, restart::toJson(state.procedure)}};
}

} // namespace

RestartRun::RestartRun(kube::Client *client, RestartOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_client(client)
{
    if (m_options.actionsRoot.isEmpty())
        m_options.actionsRoot = evidence::defaultActionsRoot();
    m_tick.setInterval(m_options.tick);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        if (m_state.begun && !m_state.procedure.isOver())
            feed(event(Event::Type::Tick));
    });
    setClient(client);
}

RestartRun::~RestartRun() = default;

void RestartRun::setClient(kube::Client *client)
{
    m_client = client;
    if (client) {
        m_state.context = client->config().contextName;
        m_state.server = client->config().server.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery);
    }
    if (m_wire)
        m_wire->setClient(client);
}

QDateTime RestartRun::now() const
{
    return m_options.clock ? m_options.clock() : QDateTime::currentDateTimeUtc();
}

RestartRun::Event RestartRun::event(Event::Type type) const
{
    Event made;
    made.type = type;
    made.at = now();
    return made;
}

/// Coalesced: a step may change several things.
void RestartRun::tell()
{
    m_state.requests = m_wire ? m_wire->requests() : 0;
    if (std::exchange(m_telling, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_telling = false;
            Q_EMIT changed();
        },
        Qt::QueuedConnection);
}

void RestartRun::setBusy(Busy busy)
{
    m_state.busy = busy;
    tell();
}

void RestartRun::fail(const QString &words)
{
    m_state.trouble = words;
    setBusy(Busy::No);
}

void RestartRun::open(const QString &root, const QString &name)
{
    m_wire.reset();
    auto folder = evidence::ActionFolder::open(root, name, *m_options.disk);
    // One of this window that was just left is about to let go of it. This thread has nothing else to do.
    const QString own = u", %1"_s.arg(QCoreApplication::applicationPid());
    for (int tries = 0; tries < 20 && !folder && folder.error().code == 0 && folder.error().message.endsWith(own);
        ++tries) {
        QThread::msleep(100);
        folder = evidence::ActionFolder::open(root, name, *m_options.disk);
    }
    if (!folder) {
        fail(folder.error().code == 0 && !folder.error().message.isEmpty()
                ? u"%1: another Gleaner acts here (%2)"_s.arg(folder.error().path, folder.error().message)
                : u"%1: %2"_s.arg(folder.error().path, folder.error().message));
        return;
    }
    m_state.folder = (*folder)->path();
    m_wire = std::make_unique<ActionWire>(m_client, std::move(*folder));
    m_state.trouble.clear();
}

void RestartRun::begin(const upgrade::ObjectRef &upgrade)
{
    if (m_state.begun || m_state.busy != Busy::No)
        return;
    m_wanted = upgrade;
    if (!m_wire)
        open(m_options.actionsRoot, u"restart-"_s + upgrade.uid);
    if (!m_wire)
        return;
    m_state.trouble.clear();
    if (!m_wire->note(u"begin"_s, {{u"upgrade"_s, upgrade.name}, {u"uid"_s, upgrade.uid}})) {
        fail(u"%1: cannot be written"_s.arg(m_state.folder));
        return;
    }
    setBusy(Busy::Looking);
    m_wire->discover([this, upgrade](const std::optional<kube::Error> &error) {
        if (error)
            return fail(error->message);
        look([this, upgrade] { fetch(upgrade); });
    });
}

/// The whole objects: what has to be remembered is not in a slimmed copy.
void RestartRun::fetch(const upgrade::ObjectRef &upgrade)
{
    using Verb = restart::Request::Verb;
    const auto got = [this, upgrade](const QJsonObject &whole, const QJsonObject &version) {
        // Another one of that name is none that anybody has looked at: begin() closes as for one that was replaced.
        restart::Verdict asked = m_state.verdict;
        if (whole.value("metadata"_L1).toObject().value("uid"_L1).toString() != upgrade.uid)
            asked.upgrade.uid = upgrade.uid;
        m_state.procedure = restart::begin(asked, whole, version, now());
        m_state.begun = true;
        if (!save()) {
            m_state.begun = false;
            return setBusy(Busy::No);
        }
        m_tick.start();
        askAccess([this] { setBusy(Busy::No); });
    };
    m_wire->send({{}, Verb::Get, harvester(u"upgrades"_s, u"Upgrade"_s), harvesterNs, upgrade.name},
        [this, got](const ActionWire::Answer &answer) {
            if (!answer.ok)
                return fail(answer.text);
            const QString version = answer.json.value("spec"_L1).toObject().value("version"_L1).toString();
            if (version.isEmpty())
                return got(answer.json, {});
            m_wire->send({{}, Verb::Get, harvester(u"versions"_s, u"Version"_s), harvesterNs, version},
                [this, got, whole = answer.json](const ActionWire::Answer &found) {
                    if (!found.ok && found.status != 404)
                        return fail(found.text);
                    got(whole, found.ok ? found.json : QJsonObject());
                });
        });
}

void RestartRun::resume(const QString &folder)
{
    if (m_state.begun || m_state.busy != Busy::No)
        return;
    const QFileInfo info(folder);
    open(info.path(), info.fileName());
    if (!m_wire)
        return;
    const auto state = evidence::ActionFolder::state(folder);
    const auto found = state ? restart::procedureFromJson(state->value("procedure"_L1).toObject()) : std::nullopt;
    if (!found)
        return fail(state ? u"%1: state.json cannot be understood"_s.arg(folder)
                          : u"%1: %2"_s.arg(state.error().path, state.error().message));
    m_state.procedure = *found;
    m_state.begun = m_state.resumed = true;
    m_wanted = {upgrade::Kind::Upgrade, harvesterNs, found->name, found->uid};
    m_wire->note(u"resumed"_s, {{u"step"_s, restart::stepWord(found->step)}});
    setBusy(Busy::Looking);
    m_wire->discover([this](const std::optional<kube::Error> &error) {
        if (error) {
            m_state.begun = m_state.resumed = false;
            return fail(error->message);
        }
        m_tick.start();
        askAccess([this] {
            setBusy(Busy::No);
            feed(event(Event::Type::Resumed));
        });
    });
}

void RestartRun::look(std::function<void()> then)
{
    new ClusterLook(
        *m_wire,
        [this, then = std::move(then)](kube::Result<upgrade::Snapshot> found) {
            if (!found)
                return fail(found.error().message);
            m_snapshot = *std::move(found);
            m_state.verdict = restart::judge(m_snapshot, now());
            then();
        },
        m_wire.get());
}

void RestartRun::askAccess(std::function<void()> then)
{
    m_wire->whoAmI([this, then = std::move(then)](const kube::Result<kube::UserInfo> &user) {
        if (user) {
            m_state.user = user->name;
            m_state.groups = user->groups;
            m_wire->setUser(user->name);
        }
        m_state.access.clear();
        const auto open = std::make_shared<qsizetype>(0);
        const auto questions = restart::accessNeeded(m_state.procedure);
        *open = questions.size();
        for (const kube::AccessQuestion &question : questions)
            m_state.access.append({question, AccessRow::State::Unknown, {}});
        for (qsizetype at = 0; at < questions.size(); ++at) {
            m_wire->mayI(questions.at(at), [this, at, open, then](const kube::Result<kube::AccessAnswer> &answer) {
                AccessRow &row = m_state.access[at];
                row.words = answer ? answer->reason : answer.error().message;
                if (answer)
                    row.state = answer->allowed ? AccessRow::State::Allowed : AccessRow::State::Denied;
                if (--*open == 0)
                    then();
            });
        }
    });
}

bool RestartRun::save()
{
    const auto saved = m_wire->folder().save(stored(m_state));
    if (!saved)
        m_state.trouble = u"%1: %2"_s.arg(saved.error().path, saved.error().message);
    return saved.has_value();
}

void RestartRun::feed(const Event &event)
{
    const restart::Procedure before = m_state.procedure;
    const restart::Advance advance = restart::step(before, event);
    const QJsonObject was = restart::toJson(before), is = restart::toJson(advance.next);
    m_state.procedure = advance.next;
    const bool moved = before.step != advance.next.step || before.problem != advance.next.problem;
    if (moved || before.verdict != advance.next.verdict) {
        m_wire->note(u"step"_s,
            {{u"step"_s, restart::stepWord(advance.next.step)}, {u"verdict"_s, restart::codeWord(advance.next.verdict)},
                {u"problem"_s, advance.next.problem.code},
                {u"args"_s, QJsonArray::fromStringList(advance.next.problem.args)}});
    }
    // State first: whatever is sent, a later start knows that it may have been.
    const bool kept = was == is || save();
    for (const restart::Request &request : advance.requests) {
        ++m_awaited;
        if (kept) {
            send(request);
        } else {
            QMetaObject::invokeMethod(
                this, [this, request, words = m_state.trouble] { answered(request, {false, 0, words, {}}); },
                Qt::QueuedConnection);
        }
    }
    if (kept && moved)
        m_state.trouble.clear();
    if (m_state.procedure.isOver())
        m_tick.stop();
    if (was != is || !advance.requests.isEmpty())
        tell();
}

void RestartRun::send(const restart::Request &request)
{
    m_wire->send(request, [this, request](const ActionWire::Answer &answer) { answered(request, answer); });
}

void RestartRun::answered(const restart::Request &request, const ActionWire::Answer &answer)
{
    Event told = event(Event::Type::Answer);
    told.id = request.id;
    told.ok = answer.ok;
    told.status = answer.status;
    told.text = answer.text;
    told.json = answer.json;
    const bool last = m_state.procedure.step == Step::Provisioned && answer.ok
        && request.resource.resource == "upgrades"_L1 && m_state.procedure.pending.contains(request.id);
    if (!last) {
        --m_awaited;
        return feed(told);
    }
    // The next thing would be the DELETE: judge what is there now, from the server itself.
    m_holding = true;
    new ClusterLook(
        *m_wire,
        [this, told](kube::Result<upgrade::Snapshot> found) mutable {
            m_holding = false;
            --m_awaited;
            if (!found) {
                told.ok = false;
                told.status = found.error().httpStatus;
                told.text = found.error().message;
                return feed(told);
            }
            m_snapshot = *std::move(found);
            judged(restart::judge(m_snapshot, now()));
            told.at = now();
            feed(told); // not waited for any more when the verdict closed the door
        },
        m_wire.get());
}

void RestartRun::judged(const restart::Verdict &verdict)
{
    // A fresh reading is under way: the watched copy may be older than that.
    if (!m_state.begun || m_state.busy == Busy::Looking || m_holding)
        return;
    m_state.verdict = verdict;
    Event told = event(Event::Type::Judged);
    told.verdict = verdict;
    feed(told);
    tell();
}

} // namespace session
