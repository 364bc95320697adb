// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What the headline of the board says, as a value: pure functions of a cluster's state and a clock.
#pragma once

#include "session/session.h"
#include "ui/glyph.h"

#include <QDateTime>

namespace ui {

struct Headline {
    QString name;     ///< of the upgrade; of the context when there is none
    QString versions; ///< "v1.8.2 → v1.9.0"
    Glyph glyph;
    QString state;     ///< the chip
    QString sentence;  ///< fine, slow, stuck or broken; where
    QString elapsed;   ///< "2 h 05 min"
    QString times;     ///< absolute begin and end, for the tooltip
    QString left;      ///< "about 40 min left"
    QString leftBasis; ///< how the estimate was made
    QString age;       ///< "as of 4 min ago · retry in 12 s"; empty: live
    friend bool operator==(const Headline &, const Headline &) = delete;
};

/// `now` is the cluster's, as the times of its board are.
[[nodiscard]] Headline headlineOf(const session::ClusterState &state, const QDateTime &now);

/// True while what is shown is not being kept up to date.
[[nodiscard]] bool isStale(const session::Connection &connection);
/// "not connected", "connecting", "online" … with a shape of its own.
[[nodiscard]] QString connectionWord(session::Connection::State state);
[[nodiscard]] Glyph connectionGlyph(session::Connection::State state);
/// "retry in 12 s", "retrying now"; empty when nothing is planned.
[[nodiscard]] QString retryText(const session::Connection &connection, const QDateTime &now);

/// The cluster in one short line for the list, with its sign: "Upgrading · Upgrade nodes", "Harvester v1.8.2" …
struct Brief {
    Glyph glyph;
    QString text;
    Tone tone = Tone::Muted;
};
[[nodiscard]] Brief briefOf(const session::ClusterState &state);

} // namespace ui
