// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/resource.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

void addSegment(QString &path, const QString &segment)
{
    path += u'/';
    path += QString::fromLatin1(QUrl::toPercentEncoding(segment));
}

} // namespace

QString ResourceRef::apiVersion() const
{
    return group.isEmpty() ? version : group + u'/' + version;
}

QString ResourceRef::qualified() const
{
    return group.isEmpty() ? resource : resource + u'.' + group;
}

QString ResourceRef::path(const QString &ns, const QString &name, const QString &subresource) const
{
    QString path = group.isEmpty() ? u"/api"_s : u"/apis"_s;
    if (!group.isEmpty())
        addSegment(path, group);
    addSegment(path, version);
    if (namespaced && !ns.isEmpty()) {
        path += "/namespaces"_L1;
        addSegment(path, ns);
    }
    addSegment(path, resource);
    if (!name.isEmpty())
        addSegment(path, name);
    if (!subresource.isEmpty()) {
        // "proxy/api/v1" is several segments.
        for (const QString &part : subresource.split(u'/', Qt::SkipEmptyParts))
            addSegment(path, part);
    }
    return path;
}

} // namespace kube
