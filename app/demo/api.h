// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The Kubernetes API over the store: who asks, may they, which object, and the answer in the form they want. Faults
/// are injected here. Thread: the server's.
#pragma once

#include "demo/access.h"
#include "demo/admission.h"
#include "demo/httpconnection.h"
#include "demo/logbook.h"
#include "demo/logcontrol.h"
#include "demo/server.h"
#include "demo/store.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <random>

namespace demo {

/// What a path and a method ask for.
struct Route {
    const ResourceType *type = nullptr; ///< null: not about a resource we serve
    Attributes attributes;
    bool watch = false;
};

class WatchStream;
class LogStream;

class Api : public QObject {
    Q_OBJECT
public:
    struct Settings {
        std::function<Caller(const HttpExchange &)> identify; ///< throws nothing; an empty user: 401
        std::function<qint64()> clock;                        ///< nanoseconds since 1970, as the objects carry it
        QString kubernetes;                                   ///< of /version
        QString address;
        quint64 seed = 1;
    };
    Api(Store &store, LogBook &logs, Settings settings, QObject *parent = nullptr);

    void handle(HttpExchange *exchange);
    void setFaults(const Faults &faults);
    void setKubernetesVersion(const QString &version) { m_settings.kubernetes = version; }
    void setArrival(std::function<void(const RequestRecord &)> arrived) { m_arrived = std::move(arrived); }
    [[nodiscard]] const QList<RequestRecord> &requests() const { return m_requests; }
    /// Breaks followed logs; an empty id: all. Gives how many.
    int cutLogs(StreamCut how, const ContainerId &only);
    [[nodiscard]] int followers(const ContainerId &only) const;

Q_SIGNALS:
    /// A client, not the scenario, did it; dry runs are not told.
    void upgradeCreated(const QString &name);
    void upgradeDeleting(const QString &name);

private:
    void serve(HttpExchange *exchange);
    bool injectFault(HttpExchange *exchange, const Route &route);
    Route route(const HttpRequest &request) const;
    void serveDocument(HttpExchange *exchange, const QString &path);
    void serveObject(HttpExchange *exchange, const Caller &caller, const Route &route);
    void list(HttpExchange *exchange, const Route &route);
    void watch(HttpExchange *exchange, const Route &route);
    void readLog(HttpExchange *exchange, const Route &route);
    void create(HttpExchange *exchange, const Caller &caller, const Route &route);
    void update(HttpExchange *exchange, const Route &route);
    void applyPatch(HttpExchange *exchange, const Route &route);
    void remove(HttpExchange *exchange, const Route &route);
    void removeCollection(HttpExchange *exchange, const Route &route);
    void nodeProxy(HttpExchange *exchange, const Route &route);

    void answer(
        HttpExchange *exchange, int status, const QByteArray &body, const QByteArray &contentType = "application/json");
    void answer(HttpExchange *exchange, const ApiError &error);
    void answerObject(HttpExchange *exchange, int status, const Route &route, const StoredPtr &object);
    HttpHeaders headers(const QByteArray &contentType) const;
    std::expected<Filter, ApiError> filter(const HttpRequest &request, const Route &route) const;
    void garbage(HttpExchange *exchange);
    void disturbStreams();
    void remember(HttpExchange *stream);
    [[nodiscard]] QList<LogStream *> followed(const ContainerId &only) const;
    bool chance(double probability);

    Store &m_store;
    LogBook &m_logs;
    Settings m_settings;
    Admission m_admission;
    Faults m_faults;
    std::mt19937_64 m_random;
    int m_goneTurn = 0, m_errorTurn = 0, m_garbageTurn = 0;
    QTimer m_disturb;
    QList<QPointer<HttpExchange>> m_streams;
    QList<RequestRecord> m_requests;
    qint64 m_firstRequest = 0;
    std::function<void(const RequestRecord &)> m_arrived;
};

/// gzip (RFC 1952) of a body.
[[nodiscard]] QByteArray gzip(const QByteArray &data);

} // namespace demo
