// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The banner over the board of a past upgrade or a bundle: what it is, of which moment, a slider over its time, what
/// of a bundle could not be read, and the way back. While it stands there nothing on the board is of now and nothing
/// can be done to a cluster.
#pragma once

#include "session/historysession.h"

#include <QDateTime>
#include <QFrame>

class QLabel;
class QPushButton;
class QToolButton;

namespace ui {

class ElidedLabel;
class HistoryLink;
class MomentSlider;

class PastBar : public QFrame {
    Q_OBJECT
public:
    explicit PastBar(QWidget *parent = nullptr);
    /// Null: nothing past is shown. `back`: the context the button leads to; empty: none.
    void present(HistoryLink *link, const QString &back);
    [[nodiscard]] MomentSlider *slider() const { return m_slider; }

Q_SIGNALS:
    void wanted(const QDateTime &at);
    void left();

protected:
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void refresh();
    QString m_folder, m_back, m_clusterName;
    QDateTime m_shown, m_first, m_last;
    bool m_open = false;
    bool m_isBundle = false;
    std::optional<session::ShownBundle> m_bundle; ///< absent also while it is being opened
    ElidedLabel *m_title;
    ElidedLabel *m_problems;
    QToolButton *m_previous;
    QToolButton *m_next;
    MomentSlider *m_slider;
    QLabel *m_from;
    QLabel *m_to;
    QPushButton *m_leave;
};

/// "Support bundle sb.zip".
[[nodiscard]] QString bundleTitle(const session::ShownBundle &bundle);
/// "2026-11-25 14:02:11" in the zone of the machine.
[[nodiscard]] QString localTime(const QDateTime &time);

} // namespace ui
