// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/pauserun.h"

#include "restart/pausemap.h"

using namespace Qt::StringLiterals;

namespace session {

using Stage = PauseState::Stage;
using Verb = restart::Request::Verb;

namespace {

const QString ns = u"harvester-system"_s;
const kube::ResourceRef upgrades{u"harvesterhci.io"_s, u"v1beta1"_s, u"upgrades"_s, u"Upgrade"_s};

} // namespace

PauseRun::PauseRun(kube::Client *client, const upgrade::ObjectRef &upgrade, const QString &node, bool pause,
    PauseOptions options, QObject *parent)
    : QObject(parent)
    , m_options(std::move(options))
    , m_client(client)
{
    m_state.upgrade = upgrade;
    m_state.node = node;
    m_state.pause = pause;
    if (m_options.actionsRoot.isEmpty())
        m_options.actionsRoot = evidence::defaultActionsRoot();
    m_poll.setInterval(m_options.poll);
    connect(&m_poll, &QTimer::timeout, this, &PauseRun::verify);
}

void PauseRun::setClient(kube::Client *client)
{
    m_client = client;
    if (m_wire)
        m_wire->setClient(client);
}

void PauseRun::set(Stage stage)
{
    m_state.stage = stage;
    if (m_wire) {
        m_wire->note(u"pause"_s,
            {{u"node"_s, m_state.node}, {u"pause"_s, m_state.pause}, {u"stage"_s, int(stage)},
                {u"problem"_s, m_state.problem.code}, {u"result"_s, m_state.problem.args.join(u' ')}});
    }
    Q_EMIT changed();
}

void PauseRun::fail(const char *code, const QString &words)
{
    m_poll.stop();
    m_state.problem = {QString::fromLatin1(code), {words}};
    set(Stage::Failed);
}

void PauseRun::start()
{
    if (m_wire)
        return;
    auto folder = evidence::ActionFolder::open(m_options.actionsRoot, u"pause-"_s + m_state.upgrade.uid);
    if (!folder)
        return fail("no-answer", folder.error().path + u": "_s + folder.error().message);
    m_state.folder = (*folder)->path();
    m_wire = std::make_unique<ActionWire>(m_client, std::move(*folder));
    if (m_client)
        m_state.context = m_client->config().contextName;
    m_wire->whoAmI([this](const kube::Result<kube::UserInfo> &user) {
        if (user) {
            m_state.user = user->name;
            m_wire->setUser(user->name);
        }
        m_wire->mayI({u"patch"_s, upgrades.group, upgrades.resource, {}, ns, m_state.upgrade.name},
            [this](const kube::Result<kube::AccessAnswer> &answer) {
                if (!answer)
                    return fail("no-answer", answer.error().message);
                if (!answer->allowed)
                    return fail("access", answer->reason);
                read([this](const QJsonObject &upgrade) { patch(upgrade, true); });
            });
    });
}

void PauseRun::read(std::function<void(const QJsonObject &)> then)
{
    m_wire->send({{}, Verb::Get, upgrades, ns, m_state.upgrade.name},
        [this, then = std::move(then)](const ActionWire::Answer &answer) {
            if (!answer.ok)
                return fail("no-answer", answer.text);
            if (answer.json.value("metadata"_L1).toObject().value("uid"_L1).toString() != m_state.upgrade.uid)
                return fail("replaced", m_state.upgrade.name);
            m_state.state = restart::nodeStateOf(answer.json, m_state.node);
            then(answer.json);
        });
}

void PauseRun::patch(const QJsonObject &upgrade, bool dryRun)
{
    const auto body = restart::pausePatch(upgrade, m_state.node, m_state.pause);
    if (!body) {
        m_state.problem = body.error();
        return set(Stage::Failed);
    }
    restart::Request request{{}, Verb::Patch, upgrades, ns, m_state.upgrade.name};
    request.body = *body;
    request.dryRun = dryRun;
    m_wire->send(request, [this, dryRun](const ActionWire::Answer &answer) {
        if (dryRun)
            return answer.ok ? set(Stage::Ready) : fail("refused", answer.text);
        // No answer: it may have been done; what is there tells.
        if (!answer.ok && answer.status >= 400 && answer.status < 500)
            return fail("refused", answer.text);
        m_sent = QDateTime::currentDateTimeUtc();
        set(Stage::Verifying);
        m_poll.start();
        verify();
    });
}

void PauseRun::confirm(const QString &typed)
{
    if (m_state.stage != Stage::Ready || typed != m_state.node)
        return;
    m_wire->note(u"person"_s, {{u"did"_s, m_state.pause ? u"paused"_s : u"resumed"_s}, {u"node"_s, typed}});
    set(Stage::Sending);
    read([this](const QJsonObject &upgrade) { patch(upgrade, false); });
}

void PauseRun::verify()
{
    m_wire->send({{}, Verb::Get, upgrades, ns, m_state.upgrade.name}, [this](const ActionWire::Answer &answer) {
        if (m_state.stage != Stage::Verifying)
            return;
        const bool late = m_sent.msecsTo(QDateTime::currentDateTimeUtc()) > m_options.limit.count();
        if (!answer.ok) {
            if (late)
                fail("no-answer", answer.text);
            return;
        }
        m_state.state = restart::nodeStateOf(answer.json, m_state.node);
        const bool wanted = !restart::pausePatch(answer.json, m_state.node, m_state.pause).has_value();
        if (wanted) { // there is nothing left to change
            m_poll.stop();
            return set(Stage::Done);
        }
        if (late)
            fail("no-effect", m_state.state);
    });
}

} // namespace session
