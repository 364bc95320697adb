// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/pastbar.h"

#include "ui/elidedlabel.h"
#include "ui/historylink.h"
#include "ui/icons.h"
#include "ui/momentslider.h"
#include "ui/statecolours.h"
#include "ui/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace ui {

using namespace Qt::StringLiterals;

QString localTime(const QDateTime &time)
{
    return time.isValid() ? time.toLocalTime().toString(u"yyyy-MM-dd HH:mm:ss"_s) : QString();
}

QString bundleTitle(const session::ShownBundle &bundle)
{
    using Shape = evidence::BundleShape;
    const QString name = shown(bundle.name);
    switch (bundle.shape) {
    case Shape::SupportBundle:
        return PastBar::tr("Support bundle %1").arg(name);
    case Shape::UpgradeLogArchive:
        return PastBar::tr("Upgrade log archive %1").arg(name);
    case Shape::GleanerBundle:
        return PastBar::tr("Gleaner bundle %1").arg(name);
    case Shape::Folder:
        return PastBar::tr("Folder %1").arg(name);
    case Shape::Text:
        return PastBar::tr("File %1").arg(name);
    }
    return name;
}

PastBar::PastBar(QWidget *parent)
    : QFrame(parent)
    , m_title(new ElidedLabel)
    , m_problems(new ElidedLabel)
    , m_previous(new QToolButton)
    , m_next(new QToolButton)
    , m_slider(new MomentSlider)
    , m_from(new QLabel)
    , m_to(new QLabel)
    , m_leave(new QPushButton)
{
    setObjectName(u"pastBar"_s);
    QFont strong = font();
    strong.setWeight(QFont::DemiBold);
    m_title->setFont(strong);
    m_title->setObjectName(u"pastTitle"_s);
    m_title->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_problems->setObjectName(u"bundleProblems"_s);
    m_problems->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_leave->setObjectName(u"leavePast"_s);
    m_leave->setAutoDefault(false);
    m_previous->setArrowType(Qt::LeftArrow);
    m_next->setArrowType(Qt::RightArrow);
    for (QToolButton *button : {m_previous, m_next}) {
        button->setAutoRaise(true);
        button->setAutoRepeat(true);
        button->setFocusPolicy(Qt::TabFocus);
    }
    QFont caption = font();
    caption.setPointSizeF(std::max(7.0, caption.pointSizeF() - 1));
    for (QLabel *label : {m_from, m_to}) {
        label->setFont(caption);
        label->setTextFormat(Qt::PlainText);
    }
    auto *first = new QHBoxLayout;
    first->setSpacing(8);
    first->addWidget(m_title, 1);
    first->addWidget(m_leave);
    auto *second = new QHBoxLayout;
    second->setSpacing(8);
    second->addWidget(m_from);
    second->addWidget(m_previous);
    second->addWidget(m_slider, 1);
    second->addWidget(m_next);
    second->addWidget(m_to);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16 + 12 + 20 + 8, 14, 28, 8);
    column->setSpacing(4);
    column->addLayout(first);
    column->addWidget(m_problems);
    column->addLayout(second);
    connect(m_slider, &MomentSlider::wanted, this, &PastBar::wanted);
    connect(m_previous, &QToolButton::clicked, this, [this] { m_slider->step(-1); });
    connect(m_next, &QToolButton::clicked, this, [this] { m_slider->step(1); });
    connect(m_leave, &QPushButton::clicked, this, &PastBar::left);
    setVisible(false);
}

void PastBar::present(HistoryLink *link, const QString &back)
{
    setVisible(link != nullptr);
    if (!link) {
        m_folder.clear();
        m_open = false;
        m_shown = {};
        m_bundle.reset();
        return;
    }
    const session::PastUpgrade &past = link->past();
    const bool opened = link->isOpen() && (!m_open || link->folder() != m_folder);
    m_folder = link->folder();
    m_open = link->isOpen();
    m_back = back;
    m_isBundle = link->isBundle();
    m_bundle = past.bundle;
    m_clusterName = past.manifest.id.clusterName;
    m_first = past.first;
    m_last = past.last;
    m_shown = link->state().pastMoment;
    if (opened)
        m_slider->setMoments(past.first, past.last, past.moments);
    if (link->wished().isValid())
        m_slider->place(link->wished());
    refresh();
}

void PastBar::refresh()
{
    const QString cluster = m_clusterName.isEmpty() ? QString() : u" · "_s + shown(m_clusterName);
    const QString what = m_bundle ? bundleTitle(*m_bundle) : m_isBundle ? tr("Bundle") : tr("Past upgrade");
    m_title->setText((m_shown.isValid() ? tr("%1 — as of %2").arg(what, localTime(m_shown)) : what) + cluster);
    m_title->setDetails(
        {absoluteTime(m_shown), tr("Read from disk. Nothing here is of now, and nothing can be changed.")});
    const QString close = m_isBundle ? tr("Close the bundle") : tr("Close the past upgrade");
    m_leave->setText(m_back.isEmpty() ? close : tr("Back to %1", "a cluster").arg(m_back));
    // The first of them in words; all of them, within reason, where the pointer rests.
    const QList<evidence::BundleProblem> problems = m_bundle ? m_bundle->problems : QList<evidence::BundleProblem>();
    m_problems->setVisible(!problems.isEmpty());
    if (!problems.isEmpty()) {
        constexpr qsizetype most = 12;
        QStringList all;
        for (const evidence::BundleProblem &problem : problems.first(std::min(most, problems.size())))
            all.append(shown(problem.text()));
        if (problems.size() > most)
            all.append(tr("… and %n more", nullptr, int(problems.size() - most)));
        m_problems->setText(problems.size() == 1
                ? all.constFirst()
                : tr("%n parts could not be read as they should: %1", nullptr, int(problems.size()))
                      .arg(all.constFirst()));
        m_problems->setDetails(all);
        m_problems->setAccessibleDescription(all.join(u'\n'));
    }
    // The date stands where it says something new.
    const bool sameDay = m_first.toLocalTime().date() == m_last.toLocalTime().date();
    m_from->setText(localTime(m_first));
    m_to->setText(sameDay ? localTime(m_last).mid(11) : localTime(m_last));
    m_from->setToolTip(tip({absoluteTime(m_first)}));
    m_to->setToolTip(tip({absoluteTime(m_last)}));
    const bool any = m_first.isValid() && m_first.secsTo(m_last) > 0;
    for (QWidget *part : std::initializer_list<QWidget *>{m_previous, m_next, m_slider, m_from, m_to})
        part->setVisible(any);
    m_previous->setEnabled(m_slider->hasPrevious());
    m_next->setEnabled(m_slider->hasNext());
    m_previous->setToolTip(tr("The change before"));
    m_next->setToolTip(tr("The next change"));
    m_previous->setAccessibleName(tr("The change before"));
    m_next->setAccessibleName(tr("The next change"));
    m_slider->setAccessibleName(tr("Moment of the past upgrade"));
    m_slider->setAccessibleDescription(localTime(m_slider->moment()));
    m_slider->setToolTip(tip({localTime(m_slider->moment()), tr("Arrow keys go from change to change.")}));
}

void PastBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        refresh();
    QFrame::changeEvent(event);
}

void PastBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = toneColour(Tone::Paused, palette());
    const QRectF box = QRectF(rect()).adjusted(16.5, 8.5, -16.5, -2.5);
    painter.setPen(QPen(blend(colour, palette().color(QPalette::Base), 0.45), 1));
    painter.setBrush(toneSurface(Tone::Paused, palette()));
    painter.drawRoundedRect(box, 6, 6);
    painter.drawPixmap(
        QPointF(box.left() + 12, box.top() + 8), iconPixmap(u"clock"_s, 20, colour, devicePixelRatioF()));
}

} // namespace ui
