// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Certificates for tests, made with OpenSSL when asked for and kept in memory only: good, expired, for other names,
/// from an authority nobody knows, and for clients.
#pragma once

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <memory>

namespace support {

/// PEM.
struct Identity {
    QByteArray certificate;
    QByteArray key;
};

struct CertificateSpec {
    QString commonName = QStringLiteral("test server");
    QStringList organizations; ///< Kubernetes reads them as groups
    QStringList dnsNames{QStringLiteral("localhost")};
    QStringList addresses{QStringLiteral("127.0.0.1")};
    qint64 beginsIn = -3600; ///< seconds from now
    qint64 endsIn = 86400;
};

class Authority {
public:
    explicit Authority(const QString &commonName = QStringLiteral("test authority"));
    ~Authority();
    [[nodiscard]] QByteArray pem() const;
    [[nodiscard]] Identity issue(const CertificateSpec &spec = {}) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace support
