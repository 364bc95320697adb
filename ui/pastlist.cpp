// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pastlist.h"

#include "ui/statecolours.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
/// Rows as high as those of the node table, texts under their header.
class PastDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return {size.width() + 2 * inset, std::max(32, size.height())};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem inside = option;
        initStyleOption(&inside, index);
        const QStyle *style = option.widget->style();
        style->drawPrimitive(QStyle::PE_PanelItemViewItem, &inside, painter, option.widget);
        QStyleOptionViewItem content = option;
        content.rect.adjust(inset, 0, -inset, 0);
        content.state.setFlag(QStyle::State_Selected, false);
        content.state.setFlag(QStyle::State_MouseOver, false);
        content.state.setFlag(QStyle::State_HasFocus, false);
        const PastRow *row = static_cast<const PastModel *>(index.model())->row(index);
        if (row && row->folder.isEmpty())
            content.palette.setColor(QPalette::Text, quietText(option.palette));
        QStyledItemDelegate::paint(painter, content, index);
    }

private:
    static constexpr int inset = 5;
};
} // namespace

PastList::PastList(QWidget *parent)
    : QWidget(parent)
    , m_model(new PastModel(this))
    , m_view(new QTreeView)
    , m_nothing(new QLabel)
{
    setObjectName(u"pastList"_s);
    m_view->setObjectName(u"pastTree"_s);
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PastDelegate(m_view));
    m_view->setRootIsDecorated(false);
    m_view->setItemsExpandable(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setTextElideMode(Qt::ElideMiddle);
    m_view->setIconSize({16, 16});
    m_view->header()->setStretchLastSection(false);
    m_view->header()->setMinimumSectionSize(48);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setTextFormat(Qt::PlainText);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 0, 0);
    column->addWidget(m_view, 1);
    column->addWidget(m_nothing, 1);
    connect(m_model, &PastModel::loaded, this, &PastList::settle);
    connect(m_model, &QAbstractItemModel::modelReset, this, &PastList::settle);
    connect(m_view, &QTreeView::activated, this, &PastList::openCurrent);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &PastList::currentChanged);
    settle();
}

bool PastList::canOpen() const
{
    const PastRow *row = m_model->row(m_view->currentIndex());
    return row && !row->folder.isEmpty();
}

void PastList::openCurrent()
{
    if (canOpen())
        Q_EMIT chosen(m_model->row(m_view->currentIndex())->folder);
}

void PastList::settle()
{
    const bool any = m_model->rowCount() > 0;
    m_view->setVisible(any);
    m_nothing->setVisible(!any);
    m_nothing->setText(m_model->isLoaded() ? tr("No upgrade is kept yet. Gleaner keeps the logs and the history of an "
                                                "upgrade from the moment it is connected to the cluster.")
                                           : tr("Reading what is kept…"));
    m_view->setAccessibleName(tr("Past upgrades"));
    if (any && !m_view->currentIndex().isValid())
        m_view->setCurrentIndex(m_model->index(0, 0));
    if (!any || m_view->width() <= 0)
        return;
    // Everything as wide as it needs, the words about the end take what is left.
    int used = 0;
    for (int i = 0; i < PastModel::ColumnCount; ++i) {
        if (i == PastModel::Ended)
            continue;
        m_view->resizeColumnToContents(i);
        const int width = std::min(m_view->columnWidth(i) + 12, i == PastModel::When ? 300 : 220);
        m_view->setColumnWidth(i, width);
        used += width;
    }
    m_view->setColumnWidth(PastModel::Ended, std::max(140, m_view->viewport()->width() - used));
    Q_EMIT currentChanged();
}

void PastList::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange) {
        m_model->retranslate();
        settle();
    }
    QWidget::changeEvent(event);
}

void PastList::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    settle();
}

PastDialog::PastDialog(const QString &root, QWidget *parent)
    : QDialog(parent)
    , m_list(new PastList)
    , m_buttons(new QDialogButtonBox(QDialogButtonBox::Close))
    , m_open(m_buttons->addButton(QString(), QDialogButtonBox::AcceptRole))
{
    m_buttons->button(QDialogButtonBox::Close)->setAutoDefault(false);
    setObjectName(u"pastDialog"_s);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_list, 1);
    column->addWidget(m_buttons);
    m_open->setDefault(true);
    resize(880, 420);
    connect(m_list, &PastList::chosen, this, [this](const QString &folder) {
        Q_EMIT chosen(folder);
        close();
    });
    connect(m_list, &PastList::currentChanged, this, &PastDialog::refresh);
    connect(m_buttons, &QDialogButtonBox::accepted, m_list, &PastList::openCurrent);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
    retranslate();
    refresh();
    m_list->load(root);
    m_list->view()->setFocus();
}

void PastDialog::refresh()
{
    m_open->setEnabled(m_list->canOpen());
    m_open->setDefault(true);
}

void PastDialog::retranslate()
{
    setWindowTitle(tr("Past upgrades"));
    m_open->setText(tr("Open the upgrade"));
}

void PastDialog::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QDialog::changeEvent(event);
}

} // namespace ui
