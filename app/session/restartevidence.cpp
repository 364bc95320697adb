// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "session/restartevidence.h"

#include "evidence/disk.h"
#include "evidence/redactedobject.h"
#include "session/sources.h"
#include "upgrade/kinds.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace session {

using State = EvidenceProgress::State;
using upgrade::Kind;

namespace {

constexpr qint64 piece = qint64(4) * 1024 * 1024;

} // namespace

RestartEvidence::RestartEvidence(ActionWire &wire, const QString &kept, QObject *parent)
    : QObject(parent)
    , m_wire(wire)
    , m_kept(kept)
{
    m_copy.setInterval(0);
    connect(&m_copy, &QTimer::timeout, this, &RestartEvidence::copyOn);
}

RestartEvidence::~RestartEvidence()
{
    if (m_progress.state != State::Complete && !m_progress.folder.isEmpty())
        QDir(m_progress.folder).removeRecursively();
}

void RestartEvidence::start()
{
    const QString name = u"evidence-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMdd'T'HHmmsszzz"_s);
    m_progress.state = State::Running;
    m_progress.folder = m_wire.folder().path() + u'/' + name;
    if (const auto made = evidence::makePrivateFolders(m_wire.folder().path(), name + "/objects"_L1); !made)
        return QMetaObject::invokeMethod(
                   this, [this, words = made.error().message] { fail(words); }, Qt::QueuedConnection),
               void();
    QList<upgrade::WatchTarget> targets;
    for (const upgrade::WatchTarget &target : upgrade::watchTargets()) {
        if (target.kind != Kind::PlanSecret)
            targets.append(target);
    }
    m_open = int(targets.size());
    for (const upgrade::WatchTarget &target : std::as_const(targets)) {
        kube::ListQuery query;
        query.resource = target.resource;
        query.ns = target.ns;
        query.labelSelector = target.labelSelector;
        query.fieldSelector = target.fieldSelector;
        const bool whole = target.kind == Kind::Upgrade || target.kind == Kind::Version;
        m_wire.list(
            query,
            [self = QPointer<RestartEvidence>(this), name = sourceKey(target)](
                const kube::Result<QList<kube::ObjectPtr>> &found) {
                if (self)
                    self->listed(name, found);
            },
            whole ? kube::Slimmer() : upgrade::slimmerFor(target.kind));
    }
}

void RestartEvidence::listed(const QString &name, const kube::Result<QList<kube::ObjectPtr>> &found)
{
    if (m_progress.state != State::Running)
        return;
    if (found) {
        QJsonArray items;
        for (const kube::ObjectPtr &object : *found)
            items.append(evidence::redactedObject(object->json, m_masked));
        QString file = name;
        file.replace(u'/', u'_');
        if (!write("objects/"_L1 + file + ".json"_L1, QJsonDocument(QJsonObject{{u"items"_s, items}}).toJson()))
            return;
        m_objects += int(items.size());
    } else if (found.error().httpStatus != 404) {
        m_progress.gaps.append(name + ": "_L1 + found.error().message);
        // The Upgrade itself is what it is all about.
        if (name.startsWith("upgrades."_L1))
            return fail(found.error().message);
    }
    if (--m_open == 0)
        beginCopy();
}

bool RestartEvidence::write(const QString &below, const QByteArray &bytes)
{
    const QString path = m_progress.folder + u'/' + below;
    const auto file = evidence::openPrivate(path);
    if (!file) {
        fail(file.error().message);
        return false;
    }
    QFile out;
    if (!out.open(file->get(), QIODevice::WriteOnly) || out.write(bytes) != bytes.size() || !out.flush()
        || evidence::Disk::system().sync(file->get()) != 0) {
        fail(path + ": "_L1 + out.errorString());
        return false;
    }
    return true;
}

void RestartEvidence::beginCopy()
{
    if (m_kept.isEmpty() || !QDir(m_kept).exists())
        return finish();
    QDirIterator it(m_kept, QDir::Files | QDir::NoSymLinks | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QFileInfo info = it.nextFileInfo();
        const QString below = QDir(m_kept).relativeFilePath(info.filePath());
        if (below == "lock"_L1)
            continue;
        m_files.append({info.filePath(), "kept/"_L1 + below, info.size()});
        m_progress.total += info.size();
    }
    m_copy.start();
    Q_EMIT changed();
}

void RestartEvidence::copyOn()
{
    if (m_at == m_files.size()) {
        m_copy.stop();
        m_progress.logs = !m_files.isEmpty();
        return finish();
    }
    const File &file = m_files.at(m_at);
    const QString to = m_progress.folder + u'/' + file.below;
    if (!m_from.isOpen()) {
        m_from.setFileName(file.from);
        if (!m_from.open(QIODevice::ReadOnly)) {
            // A limit may have taken it away meanwhile; that is said.
            m_progress.gaps.append(file.below + ": "_L1 + m_from.errorString());
            ++m_at;
            return;
        }
        const QString folder = file.below.left(file.below.lastIndexOf(u'/'));
        if (const auto made = evidence::makePrivateFolders(m_progress.folder, folder); !made)
            return fail(made.error().message);
        m_to.setFileName(to);
        if (!m_to.open(QIODevice::WriteOnly, QFile::ReadOwner | QFile::WriteOwner))
            return fail(to + ": "_L1 + m_to.errorString());
    }
    const QByteArray bytes = m_from.read(std::min(piece, file.size - m_to.pos()));
    if (m_to.write(bytes) != bytes.size())
        return fail(to + ": "_L1 + m_to.errorString());
    m_progress.bytes += bytes.size();
    if (bytes.isEmpty() || m_to.pos() >= file.size) {
        const bool whole = m_to.flush() && m_to.pos() == file.size && evidence::Disk::system().sync(m_to.handle()) == 0;
        m_from.close();
        m_to.close();
        if (!whole)
            return fail(to + ": the copy is not whole"_L1);
        ++m_at;
    }
    Q_EMIT changed();
}

void RestartEvidence::finish()
{
    if (m_objects == 0)
        return fail(u"nothing could be read"_s);
    m_progress.state = State::Complete;
    m_wire.note(u"evidence"_s,
        {{u"folder"_s, m_progress.folder}, {u"bytes"_s, m_progress.bytes}, {u"logs"_s, m_progress.logs},
            {u"gaps"_s, QJsonArray::fromStringList(m_progress.gaps)}},
        true);
    Q_EMIT changed();
}

void RestartEvidence::fail(const QString &words)
{
    if (m_progress.state == State::Failed)
        return;
    m_copy.stop();
    m_progress.state = State::Failed;
    m_progress.words = words;
    Q_EMIT changed();
}

} // namespace session
