// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A diagnosis of a live cluster, once: to what a session knows it adds kinds that no board needs and the logs of the
/// upgrade and of the controllers around it, each read once to its end, and scanned as they come: nothing is kept. Only
/// reads. What may not be read, or does not answer, is named and left out. Thread: the owner's.
#pragma once

#include "diagnosis/engine.h"
#include "kube/client.h"
#include "kube/logfollower.h"
#include "session/collectplan.h"
#include "session/session.h"

#include <QTimer>

#include <memory>
#include <vector>

namespace session {

struct LiveOptions {
    kube::ClientOptions client;
    std::chrono::milliseconds patience{60000}; ///< for all of it; then with what came until then
    int streams = 8;                           ///< logs read at a time
    qsizetype mostLogs = 200;
};

/// One list that a diagnosis wants besides the watches of a session.
struct ExtraList {
    kube::ResourceRef resource;
    QString ns; ///< empty: all namespaces or cluster scope
    QString labelSelector;
    bool metadataOnly = false;
};
[[nodiscard]] const QList<ExtraList> &extraLists();

class LiveDiagnosis : public QObject {
    Q_OBJECT
public:
    LiveDiagnosis(kube::ClusterConfig config, const LiveOptions &options, QObject *parent = nullptr);
    ~LiveDiagnosis() override;
    /// `state` is settled.
    void start(const ClusterState &state);

    [[nodiscard]] const QList<diagnosis::Finding> &findings() const { return m_findings; }
    [[nodiscard]] const QStringList &denied() const { return m_denied; } ///< "secrets/cattle-system", "pods/log …"
    [[nodiscard]] const QStringList &unread() const { return m_unread; } ///< "NAME: why"
    [[nodiscard]] qsizetype logsRead() const { return m_logsRead; }
    [[nodiscard]] qsizetype objectsRead() const { return m_objectsRead; }

Q_SIGNALS:
    void finished();

private:
    struct Reading;
    void listNext(const ExtraList &list, const QString &continueToken);
    void listed(const ExtraList &list, const kube::Result<kube::ListPage> &page);
    void complain(const QString &name, const kube::Error &error);
    void discovered(const std::optional<kube::Discovery> &found);
    void planLogs();
    void readMore();
    void take(Reading &reading, const QList<kube::LogLine> &lines);
    void finish();

    const LiveOptions m_options;
    std::unique_ptr<kube::Client> m_client;
    ClusterState m_state;
    diagnosis::Facts m_facts;
    diagnosis::LogScanner m_scanner;
    QList<std::shared_ptr<const upgrade::PodObject>> m_around;
    QList<CollectTarget> m_targets; ///< still to be read
    std::vector<std::unique_ptr<Reading>> m_readings;
    std::vector<kube::Call> m_calls;
    int m_lists = 0; ///< under way
    QTimer m_deadline;
    QList<diagnosis::Finding> m_findings;
    QStringList m_denied, m_unread;
    qsizetype m_logsRead = 0, m_objectsRead = 0;
    bool m_over = false;
};

} // namespace session
