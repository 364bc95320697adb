// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One open watch: the initial state or the missed changes, then changes as they happen, bookmarks, and a clean end at
/// the timeout. Owned by its exchange.
#pragma once

#include "demo/httpconnection.h"
#include "demo/store.h"
#include "demo/table.h"

#include <QTimer>

namespace demo {

struct WatchRequest {
    const ResourceType *type = nullptr;
    Filter filter;
    Form form = Form::Object;
    Include include = Include::Metadata; ///< of tables
    std::optional<quint64> since;        ///< nullopt: begin with the state as ADDED events
    bool bookmarks = false;
    int timeoutSeconds = 1800;
};

class WatchStream : public QObject {
    Q_OBJECT
public:
    WatchStream(HttpExchange *exchange, Store &store, WatchRequest request);

    /// Ends with an ERROR event 410, as a server does whose history is gone.
    void expire();

private:
    void onChange(const ResourceType &type, const Change &change);
    void send(QByteArrayView type, const StoredPtr &object);
    void bookmark(bool initialEnd);
    void writeEvent(QByteArrayView type, const QByteArray &object);

    HttpExchange *m_exchange;
    Store &m_store;
    WatchRequest m_request;
    QTimer m_bookmarks, m_end;
    bool m_columnsSent = false;
};

} // namespace demo
