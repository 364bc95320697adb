// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Waiting for an answer of a Client or a Transport in a test: await<ServerVersion>([&](auto *context, auto done) {
/// client.version(context, done); }). No answer within the limit is an error of kind Cancelled that says so.
#pragma once

#include "kube/client.h"

#include <QEventLoop>
#include <QTimer>

#include <optional>

namespace support {

template<class T, class Ask>
kube::Result<T> await(Ask ask, std::chrono::milliseconds limit = std::chrono::seconds(20))
{
    QObject context;
    QEventLoop loop;
    std::optional<kube::Result<T>> result;
    ask(&context, std::function<void(kube::Result<T>)>([&](kube::Result<T> answer) {
        result.emplace(std::move(answer));
        loop.quit();
    }));
    if (!result) {
        QTimer::singleShot(limit, &loop, &QEventLoop::quit);
        loop.exec();
    }
    if (result)
        return *std::move(result);
    kube::Error error;
    error.kind = kube::ErrorKind::Cancelled;
    error.message = QStringLiteral("TEST: no answer within the limit");
    return std::unexpected(error);
}

} // namespace support
