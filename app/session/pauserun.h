// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Pauses or resumes the upgrade of one node: asks who one is and whether one may, reads the Upgrade, asks the webhooks
/// by a dry run, waits for a person's yes, reads the Upgrade again, patches the pause map under an optimistic lock, and
/// looks whether it had the effect. Every request is in a journal. Thread: the client's.
#pragma once

#include "session/actionwire.h"
#include "upgrade/board.h"

#include <QTimer>

#include <chrono>

namespace session {

struct PauseState {
    enum class Stage {
        Asking, ///< before anything: who, may I, would it be taken
        Ready,  ///< waits for the yes
        Sending,
        Verifying, ///< taken; the node's state is looked at
        Done,
        Failed,
    };
    Stage stage = Stage::Asking;
    upgrade::ObjectRef upgrade;
    QString node;
    bool pause = false;
    QString user, context;
    QString state;            ///< of the node, as last read
    upgrade::Message problem; ///< Failed: pausemap.h, or "refused", "access", "no-answer", "no-effect" with words
    QString folder;           ///< of the journal
};

struct PauseOptions {
    QString actionsRoot;
    std::chrono::milliseconds poll{2000};
    std::chrono::milliseconds limit{30000}; ///< the state must have left "Node-upgrade paused" by then
};

class PauseRun : public QObject {
    Q_OBJECT
public:
    PauseRun(kube::Client *client, const upgrade::ObjectRef &upgrade, const QString &node, bool pause,
        PauseOptions options = {}, QObject *parent = nullptr);
    void start();
    /// The person's yes; `typed` is the node's name.
    void confirm(const QString &typed);
    void setClient(kube::Client *client);
    [[nodiscard]] const PauseState &state() const { return m_state; }

Q_SIGNALS:
    void changed();

private:
    void set(PauseState::Stage stage);
    void fail(const char *code, const QString &words);
    void read(std::function<void(const QJsonObject &)> then);
    void patch(const QJsonObject &upgrade, bool dryRun);
    void verify();

    PauseOptions m_options;
    QPointer<kube::Client> m_client;
    std::unique_ptr<ActionWire> m_wire;
    PauseState m_state;
    QTimer m_poll;
    QDateTime m_sent;
};

} // namespace session

Q_DECLARE_METATYPE(session::PauseState)
