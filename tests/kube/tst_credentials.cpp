// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Credentials that lie in files and in the kubeconfig, and the PATH of the login shell.

#include "kube/credentials.h"
#include "kube/credentialsown.h"
#include "kube/loginshell.h"
#include "support/kube_await.h"
#include "support/kube_certificates.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace kube;

namespace {

const QByteArray marker = "MARKER-SECRET-7731";

QByteArray taken(BIO *bio)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    QByteArray bytes(data, size);
    BIO_free(bio);
    return bytes;
}

struct Pair {
    QByteArray certificate;
    QByteArray key;         ///< PKCS#8: PRIVATE KEY
    QByteArray traditional; ///< RSA PRIVATE KEY or EC PRIVATE KEY
    QByteArray encrypted;
};

Pair make(EVP_PKEY *key)
{
    X509 *x = X509_new();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 7);
    X509_gmtime_adj(X509_getm_notBefore(x), -60);
    X509_gmtime_adj(X509_getm_notAfter(x), 3600);
    X509_set_pubkey(x, key);
    X509_NAME_add_entry_by_txt(
        X509_get_subject_name(x), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char *>("jane"), -1, -1, 0);
    X509_set_issuer_name(x, X509_get_subject_name(x));
    X509_sign(x, key, EVP_sha256());
    Pair pair;
    BIO *bio = BIO_new(BIO_s_mem());
    PEM_write_bio_X509(bio, x);
    pair.certificate = taken(bio);
    bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    pair.key = taken(bio);
    bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PrivateKey_traditional(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    pair.traditional = taken(bio);
    bio = BIO_new(BIO_s_mem());
    PEM_write_bio_PKCS8PrivateKey(bio, key, EVP_aes_256_cbc(), "secret", 6, nullptr, nullptr);
    pair.encrypted = taken(bio);
    X509_free(x);
    EVP_PKEY_free(key);
    return pair;
}

QString everythingSaid(const Error &error)
{
    QString text;
    QDebug(&text) << error;
    const ErrorText words = describe(error);
    return text + words.headline + words.cause + words.advice;
}

} // namespace

class CredentialsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_rsa = make(EVP_RSA_gen(2048));
        m_ec = make(EVP_EC_gen("P-256"));
        m_ec384 = make(EVP_EC_gen("P-384"));
        m_ed = make(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
    }
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        QVERIFY(m_dir->isValid());
        m_config = {};
        m_config.server = QUrl(u"https://x"_s);
        m_config.userName = u"jane"_s;
    }

    void none()
    {
        CredentialProvider provider(m_config, {});
        const Credential credential = ask(provider).value();
        QVERIFY(credential.id > 0);
        QVERIFY(credential.authorization.isEmpty());
        QVERIFY(credential.certificateChain.isEmpty());
        QVERIFY(!provider.rejected(credential.id));
    }

    void staticToken()
    {
        m_config.token = Secret(marker);
        CredentialProvider provider(m_config, {});
        const Credential credential = ask(provider).value();
        QCOMPARE(credential.authorization.reveal(), "Bearer " + marker);
        QVERIFY(!provider.rejected(credential.id)); // nothing can change it
        QCOMPARE(ask(provider)->id, credential.id);
        provider.grantConsent();
        provider.cancel();
        provider.reset();
        QCOMPARE(ask(provider)->tlsId, credential.tlsId);
    }

    void neverFromInsideTheCall()
    {
        m_config.token = Secret(marker);
        CredentialProvider provider(m_config, {});
        bool called = false;
        QObject context;
        provider.request(&context, [&](const Result<Credential> &) { called = true; });
        QVERIFY(!called);
        QTRY_VERIFY(called);
        called = false;
        {
            QObject dead;
            provider.request(&dead, [&](const Result<Credential> &) { called = true; });
        }
        QVERIFY(ask(provider));
        QVERIFY(!called);
    }

    void basic()
    {
        m_config.username = u"jané"_s;
        m_config.password = Secret("p:w");
        CredentialProvider provider(m_config, {});
        QCOMPARE(ask(provider)->authorization.reveal(), "Basic " + u"jané:p:w"_s.toUtf8().toBase64());
    }

    void tokenFile()
    {
        m_config.tokenFile = file(u"token"_s, "  one\n");
        CredentialProvider provider(m_config, {});
        QSignalSpy changed(&provider, &CredentialProvider::changed);
        const Credential first = ask(provider).value();
        QCOMPARE(first.authorization.reveal(), "Bearer one");
        QCOMPARE(ask(provider)->id, first.id);
        file(u"token"_s, "second token\n");
        const Credential second = ask(provider).value(); // size and time changed: seen at once
        QCOMPARE(second.authorization.reveal(), "Bearer second token");
        QVERIFY(second.id > first.id);
        QCOMPARE(second.tlsId, first.tlsId);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(QFile::remove(m_config.tokenFile));
        QCOMPARE(ask(provider)->id, second.id); // unreadable: the old one is kept
        file(u"token"_s, "");
        QCOMPARE(ask(provider)->id, second.id);
    }

    void tokenFileIsReadAgainAfterAWhile()
    {
        m_config.tokenFile = file(u"token"_s, "one");
        CredentialProvider::Options options;
        options.filePeriod = 0ms;
        CredentialProvider provider(m_config, options);
        const QDateTime time = QFileInfo(m_config.tokenFile).lastModified();
        QCOMPARE(ask(provider)->authorization.reveal(), "Bearer one");
        file(u"token"_s, "two"); // same size, and the same time: only the period finds it
        QFile touch(m_config.tokenFile);
        QVERIFY(touch.open(QIODevice::ReadWrite) && touch.setFileTime(time, QFileDevice::FileModificationTime));
        QCOMPARE(ask(provider)->authorization.reveal(), "Bearer two");
    }

    void tokenFileBeatsTokenWhichIsTheFallback()
    {
        m_config.token = Secret("fallback");
        m_config.tokenFile = m_dir->filePath(u"token"_s);
        CredentialProvider provider(m_config, {});
        QCOMPARE(ask(provider)->authorization.reveal(), "Bearer fallback");
        file(u"token"_s, "fresh");
        QCOMPARE(ask(provider)->authorization.reveal(), "Bearer fresh");
    }

    void refusedTokenFile()
    {
        m_config.tokenFile = file(u"token"_s, "old");
        CredentialProvider::Options options;
        options.refusedPoll = 50ms;
        CredentialProvider provider(m_config, options);
        QSignalSpy changed(&provider, &CredentialProvider::changed);
        const quint64 id = ask(provider)->id;
        QVERIFY(!provider.rejected(id)); // the file says the same: asking again is in vain
        QCOMPARE(ask(provider)->id, id);
        QCOMPARE(changed.size(), 0);
        file(u"token"_s, "renewed"); // found without anybody asking, for those that are parked
        QTRY_COMPARE(changed.size(), 1);
        const Credential next = ask(provider).value();
        QCOMPARE(next.authorization.reveal(), "Bearer renewed");
        QVERIFY(provider.rejected(id)); // a late 401 of the old one
        file(u"token"_s, "renewed again");
        QVERIFY(provider.rejected(next.id)); // there is another one now
        QCOMPARE(ask(provider)->authorization.reveal(), "Bearer renewed again");
    }

    void tokenFileErrors_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("empty") << QByteArray("\n");
        QTest::newRow("two lines") << marker + "\n" + marker;
        QTest::newRow("nul") << marker + QByteArray(1, '\0') + marker;
    }
    void tokenFileErrors()
    {
        QFETCH(const QByteArray, bytes);
        m_config.tokenFile = file(u"token"_s, bytes);
        CredentialProvider provider(m_config, {});
        const Result<Credential> result = ask(provider);
        QVERIFY(!result);
        QCOMPARE(result.error().kind, ErrorKind::Credential);
        QCOMPARE(result.error().name, m_config.tokenFile);
        QVERIFY(!everythingSaid(result.error()).contains(QString::fromLatin1(marker)));
        file(u"token"_s, "good");
        QVERIFY(ask(provider)); // an error is not kept
    }

    void certificates_data()
    {
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("words"); // of the error; empty: good
        QTest::newRow("rsa pkcs1") << m_rsa.certificate << m_rsa.traditional << QString();
        QTest::newRow("rsa pkcs8") << m_rsa.certificate << m_rsa.key << QString();
        QTest::newRow("ec sec1") << m_ec.certificate << m_ec.traditional << QString();
        QTest::newRow("ec pkcs8") << m_ec.certificate << m_ec.key << QString();
        QTest::newRow("p-384") << m_ec384.certificate << m_ec384.key << QString();
        QTest::newRow("text around") << "subject=jane\n" + m_ec.certificate << "Bag Attributes\n" + m_ec.key
                                     << QString();
        QTest::newRow("crlf") << QByteArray(m_ec.certificate).replace("\n", "\r\n")
                              << QByteArray(m_ec.key).replace("\n", "\r\n") << QString();
        QTest::newRow("encrypted") << m_rsa.certificate << m_rsa.encrypted << u"encrypted"_s;
        QTest::newRow("other kind of key") << m_rsa.certificate << m_ec.key << u"does not belong"_s;
        QTest::newRow("other length of key") << m_ec.certificate << m_ec384.key << u"does not belong"_s;
        QTest::newRow("no certificate") << marker << m_ec.key << u"not a PEM certificate"_s;
        QTest::newRow("no key") << m_ec.certificate << marker << u"not a PEM key"_s;
        QTest::newRow("swapped") << m_ec.key << m_ec.certificate << u"not a PEM certificate"_s;
        QTest::newRow("cut key") << m_ec.certificate << m_ec.key.first(m_ec.key.size() / 2) << u"not a PEM key"_s;
    }
    void certificates()
    {
        QFETCH(const QByteArray, certificate);
        QFETCH(const QByteArray, key);
        QFETCH(const QString, words);
        for (const bool inFiles : {false, true}) {
            m_config.clientCertData = inFiles ? QByteArray() : certificate;
            m_config.clientKeyData = inFiles ? Secret() : Secret(key);
            m_config.clientCertFile = inFiles ? file(u"c.pem"_s, certificate) : QString();
            m_config.clientKeyFile = inFiles ? file(u"k.pem"_s, key) : QString();
            CredentialProvider provider(m_config, {});
            const Result<Credential> result = ask(provider);
            if (!words.isEmpty()) {
                QVERIFY(!result);
                QVERIFY2(result.error().message.contains(words), qPrintable(result.error().message));
                QVERIFY(!everythingSaid(result.error()).contains(QString::fromLatin1(marker)));
                continue;
            }
            QVERIFY2(result, result ? "" : qPrintable(result.error().message));
            QCOMPARE(result->certificateChain.size(), 1);
            QCOMPARE(result->certificateChain.first().subjectInfo(QSslCertificate::CommonName), QStringList{u"jane"_s});
            QVERIFY(!result->key.isNull());
            QCOMPARE(result->key.algorithm(), result->certificateChain.first().publicKey().algorithm());
            QVERIFY(result->authorization.isEmpty());
        }
    }

    void ed25519IsToldApart()
    {
        // Qt 6.8 cannot read such a key from PEM; the error must say what is wrong with it.
        m_config.clientCertData = m_ed.certificate;
        m_config.clientKeyData = Secret(m_ed.key);
        CredentialProvider provider(m_config, {});
        const Result<Credential> result = ask(provider);
        if (!result)
            QVERIFY(result.error().message.contains("RSA or EC"_L1));
    }

    void chain()
    {
        m_config.clientCertData = m_ec.certificate + m_rsa.certificate;
        m_config.clientKeyData = Secret(m_ec.key);
        m_config.token = Secret("t");
        CredentialProvider provider(m_config, {});
        const Credential credential = ask(provider).value();
        QCOMPARE(credential.certificateChain.size(), 2);
        QCOMPARE(credential.authorization.reveal(), "Bearer t"); // both are sent
    }

    void rotatedCertificateIsANewIdentity()
    {
        m_config.clientCertFile = file(u"c.pem"_s, m_ec.certificate);
        m_config.clientKeyFile = file(u"k.pem"_s, m_ec.key);
        CredentialProvider provider(m_config, {});
        const Credential first = ask(provider).value();
        file(u"c.pem"_s, m_rsa.certificate);
        QCOMPARE(ask(provider)->id, first.id); // half written: the pair does not fit, the old one goes on
        file(u"k.pem"_s, m_rsa.key);
        const Credential second = ask(provider).value();
        QVERIFY(second.id > first.id);
        QVERIFY(second.tlsId > first.tlsId);
        QCOMPARE(second.key.algorithm(), QSsl::Rsa);
        provider.reset();
        QCOMPARE(ask(provider)->tlsId, second.tlsId); // the same certificate as before is no new identity
    }

    void methods_data()
    {
        QTest::addColumn<ClusterConfig>("config");
        QTest::addColumn<AuthMethod>("method");
        ClusterConfig c;
        QTest::newRow("none") << c << AuthMethod::None;
        c.exec = ExecConfig();
        QTest::newRow("exec") << c << AuthMethod::Exec;
        c.clientCertData = "x";
        QTest::newRow("certificate") << c << AuthMethod::ClientCertificate;
        c.username = u"x"_s;
        QTest::newRow("basic") << c << AuthMethod::Basic;
        c.token = Secret("x");
        QTest::newRow("token") << c << AuthMethod::Token;
        c.tokenFile = u"/x"_s;
        QTest::newRow("token file") << c << AuthMethod::TokenFile;
    }
    void methods()
    {
        QFETCH(const ClusterConfig, config);
        QTEST(authMethod(config), "method");
    }

    void secretsInDebugText()
    {
        QString text;
        QDebug(&text) << Secret(marker) << Secret();
        QVERIFY(!text.contains(QString::fromLatin1(marker)));
        QVERIFY(text.contains("***"_L1));
    }

    // The login shell

    void folders()
    {
        QCOMPARE(searchFolders(u"/a:/b::.:c:/a"_s, u"/b:/d:./e"_s), QStringList({u"/a"_s, u"/b"_s, u"/d"_s}));
        QCOMPARE(searchFolders({}, {}), QStringList());
    }

    void loginShell_data()
    {
        QTest::addColumn<QByteArray>("shell");
        QTest::addColumn<QString>("path");
        // $2 is what `-lc SCRIPT` hands over.
        QTest::newRow("good") << QByteArray("PATH=/from/login:/bin\nexport PATH\neval \"$2\"\n")
                              << u"/from/login:/bin"_s;
        QTest::newRow("noisy") << QByteArray(
            "echo Welcome '<gleaner-path>' to the machine\nPATH=/n\neval \"$2\"\necho bye\n")
                               << u"/n"_s;
        QTest::newRow("fails") << QByteArray("exit 1\n") << QString();
        QTest::newRow("floods") << QByteArray("yes\n") << QString();
        QTest::newRow("asks") << QByteArray("read x\nPATH=/asked\neval \"$2\"\n") << u"/asked"_s;
        QTest::newRow("hangs") << QByteArray("sleep 100\n") << QString();
    }
    void loginShell()
    {
        QFETCH(const QByteArray, shell);
        QFETCH(const QString, path);
        const QString program = file(u"shell"_s, "#!/bin/sh\n" + shell);
        QFile(program).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("SHELL", program.toLocal8Bit());
        LoginShell::forget();
        QVERIFY(!LoginShell::path());
        {
            const auto asked = LoginShell::ask();
            QCOMPARE(LoginShell::ask(), asked); // one at a time
            QSignalSpy spy(asked.get(), &LoginShell::answered);
            QTRY_COMPARE_WITH_TIMEOUT(spy.size(), 1, 10000);
        }
        QCOMPARE(LoginShell::path(), path);
    }

    void loginShellThatIsNotThere()
    {
        qputenv("SHELL", "/nonexistent/shell");
        LoginShell::forget();
        const auto asked = LoginShell::ask();
        QSignalSpy spy(asked.get(), &LoginShell::answered);
        QTRY_COMPARE(spy.size(), 1);
        QCOMPARE(LoginShell::path(), QString());
    }

    void pluginOnlyInTheLoginShellsPath()
    {
        const QString plugin = file(u"gleaner-test-plugin"_s,
            "#!/bin/sh\nprintf "
            "'{\"apiVersion\":\"client.authentication.k8s.io/"
            "v1\",\"kind\":\"ExecCredential\",\"status\":{\"token\":\"found\"}}'\n"
            "echo \"$PATH\" > "
                + m_dir->filePath(u"path"_s).toUtf8() + "\n");
        QFile(plugin).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        const QString shell = file(u"shell"_s, "#!/bin/sh\nPATH=$PATH:" + m_dir->path().toUtf8() + "\neval \"$2\"\n");
        QFile(shell).setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        qputenv("SHELL", shell.toLocal8Bit());
        LoginShell::forget();
        ExecConfig exec;
        exec.command = u"gleaner-test-plugin"_s;
        exec.apiVersion = u"client.authentication.k8s.io/v1"_s;
        m_config.exec = exec;
        CredentialProvider::Options options;
        options.execConsent = true;
        CredentialProvider provider(m_config, options);
        const Result<Credential> result = ask(provider);
        QVERIFY2(result, result ? "" : qPrintable(result.error().message));
        QCOMPARE(result->authorization.reveal(), "Bearer found");
        QFile path(m_dir->filePath(u"path"_s));
        QVERIFY(path.open(QIODevice::ReadOnly));
        const QByteArray childPath = path.readAll();
        QVERIFY2(childPath.contains(m_dir->path().toUtf8()) && childPath.contains("/bin"), childPath.constData());
    }

private:
    QString file(const QString &name, const QByteArray &bytes)
    {
        QFile f(m_dir->filePath(name));
        if (!f.open(QIODevice::WriteOnly) || f.write(bytes) != bytes.size())
            qFatal("cannot write a test file");
        return f.fileName();
    }
    static Result<Credential> ask(CredentialProvider &provider)
    {
        return support::await<Credential>([&](QObject *context, auto done) { provider.request(context, done); });
    }

    std::unique_ptr<QTemporaryDir> m_dir;
    ClusterConfig m_config;
    Pair m_rsa, m_ec, m_ec384, m_ed;
};

QTEST_GUILESS_MAIN(CredentialsTest)
#include "tst_credentials.moc"
