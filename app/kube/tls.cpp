// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/tls.h"

#include <QFile>
#include <QSslCertificate>
#include <QSslCertificateExtension>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace kube {

namespace {

Error configError(const QString &message, const QString &name)
{
    Error error;
    error.kind = ErrorKind::Config;
    error.message = message;
    error.name = name;
    return error;
}

Result<QByteArray> readCa(const ClusterConfig &config)
{
    if (!config.caData.isEmpty())
        return config.caData;
    constexpr qint64 limit = 16 * 1024 * 1024;
    QFile file(config.caFile);
    if (!file.open(QIODevice::ReadOnly))
        return std::unexpected(
            configError(u"certificate-authority cannot be read: %1"_s.arg(file.errorString()), config.caFile));
    QByteArray pem = file.read(limit + 1);
    if (pem.size() > limit)
        return std::unexpected(configError(u"certificate-authority is larger than 16 MiB"_s, config.caFile));
    return pem;
}

QString commonNameOr(const QStringList &names, const QString &otherwise)
{
    return names.isEmpty() ? otherwise : names.first();
}

/// Whose certificate it is, for whom and until when: what tells an administrator which certificate was met.
QString summary(const QSslCertificate &certificate)
{
    if (certificate.isNull())
        return {};
    QStringList names;
    const auto alternatives = certificate.subjectAlternativeNames();
    for (auto it = alternatives.cbegin(); it != alternatives.cend(); ++it)
        names << it.value();
    names.sort();
    names.removeDuplicates();
    constexpr qsizetype shown = 12;
    if (names.size() > shown)
        names = names.first(shown) << u"…"_s;
    const QString subject = commonNameOr(certificate.subjectInfo(QSslCertificate::CommonName), u"no common name"_s);
    const QString issuer = commonNameOr(certificate.issuerInfo(QSslCertificate::CommonName), u"no common name"_s);
    QString text = u"certificate of \"%1\", issued by \"%2\", valid %3 to %4"_s.arg(subject, issuer,
        certificate.effectiveDate().toUTC().toString(Qt::ISODate),
        certificate.expiryDate().toUTC().toString(Qt::ISODate));
    if (!names.isEmpty())
        text += u", for "_s + names.join(", "_L1);
    return text;
}

/// What has to be mended first comes first: a wrong name says little while the issuer is not known.
int rank(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::TlsUntrusted:
        return 0;
    case ErrorKind::TlsExpired:
        return 1;
    case ErrorKind::TlsWrongName:
        return 2;
    default:
        return 3;
    }
}

ErrorKind kindOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return ErrorKind::TlsExpired;
    case QSslError::HostNameMismatch:
        return ErrorKind::TlsWrongName;
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToDecodeIssuerPublicKey:
    case QSslError::CertificateSignatureFailed:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::InvalidCaCertificate:
    case QSslError::PathLengthExceeded:
    case QSslError::CertificateUntrusted:
    case QSslError::CertificateRejected:
    case QSslError::SubjectIssuerMismatch:
    case QSslError::AuthorityIssuerSerialNumberMismatch:
    case QSslError::CertificateBlacklisted:
        return ErrorKind::TlsUntrusted;
    default:
        return ErrorKind::Tls;
    }
}

/// What is wrong with a certificate, in our words: Qt's are in the language of the moment, and an error outlives that.
/// A person reads them in theirs: errortext.cpp has the same list.
QString wordsOf(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateExpired:
        return u"the certificate has expired"_s;
    case QSslError::CertificateNotYetValid:
        return u"the certificate is not yet valid"_s;
    case QSslError::InvalidNotBeforeField:
    case QSslError::InvalidNotAfterField:
        return u"the certificate has no proper dates"_s;
    case QSslError::HostNameMismatch:
        return u"the certificate is for other host names"_s;
    case QSslError::SelfSignedCertificate:
        return u"the certificate is self-signed and not trusted"_s;
    case QSslError::SelfSignedCertificateInChain:
        return u"the root certificate of the chain is not trusted"_s;
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
        return u"the issuer of the certificate is not known"_s;
    case QSslError::CertificateSignatureFailed:
    case QSslError::UnableToDecryptCertificateSignature:
    case QSslError::UnableToDecodeIssuerPublicKey:
        return u"the signature of the certificate does not fit its issuer"_s;
    case QSslError::InvalidCaCertificate:
    case QSslError::PathLengthExceeded:
    case QSslError::InvalidPurpose:
    case QSslError::SubjectIssuerMismatch:
    case QSslError::AuthorityIssuerSerialNumberMismatch:
        return u"the certificate or its issuer may not be used for this"_s;
    case QSslError::CertificateUntrusted:
    case QSslError::CertificateRejected:
        return u"the certificate is not trusted for this"_s;
    case QSslError::CertificateRevoked:
    case QSslError::CertificateBlacklisted:
        return u"the certificate was withdrawn"_s;
    case QSslError::NoPeerCertificate:
        return u"the server shows no certificate"_s;
    default:
        return u"the certificate cannot be checked"_s;
    }
}

/// The words of the TLS library, which are in no language but its own; Qt puts a translated sentence before them.
QString libraryWords(const QString &errorString)
{
    const qsizetype begin = errorString.indexOf("error:"_L1);
    return begin < 0 ? QString() : errorString.sliced(begin);
}

} // namespace

Result<QSslConfiguration> tlsConfiguration(const ClusterConfig &config, const Credential &credential)
{
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    tls.setProtocol(QSsl::TlsV1_2OrLater);
    if (config.insecureSkipTlsVerify) {
        tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    } else {
        tls.setPeerVerifyMode(QSslSocket::VerifyPeer);
        if (!config.caData.isEmpty() || !config.caFile.isEmpty()) {
            const Result<QByteArray> pem = readCa(config);
            if (!pem)
                return std::unexpected(pem.error());
            const QList<QSslCertificate> authorities = QSslCertificate::fromData(*pem, QSsl::Pem);
            if (authorities.isEmpty()) {
                const bool inFile = config.caData.isEmpty();
                return std::unexpected(
                    configError(u"%1 holds no PEM certificate"_s.arg(
                                    inFile ? "certificate-authority"_L1 : "certificate-authority-data"_L1),
                        inFile ? config.caFile : config.clusterName));
            }
            // Also ends the loading of the system's roots on demand.
            tls.setCaCertificates(authorities);
        }
    }
    if (!credential.certificateChain.isEmpty() && !credential.key.isNull()) {
        tls.setLocalCertificateChain(credential.certificateChain);
        tls.setPrivateKey(credential.key);
    }
    return tls;
}

Error handshakeError(const QList<QSslError> &errors, const QString &errorString)
{
    Error error;
    error.kind = ErrorKind::Tls;
    error.message = u"the TLS handshake failed"_s;
    if (const QString words = libraryWords(errorString); !words.isEmpty())
        error.message += u" ("_s + words + u')';
    const auto worst = std::ranges::min_element(errors, {}, [](const QSslError &e) { return rank(kindOf(e.error())); });
    if (worst == errors.cend())
        return error;
    error.kind = kindOf(worst->error());
    QStringList texts;
    for (const QSslError &e : errors) {
        if (const QString text = wordsOf(e.error()); !texts.contains(text))
            texts << text;
    }
    error.message = texts.join("; "_L1);
    if (const QString about = summary(worst->certificate()); !about.isEmpty())
        error.message += u" ("_s + about + u')';
    return error;
}

} // namespace kube
