// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/kube_replay.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace support {

namespace {

QByteArray readAll(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void writePart(
    const Recording &recording, const Responder &responder, double speed, qsizetype part, qsizetype at, int since)
{
    if (!responder.isOpen())
        return;
    if (part >= recording.timing.size()) {
        responder.raw(recording.http.mid(at)); // nothing, when the timing is complete
        responder.close();
        return;
    }
    const auto [when, bytes] = recording.timing.at(part);
    const int wait = speed > 0 ? int((when - since) / speed) : 0;
    QTimer::singleShot(wait, responder.socket(), [=] {
        responder.raw(recording.http.mid(at, bytes));
        writePart(recording, responder, speed, part + 1, at + bytes, when);
    });
}

} // namespace

Recording loadRecording(const QString &pathWithoutSuffix)
{
    Recording recording;
    recording.http = readAll(pathWithoutSuffix + u".http"_s);
    const QJsonObject json = QJsonDocument::fromJson(readAll(pathWithoutSuffix + u".json"_s)).object();
    const QJsonObject request = json.value("request"_L1).toObject();
    recording.method = request.value("method"_L1).toString().toLatin1();
    recording.target = request.value("path"_L1).toString().toUtf8();
    recording.accept = request.value("headers"_L1).toObject().value("Accept"_L1).toString().toLatin1();
    const QJsonValue body = request.value("body"_L1);
    if (body.isObject())
        recording.body = QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact);
    for (const QJsonValue &value : json.value("timing"_L1).toArray()) {
        const QJsonArray pair = value.toArray();
        recording.timing.emplaceBack(pair.at(0).toInt(), pair.at(1).toInteger());
    }
    return recording;
}

void replay(const Recording &recording, const Responder &responder, double speed)
{
    writePart(recording, responder, speed, 0, 0, 0);
}

} // namespace support
