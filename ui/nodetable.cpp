// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/nodetable.h"

#include "ui/icons.h"
#include "ui/nodedelegate.h"
#include "ui/nodemodel.h"
#include "ui/settings.h"
#include "ui/tick.h"

#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QScrollBar>
#include <QSortFilterProxyModel>
#include <QTableView>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
// The name says how the columns are kept; another layout of columns needs another name.
const QString columnsKey = QStringLiteral("nodes/columns.v1");
} // namespace

NodeTable::NodeTable(Tick &tick, Selection &selection, Settings &settings, QWidget *parent)
    : QWidget(parent)
    , m_tick(tick)
    , m_selection(selection)
    , m_settings(settings)
    , m_model(new NodeModel(tick, this))
    , m_proxy(new QSortFilterProxyModel(this))
    , m_view(new QTableView)
    , m_title(new QLabel)
    , m_filter(new QLineEdit)
    , m_columns(new QToolButton)
{
    setObjectName(u"nodeTable"_s);
    m_proxy->setSourceModel(m_model);
    m_proxy->setSortRole(NodeModel::SortRole);
    m_proxy->setFilterRole(NodeModel::FilterRole);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortCaseSensitivity(Qt::CaseInsensitive);
    m_proxy->setSortLocaleAware(false);
    m_proxy->setFilterKeyColumn(0);

    m_view->setObjectName(u"nodes"_s);
    m_view->setModel(m_proxy);
    m_view->setItemDelegate(new NodeDelegate(m_view));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setWordWrap(false);
    m_view->setTabKeyNavigation(false);
    m_view->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setMouseTracking(true);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_view->verticalHeader()->setDefaultSectionSize(NodeDelegate::rowHeight);
    QHeaderView *header = m_view->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setStretchLastSection(true);
    header->setMinimumSectionSize(40);
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    m_view->setSortingEnabled(true);
    m_view->viewport()->installEventFilter(this);

    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(220);
    m_columns->setIcon(icon(u"columns"_s));
    m_columns->setAutoRaise(true);
    QFont semibold = font();
    semibold.setWeight(QFont::DemiBold);
    m_title->setFont(semibold);

    auto *top = new QHBoxLayout;
    top->setContentsMargins(16, 8, 16, 8);
    top->setSpacing(8);
    top->addWidget(m_title);
    top->addStretch();
    top->addWidget(m_filter);
    top->addWidget(m_columns);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(top);
    auto *inset = new QHBoxLayout;
    inset->setContentsMargins(8, 0, 0, 0);
    inset->addWidget(m_view);
    layout->addLayout(inset, 1);

    restoreColumns();
    retranslate();

    connect(m_filter, &QLineEdit::textChanged, m_proxy, &QSortFilterProxyModel::setFilterFixedString);
    connect(header, &QHeaderView::customContextMenuRequested, this,
        [this, header](const QPoint &at) { showColumnMenu(header->mapToGlobal(at)); });
    connect(m_columns, &QToolButton::clicked, this,
        [this] { showColumnMenu(m_columns->mapToGlobal(QPoint(0, m_columns->height()))); });
    connect(header, &QHeaderView::sectionMoved, this, &NodeTable::rememberColumns);
    connect(header, &QHeaderView::sortIndicatorChanged, this, &NodeTable::rememberColumns);
    connect(header, &QHeaderView::sectionResized, this, [this, header] {
        // Only a drag of the person counts, not our own fitting.
        if (header->isVisible() && QGuiApplication::mouseButtons() & Qt::LeftButton)
            rememberColumns();
    });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex &now) {
        if (m_following)
            return;
        if (const upgrade::NodeRow *node = m_model->node(m_proxy->mapToSource(now).row()))
            m_selection.selectNode(node->name);
    });
    const auto openJob = [this](const QModelIndex &at) {
        const upgrade::NodeRow *node = m_model->node(m_proxy->mapToSource(at).row());
        if (node && !node->job.name.isEmpty())
            Q_EMIT logWanted(node->name, node->job);
    };
    connect(m_view, &QTableView::clicked, this, [openJob](const QModelIndex &at) {
        if (at.column() == NodeModel::Job)
            openJob(at);
    });
    connect(m_view, &QTableView::activated, this, openJob);
    connect(&m_selection, &Selection::changed, this, &NodeTable::followSelection);
    // Only what is seen is asked again; no dataChanged for a second that passed.
    connect(&m_tick, &Tick::ticked, m_view->viewport(), qOverload<>(&QWidget::update));
}

void NodeTable::setBoard(const upgrade::Board &board)
{
    m_model->setNodes(board.nodes, board.upgrade.name);
    updateCount();
    const bool upgrade = board.presence == upgrade::Board::Presence::Upgrade;
    if (upgrade != m_upgrade) {
        m_upgrade = upgrade;
        hideColumns();
    }
    QStringList names;
    for (const upgrade::NodeRow &node : board.nodes)
        names.append(node.name);
    if (names != m_names) {
        m_names = names;
        settleWidths();
    }
    followSelection();
}

int NodeTable::wantedHeight() const
{
    return 44 + m_view->horizontalHeader()->sizeHint().height() + m_model->rowCount() * NodeDelegate::rowHeight
        + (m_view->horizontalScrollBar()->maximum() > 0 ? m_view->horizontalScrollBar()->sizeHint().height() : 0) + 8;
}

void NodeTable::hideColumns()
{
    // Without an upgrade these columns have nothing to say.
    static const QSet<int> ofUpgrade{NodeModel::Pips, NodeModel::StateColumn, NodeModel::Job, NodeModel::Text};
    for (int column = 0; column < NodeModel::ColumnCount; ++column)
        m_view->setColumnHidden(column, m_hidden.contains(column) || (!m_upgrade && ofUpgrade.contains(column)));
}

void NodeTable::settleWidths()
{
    if (m_widthsKept || m_model->rowCount() == 0)
        return;
    // In characters, so that other fonts and scripts fit; wide enough for what a node shows later in the upgrade.
    static constexpr int least[] = {15, 9, 13, 23, 18, 27, 26, 7, 9, 20};
    static constexpr int most[] = {36, 14, 18, 40, 34, 36, 36, 10, 11, 80};
    const int letter = fontMetrics().horizontalAdvance(u'n');
    m_view->horizontalHeader()->setResizeContentsPrecision(0);
    for (int column = 0; column < NodeModel::ColumnCount; ++column) {
        if (m_view->isColumnHidden(column))
            continue;
        m_view->resizeColumnToContents(column);
        m_view->setColumnWidth(
            column, std::clamp(m_view->columnWidth(column), least[column] * letter, most[column] * letter));
    }
}

void NodeTable::updateCount()
{
    m_title->setText(
        m_model->rowCount() == 0 ? tr("Nodes") : tr("Nodes (%1)").arg(QLocale().toString(m_model->rowCount())));
}

void NodeTable::followSelection()
{
    const QString &wanted = m_selection.value().node;
    QItemSelectionModel *selection = m_view->selectionModel();
    const upgrade::NodeRow *now = m_model->node(m_proxy->mapToSource(selection->currentIndex()).row());
    if (now && now->name == wanted && selection->isRowSelected(selection->currentIndex().row()))
        return;
    m_following = true;
    if (wanted.isEmpty()) {
        selection->clearSelection();
        selection->clearCurrentIndex();
    } else if (const int row = m_model->rowOf(wanted); row >= 0) {
        const QModelIndex at = m_proxy->mapFromSource(m_model->index(row, 0));
        if (at.isValid()) {
            selection->setCurrentIndex(at, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
            m_view->scrollTo(at);
        }
    }
    m_following = false;
}

void NodeTable::restoreColumns()
{
    QHeaderView *header = m_view->horizontalHeader();
    const QByteArray kept = m_settings.bytes(columnsKey);
    if (!kept.isEmpty() && header->restoreState(kept) && header->count() == NodeModel::ColumnCount)
        m_widthsKept = true;
    else
        m_view->sortByColumn(NodeModel::Name, Qt::AscendingOrder);
    for (int column = 0; column < NodeModel::ColumnCount; ++column) {
        if (m_view->isColumnHidden(column))
            m_hidden.insert(column);
    }
    header->setStretchLastSection(true);
    m_proxy->sort(header->sortIndicatorSection(), header->sortIndicatorOrder());
}

void NodeTable::rememberColumns()
{
    if (!m_upgrade)
        return; // columns hidden for now are no choice
    m_widthsKept = true;
    m_settings.setBytes(columnsKey, m_view->horizontalHeader()->saveState());
}

void NodeTable::showColumnMenu(const QPoint &global)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (int column = NodeModel::Name + 1; column < NodeModel::ColumnCount; ++column) {
        QAction *action = menu->addAction(m_model->headerData(column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!m_hidden.contains(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            if (on)
                m_hidden.remove(column);
            else
                m_hidden.insert(column);
            hideColumns();
            rememberColumns();
        });
    }
    menu->popup(global);
}

void NodeTable::retranslate()
{
    m_filter->setPlaceholderText(tr("Filter nodes"));
    m_filter->setAccessibleName(tr("Filter nodes"));
    m_columns->setToolTip(tr("Choose columns"));
    m_columns->setAccessibleName(tr("Choose columns"));
    m_view->setAccessibleName(tr("Nodes"));
    m_model->retranslate();
    updateCount();
}

void NodeTable::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

bool NodeTable::eventFilter(QObject *watched, QEvent *event)
{
    // Rows do not change places under the pointer because data arrived; they do once it leaves.
    if (event->type() == QEvent::Enter)
        m_proxy->setDynamicSortFilter(false);
    else if (event->type() == QEvent::Leave)
        m_proxy->setDynamicSortFilter(true);
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
