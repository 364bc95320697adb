// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/access.h"

#include "demo/jsonedit.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

const QString masters = u"system:masters"_s, viewers = u"gleaner-demo-viewers"_s, known = u"system:authenticated"_s;

bool isReading(const QString &verb)
{
    return verb == "get"_L1 || verb == "list"_L1 || verb == "watch"_L1;
}

bool isSelfReview(const Attributes &asked)
{
    return asked.verb == "create"_L1
        && (asked.resource == "selfsubjectaccessreviews"_L1 || asked.resource == "selfsubjectrulesreviews"_L1
            || asked.resource == "selfsubjectreviews"_L1);
}

QString bindingReason()
{
    return u"RBAC: allowed by ClusterRoleBinding \"gleaner-demo-viewers\" of ClusterRole \"view\" to Group \"%1\""_s
        .arg(viewers);
}

} // namespace

Caller callerNamed(const QString &user)
{
    if (user == "admin"_L1)
        return {user, {masters, known}, {}};
    if (user == "viewer"_L1)
        return {user, {viewers, known}, {}};
    return {user, {known}, {}};
}

bool isAllowed(const Caller &caller, const Attributes &asked)
{
    if (caller.groups.contains(masters))
        return true;
    if (!asked.path.isEmpty()) {
        static const QStringList open{u"/healthz"_s, u"/livez"_s, u"/readyz"_s, u"/version"_s};
        if (open.contains(asked.path))
            return true;
        const bool discovery = asked.path.startsWith("/api"_L1) || asked.path.startsWith("/openapi"_L1);
        return caller.authenticated() && discovery && asked.verb == "get"_L1;
    }
    if (!caller.authenticated())
        return false;
    if (isSelfReview(asked))
        return true;
    if (!caller.groups.contains(viewers) || !isReading(asked.verb))
        return false;
    const bool secrets = asked.group.isEmpty() && asked.resource == "secrets"_L1;
    const bool logs = asked.group.isEmpty() && asked.resource == "pods"_L1 && asked.subresource == "log"_L1;
    return !secrets && !logs;
}

ApiError forbidden(const Caller &caller, const Attributes &asked)
{
    if (!asked.path.isEmpty()) {
        ApiError error{403, u"Forbidden"_s,
            u"forbidden: User \"%1\" cannot %2 path \"%3\""_s.arg(caller.user, asked.verb, asked.path), {}};
        error.hasDetails = true;
        return error;
    }
    const QString qualified = asked.group.isEmpty() ? asked.resource : asked.resource + u'.' + asked.group;
    const QString resource = asked.subresource.isEmpty() ? asked.resource : asked.resource + u'/' + asked.subresource;
    QString message = qualified;
    if (!asked.name.isEmpty())
        message += u" \"%1\""_s.arg(asked.name);
    message += u" is forbidden: User \"%1\" cannot %2 resource \"%3\" in API group \"%4\""_s.arg(
        caller.user, asked.verb, resource, asked.group);
    message += asked.ns.isEmpty() ? u" at the cluster scope"_s : u" in the namespace \"%1\""_s.arg(asked.ns);
    ApiError error{403, u"Forbidden"_s, message, {{u"kind"_s, asked.resource}}};
    if (!asked.name.isEmpty())
        error.details.insert("name"_L1, asked.name);
    if (!asked.group.isEmpty())
        error.details.insert("group"_L1, asked.group);
    return error;
}

QJsonObject accessReview(const Caller &caller, const QJsonObject &request)
{
    const QJsonObject spec = request.value("spec"_L1).toObject();
    Attributes asked;
    if (spec.contains("nonResourceAttributes"_L1)) {
        asked.path = json::text(spec, u"nonResourceAttributes.path");
        asked.verb = json::text(spec, u"nonResourceAttributes.verb");
    } else {
        const QJsonObject attributes = spec.value("resourceAttributes"_L1).toObject();
        asked.verb = attributes.value("verb"_L1).toString();
        asked.group = attributes.value("group"_L1).toString();
        asked.resource = attributes.value("resource"_L1).toString();
        asked.subresource = attributes.value("subresource"_L1).toString();
        asked.ns = attributes.value("namespace"_L1).toString();
        asked.name = attributes.value("name"_L1).toString();
    }
    const bool allowed = isAllowed(caller, asked);
    QJsonObject status{{u"allowed"_s, allowed}};
    if (allowed && caller.groups.contains(viewers))
        status.insert("reason"_L1, bindingReason());
    return {{u"kind"_s, u"SelfSubjectAccessReview"_s}, {u"apiVersion"_s, u"authorization.k8s.io/v1"_s},
        {u"metadata"_s, QJsonObject()}, {u"spec"_s, spec}, {u"status"_s, status}};
}

QJsonObject rulesReview(const Caller &caller, const QJsonObject &request)
{
    const auto rule = [](const QStringList &verbs, const QStringList &groups, const QStringList &resources) {
        return QJsonObject{{u"verbs"_s, QJsonArray::fromStringList(verbs)},
            {u"apiGroups"_s, QJsonArray::fromStringList(groups)},
            {u"resources"_s, QJsonArray::fromStringList(resources)}};
    };
    QJsonArray rules{
        rule({u"create"_s}, {u"authorization.k8s.io"_s}, {u"selfsubjectaccessreviews"_s, u"selfsubjectrulesreviews"_s}),
        rule({u"create"_s}, {u"authentication.k8s.io"_s}, {u"selfsubjectreviews"_s})};
    if (caller.groups.contains(masters))
        rules.append(rule({u"*"_s}, {u"*"_s}, {u"*"_s}));
    if (caller.groups.contains(viewers)) {
        const QStringList reading{u"get"_s, u"list"_s, u"watch"_s};
        rules.append(rule(reading, {QString()},
            {u"pods"_s, u"nodes"_s, u"events"_s, u"configmaps"_s, u"namespaces"_s, u"services"_s}));
        rules.append(rule(reading,
            {u"apps"_s, u"batch"_s, u"policy"_s, u"harvesterhci.io"_s, u"upgrade.cattle.io"_s, u"longhorn.io"_s,
                u"kubevirt.io"_s, u"cluster.x-k8s.io"_s, u"provisioning.cattle.io"_s, u"management.cattle.io"_s,
                u"fleet.cattle.io"_s},
            {u"*"_s}));
    }
    QJsonArray paths{QJsonObject{{u"verbs"_s, QJsonArray{u"get"_s}},
        {u"nonResourceURLs"_s,
            QJsonArray{u"/api"_s, u"/api/*"_s, u"/apis"_s, u"/apis/*"_s, u"/healthz"_s, u"/livez"_s, u"/openapi"_s,
                u"/openapi/*"_s, u"/readyz"_s, u"/version"_s}}}};
    if (caller.groups.contains(masters))
        paths.append(QJsonObject{{u"verbs"_s, QJsonArray{u"*"_s}}, {u"nonResourceURLs"_s, QJsonArray{u"*"_s}}});
    return {{u"kind"_s, u"SelfSubjectRulesReview"_s}, {u"apiVersion"_s, u"authorization.k8s.io/v1"_s},
        {u"metadata"_s, QJsonObject()}, {u"spec"_s, request.value("spec"_L1).toObject()},
        {u"status"_s,
            QJsonObject{{u"resourceRules"_s, rules}, {u"nonResourceRules"_s, paths}, {u"incomplete"_s, false}}}};
}

QJsonObject selfReview(const Caller &caller, const QString &now)
{
    QJsonObject info{{u"username"_s, caller.user}, {u"groups"_s, QJsonArray::fromStringList(caller.groups)}};
    if (!caller.credentialId.isEmpty())
        info.insert("extra"_L1,
            QJsonObject{{u"authentication.kubernetes.io/credential-id"_s, QJsonArray{caller.credentialId}}});
    return {{u"kind"_s, u"SelfSubjectReview"_s}, {u"apiVersion"_s, u"authentication.k8s.io/v1"_s},
        {u"metadata"_s, QJsonObject{{u"creationTimestamp"_s, now}}}, {u"status"_s, QJsonObject{{u"userInfo"_s, info}}}};
}

} // namespace demo
