// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rules, read from YAML and checked. The format is described in docs/rules.md. A value: cheap to copy, never
/// changes, usable from any thread.
#pragma once

#include <QByteArray>
#include <QList>
#include <QStringList>

#include <expected>
#include <memory>

namespace diagnosis {

struct RuleError {
    QString file, rule; ///< rule "": the file as a whole
    QString text;
    [[nodiscard]] QString message() const; ///< "phase3.yaml: fleet-pending: …"
};

struct Rules; // private: rule.h

class RuleBook {
public:
    RuleBook() = default; ///< no rules
    struct File {
        QString name;
        QByteArray yaml;
    };
    /// All errors of all files, or the rules.
    [[nodiscard]] static std::expected<RuleBook, QList<RuleError>> read(const QList<File> &files);
    /// Those in the program's resources, read once. An error in them is a bug which tests find; then there are none.
    [[nodiscard]] static const RuleBook &builtIn();
    /// The files behind builtIn().
    [[nodiscard]] static QList<File> builtInFiles();

    [[nodiscard]] const Rules &rules() const;
    [[nodiscard]] QStringList ids() const;
    [[nodiscard]] QString familyOf(const QString &id) const; ///< "" when there is no such rule

private:
    std::shared_ptr<const Rules> d;
};

} // namespace diagnosis
