// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/marks.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace logs {

namespace {

struct Name {
    Divider::Kind kind;
    QLatin1StringView name;
};
constexpr std::array names{
    Name{Divider::Kind::Restart, "restart"_L1},
    Name{Divider::Kind::Reconnected, "reconnected"_L1},
    Name{Divider::Kind::Gap, "gap"_L1},
    Name{Divider::Kind::Cut, "cut"_L1},
    Name{Divider::Kind::Ended, "ended"_L1},
    Name{Divider::Kind::Dropped, "dropped"_L1},
    Name{Divider::Kind::Replaced, "replaced"_L1},
};

} // namespace

std::optional<Mark> parseMark(QByteArrayView line)
{
    const QJsonObject object = QJsonDocument::fromJson(line.toByteArray()).object();
    const QString kind = object["kind"_L1].toString();
    const qint64 at = object["at"_L1].toInteger(-1);
    for (const Name &known : names) {
        if (at >= 0 && kind == known.name)
            return Mark{at, {known.kind, object["time"_L1].toString().toUtf8(), object["text"_L1].toString()}};
    }
    return std::nullopt;
}

QByteArray markLine(const Mark &mark)
{
    QJsonObject object{{u"at"_s, mark.at}};
    for (const Name &known : names) {
        if (known.kind == mark.divider.kind)
            object["kind"_L1] = known.name;
    }
    if (!mark.divider.time.isEmpty())
        object["time"_L1] = QString::fromUtf8(mark.divider.time);
    if (!mark.divider.text.isEmpty())
        object["text"_L1] = mark.divider.text;
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

} // namespace logs
