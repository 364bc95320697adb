// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/logoutput.h"

#include "cli/console.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <cerrno>

namespace cli {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 rowsAtOnce = 8192;

LogFormat formatOf(const Arguments &arguments, const QDateTime &now)
{
    LogFormat format;
    format.json = arguments.json;
    format.timestamps = arguments.timestamps;
    format.visible = !arguments.json && outIsTerminal();
    const QDateTime since = arguments.sinceAgo ? now.addMSecs(-arguments.sinceAgo->count()) : arguments.sinceTime;
    if (since.isValid())
        format.since = since.toMSecsSinceEpoch() * 1'000'000;
    return format;
}

logs::JobDocument::Source documentSource(const LogSource &source)
{
    return {source.path, source.key.pod + u'/' + source.key.container};
}

} // namespace

LogOutput::LogOutput(const Arguments &arguments, const QDateTime &now, QObject *parent)
    : QObject(parent)
    , m_follow(arguments.follow)
    , m_onePod(!arguments.pod.isEmpty())
    , m_printer(std::make_unique<LogPrinter>(formatOf(arguments, now),
          [this](QByteArrayView bytes) {
              m_written = outBytes(bytes);
              return m_written == Written::Yes;
          }))
    , m_again(this)
{
    m_again.setSingleShot(true);
    connect(&m_again, &QTimer::timeout, this, &LogOutput::pump);
}

LogOutput::~LogOutput() = default;

void LogOutput::add(const QList<LogSource> &sources)
{
    for (const LogSource &source : sources) {
        const auto same = [&](const LogSource &one) { return one.path == source.path; };
        if (source.path.isEmpty() || std::ranges::any_of(m_sources, same))
            continue;
        const QFileInfo file(source.path);
        if (!file.exists())
            continue; // its first line is still to come
        m_sources.append(source);
        m_sizes.append(file.size());
        m_printer->setSources(m_sources);
        if (m_document)
            m_document->addSource(documentSource(source));
    }
    // With more to come, lines must say from the first on whose they are.
    m_printer->setNames(m_sources.size() > 1 || (m_follow && !m_onePod));
}

void LogOutput::start()
{
    // All at once: those that the document is made with are merged by time from their first lines on.
    QList<logs::JobDocument::Source> sources;
    for (const LogSource &source : std::as_const(m_sources))
        sources.append(documentSource(source));
    m_document = std::make_unique<logs::JobDocument>(sources);
    connect(m_document.get(), &logs::Document::grew, this, &LogOutput::pump);
    connect(m_document.get(), &logs::Document::stateChanged, this, &LogOutput::pump);
    connect(m_document.get(), &logs::Document::reset, this, [this] {
        err(QCoreApplication::translate("cli", "A kept log was replaced while it was read. Start again."));
        end(Exit::Failed);
    });
    m_again.start(0);
}

/// A log that is written all the time is never complete: then what was there at the beginning is enough.
bool LogOutput::isEnough() const
{
    bool grew = false;
    for (qsizetype i = 0; i < m_sources.size(); ++i) {
        if (m_printer->bytesOf(i) < m_sizes.at(i))
            return false;
        grew |= m_printer->bytesOf(i) > m_sizes.at(i);
    }
    return grew;
}

void LogOutput::pump()
{
    if (m_ended)
        return;
    const logs::ContentPointer content = m_document->content();
    const qint64 end = std::min(content->rowCount(), m_next + rowsAtOnce);
    if (m_next < end) {
        if (!m_printer->print(*content, m_next, end)) {
            if (m_written == Written::Failed)
                err(QCoreApplication::translate("cli", "Cannot write: %1").arg(qt_error_string(errno)));
            else if (m_written == Written::Yes)
                err(QCoreApplication::translate("cli", "A kept log cannot be read any more."));
            this->end(m_written == Written::Gone ? Exit::Told : Exit::Failed);
            return;
        }
        m_next = end;
    }
    if (end < content->rowCount()) {
        m_again.start(0);
        return;
    }
    if (m_follow)
        return;
    if (!m_document->errorText().isEmpty()) {
        err(plain(m_document->errorText()));
        this->end(Exit::Failed);
    } else if (m_document->isComplete() || m_sources.isEmpty() || isEnough()) {
        this->end(Exit::Told);
    }
}

void LogOutput::end(Exit code)
{
    if (std::exchange(m_ended, true))
        return;
    m_again.stop();
    Q_EMIT ended(code);
}

} // namespace cli
