// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/credentials.h"

#include "kube/credentialsown.h"
#include "kube/execauthenticator.h"
#include "kube/execpluginformat.h"

#include <QCoreApplication>
#include <QPointer>
#include <QTimer>

namespace kube {

using namespace Qt::StringLiterals;

namespace {

using Done = std::function<void(Result<Credential>)>;

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
        , filePoll(provider)
    {
        if (!usesExec)
            return;
        exec = ExecAuthenticator::of(config, {opts.execTimeout, opts.execPause, opts.execLeast, opts.execQuiet});
        exec->add(q,
            {[this](const ExecAuthenticator::Fresh &fresh) { adopt(fresh); },
                [this](quint64 of, const Result<ExecAuthenticator::Fresh> &result) { answered(of, result); }});
    }
    ~Private()
    {
        if (exec)
            exec->remove(q);
    }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    [[nodiscard]] Result<Credential> own();
    bool readFiles();
    void take(const CredentialMaterial &fresh, const QDateTime &expiresAt);

    void askExec(QObject *context, Done done);
    const Credential &adopt(const ExecAuthenticator::Fresh &fresh);
    void answered(quint64 of, const Result<ExecAuthenticator::Fresh> &result);
    [[nodiscard]] Result<Credential> heard(const Result<ExecAuthenticator::Fresh> &result);
    void answerAll(const Result<Credential> &result);
    void tellRunning(bool on);

    CredentialProvider *q;
    const ClusterConfig config;
    const Options options;
    const bool usesExec;
    const bool usesFiles;

    CredentialMaterial material; ///< the last one; kept over reset() so that the same certificate keeps its tlsId
    Credential current;
    bool known = false; ///< there was a material before
    bool valid = false; ///< `current` may be given out
    quint64 lastId = 0;
    quint64 lastTlsId = 0;

    // exec
    bool consent = options.execConsent;
    std::shared_ptr<ExecAuthenticator> exec;
    quint64 serial = 0;            ///< of `current`
    quint64 run = 0;               ///< that the waiters wait for; 0: none
    std::optional<Failure> gaveUp; ///< the person cancelled here, maybe not elsewhere
    bool failed = false;           ///< the last answer was a failure
    QList<Waiter> waiters;

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
    if (gaveUp && now() < gaveUp->until) {
        deliver(context, done, std::unexpected(gaveUp->error));
        return;
    }
    const ExecAuthenticator::Answer answer = exec->ask(q);
    if (answer.now) {
        deliver(context, done, heard(*answer.now));
        return;
    }
    waiters += Waiter{context, std::move(done)};
    if (run == 0)
        tellRunning(true);
    run = answer.run;
}

const Credential &CredentialProvider::Private::adopt(const ExecAuthenticator::Fresh &fresh)
{
    gaveUp.reset();
    if (consent && fresh.serial > serial) {
        serial = fresh.serial;
        // Who was refused for want of credentials may try again, even if they are the old ones.
        const bool atLast = failed && (!known || fresh.material == material);
        take(fresh.material, fresh.expiresAt);
        if (atLast)
            QMetaObject::invokeMethod(q, &CredentialProvider::changed, Qt::QueuedConnection);
    }
    return current;
}

Result<Credential> CredentialProvider::Private::heard(const Result<ExecAuthenticator::Fresh> &result)
{
    if (!result) {
        failed = true;
        return std::unexpected(result.error());
    }
    const Credential credential = adopt(*result);
    failed = false;
    return credential;
}

void CredentialProvider::Private::answered(quint64 of, const Result<ExecAuthenticator::Fresh> &result)
{
    if (of != run)
        return; // given up meanwhile
    run = 0;
    tellRunning(false);
    answerAll(heard(result));
}

void CredentialProvider::Private::tellRunning(bool on)
{
    QMetaObject::invokeMethod(q, [this, on] { Q_EMIT q->execRunning(config.exec->command, on); }, Qt::QueuedConnection);
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
    return d->exec->rejected(d->serial);
}

void CredentialProvider::grantConsent()
{
    d->consent = true;
    d->gaveUp.reset();
    if (d->exec)
        d->exec->forgetFailure();
}

void CredentialProvider::reset()
{
    d->valid = false;
    d->gaveUp.reset();
    if (d->exec)
        d->exec->reset();
    d->filePoll.stop();
}

void CredentialProvider::cancel()
{
    if (d->run == 0)
        return;
    d->run = 0;
    d->tellRunning(false);
    Error error = execError(
        *d->config.exec, u"exec: executable %1 was cancelled"_s.arg(withoutControls(d->config.exec->command)));
    d->exec->giveUp(this, error);
    // Whoever asks from now on did not cancel: for them there are no credentials until somebody tries again.
    d->gaveUp = Private::Failure{error, now().addMSecs(d->options.execPause.count())};
    d->failed = true;
    error.kind = ErrorKind::Cancelled;
    d->answerAll(std::unexpected(error));
}

QString CredentialProvider::execMessages() const
{
    return d->exec ? d->exec->messages() : QString();
}

} // namespace kube
