// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The procedure's state on disk.

#include "restart/procedure.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

constexpr std::array words{"review", "evidence", "checks", "confirm", "provisioned", "delete", "wait-gone", "leftovers",
    "charts", "charts-ready", "sanity", "start-choice", "version", "image", "dry-run", "create", "watch", "done",
    "stopped-here", "closed"};
constexpr std::array codes{
    Code::Nothing, Code::Wait, Code::Safe, Code::SafeAfterBundle, Code::PreferToFix, Code::FixFirst, Code::Forbidden};
const QString schema = u"gleaner.restart/v1"_s;

} // namespace

QString stepWord(Step step)
{
    return QString::fromLatin1(words.at(size_t(step)));
}

QJsonObject toJson(const Procedure &p)
{
    return {{u"schema"_s, schema}, {u"step"_s, stepWord(p.step)}, {u"name"_s, p.name}, {u"uid"_s, p.uid},
        {u"resourceVersion"_s, p.resourceVersion}, {u"verdict"_s, codeWord(p.verdict)}, {u"spec"_s, p.spec},
        {u"annotations"_s, p.annotations}, {u"versionName"_s, p.versionName}, {u"version"_s, p.version},
        {u"bundle"_s, p.bundle}, {u"confirmed"_s, p.confirmed}, {u"deleted"_s, p.deleted},
        {u"present"_s, QJsonArray::fromStringList(p.present)}, {u"createdName"_s, p.createdName},
        {u"createdUid"_s, p.createdUid}, {u"leftovers"_s, QJsonArray::fromStringList(p.leftovers)},
        {u"problem"_s,
            QJsonObject{{u"code"_s, p.problem.code}, {u"args"_s, QJsonArray::fromStringList(p.problem.args)}}},
        {u"since"_s, p.since.toUTC().toString(Qt::ISODateWithMs)}, {u"serial"_s, p.serial}};
}

std::optional<Procedure> procedureFromJson(const QJsonObject &json)
{
    const auto text = [&](QLatin1StringView key) { return json.value(key).toString(); };
    Procedure p;
    const auto step
        = std::ranges::find_if(words, [&](const char *word) { return text("step"_L1) == QLatin1String(word); });
    const auto code
        = std::ranges::find_if(codes, [&](Code candidate) { return text("verdict"_L1) == codeWord(candidate); });
    p.name = text("name"_L1);
    p.uid = text("uid"_L1);
    p.since = QDateTime::fromString(text("since"_L1), Qt::ISODateWithMs);
    if (text("schema"_L1) != schema || step == words.end() || code == codes.end() || p.name.isEmpty() || p.uid.isEmpty()
        || !p.since.isValid())
        return std::nullopt;
    p.step = Step(step - words.begin());
    p.verdict = *code;
    p.resourceVersion = text("resourceVersion"_L1);
    p.spec = json.value("spec"_L1).toObject();
    p.annotations = json.value("annotations"_L1).toObject();
    p.versionName = text("versionName"_L1);
    p.version = json.value("version"_L1).toObject();
    p.bundle = json.value("bundle"_L1).toBool();
    p.confirmed = json.value("confirmed"_L1).toBool();
    p.deleted = json.value("deleted"_L1).toBool();
    p.createdName = text("createdName"_L1);
    p.createdUid = text("createdUid"_L1);
    for (const QJsonValue &uid : json.value("present"_L1).toArray())
        p.present.append(uid.toString());
    for (const QJsonValue &leftover : json.value("leftovers"_L1).toArray())
        p.leftovers.append(leftover.toString());
    const QJsonObject problem = json.value("problem"_L1).toObject();
    p.problem.code = problem.value("code"_L1).toString();
    for (const QJsonValue &arg : problem.value("args"_L1).toArray())
        p.problem.args.append(arg.toString());
    p.serial = json.value("serial"_L1).toInt();
    return p;
}

} // namespace restart
