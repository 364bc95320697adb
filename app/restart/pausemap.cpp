// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/pausemap.h"

#include "restart/proceduremachine.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QSet>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

const QString annotation = u"harvesterhci.io/node-upgrade-pause-map"_s;
const QString paused = u"Node-upgrade paused"_s;

std::unexpected<upgrade::Message> no(const char *code, const QStringList &args)
{
    return std::unexpected(upgrade::Message{QString::fromLatin1(code), args});
}

} // namespace

QString nodeStateOf(const QJsonObject &upgrade, const QString &node)
{
    return upgrade.value("status"_L1)
        .toObject()
        .value("nodeStatuses"_L1)
        .toObject()
        .value(node)
        .toObject()
        .value("state"_L1)
        .toString();
}

std::expected<QJsonObject, upgrade::Message> pausePatch(const QJsonObject &upgrade, const QString &node, bool pause)
{
    const QJsonObject meta = metaOf(upgrade);
    const QString completed = conditionOf(upgrade, "Completed"_L1);
    if (meta.contains("deletionTimestamp"_L1) || completed == "True"_L1 || completed == "False"_L1)
        return no("pause-over", {meta.value("name"_L1).toString()});
    const QString text = meta.value("annotations"_L1).toObject().value(annotation).toString();
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text.isEmpty() ? "{}"_ba : text.toUtf8(), &error);
    if (!document.isObject())
        return no("pause-unreadable", {text});
    QJsonObject map = document.object();
    const QString state = nodeStateOf(upgrade, node);
    if (!pause && state != paused)
        return no("pause-not-paused", {node, state});
    if (pause) {
        static const QSet<QString> before{QString(), u"Images preloading"_s, u"Images preloaded"_s, paused};
        if (!before.contains(state))
            return no("pause-too-late", {node, state});
        if (map.value(node).toString() == "pause"_L1)
            return no("pause-already", {node});
    }
    map.insert(node, pause ? u"pause"_s : u"unpause"_s);
    return QJsonObject{{u"metadata"_s,
        QJsonObject{{u"resourceVersion"_s, meta.value("resourceVersion"_L1)},
            {u"annotations"_s,
                QJsonObject{{annotation, QString::fromUtf8(QJsonDocument(map).toJson(QJsonDocument::Compact))}}}}}};
}

QString pauseProblemText(const upgrade::Message &problem)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("restart", text); };
    const QString first = problem.args.value(0), second = problem.args.value(1);
    if (problem.code == "pause-over"_L1)
        return tr("%1 has ended or is being deleted").arg(first);
    if (problem.code == "pause-not-paused"_L1)
        return tr("Node %1 is not paused; its state is “%2”").arg(first, second);
    if (problem.code == "pause-too-late"_L1)
        return tr("The upgrade of node %1 has begun (“%2”); it can be paused no more").arg(first, second);
    if (problem.code == "pause-already"_L1)
        return tr("Node %1 is to be paused already").arg(first);
    if (problem.code == "pause-unreadable"_L1)
        return tr("The Upgrade's pause map cannot be understood: %1").arg(first);
    return (QStringList{problem.code} + problem.args).join(u' ');
}

} // namespace restart
