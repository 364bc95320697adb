// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Prints kept logs merged by time, in slices between which Ctrl+C is heard: to what was there when it began, or on and
/// on as the files grow.
#pragma once

#include "cli/console.h"
#include "cli/exitcodes.h"
#include "cli/logprint.h"
#include "logs/jobdocument.h"

#include <QObject>
#include <QTimer>

#include <memory>

namespace cli {

class LogOutput : public QObject {
    Q_OBJECT
public:
    /// `format` of the arguments; `now`: what --since DURATION counts from.
    LogOutput(const Arguments &arguments, const QDateTime &now, QObject *parent = nullptr);
    ~LogOutput() override;

    /// Those of them that are kept and not known yet.
    void add(const QList<LogSource> &sources);
    [[nodiscard]] bool isEmpty() const { return m_sources.isEmpty(); }
    void start();

Q_SIGNALS:
    /// Told: everything was printed, or its reader is gone. Never told when it follows and nothing is wrong.
    void ended(cli::Exit code);

private:
    void pump();
    [[nodiscard]] bool isEnough() const;
    void end(Exit code);

    const bool m_follow;
    const bool m_onePod;
    QList<LogSource> m_sources;
    QList<qint64> m_sizes; ///< of their files when they were added
    std::unique_ptr<LogPrinter> m_printer;
    std::unique_ptr<logs::JobDocument> m_document; ///< from start() on
    qint64 m_next = 0;                             ///< the first row that is not printed
    QTimer m_again;
    Written m_written = Written::Yes;
    bool m_ended = false;
};

} // namespace cli
