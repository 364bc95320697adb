// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Checks of addresses on the storage network and of network cards (B19, B20, C08). Whereabouts keeps one IPPool for
// each range, named after it, and one allocation in it for each address in use.

#include "restart/checkfields.h"

#include <QHostAddress>
#include <QJsonDocument>

#include <cmath>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

struct Range {
    quint32 first = 0, last = 0; ///< network and broadcast address
};

std::optional<Range> rangeOf(const QString &text)
{
    const auto [network, length] = QHostAddress::parseSubnet(text);
    bool v4 = false;
    const quint32 address = network.toIPv4Address(&v4);
    if (!v4 || length < 0)
        return std::nullopt;
    const quint32 mask = length == 0 ? 0 : ~quint32(0) << (32 - length);
    return Range{address & mask, address | ~mask};
}

/// Addresses of a network that can be given out: not its first and last, not the excluded ones.
std::optional<qint64> usable(const QJsonObject &network)
{
    const auto range = rangeOf(network.value("range"_L1).toString());
    if (!range)
        return std::nullopt;
    QList<Range> out{{range->first, range->first}, {range->last, range->last}};
    for (const QJsonValue &exclude : network.value("exclude"_L1).toArray()) {
        const auto part = rangeOf(exclude.toString());
        if (!part)
            return std::nullopt;
        if (part->last >= range->first && part->first <= range->last)
            out.append({std::max(part->first, range->first), std::min(part->last, range->last)});
    }
    // Excludes may overlap.
    std::ranges::sort(out, {}, &Range::first);
    qint64 taken = 0, after = range->first;
    for (const Range &part : std::as_const(out)) {
        const qint64 from = std::max<qint64>(part.first, after);
        if (part.last >= from) {
            taken += part.last - from + 1;
            after = qint64(part.last) + 1;
        }
    }
    return qint64(range->last) - range->first + 1 - taken;
}

/// As whereabouts names a pool: "192.168.0.0/24" → "192.168.0.0-24".
QString poolOf(const QString &range)
{
    QString name = range;
    return name.replace(u'/', u'-').replace(u':', u'-');
}

QJsonObject jsonOf(const QList<QJsonObject> &settings, const QString &name)
{
    return QJsonDocument::fromJson(settingValue(settings, name).toUtf8()).object();
}

/// Free addresses of a network; nullopt: `f.unknown` says why not.
std::optional<qint64> freeIn(const QJsonObject &network, const QList<QJsonObject> &pools, Findings &f)
{
    const QString range = network.value("range"_L1).toString();
    const auto all = usable(network);
    if (!all) {
        f.unknown = range + u": not an IPv4 range"_s;
        return std::nullopt;
    }
    const auto pool = named(pools, poolOf(range));
    if (!pool) {
        f.unknown = u"IPPool "_s + poolOf(range) + u": not found"_s;
        return std::nullopt;
    }
    return *all - at(*pool, u"spec.allocations"_s).toObject().size();
}

void storageNetwork(const Objects &o, const Intent &, Findings &f)
{
    const QJsonObject network = jsonOf(o[u"settings"_s], u"storage-network"_s);
    if (network.value("range"_L1).toString().isEmpty())
        return;
    const auto free = freeIn(network, o[u"ip-pools"_s], f);
    if (!free)
        return;
    const auto shared = named(o[u"longhorn-settings"_s], u"storage-network-for-rwx-volume-enabled"_s);
    const qint64 wanted = o[u"instance-managers"_s].size() + o[u"backing-image-managers"_s].size()
        + (shared && shared->value("value"_L1).toString() == "true"_L1 ? 1 : 0);
    if (*free < wanted)
        f.failed.append({u"IPPool"_s, u"kube-system"_s, poolOf(network.value("range"_L1).toString()),
            u"%1 < %2"_s.arg(*free).arg(wanted)});
}

void rwxNetwork(const Objects &o, const Intent &, Findings &f)
{
    const QJsonObject setting = jsonOf(o[u"settings"_s], u"rwx-network"_s);
    const QJsonObject network = setting.value("network"_L1).toObject();
    // One that shares the storage network is counted there.
    if (setting.value("share-storage-network"_L1).toBool() || network.value("range"_L1).toString().isEmpty())
        return;
    const auto free = freeIn(network, o[u"ip-pools"_s], f);
    if (free && *free < 1)
        f.failed.append(
            {u"IPPool"_s, u"kube-system"_s, poolOf(network.value("range"_L1).toString()), u"%1 < 1"_s.arg(*free)});
}

/// Names of i40e and ice ports change with the kernel. Their driver is nowhere in the API; the names udev gives them
/// are those of other cards too.
void cardNames(const Objects &o, const Intent &, Findings &f)
{
    QStringList links;
    for (const QJsonObject &monitor : o[u"link-monitors"_s]) {
        const QJsonObject nodes = at(monitor, u"status.linkStatus"_s).toObject();
        for (auto node = nodes.begin(); node != nodes.end(); ++node) {
            for (const QJsonValue &value : node.value().toArray()) {
                const QString name = value.toObject().value("name"_L1).toString();
                if (name.startsWith("en"_L1))
                    links.append(node.key() + u'/' + name);
            }
        }
    }
    f.unknown = u"the driver of a network card is only known to the node"_s;
    if (!links.isEmpty())
        f.unknown.prepend(links.join(u", "_s) + u": "_s);
}

} // namespace

QList<Check> networkChecks()
{
    using enum Severity;
    return {
        {u"B19"_s, High,
            {u"settings"_s, u"ip-pools"_s, u"instance-managers"_s, u"backing-image-managers"_s, u"longhorn-settings"_s},
            {}, {}, {}, {}, storageNetwork},
        {u"B20"_s, High, {u"settings"_s, u"ip-pools"_s}, u"v1.8.0"_s, {}, {}, {}, rwxNetwork},
        {u"C08"_s, High, {u"link-monitors"_s}, {}, {}, u"v1.7.0"_s, u"v1.7.1"_s, cardNames},
    };
}

} // namespace restart
