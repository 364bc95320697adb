// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The clusters the window knows: the contexts of a Kubeconfig, one link for each that was opened, and which one is
/// looked at. Only opened contexts are contacted. Switching keeps the others running; nothing here ever waits.
#pragma once

#include "kube/kubeconfig.h"
#include "ui/clusterlink.h"

#include <QObject>

#include <map>

namespace ui {

class HistoryLink;
class Settings;

class Workspace : public QObject {
    Q_OBJECT
public:
    Workspace(LinkFactory factory, Settings &settings, QObject *parent = nullptr);
    ~Workspace() override;

    /// New contexts: links whose context is gone are closed, changed ones reconfigured.
    void setKubeconfig(const kube::Kubeconfig &kubeconfig, bool demo = false);
    /// Files are being read whose contexts take the place of all there are now.
    void awaitKubeconfig();
    [[nodiscard]] const kube::Kubeconfig &kubeconfig() const { return m_kubeconfig; }
    [[nodiscard]] bool isLoaded() const { return m_loaded; }
    [[nodiscard]] bool isDemo() const { return m_demo; }

    /// Looks at a context; connects it when it can be.
    void show(const QString &context);
    /// Looks at it without connecting.
    void look(const QString &context);
    void connectTo(const QString &context);
    void disconnectFrom(const QString &context);
    [[nodiscard]] const QString &current() const { return m_current; }
    [[nodiscard]] const kube::Context *currentContext() const { return m_kubeconfig.find(m_current); }
    [[nodiscard]] ClusterLink *link(const QString &context) const;
    /// The last state of a context; an idle one when it is not connected.
    [[nodiscard]] const session::ClusterState &state(const QString &context) const;
    void allowPlugin(const QString &context);
    [[nodiscard]] QStringList connected() const;

    /// Shows a past upgrade in the place of the current context, which goes on behind it, until a context is looked at.
    void showPast(const QString &folder);
    /// A bundle in the same place; `path` is a file or a folder.
    void showBundle(const QString &path);
    void leavePast();
    [[nodiscard]] HistoryLink *past() const { return m_past.get(); }
    /// What is on the screen: the past upgrade, else the current context.
    [[nodiscard]] ClusterLink *shownLink() const;
    [[nodiscard]] const session::ClusterState &shownState() const;
    /// Where upgrades are kept; empty: the person's state folder. What a demo leaves is gone with the process.
    [[nodiscard]] QString evidenceRoot() const;

    [[nodiscard]] bool isStarred(const kube::Context &context) const;
    void setStarred(const QString &context, bool starred);
    /// Connects what was connected when the window closed last, as far as no program would run for it unasked.
    /// A `wanted` context that no file has is kept as missing(), and opened once a file has it.
    void restore(const QString &wanted);
    [[nodiscard]] const QString &missing() const { return m_missing; }
    void remember();

Q_SIGNALS:
    void contextsChanged();
    void stateChanged(const QString &context);
    void currentChanged(const QString &context);
    /// A past upgrade is shown, shows another moment, or is left.
    void pastChanged();

private:
    void take(const kube::Kubeconfig &kubeconfig, bool demo);
    [[nodiscard]] static QString id(const kube::Context &context); ///< file and name, for settings
    [[nodiscard]] static QString consentId(const kube::ExecConfig &exec);

    LinkFactory m_factory;
    Settings &m_settings;
    kube::Kubeconfig m_kubeconfig;
    bool m_loaded = false;
    bool m_demo = false;
    int m_demoRun = 0;
    QString m_current;
    QString m_missing; ///< asked for by name, but not there; until another is chosen
    std::map<QString, std::unique_ptr<ClusterLink>> m_links;
    void replacePast(std::unique_ptr<HistoryLink> link);
    std::unique_ptr<HistoryLink> m_past;
    mutable session::ClusterState m_idle;
};

} // namespace ui
