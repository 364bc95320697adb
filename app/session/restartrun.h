// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Makes a restart happen: sends what restart::Procedure asks for, brings the answers back to it, and keeps state and
/// journal on disk. It decides nothing that the procedure decides; it adds what needs the network:
///   - who one is and what one may do, before anything starts;
///   - a verdict of its own, from a fresh reading of the cluster, at the begin, when a person goes on, and as the last
///     thing before the DELETE: the answer that lets the procedure delete is held back until that verdict was told to
///     it. The DELETE names the resourceVersion which that verdict judged;
///   - the dry runs, and the evidence.
/// State is on disk before any request of a step is sent; what cannot be written down is not done.
/// Thread: the client's; the owner gives a new client after a reconnect (setClient).
#pragma once

#include "session/actionwire.h"
#include "session/restartevidence.h"
#include "session/restartstate.h"

#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace session {

struct RestartOptions {
    QString actionsRoot; ///< empty: evidence::defaultActionsRoot()
    /// The folder of what is kept of this upgrade (evidence::Store), when evidence is collected; empty: nothing is.
    std::function<QString()> keptFolder;
    std::chrono::milliseconds tick{1000};
    std::function<QDateTime()> clock; ///< the cluster's time, as far as known; empty: ours
    evidence::Disk *disk = &evidence::Disk::system();
};

class RestartRun : public QObject {
    Q_OBJECT
public:
    explicit RestartRun(kube::Client *client, RestartOptions options = {}, QObject *parent = nullptr);
    ~RestartRun() override;

    void setClient(kube::Client *client);
    [[nodiscard]] const RestartState &state() const { return m_state; }

    /// A restart of the Upgrade with this name and UID.
    void begin(const upgrade::ObjectRef &upgrade);
    /// Goes on with one that is on disk: verifies what is real first.
    void resume(const QString &folder);
    /// A newer verdict, from the watched cluster.
    void judged(const restart::Verdict &verdict);

    // What a person does. Each has an effect at its step only.
    void lookAgain(); ///< reads, judges and asks anew
    void accept();    ///< has read what will happen
    void collectEvidence();
    void cancelEvidence();
    void check();                       ///< dry runs; goes on when nothing stands against it
    void confirm(const QString &typed); ///< the Upgrade's name
    void startAgain();
    void endHere();
    void imageReady(const QString &image);
    void cancel();

Q_SIGNALS:
    void changed();

private:
    using Event = restart::Event;
    void open(const QString &root, const QString &name);
    void look(std::function<void()> then);
    void askAccess(std::function<void()> then);
    void fetch(const upgrade::ObjectRef &upgrade);
    [[nodiscard]] Event event(Event::Type type) const;
    void feed(const Event &event);
    [[nodiscard]] bool save();
    void send(const restart::Request &request);
    void answered(const restart::Request &request, const ActionWire::Answer &answer);
    void setBusy(RestartState::Busy busy);
    void fail(const QString &words);
    void askDeletion();
    void askCreation();
    void checked();
    void tellPerson(const QString &what, const QJsonObject &more = {});
    void tell();
    [[nodiscard]] QDateTime now() const;

    RestartOptions m_options;
    QPointer<kube::Client> m_client;
    std::unique_ptr<ActionWire> m_wire;
    std::unique_ptr<RestartEvidence> m_evidence;
    upgrade::ObjectRef m_wanted;
    upgrade::Snapshot m_snapshot; ///< of the last look
    RestartState m_state;
    QTimer m_tick;
    int m_awaited = 0;      ///< answers to requests of the procedure
    bool m_holding = false; ///< the last look before the deletion is under way
    bool m_telling = false;
};

} // namespace session
