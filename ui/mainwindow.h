// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The window: clusters left, board in the centre, logs at the bottom. Owns nothing that waits; closing is always at
/// once.
#pragma once

#include "ui/boardmenu.h"
#include "ui/clusterlink.h"
#include "ui/selection.h"
#include "ui/tick.h"
#include "ui/workspace.h"

#include <QMainWindow>

class QAction;
class QLabel;
class QMenu;
class QSplitter;
class QToolButton;

namespace kube {
class KubeconfigFeed;
}

namespace ui {

class BoardView;
class ClustersView;
class DemoSet;
class GuidancePane;
class KeepingLine;
class Language;
class LogPane;
class Settings;
class Theme;

class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    MainWindow(LinkFactory factory, Settings &settings, Theme &theme, Language &language, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Reads kubeconfig files and keeps them fresh. `explicitFile` empty: the files in force. Returns at once; clusters
    /// appear when the files were read, and `context` is opened then.
    void openKubeconfig(const QString &explicitFile, const QString &context = {});
    void startDemo(const QString &context = {});
    /// A bundle, a folder or a file in the place of the board; read only.
    void openBundle(const QString &path);

    [[nodiscard]] Workspace &workspace() { return m_workspace; }
    [[nodiscard]] Tick &tick() { return m_tick; }
    [[nodiscard]] Selection &selection() { return m_selection; }
    [[nodiscard]] BoardView *board() const { return m_board; }
    [[nodiscard]] ClustersView *clusters() const { return m_clusters; }
    [[nodiscard]] LogPane *logs() const { return m_logs; }
    [[nodiscard]] GuidancePane *guidance() const { return m_guidance; }
    /// Opens the panel if it is not there, in a small window in the place of the clusters.
    void showGuidance(bool shown);
    void restoreLayout();

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void makeActions();
    void makeMenus();
    void retranslate();
    void refreshActions();
    void followCurrent();
    void onEmptyAction(const QString &action);
    void onTroubleAction(int action);
    void chooseKubeconfig();
    void chooseBundle();
    void saveLayout();
    void settlePanels();
    void settleSplitters();
    void settleGuidance();
    void about();
    void copyTroubleDetails();
    void showPastUpgrades();
    void openFolder(const QString &folder);
    void showFocusedObjects();
    void showObjects(const ui::BoardMenu::Item &item);
    void openObjects(const QList<upgrade::ObjectRef> &objects, const QString &field);

    Settings &m_settings;
    Theme &m_theme;
    Language &m_language;
    Tick m_tick;
    Selection m_selection;
    std::unique_ptr<DemoSet> m_demo;
    Workspace m_workspace;
    std::unique_ptr<kube::KubeconfigFeed> m_feed;
    QHash<QString, Selected> m_selections; ///< per context: switching back finds what was selected
    QString m_shownContext;
    bool m_acrossMoved = false; ///< the person chose the share
    bool m_downMoved = false;
    bool m_guidanceAsked = false; ///< wanted although the window is small for it

    ClustersView *m_clusters;
    BoardView *m_board;
    LogPane *m_logs;
    GuidancePane *m_guidance;
    QToolButton *m_guidanceButton;
    KeepingLine *m_keeping;
    QSplitter *m_across;
    QSplitter *m_down;

    struct Actions {
        QAction *open, *bundle, *openLog, *yaml, *reload, *demo, *past, *quit, *english, *chinese, *systemLanguage,
            *light, *dark, *systemTheme, *clusters, *logs, *guidance, *searchGuidance, *connectIt, *disconnectIt,
            *retry, *copyContext, *about, *verdict, *checks;
        QMenu *file, *view, *cluster, *help, *language, *theme;
    } m_do{};
};

} // namespace ui
