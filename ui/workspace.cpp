// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/workspace.h"

#include "ui/historylink.h"
#include "ui/settings.h"

#include <QCryptographicHash>
#include <QTemporaryDir>

#include <algorithm>
#include <vector>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
const QString starsKey = QStringLiteral("clusters/starred");
const QString openKey = QStringLiteral("clusters/open");
const QString currentKey = QStringLiteral("clusters/current");
const QString consentKey = QStringLiteral("clusters/allowedPrograms");
int demoRuns = 0; ///< each begins the same upgrades anew, so each has a store of its own
} // namespace

Workspace::Workspace(LinkFactory factory, Settings &settings, QObject *parent)
    : QObject(parent)
    , m_factory(std::move(factory))
    , m_settings(settings)
{
}

Workspace::~Workspace() = default;

QString Workspace::id(const kube::Context &context)
{
    return context.file + u'\n' + context.name;
}

QString Workspace::consentId(const kube::ExecConfig &exec)
{
    // Arguments and environment may hold secrets: only a digest of what was allowed is kept.
    QCryptographicHash hash(QCryptographicHash::Sha256);
    const auto add = [&hash](const QString &part) {
        const QByteArray bytes = part.toUtf8();
        hash.addData(QByteArray::number(bytes.size()) + ':' + bytes);
    };
    add(exec.file);
    add(exec.command);
    add(QString::number(exec.args.size()));
    for (const QString &argument : exec.args)
        add(argument);
    auto environment = exec.env;
    std::sort(environment.begin(), environment.end());
    for (const auto &[name, value] : std::as_const(environment)) {
        add(name);
        add(value);
    }
    return QString::fromLatin1(hash.result().toHex());
}

void Workspace::setKubeconfig(const kube::Kubeconfig &kubeconfig, bool demo)
{
    m_loaded = true;
    take(kubeconfig, demo);
}

void Workspace::awaitKubeconfig()
{
    m_loaded = false;
    take({}, false);
}

void Workspace::take(const kube::Kubeconfig &kubeconfig, bool demo)
{
    m_kubeconfig = kubeconfig;
    if (demo != m_demo)
        leavePast(); // it belongs to the other store
    m_demo = demo;
    if (demo)
        m_demoRun = ++demoRuns;
    // Who shows a link lets go of it while the signals below run; only then it may end.
    std::vector<std::unique_ptr<ClusterLink>> gone;
    for (auto it = m_links.begin(); it != m_links.end();) {
        const kube::Context *context = m_kubeconfig.find(it->first);
        if (!context || !context->config) {
            it->second->disconnect(this);
            gone.push_back(std::move(it->second));
            it = m_links.erase(it);
            continue;
        }
        it->second->reconfigure(*context->config);
        if (context->config->exec && m_settings.list(consentKey).contains(consentId(*context->config->exec)))
            it->second->grantExecConsent();
        ++it;
    }
    if (!m_current.isEmpty() && !m_kubeconfig.find(m_current))
        m_current.clear();
    Q_EMIT contextsChanged();
    Q_EMIT currentChanged(m_current);
    if (!m_missing.isEmpty() && m_kubeconfig.find(m_missing))
        show(QString(m_missing));
}

void Workspace::look(const QString &context)
{
    leavePast();
    if (context == m_current || (!context.isEmpty() && !m_kubeconfig.find(context)))
        return;
    m_current = context;
    m_missing.clear();
    Q_EMIT currentChanged(m_current);
}

void Workspace::show(const QString &context)
{
    look(context);
    connectTo(context);
}

void Workspace::connectTo(const QString &name)
{
    const kube::Context *context = m_kubeconfig.find(name);
    if (!context || !context->config || m_links.contains(name))
        return;
    session::SessionOptions options;
    options.keepEvidence = true;
    options.evidenceRoot = evidenceRoot();
    if (const auto &exec = context->config->exec)
        options.execConsent = m_settings.list(consentKey).contains(consentId(*exec));
    std::unique_ptr<ClusterLink> link = m_factory(*context->config, options);
    ClusterLink *raw = link.get();
    m_links[name] = std::move(link);
    connect(raw, &ClusterLink::changed, this, [this, name] { Q_EMIT stateChanged(name); });
    raw->start();
    Q_EMIT stateChanged(name);
}

void Workspace::disconnectFrom(const QString &name)
{
    const auto found = m_links.find(name);
    if (found == m_links.end())
        return;
    const std::unique_ptr<ClusterLink> link = std::move(found->second);
    m_links.erase(found);
    link->disconnect(this);
    Q_EMIT stateChanged(name);
}

ClusterLink *Workspace::link(const QString &context) const
{
    const auto found = m_links.find(context);
    return found == m_links.end() ? nullptr : found->second.get();
}

const session::ClusterState &Workspace::state(const QString &context) const
{
    if (const ClusterLink *known = link(context))
        return known->state();
    m_idle = {};
    m_idle.context = context;
    return m_idle;
}

void Workspace::allowPlugin(const QString &name)
{
    const kube::Context *context = m_kubeconfig.find(name);
    ClusterLink *known = link(name);
    if (!context || !context->config || !context->config->exec || !known)
        return;
    QStringList allowed = m_settings.list(consentKey);
    if (const QString entry = consentId(*context->config->exec); !allowed.contains(entry)) {
        allowed.append(entry);
        m_settings.setList(consentKey, allowed);
    }
    known->grantExecConsent();
}

void Workspace::showPast(const QString &folder)
{
    if (!m_past || m_past->isBundle() || m_past->folder() != folder)
        replacePast(std::make_unique<HistoryLink>(folder));
}

void Workspace::showBundle(const QString &path)
{
    // Opened again it is read anew: it may be another file by now.
    replacePast(std::make_unique<HistoryLink>(path, HistoryLink::Of::Bundle));
}

void Workspace::replacePast(std::unique_ptr<HistoryLink> link)
{
    // Who shows the other one lets go of it while the signal runs; only then it may end.
    const std::unique_ptr<HistoryLink> before = std::exchange(m_past, std::move(link));
    if (before)
        before->disconnect(this);
    connect(m_past.get(), &ClusterLink::changed, this, &Workspace::pastChanged);
    m_past->start();
    Q_EMIT pastChanged();
}

void Workspace::leavePast()
{
    if (!m_past)
        return;
    const std::unique_ptr<HistoryLink> before = std::move(m_past);
    before->disconnect(this);
    Q_EMIT pastChanged();
}

ClusterLink *Workspace::shownLink() const
{
    return m_past ? m_past.get() : link(m_current);
}

const session::ClusterState &Workspace::shownState() const
{
    return m_past ? m_past->state() : state(m_current);
}

QString Workspace::evidenceRoot() const
{
    if (!m_demo)
        return {};
    // Of the process, not of the window: sessions may still be closing their files when the window is gone.
    static const QTemporaryDir demo;
    return demo.filePath(u"run-%1"_s.arg(m_demoRun));
}

QStringList Workspace::connected() const
{
    QStringList names;
    for (const auto &[name, link] : m_links)
        names.append(name);
    return names;
}

bool Workspace::isStarred(const kube::Context &context) const
{
    return m_settings.list(starsKey).contains(id(context));
}

void Workspace::setStarred(const QString &name, bool starred)
{
    const kube::Context *context = m_kubeconfig.find(name);
    if (!context)
        return;
    QStringList stars = m_settings.list(starsKey);
    stars.removeAll(id(*context));
    if (starred)
        stars.append(id(*context));
    m_settings.setList(starsKey, stars);
    Q_EMIT contextsChanged();
}

void Workspace::restore(const QString &wanted)
{
    const QStringList open = m_demo ? QStringList() : m_settings.list(openKey);
    const QString last = m_settings.text(currentKey);
    QString first = wanted;
    m_missing = wanted.isEmpty() || m_kubeconfig.find(wanted) ? QString() : wanted;
    for (const kube::Context &context : std::as_const(m_kubeconfig.contexts)) {
        if (first.isEmpty() && !m_demo && id(context) == last)
            first = context.name;
        if (m_demo || (open.contains(id(context)) && context.config && !context.config->exec))
            connectTo(context.name);
    }
    if (first.isEmpty())
        first = m_kubeconfig.find(m_kubeconfig.currentContext) ? m_kubeconfig.currentContext
            : m_kubeconfig.contexts.size() == 1 || m_demo      ? m_kubeconfig.contexts.value(0).name
                                                               : QString();
    // A context asked for by name, or the one of last time, is opened; a mere current-context is only looked at when
    // there are others to choose from: starting must not log in anywhere unasked.
    const kube::Context *context = m_kubeconfig.find(first);
    if (!context) {
        // Another cluster instead of the one asked for would be a trap: the board says what is missing.
        Q_EMIT currentChanged(m_current);
        return;
    }
    const bool asked = !wanted.isEmpty() || m_demo || id(*context) == last || m_kubeconfig.contexts.size() == 1;
    asked ? show(first) : look(first);
}

void Workspace::remember()
{
    if (m_demo || !m_loaded)
        return;
    QStringList open;
    for (const auto &[name, link] : m_links) {
        if (const kube::Context *context = m_kubeconfig.find(name))
            open.append(id(*context));
    }
    m_settings.setList(openKey, open);
    if (const kube::Context *context = currentContext())
        m_settings.setText(currentKey, id(*context));
}

} // namespace ui
