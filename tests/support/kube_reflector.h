// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Short texts for what a reflector does, so that expected steps read as a line.
#pragma once

#include "kube/reflector.h"

#include <QStringList>

namespace support {

inline kube::ObjectPtr makePlain(const QString &name, const QString &rv, const QString &uid = {}, int value = 0)
{
    auto object = std::make_shared<kube::Object>();
    object->key = {QStringLiteral("ns"), name};
    object->uid = uid.isEmpty() ? QStringLiteral("uid-") + name : uid;
    object->resourceVersion = rv;
    object->json.insert(QLatin1String("value"), value);
    return object;
}

inline kube::Error makeError(kube::ErrorKind kind, int status = 0, std::chrono::milliseconds retryAfter = {})
{
    kube::Error error;
    error.kind = kind;
    error.httpStatus = status;
    error.message = kube::errorWord(kind);
    error.retryAfter = retryAfter;
    return error;
}

struct ActionText {
    QString operator()(const kube::reflector::SendList &a) const
    {
        const char *from[] = {"any", "not-older", "latest"};
        QString text = QStringLiteral("list ");
        if (!a.continueToken.isEmpty())
            text += QStringLiteral("continue ") + a.continueToken;
        else
            text += QLatin1String(from[int(a.from)]) + (a.rv.isEmpty() ? QString() : QStringLiteral(" ") + a.rv);
        text += QStringLiteral(" limit %1").arg(a.limit);
        if (a.silence != kube::reflector::Policy{}.firstAnswer)
            text += QStringLiteral(" within %1").arg(a.silence.count());
        return text;
    }
    QString operator()(const kube::reflector::OpenWatch &a) const
    {
        return QStringLiteral("watch %1 for %2").arg(a.rv).arg(a.timeoutSeconds);
    }
    QString operator()(const kube::reflector::CloseRequest &) const { return QStringLiteral("close"); }
    QString operator()(const kube::reflector::Apply &a) const { return QStringLiteral("apply ") + a.object->key.name; }
    QString operator()(const kube::reflector::Remove &a) const { return QStringLiteral("remove ") + a.key.name; }
    QString operator()(const kube::reflector::CommitSnapshot &a) const
    {
        return QStringLiteral("commit %1 @%2").arg(a.items.size()).arg(a.rv);
    }
    QString operator()(const kube::reflector::ArmIdle &a) const
    {
        return QStringLiteral("idle %1").arg(a.after.count());
    }
    QString operator()(const kube::reflector::ArmWait &a) const
    {
        return QStringLiteral("wait %1").arg(a.after.count());
    }
    QString operator()(const kube::reflector::Report &a) const
    {
        return QStringLiteral("report ") + kube::errorWord(a.error.kind);
    }
    QString operator()(const kube::reflector::SetFreshness &a) const
    {
        const char *states[] = {"loading", "live", "stale", "denied", "missing"};
        QString text = QLatin1String(states[int(a.trust.state)]);
        if (a.trust.cause)
            text += QLatin1Char(' ') + kube::errorWord(a.trust.cause->kind);
        if (a.trust.retryAt)
            text += QStringLiteral(" retry");
        return text;
    }
};

inline QString textOf(const QList<kube::reflector::Action> &actions)
{
    QStringList texts;
    for (const auto &action : actions)
        texts.append(std::visit(ActionText{}, action));
    return texts.join(QStringLiteral("; "));
}

inline const char *phaseName(kube::reflector::Phase phase)
{
    const char *names[] = {"Stopped", "Listing", "Opening", "Watching", "Waiting", "Parked"};
    return names[int(phase)];
}

/// One reflector, fed input by input.
struct Run {
    kube::reflector::State state;
    kube::reflector::Policy policy;
    qint64 now = 1000;
    double jitter = 0.5;

    QList<kube::reflector::Action> feed(
        kube::reflector::What what, qint64 after = 10, std::optional<quint64> generation = {})
    {
        now += after;
        const bool command = std::holds_alternative<kube::reflector::Start>(what)
            || std::holds_alternative<kube::reflector::Stop>(what)
            || std::holds_alternative<kube::reflector::Resume>(what)
            || std::holds_alternative<kube::reflector::CredentialsChanged>(what);
        auto step = kube::reflector::step(std::move(state),
            {std::move(what), generation.value_or(command ? 0 : state.generation), now, jitter}, policy);
        state = std::move(step.next);
        return step.actions;
    }
};

} // namespace support
