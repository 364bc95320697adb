// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A cluster that lives by the dice, and how two moments of its history are compared.
#pragma once

#include "evidence/history.h"
#include "evidence/journal.h"
#include "evidence/journalfiles.h"
#include "evidence/snapshotjson.h"
#include "support/upgrade_world.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QTemporaryDir>

namespace journaltest {

using namespace Qt::StringLiterals;
using support::World;
using upgrade::Kind;

/// One text for everything a board can be made of. `last` is of no account while nothing changes.
inline QByteArray textOf(const upgrade::Snapshot &snapshot)
{
    QJsonObject json;
    for (const Kind kind : evidence::allKinds()) {
        QJsonObject objects;
        for (const auto &object : snapshot.raw.value(kind))
            objects.insert(object->key.text(), evidence::keptOf(kind, object->json));
        json.insert(evidence::kindWord(kind), objects);
    }
    QJsonObject sources, logs;
    for (auto it = snapshot.sources.begin(); it != snapshot.sources.end(); ++it)
        sources.insert(it.key(), evidence::toJson(*it));
    for (auto it = snapshot.logs.begin(); it != snapshot.logs.end(); ++it)
        logs.insert(it.key(), evidence::toJson(*it));
    json.insert(u"sources"_s, sources);
    json.insert(u"logs"_s, logs);
    json.insert(u"seen"_s, evidence::observationsPatch({}, snapshot.seen));
    json.insert(u"asOf"_s, evidence::timeText(snapshot.asOf));
    return QJsonDocument(json).toJson();
}

inline QByteArray allBytes(const QString &folder)
{
    QByteArray bytes;
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

inline kube::ObjectPtr object(const QJsonObject &json)
{
    return evidence::objectOf(json);
}

/// A cluster with a life: objects come, change and go, sources too, lines are digested, the connection is lost.
class Life {
public:
    explicit Life(quint32 seed)
        : m_dice(seed)
    {
        m_world.upgrade(
            u"ImageReady=T@1 RepoReady=T@2 NodesPrepared=U"_s, u"PreparingNodes"_s, u"n1=Images preloading"_s);
        m_world.source(u"nodes"_s, upgrade::SourceState::State::Live);
        now = World::at(0);
    }
    upgrade::Snapshot &snapshot() { return m_world.snapshot; }
    QDateTime now;

    /// One step as a session makes it: things change, it observes.
    const upgrade::Snapshot &step()
    {
        now = now.addMSecs(1 + m_dice.bounded(2500));
        for (int i = m_dice.bounded(4); i > 0; --i)
            change();
        snapshot().seen = upgrade::observe(snapshot(), now);
        return snapshot();
    }

private:
    void change()
    {
        upgrade::Snapshot &s = snapshot();
        switch (m_dice.bounded(9)) {
        case 0:
            m_world.upgrade(
                u"ImageReady=T@1 RepoReady=T@2 NodesPrepared=%1"_s.arg(m_dice.bounded(2) ? u"U"_s : u"T@9"_s),
                u"PreparingNodes"_s, u"n1=%1;n2=%2"_s.arg(state(), state()), versioned({}));
            break;
        case 1:
            m_world.node(u"n%1"_s.arg(m_dice.bounded(4)),
                versioned({{u"status"_s,
                    QJsonObject{{u"nodeInfo"_s, QJsonObject{{u"bootID"_s, QString::number(m_dice.bounded(3))}}}}}}));
            break;
        case 2:
        case 3: {
            const QString name = u"pod-%1"_s.arg(m_dice.bounded(6));
            QJsonObject json = support::thing(u"harvester-system"_s, name,
                {{u"status"_s,
                    QJsonObject{{u"phase"_s, state()},
                        {u"odd"_s,
                            m_dice.bounded(3) ? QJsonValue(m_dice.bounded(9)) : QJsonValue(QJsonValue::Null)}}}});
            if (m_dice.bounded(2))
                json = support::merged(
                    json, {{u"metadata"_s, QJsonObject{{u"labels"_s, QJsonObject{{state(), state()}}}}}});
            if (m_dice.bounded(3) == 0) // replaced by another of the same name
                json = support::merged(
                    json, {{u"metadata"_s, QJsonObject{{u"uid"_s, u"other-%1"_s.arg(m_dice.bounded(99))}}}});
            m_world.add(Kind::Pod, versioned(json));
            break;
        }
        case 4:
            s.remove(Kind::Pod, {u"harvester-system"_s, u"pod-%1"_s.arg(m_dice.bounded(6))});
            break;
        case 5:
            m_world.source(u"jobs.batch/cattle-system"_s, upgrade::SourceState::State(m_dice.bounded(1, 5)), state());
            if (m_dice.bounded(3) == 0)
                s.sources.remove(u"jobs.batch/cattle-system"_s);
            break;
        case 6: {
            upgrade::LogDigest &digest = s.logs[u"job-%1"_s.arg(m_dice.bounded(3))];
            digest = upgrade::digest(digest, u"p"_s, now,
                m_dice.bounded(2) ? "Waiting for longhorn-manager to be upgraded..."
                                  : QByteArray::number(m_dice.generate()));
            if (m_dice.bounded(12) == 0)
                s.logs.remove(s.logs.firstKey());
            break;
        }
        case 7:
            if (s.seen.blind.isEmpty() || s.seen.blind.constLast().to.isValid())
                s.seen.blind.append({now, {}});
            else
                s.seen.blind.last().to = now;
            break;
        case 8:
            m_world.add(Kind::LonghornSetting,
                versioned(support::thing(u"longhorn-system"_s, u"same"_s, {{u"value"_s, state()}})));
            m_world.add(Kind::Setting, versioned(support::thing({}, u"server-version"_s, {{u"value"_s, state()}})));
            break;
        }
        s.asOf = now;
    }
    QString state()
    {
        static const QStringList states{
            u"Images preloading"_s, u"Images preloaded"_s, u"Pre-draining"_s, u"Pre-drained"_s, u"Succeeded"_s};
        return states.at(m_dice.bounded(int(states.size())));
    }
    QJsonObject versioned(const QJsonObject &json)
    {
        return support::merged(
            json, {{u"metadata"_s, QJsonObject{{u"resourceVersion"_s, QString::number(++m_version)}}}});
    }

    World m_world;
    QRandomGenerator m_dice;
    int m_version = 100; ///< those of World are 1
};

inline evidence::JournalOptions small()
{
    evidence::JournalOptions options;
    options.smallestFile = 40000; // many files
    options.stateShare = 2;
    options.digestEvery = std::chrono::milliseconds(0);
    return options;
}

/// A folder History opens.
inline QString upgradeFolder(const QTemporaryDir &dir)
{
    evidence::Manifest manifest;
    manifest.id.upgradeUid = u"u"_s;
    const QString folder = dir.filePath(u"c/u"_s);
    (void)evidence::makePrivateFolders(folder);
    (void)evidence::writeManifest(folder, manifest);
    return folder;
}

/// The first line in which they differ; empty: none.
inline QByteArray difference(const upgrade::Snapshot &found, const QByteArray &expected)
{
    const QByteArrayList a = textOf(found).split('\n'), b = expected.split('\n');
    for (qsizetype i = 0; i < std::max(a.size(), b.size()); ++i) {
        if (a.value(i) != b.value(i))
            return a.value(i - 1) + " | found " + a.value(i) + " | expected " + b.value(i);
    }
    return {};
}

struct Live {
    QDateTime at;
    QByteArray text;
};

} // namespace journaltest
