// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/bundlewriter.h"

#include "evidence/marks.h"
#include "evidence/redactedobject.h"
#include "evidence/snapshotjson.h"

#include <KZip>

#include <QCryptographicHash>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryFile>

#include <cerrno>
#include <cstdio>

namespace evidence {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 piece = qint64(256) * 1024;

/// One bundle being written.
class Writer {
public:
    Writer(const BundleInput &input, const BundleWriting &writing, QIODevice &out)
        : m_input(input)
        , m_writing(writing)
        , m_zip(&out)
        , m_total(estimatedSize(input))
    {
    }

    bool run();
    [[nodiscard]] bool stopped() const { return m_writing.stop && m_writing.stop->load(); }
    [[nodiscard]] bool failed() const { return m_failed; }
    [[nodiscard]] const SecretCounts &masked() const { return m_masked; }
    [[nodiscard]] const QList<MissingItem> &missing() const { return m_missing; }

private:
    void learn();
    void objects();
    void logs();
    void log(const LogToBundle &log);
    void state();
    void manifest();
    void missing(const QString &item, const QString &message);
    void told(const QString &item, qint64 more);
    QByteArray json(const QJsonObject &object);

    bool begin(const QString &path);
    void write(const QByteArray &bytes);
    void end(const SecretCounts &counts);
    void entry(const QString &path, const QByteArray &bytes, const SecretCounts &counts);

    const BundleInput &m_input;
    const BundleWriting &m_writing;
    KZip m_zip;
    KnownSecrets m_known;
    QString m_folder;
    bool m_failed = false;
    qint64 m_total = 0, m_done = 0;
    QString m_entry; ///< being written
    qint64 m_entrySize = 0;
    QCryptographicHash m_hash{QCryptographicHash::Sha256};
    SecretCounts m_masked{};
    QJsonArray m_contents;
    QList<MissingItem> m_missing;
};

QJsonObject toJson(const SecretCounts &counts)
{
    QJsonObject result;
    for (int i = 0; i < secretKinds; ++i) {
        if (counts[size_t(i)] > 0)
            result.insert(secretWord(SecretKind(i)), counts[size_t(i)]);
    }
    return result;
}

/// Safe in a zip on every system, and never outside of its folder.
QString safePath(const QString &path)
{
    QStringList parts;
    for (const QString &part : path.split(u'/', Qt::SkipEmptyParts)) {
        QString safe;
        for (const QChar c : part)
            safe += c.unicode() < 0x20 || u"<>:\"\\|?*"_s.contains(c) ? u'_' : c;
        if (safe == "."_L1 || safe == ".."_L1)
            safe = u"_"_s;
        parts.append(safe);
    }
    return parts.join(u'/');
}

bool Writer::run()
{
    if (!m_zip.open(QIODevice::WriteOnly))
        return false;
    m_folder = safePath(u"gleaner-%1-%2"_s.arg(m_input.id.upgradeName.isEmpty() ? u"cluster"_s : m_input.id.upgradeName,
                   m_input.asOf.toUTC().toString(u"yyyy-MM-ddTHH-mm-ssZ"_s)))
        + u'/';
    m_missing = m_input.missing;
    learn();
    for (const TextToBundle &text : m_input.texts) {
        SecretCounts counts{};
        const QByteArray masked = TextRedactor::redact(text.text, counts, &m_known);
        entry(text.path, masked, counts);
        told(text.path, text.text.size());
    }
    objects();
    logs();
    state();
    manifest();
    return m_zip.close() && !m_failed;
}

/// What anything holds under the name of a secret is sought in everything else.
void Writer::learn()
{
    for (const QByteArray &secret : m_input.secrets)
        m_known.add(secret);
    for (const QList<QJsonObject> &list : m_input.objects) {
        for (const QJsonObject &object : list)
            learnSecrets(object, m_known);
    }
}

void Writer::objects()
{
    for (auto it = m_input.objects.cbegin(); it != m_input.objects.cend() && !stopped(); ++it) {
        const QString kind = it.key().section(u'/', -1);
        if (kind == "Secret"_L1)
            continue;
        const QString group = it.key().section(u'/', 0, -2);
        SecretCounts counts{};
        // A List, an object a line, so that two bundles can be compared line by line.
        QByteArray text = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[";
        bool first = true;
        for (const QJsonObject &object : *it) {
            if (object.value("kind"_L1).toString() == "Secret"_L1)
                continue;
            text += first ? "\n" : ",\n";
            first = false;
            text += QJsonDocument(redactedObject(object, counts, &m_known)).toJson(QJsonDocument::Compact);
        }
        text += "\n]}\n";
        entry(u"objects/%1/%2.json"_s.arg(group.isEmpty() ? u"core"_s : group, kind), text, counts);
        told(it.key(), text.size());
    }
}

void Writer::logs()
{
    for (const LogToBundle &log : m_input.logs) {
        if (stopped())
            return;
        this->log(log);
    }
}

void Writer::log(const LogToBundle &log)
{
    QFile file(log.file);
    if (!file.open(QIODevice::ReadOnly)) {
        missing(log.path, file.errorString());
        return;
    }
    QList<Mark> marks;
    if (QFile beside(log.file + ".marks"_L1); beside.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : beside.readAll().split('\n')) {
            if (const auto mark = logs::parseMark(line))
                marks.append(*mark);
        }
    }
    if (!begin(log.path))
        return;
    // Masks are longer or shorter than what they stand for: dividers move with the text.
    TextRedactor redactor(&m_known, true);
    QByteArray moved;
    qint64 position = 0;
    const auto feedTo = [&](qint64 to) {
        while (position < to && !stopped()) {
            const QByteArray bytes = file.read(std::min(piece, to - position));
            if (bytes.isEmpty())
                return false;
            position += bytes.size();
            write(redactor.feed(bytes));
            told(log.path, bytes.size());
        }
        return true;
    };
    const qint64 size = file.size(); // it may grow meanwhile; what is there now is what is taken
    bool whole = true;
    for (Mark mark : std::as_const(marks)) {
        if (mark.at > size)
            break;
        whole = whole && feedTo(mark.at);
        write(redactor.flush());
        mark.at = m_entrySize;
        moved += logs::markLine(mark);
        if (!moved.endsWith('\n'))
            moved += '\n';
    }
    whole = whole && feedTo(size);
    write(redactor.finish());
    if (!whole && !stopped())
        missing(log.path, file.errorString());
    end(redactor.counts());
    if (!moved.isEmpty()) {
        SecretCounts counts{};
        entry(log.path + ".marks"_L1, moved, counts);
    }
}

void Writer::state()
{
    QJsonObject sources, digests;
    for (auto it = m_input.snapshot.sources.cbegin(); it != m_input.snapshot.sources.cend(); ++it)
        sources.insert(it.key(), evidence::toJson(it.value()));
    for (auto it = m_input.snapshot.logs.cbegin(); it != m_input.snapshot.logs.cend(); ++it)
        digests.insert(it.key(), evidence::toJson(it.value()));
    SecretCounts counts{};
    const QJsonObject state{{"sources"_L1, sources}, {"digests"_L1, digests},
        {"observed"_L1, observationsPatch({}, m_input.snapshot.seen)}};
    entry(u"state.json"_s, json(redactedObject(state, counts, &m_known)), counts);
}

void Writer::manifest()
{
    SecretCounts counts{};
    QJsonArray errors;
    for (const MissingItem &item : std::as_const(m_missing)) {
        errors.append(QJsonObject{{"item"_L1, item.item},
            {"message"_L1, QString::fromUtf8(TextRedactor::redact(item.message.toUtf8(), counts, &m_known))}});
    }
    const QJsonObject manifest{
        {"format"_L1, "gleaner.bundle"_L1},
        {"version"_L1, 1},
        {"asOf"_L1, timeText(m_input.asOf)},
        {"made"_L1, timeText(m_input.made)},
        {"cluster"_L1,
            QJsonObject{{"name"_L1, m_input.id.clusterName}, {"uid"_L1, m_input.id.clusterUid},
                {"server"_L1, QString::fromUtf8(TextRedactor::redact(m_input.id.server.toUtf8(), counts, &m_known))},
                {"harvesterVersion"_L1, m_input.harvesterVersion},
                {"kubernetesVersion"_L1, m_input.kubernetesVersion}}},
        {"upgrade"_L1,
            QJsonObject{{"name"_L1, m_input.id.upgradeName}, {"uid"_L1, m_input.id.upgradeUid},
                {"from"_L1, m_input.id.fromVersion}, {"to"_L1, m_input.id.toVersion}}},
        {"redaction"_L1, QJsonObject{{"masked"_L1, toJson(m_masked)}}},
        {"contents"_L1, m_contents},
        {"errors"_L1, errors},
    };
    entry(u"manifest.json"_s, json(manifest), {});
}

QByteArray Writer::json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Indented);
}

void Writer::missing(const QString &item, const QString &message)
{
    m_missing.append({item, message});
}

void Writer::told(const QString &item, qint64 more)
{
    m_done += more;
    if (m_writing.progress)
        m_writing.progress({item, std::min(m_done, m_total), m_total});
}

bool Writer::begin(const QString &path)
{
    m_entry = safePath(path);
    m_entrySize = 0;
    m_hash.reset();
    const QDateTime time = m_input.asOf;
    m_failed = m_failed
        || !m_zip.prepareWriting(m_folder + m_entry, u"gleaner"_s, u"gleaner"_s, 0, 0100600, time, time, time);
    return !m_failed;
}

void Writer::write(const QByteArray &bytes)
{
    if (m_failed || bytes.isEmpty())
        return;
    m_failed = !m_zip.writeData(bytes);
    m_entrySize += bytes.size();
    m_hash.addData(bytes);
}

void Writer::end(const SecretCounts &counts)
{
    m_failed = m_failed || !m_zip.finishWriting(m_entrySize);
    QJsonObject content{
        {"path"_L1, m_entry}, {"size"_L1, m_entrySize}, {"sha256"_L1, QString::fromLatin1(m_hash.result().toHex())}};
    if (const QJsonObject masked = toJson(counts); !masked.isEmpty())
        content.insert("masked"_L1, masked);
    m_contents.append(content);
    for (size_t i = 0; i < counts.size(); ++i)
        m_masked[i] += counts[i];
}

void Writer::entry(const QString &path, const QByteArray &bytes, const SecretCounts &counts)
{
    if (stopped() || !begin(path))
        return;
    write(bytes);
    end(counts);
}

} // namespace

DiskResult<BundleWritten> writeBundle(const QString &path, const BundleInput &input, const BundleWriting &writing)
{
    // Beside it, so that it can take the name at once; readable by its owner only, and gone when this fails. (The
    // archive closes its device, which QSaveFile does not let anybody do.)
    QTemporaryFile file(path + ".XXXXXX.part"_L1);
    if (!file.open())
        return std::unexpected(DiskError{path, file.errorString(), 0});
    Writer writer(input, writing, file);
    const bool good = writer.run();
    if (writer.stopped())
        return std::unexpected(systemError(path, ECANCELED));
    if (!good)
        return std::unexpected(DiskError{path, file.errorString(), 0});
    if (!file.open() || Disk::system().sync(file.handle()) != 0
        || ::rename(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(path).constData()) != 0)
        return std::unexpected(systemError(path, errno));
    file.setAutoRemove(false);
    file.close();
    return BundleWritten{path, QFileInfo(path).size(), writer.masked(), writer.missing()};
}

qint64 estimatedSize(const BundleInput &input)
{
    qint64 total = 0;
    for (const TextToBundle &text : input.texts)
        total += text.text.size();
    for (const LogToBundle &log : input.logs)
        total += QFileInfo(log.file).size();
    for (const QList<QJsonObject> &list : input.objects) {
        constexpr qint64 ordinary = 4096; // an object as it comes from a server
        total += list.size() * ordinary;
    }
    return total;
}

} // namespace evidence
