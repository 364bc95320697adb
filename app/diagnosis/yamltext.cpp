// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/yamltext.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

// Not the braces of JSON and of kubectl's jsonpath.
const QRegularExpression &placeholder()
{
    static const QRegularExpression expression(u"\\{([a-z][A-Za-z0-9]*)\\}"_s);
    return expression;
}

} // namespace

QSet<QString> placeholders(const QString &text)
{
    QSet<QString> out;
    for (const QRegularExpressionMatch &match : placeholder().globalMatch(text))
        out.insert(match.captured(1));
    return out;
}

QString filled(const QString &text, const QMap<QString, QString> &values)
{
    QString out;
    qsizetype from = 0;
    for (const QRegularExpressionMatch &match : placeholder().globalMatch(text)) {
        out += QStringView(text).sliced(from, match.capturedStart() - from);
        const QString name = match.captured(1);
        out += values.value(name, u'<' + name + u'>');
        from = match.capturedEnd();
    }
    return out.append(QStringView(text).sliced(from));
}

} // namespace diagnosis
