// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/objectwindow.h"

#include "logs/memorydocument.h"
#include "ui/elidedlabel.h"
#include "ui/logviewer.h"
#include "ui/yaml.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QShortcut>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
QString nameOf(const upgrade::ObjectRef &object)
{
    return upgrade::kindName(object.kind) + u' ' + (object.ns.isEmpty() ? object.name : object.ns + u'/' + object.name);
}
} // namespace

ObjectWindow::ObjectWindow(const QList<KnownObject> &objects, Settings &settings, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_objects(objects)
    , m_viewer(new LogViewer(settings))
    , m_chooser(new QComboBox)
{
    setObjectName(u"objectWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    m_chooser->setObjectName(u"objectChooser"_s);
    m_chooser->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_chooser->setMinimumContentsLength(28);
    for (const KnownObject &object : std::as_const(m_objects))
        m_chooser->addItem(nameOf(object.ref));
    m_chooser->setVisible(m_objects.size() > 1);
    m_viewer->bar()->insertWidget(1, m_chooser);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->addWidget(m_viewer);
    resize(1000, 700);
    auto *close = new QShortcut(QKeySequence::Close, this);
    connect(close, &QShortcut::activated, this, &QWidget::close);
    auto *escape = new QShortcut(Qt::Key_Escape, m_viewer->view());
    escape->setContext(Qt::WidgetShortcut);
    connect(escape, &QShortcut::activated, this, &QWidget::close);
    connect(m_chooser, &QComboBox::activated, this, [this](int index) { choose(index, {}); });
    retranslate();
}

ObjectWindow *ObjectWindow::open(
    const QList<KnownObject> &objects, const QString &field, Settings &settings, QWidget *parent)
{
    auto *window = new ObjectWindow(objects, settings, parent);
    window->choose(0, field);
    window->show();
    window->m_viewer->view()->setFocus();
    return window;
}

void ObjectWindow::choose(int index, const QString &field)
{
    const KnownObject &chosen = m_objects.at(index);
    m_chooser->setCurrentIndex(index);
    m_viewer->title()->setText(nameOf(chosen.ref));
    //: title of a window; %1 is an object's name
    setWindowTitle(tr("%1 — Gleaner").arg(chosen.ref.name));
    const QByteArray yaml = toYaml(chosen.object->json);
    m_viewer->setDocument(std::make_unique<logs::MemoryDocument>(yaml),
        {.start = LogView::Start::Begin, .syntax = Highlight::Kind::Yaml, .saveName = chosen.ref.name + u".yaml"_s});
    if (const qint64 row = yamlRow(yaml, field); row >= 0)
        m_viewer->view()->goTo(row);
}

void ObjectWindow::retranslate()
{
    m_chooser->setAccessibleName(tr("Object"));
    m_chooser->setToolTip(tr("Objects behind what is selected on the board"));
    m_viewer->view()->setAccessibleName(tr("Object as YAML"));
    m_viewer->setState({tr("The parts an upgrade is told by; managedFields and credentials are left out")});
}

void ObjectWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
