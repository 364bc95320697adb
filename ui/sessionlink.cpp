// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/sessionlink.h"

namespace ui {
namespace {

class SessionLink final : public ClusterLink {
public:
    SessionLink(const kube::ClusterConfig &config, const session::SessionOptions &options)
        : m_session(config, options)
    {
        connect(&m_session, &session::Session::changed, this, &ClusterLink::changed);
        connect(&m_session, &session::Session::checksChanged, this, &ClusterLink::checksChanged);
    }
    void start() override { m_session.start(); }
    void reconfigure(const kube::ClusterConfig &config) override { m_session.reconfigure(config); }
    void retryNow() override { m_session.retryNow(); }
    void grantExecConsent() override { m_session.grantExecConsent(); }
    void keepFirst(const QList<session::LogTarget> &targets) override { m_session.keepFirst(targets); }
    const session::ClusterState &state() const override { return m_session.state(); }
    void runChecks(const session::CheckWish &wish) override { m_session.runChecks(wish); }
    void cancelChecks() override { m_session.cancelChecks(); }
    const session::CheckState &checks() const override { return m_session.checks(); }
    std::unique_ptr<session::LogChannel> openLog(const QList<session::LogTarget> &targets) override
    {
        return m_session.openLog(targets);
    }

private:
    session::Session m_session;
};

} // namespace

std::unique_ptr<ClusterLink> makeSessionLink(const kube::ClusterConfig &config, const session::SessionOptions &options)
{
    return std::make_unique<SessionLink>(config, options);
}

} // namespace ui
