// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Serves one recorded moment of a real API server (an archive of tests/fixtures/session): each list byte for byte as
/// it was answered, watches that stay open and say nothing, the logs of the upgrade's pods.
#pragma once

#include "support/kube_server.h"

namespace support {

class Replay : public Server {
    Q_OBJECT
public:
    /// `moment`: "three-node-15". False when the archive cannot be read or the port not be opened.
    bool play(const QString &moment);
    /// A kubeconfig with the one context "recorded".
    [[nodiscard]] QByteArray kubeconfig() const;
};

} // namespace support
