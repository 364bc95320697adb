// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The inside of LogFollower, shared by logfollower.cpp (which step comes next) and logfollowerstream.cpp (one stream).
#pragma once

#include "kube/lineframer.h"
#include "kube/logcursor.h"
#include "kube/logfollower.h"
#include "kube/logplan.h"
#include "kube/transport.h"

#include <QElapsedTimer>
#include <QTimer>

#include <deque>
#include <variant>

namespace kube {

/// Looks at the pod, does what nextMove() says, reads a stream to its end, looks again. Lines and states leave through
/// a queue, so a slot may stop or delete the follower.
struct LogFollower::Private {
    /// RFC 3339 stamp and a blank before the text.
    static constexpr qsizetype stampRoom = 40;

    enum class Mode { Follow, Drain, DrainPrevious };

    Private(LogFollower *follower, Client &owner, LogSpec logSpec)
        : q(follower)
        , client(owner)
        , spec(std::move(logSpec))
        , uid(spec.podUid)
        , framer(spec.lineLimit + stampRoom)
    {
        clock.start();
        for (QTimer *timer : {&waitTimer, &quietTimer}) {
            timer->setSingleShot(true);
            timer->setTimerType(Qt::CoarseTimer);
        }
        QObject::connect(&waitTimer, &QTimer::timeout, q, [this] { probe(); });
        QObject::connect(&quietTimer, &QTimer::timeout, q, [this] { quietTimerFired(); });
        QObject::connect(&client, &Client::credentialsChanged, q, [this] {
            if (state == State::Failed && wakesOnLogin) {
                begin();
                flush();
            }
        });
    }
    ~Private() { closeAll(); }

    static const ResourceRef &pods();
    static LogLine divider(LogLine::Kind kind, const QByteArray &text = {}) { return {kind, {}, text, false}; }
    void begin();
    void probe();
    void seen(Result<ObjectPtr> pod);
    void act(const ContainerView &view);
    void openStream(Mode as);
    void read(const QByteArray &bytes);
    void streamClosed(const std::optional<Error> &why);
    void drainEnded();
    void refused(const Error &why);
    void retryLater(const Error &why);
    void armWait(std::chrono::milliseconds delay) { waitTimer.start(delay); }
    void armBackoff();
    void poll();
    void newInstance(int instance);
    void gone(const QByteArray &why);
    void end(const QByteArray &why);
    void fail(const Error &why, bool onLogin);
    void quietTimerFired();
    void sign();
    void closeStream();
    void closeAll();
    void say(QList<LogLine> lines);
    void setState(State to);
    void flush();

    LogFollower *const q;
    Client &client;
    const LogSpec spec;
    LogPolicy policy;
    QString uid;
    State state = State::Idle;
    std::optional<Error> error;
    bool wakesOnLogin = false;
    bool paused = false;

    LogCursor cursor;
    LogProgress progress;
    bool firstInstance = true; ///< tailLines and sinceTime are about this one
    bool broken = false;       ///< something failed since the last line: say so when it goes on
    bool answered = false;     ///< the log of this instance was opened once
    int failures = 0;
    int polls = 0;
    int refusals = 0;

    Mode mode = Mode::Follow;
    std::unique_ptr<Stream> stream;
    LineFramer framer;
    qint64 openedAt = 0;
    qsizetype fresh = 0; ///< new lines of this stream
    int passes = 0;
    bool unresolvedOnce = false;
    bool lossSure = false; ///< we have looked at the pod again since the last line did not come again
    LineFramer::Line rest; ///< what stood behind the last line end when the last stream ended

    Call call;
    QTimer waitTimer, quietTimer;
    QElapsedTimer clock;
    qint64 quietSince = 0;

    using Outgoing = std::variant<QList<LogLine>, State>;
    std::deque<Outgoing> outgoing;
    bool flushing = false;
};

} // namespace kube
