// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "logs/filedocument.h"

#include "logs/filecontent.h"
#include "logs/filefollower.h"

#include <QFileInfo>

namespace logs {

FileDocument::FileDocument(const QString &path, QObject *parent)
    : FileDocument(path, Options(), parent)
{
}

FileDocument::FileDocument(const QString &path, Options options, QObject *parent)
    : Document(parent)
    , m_name(options.name.isEmpty() ? QFileInfo(path).fileName() : options.name)
    , m_stamped(options.stamped)
    , m_follower(std::make_unique<FileFollower>(path, options.follow, nullptr))
    , m_content(std::make_shared<FileContent>(m_name))
{
    connect(m_follower.get(), &FileFollower::progressed, this, &FileDocument::takeIn);
    connect(m_follower.get(), &FileFollower::replaced, this, [this] {
        m_replaced = m_replaced || m_content->rowCount() > 0;
        m_content = std::make_shared<FileContent>(m_name);
        m_extent = {};
        emit reset();
        takeIn();
    });
    m_error = m_follower->errorText();
    m_complete = m_follower->isComplete();
}

FileDocument::~FileDocument() = default;

void FileDocument::takeIn()
{
    const bool complete = m_follower->isComplete();
    const bool stateChanges = complete != m_complete || m_error != m_follower->errorText() || !complete;
    m_complete = complete;
    m_error = m_follower->errorText();
    if (const auto file = m_follower->file()) {
        LogFile::Extent extent = file->extent();
        // Until all is counted, the end of what is counted is no end of a line; but a row that is shown stays.
        if (!complete && m_extent.openEnd && extent.newlines == m_extent.newlines)
            extent = m_extent;
        else if (!complete)
            extent.openEnd = false;
        if (extent.lines() != m_extent.lines() || (extent.openEnd && extent.bytes != m_extent.bytes)
            || extent.openEnd != m_extent.openEnd) {
            const qint64 firstChanged = m_extent.newlines;
            m_extent = extent;
            m_content = std::make_shared<FileContent>(file, extent, m_stamped, m_name);
            emit grew(firstChanged);
        }
    }
    if (stateChanges)
        emit stateChanged();
}

ContentPointer FileDocument::content() const
{
    return m_content;
}

bool FileDocument::isComplete() const
{
    return m_complete;
}

double FileDocument::progress() const
{
    return m_follower->progress();
}

QString FileDocument::errorText() const
{
    return m_error;
}

QString FileDocument::path() const
{
    return m_follower->path();
}

void FileDocument::check()
{
    m_follower->check();
}

} // namespace logs
