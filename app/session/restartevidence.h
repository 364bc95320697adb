// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The evidence that a deletion destroys, saved beside the restart's journal: the objects of the upgrade as JSON, read
/// anew and with secrets masked, and a copy of what evidence::Store keeps of it (every log, the history of objects).
/// Secrets are not read; of charts and bundles only what a board reads, since their values may hold a login. Copied in
/// pieces, so that the thread stays free; ended by deleting it, which takes away what is not whole. Folders are 0700,
/// files 0600. Thread: the wire's.
#pragma once

#include "evidence/redactedtext.h"
#include "session/actionwire.h"
#include "session/restartstate.h"

#include <QFile>
#include <QObject>
#include <QTimer>

namespace session {

class RestartEvidence : public QObject {
    Q_OBJECT
public:
    /// `kept`: the folder of evidence::Store; empty: nothing is kept.
    RestartEvidence(ActionWire &wire, const QString &kept, QObject *parent = nullptr);
    ~RestartEvidence() override;
    void start();
    [[nodiscard]] const EvidenceProgress &progress() const { return m_progress; }

Q_SIGNALS:
    void changed();

private:
    struct File {
        QString from, below;
        qint64 size = 0; ///< when the copy was begun: a log goes on growing
    };
    void listed(const QString &name, const kube::Result<QList<kube::ObjectPtr>> &found);
    [[nodiscard]] bool write(const QString &below, const QByteArray &bytes);
    void beginCopy();
    void copyOn();
    void finish();
    void fail(const QString &words);

    ActionWire &m_wire;
    const QString m_kept;
    EvidenceProgress m_progress;
    int m_open = 0;
    int m_objects = 0;
    evidence::SecretCounts m_masked{};
    QList<File> m_files;
    qsizetype m_at = 0;
    QFile m_from, m_to;
    QTimer m_copy;
};

} // namespace session
