// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "restart/proceduretext.h"

#include <QCoreApplication>
#include <QHash>

using namespace Qt::StringLiterals;

namespace restart {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("restart", text);
}

} // namespace

QString stepTitle(Step step)
{
    switch (step) {
    case Step::Review:
        return tr("What will happen");
    case Step::Evidence:
        return tr("Collect evidence");
    case Step::Checks:
        return tr("Check before the new attempt");
    case Step::Confirm:
        return tr("Confirm");
    case Step::Provisioned:
        return tr("Look once more");
    case Step::Delete:
        return tr("Delete the Upgrade");
    case Step::WaitGone:
        return tr("Wait until the Upgrade is gone");
    case Step::Leftovers:
        return tr("Look for what was left behind");
    case Step::Charts:
        return tr("Resume paused charts");
    case Step::ChartsReady:
        return tr("Wait until the charts are ready");
    case Step::Sanity:
        return tr("Look whether the cluster is clean");
    case Step::StartChoice:
        return tr("Stopped");
    case Step::Version:
        return tr("Provide the version");
    case Step::Image:
        return tr("Upload the image again");
    case Step::DryRun:
        return tr("Ask the cluster whether it would accept the new upgrade");
    case Step::Create:
        return tr("Create the new upgrade");
    case Step::Watch:
        return tr("Wait until Harvester has taken it up");
    case Step::Done:
        return tr("The new upgrade is under way");
    case Step::StoppedHere:
        return tr("Ended after the deletion");
    case Step::Closed:
        return tr("Not possible");
    }
    return {};
}

QString problemText(const upgrade::Message &problem)
{
    static const QHash<QString, const char *> patterns{
        {u"engine-v2"_s,
            QT_TRANSLATE_NOOP(
                "restart", "This upgrade is run by the upgrade manager (V2); Gleaner does not restart those")},
        {u"cancelled"_s, QT_TRANSLATE_NOOP("restart", "Cancelled; nothing was changed")},
        {u"replaced"_s, QT_TRANSLATE_NOOP("restart", "There is another Upgrade now; nothing was deleted")},
        {u"changed"_s,
            QT_TRANSLATE_NOOP(
                "restart", "The Upgrade changed meanwhile; nothing was deleted. Look again and confirm anew")},
        {u"wrong-name"_s, QT_TRANSLATE_NOOP("restart", "That is not the Upgrade's name")},
        {u"bundle-missing"_s, QT_TRANSLATE_NOOP("restart", "Evidence has to be collected first")},
        {u"no-spec"_s, QT_TRANSLATE_NOOP("restart", "The Upgrade names neither a version nor an image")},
        {u"interrupted"_s,
            QT_TRANSLATE_NOOP("restart", "This was interrupted. What had not happened yet has to be confirmed anew")},
        {u"another-upgrade"_s, QT_TRANSLATE_NOOP("restart", "Somebody has started another upgrade: %1")},
        {u"verdict"_s, QT_TRANSLATE_NOOP("restart", "The verdict does not allow it (%1)")},
        {u"access"_s, QT_TRANSLATE_NOOP("restart", "You are not allowed to do this: %1")},
        {u"refused"_s, QT_TRANSLATE_NOOP("restart", "The cluster refused: %1")},
        {u"no-answer"_s, QT_TRANSLATE_NOOP("restart", "No usable answer: %2")},
        {u"checks"_s, QT_TRANSLATE_NOOP("restart", "A check fails: %1")},
        {u"provisioning"_s,
            QT_TRANSLATE_NOOP("restart", "Cluster fleet-local/local is provisioning: wait until it is Provisioned")},
        {u"finalizer-slow"_s,
            QT_TRANSLATE_NOOP("restart",
                "Harvester has not finished the deletion in %1 min. Look at Plan skip-manifests-remove and the "
                "harvester pods. Never remove the finalizer")},
        {u"not-clean"_s,
            QT_TRANSLATE_NOOP("restart", "Left from the stopped upgrade: %1. Look at it before a new one is started")},
        {u"chart-not-ready"_s, QT_TRANSLATE_NOOP("restart", "ManagedChart %1 does not become ready")},
        {u"not-taken-up"_s, QT_TRANSLATE_NOOP("restart", "Harvester has not taken up %1 within a minute")},
    };
    const char *pattern = patterns.value(problem.code);
    if (!pattern)
        return (QStringList{problem.code} + problem.args).join(u' ');
    // A server's words may contain "%1": put in one pass.
    const QString text = tr(pattern);
    QString out;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const int place = text.at(i) == u'%' && i + 1 < text.size() ? text.at(i + 1).digitValue() : -1;
        if (place < 1) {
            out += text.at(i);
            continue;
        }
        out += problem.args.value(place - 1);
        ++i;
    }
    return out;
}

} // namespace restart
