// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "demo/certificates.h"

#include <QDateTime>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

using namespace Qt::StringLiterals;

namespace demo {
namespace {

template<auto Free>
struct Deleter {
    template<class T>
    void operator()(T *pointer) const
    {
        Free(pointer);
    }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using CertPtr = std::unique_ptr<X509, Deleter<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;

QByteArray contents(const BioPtr &bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio.get(), &data);
    return QByteArray(data, size);
}

QByteArray pemOf(X509 *certificate)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    return PEM_write_bio_X509(bio.get(), certificate) == 1 ? contents(bio) : QByteArray();
}

QByteArray pemOf(EVP_PKEY *key)
{
    const BioPtr bio(BIO_new(BIO_s_mem()));
    // The SEC 1 form ("EC PRIVATE KEY") is what QSslKey reads on every backend.
    return PEM_write_bio_PrivateKey_traditional(bio.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1
        ? contents(bio)
        : QByteArray();
}

void addName(X509_NAME *name, const char *field, const QString &value)
{
    const QByteArray bytes = value.toUtf8();
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(bytes.constData()),
        static_cast<int>(bytes.size()), -1, 0);
}

void addExtension(X509 *certificate, X509 *issuer, int id, const char *value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, &context, id, value));
    if (extension)
        X509_add_ext(certificate, extension.get(), -1);
}

CertPtr blank(EVP_PKEY *key, const QString &commonName, const QStringList &organisations, long days)
{
    CertPtr certificate(X509_new());
    if (!certificate)
        return nullptr;
    X509_set_version(certificate.get(), X509_VERSION_3);
    unsigned char serial[8];
    if (RAND_bytes(serial, sizeof serial) != 1)
        return nullptr;
    quint64 number = 0;
    memcpy(&number, serial, sizeof number);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), number >> 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -24L * 3600);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), days * 24 * 3600);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME *name = X509_get_subject_name(certificate.get());
    for (const QString &organisation : organisations)
        addName(name, "O", organisation);
    addName(name, "CN", commonName);
    return certificate;
}

} // namespace

QSslCertificate Identity::certificate() const
{
    return QSslCertificate(certificatePem, QSsl::Pem);
}

QSslKey Identity::key() const
{
    return QSslKey(keyPem, QSsl::Ec, QSsl::Pem);
}

struct Authority::Private {
    KeyPtr key;
    CertPtr certificate;
    QByteArray pem;

    Identity issue(
        const QString &commonName, const QStringList &organisations, const char *usage, const char *names) const
    {
        if (!certificate)
            return {};
        const KeyPtr own(EVP_EC_gen("P-256"));
        const CertPtr made = own ? blank(own.get(), commonName, organisations, 365) : nullptr;
        if (!made)
            return {};
        X509_set_issuer_name(made.get(), X509_get_subject_name(certificate.get()));
        addExtension(made.get(), certificate.get(), NID_basic_constraints, "critical,CA:FALSE");
        addExtension(made.get(), certificate.get(), NID_key_usage, "critical,digitalSignature");
        addExtension(made.get(), certificate.get(), NID_ext_key_usage, usage);
        addExtension(made.get(), certificate.get(), NID_authority_key_identifier, "keyid");
        if (names)
            addExtension(made.get(), certificate.get(), NID_subject_alt_name, names);
        if (X509_sign(made.get(), key.get(), EVP_sha256()) == 0)
            return {};
        return {pemOf(made.get()), pemOf(own.get())};
    }
};

Authority::Authority(const QString &commonName)
    : d(std::make_unique<Private>())
{
    d->key.reset(EVP_EC_gen("P-256"));
    d->certificate = d->key ? blank(d->key.get(), commonName, {}, 3650) : nullptr;
    if (!d->certificate)
        return;
    X509 *own = d->certificate.get();
    X509_set_issuer_name(own, X509_get_subject_name(own));
    addExtension(own, own, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign,digitalSignature");
    addExtension(own, own, NID_subject_key_identifier, "hash");
    if (X509_sign(own, d->key.get(), EVP_sha256()) == 0)
        d->certificate.reset();
    else
        d->pem = pemOf(own);
}

Authority::~Authority() = default;
Authority::Authority(Authority &&) noexcept = default;
Authority &Authority::operator=(Authority &&) noexcept = default;

bool Authority::isValid() const
{
    return d->certificate != nullptr && !d->pem.isEmpty();
}

QByteArray Authority::pem() const
{
    return d->pem;
}

Identity Authority::server(const QString &commonName) const
{
    return d->issue(commonName, {}, "serverAuth",
        "DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,IP:127.0.0.1,IP:::1");
}

Identity Authority::client(const QString &user, const QStringList &groups) const
{
    return d->issue(user, groups, "clientAuth", nullptr);
}

bool Authority::issued(const QSslCertificate &certificate) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    if (!d->certificate || certificate.isNull() || certificate.effectiveDate() > now || certificate.expiryDate() < now)
        return false;
    const QByteArray der = certificate.toDer();
    const auto *data = reinterpret_cast<const unsigned char *>(der.constData());
    const CertPtr parsed(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
    return parsed && X509_verify(parsed.get(), d->key.get()) == 1;
}

} // namespace demo
