// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A custom-painted widget as a list of items for screen readers: the widget tells count, names, places and states,
/// this makes the interfaces. Install once with installAccessibleLists().
#pragma once

#include <QRect>
#include <QString>

class QWidget;

namespace ui {

class AccessibleItems {
public:
    virtual ~AccessibleItems();
    [[nodiscard]] virtual int itemCount() const = 0;
    [[nodiscard]] virtual QString itemName(int index) const = 0;
    [[nodiscard]] virtual QString itemDescription(int index) const = 0;
    [[nodiscard]] virtual QRect itemRect(int index) const = 0; ///< in the widget's coordinates
    [[nodiscard]] virtual bool itemSelected(int index) const = 0;
    [[nodiscard]] virtual int itemCurrent() const = 0; ///< the one with keyboard focus; -1: none
    virtual void itemActivate(int index) = 0;
};

void installAccessibleLists();
/// Tells the reader that the focus went to an item, or that an item reads differently now.
void announceFocus(QWidget *widget, int index);
void announceName(QWidget *widget, int index);

} // namespace ui
