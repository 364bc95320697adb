// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/ui_texts.h"

#include "ui/chip.h"
#include "ui/elidedlabel.h"

#include <QAbstractButton>
#include <QAction>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QTabBar>

namespace uitest {

QStringList visibleTexts(const QWidget &root)
{
    QStringList texts;
    const QList<QWidget *> widgets = root.findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        // A closed menu is one click away: its words count.
        if (const auto *menu = qobject_cast<const QMenu *>(widget)) {
            texts.append(menu->title());
            for (const QAction *action : menu->actions())
                texts.append(action->text());
            continue;
        }
        if (!widget->isVisibleTo(&root))
            continue;
        if (const auto *label = qobject_cast<const QLabel *>(widget))
            texts.append(label->text());
        else if (const auto *elided = qobject_cast<const ui::ElidedLabel *>(widget))
            texts.append(elided->text());
        else if (const auto *chip = qobject_cast<const ui::Chip *>(widget))
            texts.append(chip->text());
        else if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            texts.append(button->text());
        else if (const auto *edit = qobject_cast<const QLineEdit *>(widget))
            texts.append(edit->placeholderText());
        else if (const auto *tabs = qobject_cast<const QTabBar *>(widget)) {
            for (int i = 0; i < tabs->count(); ++i)
                texts.append(tabs->tabText(i));
        } else if (const auto *header = qobject_cast<const QHeaderView *>(widget); header && header->model()) {
            for (int i = 0; i < header->count(); ++i) {
                if (!header->isSectionHidden(i))
                    texts.append(header->model()->headerData(i, header->orientation()).toString());
            }
        }
    }
    texts.removeAll(QString());
    return texts;
}

bool shows(const QWidget &root, const QString &part)
{
    const QStringList texts = visibleTexts(root);
    return std::any_of(texts.begin(), texts.end(), [&](const QString &text) { return text.contains(part); });
}

} // namespace uitest
