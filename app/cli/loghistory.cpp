// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/loghistory.h"

#include "cli/console.h"
#include "cli/interrupt.h"
#include "cli/logoutput.h"
#include "evidence/history.h"
#include "evidence/store.h"
#include "upgrade/boardtext.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLocale>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString timeText(const QDateTime &time)
{
    return time.isValid() ? time.toUTC().toString(u"yyyy-MM-dd hh:mm'Z'"_s) : u"-"_s;
}

QString sizeText(qint64 bytes)
{
    return QLocale().formattedDataSize(bytes, 1);
}

QJsonValue timeJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonObject identityJson(const evidence::UpgradeIdentity &id)
{
    return {{u"cluster"_s, id.clusterName}, {u"clusterUid"_s, id.clusterUid}, {u"server"_s, id.server},
        {u"upgrade"_s, id.upgradeName}, {u"upgradeUid"_s, id.upgradeUid}, {u"from"_s, id.fromVersion},
        {u"to"_s, id.toVersion}};
}

QString versions(const evidence::UpgradeIdentity &id)
{
    return plain((id.fromVersion.isEmpty() ? u"?"_s : id.fromVersion) + u" → "_s
        + (id.toVersion.isEmpty() ? u"?"_s : id.toVersion));
}

/// The words are those of the JSON of `status`.
QString stateText(const QString &word)
{
    for (const auto state : {upgrade::State::Pending, upgrade::State::Running, upgrade::State::Succeeded,
             upgrade::State::Failed, upgrade::State::Paused, upgrade::State::Stuck}) {
        if (upgrade::stateWord(state) == word)
            return upgrade::stateTitle(state);
    }
    return u"-"_s;
}

void printList(const QList<evidence::KeptUpgrade> &kept, const QList<evidence::DroppedUpgrade> &dropped)
{
    if (kept.isEmpty())
        err(tr("No upgrade is kept in %1.").arg(plain(evidence::defaultRoot())));
    QList<QStringList> rows{{tr("CLUSTER"), tr("UPGRADE"), tr("VERSIONS"), tr("STATE"), tr("FIRST SEEN"),
        tr("LAST SEEN"), tr("SIZE"), tr("UID")}};
    for (const evidence::KeptUpgrade &one : kept) {
        if (one.problem) {
            err(plain(one.folder + u": "_s + one.problem->message));
            continue;
        }
        const evidence::UpgradeIdentity &id = one.manifest.id;
        rows.append({plain(id.clusterName), plain(id.upgradeName), versions(id), stateText(one.manifest.state),
            timeText(one.manifest.firstSeen), timeText(one.manifest.lastSeen), sizeText(one.bytes),
            plain(id.upgradeUid)});
    }
    if (rows.size() > 1) {
        for (const QString &line : table(rows))
            out(line);
    }
    for (const evidence::DroppedUpgrade &one : dropped) {
        err((one.forAge ? tr("No longer kept, because of its age: %1 of %2, last seen %3")
                        : tr("No longer kept, because of the size of all: %1 of %2, last seen %3"))
                .arg(plain(one.id.upgradeName), plain(one.id.clusterName), timeText(one.lastSeen)));
    }
}

/// By name or UID, and --context where clusters have upgrades of one name.
std::expected<evidence::KeptUpgrade, Exit> find(const QList<evidence::KeptUpgrade> &kept, const Arguments &arguments)
{
    QList<evidence::KeptUpgrade> found;
    for (const evidence::KeptUpgrade &one : kept) {
        const evidence::UpgradeIdentity &id = one.manifest.id;
        if (!one.problem && (id.upgradeName == arguments.pastUpgrade || id.upgradeUid == arguments.pastUpgrade)
            && (arguments.context.isEmpty() || arguments.context == id.clusterName))
            found.append(one);
    }
    if (found.size() == 1)
        return found.constFirst();
    if (found.isEmpty()) {
        err(tr("No upgrade \"%1\" is kept. gleaner logs --history lists those that are.")
                .arg(plain(arguments.pastUpgrade)));
    } else {
        err(tr("Several upgrades \"%1\" are kept. Choose by UID:").arg(plain(arguments.pastUpgrade)));
        for (const evidence::KeptUpgrade &one : std::as_const(found))
            err(u"  "_s + plain(one.manifest.id.upgradeUid + u"  "_s + one.manifest.id.clusterName));
    }
    return std::unexpected(Exit::NotFound);
}

} // namespace

QJsonObject historyJson(const QList<evidence::KeptUpgrade> &kept, const QList<evidence::DroppedUpgrade> &dropped)
{
    QJsonArray upgrades, gone;
    for (const evidence::KeptUpgrade &one : kept) {
        QJsonObject object = identityJson(one.manifest.id);
        object.insert(u"state"_s, one.manifest.state.isEmpty() ? QJsonValue() : QJsonValue(one.manifest.state));
        object.insert(u"finished"_s, one.manifest.finished);
        object.insert(u"firstSeen"_s, timeJson(one.manifest.firstSeen));
        object.insert(u"lastSeen"_s, timeJson(one.manifest.lastSeen));
        object.insert(u"bytes"_s, one.bytes);
        object.insert(u"folder"_s, one.folder);
        object.insert(u"problem"_s, one.problem ? QJsonValue(one.problem->message) : QJsonValue());
        upgrades.append(object);
    }
    for (const evidence::DroppedUpgrade &one : dropped) {
        QJsonObject object = identityJson(one.id);
        object.insert(u"firstSeen"_s, timeJson(one.firstSeen));
        object.insert(u"lastSeen"_s, timeJson(one.lastSeen));
        object.insert(u"dropped"_s, timeJson(one.dropped));
        object.insert(u"bytes"_s, one.bytes);
        object.insert(u"reason"_s, one.forAge ? u"age"_s : u"size"_s);
        gone.append(object);
    }
    return {{u"schema"_s, u"gleaner.history/v1"_s}, {u"upgrades"_s, upgrades}, {u"dropped"_s, gone}};
}

Exit runLogHistory(const Arguments &arguments)
{
    const QString root = evidence::defaultRoot();
    const QList<evidence::KeptUpgrade> kept = evidence::keptUpgrades(root);
    if (arguments.pastUpgrade.isEmpty()) {
        const QList<evidence::DroppedUpgrade> dropped = evidence::droppedUpgrades(root);
        if (arguments.json)
            out(QString::fromUtf8(QJsonDocument(historyJson(kept, dropped)).toJson(QJsonDocument::Indented).trimmed()));
        else
            printList(kept, dropped);
        return Exit::Told;
    }
    const auto chosenOne = find(kept, arguments);
    if (!chosenOne)
        return chosenOne.error();
    const auto history = evidence::History::open(chosenOne->folder);
    if (!history) {
        err(plain(history.error().path + u": "_s + history.error().message));
        return Exit::Failed;
    }
    const QList<LogSource> sources = keptSources(evidence::keptLogs(history->index(), history->folder()));
    QStringList nodes, jobs;
    for (const LogSource &source : sources)
        nodes.append(source.node);
    for (const upgrade::JobRow &row : history->index().jobs) {
        nodes.append(row.node);
        jobs.append(row.job.ns + u'/' + row.job.name);
    }
    if (const QString missing = notThere(sources, nodes, jobs, arguments); !missing.isEmpty()) {
        err(missing);
        return Exit::NotFound;
    }
    LogOutput output(arguments, history->manifest().lastSeen);
    Interrupt interrupt;
    QObject::connect(
        &interrupt, &Interrupt::interrupted, &output, [] { QCoreApplication::exit(int(Exit::Interrupted)); });
    QObject::connect(
        &output, &LogOutput::ended, &output, [](Exit code) { QCoreApplication::exit(int(code)); },
        Qt::QueuedConnection);
    output.add(chosen(sources, arguments));
    output.start();
    return Exit(QCoreApplication::exec());
}

} // namespace cli
