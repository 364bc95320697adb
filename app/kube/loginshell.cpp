// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/loginshell.h"

#include <QDir>
#include <QMutex>
#include <QTimer>

#include <chrono>

namespace kube {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto patience = 3s;
constexpr qsizetype longestAnswer = 256 * 1024;
// Start files may print whatever they like; ours is between the marks.
const QByteArray openMark = QByteArrayLiteral("<gleaner-path>");
const QByteArray closeMark = QByteArrayLiteral("</gleaner-path>");

struct Answer {
    QMutex mutex;
    std::optional<QString> path;
};
Answer &answer()
{
    static Answer shared;
    return shared;
}

QString pathIn(const QByteArray &output)
{
    const qsizetype from = output.lastIndexOf(openMark);
    const qsizetype to = output.lastIndexOf(closeMark);
    if (from < 0 || to < from)
        return {};
    const qsizetype begin = from + openMark.size();
    return QString::fromLocal8Bit(output.mid(begin, to - begin));
}

} // namespace

std::optional<QString> LoginShell::path()
{
    const QMutexLocker lock(&answer().mutex);
    return answer().path;
}

void LoginShell::forget()
{
    const QMutexLocker lock(&answer().mutex);
    answer().path.reset();
}

std::shared_ptr<LoginShell> LoginShell::ask()
{
    static thread_local std::weak_ptr<LoginShell> current;
    std::shared_ptr<LoginShell> shell = current.lock();
    if (!shell || shell->m_done) {
        shell.reset(new LoginShell);
        current = shell;
    }
    return shell;
}

LoginShell::LoginShell()
{
#ifdef Q_OS_UNIX
    m_process.reset(new QProcess);
    makeUnattended(*m_process);
    m_process->setStandardErrorFile(QProcess::nullDevice());
    const QString shell = qEnvironmentVariable("SHELL", u"/bin/sh"_s);
    m_process->setProgram(QDir::isAbsolutePath(shell) ? shell : u"/bin/sh"_s);
    const QString script
        = u"printf '%s%s%s' '%1' \"$PATH\" '%2'"_s.arg(QString::fromLatin1(openMark), QString::fromLatin1(closeMark));
    m_process->setArguments({u"-lc"_s, script});
    QProcess *process = m_process.get();
    connect(process, &QProcess::readyReadStandardOutput, this, [process] {
        if (process->bytesAvailable() > longestAnswer)
            killGroup(*process);
    });
    connect(process, &QProcess::finished, this, [this, process] { finish(pathIn(process->readAllStandardOutput())); });
    connect(process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            finish({});
    });
    QTimer::singleShot(patience, this, [process] { killGroup(*process); });
    process->start(QIODevice::ReadOnly);
#else
    QTimer::singleShot(0, this, [this] { finish({}); }); // programs have the whole PATH there
#endif
}

LoginShell::~LoginShell() = default;

void LoginShell::finish(const QString &path)
{
    if (std::exchange(m_done, true))
        return;
    {
        const QMutexLocker lock(&answer().mutex);
        answer().path = path;
    }
    // Later: a failed start is told from inside start(), and who hears this may let go of us.
    QMetaObject::invokeMethod(this, &LoginShell::answered, Qt::QueuedConnection);
}

QStringList searchFolders(const QString &own, const QString &login)
{
    QStringList folders;
    for (const QString &path : {own, login}) {
        for (const QString &folder : path.split(QDir::listSeparator(), Qt::SkipEmptyParts)) {
            if (QDir::isAbsolutePath(folder) && !folders.contains(folder))
                folders += folder;
        }
    }
    return folders;
}

} // namespace kube
