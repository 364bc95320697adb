// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logrulesdialog.h"

#include "logs/pattern.h"
#include "ui/logsearchbar.h"
#include "ui/statecolours.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

struct LogRulesDialog::Line {
    QWidget *box;
    QCheckBox *enabled;
    QLineEdit *text;
    QCheckBox *regex, *caseSensitive;
    QComboBox *colour;
    QLabel *error;
};

namespace {
QIcon swatch(int colour, const QPalette &palette)
{
    QPixmap pixmap(16, 16);
    pixmap.fill(ruleSurface(colour, palette));
    QPainter painter(&pixmap);
    painter.setPen(hairline(palette));
    painter.drawRect(0, 0, 15, 15);
    return QIcon(pixmap);
}
} // namespace

LogRulesDialog::LogRulesDialog(const QList<LogRule> &rules, QWidget *parent)
    : QDialog(parent)
    , m_lines(new QVBoxLayout)
{
    setObjectName(u"logRules"_s);
    setWindowTitle(tr("Highlight rules"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(12);
    auto *about = new QLabel(tr("Text that is coloured in every log. Rules further down go over those above."));
    about->setWordWrap(true);
    column->addWidget(about);
    m_lines->setSpacing(8);
    column->addLayout(m_lines);
    column->addStretch(1);
    auto *addButton = new QPushButton(tr("Add a rule"));
    addButton->setObjectName(u"addRule"_s);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->addButton(addButton, QDialogButtonBox::ActionRole);
    column->addWidget(buttons);
    connect(addButton, &QPushButton::clicked, this, [this] {
        add({.query = {}, .colour = int(m_rules.size()) % ruleColours});
        m_rules.last()->text->setFocus();
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    for (const LogRule &rule : rules)
        add(rule);
    if (rules.isEmpty())
        add({});
    resize(620, sizeHint().height());
}

void LogRulesDialog::add(const LogRule &rule)
{
    auto line = std::make_shared<Line>();
    line->box = new QWidget;
    line->enabled = new QCheckBox;
    line->enabled->setAccessibleName(tr("Use this rule"));
    line->enabled->setToolTip(tr("Use this rule"));
    line->enabled->setChecked(rule.enabled);
    line->text = new QLineEdit(rule.query.text);
    line->text->setPlaceholderText(tr("Text"));
    line->text->setAccessibleName(tr("Text"));
    line->regex = new QCheckBox(tr("Regular expression"));
    line->regex->setChecked(rule.query.kind == logs::Query::Kind::Regex);
    line->caseSensitive = new QCheckBox(tr("Match case"));
    line->caseSensitive->setChecked(rule.query.caseSensitive);
    line->colour = new QComboBox;
    line->colour->setAccessibleName(tr("Colour"));
    for (int colour = 0; colour < ruleColours; ++colour)
        line->colour->addItem(swatch(colour, palette()), ruleColourName(colour));
    line->colour->setCurrentIndex(rule.colour);
    line->error = new QLabel;
    line->error->setTextFormat(Qt::PlainText);
    line->error->setWordWrap(true);
    line->error->hide();
    auto *remove = logButton(u"close"_s);
    nameButton(remove, tr("Remove this rule"));

    auto *column = new QVBoxLayout(line->box);
    column->setContentsMargins({});
    column->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->addWidget(line->enabled);
    row->addWidget(line->text, 1);
    for (QWidget *widget : std::initializer_list<QWidget *>{line->regex, line->caseSensitive, line->colour, remove})
        row->addWidget(widget);
    column->addLayout(row);
    column->addWidget(line->error);
    m_lines->addWidget(line->box);
    m_rules.append(line);

    connect(line->text, &QLineEdit::textChanged, this, &LogRulesDialog::tell);
    for (QCheckBox *box : {line->enabled, line->regex, line->caseSensitive})
        connect(box, &QCheckBox::toggled, this, &LogRulesDialog::tell);
    connect(line->colour, &QComboBox::currentIndexChanged, this, &LogRulesDialog::tell);
    connect(remove, &QToolButton::clicked, this, [this, weak = std::weak_ptr(line)] {
        if (const auto gone = weak.lock()) {
            gone->box->hide();
            gone->box->deleteLater();
            m_rules.removeOne(gone);
            tell();
        }
    });
}

QList<LogRule> LogRulesDialog::rules() const
{
    QList<LogRule> rules;
    for (const auto &line : m_rules) {
        LogRule rule;
        rule.query.text = line->text->text();
        rule.query.kind = line->regex->isChecked() ? logs::Query::Kind::Regex : logs::Query::Kind::Literal;
        rule.query.caseSensitive = line->caseSensitive->isChecked();
        rule.colour = line->colour->currentIndex();
        rule.enabled = line->enabled->isChecked();
        if (!rule.query.isEmpty())
            rules.append(rule);
    }
    return rules;
}

void LogRulesDialog::tell()
{
    for (const auto &line : std::as_const(m_rules)) {
        QString error;
        const logs::Query query{
            .kind = line->regex->isChecked() ? logs::Query::Kind::Regex : logs::Query::Kind::Literal,
            .text = line->text->text(),
            .caseSensitive = line->caseSensitive->isChecked()};
        if (!query.isEmpty()) {
            if (const auto pattern = logs::Pattern::compile(query); !pattern)
                error = pattern.error().text;
        }
        line->error->setText(error);
        line->error->setVisible(!error.isEmpty());
    }
    emit rulesChanged(rules());
}

} // namespace ui
