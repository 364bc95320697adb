// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// `kubectl describe`. Kinds it knows have a layout of their own, of which a few fields are read; all others are printed
// as "Title Case Of Field: value" in alphabetical order, elements of lists one after the other without a mark: where
// the order begins anew, so does an element.

#include "evidence/pastedtext.h"

#include <QJsonArray>
#include <QRegularExpression>

namespace evidence {

using namespace Qt::StringLiterals;

namespace {

struct Line {
    qsizetype indent = 0;
    QString key, value; ///< key empty: a line of something else
    QString text;
};

Line lineOf(const QByteArray &bytes)
{
    Line line;
    line.text = QString::fromUtf8(bytes);
    while (line.indent < line.text.size() && line.text.at(line.indent) == u' ')
        ++line.indent;
    static const QRegularExpression field(u"^ *([A-Za-z][A-Za-z0-9 _./()-]*?):(?: +(.*))?$"_s);
    const auto match = field.match(line.text);
    if (match.hasMatch()) {
        line.key = match.captured(1);
        line.value = match.captured(2).trimmed();
    }
    return line;
}

/// "Last Transition Time" → "lastTransitionTime"; "API Version" → "apiVersion".
QString fieldName(const QString &title)
{
    QString name;
    const QStringList words = title.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words)
        name += name.isEmpty() ? (word == word.toUpper() ? word.toLower() : word.at(0).toLower() + word.mid(1)) : word;
    return name;
}

QJsonValue scalar(const QString &text)
{
    if (text == "true"_L1)
        return true;
    if (text == "false"_L1)
        return false;
    bool number = false;
    if (const qint64 value = text.toLongLong(&number); number)
        return value;
    if (text == "<nil>"_L1 || text == "<none>"_L1)
        return QString();
    return text;
}

class Tree {
public:
    explicit Tree(const QList<Line> &lines)
        : m_lines(lines)
    {
    }
    /// Fields at that indent from `at` on; an array of objects when the keys begin anew.
    QJsonValue read(qsizetype &at, qsizetype indent, int depth = 0)
    {
        QJsonArray elements;
        QJsonObject object;
        QString last;
        while (at < m_lines.size()) {
            const Line &line = m_lines.at(at);
            if (line.text.trimmed().isEmpty()) {
                ++at;
                continue;
            }
            if (line.indent < indent)
                break;
            if (line.indent > indent || line.key.isEmpty() || depth > 40) {
                ++at; // a continued text
                continue;
            }
            if (!last.isEmpty() && line.key <= last) {
                elements.append(object);
                object = {};
            }
            last = line.key;
            ++at;
            if (line.value.isEmpty() && at < m_lines.size() && m_lines.at(at).indent > indent)
                object.insert(fieldName(line.key), read(at, m_lines.at(at).indent, depth + 1));
            else
                object.insert(fieldName(line.key), scalar(line.value));
        }
        if (elements.isEmpty())
            return object;
        elements.append(object);
        return elements;
    }

private:
    const QList<Line> &m_lines;
};

/// "key=value" or "key: value" lines below a title, the first one beside it.
QJsonObject pairsOf(const QList<Line> &lines, qsizetype at, QLatin1StringView separator)
{
    QJsonObject pairs;
    QStringList texts{lines.at(at).value};
    for (++at; at < lines.size() && lines.at(at).indent > 0; ++at)
        texts.append(lines.at(at).text.trimmed());
    for (const QString &text : std::as_const(texts)) {
        const qsizetype end = text.indexOf(separator);
        if (end > 0)
            pairs.insert(text.left(end).trimmed(), text.mid(end + separator.size()).trimmed());
    }
    return pairs;
}

/// Rows below "Type Reason Age From Message".
QList<QJsonObject> eventsOf(const QList<Line> &lines, qsizetype at, const QJsonObject &involved, const QDateTime &now)
{
    QList<QJsonObject> events;
    static const QRegularExpression gap(u"\\s{2,}"_s);
    for (++at; at < lines.size() && lines.at(at).indent > 0; ++at) {
        const QStringList cells = lines.at(at).text.trimmed().split(gap);
        if (cells.size() < 5 || (cells.at(0) != "Normal"_L1 && cells.at(0) != "Warning"_L1))
            continue;
        events.append(eventOf(cells.at(0), cells.at(1), cells.at(2), cells.sliced(4).join(u' '), involved, now));
    }
    return events;
}

/// "Type  Status  …  Reason  Message" of nodes and pods: only type and status are sure to be one word.
QJsonArray conditionRows(const QList<Line> &lines, qsizetype at)
{
    QJsonArray conditions;
    static const QRegularExpression gap(u"\\s{2,}"_s);
    for (++at; at < lines.size() && lines.at(at).indent > 0; ++at) {
        const QStringList cells = lines.at(at).text.trimmed().split(gap);
        if (cells.size() < 2 || !QStringList{u"True"_s, u"False"_s, u"Unknown"_s}.contains(cells.at(1)))
            continue;
        QJsonObject condition{{u"type"_s, cells.at(0)}, {u"status"_s, cells.at(1)}};
        if (cells.size() >= 6) {
            condition.insert(u"reason"_s, cells.at(4));
            condition.insert(u"message"_s, cells.sliced(5).join(u' '));
        }
        conditions.append(condition);
    }
    return conditions;
}

/// "Containers:" → "  name:" → "    State: Waiting" → "      Reason: …".
QJsonArray containersOf(const QList<Line> &lines, qsizetype at)
{
    QJsonArray containers;
    QJsonObject container;
    const auto finish = [&] {
        if (!container.isEmpty())
            containers.append(std::exchange(container, {}));
    };
    for (++at; at < lines.size() && (lines.at(at).indent > 0 || lines.at(at).text.isEmpty()); ++at) {
        const Line &line = lines.at(at);
        if (line.indent == 2 && !line.key.isEmpty()) {
            finish();
            container.insert(u"name"_s, line.key);
        } else if (line.indent == 4 && line.key == "State"_L1) {
            QJsonObject state;
            for (qsizetype i = at + 1; i < lines.size() && lines.at(i).indent > 4; ++i) {
                if (lines.at(i).key == "Reason"_L1 || lines.at(i).key == "Message"_L1)
                    state.insert(lines.at(i).key.toLower(), lines.at(i).value);
                else if (lines.at(i).key == "Exit Code"_L1)
                    state.insert(u"exitCode"_s, lines.at(i).value.toInt());
            }
            container.insert(u"state"_s, QJsonObject{{line.value.toLower(), state}});
        } else if (line.indent == 4 && line.key == "Ready"_L1) {
            container.insert(u"ready"_s, line.value == "True"_L1);
        } else if (line.indent == 4 && line.key == "Restart Count"_L1) {
            container.insert(u"restartCount"_s, line.value.toInt());
        }
    }
    finish();
    return containers;
}

QString topValue(const QList<Line> &lines, QLatin1StringView key)
{
    for (const Line &line : lines) {
        if (line.indent == 0 && line.key == key)
            return line.value;
    }
    return {};
}

qsizetype topPlace(const QList<Line> &lines, QLatin1StringView key)
{
    for (qsizetype i = 0; i < lines.size(); ++i) {
        if (lines.at(i).indent == 0 && lines.at(i).key == key)
            return i;
    }
    return -1;
}

/// Kinds with a layout of their own do not say which they are: by fields only they have.
KindName kindByLayout(const QList<Line> &lines)
{
    if (topPlace(lines, "Containers"_L1) >= 0 && topPlace(lines, "Node"_L1) >= 0)
        return kindOfResource(u"pods"_s);
    if (topPlace(lines, "Unschedulable"_L1) >= 0 || topPlace(lines, "Non-terminated Pods"_L1) >= 0)
        return kindOfResource(u"nodes"_s);
    if (topPlace(lines, "Pods Statuses"_L1) >= 0 && topPlace(lines, "Completions"_L1) >= 0)
        return kindOfResource(u"jobs"_s);
    if (topPlace(lines, "StrategyType"_L1) >= 0)
        return kindOfResource(u"deployments"_s);
    return {};
}

} // namespace

QList<QJsonObject> objectsOfDescription(const QList<QByteArray> &raw, const QString &resource, const QDateTime &now)
{
    QList<Line> lines;
    lines.reserve(raw.size());
    for (const QByteArray &line : raw)
        lines.append(lineOf(line));
    const QString name = topValue(lines, "Name"_L1);
    if (name.isEmpty() || name.contains(u' '))
        return {};

    QJsonObject object;
    const bool generic = topPlace(lines, "API Version"_L1) >= 0 && topPlace(lines, "Kind"_L1) >= 0;
    KindName kind{topValue(lines, "API Version"_L1), topValue(lines, "Kind"_L1)};
    if (!generic)
        kind = kindByLayout(lines);
    if (kind.kind.isEmpty())
        kind = kindOfResource(resource);
    if (kind.kind.isEmpty() || kind.kind == "Secret"_L1)
        return {};
    if (generic) {
        for (const auto section : {"Spec"_L1, "Status"_L1}) {
            if (qsizetype at = topPlace(lines, section); at >= 0) {
                ++at;
                if (at < lines.size() && lines.at(at).indent > 0)
                    object.insert(section.toString().toLower(), Tree(lines).read(at, lines.at(at).indent));
            }
        }
    } else {
        QJsonObject status;
        if (const qsizetype at = topPlace(lines, "Conditions"_L1); at >= 0)
            status.insert(u"conditions"_s, conditionRows(lines, at));
        if (kind.kind == "Pod"_L1) {
            status.insert(u"phase"_s, topValue(lines, "Status"_L1));
            if (const qsizetype at = topPlace(lines, "Containers"_L1); at >= 0)
                status.insert(u"containerStatuses"_s, containersOf(lines, at));
            object.insert(u"spec"_s, QJsonObject{{u"nodeName"_s, topValue(lines, "Node"_L1).section(u'/', 0, 0)}});
            for (const auto &[key, field] :
                {std::pair{"Reason"_L1, "reason"_L1}, std::pair{"Message"_L1, "message"_L1}}) {
                if (const QString value = topValue(lines, key); !value.isEmpty())
                    status.insert(field, value);
            }
        } else if (kind.kind == "Node"_L1) {
            object.insert(
                u"spec"_s, QJsonObject{{u"unschedulable"_s, topValue(lines, "Unschedulable"_L1) == "true"_L1}});
        }
        object.insert(u"status"_s, status);
    }
    QJsonObject meta{{u"name"_s, name}};
    const QString ns = topValue(lines, "Namespace"_L1);
    if (!ns.isEmpty())
        meta.insert(u"namespace"_s, ns);
    if (const qsizetype at = topPlace(lines, "Labels"_L1); at >= 0)
        meta.insert(u"labels"_s, pairsOf(lines, at, "="_L1));
    if (const qsizetype at = topPlace(lines, "Annotations"_L1); at >= 0)
        meta.insert(u"annotations"_s, pairsOf(lines, at, ": "_L1));
    if (const qsizetype at = topPlace(lines, "Metadata"_L1); at >= 0) {
        for (qsizetype i = at + 1; i < lines.size() && lines.at(i).indent > 0; ++i) {
            if (lines.at(i).key == "Creation Timestamp"_L1)
                meta.insert(u"creationTimestamp"_s, lines.at(i).value);
            else if (lines.at(i).key == "Deletion Timestamp"_L1)
                meta.insert(u"deletionTimestamp"_s, lines.at(i).value);
            else if (lines.at(i).key == "UID"_L1 && lines.at(i).indent <= 2)
                meta.insert(u"uid"_s, lines.at(i).value);
        }
    }
    object.insert(u"apiVersion"_s, kind.apiVersion);
    object.insert(u"kind"_s, kind.kind);
    object.insert(u"metadata"_s, meta);

    QList<QJsonObject> objects{object};
    if (const qsizetype at = topPlace(lines, "Events"_L1); at >= 0) {
        QJsonObject involved{{u"kind"_s, kind.kind}, {u"name"_s, name}};
        if (!ns.isEmpty())
            involved.insert(u"namespace"_s, ns);
        objects += eventsOf(lines, at, involved, now);
    }
    return objects;
}

} // namespace evidence
