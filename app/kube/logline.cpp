// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/logline.h"

#include <QCoreApplication>

namespace kube {

QString logEndText(const QByteArray &code)
{
    if (code == logEndPodGone)
        return QCoreApplication::translate("kube::LogFollower", "The pod is gone");
    if (code == logEndPodReplaced)
        return QCoreApplication::translate("kube::LogFollower", "The pod was replaced by another of the same name");
    if (code == logEndNeverRan)
        return QCoreApplication::translate("kube::LogFollower", "The container never ran");
    const QByteArrayView mark = ", exit code ";
    const qsizetype at = code.lastIndexOf(mark);
    bool isNumber = false;
    const int exitCode = at < 0 ? 0 : code.mid(at + mark.size()).toInt(&isNumber);
    if (!isNumber)
        return QString::fromUtf8(code);
    //: %1 the runtime's own word for how a container ended, such as Completed, Error or OOMKilled
    return QCoreApplication::translate("kube::LogFollower", "%1, exit code %2")
        .arg(QString::fromUtf8(code.first(at)))
        .arg(exitCode);
}

} // namespace kube
