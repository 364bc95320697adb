// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A scenario of the simulated cluster as facts at every moment, without a server and as fast as it computes: objects
/// through the same slimmers as live ones, observations kept from step to step, and all that was logged.
#pragma once

#include "demo/catalog.h"
#include "demo/director.h"
#include "diagnosis/logscanner.h"

namespace support {

class Play {
public:
    /// Aborts the test when there is no such scenario.
    explicit Play(const QString &scenario, const diagnosis::RuleBook &rules);
    ~Play();

    void step(double seconds);
    [[nodiscard]] bool finished() const;
    [[nodiscard]] double minutes() const; ///< since the scenario began
    /// Without logs: hits() has read them.
    [[nodiscard]] diagnosis::Facts facts() const;
    [[nodiscard]] diagnosis::LogHits hits() const { return m_scanner.hits(); }

private:
    void look();
    void readLogs();
    [[nodiscard]] QDateTime now() const;

    const demo::Scenario *m_scenario;
    demo::Catalog m_catalog;
    demo::Timeline m_timeline;
    std::mt19937_64 m_random;
    bool m_building = true;
    std::unique_ptr<demo::Store> m_store;
    demo::LogBook m_logs;
    std::unique_ptr<demo::World> m_world;
    std::unique_ptr<demo::Director> m_director;

    upgrade::Snapshot m_snapshot;
    diagnosis::LogScanner m_scanner;
    struct Read {
        int source = -1;
        qint64 serial = 0, next = 0;
        qint64 number = 0;
    };
    QHash<QString, Read> m_read; ///< by namespace/pod/container
};

} // namespace support
