// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logsearchbar.h"

#include "ui/icons.h"
#include "ui/statecolours.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

QToolButton *logButton(const QString &iconName, bool checkable)
{
    auto *result = new QToolButton;
    result->setIcon(icon(iconName));
    result->setAutoRaise(true);
    result->setCheckable(checkable);
    result->setObjectName(u"log-"_s + iconName);
    return result;
}

void nameButton(QToolButton *button, const QString &text, const QKeySequence &keys)
{
    button->setToolTip(keys.isEmpty() ? text : u"%1 (%2)"_s.arg(text, keys.toString(QKeySequence::NativeText)));
    button->setAccessibleName(text);
}

namespace {
QToolButton *wordButton(const QString &text, const QString &name)
{
    auto *result = new QToolButton;
    result->setText(text);
    result->setAutoRaise(true);
    result->setCheckable(true);
    result->setObjectName(u"log-"_s + name);
    return result;
}

QLabel *errorLabel(const QString &name)
{
    auto *label = new QLabel;
    label->setObjectName(name);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setContentsMargins(0, 0, 0, 4);
    label->hide();
    return label;
}

void showError(QLabel *label, const QString &text)
{
    QPalette palette = label->palette();
    palette.setColor(QPalette::WindowText, toneText(Tone::Failed, palette, palette.color(QPalette::Window)));
    label->setPalette(palette);
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

QVBoxLayout *rowWithError(QWidget *bar, QHBoxLayout *row, QLabel *error)
{
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(16, 0, 8, 4);
    column->setSpacing(2);
    row->setSpacing(4);
    column->addLayout(row);
    column->addWidget(error);
    return column;
}
} // namespace

LogSearchBar::LogSearchBar(QWidget *parent)
    : QWidget(parent)
    , m_edit(new QLineEdit)
    , m_case(wordButton(u"Aa"_s, u"case"_s))
    , m_word(wordButton(u"ab|"_s, u"word"_s))
    , m_regex(wordButton(u".*"_s, u"regex"_s))
    , m_count(new QLabel)
    , m_previous(logButton(u"up"_s))
    , m_next(logButton(u"down"_s))
    , m_list(logButton(u"list"_s, true))
    , m_context(new QSpinBox)
    , m_close(logButton(u"close"_s))
    , m_error(errorLabel(u"searchError"_s))
{
    setObjectName(u"logSearch"_s);
    m_edit->setObjectName(u"logFind"_s);
    m_edit->setMinimumWidth(120);
    m_edit->setClearButtonEnabled(true);
    m_count->setObjectName(u"logCount"_s);
    m_count->setTextFormat(Qt::PlainText);
    m_context->setRange(0, 20);
    m_context->setObjectName(u"logContext"_s);
    m_context->hide();
    auto *row = new QHBoxLayout;
    row->addWidget(m_edit, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{
             m_case, m_word, m_regex, m_count, m_previous, m_next, m_list, m_context, m_close})
        row->addWidget(widget);
    rowWithError(this, row, m_error);
    m_edit->installEventFilter(this);
    connect(m_edit, &QLineEdit::textChanged, this, &LogSearchBar::changed);
    for (QToolButton *toggle : {m_case, m_word, m_regex})
        connect(toggle, &QToolButton::toggled, this, &LogSearchBar::changed);
    connect(m_next, &QToolButton::clicked, this, [this] { emit wanted(false); });
    connect(m_previous, &QToolButton::clicked, this, [this] { emit wanted(true); });
    connect(m_list, &QToolButton::toggled, this, [this](bool on) {
        m_context->setVisible(on);
        emit listToggled(on);
    });
    connect(m_context, &QSpinBox::valueChanged, this, &LogSearchBar::contextChanged);
    connect(m_close, &QToolButton::clicked, this, &LogSearchBar::closed);
    retranslate();
}

logs::Query LogSearchBar::query() const
{
    return {.kind = m_regex->isChecked() ? logs::Query::Kind::Regex : logs::Query::Kind::Literal,
        .text = m_edit->text(),
        .caseSensitive = m_case->isChecked(),
        .wholeWord = m_word->isChecked()};
}

int LogSearchBar::context() const
{
    return m_context->value();
}

void LogSearchBar::setError(const QString &text, qsizetype position)
{
    showError(m_error, text);
    m_edit->setAccessibleDescription(text);
    if (!text.isEmpty() && position >= 0 && position < m_edit->text().size() && !m_edit->hasFocus())
        m_edit->setSelection(int(position), 1);
}

void LogSearchBar::setCount(const QString &text)
{
    m_count->setText(text);
}

void LogSearchBar::focusEdit()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

bool LogSearchBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            emit wanted(key->modifiers() & Qt::ShiftModifier);
            return true;
        }
        if (key->key() == Qt::Key_Escape) {
            emit closed();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LogSearchBar::retranslate()
{
    m_edit->setPlaceholderText(tr("Find"));
    m_edit->setAccessibleName(tr("Find in the log"));
    nameButton(m_case, tr("Match case"));
    nameButton(m_word, tr("Whole words"));
    nameButton(m_regex, tr("Regular expression"));
    nameButton(m_previous, tr("Previous match"), QKeySequence(Qt::SHIFT | Qt::Key_F3));
    nameButton(m_next, tr("Next match"), QKeySequence(Qt::Key_F3));
    nameButton(m_list, tr("List all matches"));
    nameButton(m_close, tr("Close the search"), QKeySequence(Qt::Key_Escape));
    m_context->setAccessibleName(tr("Lines around each match"));
    m_context->setToolTip(tr("Lines around each match"));
    m_context->setPrefix(u"± "_s);
}

void LogSearchBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

LogFilterBar::LogFilterBar(QWidget *parent)
    : QWidget(parent)
    , m_include(new QLineEdit)
    , m_exclude(new QLineEdit)
    , m_regex(wordButton(u".*"_s, u"filter-regex"_s))
    , m_level(new QComboBox)
    , m_close(logButton(u"close"_s))
    , m_error(errorLabel(u"filterError"_s))
{
    setObjectName(u"logFilter"_s);
    m_include->setObjectName(u"logInclude"_s);
    m_exclude->setObjectName(u"logExclude"_s);
    m_level->setObjectName(u"logLevel"_s);
    m_level->addItems({{}, {}, {}});
    for (QLineEdit *edit : {m_include, m_exclude}) {
        edit->setClearButtonEnabled(true);
        edit->setMinimumWidth(80);
        edit->installEventFilter(this);
        connect(edit, &QLineEdit::textChanged, this, &LogFilterBar::changed);
    }
    auto *row = new QHBoxLayout;
    row->addWidget(m_include, 1);
    row->addWidget(m_exclude, 1);
    row->addWidget(m_regex);
    row->addWidget(m_level);
    row->addWidget(m_close);
    rowWithError(this, row, m_error);
    connect(m_regex, &QToolButton::toggled, this, &LogFilterBar::changed);
    connect(m_level, &QComboBox::currentIndexChanged, this, &LogFilterBar::changed);
    connect(m_close, &QToolButton::clicked, this, &LogFilterBar::closed);
    retranslate();
}

logs::FilteredDocument::Filter LogFilterBar::filter() const
{
    const auto kind = m_regex->isChecked() ? logs::Query::Kind::Regex : logs::Query::Kind::Literal;
    logs::FilteredDocument::Filter filter;
    if (!m_include->text().isEmpty())
        filter.include.append({.kind = kind, .text = m_include->text()});
    if (!m_exclude->text().isEmpty())
        filter.exclude.append({.kind = kind, .text = m_exclude->text()});
    return filter;
}

logs::Level LogFilterBar::level() const
{
    switch (m_level->currentIndex()) {
    case 1:
        return logs::Level::Warning;
    case 2:
        return logs::Level::Error;
    default:
        return logs::Level::None;
    }
}

void LogFilterBar::setError(const QString &text)
{
    showError(m_error, text);
}

void LogFilterBar::clear()
{
    {
        const QSignalBlocker include(m_include);
        const QSignalBlocker exclude(m_exclude);
        const QSignalBlocker level(m_level);
        m_include->clear();
        m_exclude->clear();
        m_level->setCurrentIndex(0);
    }
    emit changed();
}

bool LogFilterBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent *>(event)->key() == Qt::Key_Escape) {
        emit closed();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void LogFilterBar::retranslate()
{
    m_include->setPlaceholderText(tr("Show only lines with"));
    m_include->setAccessibleName(tr("Show only lines with"));
    m_exclude->setPlaceholderText(tr("Hide lines with"));
    m_exclude->setAccessibleName(tr("Hide lines with"));
    nameButton(m_regex, tr("Regular expressions"));
    nameButton(m_close, tr("Show all lines"), QKeySequence(Qt::Key_Escape));
    const QSignalBlocker blocked(m_level);
    m_level->setItemText(0, tr("All levels"));
    m_level->setItemText(1, tr("Warnings and errors"));
    m_level->setItemText(2, tr("Errors"));
    m_level->setAccessibleName(tr("Level"));
}

void LogFilterBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
