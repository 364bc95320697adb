// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes the pre-checks of a cluster: fetches what they need, a few requests at a time, makes each check as soon as its
/// objects are there, and asks the server itself by a dry-run create of the intended Upgrade, where creating is
/// allowed. Nothing is written. Thread: the client's; `changed` comes from the event loop, at most 20 times a second.
#pragma once

#include "kube/client.h"
#include "session/checkstate.h"

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <deque>
#include <functional>

namespace session {

class CheckRunner : public QObject {
    Q_OBJECT
public:
    /// `now` is the cluster's clock.
    explicit CheckRunner(kube::Client &client, std::function<QDateTime()> now, QObject *parent = nullptr);
    ~CheckRunner() override;

    /// A run that is under way goes on; what is wished is made after it has ended, once.
    void start(const CheckWish &wish);
    /// What has not been made stays as it was, or is told as not made.
    void cancel();
    /// What an earlier runner knew.
    void goOnFrom(const CheckState &state) { m_state = state; }
    [[nodiscard]] const CheckState &state() const { return m_state; }

    static constexpr int atOnce = 6;

Q_SIGNALS:
    void changed();
    void finished();

private:
    using Objects = QList<QJsonObject>;
    struct Listing; ///< one kind, page after page
    void fetch(const QStringList &keys);
    void fetchNext();
    void list(const restart::Need &need);
    void listPage(const std::shared_ptr<Listing> &listing);
    void askNodes(const restart::Need &need);
    void askNode(const restart::Need &need, const QString &node);
    void seeCertificate(const restart::Need &need);
    void begin(const std::function<void()> &request);
    void ended();
    void have(const QString &key, std::expected<Objects, QString> objects);
    void knowIntent();
    void makeReady();
    void askServer();
    void dryRun();
    void answered(restart::ServerAnswer::Kind kind, const QString &text = {});
    void endIfDone();
    void say();

    kube::Client &m_client;
    std::function<QDateTime()> m_now;
    CheckState m_state;
    CheckWish m_wish;
    std::optional<CheckWish> m_next;
    QList<restart::Check> m_checks; ///< of this run
    restart::Materials m_materials;
    QSet<QString> m_asked; ///< keys
    QMap<QString, Objects> m_fromNodes;
    QMap<QString, int> m_nodesLeft;
    std::deque<std::function<void()>> m_queue;
    int m_open = 0;
    bool m_serverAsked = false;
    QObject *m_scope = nullptr; ///< of this run's requests: deleted, none is answered any more
    QTimer m_say;
};

/// What a person reads why something could not be fetched: one line, the system's own words.
[[nodiscard]] QString whyNot(const kube::Error &error);

} // namespace session
