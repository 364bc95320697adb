// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/bundlenames.h"

#include <QRegularExpression>
#include <QTimeZone>
#include <QUrl>

namespace evidence {

using namespace Qt::StringLiterals;
using Is = PartRole::Is;

namespace {

/// Names of our own bundles have %XX where a name has what a file must not (safename.h).
QString decoded(const QString &name)
{
    return QUrl::fromPercentEncoding(name.toUtf8());
}

/// "container.log", ".log.1", ".previous.log": the container and which of its runs.
bool readContainer(const QString &file, PartRole &role)
{
    static const QRegularExpression form(u"^(.+?)(\\.previous)?\\.log(?:\\.(\\d{1,3}))?$"_s);
    const auto match = form.match(file);
    if (!match.hasMatch())
        return false;
    role.container = decoded(match.captured(1));
    role.previous = match.captured(3).toInt();
    if (!match.captured(2).isEmpty())
        role.previous = std::max(1, role.previous);
    return true;
}

} // namespace

PartRole roleOf(const QString &name)
{
    PartRole role;
    const QStringList path = name.split(u'/');
    const QString &file = path.constLast();
    const QString lower = file.toLower();
    if (path.size() == 1) {
        if (file == "metadata.yaml"_L1) {
            role.is = Is::Metadata;
            role.supportBundle = true;
            return role;
        }
        if (file == "bundleGenerationError.log"_L1) {
            role.is = Is::Errors;
            role.supportBundle = true;
            return role;
        }
        if (file == "manifest.json"_L1) {
            role.is = Is::Manifest;
            return role;
        }
        if (file == "state.json"_L1) {
            role.is = Is::State;
            return role;
        }
        if (file == "prometheus-alerts.json"_L1) {
            role.is = Is::Other;
            return role;
        }
    }
    if (path.constFirst() == "yamls"_L1 && path.size() > 2) {
        role.is = Is::Objects;
        role.supportBundle = role.kubernetes = true;
        role.clusterScope = path.at(1) == "cluster"_L1;
        if (path.at(1) == "namespaced"_L1 && path.size() > 3)
            role.ns = path.at(2);
        return role;
    }
    if ((path.constFirst() == "objects"_L1 || path.constFirst() == "events"_L1) && path.size() > 1) {
        role.is = Is::Objects;
        role.kubernetes = true;
        return role;
    }
    if (path.constFirst() == "nodes"_L1 && path.size() > 2) {
        // "nodes/n1.zip/logs/kubelet.log" or unpacked "nodes/n1/…"
        role.is = Is::Log;
        role.supportBundle = true;
        role.node = path.at(1);
        static const QRegularExpression packed(u"\\.(zip|tar|tgz|tar\\.gz)$"_s);
        role.node.remove(packed);
        return role;
    }
    if (path.constFirst() == "logs"_L1 && path.size() == 4 && readContainer(file, role)) {
        role.is = Is::Log;
        role.ns = decoded(path.at(1));
        // Gleaner's spool has "POD_UID8".
        static const QRegularExpression uid(u"_[0-9a-f]{8}$"_s);
        role.pod = decoded(path.at(2)).remove(uid);
        return role;
    }
    // The logging pipeline names files by the kubelet's: POD_NAMESPACE_CONTAINER-ID.log
    static const QRegularExpression kubelet(
        u"([a-z0-9][a-z0-9.-]*)_([a-z0-9][a-z0-9-]*)_([a-z0-9][a-z0-9.-]*?)-[0-9a-f]{64}"_s);
    if (const auto match = kubelet.match(file); match.hasMatch()) {
        static const QRegularExpression tag(u"^(?:kubernetes\\.)?var\\.log\\.containers\\."_s);
        role.is = Is::Log;
        role.upgradeLog = true;
        role.pod = match.captured(1).remove(tag);
        role.ns = match.captured(2);
        role.container = match.captured(3);
        return role;
    }
    if (lower.endsWith(".yaml"_L1) || lower.endsWith(".yml"_L1) || lower.endsWith(".json"_L1)) {
        role.is = Is::Objects;
        return role;
    }
    static const QRegularExpression log(u"\\.log(\\.\\d{1,3})?$"_s);
    if (log.match(lower).hasMatch())
        role.is = Is::Log;
    return role;
}

QString withoutPacking(const QString &name)
{
    static const QRegularExpression suffix(u"\\.(gz|bz2|xz|zst|zstd)$"_s, QRegularExpression::CaseInsensitiveOption);
    QString out = name;
    return out.remove(suffix);
}

QString commonFolder(const QStringList &names)
{
    if (names.isEmpty() || !names.constFirst().contains(u'/'))
        return {};
    const QString folder = names.constFirst().section(u'/', 0, 0) + u'/';
    static const QStringList layout{u"yamls/"_s, u"logs/"_s, u"nodes/"_s, u"objects/"_s, u"events/"_s};
    if (layout.contains(folder))
        return {};
    return std::ranges::all_of(names, [&](const QString &name) { return name.startsWith(folder); }) ? folder
                                                                                                    : QString();
}

QDateTime timeInName(const QString &name)
{
    static const QRegularExpression form(u"(\\d{4}-\\d{2}-\\d{2})T(\\d{2})[-:](\\d{2})[-:](\\d{2})Z?"_s);
    const auto match = form.match(name);
    if (!match.hasMatch())
        return {};
    return QDateTime(QDate::fromString(match.captured(1), Qt::ISODate),
        QTime(match.captured(2).toInt(), match.captured(3).toInt(), match.captured(4).toInt()), QTimeZone::UTC);
}

} // namespace evidence
