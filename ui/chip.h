// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A quiet pill: a shape or an icon, and a word. For the state of an upgrade, the age of what is shown, badges.
#pragma once

#include "ui/glyph.h"

#include <QWidget>

namespace ui {

class Chip : public QWidget {
    Q_OBJECT
public:
    explicit Chip(QWidget *parent = nullptr);
    void present(const Glyph &glyph, const QString &text, const QString &toolTip = {});
    void presentIcon(const QString &iconName, Tone tone, const QString &text, const QString &toolTip = {});
    [[nodiscard]] const QString &text() const { return m_text; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void set(const QString &text, const QString &toolTip);
    Glyph m_glyph;
    QString m_icon, m_text;
};

} // namespace ui
