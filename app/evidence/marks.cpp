// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/marks.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace evidence {

namespace {

struct Word {
    MarkKind kind;
    QLatin1StringView word;
};
constexpr std::array words{Word{MarkKind::Gap, "gap"_L1}, Word{MarkKind::Restart, "restart"_L1},
    Word{MarkKind::Reconnected, "reconnected"_L1}, Word{MarkKind::Ended, "ended"_L1}, Word{MarkKind::Cut, "cut"_L1},
    Word{MarkKind::Dropped, "dropped"_L1}};

} // namespace

QByteArray markLine(const Mark &mark)
{
    QJsonObject json{{u"at"_s, mark.at}, {u"kind"_s, QString()}};
    for (const Word &word : words) {
        if (word.kind == mark.kind)
            json.insert("kind"_L1, word.word);
    }
    if (!mark.time.isEmpty())
        json.insert("time"_L1, QString::fromLatin1(mark.time));
    if (!mark.text.isEmpty())
        json.insert("text"_L1, mark.text);
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<Mark> parseMark(QByteArrayView line)
{
    const QJsonObject json = QJsonDocument::fromJson(line.toByteArray()).object();
    const qint64 at = json.value("at"_L1).toInteger(-1);
    const QString kind = json.value("kind"_L1).toString();
    for (const Word &word : words) {
        if (word.word == kind && at >= 0)
            return Mark{at, word.kind, json.value("time"_L1).toString().toLatin1(), json.value("text"_L1).toString()};
    }
    return std::nullopt;
}

std::optional<MarkKind> markOf(kube::LogLine::Kind kind)
{
    switch (kind) {
    case kube::LogLine::Kind::Text:
        return std::nullopt;
    case kube::LogLine::Kind::Restart:
        return MarkKind::Restart;
    case kube::LogLine::Kind::Reconnected:
        return MarkKind::Reconnected;
    case kube::LogLine::Kind::Gap:
        return MarkKind::Gap;
    case kube::LogLine::Kind::Ended:
        return MarkKind::Ended;
    }
    return std::nullopt;
}

} // namespace evidence
