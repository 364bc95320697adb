// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Opening a bundle: find the parts, say what each is, read the objects, leave the logs where they are.

#include "evidence/bundlecontents.h"
#include "evidence/objectpieces.h"
#include "evidence/pastedtext.h"

#include <QBuffer>
#include <QDir>
#include <QFileInfo>
#include <QJsonArray>
#include <QTimeZone>

#include <algorithm>

namespace evidence {

using namespace Qt::StringLiterals;
using Code = BundleProblem::Code;
using Is = PartRole::Is;

namespace {

constexpr qsizetype headSize = 1024;

bool isBinary(QByteArrayView begin)
{
    if (begin.startsWith("\xff\xfe") || begin.startsWith("\xfe\xff")
        || begin.startsWith(QByteArrayView("\0\0\xfe\xff", 4)))
        return false; // UTF-16 or UTF-32 with its mark
    return begin.contains('\0');
}

bool namedLikeArchive(const QString &name)
{
    for (const auto suffix : {".zip"_L1, ".tar"_L1, ".tgz"_L1, ".tar.gz"_L1}) {
        if (name.endsWith(suffix, Qt::CaseInsensitive))
            return true;
    }
    return false;
}

/// Objects a board is made of come first: they must be in when a limit is reached.
int rankOf(const QString &name)
{
    static const QStringList late{u"customresourcedefinitions"_s, u"configmaps"_s, u"controllerrevisions"_s,
        u"replicasets"_s, u"secrets"_s, u"apprevisions"_s, u"endpoints"_s};
    const QString file = name.section(u'/', -1).section(u'.', 0, 0);
    return late.contains(file) ? 2 : name.contains("harvesterhci.io"_L1) ? 0 : 1;
}

} // namespace

BundleReader::BundleReader(const QString &name, const QString &path, const BundleOptions &options)
    : m_options(options)
    , m_problems(options.limits.problems)
    , m_contents(std::make_shared<Bundle::Contents>())
{
    if (!m_options.now.isValid())
        m_options.now = QDateTime::currentDateTimeUtc();
    m_contents->name = name;
    m_contents->path = path;
    m_contents->limits = options.limits;
    m_contents->folder = std::make_shared<PrivateFolder>(options.temporary, options.limits.total);
}

std::expected<std::shared_ptr<const Bundle::Contents>, BundleProblem> BundleReader::read(
    const QString &source, bool pasted)
{
    m_pasted = pasted;
    const QFileInfo info(source);
    if (info.isDir()) {
        if (!QDir(source).isReadable())
            return std::unexpected(BundleProblem{Code::NotReadable, m_contents->name, qt_error_string(EACCES)});
    } else if (const auto file = openForReading(source); !file) {
        return std::unexpected(BundleProblem{Code::NotReadable, m_contents->name, file.error().message});
    }
    list(source);
    sortOut();
    if (m_entries.isEmpty()) {
        const QList<BundleProblem> problems = m_problems.all();
        return std::unexpected(
            problems.isEmpty() ? BundleProblem{Code::NothingInIt, m_contents->name} : problems.constFirst());
    }
    qint64 done = 0;
    for (const Is step : {Is::Manifest, Is::State, Is::Metadata, Is::Errors, Is::Objects, Is::Log, Is::Text}) {
        for (const Entry &entry : std::as_const(m_entries)) {
            if (entry.role.is != step || stopped())
                continue;
            switch (step) {
            case Is::Manifest:
            case Is::State:
                readManifest(entry);
                break;
            case Is::Metadata:
                readMetadata(entry);
                break;
            case Is::Errors:
                readErrors(entry);
                break;
            case Is::Objects:
                readObjects(entry);
                break;
            case Is::Log:
                if (!entry.role.container.isEmpty())
                    addLog(entry, BundleLog::Origin::Container);
                else if (!entry.role.node.isEmpty())
                    addLog(entry, BundleLog::Origin::Node);
                else
                    readText(entry);
                break;
            case Is::Text:
            case Is::Other:
                readText(entry);
                break;
            }
            if (m_options.progress)
                m_options.progress(double(++done) / double(m_entries.size()));
        }
    }
    if (m_binary > 0)
        m_problems.add(Code::Binary, {}, {}, 0, m_binary);
    settleTime();
    makeSnapshot();
    labelLogs();
    m_contents->problems = m_problems.all();
    return m_contents;
}

QByteArray BundleReader::begin(const Part &part)
{
    BundleLimits small = m_options.limits;
    const auto device = openPart(part, small);
    if (!device) {
        m_problems.add(device.error());
        return {};
    }
    return (*device)->read(headSize);
}

void BundleReader::list(const QString &source)
{
    QList<Part> found;
    if (QFileInfo(source).isDir()) {
        Listing listing(m_options.limits, m_problems);
        listing.addFolder(source, {});
        found = std::move(listing.parts());
    } else {
        const QFileInfo info(source);
        Part part;
        part.name = m_contents->name;
        part.file = source;
        part.size = info.size();
        part.modified = info.lastModified(QTimeZone::UTC);
        found.append(part);
        m_contents->shape = BundleShape::Text; // until it turns out to be an archive
    }
    look(std::move(found), 0);
}

void BundleReader::look(QList<Part> found, int depth)
{
    for (Part &part : found) {
        if (stopped())
            return;
        QByteArray head = begin(part);
        ArchiveKind kind = archiveKind(head);
        // A log may be packed, and a tar.
        for (int layers = 0; kind == ArchiveKind::None && layers < 2; ++layers) {
            const auto packing = packingOf(head);
            if (!packing)
                break;
            part.packing.append(*packing);
            part.size = -1;
            head = begin(part);
            kind = archiveKind(head);
        }
        if (kind != ArchiveKind::None) {
            nest(part, kind, depth);
        } else if (namedLikeArchive(part.name)) {
            m_problems.add(head.isEmpty() ? Code::Damaged : Code::NotArchive, part.name);
        } else if (isBinary(head)) {
            ++m_binary;
        } else if (m_parts.size() < m_options.limits.parts) {
            m_parts.append(std::move(part));
        }
    }
}

void BundleReader::nest(const Part &part, ArchiveKind kind, int depth)
{
    if (depth >= m_options.limits.depth) {
        m_problems.add(Code::TooDeep, part.name);
        return;
    }
    QString file = part.file;
    if (!part.isPlainFile()) {
        auto device = openPart(part, m_options.limits);
        if (!device) {
            m_problems.add(device.error());
            return;
        }
        const auto kept = m_contents->folder->keep(**device, part.name);
        if (!kept) {
            m_problems.add(
                kept.error().code, part.name, kept.error().code == Code::TooLarge ? QString() : kept.error().detail);
            if (kept.error().code != Code::TooLarge)
                return;
        }
        file = kept ? *kept : kept.error().detail;
        if (const auto code = (*device)->trouble())
            m_problems.add(*code, part.name);
    }
    const bool whole = depth == 0 && m_contents->shape == BundleShape::Text;
    if (whole)
        m_contents->shape = BundleShape::Folder;
    Listing listing(m_options.limits, m_problems);
    const QString prefix = whole ? QString() : part.name + u'/';
    if (kind == ArchiveKind::Zip)
        listing.addZip(file, prefix);
    else
        listing.addTar(file, prefix);
    look(std::move(listing.parts()), depth + 1);
}

void BundleReader::sortOut()
{
    QStringList names;
    names.reserve(m_parts.size());
    for (const Part &part : std::as_const(m_parts))
        names.append(part.name);
    const QString folder = commonFolder(names);
    bool support = false, gleaner = false;
    qsizetype upgradeLogs = 0;
    QSet<QString> taken;
    for (Part &part : m_parts) {
        Entry entry;
        entry.inner = withoutPacking(part.name.mid(folder.size()));
        entry.role = roleOf(entry.inner);
        if (taken.contains(entry.inner))
            entry.inner = part.name.mid(folder.size());
        while (taken.contains(entry.inner))
            entry.inner += u'~';
        taken.insert(entry.inner);
        support = support || (entry.role.supportBundle && entry.role.is != Is::Log);
        gleaner = gleaner || entry.role.is == Is::Manifest;
        upgradeLogs += entry.role.upgradeLog ? 1 : 0;
        entry.part = std::move(part);
        m_entries.append(std::move(entry));
    }
    m_parts.clear();
    if (support)
        m_contents->shape = BundleShape::SupportBundle;
    else if (upgradeLogs > 0 && upgradeLogs * 2 >= m_entries.size())
        m_contents->shape = BundleShape::UpgradeLogArchive;
    if (!support && !gleaner) {
        // A folder of somebody's own may have a metadata.yaml too.
        for (Entry &entry : m_entries) {
            if (entry.role.is == Is::State)
                entry.role.is = Is::Objects;
        }
    }
    std::ranges::stable_sort(m_entries, {}, [](const Entry &entry) { return rankOf(entry.inner); });
    if (support) {
        const auto has = [this](Is role) {
            return std::ranges::any_of(m_entries, [role](const Entry &entry) { return entry.role.is == role; });
        };
        if (!has(Is::Metadata))
            m_problems.add(Code::Absent, u"metadata.yaml"_s);
        if (!has(Is::Objects))
            m_problems.add(Code::Absent, u"yamls"_s);
        if (!std::ranges::any_of(m_entries, [](const Entry &entry) { return !entry.role.container.isEmpty(); }))
            m_problems.add(Code::Absent, u"logs"_s);
    }
}

void BundleReader::readObjects(const Entry &entry)
{
    auto device = openText(entry.part, m_options.limits);
    if (!device) {
        m_problems.add(device.error());
        return;
    }
    if (entry.role.supportBundle) {
        if (!entry.role.ns.isEmpty())
            m_namespaces.insert(entry.role.ns);
        m_clusterScope = m_clusterScope || entry.role.clusterScope;
    }
    bool any = false, noObject = false;
    int nameless = 0;
    // What is no YAML may be a text in spite of its name; then it is told about once, not for each of its lines.
    BundleProblems mine(m_options.limits.problems);
    PieceTaker taker;
    taker.take = [&](const ObjectPiece &piece) {
        const QList<QJsonObject> objects = readPiece(piece, entry.inner, m_options.limits, mine);
        for (const QJsonObject &json : objects) {
            if (json.value("kind"_L1).toString().isEmpty()) {
                nameless = nameless > 0 ? nameless : piece.line;
                noObject = true;
                continue;
            }
            any = true;
            m_text += piece.text.size() / std::max<qsizetype>(1, objects.size());
            take(json, entry.role.supportBundle);
        }
        return !m_full && !stopped();
    };
    taker.tooLarge = [&](int line) {
        any = true;
        mine.add(Code::ObjectTooLarge, entry.inner, {}, line);
    };
    cutObjects(**device, m_options.limits, taker);
    if (!any && !entry.role.kubernetes) {
        readText(entry);
        return;
    }
    if (noObject)
        mine.add(Code::NoObject, entry.inner, {}, nameless);
    for (const BundleProblem &problem : mine.all())
        m_problems.add(problem);
    if (const auto code = (*device)->trouble())
        m_problems.add(*code, entry.inner);
}

void BundleReader::take(QJsonObject json, bool quirk)
{
    const BundleLimits &limits = m_options.limits;
    if (m_full)
        return;
    if (m_contents->objectCount >= limits.objects || m_text > limits.objectText) {
        m_full = true;
        m_problems.add(Code::TooManyObjects, {});
        return;
    }
    if (quirk)
        json = withoutNullTexts(json);
    KindKey key = kindKeyOf(json);
    if (key.group == "events.k8s.io"_L1) {
        // The same events as in the core group, by other names.
        for (const auto &[from, to] :
            {std::pair{"note"_L1, "message"_L1}, std::pair{"regarding"_L1, "involvedObject"_L1},
                std::pair{"deprecatedLastTimestamp"_L1, "lastTimestamp"_L1},
                std::pair{"deprecatedFirstTimestamp"_L1, "firstTimestamp"_L1},
                std::pair{"deprecatedCount"_L1, "count"_L1}}) {
            if (json.contains(from) && !json.contains(to))
                json.insert(to, json.take(from));
        }
        json.insert(u"apiVersion"_s, u"v1"_s);
        key.group.clear();
    }
    const QDateTime newest = newestTime(json);
    const kube::ObjectPtr object = keptObject(std::move(json));
    if (!object) {
        m_problems.add(Code::NoObject, key.kind);
        return;
    }
    // A clock that is far off, or a joke, must not become the time of it all.
    if (newest.isValid() && newest <= m_options.now.addDays(1)
        && (!m_newestObject.isValid() || newest > m_newestObject))
        m_newestObject = newest;
    auto &collection = m_contents->objects[key.text()];
    if (const kube::ObjectPtr known = collection.value(object->key)) {
        if (known->resourceVersion.toLongLong() > object->resourceVersion.toLongLong())
            return;
    } else {
        ++m_contents->objectCount;
    }
    collection.insert(object->key, object);
}

void BundleReader::readText(const Entry &entry)
{
    const BundleLog::Origin origin = m_pasted ? BundleLog::Origin::Pasted : BundleLog::Origin::Text;
    auto device = openText(entry.part, m_options.limits);
    if (!device) {
        m_problems.add(device.error());
        return;
    }
    QByteArray text;
    while (text.size() <= m_options.limits.pasted) {
        const QByteArray more = (*device)->read(1024 * 1024);
        if (more.isEmpty())
            break;
        text += more;
    }
    if (text.trimmed().isEmpty() && m_entries.size() > 1)
        return;
    if (text.size() > m_options.limits.pasted) {
        addLog(entry, origin);
        return;
    }
    const QDateTime then = !m_pasted && entry.part.modified.isValid() ? entry.part.modified : m_options.now;
    PastedText pasted = readPasted(text, entry.inner, then, m_options.limits, m_problems);
    for (const QJsonObject &json : std::as_const(pasted.objects))
        take(json, false);
    if (const auto code = (*device)->trouble())
        m_problems.add(*code, entry.inner);
    if (!pasted.anyLine)
        return;
    Entry rest = entry;
    if (pasted.lines.trimmed() != text.trimmed() && !pasted.objects.isEmpty()) {
        QBuffer buffer(&pasted.lines);
        buffer.open(QIODevice::ReadOnly);
        const auto kept = m_contents->folder->keepBytes(buffer, entry.inner, m_options.limits.total);
        if (!kept) {
            m_problems.add(kept.error());
            return;
        }
        rest.part = {};
        rest.part.name = entry.part.name;
        rest.part.file = *kept;
        rest.part.size = pasted.lines.size();
        rest.part.modified = entry.part.modified;
    }
    addLog(rest, origin);
}

void BundleReader::addLog(const Entry &entry, BundleLog::Origin origin)
{
    BundleLog log;
    log.origin = origin;
    log.name = entry.inner;
    log.ns = entry.role.ns;
    log.pod = entry.role.pod;
    log.container = entry.role.container;
    log.node = entry.role.node;
    log.previous = entry.role.previous;
    log.size = entry.part.size;
    m_contents->logs.append(log);
    m_contents->parts.insert(log.name, entry.part);
}

} // namespace evidence
