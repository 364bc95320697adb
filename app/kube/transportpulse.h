// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Notices that the connections of one identity are dead although none of them says so: a node was switched off, the
/// virtual IP moved, a router or firewall forgot us. TCP would find out after many minutes, or never for who only
/// reads.
///
/// API servers send each watch a bookmark about once a minute. So while streams are open and nothing at all arrived for
/// `silence` (75 s), one GET /version goes out on a connection of its own, with `probeTimeout` (10 s):
/// - No HTTP answer: the network is dead. All streams end with that error; their owners say "stale since" and back off.
/// - Any HTTP answer, be it 401: the server is there. The watches had been speaking and fell silent, so their
///   connections are not to be trusted: silent streams end as cut, and their owners resume without a word. A server
///   that sends no bookmarks has this done once; after that it is only asked.
/// So a dead network is noticed after at most 85 s. Nothing is sent, and no timer fires, while bookmarks come.
#pragma once

#include "kube/transportgeneration.h"
#include "kube/transportrequest.h"

#include <QElapsedTimer>
#include <QPointer>
#include <QTimer>

namespace kube {

class Pulse : public QObject {
public:
    explicit Pulse(Transport::Core &core);
    ~Pulse() override;

    /// Something arrived. `watch`: on a watch, where bookmarks are to be expected.
    void heard(bool watch);
    /// A stream was asked for: from now on there is something to listen to.
    void sent() { arm(); }

private:
    void arm();
    void timerFired();
    void probe();
    void probed();
    void dropProbe();

    Transport::Core &m_core;
    QElapsedTimer m_clock;
    QTimer m_timer;
    qint64 m_heardAt = 0;
    bool m_spoke = false; ///< a watch gave something since the streams were last replaced
    Request m_request;
    std::shared_ptr<Generation> m_generation;
    QPointer<QNetworkReply> m_probe;
    QList<QSslError> m_tlsErrors;
};

} // namespace kube
