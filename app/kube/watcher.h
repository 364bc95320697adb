// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Keeps a true copy of one kind of object: list, watch, resume, back off, relist only when the server says so.
/// The decisions are the pure step function of reflector.h; this class performs its actions.
/// Promise: no event is lost, none is applied twice, the copy is replaced in one step after a relist, and what was
/// shown stays while the connection is gone. Thread: the Client's.
#pragma once

#include "kube/client.h"
#include "kube/reflector.h"

namespace kube {

struct WatchSpec {
    ResourceRef resource;
    QString ns;
    QString labelSelector;
    QString fieldSelector;
    bool metadataOnly = false;
    Slimmer slim;
};

class Watcher : public QObject {
    Q_OBJECT
public:
    Watcher(Client &client, WatchSpec spec, QObject *parent = nullptr);
    ~Watcher() override;

    void start();
    void stop();
    /// Try now instead of at the end of the back-off: the person asked, the machine woke up, the network is back.
    void resume();
    /// Other numbers than the usual ones; before start().
    void setPolicy(const reflector::Policy &policy);

    [[nodiscard]] const WatchSpec &spec() const;
    [[nodiscard]] const Freshness &freshness() const;
    [[nodiscard]] QList<ObjectPtr> objects() const;

Q_SIGNALS:
    void changed(const kube::ChangeSet &changes);
    void freshnessChanged(const kube::Freshness &freshness);
    /// Something to know that changes no state: an object that cannot be read, an unknown event.
    void reported(const kube::Error &error);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace kube
