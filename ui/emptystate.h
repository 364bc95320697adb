// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What stands in the place of a board when there is none: says what is, and leads on.
#pragma once

#include <QWidget>

class QHBoxLayout;
class QLabel;

namespace ui {

struct EmptyText {
    QString icon;
    QString title;
    QString body;
    QStringList list; ///< problems, versions …: one a line, selectable
    struct Button {
        QString text;
        QString action;
        friend bool operator==(const Button &, const Button &) = default;
    };
    QList<Button> buttons; ///< first is filled
    friend bool operator==(const EmptyText &, const EmptyText &) = default;
};

class EmptyState : public QWidget {
    Q_OBJECT
public:
    explicit EmptyState(QWidget *parent = nullptr);
    void present(const EmptyText &text);
    [[nodiscard]] const EmptyText &text() const { return m_text; }

Q_SIGNALS:
    void triggered(const QString &action);

protected:
    void changeEvent(QEvent *event) override;

private:
    void refreshIcon();
    void fit();
    EmptyText m_text;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_body;
    QLabel *m_list;
    QHBoxLayout *m_buttons;
};

} // namespace ui
