// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/checkverb.h"

#include "cli/choosecontext.h"
#include "cli/console.h"
#include "cli/interrupt.h"
#include "restart/prechecktext.h"
#include "session/checkrunner.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QTimer>

#include <unistd.h>

namespace cli {

using namespace Qt::StringLiterals;
using restart::Outcome;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

QString sign(Outcome outcome)
{
    switch (outcome) {
    case Outcome::Pass:
        return u"✓"_s;
    case Outcome::Warn:
        return u"!"_s;
    case Outcome::Fail:
        return u"✗"_s;
    case Outcome::CouldNotCheck:
        return u"?"_s;
    }
    return {};
}

void addResult(const restart::CheckResult &result, int width, QStringList &lines)
{
    const QString head
        = u"  %1 %2 %3"_s.arg(sign(result.outcome), result.id.leftJustified(4), restart::checkTitle(result.id));
    if (result.outcome == Outcome::Pass) {
        lines += wrapped(head, width, 9);
        return;
    }
    lines += wrapped(
        head + u" · "_s + restart::outcomeTitle(result.outcome) + u" · "_s + restart::severityTitle(result.severity),
        width, 9);
    for (const restart::CheckObject &object : result.objects)
        lines += wrapped(u"         "_s + plain(restart::objectText(object)), width, 11);
    if (!result.why.isEmpty())
        lines += wrapped(u"         "_s + plain(restart::whyText(result.why)), width, 11);
    if (const QString remedy = restart::checkRemedy(result.id);
        !remedy.isEmpty() && result.outcome != Outcome::CouldNotCheck)
        lines += wrapped(u"         → "_s + remedy, width, 11);
}

QByteArray progressLine(const session::CheckState &checks)
{
    return tr("Checking: %1 of %2 requests answered").arg(checks.fetched).arg(checks.toFetch).toUtf8();
}

/// One line that is written over, on a terminal only: stdout stays clean.
class Progress {
public:
    void show(const session::CheckState &checks)
    {
        if (!m_terminal)
            return;
        const QByteArray line = '\r' + progressLine(checks) + "\x1b[K";
        m_shown = ::write(STDERR_FILENO, line.constData(), size_t(line.size())) > 0;
    }
    void clear()
    {
        if (std::exchange(m_shown, false))
            m_shown = ::write(STDERR_FILENO, "\r\x1b[K", 4) < 0;
    }

private:
    bool m_terminal = ::isatty(STDERR_FILENO) == 1;
    bool m_shown = false;
};

} // namespace

QStringList printChecks(const session::CheckState &checks, int width)
{
    QStringList lines;
    const restart::Intent &intent = checks.intent;
    if (intent.target.isEmpty())
        lines.append(tr("From %1 to: no version").arg(plain(intent.source)));
    else
        lines.append(plain(intent.source) + u" → "_s + plain(intent.target));
    lines += wrapped(restart::serverTitle(checks.server.kind)
            + (checks.server.text.isEmpty() ? QString() : u": "_s + plain(restart::whyText(checks.server.text))),
        width, 2);
    for (const QString &group : {u"webhook"_s, u"script"_s, u"release"_s}) {
        lines += {QString(), restart::groupTitle(group)};
        for (const Outcome outcome : {Outcome::Fail, Outcome::CouldNotCheck, Outcome::Warn, Outcome::Pass}) {
            for (const restart::CheckResult &result : checks.results) {
                if (result.outcome == outcome && restart::groupOf(result.id) == group)
                    addResult(result, width, lines);
            }
        }
    }
    lines += {QString(), restart::groupTitle(u"node"_s)};
    for (const restart::NodeCheck &check : restart::nodeChecks()) {
        lines += wrapped(u"  · %1 %2"_s.arg(check.id.leftJustified(4), restart::checkTitle(check.id)), width, 9);
        lines.append(u"         $ "_s + check.command); // whole: it is to be copied
    }
    int counts[4]{};
    for (const restart::CheckResult &result : checks.results)
        ++counts[int(result.outcome)];
    lines += {QString(),
        tr("%1 passed, %2 with a warning, %3 failed, %4 could not be checked")
            .arg(counts[int(Outcome::Pass)])
            .arg(counts[int(Outcome::Warn)])
            .arg(counts[int(Outcome::Fail)])
            .arg(counts[int(Outcome::CouldNotCheck)])};
    return lines;
}

Exit runCheck(const Arguments &arguments)
{
    const auto config = chooseContext(arguments);
    if (!config)
        return config.error();
    kube::ClientOptions options;
    options.execConsent = true; // the call itself is the consent
    options.execTimeout = arguments.execTimeout;
    options.callTimeout = arguments.timeout;
    kube::Client client(*config, options);
    session::CheckRunner runner(client, [] { return QDateTime::currentDateTimeUtc(); });
    Progress progress;
    Interrupt interrupt;
    QObject::connect(
        &interrupt, &Interrupt::interrupted, &runner, [] { QCoreApplication::exit(int(Exit::Interrupted)); });
    QObject::connect(&runner, &session::CheckRunner::changed, &runner, [&] {
        if (runner.state().running)
            progress.show(runner.state());
    });
    QObject::connect(
        &runner, &session::CheckRunner::finished, &runner,
        [&] {
            progress.clear();
            const session::CheckState &checks = runner.state();
            if (arguments.json) {
                QJsonObject json = restart::toJson(checks.results, checks.intent, checks.server);
                json.insert(u"context"_s, config->contextName);
                out(QString::fromUtf8(QJsonDocument(json).toJson().trimmed()));
            } else {
                for (const QString &line : printChecks(checks, outputWidth()))
                    out(line);
            }
            const bool blocked = !restart::nothingBlocks(checks.results, checks.server);
            QCoreApplication::exit(int(arguments.exitCode && blocked ? Exit::No : Exit::Told));
        },
        Qt::QueuedConnection);
    // Whoever cannot be reached need not be asked fifty things.
    client.version(&runner, [&](const kube::Result<kube::ServerVersion> &version) {
        if (version || version.error().kind == kube::ErrorKind::Forbidden) {
            runner.start({arguments.target, {}});
            return;
        }
        explain(version.error());
        QCoreApplication::exit(int(exitFor(version.error())));
    });
    return Exit(QCoreApplication::exec());
}

} // namespace cli
