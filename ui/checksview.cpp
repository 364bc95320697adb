// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/checksview.h"

#include "restart/prechecktext.h"
#include "ui/clusterlink.h"
#include "ui/wording.h"

#include <QEvent>
#include <QFileDialog>
#include <QHeaderView>
#include <QJsonDocument>
#include <QKeyEvent>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QSaveFile>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace ui {

using namespace Qt::StringLiterals;
using restart::Outcome;

namespace {
/// Rows with room to read between them.
class CheckDelegate final : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const QSize size = QStyledItemDelegate::sizeHint(option, index);
        return {size.width(), std::max(26, size.height() + 6)};
    }
};
} // namespace

ChecksView::ChecksView(QWidget *parent)
    : QWidget(parent)
    , m_model(new CheckModel(this))
    , m_title(new QLabel)
    , m_summary(new QLabel)
    , m_progress(new QProgressBar)
    , m_all(new QPushButton)
    , m_one(new QPushButton)
    , m_save(new QPushButton)
    , m_close(new QPushButton)
    , m_tree(new QTreeView)
    , m_details(new QPlainTextEdit)
{
    setObjectName(u"checks"_s);
    m_all->setObjectName(u"checksAll"_s);
    m_one->setObjectName(u"checksOne"_s);
    m_save->setObjectName(u"checksSave"_s);
    m_close->setObjectName(u"checksClose"_s);
    m_tree->setObjectName(u"checksTree"_s);
    m_details->setObjectName(u"checksDetails"_s);
    m_summary->setObjectName(u"checksSummary"_s);
    for (QPushButton *button : {m_all, m_one, m_save, m_close})
        button->setAutoDefault(false);
    m_all->setDefault(true);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setTextFormat(Qt::PlainText);
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    QSizePolicy kept = m_progress->sizePolicy();
    kept.setRetainSizeWhenHidden(true); // nothing moves when a run begins or ends
    m_progress->setSizePolicy(kept);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_summary);
    auto *bar = new QHBoxLayout;
    bar->setContentsMargins(8, 4, 16, 0);
    bar->setSpacing(8);
    bar->addLayout(texts, 1);
    for (QPushButton *button : {m_all, m_one, m_save, m_close})
        bar->addWidget(button);

    m_tree->setModel(m_model);
    m_tree->setItemDelegate(new CheckDelegate(m_tree));
    m_tree->setIndentation(16);
    m_tree->setFrameShape(QFrame::NoFrame);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setUniformRowHeights(true);
    m_tree->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->setIconSize({16, 16});
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setSectionsMovable(false);
    m_details->setReadOnly(true);
    m_details->setFrameShape(QFrame::NoFrame);
    m_details->setTabChangesFocus(true);
    m_details->setMinimumHeight(72);

    auto *split = new QSplitter(Qt::Vertical);
    split->addWidget(m_tree);
    split->addWidget(m_details);
    split->setChildrenCollapsible(false);
    split->setStretchFactor(0, 1);
    split->setSizes({600, 140});
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 0, 0);
    column->setSpacing(6);
    column->addLayout(bar);
    column->addWidget(m_progress);
    column->addWidget(split, 1);

    connect(m_all, &QPushButton::clicked, this, &ChecksView::runAll);
    connect(m_one, &QPushButton::clicked, this, &ChecksView::runCurrent);
    connect(m_save, &QPushButton::clicked, this, &ChecksView::chooseFile);
    connect(m_close, &QPushButton::clicked, this, &ChecksView::closed);
    connect(m_tree, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (m_model->canRun(index))
            runCurrent();
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ChecksView::refreshDetails);
    connect(m_model, &QAbstractItemModel::modelReset, this, [this] {
        m_tree->expandAll();
        settleColumns();
    });
    m_tree->expandAll();
    retranslate();
}

void ChecksView::follow(ClusterLink *link)
{
    if (m_link == link)
        return;
    if (m_link)
        m_link->disconnect(this);
    m_link = link;
    m_saved.clear();
    if (link) {
        connect(link, &ClusterLink::checksChanged, this, &ChecksView::refresh);
        if (!link->checks().everRun)
            runAll();
    }
    refresh();
    if (link && !m_tree->currentIndex().isValid())
        m_tree->setCurrentIndex(m_model->indexOf(session::serverCheck));
}

void ChecksView::runAll()
{
    m_saved.clear();
    if (m_link && !m_link->checks().running)
        m_link->runChecks({});
    else if (m_link)
        m_link->cancelChecks();
}

void ChecksView::runCurrent()
{
    m_saved.clear();
    const QModelIndex current = m_tree->currentIndex();
    if (m_link && m_model->canRun(current))
        m_link->runChecks({{}, {m_model->idAt(current)}});
}

void ChecksView::refresh()
{
    const QString current = m_model->idAt(m_tree->currentIndex());
    m_model->present(m_link ? m_link->checks() : session::CheckState());
    if (!current.isEmpty() && m_model->idAt(m_tree->currentIndex()) != current)
        m_tree->setCurrentIndex(m_model->indexOf(current));
    const session::CheckState &checks = m_model->checks();
    QString title = tr("Pre-checks");
    if (!checks.intent.target.isEmpty())
        title += u" · "_s + change(shown(checks.intent.source), shown(checks.intent.target));
    m_title->setText(title);
    int counts[4]{};
    for (const restart::CheckResult &result : checks.results)
        ++counts[int(result.outcome)];
    const QString numbers = tr("%1 passed, %2 with a warning, %3 failed, %4 could not be checked")
                                .arg(counts[int(Outcome::Pass)])
                                .arg(counts[int(Outcome::Warn)])
                                .arg(counts[int(Outcome::Fail)])
                                .arg(counts[int(Outcome::CouldNotCheck)]);
    m_summary->setText(!m_saved.isEmpty() ? m_saved
            : checks.running ? tr("Checking: %1 of %2 requests answered").arg(checks.fetched).arg(checks.toFetch)
            : checks.everRun ? numbers
                             : tr("Not made yet"));
    m_progress->setRange(0, std::max(1, checks.toFetch));
    m_progress->setValue(checks.fetched);
    m_progress->setVisible(checks.running);
    m_all->setText(checks.running ? tr("Cancel") : tr("Check all again"));
    m_save->setEnabled(!checks.running && !checks.results.isEmpty());
    refreshDetails();
}

void ChecksView::refreshDetails()
{
    const QModelIndex current = m_tree->currentIndex();
    const QString text = m_model->details(current);
    if (m_details->toPlainText() != text)
        m_details->setPlainText(text);
    m_one->setEnabled(m_link && m_model->canRun(current) && !m_model->checks().running && m_model->checks().everRun);
}

QString ChecksView::saveTo(const QString &name) const
{
    const session::CheckState &checks = m_model->checks();
    QSaveFile file(name);
    const QByteArray text
        = QJsonDocument(restart::toJson(checks.results, checks.intent, checks.server)).toJson(QJsonDocument::Indented);
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return file.errorString();
    return {};
}

void ChecksView::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Save the pre-checks"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("JSON (*.json)"));
    dialog->setDefaultSuffix(u"json"_s);
    dialog->selectFile(u"pre-checks.json"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        const QString why = saveTo(file);
        m_saved
            = why.isEmpty() ? tr("Saved to %1").arg(shown(file)) : tr("%1 cannot be written: %2").arg(shown(file), why);
        refresh();
    });
    dialog->open();
}

void ChecksView::settleColumns()
{
    const int width = m_tree->viewport()->width();
    if (width <= 0)
        return;
    const QFontMetrics metrics(m_tree->font());
    int result = 0;
    for (const Outcome outcome : {Outcome::Pass, Outcome::Warn, Outcome::Fail, Outcome::CouldNotCheck})
        result = std::max(result, metrics.horizontalAdvance(restart::outcomeTitle(outcome)));
    const int ids = metrics.horizontalAdvance(u"A14b"_s) + 32;
    result = std::max(result, metrics.horizontalAdvance(tr("%1 of %2 passed").arg(20).arg(20))) + 28;
    m_tree->setColumnWidth(CheckModel::Id, ids);
    m_tree->setColumnWidth(CheckModel::Result, result);
    m_tree->setColumnWidth(CheckModel::Title, std::clamp((width - ids - result) * 11 / 20, 240, 520));
}

void ChecksView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QWidget::keyPressEvent(event);
}

void ChecksView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    settleColumns();
}

void ChecksView::retranslate()
{
    m_one->setText(tr("Check this one again"));
    m_save->setText(tr("Save as JSON…"));
    m_close->setText(tr("Back to the board"));
    m_tree->setAccessibleName(tr("Pre-checks"));
    m_details->setAccessibleName(tr("What is known of the selected check"));
    m_progress->setAccessibleName(tr("Progress of the pre-checks"));
    m_saved.clear();
    m_model->retranslate();
    settleColumns();
    refresh();
}

void ChecksView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace ui
