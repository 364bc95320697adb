// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/kube_certificates.h"

#include <QRandomGenerator>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

namespace support {

namespace {

template<auto Free>
struct Freer {
    template<class T>
    void operator()(T *pointer) const
    {
        Free(pointer);
    }
};
using Key = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Memory = std::unique_ptr<BIO, Freer<BIO_free>>;

Key newKey()
{
    return Key(EVP_EC_gen("P-256"));
}

template<class Write>
QByteArray toPem(Write write)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    write(memory.get());
    char *bytes = nullptr;
    const auto length = BIO_get_mem_data(memory.get(), &bytes);
    return {bytes, qsizetype(length)};
}

void addExtension(X509 *certificate, X509 *issuer, int nid, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    if (X509_EXTENSION *extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.constData())) {
        X509_add_ext(certificate, extension, -1);
        X509_EXTENSION_free(extension);
    }
}

void addName(X509_NAME *name, const char *field, const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    X509_NAME_add_entry_by_txt(
        name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(utf8.constData()), int(utf8.size()), -1, 0);
}

Certificate newCertificate(const CertificateSpec &spec, EVP_PKEY *key)
{
    Certificate certificate(X509_new());
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate.get()), QRandomGenerator::global()->generate64() >> 2);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), long(spec.beginsIn));
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), long(spec.endsIn));
    X509_set_pubkey(certificate.get(), key);
    X509_NAME *subject = X509_get_subject_name(certificate.get());
    for (const QString &organization : spec.organizations)
        addName(subject, "O", organization);
    addName(subject, "CN", spec.commonName);
    return certificate;
}

} // namespace

struct Authority::Private {
    Key key;
    Certificate certificate;
};

Authority::Authority(const QString &commonName)
    : d(std::make_unique<Private>())
{
    d->key = newKey();
    CertificateSpec spec;
    spec.commonName = commonName;
    d->certificate = newCertificate(spec, d->key.get());
    X509 *certificate = d->certificate.get();
    X509_set_issuer_name(certificate, X509_get_subject_name(certificate));
    addExtension(certificate, certificate, NID_basic_constraints, "critical,CA:TRUE");
    addExtension(certificate, certificate, NID_key_usage, "critical,keyCertSign,cRLSign");
    addExtension(certificate, certificate, NID_subject_key_identifier, "hash");
    X509_sign(certificate, d->key.get(), EVP_sha256());
}

Authority::~Authority() = default;

QByteArray Authority::pem() const
{
    return toPem([&](BIO *out) { PEM_write_bio_X509(out, d->certificate.get()); });
}

Identity Authority::issue(const CertificateSpec &spec) const
{
    const Key key = newKey();
    const Certificate certificate = newCertificate(spec, key.get());
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(d->certificate.get()));
    QStringList names;
    for (const QString &name : spec.dnsNames)
        names << QStringLiteral("DNS:") + name;
    for (const QString &address : spec.addresses)
        names << QStringLiteral("IP:") + address;
    if (!names.isEmpty())
        addExtension(
            certificate.get(), d->certificate.get(), NID_subject_alt_name, names.join(QLatin1Char(',')).toUtf8());
    addExtension(certificate.get(), d->certificate.get(), NID_ext_key_usage, "serverAuth,clientAuth");
    addExtension(certificate.get(), d->certificate.get(), NID_authority_key_identifier, "keyid");
    X509_sign(certificate.get(), d->key.get(), EVP_sha256());
    return {toPem([&](BIO *out) { PEM_write_bio_X509(out, certificate.get()); }),
        toPem([&](BIO *out) { PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr); })};
}

} // namespace support
