// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A panel that appears fades in within 120 ms: its own background lies over it and goes. The panel itself is painted
/// as always and takes clicks and keys from the first moment. Nothing happens where the system asks for no animation.
#pragma once

#include <QVariantAnimation>
#include <QWidget>

namespace ui {

class Fade : public QWidget {
    Q_OBJECT
public:
    static constexpr int milliseconds = 120;
    /// Call when `panel` has just become visible. Once more while it fades changes nothing.
    static void in(QWidget *panel);
    /// The animation setting of the system, as the style knows it.
    [[nodiscard]] static bool wanted(const QWidget *widget);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    explicit Fade(QWidget *panel);
    QVariantAnimation m_going;
    double m_left = 1;
};

} // namespace ui
