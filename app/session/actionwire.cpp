// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/actionwire.h"

#include "evidence/snapshotjson.h"

#include <QDateTime>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace session {

/// A request under way.
struct ActionWire::Under {
    int id = 0;
    kube::Call call;
    std::function<void(const kube::Error &)> lost;
};

namespace {

kube::Error trouble(const QString &words)
{
    kube::Error error;
    error.kind = kube::ErrorKind::Cancelled;
    error.message = words;
    return error;
}

QString verbWord(restart::Request::Verb verb)
{
    using Verb = restart::Request::Verb;
    switch (verb) {
    case Verb::Get:
        return u"get"_s;
    case Verb::List:
        return u"list"_s;
    case Verb::Create:
        return u"create"_s;
    case Verb::Patch:
        return u"patch"_s;
    case Verb::Delete:
        return u"delete"_s;
    }
    return {};
}

QJsonObject entryOf(const QString &verb, const kube::ResourceRef &resource, const QString &ns, const QString &name)
{
    QJsonObject entry{{u"verb"_s, verb}, {u"resource"_s, resource.qualified()}, {u"version"_s, resource.version}};
    if (!ns.isEmpty())
        entry.insert("namespace"_L1, ns);
    if (!name.isEmpty())
        entry.insert("name"_L1, name);
    return entry;
}

ActionWire::Answer answerOf(const kube::Error &error)
{
    return {false, error.httpStatus, error.message, {}};
}

} // namespace

ActionWire::ActionWire(kube::Client *client, std::unique_ptr<evidence::ActionFolder> folder, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_folder(std::move(folder))
{
}

ActionWire::~ActionWire()
{
    for (const auto &under : std::as_const(m_under))
        under->call.cancel();
}

void ActionWire::setClient(kube::Client *client)
{
    if (client == m_client)
        return;
    m_client = client;
    m_discovery.reset();
    const auto under = std::exchange(m_under, {});
    for (const auto &one : under) {
        one->call.cancel();
        note(u"answer"_s,
            {{u"id"_s, one->id}, {u"ok"_s, false}, {u"status"_s, 0}, {u"result"_s, u"connection ended"_s}});
        QMetaObject::invokeMethod(
            this, [one] { one->lost(trouble(u"the connection was ended"_s)); }, Qt::QueuedConnection);
    }
}

bool ActionWire::note(const QString &kind, QJsonObject entry, bool durable)
{
    entry.insert("kind"_L1, kind);
    entry.insert("at"_L1, evidence::timeText(QDateTime::currentDateTimeUtc()));
    return m_folder->note(entry, durable).has_value();
}

std::shared_ptr<ActionWire::Under> ActionWire::announce(
    QJsonObject entry, bool durable, std::function<void(const kube::Error &)> lost)
{
    auto under = std::make_shared<Under>();
    under->id = ++m_serial;
    under->lost = std::move(lost);
    QString words;
    if (!m_client) {
        words = u"not connected"_s;
    } else {
        entry.insert("id"_L1, under->id);
        entry.insert("context"_L1, m_client->config().contextName);
        entry.insert("server"_L1, m_client->config().server.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery));
        if (!m_client->config().impersonate.user.isEmpty())
            entry.insert("actingAs"_L1, m_client->config().impersonate.user);
        entry.insert("user"_L1, m_user);
        entry.insert("kind"_L1, u"request"_s);
        entry.insert("at"_L1, evidence::timeText(QDateTime::currentDateTimeUtc()));
        if (const auto noted = m_folder->note(entry, durable); !noted)
            words = u"%1: %2"_s.arg(noted.error().path, noted.error().message);
    }
    if (!words.isEmpty()) {
        QMetaObject::invokeMethod(this, [under, words] { under->lost(trouble(words)); }, Qt::QueuedConnection);
        return nullptr;
    }
    m_under.insert(under->id, under);
    return under;
}

void ActionWire::answered(const std::shared_ptr<Under> &under, bool ok, int status, const QString &result)
{
    m_under.remove(under->id);
    QJsonObject entry{{u"id"_s, under->id}, {u"ok"_s, ok}, {u"status"_s, status}};
    if (!result.isEmpty())
        entry.insert("result"_L1, result);
    note(u"answer"_s, entry);
}

kube::ResourceRef ActionWire::served(const kube::ResourceRef &wanted) const
{
    if (!m_discovery)
        return wanted;
    for (const kube::ResourceRef &one : m_discovery->resources) {
        if (one.group == wanted.group && one.resource == wanted.resource && one.version == wanted.version)
            return wanted;
    }
    return m_discovery->find(wanted.group, wanted.resource).value_or(wanted);
}

void ActionWire::discover(std::function<void(std::optional<kube::Error>)> done)
{
    if (m_discovery) {
        QMetaObject::invokeMethod(this, [done] { done(std::nullopt); }, Qt::QueuedConnection);
        return;
    }
    const auto under = announce({{u"verb"_s, u"discover"_s}}, false, [done](const kube::Error &error) { done(error); });
    if (!under)
        return;
    under->call = m_client->discover(this, [this, under, done](const kube::Result<kube::Discovery> &found) {
        answered(under, found.has_value(), found ? 200 : found.error().httpStatus,
            found ? QString() : found.error().message);
        if (found)
            m_discovery = *found;
        // Whoever may not discover still may do what they may: with the versions we know.
        if (found || found.error().kind == kube::ErrorKind::Forbidden)
            done(std::nullopt);
        else
            done(found.error());
    });
}

void ActionWire::send(const restart::Request &request, Done done)
{
    using Verb = restart::Request::Verb;
    const kube::ResourceRef resource = served(request.resource);
    if (request.verb == Verb::List) {
        kube::ListQuery query;
        query.resource = request.resource;
        query.ns = request.ns;
        query.labelSelector = request.labelSelector;
        query.metadataOnly = request.metadataOnly;
        list(query, [done](const kube::Result<QList<kube::ObjectPtr>> &found) {
            if (!found)
                return done(answerOf(found.error()));
            QJsonArray items;
            for (const kube::ObjectPtr &object : *found)
                items.append(object->json);
            done({true, 200, {}, {{u"items"_s, items}}});
        });
        return;
    }
    QJsonObject entry = entryOf(verbWord(request.verb), resource, request.ns, request.name);
    if (request.verb != Verb::Get) {
        entry.insert("dryRun"_L1, request.dryRun);
        if (!request.body.isEmpty())
            entry.insert("body"_L1, request.body);
    }
    if (request.verb == Verb::Delete)
        entry.insert(
            "preconditions"_L1, QJsonObject{{u"uid"_s, request.uid}, {u"resourceVersion"_s, request.resourceVersion}});
    const auto under = announce(entry, request.isWrite(), [done](const kube::Error &error) { done(answerOf(error)); });
    if (!under)
        return;
    const auto object = [this, under, done](const kube::Result<kube::ObjectPtr> &result) {
        const QString name = result ? (*result)->key.name : QString();
        answered(under, result.has_value(), result ? 200 : result.error().httpStatus,
            result ? name : result.error().message);
        done(result ? Answer{true, 200, {}, (*result)->json} : answerOf(result.error()));
    };
    const kube::WriteOptions options{request.dryRun};
    switch (request.verb) {
    case Verb::Get:
        under->call = m_client->get(resource, request.ns, request.name, this, object);
        break;
    case Verb::Create:
        under->call = m_client->create(resource, request.ns, request.body, options, this, object);
        break;
    case Verb::Patch:
        under->call = m_client->mergePatch(resource, request.ns, request.name, request.body, options, this, object);
        break;
    case Verb::Delete: {
        kube::DeleteSpec spec{resource, request.ns, request.name, request.uid, request.resourceVersion};
        spec.dryRun = request.dryRun;
        under->call = m_client->remove(spec, this, [this, under, done](const kube::Result<QJsonObject> &result) {
            answered(under, result.has_value(), result ? 200 : result.error().httpStatus,
                result ? QString() : result.error().message);
            done(result ? Answer{true, 200, {}, *result} : answerOf(result.error()));
        });
        break;
    }
    case Verb::List:
        break;
    }
}

void ActionWire::list(kube::ListQuery query, Listed done, kube::Slimmer slim)
{
    query.resource = served(query.resource);
    page(std::move(query), {}, std::move(done), std::move(slim));
}

void ActionWire::page(kube::ListQuery query, QList<kube::ObjectPtr> sofar, Listed done, kube::Slimmer slim)
{
    QJsonObject entry = entryOf(u"list"_s, query.resource, query.ns, {});
    if (!query.labelSelector.isEmpty())
        entry.insert("selector"_L1, query.labelSelector);
    const auto under = announce(entry, false, [done](const kube::Error &error) { done(std::unexpected(error)); });
    if (!under)
        return;
    under->call = m_client->list(
        query, this,
        [this, under, query, sofar, done, slim](kube::Result<kube::ListPage> found) mutable {
            if (found && !found->undecodable.isEmpty())
                found = std::unexpected(found->undecodable.first()); // a list with holes is none to judge by
            answered(under, found.has_value(), found ? 200 : found.error().httpStatus,
                found ? QString() : found.error().message);
            if (!found)
                return done(std::unexpected(found.error()));
            sofar += found->items;
            if (found->continueToken.isEmpty())
                return done(std::move(sofar));
            query.continueToken = found->continueToken;
            page(std::move(query), std::move(sofar), std::move(done), std::move(slim));
        },
        slim);
}

void ActionWire::mayI(const kube::AccessQuestion &question, std::function<void(kube::Result<kube::AccessAnswer>)> done)
{
    const QJsonObject asked{{u"verb"_s, question.verb}, {u"group"_s, question.group},
        {u"resource"_s, question.resource}, {u"namespace"_s, question.ns}, {u"name"_s, question.name}};
    const auto under
        = announce({{u"verb"_s, u"create"_s}, {u"resource"_s, u"selfsubjectaccessreviews.authorization.k8s.io"_s},
                       {u"asked"_s, asked}},
            false, [done](const kube::Error &error) { done(std::unexpected(error)); });
    if (!under)
        return;
    under->call = m_client->mayI(question, this, [this, under, done](kube::Result<kube::AccessAnswer> answer) {
        answered(under, answer.has_value(), answer ? 200 : answer.error().httpStatus,
            answer ? (answer->allowed ? u"allowed"_s : u"denied"_s) : answer.error().message);
        done(std::move(answer));
    });
}

void ActionWire::whoAmI(std::function<void(kube::Result<kube::UserInfo>)> done)
{
    const auto under
        = announce({{u"verb"_s, u"create"_s}, {u"resource"_s, u"selfsubjectreviews.authentication.k8s.io"_s}}, false,
            [done](const kube::Error &error) { done(std::unexpected(error)); });
    if (!under)
        return;
    under->call = m_client->whoAmI(this, [this, under, done](kube::Result<kube::UserInfo> answer) {
        answered(under, answer.has_value(), answer ? 200 : answer.error().httpStatus,
            answer ? answer->name : answer.error().message);
        done(std::move(answer));
    });
}

} // namespace session
