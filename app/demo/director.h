// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Plays an upgrade as Harvester, Rancher, the system-upgrade-controller, Longhorn and KubeVirt do it (phases.md), as
/// scripts on simulated time. One upgrade at a time: a new one starts the play again, deleting the running one ends it.
#pragma once

#include "demo/scenario.h"
#include "demo/timeline.h"

#include <QObject>

namespace demo {

class Director : public QObject {
    Q_OBJECT
public:
    Director(World &world, Timeline &timeline, const Scenario &scenario, QObject *parent = nullptr);

    /// The scenario's own upgrade, if it has one.
    void begin();
    void upgradeCreated(const QString &name);
    void upgradeDeleting(const QString &name);
    /// Nothing more will happen by itself.
    [[nodiscard]] bool finished() const;
    /// The only node reboots: there is no API server.
    [[nodiscard]] bool isAway() const { return m_away; }

Q_SIGNALS:
    void played(const QString &step);
    /// The API server is away with the only node, or is back.
    void away(bool gone);

private:
    enum Group { Upgrading = 1, Deleting = 2, Expiring = 3, Talking = 4 };

    Task run();
    Task logInfrastructure();
    Task image();
    Task repository();
    Task repositoryVm();
    Task eligibility();
    Task prepare();
    Task prepareNode(QString node, QString hash);
    Task services();
    Task servicesAttempt(QString pod, int attempt);
    Task chart(QString pod, QString name, QString version);
    Task rollout(QString pod, QString ns, QString deployment, QString image);
    Task nodesMany();
    Task nodeSingle();
    Task oneNode(QString node);
    Task waitUnpaused(QString node);
    Task preDrain(QString node);
    Task moveMachines(QString node, QString pod);
    Task drain(QString node);
    Task postDrain(QString node);
    Task reboot(QString node);
    Task cleanup(bool succeeded);
    Task deletion(QString name);
    Task planOnNodes(QString plan, QString component, QString line, Trouble onSecond = Trouble::None);
    Task expireJob(QString job); ///< TTL of the system-upgrade-controller's Jobs
    Task planUpgrade();          ///< V2
    Task stall();                ///< nothing more from here
    Task podStarts(QString ns, QString pod);
    Task repoChecks(QString ns, QString pod);
    Task controllers(); ///< their logs
    void controllerSays(const QString &ns, const QString &deployment, const QString &text);
    void blockedBudgets(const QString &stamp);
    void repositoryMissing(const QString &stamp);

    // What the controllers write.
    void upgrade(const World::Edit &change);
    void condition(const QString &type, const QString &status, const QString &reason = {}, const QString &message = {});
    void state(const QString &label);
    void nodeState(const QString &node, const QString &state, const QString &reason = {}, const QString &message = {});
    [[nodiscard]] QString nodeStateOf(const QString &node) const;
    void fail(const QString &type, const QString &reason = {}, const QString &message = {});
    void logCondition(
        const QString &type, const QString &status, const QString &reason = {}, const QString &message = {});
    void planner(const QString &message); ///< what Rancher's planner waits for; empty: nothing
    void machineAnnotation(const QString &node, const QString &key, const QString &value);
    void node(const QString &name, const World::Edit &change);
    void makePlan(const QString &name, const QString &component, const QString &hash, int concurrency);
    void planApplying(const QString &plan, const QStringList &nodes);
    QString sucJob(const QString &plan, const QString &node, const QString &hash, const QString &action);
    void sucJobDone(const QString &job, const QString &pod);
    QString nodeJob(const QString &type, const QString &node);
    void cleanObjects(bool keepJobs);
    void removeLog();
    void baseConditions();
    [[nodiscard]] QJsonObject owner() const;
    [[nodiscard]] QString name(const QString &suffix) const { return m_name + u'-' + suffix; }
    /// Whether the controller that is at work, the old one until phase 3 replaces it, is of this release or a later
    /// one.
    [[nodiscard]] bool controllerIs(int major, int minor, int patch) const;
    [[nodiscard]] bool troubledNode(const QString &node) const;
    [[nodiscard]] Timeline::Sleep wait(double seconds) { return m_timeline.sleep(seconds * m_world.between(0.9, 1.1)); }
    [[nodiscard]] Timeline::Sleep paced(double seconds) { return wait(seconds * m_pace); }
    void setAway(bool gone);
    void step(const QString &text);

    World &m_world;
    Timeline &m_timeline;
    const Scenario &m_scenario;
    QString m_name;    ///< of the running Upgrade
    Trouble m_trouble; ///< only the first upgrade has it: a restart after the cause is gone succeeds
    double m_pace = 1; ///< many nodes go faster each, or a thousand would take a month
    bool m_failed = false;
    bool m_stalled = false;
    bool m_away = false;
    bool m_talking = false;
    QString m_planned; ///< what the planner last said it waits for
};

} // namespace demo
