// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Tables of `kubectl get`: columns by the places of their heads, and what the usual columns of the kinds an upgrade is
// made of say of an object.

#include "evidence/pastedtext.h"

#include <QHash>
#include <QJsonArray>
#include <QRegularExpression>

namespace evidence {

using namespace Qt::StringLiterals;

namespace {

struct Column {
    QString name;
    qsizetype at = 0;
};

/// Heads are separated by two or more blanks, or by one when a table is as narrow as its heads.
QList<Column> columnsOf(const QString &head)
{
    static const QRegularExpression word(u"\\S+(?: (?=\\S)\\S+)*"_s);
    static const QRegularExpression known(
        u"LAST SEEN|FIRST SEEN|DATA ENGINE|MIN AVAILABLE|MAX UNAVAILABLE|ALLOWED DISRUPTIONS|ACCESS MODES|"
        "READINESS GATES|NOMINATED NODE|APP VERSION|\\S+"_s);
    QList<Column> columns;
    for (const QRegularExpressionMatch &match : word.globalMatch(head)) {
        for (const QRegularExpressionMatch &one : known.globalMatch(match.captured()))
            columns.append({one.captured(), match.capturedStart() + one.capturedStart()});
    }
    return columns;
}

using Row = QHash<QString, QString>;

/// Cells begin under their heads; a cell longer than its column moves those behind it, then blanks decide.
Row rowOf(const QString &line, const QList<Column> &columns)
{
    Row row;
    bool aligned = true;
    for (const Column &column : columns)
        aligned = aligned && (column.at == 0 || column.at > line.size() || line.at(column.at - 1).isSpace());
    if (aligned) {
        for (qsizetype i = 0; i < columns.size(); ++i) {
            const qsizetype end = i + 1 < columns.size() ? columns.at(i + 1).at : line.size();
            row.insert(columns.at(i).name, line.mid(columns.at(i).at, end - columns.at(i).at).trimmed());
        }
        return row;
    }
    static const QRegularExpression gap(u"\\s{2,}|\\t"_s);
    QStringList cells = line.trimmed().split(gap);
    if (cells.size() < columns.size())
        cells = line.split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < columns.size() && i < cells.size(); ++i) {
        const bool last = i + 1 == columns.size();
        row.insert(columns.at(i).name, last ? cells.sliced(i).join(u' ') : cells.at(i));
    }
    return row;
}

/// Which kind has such columns; the command that was typed knows better.
KindName kindOfColumns(const QList<Column> &columns)
{
    QStringList names;
    for (const Column &column : columns)
        names.append(column.name);
    const auto has = [&](std::initializer_list<const char *> wanted) {
        return std::ranges::all_of(wanted, [&](const char *name) { return names.contains(QLatin1StringView(name)); });
    };
    QString resource;
    if (has({"REASON", "OBJECT", "MESSAGE"}))
        resource = u"events"_s;
    else if (has({"READY", "STATUS", "RESTARTS"}))
        resource = u"pods"_s;
    else if (has({"STATUS", "ROLES", "VERSION"}))
        resource = u"nodes"_s;
    else if (has({"COMPLETIONS"}))
        resource = u"jobs"_s;
    else if (has({"BUNDLEDEPLOYMENTS-READY"}))
        resource = u"bundles"_s;
    else if (has({"UP-TO-DATE", "AVAILABLE"}) && !has({"DESIRED"}))
        resource = u"deployments"_s;
    else if (has({"ROBUSTNESS"}))
        resource = u"volumes"_s;
    else if (has({"PHASE", "NODENAME"}))
        resource = u"virtualmachineinstances"_s;
    else if (has({"PHASE", "VMI"}))
        resource = u"virtualmachineinstancemigrations"_s;
    else if (has({"ALLOWED DISRUPTIONS"}))
        resource = u"poddisruptionbudgets"_s;
    return kindOfResource(resource);
}

QJsonObject condition(QLatin1StringView type, bool good, const QString &message = {})
{
    QJsonObject json{{u"type"_s, type}, {u"status"_s, good ? u"True"_s : u"False"_s}};
    if (!message.isEmpty())
        json.insert(u"message"_s, message);
    return json;
}

void setPod(QJsonObject &object, const Row &row, const QDateTime &now)
{
    const QString status = row.value(u"STATUS"_s);
    static const QStringList phases{u"Running"_s, u"Pending"_s, u"Succeeded"_s, u"Failed"_s, u"Unknown"_s};
    const QString ready = row.value(u"READY"_s);
    QJsonObject container{{u"name"_s, u"container"_s},
        {u"restartCount"_s, row.value(u"RESTARTS"_s).section(u' ', 0, 0).toInt()},
        {u"ready"_s, !ready.isEmpty() && ready.section(u'/', 0, 0) == ready.section(u'/', 1, 1)}};
    QJsonObject pod;
    if (phases.contains(status)) {
        pod.insert(u"phase"_s, status);
    } else if (status == "Completed"_L1) {
        pod.insert(u"phase"_s, u"Succeeded"_s);
    } else if (status == "Terminating"_L1) {
        pod.insert(u"phase"_s, u"Running"_s);
        QJsonObject meta = object.value("metadata"_L1).toObject();
        // It is set; since when, the table does not say, and nobody shall be told that it takes long.
        meta.insert(u"deletionTimestamp"_s, now.toUTC().toString(Qt::ISODate));
        object.insert(u"metadata"_s, meta);
    } else if (status == "Error"_L1 || status == "OOMKilled"_L1 || status == "Evicted"_L1) {
        pod.insert(u"phase"_s, u"Failed"_s);
        pod.insert(u"reason"_s, status);
    } else if (!status.isEmpty()) {
        // "CrashLoopBackOff", "Init:ImagePullBackOff": why a container waits.
        pod.insert(u"phase"_s, status == "CrashLoopBackOff"_L1 ? u"Running"_s : u"Pending"_s);
        const QString reason = status.section(u':', -1);
        container.insert(u"state"_s, QJsonObject{{u"waiting"_s, QJsonObject{{u"reason"_s, reason}}}});
    }
    pod.insert(u"containerStatuses"_s, QJsonArray{container});
    object.insert(u"status"_s, pod);
    if (const QString node = row.value(u"NODE"_s); !node.isEmpty() && node != "<none>"_L1)
        object.insert(u"spec"_s, QJsonObject{{u"nodeName"_s, node}});
}

void setNode(QJsonObject &object, const Row &row)
{
    const QStringList states = row.value(u"STATUS"_s).split(u',');
    QJsonObject info;
    if (const QString version = row.value(u"VERSION"_s); !version.isEmpty())
        info.insert(u"kubeletVersion"_s, version);
    if (const QString image = row.value(u"OS-IMAGE"_s); !image.isEmpty())
        info.insert(u"osImage"_s, image);
    object.insert(u"status"_s,
        QJsonObject{
            {u"conditions"_s, QJsonArray{condition("Ready"_L1, states.contains("Ready"_L1))}}, {u"nodeInfo"_s, info}});
    if (states.contains("SchedulingDisabled"_L1))
        object.insert(u"spec"_s, QJsonObject{{u"unschedulable"_s, true}});
    QJsonObject labels;
    const QStringList roles = row.value(u"ROLES"_s).split(u',');
    for (const QString &role : roles) {
        if (!role.isEmpty() && role != "<none>"_L1)
            labels.insert(u"node-role.kubernetes.io/"_s + role, u"true"_s);
    }
    QJsonObject meta = object.value("metadata"_L1).toObject();
    meta.insert(u"labels"_s, labels);
    object.insert(u"metadata"_s, meta);
}

/// "0/1" of a summary and why it is not ready, as Fleet's printer columns say it.
void setBundle(QJsonObject &object, const Row &row)
{
    const QString ready = row.value(u"BUNDLEDEPLOYMENTS-READY"_s, row.value(u"READY"_s));
    const QString message = row.value(u"STATUS"_s);
    const int have = ready.section(u'/', 0, 0).toInt(), want = ready.section(u'/', 1, 1).toInt();
    QJsonObject status{{u"summary"_s, QJsonObject{{u"ready"_s, have}, {u"desiredReady"_s, want}}},
        {u"conditions"_s, QJsonArray{condition("Ready"_L1, want > 0 && have >= want && message.isEmpty(), message)}}};
    if (!ready.isEmpty())
        status.insert(
            u"display"_s, QJsonObject{{u"readyClusters"_s, ready}, {u"state"_s, message.section(u'(', 0, 0)}});
    object.insert(u"status"_s, status);
}

void setFields(QJsonObject &object, const QString &kind, const Row &row, const QDateTime &now)
{
    const auto text = [&](const char *column) { return row.value(QLatin1StringView(column)); };
    if (kind == "Pod"_L1) {
        setPod(object, row, now);
    } else if (kind == "Node"_L1 && row.contains(u"ROLES"_s)) {
        setNode(object, row);
    } else if (kind == "Bundle"_L1) {
        setBundle(object, row);
    } else if (kind == "Job"_L1) {
        const QString done = text("COMPLETIONS");
        const int have = done.section(u'/', 0, 0).toInt(), want = done.section(u'/', 1, 1).toInt();
        QJsonObject status{{u"succeeded"_s, have}};
        if (text("STATUS") == "Failed"_L1)
            status.insert(u"conditions"_s, QJsonArray{condition("Failed"_L1, true)});
        else if (want > 0 && have >= want)
            status.insert(u"conditions"_s, QJsonArray{condition("Complete"_L1, true)});
        object.insert(u"status"_s, status);
    } else if (kind == "Deployment"_L1) {
        const QString ready = text("READY");
        const int have = ready.section(u'/', 0, 0).toInt(), want = ready.section(u'/', 1, 1).toInt();
        object.insert(u"spec"_s, QJsonObject{{u"replicas"_s, want}});
        object.insert(u"status"_s,
            QJsonObject{{u"replicas"_s, want}, {u"readyReplicas"_s, have},
                {u"conditions"_s, QJsonArray{condition("Available"_L1, want == 0 || have > 0)}}});
    } else if (kind == "Volume"_L1) {
        object.insert(u"status"_s,
            QJsonObject{{u"state"_s, text("STATE")}, {u"robustness"_s, text("ROBUSTNESS")},
                {u"currentNodeID"_s, text("NODE")}});
    } else if (kind == "VirtualMachineInstance"_L1) {
        object.insert(u"status"_s, QJsonObject{{u"phase"_s, text("PHASE")}, {u"nodeName"_s, text("NODENAME")}});
    } else if (kind == "VirtualMachineInstanceMigration"_L1) {
        object.insert(u"spec"_s, QJsonObject{{u"vmiName"_s, text("VMI")}});
        object.insert(u"status"_s, QJsonObject{{u"phase"_s, text("PHASE")}});
    } else if (kind == "VirtualMachine"_L1) {
        object.insert(
            u"status"_s, QJsonObject{{u"printableStatus"_s, text("STATUS")}, {u"ready"_s, text("READY") == "True"_L1}});
    } else if (kind == "PodDisruptionBudget"_L1) {
        object.insert(u"status"_s, QJsonObject{{u"disruptionsAllowed"_s, text("ALLOWED DISRUPTIONS").toInt()}});
    } else if (kind == "PersistentVolumeClaim"_L1 || kind == "Machine"_L1 || kind == "Cluster"_L1) {
        const QString phase = row.contains(u"PHASE"_s) ? text("PHASE") : text("STATUS");
        if (!phase.isEmpty())
            object.insert(u"status"_s, QJsonObject{{u"phase"_s, phase}});
    }
}

} // namespace

bool isTableHead(QByteArrayView line)
{
    if (line.size() > 500 || !(line.startsWith("NAME") || line.startsWith("LAST SEEN")))
        return false;
    int words = 0;
    for (const QByteArray &word : line.toByteArray().simplified().split(' ')) {
        if (word != word.toUpper() || word.at(0) < 'A' || word.at(0) > 'Z')
            return false;
        ++words;
    }
    return words >= 2;
}

QList<QJsonObject> objectsOfTable(
    const QList<QByteArray> &lines, const QString &resource, const QString &ns, const QDateTime &now)
{
    QList<QJsonObject> objects;
    if (lines.isEmpty())
        return objects;
    const QList<Column> columns = columnsOf(QString::fromUtf8(lines.constFirst()));
    KindName kind = kindOfResource(resource);
    const KindName byColumns = kindOfColumns(columns);
    if (kind.kind.isEmpty() || byColumns.kind == "Event"_L1)
        kind = byColumns;
    for (const QByteArray &line : lines.sliced(1)) {
        const Row row = rowOf(QString::fromUtf8(line), columns);
        const QString space = row.value(u"NAMESPACE"_s, ns);
        if (kind.kind == "Event"_L1) {
            // "pod/name", "upgrade.harvesterhci.io/name"
            const QString object = row.value(u"OBJECT"_s);
            const KindName about = kindOfResource(object.section(u'/', 0, 0));
            if (!object.contains(u'/') || row.value(u"REASON"_s).isEmpty())
                continue;
            QJsonObject involved{{u"kind"_s, about.kind.isEmpty() ? object.section(u'/', 0, 0) : about.kind},
                {u"name"_s, object.section(u'/', 1)}};
            if (!space.isEmpty())
                involved.insert(u"namespace"_s, space);
            objects.append(eventOf(row.value(u"TYPE"_s), row.value(u"REASON"_s), row.value(u"LAST SEEN"_s),
                row.value(u"MESSAGE"_s), involved, now));
            continue;
        }
        QString name = row.value(u"NAME"_s);
        KindName own = kind;
        if (name.contains(u'/')) { // "pod/name" of `kubectl get all`
            own = kindOfResource(name.section(u'/', 0, 0));
            name = name.section(u'/', 1);
        }
        // A name is one word that the API would take.
        static const QRegularExpression fit(u"^[a-z0-9][a-z0-9.:-]*$"_s);
        if (own.kind.isEmpty() || !fit.match(name).hasMatch())
            continue;
        QJsonObject meta{{u"name"_s, name}};
        if (!space.isEmpty() && own.kind != "Node"_L1)
            meta.insert(u"namespace"_s, space);
        QJsonObject object{{u"apiVersion"_s, own.apiVersion}, {u"kind"_s, own.kind}, {u"metadata"_s, meta}};
        setFields(object, own.kind, row, now);
        objects.append(object);
    }
    return objects;
}

} // namespace evidence
