// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/checkrunner.h"

#include "restart/intent.h"

#include <algorithm>

namespace session {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using restart::Need;
using Answer = restart::ServerAnswer::Kind;

namespace {

constexpr auto sayAfter = 50ms;

const kube::ResourceRef upgrades{u"harvesterhci.io"_s, u"v1beta1"_s, u"upgrades"_s, u"Upgrade"_s, true};

const Need *needOf(const QString &key)
{
    const auto found = std::ranges::find(restart::needs(), key, &Need::key);
    return found == restart::needs().end() ? nullptr : &*found;
}

} // namespace

QString whyNot(const kube::Error &error)
{
    QString text = error.message.simplified();
    if (text.isEmpty())
        text = kube::errorWord(error.kind);
    return text;
}

CheckRunner::CheckRunner(kube::Client &client, std::function<QDateTime()> now, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_now(std::move(now))
    , m_say(this)
{
    m_say.setSingleShot(true);
    m_say.setInterval(sayAfter);
    connect(&m_say, &QTimer::timeout, this, &CheckRunner::changed);
}

CheckRunner::~CheckRunner() = default;

void CheckRunner::start(const CheckWish &wish)
{
    if (m_state.running) {
        // Two single checks wished one after the other are one wish.
        if (m_next && !m_next->ids.isEmpty() && !wish.ids.isEmpty())
            m_next->ids += wish.ids;
        else if (!m_next || wish.ids.isEmpty())
            m_next = wish;
        return;
    }
    m_wish = wish;
    if (!m_state.everRun || !wish.target.isEmpty())
        m_wish.ids.clear(); // there is no intent yet that single checks could be made for
    m_scope = new QObject(this);
    m_materials.clear();
    m_asked.clear();
    m_fromNodes.clear();
    m_nodesLeft.clear();
    m_checks.clear();
    m_serverAsked = false;
    m_open = 0;
    m_state.running = m_state.everRun = true;
    m_state.fetched = m_state.toFetch = 0;
    m_state.finished = {};
    m_state.pending.clear();
    if (m_wish.ids.isEmpty()) {
        m_state.results.clear();
        m_state.ids.clear();
        m_state.server = {};
        m_state.pending.insert(serverCheck);
        fetch(restart::intentNeeds());
    } else {
        m_state.intent.now = m_now();
        for (const restart::Check &check : restart::checksFor(m_state.intent)) {
            if (m_wish.ids.contains(check.id))
                m_checks.append(check);
        }
        for (const restart::Check &check : std::as_const(m_checks))
            m_state.pending.insert(check.id);
        if (m_wish.ids.contains(serverCheck))
            m_state.pending.insert(serverCheck);
        else
            m_serverAsked = true;
        fetch(restart::needsOf(m_checks));
        askServer();
        makeReady();
    }
    say();
}

void CheckRunner::cancel()
{
    if (!m_state.running)
        return;
    m_queue.clear();
    m_next.reset();
    // Nobody deletes what may be on the stack.
    m_scope->deleteLater();
    m_scope = nullptr;
    for (const restart::Check &check : std::as_const(m_checks)) {
        if (m_state.pending.contains(check.id) && !m_state.result(check.id))
            m_state.results.append({check.id, restart::Outcome::CouldNotCheck, check.severity, {}, u"cancelled"_s});
    }
    m_state.pending.clear();
    m_state.running = false;
    m_open = 0;
    say();
    Q_EMIT finished();
}

/// Asks for what has not been asked for yet. Kinds of the nodes wait for the list of nodes.
void CheckRunner::fetch(const QStringList &keys)
{
    for (const QString &key : keys) {
        const Need *need = needOf(key);
        if (!need || m_asked.contains(key))
            continue;
        const bool ofNodes = need->how == Need::How::NodeStats || need->how == Need::How::NodeConfig;
        if (ofNodes)
            fetch({u"nodes"_s});
        m_asked.insert(key);
        switch (need->how) {
        case Need::How::List:
            list(*need);
            break;
        case Need::How::NodeStats:
        case Need::How::NodeConfig:
            if (m_materials.contains(u"nodes"_s))
                askNodes(*need);
            break;
        case Need::How::ServingCertificate:
            seeCertificate(*need);
            break;
        }
    }
    fetchNext();
}

void CheckRunner::begin(const std::function<void()> &request)
{
    ++m_state.toFetch;
    m_queue.push_back(request);
}

void CheckRunner::fetchNext()
{
    while (m_open < atOnce && !m_queue.empty()) {
        const auto request = m_queue.front();
        m_queue.pop_front();
        ++m_open;
        request();
    }
}

/// One request has been answered and its answer taken.
void CheckRunner::ended()
{
    --m_open;
    ++m_state.fetched;
    fetchNext();
    say();
    endIfDone();
}

void CheckRunner::have(const QString &key, std::expected<Objects, QString> objects)
{
    m_materials.insert(key, std::move(objects));
    if (key == "nodes"_L1) {
        for (const QString &other : std::as_const(m_asked)) {
            const Need *need = needOf(other);
            if (need->how == Need::How::NodeStats || need->how == Need::How::NodeConfig)
                askNodes(*need);
        }
    }
    if (m_state.ids.isEmpty() && std::ranges::all_of(restart::intentNeeds(), [this](const QString &needed) {
            return m_materials.contains(needed);
        }))
        knowIntent();
    makeReady();
}

void CheckRunner::knowIntent()
{
    m_state.intent = restart::intentFor(m_materials, m_wish.target, m_now());
    m_checks = restart::checksFor(m_state.intent);
    for (const restart::Check &check : std::as_const(m_checks)) {
        m_state.ids.append(check.id);
        m_state.pending.insert(check.id);
    }
    askServer();
    fetch(restart::needsOf(m_checks));
}

/// Makes every check whose objects are there.
void CheckRunner::makeReady()
{
    for (const restart::Check &check : std::as_const(m_checks)) {
        if (!m_state.pending.contains(check.id)
            || !std::ranges::all_of(check.needs, [this](const QString &key) { return m_materials.contains(key); }))
            continue;
        const restart::CheckResult made = restart::run(check, m_materials, m_state.intent);
        m_state.pending.remove(check.id);
        const auto place = [this](const restart::CheckResult &result) { return m_state.ids.indexOf(result.id); };
        m_state.results.removeIf([&](const restart::CheckResult &old) { return old.id == check.id; });
        const auto at = std::ranges::upper_bound(m_state.results, place(made), {}, place);
        m_state.results.insert(at, made);
    }
    endIfDone();
}

void CheckRunner::askServer()
{
    if (std::exchange(m_serverAsked, true))
        return;
    const QJsonObject spec = m_state.intent.upgrade.value("spec"_L1).toObject();
    if (spec.value("version"_L1).toString().isEmpty() && spec.value("image"_L1).toString().isEmpty()) {
        answered(Answer::NotAsked, u"no version to upgrade to"_s);
        return;
    }
    begin([this] {
        kube::AccessQuestion question{u"create"_s, upgrades.group, upgrades.resource, {}, u"harvester-system"_s, {}};
        m_client.mayI(question, m_scope, [this](const kube::Result<kube::AccessAnswer> &may) {
            if (may && may->allowed) {
                dryRun();
                return;
            }
            may ? answered(Answer::NotAllowed, may->reason) : answered(Answer::Failed, whyNot(may.error()));
            ended();
        });
    });
}

void CheckRunner::dryRun()
{
    kube::WriteOptions options;
    options.dryRun = true;
    m_client.create(upgrades, u"harvester-system"_s, m_state.intent.upgrade, options, m_scope,
        [this](const kube::Result<kube::ObjectPtr> &answer) {
            if (answer) {
                answered(Answer::Accepted);
            } else if (answer.error().kind == kube::ErrorKind::Forbidden
                && !answer.error().message.contains("admission webhook"_L1)) {
                answered(Answer::NotAllowed, whyNot(answer.error()));
            } else {
                // A webhook may say no with any code; without an HTTP answer nobody said anything.
                const bool said = answer.error().httpStatus >= 400
                    && (answer.error().httpStatus < 500 || answer.error().message.contains("denied the request"_L1));
                answered(said ? Answer::Refused : Answer::Failed, whyNot(answer.error()));
            }
            ended();
        });
}

void CheckRunner::answered(Answer kind, const QString &text)
{
    m_state.server = {kind, text};
    m_state.pending.remove(serverCheck);
    say();
}

void CheckRunner::endIfDone()
{
    if (!m_state.running || m_open > 0 || !m_queue.empty() || !m_state.pending.isEmpty())
        return;
    m_state.running = false;
    m_state.finished = QDateTime::currentDateTimeUtc();
    m_scope->deleteLater();
    m_scope = nullptr;
    m_materials.clear(); // may hold what nobody should see for longer than needed
    say();
    if (const auto next = std::exchange(m_next, std::nullopt))
        start(*next);
    else
        Q_EMIT finished();
}

void CheckRunner::say()
{
    if (!m_say.isActive())
        m_say.start();
}

} // namespace session
