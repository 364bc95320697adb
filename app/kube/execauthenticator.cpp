// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/execauthenticator.h"

#include "kube/execplugin.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QIODevice>
#include <QThread>

#include <algorithm>

namespace kube {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds longestQuiet = 1h;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

Result<CredentialMaterial> materialOf(const ExecCredential &given, const QString &command)
{
    CredentialMaterial material;
    if (!given.certificate.isEmpty()) {
        Result<CredentialMaterial> identity = readIdentity(given.certificate, given.key.reveal(), command);
        if (!identity)
            return identity;
        material = *std::move(identity);
    }
    if (!given.token.isEmpty())
        material.authorization = bearer(given.token.reveal());
    return material;
}

} // namespace

/// Where all plugins of the process run. It lives as long as somebody has an authenticator.
class ExecAuthenticator::Thread {
public:
    static std::shared_ptr<Thread> get()
    {
        static QMutex mutex;
        static std::weak_ptr<Thread> current;
        const QMutexLocker lock(&mutex);
        std::shared_ptr<Thread> thread = current.lock();
        if (!thread) {
            thread = std::make_shared<Thread>();
            current = thread;
        }
        return thread;
    }
    Thread()
    {
        m_thread.setObjectName(u"exec plugins"_s);
        home.moveToThread(&m_thread);
        m_thread.start();
    }
    ~Thread()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Thread(const Thread &) = delete;
    Thread &operator=(const Thread &) = delete;

    QObject home;

private:
    QThread m_thread;
};

QByteArray ExecAuthenticator::keyOf(const ClusterConfig &config)
{
    const ExecConfig &exec = *config.exec;
    // A hash, since environments hold secrets. What the plugin is told of the cluster is in execInfo().
    QByteArray text;
    QDataStream stream(&text, QIODevice::WriteOnly);
    stream << exec.command << exec.args << exec.env << exec.installHint << exec.provideClusterInfo
           << int(exec.interactive) << exec.terminal << execInfo(config, false);
    const Secret wiped(std::move(text));
    return QCryptographicHash::hash(wiped.reveal(), QCryptographicHash::Sha256);
}

std::shared_ptr<ExecAuthenticator> ExecAuthenticator::of(const ClusterConfig &config, const ExecLimits &limits)
{
    static QMutex mutex;
    static QHash<QByteArray, std::weak_ptr<ExecAuthenticator>> all;
    const QByteArray key = keyOf(config);
    const QMutexLocker lock(&mutex);
    std::shared_ptr<ExecAuthenticator> found = all.value(key).lock();
    if (!found) {
        all.removeIf([](const auto &entry) { return entry.value().expired(); });
        found.reset(new ExecAuthenticator(config, limits));
        all.insert(key, found);
    }
    return found;
}

ExecAuthenticator::ExecAuthenticator(const ClusterConfig &config, const ExecLimits &limits)
    : m_config(config)
    , m_limits(limits)
    , m_thread(Thread::get())
    , m_quiet(limits.quiet)
{
}

ExecAuthenticator::~ExecAuthenticator()
{
    // The plugin calls us from there. Nobody else does any more, so no lock is held here.
    QMetaObject::invokeMethod(&m_thread->home, [this] { m_plugin.reset(); }, Qt::BlockingQueuedConnection);
}

void ExecAuthenticator::add(QObject *object, Listener listener)
{
    const QMutexLocker lock(&m_mutex);
    m_listeners.insert(object, std::move(listener));
}

void ExecAuthenticator::remove(QObject *object)
{
    const QMutexLocker lock(&m_mutex);
    m_listeners.remove(object);
    if (m_waiting.remove(object) && m_waiting.isEmpty())
        endRun();
}

ExecAuthenticator::Answer ExecAuthenticator::ask(QObject *object)
{
    const QMutexLocker lock(&m_mutex);
    if (!m_running) {
        const bool due = m_refreshAt.isValid() && m_refreshAt <= now();
        if (m_valid && !m_stale && !due)
            return {m_current, 0};
        if (m_failure && now() < m_failure->until)
            return {usable() ? Result<Fresh>(m_current) : std::unexpected(m_failure->error), 0};
        start();
    }
    m_waiting.insert(object);
    return {std::nullopt, m_run};
}

void ExecAuthenticator::start()
{
    m_failure.reset();
    m_running = true;
    m_messages.clear();
    ++m_run;
    QMetaObject::invokeMethod(
        &m_thread->home,
        [this, run = m_run] {
            m_plugin = std::make_unique<ExecPlugin>(m_config, m_limits.timeout,
                [this, run](const Result<ExecCredential> &result) { finished(run, result); });
            m_plugin->onMessages([this, run](const QString &text) {
                const QMutexLocker lock(&m_mutex);
                if (run == m_run)
                    m_messages = text;
            });
            m_plugin->start();
        },
        Qt::QueuedConnection);
}

void ExecAuthenticator::endRun()
{
    m_running = false;
    // What is on its way from the plugin comes too late now; the messages stay.
    QMetaObject::invokeMethod(&m_thread->home, [this] { m_plugin.reset(); }, Qt::QueuedConnection);
}

void ExecAuthenticator::finished(quint64 run, const Result<ExecCredential> &result)
{
    m_plugin.reset(); // it touches nothing of itself after calling us
    const Result<CredentialMaterial> material
        = result ? materialOf(*result, m_config.exec->command) : std::unexpected(result.error());
    const QMutexLocker lock(&m_mutex);
    if (run != m_run || !m_running)
        return;
    m_running = false;
    if (material)
        return succeed(*material, result->expiresAt);
    m_failure = Failure{material.error(), now().addMSecs(m_limits.pause.count())};
    answerAll(usable() ? Result<Fresh>(m_current) : std::unexpected(material.error()));
}

bool ExecAuthenticator::usable() const
{
    return m_valid && !m_stale && (!m_current.expiresAt.isValid() || now() < m_current.expiresAt);
}

QDateTime ExecAuthenticator::refreshTime(const QDateTime &expiresAt) const
{
    if (!expiresAt.isValid())
        return {};
    // 60 s before the end, as kube-rs does; less for tokens that live minutes. One that is expired on arrival (a clock
    // that is wrong) is used, but not fetched anew for each request.
    const qint64 life = qMax<qint64>(0, m_obtained.msecsTo(expiresAt));
    return qMax(expiresAt.addMSecs(-qMin<qint64>(60000, life / 4)), m_obtained.addMSecs(m_limits.least.count()));
}

void ExecAuthenticator::succeed(const CredentialMaterial &material, const QDateTime &expiresAt)
{
    if (m_stale) {
        // Held long: an ordinary end of a session. Refused soon: ask ever more rarely.
        const qint64 held = m_obtained.msecsTo(now());
        m_quiet = m_afterRefusal && held < 4 * m_quiet.count() ? std::min(m_quiet * 2, longestQuiet) : m_limits.quiet;
    }
    m_afterRefusal = std::exchange(m_stale, false);
    m_current = {m_current.serial + 1, material, expiresAt};
    m_valid = true;
    m_obtained = now();
    m_refreshAt = refreshTime(expiresAt);
    m_failure.reset();
    // Under the lock nobody can leave, so each object is there to be posted to.
    for (auto it = m_listeners.cbegin(); it != m_listeners.cend(); ++it)
        QMetaObject::invokeMethod(
            it.key(), [tell = it->fresh, fresh = m_current] { tell(fresh); }, Qt::QueuedConnection);
    answerAll(m_current);
}

void ExecAuthenticator::answerAll(const Result<Fresh> &result)
{
    for (QObject *object : std::exchange(m_waiting, {}))
        QMetaObject::invokeMethod(
            object, [tell = m_listeners.value(object).answered, run = m_run, result] { tell(run, result); },
            Qt::QueuedConnection);
}

bool ExecAuthenticator::rejected(quint64 serial)
{
    const QMutexLocker lock(&m_mutex);
    if (!m_valid || serial != m_current.serial || m_running || m_stale)
        return true;
    if (m_afterRefusal && m_obtained.msecsTo(now()) < m_quiet.count())
        return false;
    m_stale = true;
    return true;
}

void ExecAuthenticator::reset()
{
    const QMutexLocker lock(&m_mutex);
    m_valid = false;
    m_stale = false;
    m_afterRefusal = false;
    m_quiet = m_limits.quiet;
    m_refreshAt = {};
    m_failure.reset();
}

void ExecAuthenticator::forgetFailure()
{
    const QMutexLocker lock(&m_mutex);
    m_failure.reset();
}

void ExecAuthenticator::giveUp(QObject *object, const Error &error)
{
    const QMutexLocker lock(&m_mutex);
    if (!m_waiting.remove(object) || !m_waiting.isEmpty())
        return;
    endRun();
    m_failure = Failure{error, now().addMSecs(m_limits.pause.count())};
}

QString ExecAuthenticator::messages() const
{
    const QMutexLocker lock(&m_mutex);
    return m_messages;
}

} // namespace kube
