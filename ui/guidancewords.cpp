// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/guidancewords.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using guidance::Block;
using guidance::Comparison;
using guidance::PageKind;
using guidance::Restart;

namespace {

QString said(const char *text)
{
    return QCoreApplication::translate("ui::Guidance", text);
}

/// "1.8.x, 1.9.0", "any release"
QString releases(const QStringList &patterns)
{
    if (patterns.isEmpty() || patterns == QStringList{u"any"_s})
        return QCoreApplication::translate("ui::Guidance", "any release");
    QStringList words = patterns;
    for (QString &word : words) {
        if (word == "any"_L1)
            word = QCoreApplication::translate("ui::Guidance", "others");
    }
    return words.join(u", "_s);
}

} // namespace

QString copyWord()
{
    return QCoreApplication::translate("ui::Guidance", "Copy");
}

QString noteWord(Block::Tone tone)
{
    switch (tone) {
    case Block::Tone::Caution:
        return QCoreApplication::translate("ui::Guidance", "Caution.");
    case Block::Tone::Tip:
        return QCoreApplication::translate("ui::Guidance", "Tip.");
    case Block::Tone::Note:
        break;
    }
    return QCoreApplication::translate("ui::Guidance", "Note.");
}

QString conditionText(const guidance::Condition &condition)
{
    static const char *const patterns[2][5] = {
        {QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading from a release before v%1:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading from v%1 or older:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading from v%1:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading from v%1 or newer:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading from a release after v%1:")},
        {QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading to a release before v%1:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading to v%1 or older:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading to v%1:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading to v%1 or newer:"),
            QT_TRANSLATE_NOOP("ui::Guidance", "When upgrading to a release after v%1:")},
    };
    QStringList parts;
    for (const Comparison &one : condition)
        parts.append(said(patterns[int(one.subject)][int(one.relation)]).arg(one.version));
    return parts.join(u' ');
}

QString unknownNamesText()
{
    return QCoreApplication::translate("ui::Guidance", "Names in <angle brackets> are not known here: put yours in.");
}

QString kindText(const guidance::Page &page)
{
    if (page.kind == PageKind::KnownIssue)
        return QCoreApplication::translate("ui::Guidance", "Known issue %1").arg(page.id);
    return {};
}

QString kindTitle(PageKind kind)
{
    switch (kind) {
    case PageKind::Phase:
        return QCoreApplication::translate("ui::Guidance", "Phases");
    case PageKind::Operation:
        return QCoreApplication::translate("ui::Guidance", "Common operations");
    case PageKind::KnownIssue:
        return QCoreApplication::translate("ui::Guidance", "Known issues");
    case PageKind::Overview:
        break;
    }
    return QCoreApplication::translate("ui::Guidance", "Overview");
}

QString releasesText(const guidance::Page &page)
{
    return QCoreApplication::translate("ui::Guidance", "From %1 to %2", "releases")
        .arg(releases(page.from), releases(page.to));
}

QString otherReleasesText(const guidance::Versions &versions)
{
    const QString way = versions.to.isEmpty() ? versions.from : u"%1 → %2"_s.arg(versions.from, versions.to);
    return QCoreApplication::translate("ui::Guidance", "Not reported for this cluster's releases (%1).").arg(way);
}

QString restartText(Restart restart)
{
    switch (restart) {
    case Restart::Yes:
        return QCoreApplication::translate("ui::Guidance", "Restarting the upgrade: allowed");
    case Restart::AfterBundle:
        return QCoreApplication::translate("ui::Guidance", "Restarting the upgrade: only after a support bundle");
    case Restart::No:
        return QCoreApplication::translate("ui::Guidance", "Restarting the upgrade: never without SUSE support");
    case Restart::NotNeeded:
        return QCoreApplication::translate("ui::Guidance", "Restarting the upgrade: not needed");
    case Restart::Unsaid:
        break;
    }
    return {};
}

QString knownIssuesTitle(const guidance::Versions &versions)
{
    if (versions.from.isEmpty() || versions.to.isEmpty())
        return kindTitle(PageKind::KnownIssue);
    return QCoreApplication::translate("ui::Guidance", "Known issues, %1 → %2").arg(versions.from, versions.to);
}

QString otherIssuesTitle()
{
    return QCoreApplication::translate("ui::Guidance", "Known issues of other releases");
}

QString seeAlsoTitle()
{
    return QCoreApplication::translate("ui::Guidance", "See also");
}

QString contentsTitle()
{
    return QCoreApplication::translate("ui::Guidance", "Contents");
}

QString foundTitle(int pages)
{
    return QCoreApplication::translate("ui::Guidance", "%n page(s) found", nullptr, pages);
}

QString nothingFoundTitle(const QString &query)
{
    return QCoreApplication::translate("ui::Guidance", "Nothing about “%1”").arg(query);
}

QString nothingFoundText()
{
    return QCoreApplication::translate("ui::Guidance", "Try fewer words, or a word of the log or the message.");
}

} // namespace ui
