// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The verdict on a restart as a quiet chip that can be pressed: sign, word, colour. Pressed, it opens its reasons.
#pragma once

#include "restart/verdict.h"
#include "ui/glyph.h"

#include <QAbstractButton>

namespace ui {

[[nodiscard]] Glyph verdictGlyph(restart::Code code);

class VerdictChip : public QAbstractButton {
    Q_OBJECT
public:
    explicit VerdictChip(QWidget *parent = nullptr);
    void present(const restart::Verdict &verdict);
    /// Whether the reasons are open: the arrow turns.
    void setOpen(bool open);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool event(QEvent *event) override;

private:
    Glyph m_glyph;
    bool m_open = false;
};

} // namespace ui
