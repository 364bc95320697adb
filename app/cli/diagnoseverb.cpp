// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/diagnoseverb.h"

#include "cli/boardprint.h"
#include "cli/choosecontext.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/language.h"
#include "session/bundlefacts.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QThread>

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace cli {

using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using session::Connection;
using Presence = upgrade::Board::Presence;

namespace {

constexpr auto logsPatience = 1500ms;

void print(const Diagnosis &diagnosis, const Arguments &arguments)
{
    const QString language = chooseLanguage(arguments.language);
    for (const QString &line : printProblems(diagnosis))
        err(line);
    if (arguments.json) {
        out(QString::fromUtf8(QJsonDocument(diagnosisJson(diagnosis, language)).toJson().trimmed()));
        return;
    }
    for (const QString &line : printDiagnosis(diagnosis, language, outputWidth()))
        out(line);
}

/// Ends when told to, also while nobody writes.
class StandardInput final : public QIODevice {
public:
    explicit StandardInput(const std::atomic<bool> &stop)
        : m_stop(stop)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 readData(char *bytes, qint64 most) override
    {
        while (!m_stop) {
            pollfd wait{STDIN_FILENO, POLLIN, 0};
            if (::poll(&wait, 1, 100) == 0)
                continue;
            const ssize_t got = ::read(STDIN_FILENO, bytes, size_t(most));
            if (got >= 0 || errno != EINTR)
                return got;
        }
        return 0;
    }
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    const std::atomic<bool> &m_stop;
};

std::expected<Diagnosis, evidence::BundleProblem> diagnoseFile(const QString &path, const std::atomic<bool> &stop)
{
    evidence::BundleOptions options;
    options.stop = &stop;
    StandardInput in(stop);
    const auto bundle
        = path == "-"_L1 ? evidence::Bundle::fromDevice(in, u"-"_s, options) : evidence::Bundle::open(path, options);
    if (!bundle)
        return std::unexpected(bundle.error());
    Diagnosis result;
    result.state = session::stateOf(*bundle);
    result.hasBoard = bundle->hasBoard();
    result.now = bundle->asOf();
    result.objects = bundle->objectCount();
    result.logs = bundle->logs().size();
    result.findings = diagnosis::diagnose(diagnosis::RuleBook::builtIn(), session::factsOf(*bundle, &stop));
    result.bundle = *bundle;
    return result;
}

Exit runFile(const Arguments &arguments)
{
    // In a thread of its own: Ctrl+C must be heard meanwhile, or the private copies would stay behind.
    std::atomic<bool> stop = false;
    std::optional<std::expected<Diagnosis, evidence::BundleProblem>> result;
    const std::unique_ptr<QThread> thread(QThread::create([&] { result = diagnoseFile(arguments.path, stop); }));
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, thread.get(), [&] { stop = true; });
    QObject::connect(thread.get(), &QThread::finished, qApp, [] { QCoreApplication::exit(0); });
    thread->start();
    QCoreApplication::exec();
    thread->wait();
    if (stop)
        return Exit::Interrupted;
    if (!*result) {
        err(plain(result->error().text()));
        return Exit::Failed;
    }
    print(**result, arguments);
    return Exit::Told;
}

} // namespace

Diagnose::Diagnose(const Arguments &arguments, const kube::ClusterConfig &config, QObject *parent)
    : QObject(parent)
    , m_arguments(arguments)
    , m_config(config)
{
    session::SessionOptions options;
    options.execConsent = true; // the call itself is the consent
    options.execTimeout = arguments.execTimeout;
    m_session = std::make_unique<session::Session>(config, options);
    connect(m_session.get(), &session::Session::changed, this, &Diagnose::take);
    m_deadline.setSingleShot(true);
    connect(&m_deadline, &QTimer::timeout, this, &Diagnose::giveUp);
    m_logsDeadline.setSingleShot(true);
    connect(&m_logsDeadline, &QTimer::timeout, this, [this] { look(m_session->state()); });
}

Diagnose::~Diagnose() = default;

void Diagnose::start()
{
    m_deadline.start(m_arguments.timeout);
    m_session->start();
}

void Diagnose::interrupt()
{
    end(Exit::Interrupted);
}

void Diagnose::take(const session::ClusterState &state)
{
    if (m_ended || m_live)
        return;
    const Connection &connection = state.connection;
    if (!connection.activity.isEmpty())
        m_deadline.stop(); // while a login plugin runs its own limit counts, not ours
    else if (!m_deadline.isActive())
        m_deadline.start(m_arguments.timeout);
    switch (connection.state) {
    case Connection::State::NeedsConsent:
    case Connection::State::NeedsLogin:
    case Connection::State::Failed:
    case Connection::State::Offline:
        giveUp();
        return;
    default:
        break;
    }
    if (!state.settled)
        return;
    if (state.board.presence == Presence::Loading)
        giveUp();
    else if (state.logsSettled)
        look(state);
    else if (!m_logsDeadline.isActive())
        m_logsDeadline.start(logsPatience);
}

void Diagnose::look(const session::ClusterState &state)
{
    if (m_ended || m_live)
        return;
    if (state.board.presence == Presence::NotHarvester) {
        for (const QString &line : printBoard(state, session::clusterNow(state), outputWidth()))
            err(line);
        end(Exit::NotHarvester);
        return;
    }
    m_deadline.stop();
    m_state = state;
    session::LiveOptions options;
    options.client.execConsent = true;
    options.client.execTimeout = m_arguments.execTimeout;
    options.patience = m_arguments.timeout;
    m_live = std::make_unique<session::LiveDiagnosis>(m_config, options);
    connect(m_live.get(), &session::LiveDiagnosis::finished, this, &Diagnose::tell);
    m_live->start(m_state);
}

void Diagnose::tell()
{
    if (m_ended)
        return;
    Diagnosis result;
    result.state = m_state;
    result.now = session::clusterNow(m_state);
    result.findings = m_live->findings();
    result.denied = m_state.denied + m_live->denied();
    result.unread = m_live->unread();
    result.objects = m_live->objectsRead();
    result.logs = m_live->logsRead();
    print(result, m_arguments);
    end(Exit::Told);
}

void Diagnose::giveUp()
{
    const session::ClusterState &state = m_session->state();
    if (state.board.presence != Presence::Loading) {
        // Some kind is late: what is known is worth more than nothing.
        look(state);
        return;
    }
    const QStringList trouble = printTrouble(state);
    for (const QString &line : trouble)
        err(line);
    if (trouble.isEmpty())
        err(QCoreApplication::translate("cli", "The cluster of the context \"%1\" did not answer in time.")
                .arg(plain(state.context)));
    end(exitWithoutAnswer(state.connection.error, !state.denied.isEmpty()));
}

void Diagnose::end(Exit code)
{
    if (std::exchange(m_ended, true))
        return;
    m_deadline.stop();
    m_logsDeadline.stop();
    Q_EMIT ended(code);
}

Exit runDiagnose(const Arguments &arguments)
{
    if (!arguments.path.isEmpty())
        return runFile(arguments);
    const auto config = chooseContext(arguments);
    if (!config)
        return config.error();
    Diagnose diagnose(arguments, *config);
    Interrupt interrupt;
    QObject::connect(&interrupt, &Interrupt::interrupted, &diagnose, &Diagnose::interrupt);
    QObject::connect(
        &diagnose, &Diagnose::ended, &diagnose, [](Exit code) { QCoreApplication::exit(int(code)); },
        Qt::QueuedConnection);
    diagnose.start();
    return Exit(QCoreApplication::exec());
}

} // namespace cli
