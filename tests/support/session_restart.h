// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A restart against a demo server in this thread: time passes only as the test says, the server's request log and its
/// objects are at hand. Used from tests of this layer only (needs gleaner_demo).
#pragma once

#include "demo/jsonedit.h"
#include "demo/server.h"
#include "demo/world.h"
#include "kube/client.h"
#include "session/restartrun.h"
#include "session/sources.h"
#include "support/session_await.h"
#include "support/session_truth.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <functional>
#include <memory>

namespace support {

/// The server's objects as a judge sees them who may read everything, now.
inline restart::Verdict trueVerdict(const demo::Server &server)
{
    upgrade::Snapshot snapshot = truth(server);
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        upgrade::SourceState live;
        live.state = upgrade::SourceState::State::Live;
        snapshot.sources.insert(session::sourceKey(target), live);
    }
    return restart::judge(snapshot, QDateTime::currentDateTimeUtc());
}

class RestartBench {
public:
    /// `seconds`: of the scenario, played at once.
    explicit RestartBench(const QString &scenario, double seconds, quint64 seed = 1)
    {
        demo::ServerOptions options;
        options.scenario = scenario;
        options.speed = 0;
        options.seed = seed;
        server = std::make_unique<demo::Server>(options);
        good = server->start();
        server->advance(seconds);
        connect();
    }
    void connect(const QString &context = {})
    {
        client = std::make_unique<kube::Client>(configOf(server->kubeconfig(), context));
    }
    void makeRun(evidence::Disk *disk = nullptr)
    {
        session::RestartOptions options;
        options.actionsRoot = root();
        options.keptFolder = [this] { return kept; };
        options.tick = std::chrono::milliseconds(3);
        // Polls come every few ticks.
        options.clock = [this] { return QDateTime::currentDateTimeUtc().addSecs(clock += 1); };
        if (disk)
            options.disk = disk;
        run.reset();
        run = std::make_unique<session::RestartRun>(client.get(), options);
    }
    [[nodiscard]] QString root() const { return folder.path() + QLatin1String("/actions"); }
    [[nodiscard]] QJsonObject upgradeObject() const
    {
        const auto all = server->objects(QStringLiteral("harvesterhci.io"), QStringLiteral("upgrades"));
        return all.isEmpty() ? QJsonObject() : all.first();
    }
    [[nodiscard]] upgrade::ObjectRef upgradeRef() const
    {
        const QJsonObject up = upgradeObject();
        return {upgrade::Kind::Upgrade, QStringLiteral("harvester-system"), demo::json::name(up), demo::json::uid(up)};
    }
    /// Until `met`; the event loop runs, the demo's time too when `flowing`.
    bool until(const std::function<bool()> &met, std::chrono::milliseconds limit = std::chrono::seconds(20))
    {
        QElapsedTimer timer;
        timer.start();
        while (!met()) {
            if (timer.durationElapsed() > limit)
                return false;
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents);
            if (flowing)
                server->advance(2);
        }
        return true;
    }
    [[nodiscard]] restart::Step step() const { return run->state().procedure.step; }
    [[nodiscard]] bool idle() const { return run->state().busy == session::RestartState::Busy::No; }
    bool reach(restart::Step wanted)
    {
        return until([&] { return run->state().begun && step() == wanted && idle(); });
    }
    /// What a person would do now who wants the restart; false: nothing to do at this step.
    bool push()
    {
        using restart::Step;
        if (!run->state().begun || !idle())
            return false;
        switch (step()) {
        case Step::Review:
            run->accept();
            return true;
        case Step::Evidence:
            run->collectEvidence();
            return true;
        case Step::Checks:
            run->check();
            return true;
        case Step::Confirm:
            run->confirm(run->state().procedure.name);
            return true;
        case Step::StartChoice:
        case Step::Version:
        case Step::DryRun:
            run->startAgain();
            return true;
        default:
            return false;
        }
    }
    /// For the message of a failed test.
    [[nodiscard]] const char *said(const QString &more = {})
    {
        const session::RestartState &s = run->state();
        m_said = (restart::stepWord(s.procedure.step)
            + QStringLiteral(" busy %1 trouble '%2' problem '%3 %4' verdict %5 %6")
                .arg(int(s.busy))
                .arg(s.trouble, s.procedure.problem.code, s.procedure.problem.args.join(u','),
                    restart::codeWord(s.verdict.code), more))
                     .toUtf8();
        return m_said.constData();
    }

    QTemporaryDir folder;
    QString kept;
    std::unique_ptr<demo::Server> server;
    std::unique_ptr<kube::Client> client;
    std::unique_ptr<session::RestartRun> run;
    bool good = false, flowing = true;
    qint64 clock = 0;

private:
    QByteArray m_said;
};

} // namespace support
