// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// An action's journal and the server's own log of requests, in one form that can be compared. Used from tests of this
/// layer only (needs gleaner_demo).
#pragma once

#include "demo/server.h"
#include "evidence/actionfolder.h"
#include "kube/resource.h"

#include <QHash>

#include <algorithm>

namespace support {

using namespace Qt::StringLiterals;

struct Sent {
    QByteArray method, path;
    bool dryRun = false;
};

/// Requests that reached the server, without discovery.
inline QList<Sent> arrived(const demo::Server &server, qsizetype from = 0)
{
    QList<Sent> out;
    const auto all = server.requests().mid(from);
    for (const demo::RequestRecord &record : all) {
        const QByteArray path = record.target.split('?').first();
        if (path == "/api" || path == "/apis")
            continue;
        const bool dry = record.target.contains("dryRun=All");
        out.append({record.method, path, dry});
    }
    return out;
}

inline QByteArray methodOf(const QString &verb)
{
    static const QHash<QString, QByteArray> methods{
        {u"get"_s, "GET"}, {u"list"_s, "GET"}, {u"create"_s, "POST"}, {u"patch"_s, "PATCH"}, {u"delete"_s, "DELETE"}};
    return methods.value(verb);
}

/// The same of the journal.
inline QList<Sent> announced(const QString &folder)
{
    QList<Sent> out;
    const auto lines = evidence::ActionFolder::journal(folder);
    if (!lines)
        return out;
    for (const QJsonObject &line : *lines) {
        const QString verb = line.value("verb"_L1).toString();
        if (line.value("kind"_L1) != "request"_L1 || verb == "discover"_L1)
            continue;
        const QStringList parts = line.value("resource"_L1).toString().split(u'.');
        kube::ResourceRef resource;
        resource.resource = parts.first();
        resource.group = QStringList(parts.mid(1)).join(u'.');
        resource.version = line.value("version"_L1).toString(u"v1"_s);
        resource.namespaced = line.contains("namespace"_L1);
        out.append({methodOf(verb),
            resource.path(line.value("namespace"_L1).toString(), line.value("name"_L1).toString()).toUtf8(),
            line.value("dryRun"_L1).toBool()});
    }
    return out;
}

inline QList<QByteArray> sorted(const QList<Sent> &sent)
{
    QList<QByteArray> out;
    for (const Sent &one : sent)
        out.append(one.method + ' ' + one.path + (one.dryRun ? " dry" : ""));
    std::ranges::sort(out);
    return out;
}

/// What is in `a` and not in `b`.
inline QByteArray missing(QList<QByteArray> a, const QList<QByteArray> &b)
{
    for (const QByteArray &one : b)
        a.removeOne(one);
    return a.join("; ");
}

} // namespace support
