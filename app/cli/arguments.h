// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The command line as values. Pure: says what was asked for, or what is wrong with it.
#pragma once

#include "upgrade/board.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <chrono>
#include <expected>
#include <optional>

namespace cli {

enum class Verb { Window, Status, Contexts, Demo, Logs, Diagnose, Verdict, Check, Help, Version };

struct Arguments {
    Verb verb = Verb::Window;
    QString helpFor;    ///< verb --help is about; empty: the program
    QString kubeconfig; ///< explicit file
    QString context;
    bool json = false;
    bool watch = false;
    std::chrono::milliseconds timeout{30000};     ///< until the first board
    std::chrono::milliseconds execTimeout{60000}; ///< for a login plugin
    QString language;
    // logs: of job, pod, phase and node at most one is given
    QString job, pod, node, container;
    std::optional<upgrade::PhaseId> phase;
    bool follow = false;
    bool timestamps = false;
    bool history = false;
    std::optional<std::chrono::milliseconds> sinceAgo; ///< before now, or before the end of a past upgrade
    QDateTime sinceTime;                               ///< invalid: not given
    QString pastUpgrade;                               ///< of history: its name or UID; empty: list them
    // diagnose
    QString path; ///< a bundle, a folder, a file, "-"; empty: the cluster
    // verdict, check
    bool exitCode = false; ///< the exit code is the answer
    QString target;        ///< of check: version to upgrade to
    // the window
    bool demoWindow = false;
    QString tour;
    QString theme;
    // demo
    QString scenario = QStringLiteral("healthy");
    int nodes = 3;
    quint16 port = 0;
    double speed = 60;
    double startAt = 0;
    quint64 seed = 1;
    QString kubeconfigOut;
};

/// The words given, without the program's name. The error is one translated line.
[[nodiscard]] std::expected<Arguments, QString> parseArguments(const QStringList &given);

/// What --help prints.
[[nodiscard]] QString helpText(const QString &verb);

} // namespace cli
