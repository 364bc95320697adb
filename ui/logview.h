// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Shows a logs::Document of any length: reads, colours and paints only the rows that are seen. Follows the end only
/// while it is at the end. Positions and the selection are row numbers, so they survive scrolling and growth. Control
/// characters are shown, never obeyed.
#pragma once

#include "logs/document.h"
#include "ui/logline.h"

#include <QAbstractScrollArea>
#include <QPointer>

#include <map>
#include <optional>

namespace ui {

class LogMarks;

class LogView : public QAbstractScrollArea {
    Q_OBJECT
public:
    /// A visual line: a row, and which line of it when it is wrapped.
    struct Place {
        qint64 row = 0;
        qint64 sub = 0;
        auto operator<=>(const Place &) const = default;
    };
    enum class Start { Begin, End };

    explicit LogView(QWidget *parent = nullptr);
    ~LogView() override;

    /// Not owned; null: none. `start`: End follows.
    void setDocument(logs::Document *document, Start start = Start::End);
    [[nodiscard]] logs::Document *document() const { return m_document; }
    [[nodiscard]] qint64 rowCount() const { return m_content ? m_content->rowCount() : 0; }
    void setPlaceholder(const QString &text);

    [[nodiscard]] bool isFollowing() const { return m_following; }
    void follow();
    [[nodiscard]] Place top() const { return m_top; }
    /// Scrolls only when the row is not seen whole.
    void showRow(qint64 row);
    /// Shows the row, selects it and stays there while others arrive.
    void goTo(qint64 row);
    void scrollLines(qint64 lines);
    [[nodiscard]] int visibleLines() const;

    void setTimes(LogTimes times);
    [[nodiscard]] LogTimes times() const { return m_times; }
    void setWrap(bool wrap);
    [[nodiscard]] bool wrap() const { return m_wrap; }
    /// Points more or less than the system's fixed font.
    void setZoom(int zoom);
    [[nodiscard]] int zoom() const { return m_zoom; }
    void setSyntax(Highlight::Kind kind);
    void setRules(const QList<LogRule> &rules);
    /// What is marked in the lines, and which row is the current match; -1: none.
    void setSearch(const logs::Pattern &pattern);
    void setCurrentMatch(qint64 row);
    [[nodiscard]] qint64 currentMatch() const { return m_match; }
    [[nodiscard]] LogMarks *marks() const { return m_marks; }

    struct Span {
        qint64 row = -1;
        qint64 from = 0, to = 0; ///< bytes of its text
    };
    [[nodiscard]] std::pair<qint64, qint64> selectedRows() const; ///< first, last; -1, -1: none
    /// Of a selection inside of one line.
    [[nodiscard]] std::optional<Span> selectedSpan() const;
    void selectRows(qint64 anchor, qint64 caret);
    void clearSelection();
    void selectAll();
    /// Lines without their dividers; empty when it would be more than `copyLimit`.
    [[nodiscard]] QString selectedText(bool stamps = false) const;
    void copy(bool stamps = false);
    static constexpr qsizetype copyLimit = qsizetype(64) * 1024 * 1024;

    // For screen readers: what is seen, a line each.
    [[nodiscard]] QList<qint64> seenRows() const;
    [[nodiscard]] QString plainText(qint64 row) const;
    [[nodiscard]] QRect rowRect(qint64 row) const; ///< of the viewport; empty: not seen
    [[nodiscard]] qint64 rowAt(int y) const;       ///< -1: none
    [[nodiscard]] qint64 caret() const { return m_caret; }

Q_SIGNALS:
    void followingChanged(bool following);
    void caretMoved(qint64 row);
    void activated(qint64 row);
    void zoomed(int zoom);
    void contentChanged();
    /// More is selected than a clipboard should take.
    void copyRefused();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void timerEvent(QTimerEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    // content
    void takeContent(qint64 firstChanged);
    void takeReset(Start start);
    void settleZero();
    [[nodiscard]] const logs::Row &row(qint64 number) const; ///< an empty one when it cannot be read
    // layout
    void settleFont();
    void settleGutter();
    void forgetLines();
    [[nodiscard]] int lineHeight() const { return m_lineHeight; }
    [[nodiscard]] int textLeft() const;
    [[nodiscard]] qint64 columnsAcross() const;
    [[nodiscard]] bool isLong(const logs::Row &row) const { return row.length > row.text.size(); }
    [[nodiscard]] qint64 subCount(qint64 number) const;
    /// The layout that shows a visual line, and where in the viewport its origin is, less the line's top.
    [[nodiscard]] const LogLine &line(Place place) const;
    [[nodiscard]] double lineX(Place place) const;
    // scrolling
    void settleBars();
    [[nodiscard]] Place lastTop() const;
    [[nodiscard]] Place moved(Place place, qint64 lines) const;
    [[nodiscard]] Place placeAt(int y) const;
    void setTop(Place top);
    void syncBar();
    void barAction(int action);
    void setFollowing(bool following);
    void settleFollowing();
    void noteWidth(qint64 bytes);
    // painting
    void paintRow(QPainter &painter, Place place, int y) const;
    void paintGutter(QPainter &painter, const logs::Row &row, int y) const;
    void paintDivider(QPainter &painter, const logs::Row &row, int y) const;
    [[nodiscard]] QString sourceTag(int source) const;
    // input
    void moveCaret(qint64 to, bool extend);
    [[nodiscard]] qint64 offsetAt(QPoint at, Place place) const;
    void dragTo(QPoint at);
    void selectionMoved();

    QPointer<logs::Document> m_document;
    logs::ContentPointer m_content;
    QStringList m_sources;
    QString m_placeholder;

    static constexpr qint64 blockRows = 64;
    static constexpr qsizetype shortBytes = 1024;
    mutable std::map<qint64, QList<logs::Row>> m_blocks;
    mutable std::map<std::pair<qint64, qint64>, std::shared_ptr<LogLine>> m_lines;
    LogColours m_colours;

    QFont m_font;
    int m_lineHeight = 16;
    double m_column = 8; ///< width of a character
    int m_gutter = 0;    ///< from the left to the text
    int m_timeWidth = 0;
    int m_zoom = 0;
    LogTimes m_times = LogTimes::Off;
    qint64 m_zero = 0; ///< relative times count from here
    bool m_zeroKnown = false;
    bool m_wrap = false;

    Place m_top;
    qint64 m_widest = 0; ///< bytes of the longest row seen
    bool m_following = true;
    bool m_settling = false;
    double m_wheel = 0;

    qint64 m_anchor = -1, m_caret = -1;
    std::optional<Span> m_span;      ///< a part of the line m_caret
    std::optional<qint64> m_pressed; ///< byte where a drag began
    QPoint m_pressedAt;
    int m_dragTimer = 0;
    QPoint m_dragPoint;
    qint64 m_match = -1;
    LogMarks *m_marks;
};

} // namespace ui
