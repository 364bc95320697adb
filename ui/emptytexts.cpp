// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/emptytexts.h"

#include "ui/headline.h"
#include "ui/historylink.h"
#include "ui/keeping.h"
#include "ui/wording.h"

#include <QCoreApplication>

namespace ui {

using namespace Qt::StringLiterals;
using session::Connection;

namespace {

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("ui", text, comment, n);
}

QStringList problemLines(const QList<kube::ConfigProblem> &problems)
{
    QStringList lines;
    for (const kube::ConfigProblem &problem : problems) {
        QString line = u"• "_s + shown(problem.text());
        if (!problem.hint.isEmpty())
            line += u"\n   "_s + shown(problem.hint);
        lines.append(line);
        if (lines.size() == 8 && problems.size() > 9) {
            lines.append(tr("… and %n more", nullptr, int(problems.size()) - 8));
            break;
        }
    }
    return lines;
}

/// Files as a sentence names them; many are counted, not listed.
QString fileWords(const QStringList &files)
{
    if (files.isEmpty())
        return u"~/.kube/config"_s;
    return files.size() <= 3
        ? files.join(u", "_s)
        : tr("%1 and %n more file(s)", nullptr, int(files.size()) - 2).arg(files.mid(0, 2).join(u", "_s));
}

EmptyText noContexts(const kube::Kubeconfig &kubeconfig)
{
    EmptyText text;
    text.icon = u"clusters"_s;
    if (kubeconfig.problems.isEmpty()) {
        text.title = tr("No kubeconfig yet");
        text.body = tr("Gleaner reaches clusters through kubeconfig files. None was found in %1. In Harvester, "
                       "“Download KubeConfig” is "
                       "on the Support page; on a node it is /etc/rancher/rke2/rke2.yaml.")
                        .arg(fileWords(kubeconfig.files));
    } else {
        text.icon = u"file"_s;
        text.title = tr("No cluster can be used");
        text.body = tr("The kubeconfig was read, but nothing in it can be connected. Correct it; changes are noticed "
                       "by themselves.");
        text.list = problemLines(kubeconfig.problems);
    }
    text.buttons = {{tr("Open kubeconfig…"), emptyaction::openFile}, {tr("Try the demo"), emptyaction::demo}};
    return text;
}

} // namespace

std::optional<EmptyText> emptyTextFor(const kube::Kubeconfig &kubeconfig, bool loaded, const kube::Context *context,
    bool connected, const session::ClusterState &state, const QString &missing)
{
    EmptyText text;
    if (!loaded) {
        text.icon = u"clusters"_s;
        text.title = tr("Reading the kubeconfig");
        return text;
    }
    if (kubeconfig.contexts.isEmpty())
        return noContexts(kubeconfig);
    if (!context && !missing.isEmpty()) {
        text.icon = u"clusters"_s;
        text.title = tr("There is no context “%1”").arg(shown(missing));
        text.body = tr("It was asked for when Gleaner was started, but %1 does not have it. Choose a cluster in the "
                       "list; when the context is added to the file, it opens by itself.")
                        .arg(fileWords(kubeconfig.files));
        text.buttons
            = {{tr("Reload kubeconfig"), emptyaction::reload}, {tr("Open kubeconfig…"), emptyaction::openFile}};
        return text;
    }
    if (!context) {
        text.icon = u"clusters"_s;
        text.title = tr("Choose a cluster");
        text.body = tr("Click a cluster in the list to connect to it. Nothing is contacted before that.");
        return text;
    }
    if (!context->config) {
        text.icon = u"file"_s;
        text.title = tr("%1 cannot be used").arg(context->name);
        text.body = tr("Its kubeconfig entry has problems. Correct the file; changes are noticed by themselves.");
        text.list = problemLines(context->problems);
        text.buttons = {{tr("Reload kubeconfig"), emptyaction::reload}};
        return text;
    }
    if (!connected) {
        text.icon = u"connect"_s;
        text.title = tr("%1 is not connected").arg(context->name);
        text.body = tr("Server %1").arg(context->server);
        text.buttons = {{tr("Connect to %1").arg(context->name), emptyaction::connectIt}};
        return text;
    }
    switch (state.board.presence) {
    case upgrade::Board::Presence::NotHarvester:
        text.icon = u"info"_s;
        text.title = tr("%1 is not a Harvester cluster").arg(context->name);
        text.body = tr("The server answers, but has no API group harvesterhci.io. In a kubeconfig from Rancher, choose "
                       "the context of the "
                       "Harvester cluster itself.");
        text.list = state.connection.serverVersion.isEmpty()
            ? QStringList()
            : QStringList{u"Kubernetes %1"_s.arg(state.connection.serverVersion)};
        return text;
    case upgrade::Board::Presence::Loading:
        break;
    case upgrade::Board::Presence::NoUpgrade:
    case upgrade::Board::Presence::Upgrade:
        return std::nullopt;
    }
    text.icon = u"connect"_s;
    switch (state.connection.state) {
    case Connection::State::Connecting:
    case Connection::State::Online:
    case Connection::State::Degraded:
    case Connection::State::Idle:
        text.title = tr("Connecting to %1").arg(context->name);
        text.body = state.connection.activity.isEmpty() ? tr("Server %1").arg(context->server)
                                                        : shown(state.connection.activity);
        text.buttons = {{tr("Cancel"), emptyaction::disconnectIt}};
        break;
    case Connection::State::NeedsConsent:
        text.icon = u"key"_s;
        text.title = tr("%1 waits for your consent").arg(context->name);
        text.body = tr("Nothing was run yet.");
        break;
    case Connection::State::NeedsLogin:
    case Connection::State::Failed:
    case Connection::State::Offline:
        text.icon = u"disconnect"_s;
        text.title = connectionWord(state.connection.state);
        text.body = tr("There is no earlier board of %1 to show.").arg(context->name);
        break;
    }
    return text;
}

namespace {

std::optional<EmptyText> emptyTextForBundle(const HistoryLink &link)
{
    const session::PastUpgrade &past = link.past();
    if (past.bundle && past.bundle->hasBoard && link.state().pastMoment.isValid())
        return std::nullopt;
    EmptyText text;
    text.icon = u"file"_s;
    text.buttons = {{tr("Close the bundle"), emptyaction::leavePast}};
    if (past.bundleError) {
        text.title = tr("This bundle cannot be read");
        text.body = shown(past.bundleError->text());
    } else if (past.bundle && !past.bundle->hasBoard) {
        text.title = tr("There is no board in this bundle");
        text.body
            = tr("It has no Upgrade object, so where the upgrade stands is not known. What its objects and logs say is "
                 "printed by the command below.");
        text.list = {tr("%n object(s)", nullptr, int(past.bundle->objects)),
            tr("%n log(s)", nullptr, int(past.bundle->logs)), u"gleaner diagnose "_s + shown(homely(link.folder()))};
    } else {
        text.title = tr("Opening the bundle");
        text.body = shown(homely(link.folder()));
        text.buttons = {{tr("Cancel"), emptyaction::leavePast}};
    }
    return text;
}

} // namespace

std::optional<EmptyText> emptyTextForPast(const HistoryLink &link)
{
    if (link.isBundle())
        return emptyTextForBundle(link);
    // The first answers of a cluster are a board without anything on it.
    const upgrade::Board &board = link.state().board;
    const bool known = board.presence != upgrade::Board::Presence::Loading
        && (board.presence != upgrade::Board::Presence::NoUpgrade || !board.nodes.isEmpty());
    if (link.state().pastMoment.isValid() && known)
        return std::nullopt;
    EmptyText text;
    text.icon = u"clock"_s;
    if (link.state().pastMoment.isValid()) {
        text.title = tr("Nothing was known yet at this moment");
        text.body = tr("Gleaner had just been connected and was still reading the cluster. Choose a later moment.");
        return text;
    }
    if (link.past().error) {
        text.icon = u"file"_s;
        text.title = tr("This past upgrade cannot be read");
        text.body = shown(u"%1: %2"_s.arg(homely(link.past().error->path), link.past().error->message));
        text.buttons = {{tr("Close the past upgrade"), emptyaction::leavePast}};
    } else if (link.isOpen() && !link.past().last.isValid()) {
        text.title = tr("There is no board of this upgrade");
        text.body = tr("No history of its objects was kept. Logs that were kept are files in %1.")
                        .arg(shown(homely(link.folder())));
        text.buttons = {{tr("Close the past upgrade"), emptyaction::leavePast}};
    } else {
        text.title = tr("Opening the past upgrade");
        text.buttons = {{tr("Cancel"), emptyaction::leavePast}};
    }
    return text;
}

} // namespace ui
