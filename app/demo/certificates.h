// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A certificate authority made in memory for one run of the simulated API server, and what it issues. Keys are EC
/// P-256.
#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslKey>
#include <QString>
#include <QStringList>

#include <memory>

namespace demo {

struct Identity {
    QByteArray certificatePem;
    QByteArray keyPem;
    [[nodiscard]] bool isValid() const { return !certificatePem.isEmpty() && !keyPem.isEmpty(); }
    [[nodiscard]] QSslCertificate certificate() const;
    [[nodiscard]] QSslKey key() const;
};

class Authority {
public:
    /// Valid for ten years from yesterday. isValid() is false when the TLS library refuses.
    explicit Authority(const QString &commonName);
    ~Authority();
    Authority(Authority &&) noexcept;
    Authority &operator=(Authority &&) noexcept;

    [[nodiscard]] bool isValid() const;
    [[nodiscard]] QByteArray pem() const;
    /// For localhost, 127.0.0.1, ::1 and the names a real API server has, one year.
    [[nodiscard]] Identity server(const QString &commonName) const;
    /// A user (CN) with groups (O), one year.
    [[nodiscard]] Identity client(const QString &user, const QStringList &groups) const;
    /// True when our key signed it and it is in its time.
    [[nodiscard]] bool issued(const QSslCertificate &certificate) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace demo
