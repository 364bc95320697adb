// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/discovery.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace demo::discovery {
namespace {

QString groupVersion(const QString &group, const QString &version)
{
    return group.isEmpty() ? version : group + u'/' + version;
}

QJsonObject groupObject(const Catalog &catalog, const QString &name)
{
    const QString version = catalog.versionOf(name);
    const QJsonObject served{{u"groupVersion"_s, groupVersion(name, version)}, {u"version"_s, version}};
    return {{u"name"_s, name}, {u"versions"_s, QJsonArray{served}}, {u"preferredVersion"_s, served}};
}

QJsonObject gvk(const ResourceType &type)
{
    return {{u"group"_s, type.group}, {u"version"_s, type.version}, {u"kind"_s, type.kind}};
}

QJsonArray parameters(const QStringList &names)
{
    QJsonArray all;
    for (const QString &name : names)
        all.append(QJsonObject{
            {u"name"_s, name}, {u"in"_s, u"query"_s}, {u"schema"_s, QJsonObject{{u"type"_s, u"string"_s}}}});
    return all;
}

} // namespace

QJsonObject version(const QString &kubernetes)
{
    return {{u"major"_s, u"1"_s}, {u"minor"_s, kubernetes.section(u'.', 1, 1)}, {u"gitVersion"_s, kubernetes},
        {u"gitCommit"_s, u"0000000000000000000000000000000000000000"_s}, {u"gitTreeState"_s, u"clean"_s},
        {u"buildDate"_s, u"2026-01-01T00:00:00Z"_s}, {u"goVersion"_s, u"go1.25"_s}, {u"compiler"_s, u"gc"_s},
        {u"platform"_s, u"linux/amd64"_s}};
}

QJsonObject coreVersions(const QString &address)
{
    return {{u"kind"_s, u"APIVersions"_s}, {u"versions"_s, QJsonArray{u"v1"_s}},
        {u"serverAddressByClientCIDRs"_s,
            QJsonArray{QJsonObject{{u"clientCIDR"_s, u"0.0.0.0/0"_s}, {u"serverAddress"_s, address}}}}};
}

QJsonObject groupList(const Catalog &catalog)
{
    QJsonArray groups;
    for (const QString &name : catalog.groups())
        groups.append(groupObject(catalog, name));
    return {{u"kind"_s, u"APIGroupList"_s}, {u"apiVersion"_s, u"v1"_s}, {u"groups"_s, groups}};
}

std::optional<QJsonObject> group(const Catalog &catalog, const QString &name)
{
    if (name.isEmpty() || !catalog.groups().contains(name))
        return std::nullopt;
    QJsonObject object = groupObject(catalog, name);
    object.insert("kind"_L1, u"APIGroup"_s);
    object.insert("apiVersion"_L1, u"v1"_s);
    return object;
}

std::optional<QJsonObject> resources(const Catalog &catalog, const QString &group, const QString &version)
{
    if (!catalog.hasGroupVersion(group, version))
        return std::nullopt;
    QJsonArray list;
    for (const ResourceType &type : catalog.types()) {
        if (type.group != group)
            continue;
        QJsonObject entry{{u"name"_s, type.resource}, {u"singularName"_s, type.singular},
            {u"namespaced"_s, type.namespaced}, {u"kind"_s, type.kind},
            {u"verbs"_s, QJsonArray::fromStringList(type.verbs())}};
        if (!type.shortNames.isEmpty())
            entry.insert("shortNames"_L1, QJsonArray::fromStringList(type.shortNames));
        if (!type.categories.isEmpty())
            entry.insert("categories"_L1, QJsonArray::fromStringList(type.categories));
        list.append(entry);
        const auto sub = [&](const QString &name, const QStringList &verbs) {
            list.append(QJsonObject{{u"name"_s, QString(type.resource + u'/' + name)}, {u"singularName"_s, QString()},
                {u"namespaced"_s, type.namespaced}, {u"kind"_s, type.kind},
                {u"verbs"_s, QJsonArray::fromStringList(verbs)}});
        };
        if (type.status)
            sub(u"status"_s, {u"get"_s, u"patch"_s, u"update"_s});
        if (group.isEmpty() && type.resource == "pods"_L1)
            sub(u"log"_s, {u"get"_s});
    }
    QJsonObject object{
        {u"kind"_s, u"APIResourceList"_s}, {u"groupVersion"_s, groupVersion(group, version)}, {u"resources"_s, list}};
    if (!group.isEmpty())
        object.insert("apiVersion"_L1, u"v1"_s);
    return object;
}

QJsonObject aggregated(const Catalog &catalog, bool core)
{
    QJsonArray items;
    const QStringList groups = core ? QStringList{QString()} : catalog.groups();
    for (const QString &name : groups) {
        QJsonArray list;
        for (const ResourceType &type : catalog.types()) {
            if (type.group != name)
                continue;
            const auto kind
                = QJsonObject{{u"group"_s, type.group}, {u"version"_s, type.version}, {u"kind"_s, type.kind}};
            QJsonObject entry{{u"resource"_s, type.resource}, {u"responseKind"_s, kind},
                {u"scope"_s, type.namespaced ? u"Namespaced"_s : u"Cluster"_s}, {u"singularResource"_s, type.singular},
                {u"verbs"_s, QJsonArray::fromStringList(type.verbs())}};
            if (!type.shortNames.isEmpty())
                entry.insert("shortNames"_L1, QJsonArray::fromStringList(type.shortNames));
            if (!type.categories.isEmpty())
                entry.insert("categories"_L1, QJsonArray::fromStringList(type.categories));
            QJsonArray subresources;
            if (type.status)
                subresources.append(QJsonObject{{u"subresource"_s, u"status"_s}, {u"responseKind"_s, kind},
                    {u"verbs"_s, QJsonArray{u"get"_s, u"patch"_s, u"update"_s}}});
            if (name.isEmpty() && type.resource == "pods"_L1)
                subresources.append(QJsonObject{
                    {u"subresource"_s, u"log"_s}, {u"responseKind"_s, kind}, {u"verbs"_s, QJsonArray{u"get"_s}}});
            if (!subresources.isEmpty())
                entry.insert("subresources"_L1, subresources);
            list.append(entry);
        }
        QJsonObject metadata;
        if (!name.isEmpty())
            metadata.insert("name"_L1, name);
        items.append(QJsonObject{{u"metadata"_s, metadata},
            {u"versions"_s,
                QJsonArray{QJsonObject{{u"version"_s, catalog.versionOf(name)}, {u"resources"_s, list},
                    {u"freshness"_s, u"Current"_s}}}}});
    }
    return {{u"kind"_s, u"APIGroupDiscoveryList"_s}, {u"apiVersion"_s, u"apidiscovery.k8s.io/v2"_s},
        {u"metadata"_s, QJsonObject()}, {u"items"_s, items}};
}

QJsonObject openApiIndex(const Catalog &catalog)
{
    QJsonObject paths;
    const auto add = [&](const QString &path) {
        paths.insert(path, QJsonObject{{u"serverRelativeURL"_s, QString(u"/openapi/v3/"_s + path)}});
    };
    add(u"api/v1"_s);
    for (const QString &name : catalog.groups())
        add(u"apis/"_s + groupVersion(name, catalog.versionOf(name)));
    return {{u"paths"_s, paths}};
}

std::optional<QJsonObject> openApi(const Catalog &catalog, const QString &group, const QString &version)
{
    if (!catalog.hasGroupVersion(group, version))
        return std::nullopt;
    QJsonObject paths, schemas;
    const QString root = group.isEmpty() ? u"/api/v1"_s : u"/apis/"_s + groupVersion(group, version);
    for (const ResourceType &type : catalog.types()) {
        if (type.group != group)
            continue;
        const QString schema = u"%1.%2.%3"_s.arg(group.isEmpty() ? u"core"_s : group, version, type.kind);
        schemas.insert(schema,
            QJsonObject{{u"type"_s, u"object"_s},
                {u"description"_s, QString(type.kind + u" of the simulated cluster"_s)},
                {u"x-kubernetes-group-version-kind"_s, QJsonArray{gvk(type)}},
                {u"x-kubernetes-preserve-unknown-fields"_s, true}});
        const QString collection = root + (type.namespaced ? u"/namespaces/{namespace}/"_s : u"/"_s) + type.resource;
        const auto operation = [&](const QString &action) {
            return QJsonObject{{u"operationId"_s, QString(action + type.kind)}, {u"x-kubernetes-action"_s, action},
                {u"x-kubernetes-group-version-kind"_s, gvk(type)},
                {u"parameters"_s, parameters({u"dryRun"_s, u"fieldManager"_s, u"fieldValidation"_s})},
                {u"responses"_s, QJsonObject{{u"200"_s, QJsonObject{{u"description"_s, u"OK"_s}}}}}};
        };
        paths.insert(collection, QJsonObject{{u"post"_s, operation(u"post"_s)}});
        if (!type.createOnly)
            paths.insert(collection + u"/{name}"_s,
                QJsonObject{{u"patch"_s, operation(u"patch"_s)}, {u"put"_s, operation(u"put"_s)}});
    }
    return QJsonObject{{u"openapi"_s, u"3.0.0"_s},
        {u"info"_s, QJsonObject{{u"title"_s, u"Kubernetes"_s}, {u"version"_s, u"simulated"_s}}}, {u"paths"_s, paths},
        {u"components"_s, QJsonObject{{u"schemas"_s, schemas}}}};
}

} // namespace demo::discovery
