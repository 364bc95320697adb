// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Stopping an upgrade and starting it again, as a state machine without network, clock or widgets: events in, requests
/// out, all of them values. Who runs it sends the requests and brings the answers back as events; it keeps the state on
/// disk (toJson) after every step and before any request is sent, so that a later start can go on.
///
/// What it holds to, whatever comes in:
///   - nothing is written before the person has typed the Upgrade's name under a verdict that allows it;
///   - DELETE names UID and resourceVersion of the Upgrade that was judged; a change in between is answered with 409,
///   and the
///     person reviews again;
///   - a verdict that no longer allows it closes the door; the node phase has no override;
///   - no PUT, no finalizer is touched, charts are resumed by a merge patch that names the resourceVersion.
/// Steps follow Harvester's own: bundle, delete, resume paused ManagedCharts, create Version again if it went, create.
#pragma once

#include "kube/client.h"
#include "restart/verdict.h"

#include <QJsonObject>

namespace restart {

enum class Step {
    Review,      ///< what will happen, may I
    Evidence,    ///< snapshot on disk, log archive, bundle
    Checks,      ///< pre-checks and the webhooks' dry-run answers
    Confirm,     ///< the person types the name
    Provisioned, ///< last look: Upgrade unchanged, CAPI cluster not Provisioning
    Delete,      ///< DELETE is under way
    WaitGone,    ///< the finalizer works
    Leftovers,   ///< what must be gone is looked for; the agent's Plan is deleted
    Charts,      ///< paused ManagedCharts are resumed
    ChartsReady, ///< and become Ready
    Sanity,      ///< strategy, plan secrets, cordons, taints: clean
    StartChoice, ///< stopped; start again, or end here
    Version,     ///< the Version is there, or is created again
    Image,       ///< an uploaded image went with the Upgrade: a new one is needed
    DryRun,      ///< POST as dry run
    Create,      ///< POST is under way
    Watch,       ///< the new Upgrade is taken up
    Done,
    StoppedHere, ///< ended after the deletion, on purpose
    Closed,      ///< cannot go on; `problem` says why
};

/// A request as a value. Verbs that are not here cannot be sent.
struct Request {
    enum class Verb { Get, List, Create, Patch, Delete };
    QString id; ///< comes back in the answer
    Verb verb = Verb::Get;
    kube::ResourceRef resource;
    QString ns, name, labelSelector;
    QJsonObject body; ///< Create: the object; Patch: a merge patch
    bool dryRun = false;
    bool metadataOnly = false;
    QString uid, resourceVersion; ///< preconditions of Delete
    [[nodiscard]] bool isWrite() const
    {
        return !dryRun && (verb == Verb::Create || verb == Verb::Patch || verb == Verb::Delete);
    }
    friend bool operator==(const Request &, const Request &) = default;
};

struct Event {
    enum class Type {
        Judged,     ///< a newer verdict: `verdict`
        Accepted,   ///< Review read, access reviews all allowed: `ok`; else what is denied in `text`
        Evidence,   ///< `ok`: snapshot and, where the verdict wants one, a bundle are on disk and open
        Checked,    ///< `ok`: no blocking check, no refusal of a dry run; else `text`
        Confirmed,  ///< `text`: what the person typed
        Answer,     ///< to request `id`: `ok` with `json` (or `items` in it), else `status` (HTTP, 0: none) and `text`
        Tick,       ///< time passes
        StartAgain, ///< at StartChoice, and where a new start was refused
        EndHere,    ///< at StartChoice
        ImageReady, ///< `text`: namespace/name of the image uploaded again
        Cancel,     ///< before the deletion only
        Resumed,    ///< read back from disk: verify what is real, then go on
    };
    Type type = Type::Tick;
    QDateTime at;
    bool ok = false;
    int status = 0;
    QString id, text;
    QJsonObject json;
    Verdict verdict;
};

struct Procedure {
    Step step = Step::Review;
    // What it is about.
    QString name, uid;
    QString resourceVersion;   ///< of the Upgrade that was judged last
    Code verdict = Code::Wait; ///< the last one told
    // Remembered before anything is deleted.
    QJsonObject spec, annotations; ///< of the Upgrade; annotations: those a person may choose
    QString versionName;
    QJsonObject version; ///< the Version's spec and labels; empty: not there
    // On the way.
    bool bundle = false; ///< evidence that satisfies SafeAfterBundle is on disk
    bool confirmed = false;
    bool deleted = false;   ///< the server took the DELETE, or the Upgrade is gone
    bool verifying = false; ///< after a start: an answer tells where we really are
    QStringList present; ///< UIDs of the Upgrades that were there before the new one was asked for
    QString createdName, createdUid;
    QStringList leftovers;          ///< found after the deletion, for the person to see
    upgrade::Message problem;       ///< why it is closed or does not go on; codes: procedure.cpp
    QDateTime since;                ///< the step began
    QDateTime polled;               ///< last poll
    int serial = 0;                 ///< of requests
    QMap<QString, QString> pending; ///< request id → what it is for

    [[nodiscard]] bool isOver() const
    {
        return step == Step::Done || step == Step::StoppedHere || step == Step::Closed;
    }
};

struct Advance {
    Procedure next;
    QList<Request> requests; ///< send them after `next` is on disk
};

/// The beginning: `upgrade` and `version` as the API gave them; `version` empty when there is none. Closed at once for
/// V2 and for a verdict that does not allow it.
[[nodiscard]] Procedure begin(
    const Verdict &verdict, const QJsonObject &upgrade, const QJsonObject &version, const QDateTime &now);
[[nodiscard]] Advance step(const Procedure &procedure, const Event &event);
/// What the person must be allowed to do, for access reviews before anything starts.
[[nodiscard]] QList<kube::AccessQuestion> accessNeeded(const Procedure &procedure);
/// The Upgrade that will be created, also for dry runs.
[[nodiscard]] QJsonObject newUpgrade(const Procedure &procedure);

[[nodiscard]] QString stepWord(Step step);
[[nodiscard]] QJsonObject toJson(const Procedure &procedure); ///< schema "gleaner.restart/v1"; no credential is in it
[[nodiscard]] std::optional<Procedure> procedureFromJson(const QJsonObject &json);

} // namespace restart
