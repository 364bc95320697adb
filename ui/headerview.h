// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The headline of the board: what upgrade, from where to where, its state, how long, how long still, how old; and
/// badges for what must never be forgotten (TLS not verified, acting as somebody else, demo). Under it the "waiting
/// for" line.
#pragma once

#include "ui/headline.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

class Chip;
class ElidedLabel;
class Tick;
class VerdictChip;

class HeaderView : public QWidget {
    Q_OBJECT
public:
    explicit HeaderView(Tick &tick, QWidget *parent = nullptr);
    void present(const session::ClusterState &state, bool demo);
    /// What the line under the headline rests on; nothing while there is no such line.
    struct Told {
        upgrade::Evidence evidence;
        QString node; ///< "" when it is not about one node
        upgrade::PhaseId phase = upgrade::PhaseId::LogInfra;
    };
    [[nodiscard]] std::optional<Told> told() const;
    [[nodiscard]] VerdictChip *verdict() const { return m_verdict; }

Q_SIGNALS:
    void evidenceWanted(const upgrade::Evidence &evidence, const QString &node, upgrade::PhaseId phase);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void refreshWaiting();
    void refreshNotes();

    Tick &m_tick;
    session::ClusterState m_state;
    bool m_demo = false;
    ElidedLabel *m_name;
    ElidedLabel *m_versions;
    Chip *m_chip;
    Chip *m_age;
    VerdictChip *m_verdict;
    Chip *m_insecure;
    Chip *m_acting;
    Chip *m_demoBadge;
    ElidedLabel *m_sentence;
    QLabel *m_elapsed;
    QLabel *m_left;
    QWidget *m_waiting;
    Chip *m_waitingSign;
    ElidedLabel *m_waitingText;
    QPushButton *m_evidence;
    QWidget *m_notes;
    ElidedLabel *m_notesText;
};

} // namespace ui
