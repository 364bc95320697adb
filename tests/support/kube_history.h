// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A reference API server of one kind, as a history in memory: what a list or a watch at a version must give. It knows
/// paging with continue tokens that expire, compaction, and what each connection has still to send.
#pragma once

#include "kube/object.h"

#include <QByteArray>
#include <QHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QRandomGenerator>

#include <optional>

namespace support {

class History {
public:
    struct Row {
        QString uid;
        qint64 rv = 0;
        int value = 0;
        friend bool operator==(const Row &, const Row &) = default;
    };
    struct Change {
        qint64 rv = 0;
        QByteArray type;
        QString name;
        Row row;
    };
    struct Listed {
        int status = 200;
        QList<kube::ObjectPtr> items;
        QString rv;
        QString token;
    };

    explicit History(quint32 seed)
        : random(seed)
    {
    }

    /// One random change.
    void change()
    {
        const QString name = QStringLiteral("o%1").arg(random.bounded(12));
        const auto it = rows.find(name);
        if (it == rows.end()) {
            rows.insert(name, {QStringLiteral("u%1").arg(++uids), ++rv, random.bounded(1000)});
            log("ADDED", name, rows.value(name));
        } else if (random.bounded(3) == 0) {
            Row last = *it;
            last.rv = ++rv;
            rows.erase(it);
            log("DELETED", name, last);
            if (random.bounded(2) == 0) { // the same name at once under another UID
                rows.insert(name, {QStringLiteral("u%1").arg(++uids), ++rv, random.bounded(1000)});
                log("ADDED", name, rows.value(name));
            }
        } else {
            it->rv = ++rv;
            it->value = random.bounded(1000);
            log("MODIFIED", name, *it);
        }
    }
    /// Other kinds move the version on as well.
    void elsewhere() { rv += 1 + random.bounded(5); }
    void compact() { compacted = rv - random.bounded(3); }

    Listed list(const QString &token, int limit)
    {
        Listed answer;
        Snapshot snapshot;
        qsizetype from = 0;
        if (token.isEmpty()) {
            for (auto it = rows.cbegin(); it != rows.cend(); ++it)
                snapshot.items.append(objectOf(it.key(), it.value()));
            snapshot.rv = rv;
        } else {
            const auto parts = token.split(QLatin1Char('.'));
            const auto kept = snapshots.constFind(parts.at(0));
            if (kept == snapshots.cend() || kept->rv < compacted) {
                answer.status = 410;
                return answer;
            }
            snapshot = *kept;
            from = parts.at(1).toLongLong();
        }
        const qsizetype size = limit > 0 ? limit : snapshot.items.size();
        answer.items = snapshot.items.mid(from, size);
        answer.rv = QString::number(snapshot.rv);
        if (from + size < snapshot.items.size()) {
            const QString id = token.isEmpty() ? QString::number(++tokens) : token.section(QLatin1Char('.'), 0, 0);
            snapshots.insert(id, snapshot);
            answer.token = QStringLiteral("%1.%2").arg(id).arg(from + size);
        }
        return answer;
    }

    [[nodiscard]] bool tooOld(qint64 version) const { return version < compacted; }
    /// The line of the first change after `version`, and moves it there; nullopt when there is none yet.
    std::optional<QByteArray> next(qint64 &version) const
    {
        const auto it = std::ranges::upper_bound(changes, version, {}, &Change::rv);
        if (it == changes.end())
            return std::nullopt;
        version = it->rv;
        return lineOf(it->type, jsonOf(it->name, it->row));
    }
    [[nodiscard]] const Change *after(qint64 version) const
    {
        const auto it = std::ranges::upper_bound(changes, version, {}, &Change::rv);
        return it == changes.end() ? nullptr : &*it;
    }
    static QByteArray lineOf(const QByteArray &type, const QJsonObject &object)
    {
        return R"({"type":")" + type + R"(","object":)" + QJsonDocument(object).toJson(QJsonDocument::Compact) + "}\n";
    }
    static QJsonObject jsonOf(const QString &name, const Row &row)
    {
        return {{QStringLiteral("kind"), QStringLiteral("Thing")}, {QStringLiteral("apiVersion"), QStringLiteral("v1")},
            {QStringLiteral("metadata"),
                QJsonObject{{QStringLiteral("name"), name}, {QStringLiteral("namespace"), QStringLiteral("ns")},
                    {QStringLiteral("uid"), row.uid}, {QStringLiteral("resourceVersion"), QString::number(row.rv)}}},
            {QStringLiteral("value"), row.value}};
    }
    static kube::ObjectPtr objectOf(const QString &name, const Row &row)
    {
        return *kube::makeObject(jsonOf(name, row));
    }
    static QByteArray bookmark(qint64 version)
    {
        return lineOf("BOOKMARK",
            {{QStringLiteral("kind"), QStringLiteral("Thing")},
                {QStringLiteral("metadata"),
                    QJsonObject{{QStringLiteral("resourceVersion"), QString::number(version)}}}});
    }

    QMap<QString, Row> rows;
    QList<Change> changes;
    qint64 rv = 100;
    qint64 compacted = 0;
    QRandomGenerator random;

private:
    struct Snapshot {
        QList<kube::ObjectPtr> items;
        qint64 rv = 0;
    };
    void log(const QByteArray &type, const QString &name, const Row &row) { changes.append({row.rv, type, name, row}); }

    QHash<QString, Snapshot> snapshots;
    int tokens = 0;
    int uids = 0;
};

} // namespace support
