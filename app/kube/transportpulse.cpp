// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/transportpulse.h"

#include "kube/status.h"
#include "kube/transportcore.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

Pulse::Pulse(Transport::Core &core)
    : m_core(core)
    , m_timer(this)
{
    m_clock.start();
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::CoarseTimer);
    connect(&m_timer, &QTimer::timeout, this, &Pulse::timerFired);
    m_request.verb = u"get"_s;
    m_request.path = u"/version"_s;
    m_request.timeout = core.options.probeTimeout;
}

Pulse::~Pulse()
{
    dropProbe();
}

void Pulse::heard(bool watch)
{
    m_heardAt = m_clock.elapsed();
    m_spoke = m_spoke || watch;
    dropProbe(); // slow, but there
    arm();
}

void Pulse::arm()
{
    // Moved on by whatever arrives, well before it is due: with bookmarks it never fires.
    if (!m_timer.isActive() || m_timer.remainingTimeAsDuration() < m_core.options.silence / 2)
        m_timer.start(m_core.options.silence);
}

void Pulse::timerFired()
{
    if (!m_core.hasStandingStreams())
        return; // armed again by the next answer
    const auto left = m_core.options.silence - std::chrono::milliseconds(m_clock.elapsed() - m_heardAt);
    if (left.count() > 0)
        m_timer.start(left);
    else
        probe();
}

void Pulse::probe()
{
    const auto [generation, credential] = m_core.inUse();
    if (!generation)
        return;
    const auto prepared
        = prepareRequest(m_request, m_core.config, m_core.options, credential, generation->tls(), RequestUse::Call);
    if (!prepared)
        return;
    m_generation = generation;
    m_tlsErrors.clear();
    m_probe = sendOnce(generation->writer(), *prepared, m_request);
    connect(m_probe, &QNetworkReply::sslErrors, this, [this](const QList<QSslError> &errors) { m_tlsErrors = errors; });
    // From the event loop: what follows may end the connections.
    connect(m_probe, &QNetworkReply::metaDataChanged, this, &Pulse::probed, Qt::QueuedConnection);
    connect(m_probe, &QNetworkReply::finished, this, &Pulse::probed, Qt::QueuedConnection);
}

void Pulse::probed()
{
    if (!m_probe)
        return;
    const int status = m_probe->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status != 0 && m_probe->error() != QNetworkReply::ProxyAuthenticationRequiredError) {
        dropProbe();
        const qint64 silent = m_clock.elapsed() - m_heardAt;
        m_heardAt = m_clock.elapsed();
        arm();
        if (std::exchange(m_spoke, false)) {
            m_core.endStreams(
                requestError(ErrorKind::Cut,
                    u"nothing came for %1 s, although the server answers; the connection is replaced"_s.arg(
                        silent / 1000),
                    m_request, m_core.host),
                // Cut to milliseconds at both ends, so up to one too many: the streams know better.
                std::chrono::milliseconds(silent - 1));
        }
        return;
    }
    if (!m_probe->isFinished())
        return;
    const Error error = connectionError(*m_probe, m_tlsErrors, m_request, m_core.host, *m_generation);
    m_generation->replaceControl();
    dropProbe();
    m_core.endStreams(error, std::nullopt);
}

void Pulse::dropProbe()
{
    if (!m_probe)
        return;
    QNetworkReply *reply = std::exchange(m_probe, nullptr);
    disconnect(reply, nullptr, this, nullptr);
    if (reply->isRunning())
        reply->abort();
    reply->deleteLater();
    m_generation.reset();
}

} // namespace kube
