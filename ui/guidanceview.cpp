// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/guidanceview.h"

#include "ui/icons.h"
#include "ui/statecolours.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextOption>

namespace ui {

using namespace Qt::StringLiterals;

GuidanceView::GuidanceView(QWidget *parent)
    : QTextBrowser(parent)
{
    setOpenLinks(false);
    setFrameShape(QFrame::NoFrame);
    setUndoRedoEnabled(false);
    // Commands are long and panels narrow.
    setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    document()->setDocumentMargin(16);
}

void GuidanceView::present(const QString &key, const QString &html)
{
    const bool same = key == m_key;
    if (same && html == m_html)
        return;
    m_key = key;
    m_html = html;
    const int at = verticalScrollBar()->value();
    setHtml(html);
    verticalScrollBar()->setValue(same ? at : 0);
}

void GuidanceView::goTo(const QString &anchor)
{
    if (anchor.isEmpty())
        verticalScrollBar()->setValue(0);
    else
        scrollToAnchor(anchor);
}

void GuidanceView::copyAll()
{
    auto *mime = new QMimeData;
    mime->setText(toPlainText().replace(QChar::ObjectReplacementCharacter, QString()));
    mime->setHtml(toHtml());
    QGuiApplication::clipboard()->setMimeData(mime);
}

QVariant GuidanceView::loadResource(int type, const QUrl &name)
{
    // Own icons in the colour of links; nothing else is ever loaded, least of all from a network.
    if (type == QTextDocument::ImageResource && name.scheme() == "icon"_L1)
        return iconPixmap(
            name.path(), 12, toneText(Tone::Running, palette(), palette().color(QPalette::Base)), devicePixelRatioF());
    return {};
}

void GuidanceView::keyPressEvent(QKeyEvent *event)
{
    // Going back is the pane's affair: it has the history.
    if (event->key() == Qt::Key_Backspace || event->matches(QKeySequence::Back)
        || event->matches(QKeySequence::Forward)) {
        event->ignore();
        return;
    }
    QTextBrowser::keyPressEvent(event);
}

} // namespace ui
