// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/credentials.h"

#include "kube/credentialsown.h"
#include "kube/execplugin.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

#include <algorithm>

namespace kube {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

using Done = std::function<void(Result<Credential>)>;

constexpr std::chrono::milliseconds longestQuiet = 1h;

QDateTime now()
{
    return QDateTime::currentDateTimeUtc();
}

void deliver(QObject *context, const Done &done, const Result<Credential> &result)
{
    QMetaObject::invokeMethod(context, [done, result] { done(result); }, Qt::QueuedConnection);
}

} // namespace

struct CredentialProvider::Private {
    struct Waiter {
        QPointer<QObject> context;
        Done done;
    };
    struct Failure {
        Error error;
        QDateTime until;
    };

    Private(CredentialProvider *provider, const ClusterConfig &clusterConfig, const Options &opts)
        : q(provider)
        , config(clusterConfig)
        , options(opts)
        , usesExec(clusterConfig.exec && !hasOwnCredentials(clusterConfig))
        , usesFiles(usesCredentialFiles(clusterConfig))
        , quiet(opts.execQuiet)
        , filePoll(provider)
    {
    }

    [[nodiscard]] Result<Credential> own();
    bool readFiles();
    void take(const CredentialMaterial &fresh, const QDateTime &expiresAt);

    void askExec(QObject *context, Done done);
    void runExec();
    void onExec(const Result<ExecCredential> &result);
    void succeed(const CredentialMaterial &fresh, const QDateTime &expiresAt);
    void fail(const Error &error);
    void answerAll(const Result<Credential> &result);
    void setRunning(bool on);
    [[nodiscard]] bool usable() const;
    [[nodiscard]] QDateTime refreshTime(const QDateTime &expiresAt) const;

    CredentialProvider *q;
    const ClusterConfig config;
    const Options options;
    const bool usesExec;
    const bool usesFiles;

    CredentialMaterial material; ///< the last one; kept over reset() so that the same certificate keeps its tlsId
    Credential current;
    bool known = false; ///< there was a material before
    bool valid = false; ///< `current` may be given out
    QDateTime obtained;
    quint64 lastId = 0;
    quint64 lastTlsId = 0;

    // exec
    bool consent = options.execConsent;
    bool stale = false;        ///< refused by the server
    bool afterRefusal = false; ///< `current` was fetched because the one before was refused
    std::chrono::milliseconds quiet;
    QDateTime refreshAt; ///< invalid: never
    std::optional<Failure> failure;
    std::unique_ptr<ExecPlugin> plugin;
    QList<Waiter> waiters;
    QString messages;

    // files
    QString stamp;
    QDateTime lookedAt;
    QTimer filePoll;
};

void CredentialProvider::Private::take(const CredentialMaterial &fresh, const QDateTime &expiresAt)
{
    const bool different = known && fresh != material;
    if (!known || !fresh.sameTls(material))
        ++lastTlsId;
    material = fresh;
    known = true;
    valid = true;
    obtained = now();
    current = Credential{++lastId, lastTlsId, fresh.authorization, fresh.chain, fresh.key, expiresAt};
    if (different)
        QMetaObject::invokeMethod(q, &CredentialProvider::changed, Qt::QueuedConnection);
}

/// Reads the files again. True when they gave something new.
bool CredentialProvider::Private::readFiles()
{
    stamp = credentialFilesStamp(config);
    lookedAt = now();
    const Result<CredentialMaterial> fresh = readOwnCredentials(config);
    if (!fresh || (valid && *fresh == material))
        return false; // unreadable just now: the old one goes on
    take(*fresh, {});
    return true;
}

Result<Credential> CredentialProvider::Private::own()
{
    if (!valid) {
        stamp = credentialFilesStamp(config);
        lookedAt = now();
        const Result<CredentialMaterial> fresh = readOwnCredentials(config);
        if (!fresh)
            return std::unexpected(fresh.error());
        take(*fresh, {});
    } else if (usesFiles
        && (lookedAt.addMSecs(options.filePeriod.count()) <= now() || stamp != credentialFilesStamp(config))) {
        readFiles();
    }
    return current;
}

bool CredentialProvider::Private::usable() const
{
    return valid && !stale && (!current.expiresAt.isValid() || now() < current.expiresAt);
}

QDateTime CredentialProvider::Private::refreshTime(const QDateTime &expiresAt) const
{
    if (!expiresAt.isValid())
        return {};
    // 60 s before the end, as kube-rs does; less for tokens that live minutes. One that is expired on arrival (a clock
    // that is wrong) is used, but not fetched anew for each request.
    const qint64 life = qMax<qint64>(0, obtained.msecsTo(expiresAt));
    return qMax(expiresAt.addMSecs(-qMin<qint64>(60000, life / 4)), obtained.addMSecs(options.execLeast.count()));
}

void CredentialProvider::Private::askExec(QObject *context, Done done)
{
    if (!consent) {
        Error error = execError(*config.exec,
            u"%1 wants to run %2"_s.arg(config.exec->file, withoutControls(config.exec->command)),
            QCoreApplication::translate(
                "kube::Exec", "Allow it only if you know the program and trust the kubeconfig file."));
        error.kind = ErrorKind::ConsentNeeded;
        deliver(context, done, std::unexpected(error));
        return;
    }
    if (!plugin) {
        const bool due = refreshAt.isValid() && refreshAt <= now();
        if (valid && !stale && !due) {
            deliver(context, done, current);
            return;
        }
        if (failure && now() < failure->until) {
            deliver(context, done, usable() ? Result<Credential>(current) : std::unexpected(failure->error));
            return;
        }
    }
    waiters += Waiter{context, std::move(done)};
    if (!plugin)
        runExec();
}

void CredentialProvider::Private::runExec()
{
    failure.reset();
    plugin = std::make_unique<ExecPlugin>(
        config, options.execTimeout, [this](const Result<ExecCredential> &result) { onExec(result); });
    setRunning(true);
    plugin->start();
}

void CredentialProvider::Private::setRunning(bool on)
{
    QMetaObject::invokeMethod(q, [this, on] { Q_EMIT q->execRunning(config.exec->command, on); }, Qt::QueuedConnection);
}

void CredentialProvider::Private::onExec(const Result<ExecCredential> &result)
{
    messages = plugin->standardError();
    plugin.reset(); // it touches nothing of itself after calling us
    setRunning(false);
    if (!result) {
        fail(result.error());
        return;
    }
    CredentialMaterial fresh;
    if (!result->certificate.isEmpty()) {
        Result<CredentialMaterial> identity
            = readIdentity(result->certificate, result->key.reveal(), config.exec->command);
        if (!identity) {
            fail(identity.error());
            return;
        }
        fresh = *identity;
    }
    if (!result->token.isEmpty())
        fresh.authorization = bearer(result->token.reveal());
    succeed(fresh, result->expiresAt);
}

void CredentialProvider::Private::succeed(const CredentialMaterial &fresh, const QDateTime &expiresAt)
{
    if (stale) {
        // Held long: an ordinary end of a session. Refused soon: ask ever more rarely.
        const qint64 held = obtained.msecsTo(now());
        quiet = afterRefusal && held < 4 * quiet.count() ? std::min(quiet * 2, longestQuiet) : options.execQuiet;
    }
    afterRefusal = std::exchange(stale, false);
    take(fresh, expiresAt);
    refreshAt = refreshTime(expiresAt);
    failure.reset();
    answerAll(current);
}

void CredentialProvider::Private::fail(const Error &error)
{
    failure = Failure{error, now().addMSecs(options.execPause.count())};
    answerAll(usable() ? Result<Credential>(current) : std::unexpected(error));
}

void CredentialProvider::Private::answerAll(const Result<Credential> &result)
{
    for (const Waiter &waiter : std::exchange(waiters, {})) {
        if (waiter.context)
            deliver(waiter.context, waiter.done, result);
    }
}

CredentialProvider::CredentialProvider(const ClusterConfig &config, const Options &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(this, config, options))
{
    connect(&d->filePoll, &QTimer::timeout, this, [this] {
        if (d->stamp != credentialFilesStamp(d->config) && d->readFiles())
            d->filePoll.stop();
    });
}

CredentialProvider::~CredentialProvider() = default;

void CredentialProvider::request(QObject *context, std::function<void(Result<Credential>)> done)
{
    if (!context)
        context = this;
    if (d->usesExec)
        d->askExec(context, std::move(done));
    else
        deliver(context, done, d->own());
}

bool CredentialProvider::rejected(quint64 id)
{
    if (id == 0)
        return false;
    if (!d->valid || id != d->current.id)
        return true; // the next one is another one already
    if (!d->usesExec) {
        if (!d->usesFiles)
            return false;
        if (d->readFiles())
            return true;
        d->filePoll.start(d->options.refusedPoll); // whoever waits is told by changed()
        return false;
    }
    if (d->plugin || d->stale)
        return true;
    if (d->afterRefusal && d->obtained.msecsTo(now()) < d->quiet.count())
        return false;
    d->stale = true;
    return true;
}

void CredentialProvider::grantConsent()
{
    d->consent = true;
    d->failure.reset();
}

void CredentialProvider::reset()
{
    d->valid = false;
    d->stale = false;
    d->afterRefusal = false;
    d->quiet = d->options.execQuiet;
    d->refreshAt = {};
    d->failure.reset();
    d->filePoll.stop();
}

void CredentialProvider::cancel()
{
    if (!d->plugin)
        return;
    d->messages = d->plugin->standardError();
    d->plugin.reset();
    d->setRunning(false);
    Error error = execError(
        *d->config.exec, u"exec: executable %1 was cancelled"_s.arg(withoutControls(d->config.exec->command)));
    // Whoever asks from now on did not cancel: for them there are no credentials until somebody tries again.
    d->failure = Private::Failure{error, now().addMSecs(d->options.execPause.count())};
    error.kind = ErrorKind::Cancelled;
    d->answerAll(std::unexpected(error));
}

QString CredentialProvider::execMessages() const
{
    return d->plugin ? d->plugin->standardError() : d->messages;
}

} // namespace kube
