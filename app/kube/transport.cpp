// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/transport.h"

#include "kube/status.h"
#include "kube/transportcall.h"
#include "kube/transportcore.h"
#include "kube/transportstream.h"

#include <QFileInfo>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

Transport::Core::Core(Transport &transport, const ClusterConfig &clusterConfig, const ClientOptions &clientOptions)
    : config(clusterConfig)
    , options(clientOptions)
    , host(hostAndPort(clusterConfig.server))
    , provider(clusterConfig, {clientOptions.execTimeout, clientOptions.execConsent})
    , pulse(*this)
    , m_transport(transport)
{
}

Transport::Core::~Core()
{
    for (NetStream *stream : std::exchange(m_streams, {}))
        stream->abort();
    // Jobs leave the lists while they go, so they must go while the lists are there.
    qDeleteAll(std::exchange(m_waiting, {}));
    qDeleteAll(std::exchange(m_running, {}));
    qDeleteAll(findChildren<QObject *>(Qt::FindDirectChildrenOnly));
}

void Transport::Core::credential(QObject *context, std::function<void(Result<Credential>)> done)
{
    if (config.server.scheme().compare("https"_L1, Qt::CaseInsensitive) == 0) {
        provider.request(context, std::move(done));
        return;
    }
    QMetaObject::invokeMethod(context, [done = std::move(done)] { done(Credential{}); }, Qt::QueuedConnection);
}

QString Transport::Core::authorityStamp() const
{
    if (config.caFile.isEmpty() || !config.caData.isEmpty() || config.insecureSkipTlsVerify)
        return {};
    const QFileInfo file(config.caFile);
    return file.lastModified().toString(Qt::ISODateWithMs) + u'/' + QString::number(file.size());
}

Result<std::shared_ptr<Generation>> Transport::Core::generationFor(const Credential &credential)
{
    m_credential = credential;
    const QString stamp = authorityStamp();
    const bool sameIdentity = m_generation && m_generation->tlsId() == credential.tlsId;
    if (sameIdentity && stamp == m_authorityStamp)
        return m_generation;

    Result<std::shared_ptr<Generation>> next = Generation::make(config, credential);
    if (!next) {
        // A CA file that is being written right now: go on with the authorities we have.
        if (sameIdentity)
            return m_generation;
        return next;
    }
    const bool replaced = m_generation != nullptr;
    m_generation = *next;
    m_authorityStamp = stamp;
    if (replaced) {
        for (NetStream *stream : std::as_const(m_streams))
            stream->endForNewIdentity(m_generation);
    }
    return m_generation;
}

bool Transport::Core::hasStandingStreams() const
{
    return std::ranges::any_of(m_streams, [](const NetStream *stream) { return stream->isStanding(); });
}

void Transport::Core::endStreams(const Error &error, std::optional<std::chrono::milliseconds> silent)
{
    for (NetStream *stream : std::as_const(m_streams)) {
        if (stream->isStanding() && (!silent || stream->isSilentFor(*silent)))
            stream->endBecause(error);
    }
}

bool Transport::Core::mayRepeatAfter401(const Credential &credential)
{
    return credential.id != 0 && provider.rejected(credential.id);
}

void Transport::Core::noteWarnings(const QNetworkReply &reply)
{
    constexpr qsizetype remembered = 1000;
    const QByteArray header = reply.rawHeader("Warning");
    if (header.isEmpty())
        return;
    for (const QString &text : warningTexts(header)) {
        if (m_warnings.contains(text) || m_warnings.size() >= remembered)
            continue;
        m_warnings.insert(text);
        // From the event loop: who hears it may delete us.
        QMetaObject::invokeMethod(
            &m_transport, [this, text] { Q_EMIT m_transport.warning(text); }, Qt::QueuedConnection);
    }
}

void Transport::Core::enqueue(CallJob *job)
{
    const auto place
        = std::ranges::find_if(m_waiting, [&](const CallJob *other) { return other->priority() > job->priority(); });
    m_waiting.insert(place, job);
    startNext();
}

void Transport::Core::leave(CallJob *job)
{
    m_waiting.removeOne(job);
    if (m_running.removeOne(job))
        startNext();
}

void Transport::Core::startNext()
{
    while (m_running.size() < callsAtOnce && !m_waiting.isEmpty()) {
        CallJob *job = m_waiting.takeFirst();
        m_running.append(job);
        job->start();
    }
}

Transport::Transport(const ClusterConfig &config, const ClientOptions &options, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Core>(*this, config, options))
{
}

Transport::~Transport() = default;

Call Transport::send(Request request, QObject *context, std::function<void(Result<Reply>)> done)
{
    auto *job = new CallJob(*d, std::move(request), context ? context : this, std::move(done));
    d->enqueue(job);
    return Call([job = QPointer<CallJob>(job)] {
        if (job)
            job->cancel();
    });
}

std::unique_ptr<Stream> Transport::open(Request request)
{
    return std::make_unique<NetStream>(*d, std::move(request));
}

CredentialProvider &Transport::credentials()
{
    return d->provider;
}

QStringList warningTexts(const QByteArray &header)
{
    QStringList texts;
    qsizetype at = 0;
    const auto peek = [&] { return at < header.size() ? header.at(at) : '\0'; };
    const auto skip = [&](char c) {
        while (at < header.size() && header.at(at) == c)
            ++at;
    };
    const auto quoted = [&](QByteArray &out) {
        if (peek() != '"')
            return false;
        for (++at; at < header.size(); ++at) {
            const char c = header.at(at);
            if (c == '"') {
                ++at;
                return true;
            }
            if (c == '\\' && at + 1 < header.size())
                out += header.at(++at);
            else
                out += c;
        }
        return false;
    };
    while (at < header.size()) {
        skip(' ');
        const QByteArray code = header.mid(at, 3);
        at += 3;
        skip(' ');
        while (at < header.size() && header.at(at) != ' ') // the agent, "-" mostly
            ++at;
        skip(' ');
        QByteArray text;
        QByteArray date;
        if (!quoted(text))
            break;
        skip(' ');
        if (peek() == '"' && !quoted(date))
            break;
        skip(' ');
        const bool separated = at >= header.size() || peek() == ',';
        if (code == "299" && separated) {
            QString plain = QString::fromUtf8(text);
            plain.removeIf([](QChar c) { return c.category() == QChar::Other_Control; });
            if (!plain.isEmpty())
                texts << plain.left(2000);
        }
        if (peek() != ',')
            break;
        ++at;
    }
    return texts;
}

} // namespace kube
