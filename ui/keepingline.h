// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The quiet line of the status bar that says where the logs are kept, with a button that opens the folder.
#pragma once

#include "ui/keeping.h"

#include <QWidget>

class QToolButton;

namespace ui {

class ElidedLabel;

class KeepingLine : public QWidget {
    Q_OBJECT
public:
    explicit KeepingLine(QWidget *parent = nullptr);
    void present(const Keeping &keeping);
    [[nodiscard]] const Keeping &keeping() const { return m_keeping; }

Q_SIGNALS:
    void folderWanted(const QString &folder);

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    Keeping m_keeping;
    ElidedLabel *m_text;
    QToolButton *m_open;
};

} // namespace ui
