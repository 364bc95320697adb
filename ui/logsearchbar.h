// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What to search for and what was found; and, in a bar of its own, which lines are shown at all. Both send wishes and
/// show what they are told.
#pragma once

#include "logs/filtereddocument.h"
#include "logs/query.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QSpinBox;
class QToolButton;

namespace ui {

class LogSearchBar : public QWidget {
    Q_OBJECT
public:
    explicit LogSearchBar(QWidget *parent = nullptr);
    [[nodiscard]] logs::Query query() const;
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }
    [[nodiscard]] QLabel *count() const { return m_count; }
    [[nodiscard]] QToolButton *list() const { return m_list; }
    [[nodiscard]] QToolButton *regex() const { return m_regex; }
    [[nodiscard]] QToolButton *caseSensitive() const { return m_case; }
    [[nodiscard]] QToolButton *wholeWord() const { return m_word; }
    [[nodiscard]] int context() const;
    /// `position`: in the query's text, marked in the edit; -1: nowhere.
    void setError(const QString &text, qsizetype position);
    void setCount(const QString &text);
    void focusEdit();

Q_SIGNALS:
    void changed();
    void wanted(bool backward);
    void listToggled(bool on);
    void contextChanged(int lines);
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void retranslate();
    QLineEdit *m_edit;
    QToolButton *m_case, *m_word, *m_regex;
    QLabel *m_count;
    QToolButton *m_previous, *m_next, *m_list;
    QSpinBox *m_context;
    QToolButton *m_close;
    QLabel *m_error;
};

class LogFilterBar : public QWidget {
    Q_OBJECT
public:
    explicit LogFilterBar(QWidget *parent = nullptr);
    [[nodiscard]] logs::FilteredDocument::Filter filter() const;
    /// Lines of at least this level; None: all.
    [[nodiscard]] logs::Level level() const;
    [[nodiscard]] QLineEdit *include() const { return m_include; }
    [[nodiscard]] QLineEdit *exclude() const { return m_exclude; }
    [[nodiscard]] QComboBox *levels() const { return m_level; }
    [[nodiscard]] QToolButton *regex() const { return m_regex; }
    void setError(const QString &text);
    void clear();

Q_SIGNALS:
    void changed();
    void closed();

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void retranslate();
    QLineEdit *m_include, *m_exclude;
    QToolButton *m_regex;
    QComboBox *m_level;
    QToolButton *m_close;
    QLabel *m_error;
};

/// A small flat button of the log's bars.
[[nodiscard]] QToolButton *logButton(const QString &iconName, bool checkable = false);
void nameButton(QToolButton *button, const QString &text, const QKeySequence &keys = {});

} // namespace ui
