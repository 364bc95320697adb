// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/logsaver.h"

#include <QSaveFile>

#include <algorithm>

namespace ui {

using namespace std::chrono_literals;

LogSaver::LogSaver(QObject *parent)
    : QObject(parent)
{
    m_timer.setInterval(50ms);
    connect(&m_timer, &QTimer::timeout, this, &LogSaver::look);
}

LogSaver::~LogSaver()
{
    cancel();
    if (m_thread.joinable())
        m_thread.join();
}

bool LogSaver::start(const logs::ContentPointer &content, const QString &path, logs::TextOptions options)
{
    if (m_job || !content)
        return false;
    m_path = path;
    m_total = content->rowCount();
    m_job = std::make_shared<Job>();
    m_thread = std::thread([job = m_job, content, path, options] {
        constexpr qint64 rowsAtOnce = 16 * 1024;
        QSaveFile file(path);
        bool whole = file.open(QIODevice::WriteOnly);
        const qint64 rows = content->rowCount();
        for (qint64 row = 0; whole && row < rows; row += rowsAtOnce) {
            whole = logs::writeText(
                *content, row, std::min(row + rowsAtOnce, rows), options,
                [&](QByteArrayView piece) { return file.write(piece.data(), piece.size()) == piece.size(); },
                job->stop);
            job->rows = row;
        }
        if (whole && !job->stop)
            job->saved = file.commit();
        else
            file.cancelWriting();
        if (!job->saved && !job->stop) {
            job->error
                = file.error() != QFileDevice::NoError ? file.errorString() : tr("The log changed while it was read");
        }
        job->done = true;
    });
    m_timer.start();
    emit progressed();
    return true;
}

void LogSaver::cancel()
{
    if (m_job)
        m_job->stop = true;
}

double LogSaver::progress() const
{
    return m_job && m_total > 0 ? std::min(1.0, double(m_job->rows) / double(m_total)) : 0;
}

void LogSaver::look()
{
    if (!m_job->done) {
        emit progressed();
        return;
    }
    m_timer.stop();
    m_thread.join();
    const std::shared_ptr<Job> job = std::exchange(m_job, nullptr);
    emit finished(job->saved, job->error);
}

} // namespace ui
