// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The kubeconfig of a simulated cluster. Pure.
#pragma once

#include "demo/certificates.h"

#include <QHash>
#include <QString>

namespace demo {

/// Contexts: `cluster` (the admin's token), and `cluster`-viewer, -nobody, -certificate (admin by client certificate).
[[nodiscard]] QByteArray kubeconfigText(const QString &cluster, quint16 port, const QByteArray &caPem,
    const QHash<QString, QByteArray> &tokens, const Identity &certificate);

} // namespace demo
