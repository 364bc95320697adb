// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One line of plain text that gives way: elided where told, whole in the tooltip, never a minimum width of its own.
#pragma once

#include "ui/statecolours.h"

#include <QWidget>

#include <optional>

namespace ui {

class ElidedLabel : public QWidget {
    Q_OBJECT
public:
    explicit ElidedLabel(Qt::TextElideMode mode = Qt::ElideRight, QWidget *parent = nullptr);
    void setText(const QString &text);
    [[nodiscard]] const QString &text() const { return m_text; }
    [[nodiscard]] bool isElided() const;
    void setQuiet(bool quiet);
    void setTone(std::optional<Tone> tone);
    /// Shown in the tooltip under the text itself.
    void setDetails(const QStringList &lines);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Qt::TextElideMode m_mode;
    QString m_text;
    QStringList m_details;
    std::optional<Tone> m_tone;
    bool m_quiet = false;
};

} // namespace ui
