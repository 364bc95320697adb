// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/logline.h"
#include "logs/stamp.h"
#include "ui/logline.h"
#include "ui/wording.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <QTimeZone>

namespace ui {

using namespace Qt::StringLiterals;

QString dividerText(const logs::Row &row, const QString &source)
{
    using Kind = logs::Divider::Kind;
    const auto say = [](const char *text) { return QCoreApplication::translate("ui::LogView", text); };
    const QString words = shown(row.divider.text);
    switch (row.divider.kind) {
    case Kind::None:
        break;
    case Kind::Source:
        return say(QT_TRANSLATE_NOOP("ui::LogView", "Pod %1")).arg(source);
    case Kind::Restart:
        return source.isEmpty() ? say(QT_TRANSLATE_NOOP("ui::LogView", "Container restarted"))
                                : say(QT_TRANSLATE_NOOP("ui::LogView", "Container restarted: %1")).arg(source);
    case Kind::Reconnected:
        return say(QT_TRANSLATE_NOOP("ui::LogView", "Reconnected; no line is missing"));
    case Kind::Gap:
        return say(QT_TRANSLATE_NOOP(
            "ui::LogView", "Lines may be missing here: the log was rotated or the earlier container is gone"));
    case Kind::Cut:
        return say(QT_TRANSLATE_NOOP("ui::LogView", "The line above was longer than can be kept; its end is missing"));
    case Kind::Ended: {
        const QString reason = shown(kube::logEndText(row.divider.text.toUtf8()));
        if (reason.isEmpty())
            return say(QT_TRANSLATE_NOOP("ui::LogView", "Container ended: %1")).arg(source);
        return say(QT_TRANSLATE_NOOP("ui::LogView", "Container ended: %1, %2")).arg(source, reason);
    }
    case Kind::Dropped: {
        bool isNumber = false;
        const qlonglong count = row.divider.text.toLongLong(&isNumber);
        if (isNumber)
            return say(
                QT_TRANSLATE_NOOP("ui::LogView", "%1 lines were here; they went over the limit and are not kept"))
                .arg(QLocale().toString(count));
        return say(QT_TRANSLATE_NOOP("ui::LogView", "Lines were here; they went over the limit and are not kept"));
    }
    case Kind::Replaced:
        return say(QT_TRANSLATE_NOOP("ui::LogView", "The file was replaced; it is read from its begin"));
    }
    return words;
}

QString timeText(const QByteArray &stamp, LogTimes times, qint64 zero)
{
    if (times == LogTimes::Off || stamp.isEmpty())
        return {};
    const std::optional<qint64> nanoseconds = logs::stampTime(stamp);
    if (!nanoseconds)
        return QString::fromLatin1(stamp.left(23));
    if (times == LogTimes::Relative) {
        const qint64 ms = (*nanoseconds - zero) / 1'000'000;
        const qint64 size = std::abs(ms);
        return u"%1%2:%3:%4.%5"_s.arg(QChar(ms < 0 ? u'-' : u'+'))
            .arg(size / 3'600'000)
            .arg(size / 60'000 % 60, 2, 10, '0'_L1)
            .arg(size / 1000 % 60, 2, 10, '0'_L1)
            .arg(size % 1000, 3, 10, '0'_L1);
    }
    const QDateTime utc = QDateTime::fromMSecsSinceEpoch(*nanoseconds / 1'000'000, QTimeZone::UTC);
    const QString format = u"MM-dd HH:mm:ss.zzz"_s;
    return times == LogTimes::Utc ? utc.toString(format) + u'Z' : utc.toLocalTime().toString(format);
}

QString timeSample(LogTimes times)
{
    switch (times) {
    case LogTimes::Off:
        break;
    case LogTimes::Relative:
        return u"+00:00:00.000"_s;
    case LogTimes::Local:
        return u"00-00 00:00:00.000"_s;
    case LogTimes::Utc:
        return u"00-00 00:00:00.000Z"_s;
    }
    return {};
}

} // namespace ui
