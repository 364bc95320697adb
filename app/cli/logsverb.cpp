// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/logsverb.h"

#include "cli/boardprint.h"
#include "cli/choosecontext.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/loghistory.h"
#include "evidence/retention.h"

#include <QCoreApplication>

namespace cli {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using session::Connection;
using Presence = upgrade::Board::Presence;
using Role = evidence::Store::Role;

namespace {

constexpr auto lookEvery = 200ms;

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// Whatever the cluster says now, what was kept is there.
void hintAtHistory()
{
    if (!evidence::keptUpgrades(evidence::defaultRoot()).isEmpty())
        err(tr("Logs of upgrades that were seen before: gleaner logs --history"));
}

QStringList nodeNames(const upgrade::Board &board)
{
    QStringList names;
    for (const upgrade::NodeRow &node : board.nodes)
        names.append(node.name);
    return names;
}

QStringList jobNames(const session::ClusterState &state)
{
    QStringList names;
    if (state.evidence.logs) {
        for (const evidence::JobLogs &job : state.evidence.logs->jobs)
            names.append(job.job.job.ns + u'/' + job.job.job.name);
    }
    return names;
}

} // namespace

Logs::Logs(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
{
    session::SessionOptions options;
    options.execConsent = true; // the call itself is the consent
    options.execTimeout = arguments.execTimeout;
    options.keepEvidence = true;
    m_session = std::make_unique<session::Session>(config, options);
    connect(m_session.get(), &session::Session::changed, this, &Logs::take);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Logs::giveUp);
    m_look.setInterval(lookEvery);
    connect(&m_look, &QTimer::timeout, this, &Logs::look);
}

Logs::~Logs() = default;

void Logs::start()
{
    m_deadline.start(m_arguments.timeout);
    m_session->start();
}

void Logs::interrupt()
{
    // Who follows ends it so; anything else is not whole.
    end(m_output && m_arguments.follow ? m_worst : Exit::Interrupted);
}

bool Logs::connected(const session::ClusterState &state)
{
    const Connection &connection = state.connection;
    if (!connection.activity.isEmpty())
        m_deadline.stop(); // while a login plugin runs its own limit counts, not ours
    else if (!m_deadline.isActive())
        m_deadline.start(m_arguments.timeout);
    switch (connection.state) {
    case Connection::State::NeedsConsent:
    case Connection::State::NeedsLogin:
    case Connection::State::Failed:
        giveUp();
        return false;
    case Connection::State::Offline:
        // Once something is there the deadline decides: a cluster may just be rebooting.
        if (!state.settled || !connection.error || !connection.error->isTransient())
            giveUp();
        return false;
    default:
        break;
    }
    if (!state.settled)
        return false;
    switch (state.board.presence) {
    case Presence::Loading:
        giveUp();
        return false;
    case Presence::NotHarvester:
        err(tr("The cluster of the context \"%1\" is not a Harvester cluster.").arg(plain(state.context)));
        end(Exit::NotHarvester);
        return false;
    case Presence::NoUpgrade:
        err(tr("There is no upgrade in the cluster of the context \"%1\".").arg(plain(state.context)));
        hintAtHistory();
        end(Exit::NotFound);
        return false;
    case Presence::Upgrade:
        break;
    }
    return true;
}

void Logs::take(const session::ClusterState &state)
{
    if (m_ended)
        return;
    if (m_output) {
        more(state);
        return;
    }
    if (!connected(state) || m_ended)
        return;
    if (state.evidence.role == Role::Failed) {
        const auto &error = state.evidence.error;
        err(tr("Logs cannot be kept: %1").arg(error ? plain(error->path + u": "_s + error->message) : QString()));
        end(Exit::Failed);
        return;
    }
    if (!state.evidence.logs || (state.evidence.role != Role::Writer && state.evidence.role != Role::Reader))
        return;
    const QList<LogSource> sources = liveSources(state);
    if (const QString missing = notThere(sources, nodeNames(state.board), jobNames(state), m_arguments);
        !missing.isEmpty()) {
        err(missing);
        end(Exit::NotFound);
        return;
    }
    if (!std::exchange(m_asked, true)) {
        if (state.evidence.role == Role::Reader)
            err(tr("Another process keeps these logs (%1); printing what it has.").arg(plain(state.evidence.writer)));
        QList<session::LogTarget> first;
        for (const LogSource &source : chosen(sources, m_arguments)) {
            if (source.live)
                first.append({source.key.ns, source.key.pod, source.key.podUid, source.key.container});
        }
        m_session->keepFirst(first);
        m_look.start();
    }
    look();
}

/// Whether everything written up to now is kept: then lines of all sources can be merged by time.
void Logs::look()
{
    if (m_ended || m_output)
        return;
    const session::ClusterState &state = m_session->state();
    if (m_settling.look(chosen(liveSources(state), m_arguments), state))
        print();
    else if (m_settling.moved())
        m_deadline.start(m_arguments.timeout);
}

void Logs::print()
{
    m_look.stop();
    m_deadline.stop();
    const session::ClusterState &state = m_session->state();
    m_output = std::make_unique<LogOutput>(m_arguments, session::clusterNow(state));
    connect(m_output.get(), &LogOutput::ended, this, [this](Exit code) { end(code == Exit::Told ? m_worst : code); });
    more(state);
    m_output->start();
}

/// While it is printed: new logs, and what went wrong.
void Logs::more(const session::ClusterState &state)
{
    const QList<LogSource> wanted = chosen(liveSources(state), m_arguments);
    const bool first = m_output->isEmpty();
    if (first || m_arguments.follow)
        m_output->add(wanted);
    for (const LogComplaint &complaint : m_settling.complaints(wanted, state, true)) {
        err(complaint.text);
        if (m_worst == Exit::Told)
            m_worst = complaint.code;
    }
    if (m_arguments.follow)
        tellConnection(state);
}

void Logs::tellConnection(const session::ClusterState &state)
{
    if (const auto event = m_connectionLog.take(state.connection, QDateTime::currentDateTimeUtc()))
        err(session::clusterNow(state).toUTC().toString(u"hh:mm:ss'Z'"_s) + u"  "_s + eventText(*event));
}

void Logs::giveUp()
{
    if (m_ended || m_output)
        return;
    const session::ClusterState &state = m_session->state();
    if (m_asked) {
        print();
        return;
    }
    const QStringList trouble = printTrouble(state);
    for (const QString &line : trouble)
        err(line);
    if (trouble.isEmpty() && state.settled && state.board.presence == Presence::Upgrade)
        err(tr("The place where logs are kept could not be opened in time."));
    else if (trouble.isEmpty())
        err(tr("The cluster of the context \"%1\" did not answer in time.").arg(plain(state.context)));
    hintAtHistory();
    end(exitWithoutAnswer(state.connection.error, !state.denied.isEmpty()));
}

void Logs::end(Exit code)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    m_look.stop();
    Q_EMIT ended(code);
}

Exit runLogs(const Arguments &arguments)
{
    surviveGoneReader();
    if (arguments.history)
        return runLogHistory(arguments);
    const auto config = chooseContext(arguments);
    if (!config)
        return config.error();
    Logs logs(arguments, *config);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, &logs, &Logs::interrupt);
    QObject::connect(
        &logs, &Logs::ended, &logs, [](Exit code) { QCoreApplication::exit(int(code)); }, Qt::QueuedConnection);
    logs.start();
    return Exit(QCoreApplication::exec());
}

} // namespace cli
