// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logaccessible.h"

#include "ui/logview.h"

#include <QAccessible>
#include <QAccessibleWidget>

#include <algorithm>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

class AccessibleLog final : public QAccessibleWidget, public QAccessibleTextInterface {
public:
    explicit AccessibleLog(LogView *view)
        : QAccessibleWidget(view, QAccessible::Document)
    {
    }
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        if (type == QAccessible::TextInterface)
            return static_cast<QAccessibleTextInterface *>(this);
        return QAccessibleWidget::interface_cast(type);
    }
    QAccessible::State state() const override
    {
        QAccessible::State state = QAccessibleWidget::state();
        state.readOnly = true;
        state.multiLine = true;
        state.selectableText = true;
        return state;
    }

    int characterCount() const override { return int(text().size()); }
    QString text(int from, int to) const override
    {
        const QString all = text();
        from = std::clamp(from, 0, int(all.size()));
        to = to < 0 ? int(all.size()) : std::clamp(to, from, int(all.size()));
        return all.mid(from, to - from);
    }
    int cursorPosition() const override { return std::max(0, startOf(view()->caret())); }
    void setCursorPosition(int position) override
    {
        if (const qint64 row = rowOf(position); row >= 0)
            view()->selectRows(row, row);
    }
    int selectionCount() const override
    {
        int from = 0;
        int to = 0;
        selection(0, &from, &to);
        return to > from ? 1 : 0;
    }
    void selection(int index, int *from, int *to) const override
    {
        *from = *to = 0;
        const auto [first, last] = view()->selectedRows();
        if (index != 0 || first < 0)
            return;
        int at = 0;
        bool begun = false;
        for (const qint64 row : view()->seenRows()) {
            const int length = int(view()->plainText(row).size());
            if (row >= first && row <= last) {
                if (!begun)
                    *from = at;
                begun = true;
                *to = at + length;
            }
            at += length + 1;
        }
    }
    void addSelection(int from, int to) override { setSelection(0, from, to); }
    void setSelection(int, int from, int to) override
    {
        const qint64 first = rowOf(from);
        const qint64 last = rowOf(std::max(from, to - 1));
        if (first >= 0 && last >= 0)
            view()->selectRows(first, last);
    }
    void removeSelection(int) override { view()->clearSelection(); }
    QRect characterRect(int offset) const override
    {
        const QRect row = view()->rowRect(rowOf(offset));
        return QRect(view()->viewport()->mapToGlobal(row.topLeft()), row.size());
    }
    int offsetAtPoint(const QPoint &point) const override
    {
        const QPoint at = view()->viewport()->mapFromGlobal(point);
        return at.y() < 0 ? -1 : startOf(view()->rowAt(at.y()));
    }
    void scrollToSubstring(int from, int) override
    {
        if (const qint64 row = rowOf(from); row >= 0)
            view()->showRow(row);
    }
    QString attributes(int offset, int *from, int *to) const override
    {
        *from = std::max(0, startOf(rowOf(offset)));
        *to = *from + int(view()->plainText(rowOf(offset)).size());
        return {};
    }
    QString text(QAccessible::Text kind) const override
    {
        return kind == QAccessible::Value ? text() : QAccessibleWidget::text(kind);
    }

private:
    [[nodiscard]] LogView *view() const { return static_cast<LogView *>(widget()); }
    [[nodiscard]] QString text() const
    {
        QStringList lines;
        for (const qint64 row : view()->seenRows())
            lines.append(view()->plainText(row));
        return lines.join(u'\n');
    }
    /// -1: the row is not seen.
    [[nodiscard]] int startOf(qint64 wanted) const
    {
        int at = 0;
        for (const qint64 row : view()->seenRows()) {
            if (row == wanted)
                return at;
            at += int(view()->plainText(row).size()) + 1;
        }
        return -1;
    }
    [[nodiscard]] qint64 rowOf(int offset) const
    {
        int at = 0;
        for (const qint64 row : view()->seenRows()) {
            at += int(view()->plainText(row).size()) + 1;
            if (offset < at)
                return row;
        }
        return -1;
    }
};

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<LogView *>(object);
    return view ? new AccessibleLog(view) : nullptr;
}

} // namespace

void installLogAccessibility()
{
    static const bool installed = [] {
        QAccessible::installFactory(make);
        return true;
    }();
    Q_UNUSED(installed)
}

void tellCaret(LogView *view)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleInterface *face = QAccessible::queryAccessibleInterface(view);
    if (!face || !face->textInterface())
        return;
    QAccessibleTextCursorEvent event(view, face->textInterface()->cursorPosition());
    QAccessible::updateAccessibility(&event);
}

} // namespace ui
