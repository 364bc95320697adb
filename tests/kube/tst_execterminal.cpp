// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// An exec plugin that asks at the terminal: only where the program lends it and standard input is one.

#include "support/kube_plugin.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <cstdlib>
#include <fcntl.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace kube;
using support::Plugin;

namespace {

/// Standard input of this process becomes a terminal, or /dev/null, for as long as it lives.
class StandardInput {
public:
    explicit StandardInput(bool terminal)
        : m_before(::dup(STDIN_FILENO))
    {
        int input = -1;
        if (terminal) {
            m_master = ::posix_openpt(O_RDWR | O_NOCTTY);
            if (m_master < 0 || ::grantpt(m_master) != 0 || ::unlockpt(m_master) != 0)
                qFatal("no pseudo terminal");
            input = ::open(::ptsname(m_master), O_RDWR | O_NOCTTY);
        } else {
            input = ::open("/dev/null", O_RDONLY);
        }
        ::dup2(input, STDIN_FILENO);
        ::close(input);
    }
    ~StandardInput()
    {
        ::dup2(m_before, STDIN_FILENO);
        ::close(m_before);
        if (m_master >= 0)
            ::close(m_master);
    }
    StandardInput(const StandardInput &) = delete;
    StandardInput &operator=(const StandardInput &) = delete;
    [[nodiscard]] bool type(const QByteArray &text) const
    {
        return ::write(m_master, text.constData(), size_t(text.size())) == text.size();
    }

private:
    int m_before;
    int m_master = -1;
};

} // namespace

class ExecTerminalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qputenv("SHELL", "/bin/sh"); }

    void asksAtTheTerminal_data()
    {
        QTest::addColumn<ExecConfig::Interactive>("mode");
        QTest::newRow("if available") << ExecConfig::Interactive::IfAvailable;
        QTest::newRow("always") << ExecConfig::Interactive::Always;
    }
    void asksAtTheTerminal()
    {
        QFETCH(ExecConfig::Interactive, mode);
        const StandardInput input(true);
        Plugin plugin;
        plugin.write("echo \"$KUBERNETES_EXEC_INFO\" > " + plugin.path("info").toUtf8() + "\nread code\n"
            + plugin.giving("t-$code"));
        ClusterConfig config = plugin.config();
        config.exec->interactive = mode;
        config.exec->terminal = true;
        CredentialProvider provider(config, Plugin::consented());
        QVERIFY(input.type("4711\n"));
        const Result<Credential> credential = Plugin::ask(provider);
        QVERIFY2(credential, credential ? "" : qPrintable(credential.error().message));
        QCOMPARE(credential->authorization.reveal(), "Bearer t-4711");
        QCOMPARE(QJsonDocument::fromJson(plugin.content("info"))["spec"_L1]["interactive"_L1].toBool(), true);
    }

    void isLeftAlone_data()
    {
        QTest::addColumn<ExecConfig::Interactive>("mode");
        QTest::addColumn<bool>("lent");
        QTest::addColumn<bool>("terminal");
        QTest::newRow("never") << ExecConfig::Interactive::Never << true << true;
        QTest::newRow("a window") << ExecConfig::Interactive::IfAvailable << false << true;
        QTest::newRow("a script") << ExecConfig::Interactive::IfAvailable << true << false;
    }
    void isLeftAlone()
    {
        QFETCH(ExecConfig::Interactive, mode);
        QFETCH(bool, lent);
        QFETCH(bool, terminal);
        const StandardInput input(terminal);
        Plugin plugin;
        plugin.write("echo \"$KUBERNETES_EXEC_INFO\" > " + plugin.path("info").toUtf8()
            + "\nread code && exit 9\n[ -t 0 ] && exit 8\n" + plugin.giving("quiet"));
        ClusterConfig config = plugin.config();
        config.exec->interactive = mode;
        config.exec->terminal = lent;
        CredentialProvider provider(config, Plugin::consented());
        const Result<Credential> credential = Plugin::ask(provider);
        QVERIFY2(credential, credential ? "" : qPrintable(credential.error().message));
        QCOMPARE(QJsonDocument::fromJson(plugin.content("info"))["spec"_L1]["interactive"_L1].toBool(true), false);
    }

    void alwaysNeedsOne_data()
    {
        QTest::addColumn<bool>("lent");
        QTest::addColumn<bool>("terminal");
        QTest::newRow("a window") << false << true;
        QTest::newRow("a script") << true << false;
    }
    void alwaysNeedsOne()
    {
        QFETCH(bool, lent);
        QFETCH(bool, terminal);
        const StandardInput input(terminal);
        Plugin plugin;
        plugin.write(plugin.giving("t"));
        ClusterConfig config = plugin.config();
        config.exec->interactive = ExecConfig::Interactive::Always;
        config.exec->terminal = lent;
        CredentialProvider provider(config, Plugin::consented());
        const Result<Credential> credential = Plugin::ask(provider);
        QVERIFY(!credential);
        QVERIFY(credential.error().message.contains("standard input is not a terminal"_L1));
        QCOMPARE(plugin.runs(), 0);
    }

    void cancelEndsIt()
    {
        const StandardInput input(true);
        Plugin plugin;
        plugin.write("echo $$ > " + plugin.path("pid").toUtf8() + "\nread code\n" + plugin.giving("t"));
        ClusterConfig config = plugin.config();
        config.exec->terminal = true;
        CredentialProvider provider(config, Plugin::consented());
        QObject context;
        std::optional<Result<Credential>> answer;
        provider.request(&context, [&](const Result<Credential> &c) { answer = c; });
        QTRY_VERIFY(plugin.content("pid").endsWith('\n'));
        const QString process = u"/proc/"_s + QString::fromLatin1(plugin.content("pid").trimmed());
        QVERIFY(QFile::exists(process));
        provider.cancel();
        QTRY_VERIFY(answer);
        QTRY_VERIFY(!QFile::exists(process));
    }
};

QTEST_GUILESS_MAIN(ExecTerminalTest)
#include "tst_execterminal.moc"
