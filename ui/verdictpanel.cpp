// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/verdictpanel.h"

#include "restart/verdicttext.h"
#include "ui/verdictchip.h"
#include "ui/wording.h"

#include <QClipboard>
#include <QEvent>
#include <QGridLayout>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QScrollArea>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int mostHeight = 260;
constexpr int leastHeight = 56; ///< on small screens it scrolls

/// As high as its text where there is room, and never over what is below it.
class ReasonsArea final : public QScrollArea {
public:
    QSize sizeHint() const override { return {320, wanted}; }
    QSize minimumSizeHint() const override { return {160, std::min(wanted, leastHeight)}; }
    int wanted = leastHeight;
};

QLabel *line(const QString &text)
{
    auto *label = new QLabel(text);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QPushButton *button(const QString &name)
{
    auto *made = new QPushButton;
    made->setObjectName(name);
    made->setAutoDefault(false);
    return made;
}

QString objectText(const upgrade::ObjectRef &object)
{
    return u"%1 %2"_s.arg(upgrade::kindName(object.kind), shown(object.name));
}

/// The same but for its time: nothing is built anew, the focus stays.
bool sameWords(restart::Verdict a, restart::Verdict b)
{
    for (restart::Verdict *verdict : {&a, &b}) {
        verdict->asOf = {};
        verdict->resourceVersion.clear();
    }
    return a == b;
}

} // namespace

bool isReachable(const upgrade::ObjectRef &object)
{
    return !object.name.isEmpty()
        && (object.kind == upgrade::Kind::Node || object.kind == upgrade::Kind::Job
            || object.kind == upgrade::Kind::Pod);
}

VerdictPanel::VerdictPanel(QWidget *parent)
    : QFrame(parent)
    , m_title(line({}))
    , m_sentence(line({}))
    , m_checks(button(u"verdictChecks"_s))
    , m_copy(button(u"verdictCopy"_s))
    , m_close(button(u"verdictClose"_s))
    , m_area(new ReasonsArea)
{
    setObjectName(u"verdictPanel"_s);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_area->setWidgetResizable(true);
    m_area->setFrameShape(QFrame::NoFrame);
    m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_area->viewport()->setAutoFillBackground(false);
    m_area->setFocusPolicy(Qt::NoFocus);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    texts->addWidget(m_title);
    texts->addWidget(m_sentence);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addLayout(texts, 1);
    head->addWidget(m_checks, 0, Qt::AlignTop);
    head->addWidget(m_copy, 0, Qt::AlignTop);
    head->addWidget(m_close, 0, Qt::AlignTop);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16 + 12 + 20 + 8, 10, 28, 12);
    column->setSpacing(8);
    column->addLayout(head);
    column->addWidget(m_area);
    connect(m_checks, &QPushButton::clicked, this, &VerdictPanel::checksWanted);
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(plainText()); });
    connect(m_close, &QPushButton::clicked, this, &VerdictPanel::closed);
    rebuild();
}

void VerdictPanel::present(const restart::Verdict &verdict, bool checkable)
{
    m_checks->setVisible(checkable);
    if (sameWords(verdict, m_verdict))
        return;
    m_verdict = verdict;
    rebuild();
}

void VerdictPanel::addHeading(const QString &text)
{
    auto *label = line(text);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    label->setFont(strong);
    label->setContentsMargins(0, m_grid->rowCount() > 1 ? 6 : 0, 0, 0);
    m_grid->addWidget(label, m_grid->rowCount(), 0, 1, 3);
}

void VerdictPanel::addLine(
    const QString &mark, const QString &toolTip, const QString &text, const upgrade::ObjectRef &object)
{
    const int row = m_grid->rowCount();
    auto *sign = new QLabel(mark);
    sign->setTextFormat(Qt::PlainText);
    sign->setToolTip(tip({toolTip}));
    sign->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    if (!toolTip.isEmpty())
        sign->setAccessibleName(u"%1, %2"_s.arg(mark, toolTip));
    m_grid->addWidget(sign, row, 0, Qt::AlignTop);
    auto *words = line(text);
    words->setToolTip(tip({toolTip}));
    m_grid->addWidget(words, row, 1, Qt::AlignTop);
    if (object.name.isEmpty())
        return;
    if (!isReachable(object)) {
        auto *name = line(objectText(object));
        name->setWordWrap(false);
        name->setContentsMargins(8, 0, 0, 0); // under the words of the links
        QPalette quiet = name->palette();
        quiet.setColor(QPalette::WindowText, quietText(palette()));
        name->setPalette(quiet);
        m_grid->addWidget(name, row, 2, Qt::AlignTop | Qt::AlignLeft);
        return;
    }
    auto *link = button(u"verdictObject"_s);
    link->setFlat(true);
    link->setFixedHeight(fontMetrics().height() + 2);
    link->setText(link->fontMetrics().elidedText(objectText(object), Qt::ElideMiddle, 260));
    link->setAccessibleName(tr("Show %1").arg(objectText(object)));
    link->setToolTip(tip({objectText(object)}));
    link->setCursor(Qt::PointingHandCursor);
    QPalette blue = palette();
    blue.setColor(QPalette::ButtonText, blue.color(QPalette::Link));
    link->setPalette(blue);
    connect(link, &QPushButton::clicked, this, [this, object] { Q_EMIT objectWanted(object); });
    m_grid->addWidget(link, row, 2, Qt::AlignTop | Qt::AlignLeft);
}

void VerdictPanel::rebuild()
{
    m_title->setText(restart::title(m_verdict.code));
    m_sentence->setText(restart::sentence(m_verdict.code));
    m_checks->setText(tr("Pre-checks"));
    m_copy->setText(tr("Copy the reasons"));
    m_close->setText(tr("Close"));
    setAccessibleName(tr("Reasons of the verdict"));
    m_area->setAccessibleName(tr("Reasons of the verdict"));
    m_body = new QWidget;
    m_grid = new QGridLayout(m_body);
    m_grid->setContentsMargins({});
    m_grid->setHorizontalSpacing(12);
    m_grid->setVerticalSpacing(4);
    m_grid->setColumnStretch(1, 1);
    if (!m_verdict.reasons.isEmpty()) {
        addHeading(tr("Why"));
        for (const restart::Reason &reason : std::as_const(m_verdict.reasons))
            addLine(reason.rule.isEmpty() ? u"–"_s : reason.rule, restart::ruleText(reason.rule),
                shown(restart::factText(reason.fact)), reason.object);
    }
    if (!m_verdict.missing.isEmpty()) {
        addHeading(tr("What is not known"));
        for (const restart::Missing &missing : std::as_const(m_verdict.missing))
            addLine(u"?"_s, {}, shown(restart::missingText(missing.what)), missing.object);
    }
    if (!m_verdict.instead.isEmpty()) {
        addHeading(tr("What to do"));
        for (const upgrade::Message &advice : std::as_const(m_verdict.instead))
            addLine(u"→"_s, {}, shown(restart::insteadText(advice)));
    }
    m_grid->setRowStretch(m_grid->rowCount(), 1);
    m_body->setAutoFillBackground(false);
    // The one before may be what is being clicked, or told of a new language.
    if (QWidget *before = m_area->takeWidget()) {
        before->hide();
        before->deleteLater();
    }
    m_area->setWidget(m_body);
    settleHeight();
    update();
}

void VerdictPanel::settleHeight()
{
    const int width = std::max(200, m_area->viewport()->width());
    const int wanted = m_grid->hasHeightForWidth() ? m_grid->heightForWidth(width) : m_grid->sizeHint().height();
    auto *area = static_cast<ReasonsArea *>(m_area);
    area->wanted = std::min(wanted + 4, mostHeight);
    m_area->setMaximumHeight(area->wanted);
    m_area->updateGeometry();
}

QString VerdictPanel::plainText() const
{
    QStringList lines{restart::title(m_verdict.code) + u" ("_s + restart::codeWord(m_verdict.code) + u')',
        restart::sentence(m_verdict.code)};
    for (const restart::Reason &reason : m_verdict.reasons) {
        lines.append(
            u"%1 %2"_s.arg(reason.rule.isEmpty() ? u"-"_s : reason.rule, shown(restart::factText(reason.fact))));
        if (!reason.object.name.isEmpty())
            lines.last() += u" ("_s + objectText(reason.object) + u')';
    }
    for (const restart::Missing &missing : m_verdict.missing)
        lines.append(u"? "_s + shown(restart::missingText(missing.what)));
    for (const upgrade::Message &advice : m_verdict.instead)
        lines.append(u"→ "_s + shown(restart::insteadText(advice)));
    return lines.join(u'\n') + u'\n';
}

void VerdictPanel::takeFocus()
{
    m_close->setFocus(Qt::OtherFocusReason);
}

void VerdictPanel::paintEvent(QPaintEvent *)
{
    const Glyph glyph = verdictGlyph(m_verdict.code);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = toneColour(glyph.tone, palette());
    const QRectF box = QRectF(rect()).adjusted(16.5, 2.5, -16.5, -2.5);
    painter.setPen(QPen(blend(colour, palette().color(QPalette::Base), 0.45), 1));
    painter.setBrush(palette().color(QPalette::Base));
    painter.drawRoundedRect(box, 6, 6);
    paintGlyph(painter, QRectF(box.left() + 12, box.top() + 10, 20, 20), glyph, palette());
}

void VerdictPanel::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        Q_EMIT closed();
    else
        QFrame::keyPressEvent(event);
}

void VerdictPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        rebuild();
    QFrame::changeEvent(event);
}

void VerdictPanel::resizeEvent(QResizeEvent *event)
{
    QFrame::resizeEvent(event);
    settleHeight();
}

} // namespace ui
