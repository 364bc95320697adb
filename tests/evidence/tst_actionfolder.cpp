// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// The journal and the state of an action on disk: private, whole lines only, one owner, no credential.

#include "evidence/actionfolder.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace evidence;

namespace {

/// Takes `left` bytes, then is full.
class SmallDisk : public Disk {
public:
    qint64 writeAt(int fd, const char *bytes, qint64 count, qint64 offset) override
    {
        const qint64 fits = std::min(count, left);
        if (fits == 0)
            return -ENOSPC;
        left -= fits;
        return Disk::writeAt(fd, bytes, fits, offset);
    }
    qint64 left = 1 << 20;
};

int modeOf(const QString &path)
{
    struct stat is{};
    return ::stat(QFile::encodeName(path).constData(), &is) == 0 ? int(is.st_mode & 07777) : -1;
}

} // namespace

class TestActionFolder : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void privateAndAppended()
    {
        QTemporaryDir dir;
        const mode_t before = ::umask(0);
        const QString root = dir.path() + u"/actions"_s;
        QString path;
        for (int round = 0; round < 2; ++round) {
            auto folder = ActionFolder::open(root, u"restart/../x"_s);
            QVERIFY(folder);
            path = (*folder)->path();
            QVERIFY((*folder)->note({{u"n"_s, round}}, true));
            QVERIFY((*folder)->save({{u"round"_s, round}}));
            // Nobody else acts there meanwhile.
            QVERIFY(!ActionFolder::open(root, u"restart/../x"_s));
        }
        ::umask(before);
        QCOMPARE(QDir(root).entryList(QDir::AllEntries | QDir::NoDotAndDotDot).size(), 1);
        QCOMPARE(modeOf(path), 0700);
        QCOMPARE(modeOf(path + u"/journal.jsonl"_s), 0600);
        QCOMPARE(modeOf(path + u"/state.json"_s), 0600);
        QCOMPARE(ActionFolder::folders(root), QStringList{path});
        const auto lines = ActionFolder::journal(path);
        QVERIFY(lines && lines->size() == 2);
        QCOMPARE(lines->at(1).value("n"_L1).toInt(), 1);
        QCOMPARE(ActionFolder::state(path)->value("round"_L1).toInt(), 1);
    }

    void tornAndFull()
    {
        QTemporaryDir dir;
        SmallDisk disk;
        auto folder = ActionFolder::open(dir.path(), u"a"_s, disk);
        QVERIFY(folder);
        const QString path = (*folder)->path();
        QVERIFY((*folder)->note({{u"n"_s, 1}}));
        QVERIFY((*folder)->save({{u"n"_s, 1}}));
        disk.left = 4;
        QVERIFY(!(*folder)->note({{u"n"_s, 2}}));
        QCOMPARE((*folder)->note({{u"n"_s, 2}}).error().code, ENOSPC);
        QVERIFY(!(*folder)->save({{u"n"_s, 2}}));
        QCOMPARE(ActionFolder::state(path)->value("n"_L1).toInt(), 1);
        disk.left = 1 << 20;
        QVERIFY((*folder)->note({{u"n"_s, 3}}));
        folder->reset();
        // A process that died in the middle of a line.
        QFile file(path + u"/journal.jsonl"_s);
        QVERIFY(file.open(QIODevice::Append));
        file.write(R"({"n":4,"half)");
        file.close();
        auto again = ActionFolder::open(dir.path(), u"a"_s);
        QVERIFY(again && (*again)->note({{u"n"_s, 5}}));
        const auto lines = ActionFolder::journal(path);
        QVERIFY(lines);
        QList<int> seen;
        for (const QJsonObject &line : *lines)
            seen.append(line.value("n"_L1).toInt());
        QCOMPARE(seen, (QList<int>{1, 3, 5}));
    }

    void noCredential()
    {
        const QString login = u"https:"_s + u"//me:secretword@host/a.iso?sig=verysecret"_s;
        QJsonObject entry{{u"kind"_s, u"request"_s}, {u"name"_s, u"v1.9.0"_s},
            {u"body"_s, QJsonObject{{u"spec"_s, QJsonObject{{u"isoURL"_s, login}, {u"password"_s, u"verysecret"_s}}}}},
            {u"args"_s, QJsonArray{u"cannot fetch "_s + login}},
            {u"result"_s, u"Authorization: Bearer abcdefghijklmnopqrstuvwxyz0123456789 is not known"_s}};
        const QByteArray text = QJsonDocument(harmless(entry)).toJson();
        for (const char *secret : {"secretword", "verysecret", "abcdefghijklmnop"})
            QVERIFY2(!text.contains(secret), text.constData());
        QVERIFY(text.contains("host/a.iso") && text.contains("v1.9.0"));
    }
};

QTEST_GUILESS_MAIN(TestActionFolder)
#include "tst_actionfolder.moc"
