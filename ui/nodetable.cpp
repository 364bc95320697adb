// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/nodetable.h"

#include "ui/elide.h"
#include "ui/icons.h"
#include "ui/nodedelegate.h"
#include "ui/nodemodel.h"
#include "ui/settings.h"
#include "ui/tick.h"
#include "ui/wording.h"

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
    , m_bar(new QWidget(this))
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

    auto *top = new QHBoxLayout(m_bar);
    top->setContentsMargins(16, 4, 16, 4);
    top->setSpacing(8);
    top->addWidget(m_title);
    top->addStretch();
    top->addWidget(m_filter);
    top->addWidget(m_columns);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_bar);
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
        m_measured.clear();
    }
    QSet<QString> texts;
    for (const upgrade::NodeRow &node : board.nodes)
        texts += {node.name, change(node.kubeletVersion, node.kubeletTarget), change(node.osImage, node.osTarget)};
    // Columns grow for what is new; they do not shrink under the pointer when something went.
    if (m_measured.isEmpty() || !m_measured.contains(texts)) {
        m_measured = texts;
        measure();
    }
    followSelection();
}

QString NodeTable::nameAt(const QModelIndex &index) const
{
    const upgrade::NodeRow *node = m_model->node(m_proxy->mapToSource(index).row());
    return node ? node->name : QString();
}

upgrade::ObjectRef NodeTable::jobOf(const QString &name) const
{
    for (int row = 0; row < m_model->rowCount() && !name.isEmpty(); ++row) {
        const upgrade::NodeRow *node = m_model->node(row);
        if (node && node->name == name)
            return node->job;
    }
    return {};
}

int NodeTable::heightFor(int rows) const
{
    // Room for the scroll bar is always counted: it comes and goes with the width.
    return m_view->horizontalHeader()->sizeHint().height()
        + std::clamp(rows, 1, std::max(1, m_model->rowCount())) * NodeDelegate::rowHeight
        + m_view->horizontalScrollBar()->sizeHint().height();
}

void NodeTable::setTitleVisible(bool visible)
{
    m_title->setVisible(visible);
}

void NodeTable::setToolsVisible(bool visible)
{
    m_filter->setVisible(visible);
    m_columns->setVisible(visible);
}

void NodeTable::hideColumns()
{
    // Without an upgrade these columns have nothing to say.
    static const QSet<int> ofUpgrade{NodeModel::Pips, NodeModel::StateColumn, NodeModel::Job, NodeModel::Text};
    for (int column = 0; column < NodeModel::ColumnCount; ++column)
        m_view->setColumnHidden(column, m_hidden.contains(column) || (!m_upgrade && ofUpgrade.contains(column)));
}

int NodeTable::contentWidth(int column, bool brief) const
{
    constexpr int margins = 20;
    if (column != NodeModel::Kubernetes && column != NodeModel::System) {
        int widest = 0;
        QStyleOptionViewItem option;
        option.initFrom(m_view);
        option.fontMetrics = m_view->fontMetrics();
        for (int row = 0; row < m_model->rowCount(); ++row)
            widest = std::max(widest, m_view->itemDelegate()->sizeHint(option, m_model->index(row, column)).width());
        return widest + 4;
    }
    int widest = 0;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        const QString text = m_model->index(row, column).data().toString();
        widest = std::max(widest, fontMetrics().horizontalAdvance(brief ? shortChange(text) : text));
    }
    return widest + margins;
}

void NodeTable::measure()
{
    // In characters, so that other fonts and scripts fit; wide enough for what a node shows later in the upgrade.
    static constexpr int least[] = {12, 7, 11, 21, 16, 16, 14, 5, 7, 24};
    static constexpr int most[] = {36, 14, 18, 40, 34, 40, 40, 10, 11, 60};
    static constexpr int rank[] = {3, 0, 0, 2, 4, 7, 8, 0, 0, 9};
    // Said elsewhere too: a Job in the list of Jobs, versions by the steps. What a node waits for is said nowhere else.
    static constexpr int drop[] = {0, 4, 0, 0, 5, 1, 2, 3, 0, 0};
    const int letter = fontMetrics().horizontalAdvance(u'n');
    m_wishes.clear();
    for (int column = 0; column < NodeModel::ColumnCount; ++column) {
        const int header = m_view->horizontalHeader()->sectionSizeHint(column);
        const auto bounded = [&](int width) {
            return std::clamp(width, std::max(least[column] * letter, header), std::max(most[column] * letter, header));
        };
        const int full = bounded(contentWidth(column, false));
        const int brief = column == NodeModel::Text ? bounded(0)
            : column == NodeModel::Name || column == NodeModel::Job
            ? std::min(full, bounded(18 * letter))
            : std::min(full, bounded(contentWidth(column, true)));
        m_wishes.append(
            {.full = full, .brief = brief, .rank = rank[column], .drop = m_wanted.contains(column) ? 0 : drop[column]});
    }
    settleWidths();
}

void NodeTable::settleWidths()
{
    if (m_widthsKept || m_model->rowCount() == 0 || m_wishes.isEmpty())
        return;
    hideColumns(); // what was left out for want of room may come back
    QList<ColumnWish> wishes;
    QList<int> columns;
    for (int column = 0; column < NodeModel::ColumnCount; ++column) {
        if (!m_view->isColumnHidden(column)) {
            wishes.append(m_wishes.at(column));
            columns.append(column);
        }
    }
    const QList<int> widths = columnWidths(wishes, m_view->viewport()->width());
    for (qsizetype i = 0; i < columns.size(); ++i) {
        if (widths.at(i) > 0)
            m_view->setColumnWidth(columns.at(i), widths.at(i));
        else
            m_view->setColumnHidden(columns.at(i), true);
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
        action->setChecked(!m_view->isColumnHidden(column));
        connect(action, &QAction::toggled, this, [this, column](bool on) {
            if (on) {
                m_hidden.remove(column);
                m_wanted.insert(column);
            } else {
                m_hidden.insert(column);
                m_wanted.remove(column);
            }
            hideColumns();
            measure();
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
    measure();
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
    else if (event->type() == QEvent::Resize)
        settleWidths();
    return QWidget::eventFilter(watched, event);
}

} // namespace ui
