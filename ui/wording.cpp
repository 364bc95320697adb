// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/wording.h"

#include "upgrade/boardtext.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;

QString elapsed(const QDateTime &from, const QDateTime &to)
{
    if (!from.isValid() || !to.isValid())
        return {};
    return upgrade::durationText(std::chrono::seconds(std::max<qint64>(0, from.secsTo(to))));
}

QString absoluteTime(const QDateTime &time)
{
    if (!time.isValid())
        return {};
    const QDateTime local = time.toLocalTime();
    const int offset = local.offsetFromUtc() / 60;
    const QString zone = offset == 0 ? u"UTC"_s
                                     : u"UTC%1%2:%3"_s.arg(offset < 0 ? u"−"_s : u"+"_s)
                                           .arg(std::abs(offset) / 60, 2, 10, QLatin1Char('0'))
                                           .arg(std::abs(offset) % 60, 2, 10, QLatin1Char('0'));
    return u"%1 %2"_s.arg(local.toString(u"yyyy-MM-dd HH:mm:ss"_s), zone);
}

QString change(const QString &from, const QString &to)
{
    if (from.isEmpty() || to.isEmpty() || from == to)
        return from.isEmpty() ? to : from;
    // "Harvester v1.8.2 → v1.9.0": the words both share are said once.
    const qsizetype space = from.lastIndexOf(u' ');
    const bool shared = space > 0 && to.startsWith(QStringView(from).left(space + 1));
    return u"%1 → %2"_s.arg(from, shared ? to.mid(space + 1) : to);
}

QString shown(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        const char16_t u = c.unicode();
        if (u < 0x20 && u != u'\t')
            c = QChar(0x2400 + u);
        else if (u == 0x7f)
            c = QChar(0x2421);
        else if ((u >= 0x80 && u < 0xa0) || (u >= 0x202a && u <= 0x202e) || (u >= 0x2066 && u <= 0x2069) || u == 0x200e
            || u == 0x200f || u == 0x2028 || u == 0x2029)
            c = QChar(0xfffd);
    }
    return result;
}

QString tip(const QStringList &lines)
{
    QStringList parts;
    for (const QString &line : lines) {
        if (!line.isEmpty())
            parts.append(shown(line).toHtmlEscaped());
    }
    return parts.isEmpty() ? QString() : u"<p style='white-space:pre-wrap'>%1</p>"_s.arg(parts.join(u"<br>"_s));
}

QString percent(double fraction)
{
    if (fraction < 0)
        return {};
    return QCoreApplication::translate("ui", "%1 %", "a percentage; %1 is a whole number")
        .arg(int(std::floor(std::min(fraction, 1.0) * 100)));
}

QString phaseState(const upgrade::Phase &phase)
{
    if (phase.skipped)
        return QCoreApplication::translate("ui", "Skipped");
    if (phase.afterFailure && phase.state == upgrade::State::Succeeded)
        return QCoreApplication::translate("ui", "Put back", "a failed upgrade's changes; state of the cleanup phase");
    if (phase.afterFailure && phase.state == upgrade::State::Running)
        return QCoreApplication::translate("ui", "Putting back", "a failed upgrade's changes; state of the cleanup");
    return upgrade::stateTitle(phase.state);
}

QString stateLine(const upgrade::Phase &phase, const QDateTime &now)
{
    QString line = phaseState(phase);
    const bool going = phase.state == upgrade::State::Running || phase.state == upgrade::State::Stuck
        || phase.state == upgrade::State::Paused;
    if (going && phase.fraction >= 0)
        line += u" "_s + percent(phase.fraction);
    const QString time = elapsed(phase.started, phase.finished.isValid() ? phase.finished : going ? now : QDateTime());
    return time.isEmpty() ? line : line + u" · "_s + time;
}

QString pipWords(const upgrade::NodeRow &node)
{
    const auto word = [](upgrade::Tri value) {
        switch (value) {
        case upgrade::Tri::Yes:
            return QCoreApplication::translate("ui", "yes");
        case upgrade::Tri::No:
            return QCoreApplication::translate("ui", "no");
        case upgrade::Tri::Unknown:
            break;
        }
        return QCoreApplication::translate("ui", "not known");
    };
    return QCoreApplication::translate(
        "ui", "Preloaded: %1\nPre-drained: %2\nRKE2 runtime: %3\nOperating system: %4\nBack: %5")
        .arg(word(node.preloaded), word(node.preDrained), word(node.runtimeUpgraded), word(node.systemUpgraded),
            word(node.back));
}

QString nodeState(const upgrade::NodeRow &node)
{
    return node.stateText.isEmpty() ? upgrade::stateTitle(node.state) : upgrade::nodeStateTitle(node.stateText);
}

} // namespace ui
