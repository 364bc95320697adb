// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Sends the requests of an action and keeps its journal: no request without a line that announces it, no answer
/// without a line that tells it. What cannot be noted is not sent; a write is announced on the disk itself. Every
/// request is answered exactly once, later, from the event loop; when the client goes, as one that never came.
/// Thread: the client's.
#pragma once

#include "evidence/actionfolder.h"
#include "kube/client.h"
#include "restart/procedure.h"

#include <QHash>
#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>

namespace session {

class ActionWire : public QObject {
    Q_OBJECT
public:
    /// status 0: no HTTP answer. `text`: the system's own words.
    struct Answer {
        bool ok = false;
        int status = 0;
        QString text;
        QJsonObject json;
    };
    using Done = std::function<void(const Answer &)>;
    using Listed = std::function<void(kube::Result<QList<kube::ObjectPtr>>)>;

    ActionWire(kube::Client *client, std::unique_ptr<evidence::ActionFolder> folder, QObject *parent = nullptr);
    ~ActionWire() override;

    /// Null: nothing is sent. What was under way is answered as lost.
    void setClient(kube::Client *client);
    void setUser(const QString &user) { m_user = user; }
    [[nodiscard]] evidence::ActionFolder &folder() { return *m_folder; }
    [[nodiscard]] int requests() const { return m_serial; }

    void send(const restart::Request &request, Done done);
    /// All pages.
    void list(kube::ListQuery query, Listed done, kube::Slimmer slim = {});
    void mayI(const kube::AccessQuestion &question, std::function<void(kube::Result<kube::AccessAnswer>)> done);
    void whoAmI(std::function<void(kube::Result<kube::UserInfo>)> done);
    /// A line that is no request: what a person did, a step. False: it could not be written.
    bool note(const QString &kind, QJsonObject entry, bool durable = false);
    /// Which versions the server serves; once, before anything else.
    void discover(std::function<void(std::optional<kube::Error>)> done);
    [[nodiscard]] kube::ResourceRef served(const kube::ResourceRef &wanted) const;

private:
    struct Under;
    /// Announces; nullptr when that failed or nothing can be sent: `lost` was told.
    std::shared_ptr<Under> announce(QJsonObject entry, bool durable, std::function<void(const kube::Error &)> lost);
    void answered(const std::shared_ptr<Under> &under, bool ok, int status, const QString &result);
    void page(kube::ListQuery query, QList<kube::ObjectPtr> sofar, Listed done, kube::Slimmer slim);

    QPointer<kube::Client> m_client;
    std::unique_ptr<evidence::ActionFolder> m_folder;
    std::optional<kube::Discovery> m_discovery;
    QString m_user;
    int m_serial = 0;
    QHash<int, std::shared_ptr<Under>> m_under;
};

} // namespace session
