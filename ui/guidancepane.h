// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The manual at the right of the board: the page for what is selected, filled in with the names on the board, with
/// search, history, and a way to copy each command. The pages are read when the pane is first seen.
///
/// It follows the selection always. It follows the upgrade to another phase only while nobody reads another page or
/// has the pointer in this one: nothing moves under a reader.
#pragma once

#include "ui/guidancehistory.h"
#include "ui/guidancehtml.h"
#include "ui/selection.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;
class QPagedPaintDevice;
class QToolButton;

namespace ui {

class ElidedLabel;
class GuidanceView;
class Language;

class GuidancePane : public QWidget {
    Q_OBJECT
public:
    GuidancePane(Selection &selection, Language &language, QWidget *parent = nullptr);
    ~GuidancePane() override;

    /// `whose`: another cluster or upgrade begins at its own page.
    void setBoard(const QString &whose, const upgrade::Board &board);
    /// A page that something else asks for; contents() is one too.
    void open(const guidance::Place &place);
    void openContents();
    void openSearch();
    void back();
    void forward();
    void copyPage();
    void print();
    void printTo(QPagedPaintDevice *device);

    [[nodiscard]] guidance::Place place() const { return m_history.current(); }
    [[nodiscard]] GuidanceView *view() const { return m_view; }
    [[nodiscard]] QLineEdit *search() const { return m_search; }
    [[nodiscard]] static QString contents() { return QStringLiteral("contents"); }

Q_SIGNALS:
    void closeWanted();

protected:
    void changeEvent(QEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void buildBars();
    void follow(bool selected);
    void visit(const guidance::Place &place);
    void refresh();
    void refreshSearch();
    void followLink(const QUrl &url);
    void copyCommand(int number);
    void openFirstHit();
    void say(const QString &text);
    void retranslate();
    [[nodiscard]] const guidance::Library &library();
    [[nodiscard]] const guidance::Page *page();
    [[nodiscard]] QList<guidance::Hit> hitsFor(const QString &query);
    [[nodiscard]] GuidanceLook look() const;

    Selection &m_selection;
    Language &m_language;
    std::optional<guidance::Library> m_library;
    QHash<QString, guidance::SearchIndex> m_indexes; ///< by language, made at the first search
    upgrade::Board m_board;
    QString m_whose;
    GuidanceSituation m_situation;
    GuidanceHistory m_history;
    QList<guidance::Hit> m_hits; ///< of the search that is shown
    bool m_following = true;
    bool m_dirty = true; ///< something changed while nobody saw the pane

    QLabel *m_title;
    QToolButton *m_home, *m_back, *m_forward, *m_copy, *m_print, *m_close;
    QLineEdit *m_search;
    GuidanceView *m_view;
    ElidedLabel *m_said;
};

} // namespace ui
