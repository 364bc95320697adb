// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The upgrades that are kept on disk, newest first, and those that were dropped for a limit's sake. Read in another
/// thread when asked to.
#pragma once

#include "evidence/retention.h"

#include <QAbstractTableModel>

#include <memory>

namespace session {
class Gate;
}

namespace ui {

struct PastRow {
    QString folder; ///< empty: it cannot be opened
    evidence::UpgradeIdentity id;
    QDateTime from, to;
    QString ended; ///< in words
    QString state; ///< upgrade::stateWord
    qint64 bytes = 0;
    QStringList details; ///< for the tooltip
    friend bool operator==(const PastRow &, const PastRow &) = default;
};

/// Kept ones, then the dropped ones. Pure.
[[nodiscard]] QList<PastRow> pastRows(
    const QList<evidence::KeptUpgrade> &kept, const QList<evidence::DroppedUpgrade> &dropped);

class PastModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Upgrade, Cluster, Versions, When, Ended, Size, ColumnCount };

    explicit PastModel(QObject *parent = nullptr);
    ~PastModel() override;
    /// Reads the store anew; loaded() follows. `root` as Workspace::evidenceRoot().
    void load(const QString &root);
    void retranslate();
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] const PastRow *row(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void loaded();

private:
    void show();
    std::shared_ptr<session::Gate> m_gate;
    int m_asked = 0; ///< the newest question counts
    bool m_loaded = false;
    QList<evidence::KeptUpgrade> m_kept;
    QList<evidence::DroppedUpgrade> m_dropped;
    QList<PastRow> m_rows;
};

} // namespace ui
