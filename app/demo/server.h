// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A simulated Harvester API server: HTTPS on loopback, the Kubernetes API as kubectl and Gleaner use it, a clock
/// that can run faster, a scenario that plays an upgrade, and faults on demand. Everything is in memory; a new CA,
/// server certificate and token are made at each start and exist nowhere else.
/// Thread: the one it lives in (tests and the app move it to a thread of its own, see DemoThread).
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QHostAddress>
#include <QJsonObject>
#include <QObject>
#include <QString>
#include <QStringList>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace demo {

struct ServerOptions {
    QString scenario = QStringLiteral("healthy"); ///< names: scenarios()
    int nodes = 3;                                ///< ignored by single-node scenarios
    double speed = 60;                            ///< simulated seconds per real second
    quint16 port = 0;                             ///< 0: any free one
    quint64 seed = 1;                             ///< same seed, same names, same timings
    double startAt = 0;                           ///< begin this many simulated seconds into the scenario, at once
    QString clusterName = QStringLiteral("demo");
    int extraJobs = 0;          ///< load: that many finished Jobs more
    double eventsPerSecond = 0; ///< load: object updates per real second beside the scenario
};

/// What goes wrong, how often (0..1 per request, and per running stream and second); all off by default.
struct Faults {
    double drop = 0;     ///< connection closed without an answer, or in the middle of a stream
    double truncate = 0; ///< body cut in the middle
    double delay = 0;    ///< answer late by up to maxDelay
    std::chrono::milliseconds maxDelay{2000};
    double gone = 0;           ///< 410 on list continue and watch, as status or as ERROR event in turn
    double tooMany = 0;        ///< 429, with Retry-After
    double serverError = 0;    ///< 500, 503, 504
    bool tokenExpired = false; ///< every request: 401
    bool silent = false;       ///< accepts, never answers

    double stall = 0;     ///< a request is never answered; a running stream falls silent for good; connections stay
    double stallBody = 0; ///< head and half of the body come, then nothing, and the connection stays
    double halfClose = 0; ///< the server closes its side in the middle, without a word of TLS, and goes on reading
    /// In turn: bytes that are no HTTP, a proxy's HTML with 200, JSON broken in the middle, JSON of no object, a chunk
    /// that is none. In streams: the last.
    double garbage = 0;
    double trickle = 0; ///< an answer or stream comes by trickleBytes each trickleEvery
    int trickleBytes = 64;
    std::chrono::milliseconds trickleEvery{20};
};

struct ScenarioInfo {
    QString name;
    QString title;
    QString description;
};

/// One request as it arrived, for tests that watch what was sent.
struct RequestRecord {
    QDateTime at;
    QByteArray method, target;
    QByteArray body;
    int status = 0;
};

class LogControl;
class World;

class Server : public QObject {
    Q_OBJECT
public:
    explicit Server(ServerOptions options = {}, QObject *parent = nullptr);
    ~Server() override;

    /// Begins to listen on 127.0.0.1 and to play. False: `errorString` says why.
    bool start();
    void stop();
    [[nodiscard]] QString errorString() const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QByteArray caPem() const;
    /// admin may everything, viewer may get, list and watch all but Secrets and pods/log, nobody may nothing.
    [[nodiscard]] QByteArray token(const QString &user = QStringLiteral("admin")) const;
    /// A complete kubeconfig with one context per user named `<clusterName>` (admin), `<clusterName>-viewer`.
    /// Also `<clusterName>-nobody`, and `<clusterName>-certificate` (admin by client certificate).
    [[nodiscard]] QByteArray kubeconfig() const;

    void setFaults(const Faults &faults);
    /// A new server certificate (from another CA when `otherCa`): open connections are closed.
    void changeCertificate(bool otherCa);
    /// Cuts every open connection now.
    void dropConnections();
    /// The API server is away, as when the only node reboots: open connections are cut, new ones refused, until it is
    /// back at the same port. The scenario does this too.
    void setOutage(bool away);
    /// Compacts history: older watches and continue tokens get 410.
    void compact();

    /// The time that objects and log lines written now carry. What startAt skipped lies in the past at its full length;
    /// from the start on this is the real clock at any speed, so that ages and "since" stay sensible for clients: at
    /// speed 60 an hour of the upgrade takes, and looks like, one minute. For something that has been stuck for long,
    /// use startAt.
    [[nodiscard]] QDateTime simulatedNow() const;
    void setSpeed(double speed);
    /// Plays `seconds` of simulated time at once.
    void advance(double seconds);
    [[nodiscard]] bool finished() const; ///< the scenario has nothing more to play

    /// The truth, for tests: all objects of a resource as stored; lines the "kubelet" wrote.
    [[nodiscard]] QList<QJsonObject> objects(const QString &group, const QString &resource) const;
    [[nodiscard]] QList<QByteArray> log(const QString &ns, const QString &pod, const QString &container) const;
    [[nodiscard]] QList<RequestRecord> requests() const;
    /// Called with each request as it arrives, before it has any effect. The record has no status yet.
    void setArrival(std::function<void(const RequestRecord &)> arrived);
    /// For tests that change objects as a controller would. Good from start() until stop().
    [[nodiscard]] World &world();
    /// Everything about logs that a torture test needs: see logcontrol.h. Good from start() until stop().
    [[nodiscard]] LogControl &logs();
    /// Restarts a container of a running pod (new instance, restartCount + 1), or rotates its log file.
    void restartContainer(const QString &ns, const QString &pod, const QString &container);
    void rotateLog(const QString &ns, const QString &pod, const QString &container, int keepLines);

    [[nodiscard]] static QList<ScenarioInfo> scenarios();

Q_SIGNALS:
    void played(const QString &step); ///< a step of the scenario happened

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The three clusters of `gleaner --demo`: one upgrading its nodes now, one stuck in that, one with no upgrade.
[[nodiscard]] QList<ServerOptions> demoClusters();

/// A Server in a thread of its own; the calls here are safe from the owner's thread and block until done.
class DemoThread : public QObject {
    Q_OBJECT
public:
    explicit DemoThread(ServerOptions options = {}, QObject *parent = nullptr);
    ~DemoThread() override;
    bool start();
    [[nodiscard]] QByteArray kubeconfig() const;
    /// Runs `work` in the server's thread and waits for it.
    void run(const std::function<void(Server &)> &work);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace demo
