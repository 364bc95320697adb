// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The inside of step(): one state with the input it works on. reflector.cpp has what leads to a copy (list, wait,
/// park), reflectorwatch.cpp what keeps it true (the watch and its end).
#pragma once

#include "kube/reflector.h"

namespace kube::reflector {

[[nodiscard]] Error madeUp(ErrorKind kind, const QString &message);
/// A version that a watch may start at: "0" would be answered with synthetic ADDED events of any age.
[[nodiscard]] bool isUsable(const QString &rv);

class Machine {
public:
    Machine(State state, const Input &input, const Policy &policy)
        : s(std::move(state))
        , in(input)
        , p(policy)
    {
    }

    void on(const Start &);
    void on(const Stop &);
    void on(const Page &page);
    void on(const ListFailed &failed);
    void on(const Opened &);
    void on(const Event &event);
    void on(const Bookmark &bookmark);
    void on(const ErrorEvent &event);
    void on(const StreamEnded &end);
    void on(const IdleTimeout &);
    void on(const WaitOver &)
    {
        if (s.phase == Phase::Waiting || s.phase == Phase::Parked)
            goOn();
    }
    void on(const CredentialsChanged &)
    {
        if (s.phase == Phase::Parked)
            goOn();
    }
    void on(const Resume &);
    void on(const Undecodable &bad);

    Step take() && { return {std::move(s), std::move(actions)}; }

private:
    void startList(From from);
    void startWatch();
    void goOn();
    void wait(Goal then, From from, const Error &error);
    /// `retry`: after how long to try again by itself; 0: only when something changes.
    void park(Goal then, Freshness::State state, const Error &error, std::chrono::milliseconds retry);
    /// Parks when waiting would not help; false when it may.
    bool parks(Goal then, const Error &error);
    void commit();
    void watchFailed(const Error &error);
    void expired(const Error &error);
    void alive();
    void progress();
    void close() { actions.append(CloseRequest{}); }
    void reportOnce(const Error &error, const QString &key);
    void setTrust(Freshness::State state, std::optional<Error> cause = {}, std::optional<qint64> retryAt = {},
        std::optional<qint64> since = {});
    /// Not live for this reason; what was read stays.
    void lost(const Error &error, std::optional<qint64> retryAt = {});
    void sendPage();

    State s;
    const Input &in;
    const Policy &p;
    QList<Action> actions;
};

} // namespace kube::reflector
