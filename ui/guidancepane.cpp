// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/guidancepane.h"

#include "ui/elidedlabel.h"
#include "ui/guidanceview.h"
#include "ui/icons.h"
#include "ui/language.h"
#include "ui/theme.h"

#include <QAccessible>
#include <QClipboard>
#include <QDesktopServices>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPagedPaintDevice>
#include <QPrintDialog>
#include <QPrinter>
#include <QScrollBar>
#include <QTextDocument>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using guidance::Place;

namespace {
QToolButton *button(const QString &iconName, const QString &name)
{
    auto *result = new QToolButton;
    result->setIcon(icon(iconName));
    result->setAutoRaise(true);
    result->setObjectName(u"guidance-"_s + name);
    return result;
}
} // namespace

GuidancePane::GuidancePane(Selection &selection, Language &language, QWidget *parent)
    : QWidget(parent)
    , m_selection(selection)
    , m_language(language)
    , m_title(new QLabel)
    , m_home(button(u"contents"_s, u"contents"_s))
    , m_back(button(u"left"_s, u"back"_s))
    , m_forward(button(u"right"_s, u"forward"_s))
    , m_copy(button(u"copy"_s, u"copy"_s))
    , m_print(button(u"print"_s, u"print"_s))
    , m_close(button(u"close"_s, u"close"_s))
    , m_search(new QLineEdit)
    , m_view(new GuidanceView)
    , m_said(new ElidedLabel)
{
    setObjectName(u"guidance"_s);
    m_view->setObjectName(u"guidanceView"_s);
    m_search->setObjectName(u"guidanceSearch"_s);
    setMinimumWidth(250);
    buildBars();
    connect(&m_selection, &Selection::changed, this, [this] { follow(true); });
    connect(m_view, &QTextBrowser::anchorClicked, this, &GuidancePane::followLink);
    connect(m_search, &QLineEdit::textChanged, this, &GuidancePane::refreshSearch);
    connect(m_search, &QLineEdit::returnPressed, this, &GuidancePane::openFirstHit);
    connect(m_home, &QToolButton::clicked, this, &GuidancePane::openContents);
    connect(m_back, &QToolButton::clicked, this, &GuidancePane::back);
    connect(m_forward, &QToolButton::clicked, this, &GuidancePane::forward);
    connect(m_copy, &QToolButton::clicked, this, &GuidancePane::copyPage);
    connect(m_print, &QToolButton::clicked, this, &GuidancePane::print);
    connect(m_close, &QToolButton::clicked, this, &GuidancePane::closeWanted);
    m_search->installEventFilter(this);
    m_history.visit(guidance::placeFor(m_board, {}, {}));
    retranslate();
}

GuidancePane::~GuidancePane() = default;

void GuidancePane::buildBars()
{
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_search->setClearButtonEnabled(true);
    m_search->addAction(icon(u"search"_s), QLineEdit::LeadingPosition);
    m_said->setQuiet(true);
    m_said->setContentsMargins(16, 4, 16, 4);
    m_said->hide();
    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 8, 8, 4);
    top->setSpacing(2);
    top->addWidget(m_title, 1);
    for (QToolButton *tool : {m_home, m_back, m_forward, m_copy, m_print, m_close})
        top->addWidget(tool);
    auto *second = new QHBoxLayout;
    second->setContentsMargins(16, 0, 12, 8);
    second->addWidget(m_search);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 4, 16, 4);
    foot->addWidget(m_said);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addLayout(top);
    column->addLayout(second);
    column->addWidget(m_view, 1);
    column->addLayout(foot);
}

const guidance::Library &GuidancePane::library()
{
    if (!m_library)
        m_library = guidance::Library::load();
    return *m_library;
}

const guidance::Page *GuidancePane::page()
{
    return library().page(place().id, m_language.code());
}

GuidanceLook GuidancePane::look() const
{
    return {.palette = palette(), .font = font()};
}

void GuidancePane::setBoard(const QString &whose, const upgrade::Board &board)
{
    const bool other = std::exchange(m_whose, whose) != whose || m_board.upgrade.uid != board.upgrade.uid;
    m_board = board;
    if (other)
        m_following = true;
    follow(other);
}

void GuidancePane::follow(bool selected)
{
    const Selected &what = m_selection.value();
    m_situation
        = {.names = guidance::namesFrom(m_board, what.node, what.phase), .versions = guidance::versionsOf(m_board)};
    const Place place = guidance::placeFor(m_board, what.phase, what.node);
    m_following = m_following || selected;
    const bool read = m_view->underMouse() || m_view->hasFocus() || !m_search->text().isEmpty();
    if (selected ? place != this->place() : m_following && !read && place.id != this->place().id) {
        if (selected)
            m_search->clear();
        visit(place);
    } else {
        refresh();
    }
}

void GuidancePane::visit(const Place &place)
{
    m_history.visit(place);
    refresh();
    if (isVisible() && m_search->text().isEmpty())
        m_view->goTo(place.anchor);
}

void GuidancePane::open(const Place &place)
{
    m_following = false;
    m_search->clear();
    visit(place);
}

void GuidancePane::openContents()
{
    open({contents(), {}});
}

void GuidancePane::openSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void GuidancePane::back()
{
    if (!m_search->text().isEmpty()) {
        m_search->clear();
        return;
    }
    m_following = false;
    const Place place = m_history.back();
    refresh();
    m_view->goTo(place.anchor);
}

void GuidancePane::forward()
{
    m_following = false;
    const Place place = m_history.forward();
    refresh();
    m_view->goTo(place.anchor);
}

void GuidancePane::refresh()
{
    m_back->setEnabled(m_history.canGoBack() || !m_search->text().isEmpty());
    m_forward->setEnabled(m_history.canGoForward());
    m_dirty = !isVisible();
    if (m_dirty)
        return;
    if (!m_search->text().trimmed().isEmpty()) {
        m_view->present(u"search"_s, guidanceHits(m_search->text().trimmed(), m_hits, look()));
        return;
    }
    const QString code = m_language.code();
    const guidance::Page *shown = page();
    if (!shown) {
        m_view->present(contents(), guidanceContents(library(), code, m_situation, look()));
        m_view->setAccessibleName(tr("Guidance"));
        return;
    }
    m_view->present(shown->id, guidanceHtml(library(), *shown, m_situation, look()));
    m_view->setAccessibleName(shown->title);
}

QList<guidance::Hit> GuidancePane::hitsFor(const QString &query)
{
    const auto index = [this](const QString &code) -> const guidance::SearchIndex & {
        const auto found = m_indexes.constFind(code);
        return found != m_indexes.cend() ? *found : *m_indexes.insert(code, guidance::SearchIndex(library(), code));
    };
    const QString code = m_language.code();
    QList<guidance::Hit> hits = index(code).search(query);
    if (!hits.isEmpty())
        return hits;
    // A word of the other language still leads to the page in this one.
    for (const QString &other : guidance::Library::languages()) {
        if (other == code)
            continue;
        for (guidance::Hit hit : index(other).search(query)) {
            const guidance::Page *same = library().page(hit.id, code);
            if (!same)
                continue;
            const guidance::Block *heading = same->heading(hit.anchor);
            hit.title = same->title;
            hit.heading = heading ? guidance::plain(heading->spans) : QString();
            hits.append(hit);
        }
    }
    return hits;
}

void GuidancePane::refreshSearch()
{
    const QString query = m_search->text().trimmed();
    m_hits = query.isEmpty() ? QList<guidance::Hit>() : hitsFor(query);
    refresh();
    m_view->goTo({});
}

void GuidancePane::openFirstHit()
{
    if (!m_hits.isEmpty())
        open({m_hits.first().id, m_hits.first().anchor});
}

void GuidancePane::followLink(const QUrl &url)
{
    const QString target = url.toString(QUrl::FullyEncoded);
    if (const auto place = guidance::placeOf(target)) {
        open(*place);
    } else if (url.scheme() == "copy"_L1) {
        copyCommand(url.path().toInt());
    } else if (guidance::isExternal(target) && !QDesktopServices::openUrl(url)) {
        say(tr("No browser opens links here. The address is %1").arg(target));
    }
}

void GuidancePane::copyCommand(int number)
{
    const guidance::Page *shown = page();
    const QStringList commands = shown ? guidanceCommands(*shown, m_situation) : QStringList();
    if (number < 0 || number >= commands.size())
        return;
    QGuiApplication::clipboard()->setText(commands.at(number));
    say(tr("Copied: %1").arg(commands.at(number).section(u'\n', 0, 0)));
}

void GuidancePane::copyPage()
{
    m_view->copyAll();
    say(tr("The page was copied."));
}

void GuidancePane::print()
{
    auto *printer = new QPrinter(QPrinter::HighResolution);
    auto *dialog = new QPrintDialog(printer, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, qOverload<QPrinter *>(&QPrintDialog::accepted), this, [this](QPrinter *to) { printTo(to); });
    connect(dialog, &QObject::destroyed, this, [printer] { delete printer; });
    dialog->open();
}

void GuidancePane::printTo(QPagedPaintDevice *device)
{
    // Paper is white, whatever the window is.
    const GuidanceLook paper{.palette = Theme::ownPalette(false), .font = font(), .forPaper = true};
    const guidance::Page *shown = page();
    QTextDocument document;
    document.setDefaultFont(font());
    document.setHtml(shown ? guidanceHtml(library(), *shown, m_situation, paper)
                           : guidanceContents(library(), m_language.code(), m_situation, paper));
    document.print(device);
}

void GuidancePane::say(const QString &text)
{
    m_said->setText(text);
    m_said->setVisible(!text.isEmpty());
    if (!text.isEmpty()) {
        QAccessibleAnnouncementEvent event(this, text);
        QAccessible::updateAccessibility(&event);
    }
}

void GuidancePane::retranslate()
{
    const auto name = [](QToolButton *tool, const QString &text, const QString &keys = {}) {
        tool->setToolTip(keys.isEmpty() ? text : u"%1 (%2)"_s.arg(text, keys));
        tool->setAccessibleName(text);
    };
    m_title->setText(tr("Guidance"));
    m_search->setPlaceholderText(tr("Search the manual"));
    m_search->setAccessibleName(tr("Search the manual"));
    name(m_home, tr("Contents"));
    name(m_back, tr("Back"), QKeySequence(QKeySequence::Back).toString(QKeySequence::NativeText));
    name(m_forward, tr("Forward"), QKeySequence(QKeySequence::Forward).toString(QKeySequence::NativeText));
    name(m_copy, tr("Copy the page"));
    name(m_print, tr("Print the page…"));
    name(m_close, tr("Close guidance"));
    say({});
    if (!m_search->text().trimmed().isEmpty())
        refreshSearch();
    else
        refresh();
}

void GuidancePane::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    else if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        refresh();
    QWidget::changeEvent(event);
}

void GuidancePane::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (!m_dirty)
        return;
    // The first frame of the window does not wait for the pages to be read.
    QTimer::singleShot(0, this, [this] {
        if (!m_dirty)
            return;
        refresh();
        m_view->goTo(place().anchor);
    });
}

void GuidancePane::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Back) || event->key() == Qt::Key_Backspace)
        back();
    else if (event->matches(QKeySequence::Forward))
        forward();
    else
        QWidget::keyPressEvent(event);
}

bool GuidancePane::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Escape && !m_search->text().isEmpty()) {
            m_search->clear();
            return true;
        }
        if (key->key() == Qt::Key_Down) {
            m_view->setFocus(Qt::TabFocusReason);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
