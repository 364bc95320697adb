// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A plain view of a LogStore: paints only the lines that are seen. Follows the end only while it is at the end.
/// Selection is by whole lines and by line number, so it survives scrolling and new lines. Control characters are
/// shown, never obeyed.
#pragma once

#include "ui/logstore.h"

#include <QAbstractScrollArea>

namespace ui {

class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit LogView(QWidget *parent = nullptr);

    void append(const QList<session::LogBatchLine> &lines);
    void clear();
    [[nodiscard]] const LogStore &store() const { return m_store; }

    [[nodiscard]] bool isFollowing() const { return m_following; }
    void follow();
    void setTimestamps(bool on);
    [[nodiscard]] bool timestamps() const { return m_timestamps; }
    /// Literal, ASCII case ignored; empty: no marks.
    void setNeedle(const QString &needle);
    /// Goes to the next match and selects it; false: there is none.
    bool findNext(bool backward);
    void showLine(qint64 number);
    /// Shows the line, selects it and stays there while others arrive.
    void goTo(qint64 number);
    [[nodiscard]] std::pair<qint64, qint64> selectedLines() const; ///< first, last; 0, 0: none
    [[nodiscard]] QString selectedText() const;
    void copy() const;
    void setPlaceholder(const QString &text);

Q_SIGNALS:
    void followingChanged(bool following);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void settle();
    void setFollowing(bool following);
    void select(qint64 anchor, qint64 caret);
    void moveCaret(qint64 to, bool extend);
    [[nodiscard]] qint64 lineAt(int y) const;
    [[nodiscard]] int visibleLines() const;
    [[nodiscard]] int lineHeight() const;
    [[nodiscard]] QString prefix(const LogStore::Entry &entry) const;
    [[nodiscard]] static QString dividerText(const LogStore::Entry &entry);
    void paintText(QPainter &painter, const LogStore::Entry &entry, int y) const;
    void paintDivider(QPainter &painter, const LogStore::Entry &entry, int y) const;

    LogStore m_store;
    QString m_placeholder;
    QByteArray m_needle; ///< lower case
    qint64 m_anchor = 0, m_caret = 0;
    bool m_following = true;
    bool m_timestamps = false;
    bool m_settling = false;
};

} // namespace ui
