// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The highlight rules of a person. What is changed is seen at once.
#pragma once

#include "ui/logrules.h"

#include <QDialog>

class QVBoxLayout;

namespace ui {

class LogRulesDialog : public QDialog {
    Q_OBJECT
public:
    explicit LogRulesDialog(const QList<LogRule> &rules, QWidget *parent = nullptr);
    [[nodiscard]] QList<LogRule> rules() const;

Q_SIGNALS:
    void rulesChanged(const QList<ui::LogRule> &rules);

private:
    struct Line;
    void add(const LogRule &rule);
    void tell();
    QVBoxLayout *m_lines;
    QList<std::shared_ptr<Line>> m_rules;
};

} // namespace ui
