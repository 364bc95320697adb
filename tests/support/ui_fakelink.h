// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A cluster whose states a test gives by hand, and a log whose lines it writes.
#pragma once

#include "kube/kubeconfig.h"
#include "ui/clusterlink.h"

#include <QHash>
#include <QPointer>

namespace uitest {

class FakeChannel : public session::LogChannel {
public:
    using session::LogChannel::LogChannel;
    void acknowledge(qsizetype count) override { acknowledged += count; }
    void setTargets(const QList<session::LogTarget> &wanted) override { targets = wanted; }
    void write(const QList<QByteArray> &texts, kube::LogLine::Kind kind = kube::LogLine::Kind::Text)
    {
        QList<session::LogBatchLine> lines;
        for (const QByteArray &text : texts) {
            session::LogBatchLine line;
            line.pod = QStringLiteral("pod-1");
            line.container = QStringLiteral("apply");
            line.line.kind = kind;
            line.line.stamp = "2026-11-25T11:59:00.123456789Z";
            line.line.text = text;
            lines.append(line);
        }
        Q_EMIT appended(lines);
    }
    qsizetype acknowledged = 0;
    QList<session::LogTarget> targets;
};

class FakeLink : public ui::ClusterLink {
public:
    explicit FakeLink(const kube::ClusterConfig &given)
        : config(given)
    {
        m_state.context = given.contextName;
    }
    void start() override { started = true; }
    void reconfigure(const kube::ClusterConfig &given) override { config = given; }
    void retryNow() override { ++retries; }
    void grantExecConsent() override { consent = true; }
    const session::ClusterState &state() const override { return m_state; }
    std::unique_ptr<session::LogChannel> openLog(const QList<session::LogTarget> &targets) override
    {
        auto made = std::make_unique<FakeChannel>();
        made->targets = targets;
        channel = made.get();
        ++opened;
        return made;
    }
    void keepFirst(const QList<session::LogTarget> &targets) override { kept = targets; }
    void runChecks(const session::CheckWish &wish) override { wishes.append(wish); }
    void cancelChecks() override { ++cancels; }
    const session::CheckState &checks() const override { return m_checks; }
    void giveChecks(const session::CheckState &checks)
    {
        m_checks = checks;
        Q_EMIT checksChanged();
    }
    void give(const session::ClusterState &state)
    {
        m_state = state;
        Q_EMIT changed();
    }

    kube::ClusterConfig config;
    bool started = false, consent = false;
    int retries = 0, opened = 0;
    QPointer<FakeChannel> channel;
    QList<session::LogTarget> kept; ///< what was wished for first
    QList<session::CheckWish> wishes;
    int cancels = 0;

private:
    session::ClusterState m_state;
    session::CheckState m_checks;
};

/// Remembers the links it made, by context.
struct FakeClusters {
    QHash<QString, QPointer<FakeLink>> links;
    [[nodiscard]] ui::LinkFactory factory()
    {
        return [this](const kube::ClusterConfig &config, const session::SessionOptions &) {
            auto link = std::make_unique<FakeLink>(config);
            links.insert(config.contextName, link.get());
            return link;
        };
    }
};

/// Contexts of the given names in one file, usable; "plugin-…" sign in by a program, "broken-…" cannot be used.
[[nodiscard]] inline kube::Kubeconfig contexts(
    const QStringList &names, const QString &file = QStringLiteral("/home/a/.kube/config"))
{
    kube::Kubeconfig kubeconfig;
    kubeconfig.files = {file};
    for (const QString &name : names) {
        kube::Context context;
        context.name = name;
        context.file = file;
        context.server = QStringLiteral("https://10.0.0.7:6443/k8s/clusters/local");
        kube::ClusterConfig config;
        config.contextName = name;
        config.server = QUrl(context.server);
        if (name.startsWith(QLatin1String("plugin-"))) {
            kube::ExecConfig exec;
            exec.command = QStringLiteral("kubelogin");
            exec.args = {QStringLiteral("get-token")};
            exec.file = file;
            config.exec = exec;
        }
        if (name.startsWith(QLatin1String("broken-"))) {
            kube::ConfigProblem problem;
            problem.file = file;
            problem.line = 11;
            problem.entry = QStringLiteral("cluster \"nowhere\"");
            problem.message = QStringLiteral("The cluster has no server.");
            context.problems = {problem};
            kubeconfig.problems.append(problem);
        } else {
            context.config = config;
        }
        kubeconfig.contexts.append(context);
    }
    return kubeconfig;
}

} // namespace uitest
