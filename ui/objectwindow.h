// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A window with the objects behind an item of the board as YAML, one at a time, as the board has them: with the parts
/// an upgrade is told by. managedFields and credentials are in none. Nothing is read from the cluster or changed in it.
#pragma once

#include "ui/boardobjects.h"

#include <QWidget>

class QComboBox;

namespace ui {

class LogViewer;
class Settings;

class ObjectWindow : public QWidget {
    Q_OBJECT
public:
    /// The first of `objects` is shown, at `field` ("status.robustness") when it is not empty. Belongs to `parent`,
    /// deletes itself when closed. `objects` must not be empty.
    static ObjectWindow *open(
        const QList<KnownObject> &objects, const QString &field, Settings &settings, QWidget *parent = nullptr);
    [[nodiscard]] LogViewer *viewer() const { return m_viewer; }
    [[nodiscard]] QComboBox *chooser() const { return m_chooser; }

protected:
    void changeEvent(QEvent *event) override;

private:
    ObjectWindow(const QList<KnownObject> &objects, Settings &settings, QWidget *parent);
    void choose(int index, const QString &field);
    void retranslate();

    QList<KnownObject> m_objects;
    LogViewer *m_viewer;
    QComboBox *m_chooser;
};

} // namespace ui
