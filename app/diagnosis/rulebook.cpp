// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/rulebook.h"

#include "diagnosis/rule.h"
#include "diagnosis/rulereader.h"

#include <QDir>
#include <QFile>

using namespace Qt::StringLiterals;

namespace diagnosis {

QString RuleError::message() const
{
    return rule.isEmpty() ? file + u": "_s + text : file + u": "_s + rule + u": "_s + text;
}

std::expected<RuleBook, QList<RuleError>> RuleBook::read(const QList<File> &files)
{
    RuleReader reader;
    for (const File &file : files)
        reader.read(file.name, file.yaml);
    auto rules = reader.finish();
    if (!rules)
        return std::unexpected(rules.error());
    RuleBook book;
    book.d = std::make_shared<const Rules>(std::move(*rules));
    return book;
}

QList<RuleBook::File> RuleBook::builtInFiles()
{
    QList<File> files;
    const QDir folder(u":/rules"_s);
    for (const QString &name : folder.entryList({u"*.yaml"_s}, QDir::Files, QDir::Name)) {
        QFile file(folder.filePath(name));
        if (file.open(QIODevice::ReadOnly))
            files.append({name, file.readAll()});
    }
    return files;
}

const RuleBook &RuleBook::builtIn()
{
    static const RuleBook book = [] {
        auto read = RuleBook::read(builtInFiles());
        if (read)
            return *read;
        for (const RuleError &error : read.error())
            qWarning().noquote() << error.message();
        return RuleBook();
    }();
    return book;
}

const Rules &RuleBook::rules() const
{
    static const Rules none;
    return d ? *d : none;
}

QStringList RuleBook::ids() const
{
    QStringList out;
    for (const Rule &rule : rules().rules)
        out.append(rule.id);
    return out;
}

QString RuleBook::familyOf(const QString &id) const
{
    const auto rule = std::ranges::find(rules().rules, id, &Rule::id);
    return rule == rules().rules.end() ? QString() : rule->family;
}

} // namespace diagnosis
