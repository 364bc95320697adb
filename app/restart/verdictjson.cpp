// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/verdictjson.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonValue reference(const upgrade::ObjectRef &ref)
{
    if (ref.name.isEmpty())
        return {};
    return QJsonObject{{u"kind"_s, upgrade::kindName(ref.kind)}, {u"namespace"_s, orNull(ref.ns)},
        {u"name"_s, ref.name}, {u"uid"_s, orNull(ref.uid)}};
}

QJsonObject message(const upgrade::Message &from)
{
    return {{u"code"_s, from.code}, {u"args"_s, QJsonArray::fromStringList(from.args)}};
}

} // namespace

QJsonObject toJson(const Verdict &verdict, const QDateTime &now)
{
    QJsonArray reasons, instead, missing;
    for (const Reason &reason : verdict.reasons)
        reasons.append(QJsonObject{{u"rule"_s, orNull(reason.rule)}, {u"fact"_s, message(reason.fact)},
            {u"object"_s, reference(reason.object)}});
    for (const upgrade::Message &advice : verdict.instead)
        instead.append(message(advice));
    for (const Missing &gap : verdict.missing)
        missing.append(QJsonObject{{u"what"_s, message(gap.what)}, {u"object"_s, reference(gap.object)}});
    return {{u"schema"_s, u"gleaner.verdict/v1"_s}, {u"now"_s, now.toUTC().toString(Qt::ISODate)},
        {u"asOf"_s, verdict.asOf.isValid() ? QJsonValue(verdict.asOf.toUTC().toString(Qt::ISODate)) : QJsonValue()},
        {u"upgrade"_s, reference(verdict.upgrade)},
        {u"engine"_s, verdict.engine == upgrade::Board::Engine::V2 ? u"v2"_s : u"v1"_s},
        {u"phase"_s, verdict.phase ? QJsonValue(upgrade::phaseWord(*verdict.phase)) : QJsonValue()},
        {u"failed"_s, verdict.failed}, {u"verdict"_s, codeWord(verdict.code)}, {u"reasons"_s, reasons},
        {u"instead"_s, instead}, {u"missing"_s, missing}};
}

} // namespace restart
