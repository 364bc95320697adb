// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A small cluster in a store, for tests of what Harvester's webhooks say.
#pragma once

#include "demo/admission.h"
#include "demo/jsonedit.h"
#include "demo/store.h"

#include <QMap>

#include <functional>
#include <memory>

namespace support {

using namespace demo;
using namespace Qt::StringLiterals;

class AdmissionCluster {
public:
    void reset()
    {
        m_word = 0;
        m_store = std::make_unique<Store>(
            m_catalog, [] { return u"2026-09-01T00:00:00Z"_s; },
            [this](int length) { return QString::number(++m_word).rightJustified(length, u'x'); });
    }
    const ResourceType &type(const char *group, const char *resource) const
    {
        return *m_catalog.find(QString::fromLatin1(group), QString::fromLatin1(resource));
    }
    StoredPtr make(const char *group, const char *resource, const QString &name, QJsonObject more = {},
        const QString &ns = u"ns"_s)
    {
        QJsonObject metadata = more.value("metadata"_L1).toObject();
        metadata.insert("name"_L1, name);
        metadata.insert("namespace"_L1, ns);
        more.insert("metadata"_L1, metadata);
        return *m_store->create(type(group, resource), more);
    }
    /// Three nodes, ready, each with its machine, and a Version to upgrade to.
    void makeHealthyCluster()
    {
        for (int i = 1; i <= 3; ++i) {
            QJsonObject node;
            json::setCondition(node, u"Ready"_s, u"True"_s, {});
            json::setLabel(node, u"harvesterhci.io/managed"_s, u"true"_s);
            json::setAnnotation(node, u"rke2.io/internal-ip"_s, u"10.0.0.%1"_s.arg(i));
            json::setAnnotation(node, u"cluster.x-k8s.io/machine"_s, u"custom-%1"_s.arg(i));
            make("", "nodes", u"node%1"_s.arg(i), node, {});
            make("cluster.x-k8s.io", "machines", u"custom-%1"_s.arg(i),
                {{u"status"_s,
                    QJsonObject{
                        {u"phase"_s, u"Running"_s}, {u"nodeRef"_s, QJsonObject{{u"name"_s, u"node%1"_s.arg(i)}}}}}},
                u"fleet-local"_s);
        }
        make("cluster.x-k8s.io", "clusters", u"local"_s, {{u"status"_s, QJsonObject{{u"phase"_s, u"Provisioned"_s}}}},
            u"fleet-local"_s);
        make("harvesterhci.io", "versions", u"v1.9.0"_s, {}, u"harvester-system"_s);
    }
    /// False: the store refused.
    bool edit(const char *group, const char *resource, const QString &name, const QString &ns,
        const std::function<void(QJsonObject &)> &change)
    {
        QJsonObject object = m_store->find(type(group, resource), ns, name)->json();
        change(object);
        return m_store->update(type(group, resource), ns, name, object).has_value();
    }
    /// What creating an Upgrade is answered, without the webhook's prefix; "" when it is taken.
    QString answer(const QMap<QString, QString> &annotations = {}, const QDateTime &certificateEnd = {}) const
    {
        QJsonObject upgrade{{u"spec"_s, QJsonObject{{u"version"_s, u"v1.9.0"_s}}}};
        for (auto it = annotations.begin(); it != annotations.end(); ++it)
            json::setAnnotation(upgrade, it.key(), it.value());
        const auto refused = Admission(*m_store, [certificateEnd] {
            return certificateEnd;
        }).create(type("harvesterhci.io", "upgrades"), upgrade);
        const QString prefix = u"admission webhook \"validator.harvesterhci.io\" denied the request: "_s;
        if (!refused)
            return {};
        return refused->message.startsWith(prefix) ? refused->message.mid(prefix.size())
                                                   : u"without the prefix: "_s + refused->message;
    }

    Catalog m_catalog;
    std::unique_ptr<Store> m_store;

private:
    int m_word = 0;
};

} // namespace support
