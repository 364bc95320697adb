// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/selector.h"

#include "demo/jsonedit.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

/// Commas separate the terms, except within parentheses.
QStringList splitTerms(const QString &text)
{
    QStringList terms;
    QString term;
    int depth = 0;
    for (const QChar c : text) {
        depth += c == u'(' ? 1 : c == u')' ? -1 : 0;
        if (c == u',' && depth == 0) {
            terms.append(term.trimmed());
            term.clear();
        } else {
            term += c;
        }
    }
    terms.append(term.trimmed());
    return terms;
}

bool isKey(const QString &key)
{
    static const QRegularExpression pattern(
        u"^([a-z0-9A-Z]([-a-z0-9A-Z.]*)/)?[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$"_s);
    return pattern.match(key).hasMatch();
}

std::unexpected<ApiError> unparsable(const QString &text)
{
    return std::unexpected(
        ApiError::badRequest(u"unable to parse requirement: found '%1', expected: identifier"_s.arg(text)));
}

const QStringList &fieldsOf(const ResourceType &type)
{
    static const QStringList pod{u"spec.nodeName"_s, u"spec.restartPolicy"_s, u"spec.schedulerName"_s,
        u"spec.serviceAccountName"_s, u"status.phase"_s, u"status.podIP"_s, u"status.nominatedNodeName"_s};
    static const QStringList event{u"involvedObject.kind"_s, u"involvedObject.namespace"_s, u"involvedObject.name"_s,
        u"involvedObject.uid"_s, u"involvedObject.apiVersion"_s, u"involvedObject.resourceVersion"_s,
        u"involvedObject.fieldPath"_s, u"reason"_s, u"reportingComponent"_s, u"source"_s, u"type"_s};
    static const QStringList job{u"status.successful"_s}, node{u"spec.unschedulable"_s}, secret{u"type"_s}, none;
    if (type.custom)
        return none;
    if (type.resource == "pods"_L1)
        return pod;
    if (type.resource == "events"_L1)
        return event;
    if (type.resource == "jobs"_L1)
        return job;
    if (type.resource == "nodes"_L1)
        return node;
    return type.resource == "secrets"_L1 ? secret : none;
}

} // namespace

std::expected<LabelSelector, ApiError> LabelSelector::parse(const QString &text)
{
    LabelSelector selector;
    if (text.trimmed().isEmpty())
        return selector;
    static const QRegularExpression set(u"^(\\S+)\\s+(in|notin)\\s*\\(([^()]*)\\)$"_s);
    static const QRegularExpression equality(u"^([^\\s!=]+)\\s*(==|=|!=)\\s*([^\\s=!(),]*)$"_s);
    for (const QString &term : splitTerms(text)) {
        if (const auto match = set.match(term); match.hasMatch() && isKey(match.captured(1))) {
            QStringList values;
            for (const QString &value : match.captured(3).split(u','))
                values.append(value.trimmed());
            selector.m_terms.append(
                {match.captured(1), match.captured(2) == "in"_L1 ? Operator::In : Operator::NotIn, values});
        } else if (const auto equal = equality.match(term); equal.hasMatch() && isKey(equal.captured(1))) {
            selector.m_terms.append({equal.captured(1), equal.captured(2) == "!="_L1 ? Operator::NotIn : Operator::In,
                {equal.captured(3)}});
        } else if (term.startsWith(u'!') && isKey(term.mid(1).trimmed())) {
            selector.m_terms.append({term.mid(1).trimmed(), Operator::Absent, {}});
        } else if (isKey(term)) {
            selector.m_terms.append({term, Operator::Exists, {}});
        } else {
            return unparsable(term);
        }
    }
    return selector;
}

bool LabelSelector::matches(const QJsonObject &object) const
{
    if (m_terms.isEmpty())
        return true;
    const QJsonObject labels = json::get(object, u"metadata.labels").toObject();
    for (const Term &term : m_terms) {
        const auto it = labels.constFind(term.key);
        const bool there = it != labels.constEnd();
        const bool listed = there && term.values.contains(it.value().toString());
        const bool ok = term.how == Operator::In ? listed
            : term.how == Operator::NotIn        ? !listed // an absent label also matches
            : term.how == Operator::Exists       ? there
                                                 : !there;
        if (!ok)
            return false;
    }
    return true;
}

std::expected<FieldSelector, ApiError> FieldSelector::parse(const QString &text, const ResourceType &type)
{
    FieldSelector selector;
    if (text.trimmed().isEmpty())
        return selector;
    static const QRegularExpression pattern(u"^([^=!]+)(==|=|!=)(.*)$"_s);
    for (const QString &term : splitTerms(text)) {
        const auto match = pattern.match(term);
        if (!match.hasMatch()) {
            return std::unexpected(
                ApiError::badRequest(u"invalid selector: '%1'; can't understand '%2'"_s.arg(text, term)));
        }
        const QString path = match.captured(1).trimmed();
        if (path != "metadata.name"_L1 && !(path == "metadata.namespace"_L1 && type.namespaced)
            && !fieldsOf(type).contains(path)) {
            const QString message = type.custom ? u"field label not supported: %1"_s.arg(path)
                                                : u"\"%1\" is not a known field selector: only \"metadata.name\", "
                                                  "\"metadata.namespace\""_s.arg(path);
            return std::unexpected(ApiError::badRequest(message));
        }
        selector.m_terms.append({path, match.captured(3).trimmed(), match.captured(2) != "!="_L1});
    }
    return selector;
}

bool FieldSelector::matches(const QJsonObject &object) const
{
    for (const Term &term : m_terms) {
        const QJsonValue value = json::get(object, term.path);
        const QString text = value.isBool() ? (value.toBool() ? u"true"_s : u"false"_s) : value.toVariant().toString();
        if ((text == term.value) != term.equal)
            return false;
    }
    return true;
}

bool Filter::matches(const QJsonObject &object) const
{
    if (!ns.isEmpty() && json::ns(object) != ns)
        return false;
    if (!name.isEmpty() && json::name(object) != name)
        return false;
    return labels.matches(object) && fields.matches(object);
}

} // namespace demo
