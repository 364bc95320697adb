// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// What is told of pre-checks: words, groups, JSON; and the checks that only a node's shell can make.

#include "restart/checkfields.h"
#include "restart/prechecktext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace restart {

const QList<NodeCheck> &nodeChecks()
{
    static const QList<NodeCheck> all{
        {u"B02"_s,
            u"find /var/lib/rancher/rke2/server/tls -name '*.crt' -exec openssl x509 -checkend 864000 -noout -in {} \\; -print"_s},
        {u"B21"_s, u"ls /oem/90_custom.yaml /oem/harvester.config && yq '.install' /oem/harvester.config"_s},
        {u"B22"_s, u"df -B1 /run/initramfs/cos-state"_s},
        {u"C06"_s, u"test -d /sys/firmware/efi && echo UEFI || echo BIOS"_s},
        {u"C07"_s, u"yq '.install.managementinterface' /oem/harvester.config"_s},
        {u"C09"_s, u"grep -n ifcfg /oem/90_custom.yaml"_s},
        {u"C16"_s, u"du -h /run/initramfs/cos-state/cOS/passive.img"_s},
        {u"C18"_s, u"bridge vlan show dev mgmt-br"_s},
        {u"C22"_s, u"cat /proc/net/bonding/*"_s},
    };
    return all;
}

QString outcomeWord(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
        return u"pass"_s;
    case Outcome::Warn:
        return u"warn"_s;
    case Outcome::Fail:
        return u"fail"_s;
    case Outcome::CouldNotCheck:
        return u"could-not-check"_s;
    }
    return {};
}

QString severityWord(Severity severity)
{
    switch (severity) {
    case Severity::Block:
        return u"block"_s;
    case Severity::High:
        return u"high"_s;
    case Severity::Warn:
        return u"warn"_s;
    case Severity::Info:
        return u"info"_s;
    }
    return {};
}

QString serverWord(ServerAnswer::Kind kind)
{
    switch (kind) {
    case ServerAnswer::Kind::NotAsked:
        return u"not-asked"_s;
    case ServerAnswer::Kind::Accepted:
        return u"accepted"_s;
    case ServerAnswer::Kind::Refused:
        return u"refused"_s;
    case ServerAnswer::Kind::NotAllowed:
        return u"not-allowed"_s;
    case ServerAnswer::Kind::Failed:
        return u"failed"_s;
    }
    return {};
}

QString groupOf(const QString &id)
{
    if (std::ranges::any_of(nodeChecks(), [&](const NodeCheck &check) { return check.id == id; }))
        return u"node"_s;
    return id.startsWith(u'A') ? u"webhook"_s : id.startsWith(u'B') ? u"script"_s : u"release"_s;
}

bool nothingBlocks(const QList<CheckResult> &results, const ServerAnswer &server)
{
    return !results.isEmpty() && server.kind != ServerAnswer::Kind::Refused
        && std::ranges::none_of(results, [](const CheckResult &result) {
               return result.severity == Severity::Block
                   && (result.outcome == Outcome::Fail || result.outcome == Outcome::CouldNotCheck);
           });
}

QJsonObject toJson(const QList<CheckResult> &results, const Intent &intent, const ServerAnswer &server)
{
    const auto orNull = [](const QString &text) { return text.isEmpty() ? QJsonValue() : QJsonValue(text); };
    QJsonArray list;
    QMap<QString, int> counts;
    for (const CheckResult &result : results) {
        ++counts[outcomeWord(result.outcome)];
        QJsonArray objects;
        for (const CheckObject &object : result.objects)
            objects.append(QJsonObject{{u"kind"_s, object.kind}, {u"namespace"_s, object.ns}, {u"name"_s, object.name},
                {u"detail"_s, object.detail}});
        list.append(QJsonObject{{u"id"_s, result.id}, {u"group"_s, groupOf(result.id)},
            {u"title"_s, checkTitleInEnglish(result.id)}, {u"result"_s, outcomeWord(result.outcome)},
            {u"severity"_s, severityWord(result.severity)}, {u"objects"_s, objects}, {u"why"_s, orNull(result.why)},
            {u"remedy"_s, orNull(checkRemedyInEnglish(result.id))}});
    }
    QJsonArray shell;
    for (const NodeCheck &check : nodeChecks())
        shell.append(QJsonObject{{u"id"_s, check.id}, {u"title"_s, checkTitleInEnglish(check.id)},
            {u"command"_s, check.command}, {u"remedy"_s, orNull(checkRemedyInEnglish(check.id))}});
    QJsonObject summary;
    for (const Outcome outcome : {Outcome::Pass, Outcome::Warn, Outcome::Fail, Outcome::CouldNotCheck})
        summary.insert(outcomeWord(outcome), counts.value(outcomeWord(outcome)));
    return {{u"schema"_s, u"gleaner.check/v1"_s}, {u"source"_s, orNull(intent.source)},
        {u"target"_s, orNull(intent.target)}, {u"now"_s, intent.now.toUTC().toString(Qt::ISODate)},
        {u"summary"_s, summary}, {u"nothingBlocks"_s, nothingBlocks(results, server)},
        {u"server"_s, QJsonObject{{u"answer"_s, serverWord(server.kind)}, {u"text"_s, orNull(server.text)}}},
        {u"checks"_s, list}, {u"onNodes"_s, shell}};
}

} // namespace restart
