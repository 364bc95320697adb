// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/pastedtext.h"

#include "evidence/bundleobjects.h"
#include "evidence/objectpieces.h"

#include <QBuffer>
#include <QHash>
#include <QRegularExpression>

namespace evidence {

using namespace Qt::StringLiterals;

KindName kindOfResource(const QString &resource)
{
    struct Known {
        const char *names; ///< plural first, then singular and short names; what follows the first '.' is the group
        const char *apiVersion, *kind;
    };
    static constexpr Known all[]{
        {"pods pod po", "v1", "Pod"},
        {"nodes node no", "v1", "Node"},
        {"events event ev", "v1", "Event"},
        {"services service svc", "v1", "Service"},
        {"persistentvolumeclaims persistentvolumeclaim pvc", "v1", "PersistentVolumeClaim"},
        {"persistentvolumes persistentvolume pv", "v1", "PersistentVolume"},
        {"configmaps configmap cm", "v1", "ConfigMap"},
        {"namespaces namespace ns", "v1", "Namespace"},
        {"jobs job", "batch/v1", "Job"},
        {"deployments deployment deploy", "apps/v1", "Deployment"},
        {"daemonsets daemonset ds", "apps/v1", "DaemonSet"},
        {"statefulsets statefulset sts", "apps/v1", "StatefulSet"},
        {"poddisruptionbudgets poddisruptionbudget pdb", "policy/v1", "PodDisruptionBudget"},
        {"apiservices apiservice", "apiregistration.k8s.io/v1", "APIService"},
        {"upgrades upgrade", "harvesterhci.io/v1beta1", "Upgrade"},
        {"upgradelogs upgradelog", "harvesterhci.io/v1beta1", "UpgradeLog"},
        {"versions version", "harvesterhci.io/v1beta1", "Version"},
        {"addons addon", "harvesterhci.io/v1beta1", "Addon"},
        {"virtualmachineimages virtualmachineimage vmimage vmimages", "harvesterhci.io/v1beta1", "VirtualMachineImage"},
        {"upgradeplans upgradeplan up ups", "management.harvesterhci.io/v1beta1", "UpgradePlan"},
        {"plans plan", "upgrade.cattle.io/v1", "Plan"},
        {"managedcharts managedchart", "management.cattle.io/v3", "ManagedChart"},
        {"bundles bundle", "fleet.cattle.io/v1alpha1", "Bundle"},
        {"bundledeployments bundledeployment", "fleet.cattle.io/v1alpha1", "BundleDeployment"},
        {"machines machine ma", "cluster.x-k8s.io/v1beta1", "Machine"},
        {"rkecontrolplanes rkecontrolplane", "rke.cattle.io/v1", "RKEControlPlane"},
        {"volumes volume lhv", "longhorn.io/v1beta2", "Volume"},
        {"engines engine lhe", "longhorn.io/v1beta2", "Engine"},
        {"replicas replica lhr", "longhorn.io/v1beta2", "Replica"},
        {"instancemanagers instancemanager lhim", "longhorn.io/v1beta2", "InstanceManager"},
        {"virtualmachines virtualmachine vm vms", "kubevirt.io/v1", "VirtualMachine"},
        {"virtualmachineinstances virtualmachineinstance vmi vmis", "kubevirt.io/v1", "VirtualMachineInstance"},
        {"virtualmachineinstancemigrations virtualmachineinstancemigration vmim vmims", "kubevirt.io/v1",
            "VirtualMachineInstanceMigration"},
        {"kubevirts kubevirt kv", "kubevirt.io/v1", "KubeVirt"},
    };
    const QString name = resource.section(u'.', 0, 0).toLower();
    const QString group = resource.section(u'.', 1);
    if (name == "clusters"_L1 || name == "cluster"_L1 || name == "cl"_L1) {
        // Three groups have Clusters; without a group kubectl takes Cluster API's.
        if (group.contains("provisioning"_L1))
            return {u"provisioning.cattle.io/v1"_s, u"Cluster"_s};
        if (group.contains("management"_L1))
            return {u"management.cattle.io/v3"_s, u"Cluster"_s};
        if (group.contains("fleet"_L1))
            return {u"fleet.cattle.io/v1alpha1"_s, u"Cluster"_s};
        return {u"cluster.x-k8s.io/v1beta1"_s, u"Cluster"_s};
    }
    if ((name == "nodes"_L1 || name == "node"_L1) && group.startsWith("longhorn"_L1))
        return {u"longhorn.io/v1beta2"_s, u"Node"_s};
    if (name.startsWith("setting"_L1))
        return {
            group.startsWith("longhorn"_L1) ? u"longhorn.io/v1beta2"_s : u"harvesterhci.io/v1beta1"_s, u"Setting"_s};
    for (const Known &known : all) {
        if (QString::fromLatin1(known.names).split(u' ').contains(name))
            return {QString::fromLatin1(known.apiVersion), QString::fromLatin1(known.kind)};
    }
    return {};
}

QJsonObject eventOf(const QString &type, const QString &reason, const QString &age, const QString &message,
    const QJsonObject &involved, const QDateTime &now)
{
    // "5m12s (x14 over 3h)", "<unknown>", "2m ago"
    static const QRegularExpression part(u"(\\d+)([dhms])"_s);
    static const QRegularExpression times(u"\\(x(\\d+) over"_s);
    static const QHash<QString, qint64> seconds{{u"d"_s, 86400}, {u"h"_s, 3600}, {u"m"_s, 60}, {u"s"_s, 1}};
    qint64 ago = -1;
    for (const QRegularExpressionMatch &match : part.globalMatch(age.section(u'(', 0, 0)))
        ago = std::max<qint64>(ago, 0) + match.captured(1).left(9).toLongLong() * seconds.value(match.captured(2));
    QJsonObject event{{u"apiVersion"_s, u"v1"_s}, {u"kind"_s, u"Event"_s}, {u"type"_s, type}, {u"reason"_s, reason},
        {u"message"_s, message}, {u"involvedObject"_s, involved}};
    if (const auto match = times.match(age); match.hasMatch())
        event.insert(u"count"_s, match.captured(1).left(9).toInt());
    if (ago >= 0 && now.isValid())
        event.insert(u"lastTimestamp"_s, now.addSecs(-ago).toUTC().toString(Qt::ISODate));
    const QString name = involved.value("name"_L1).toString() + u'.'
        + QString::number(qHash(reason + message + age, 1) & 0xffffffffU, 16);
    QJsonObject meta{{u"name"_s, name}};
    if (const QString ns = involved.value("namespace"_L1).toString(); !ns.isEmpty())
        meta.insert(u"namespace"_s, ns);
    event.insert(u"metadata"_s, meta);
    return event;
}

namespace {

struct Command {
    QString verb, resource, ns;
    bool found = false;
};

/// "root@n1:~# kubectl get bundles.fleet.cattle.io -n fleet-local": what it asked for.
Command commandIn(QByteArrayView line)
{
    static const QRegularExpression call(u"^(?:.*[$#>%]\\s*)?(?:sudo\\s+)?(?:\\S*/)?(?:kubectl|k)\\s+(.*)$"_s);
    if (line.size() > 1000 || !(line.contains("kubectl ") || line.contains("k get ")))
        return {};
    const auto match = call.match(QString::fromUtf8(line));
    if (!match.hasMatch())
        return {};
    Command command;
    const QStringList words = match.captured(1).split(u' ', Qt::SkipEmptyParts);
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (word == "|"_L1)
            break;
        if (word == "-n"_L1 || word == "--namespace"_L1)
            command.ns = words.value(++i);
        else if (word.startsWith("--namespace="_L1))
            command.ns = word.mid(12);
        else if (word == "-o"_L1 || word == "-l"_L1 || word == "--context"_L1 || word == "--kubeconfig"_L1)
            ++i;
        else if (word.startsWith(u'-'))
            continue;
        else if (command.verb.isEmpty())
            command.verb = word;
        else if (command.resource.isEmpty())
            command.resource = word.section(u'/', 0, 0).section(u',', 0, 0);
    }
    // "the kubectl command failed" in a log is no call.
    static const QStringList verbs{u"get"_s, u"describe"_s, u"logs"_s, u"delete"_s, u"apply"_s, u"patch"_s, u"edit"_s,
        u"events"_s, u"version"_s, u"create"_s, u"exec"_s, u"rollout"_s, u"scale"_s, u"label"_s, u"annotate"_s};
    command.found = verbs.contains(command.verb);
    if (command.verb == "events"_L1)
        command.resource = u"events"_s;
    return command;
}

bool beginsYaml(QByteArrayView line)
{
    return line.startsWith("apiVersion:") || line.startsWith("kind: ") || line == "---" || line == "items:"
        || line.startsWith("metadata:");
}

/// A line that can belong to a YAML document whose top level is at the left edge.
bool goesOnYaml(QByteArrayView line)
{
    if (line.isEmpty() || line.startsWith(' ') || line.startsWith('\t') || line.startsWith('-') || line.startsWith('#')
        || line.startsWith('}') || line.startsWith(']'))
        return true;
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0 || (colon + 1 < line.size() && line.at(colon + 1) != ' '))
        return false;
    for (const char c : line.first(colon)) {
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'))
            return false;
    }
    return line.at(0) >= 'a' && line.at(0) <= 'z';
}

class Reader {
public:
    Reader(const QString &part, const QDateTime &now, const BundleLimits &limits, BundleProblems &problems)
        : m_part(part)
        , m_now(now)
        , m_limits(limits)
        , m_problems(problems)
    {
    }

    PastedText read(const QByteArray &text)
    {
        m_lines = text.split('\n');
        for (QByteArray &line : m_lines) {
            if (line.endsWith('\r'))
                line.chop(1);
        }
        qsizetype at = 0;
        while (at < m_lines.size())
            at = block(at);
        for (const QByteArray &line : std::as_const(m_lines)) {
            m_result.anyLine = m_result.anyLine || !line.trimmed().isEmpty();
            m_result.lines += line;
            m_result.lines += '\n';
        }
        return std::move(m_result);
    }

private:
    /// Reads what begins at that line; where the next begins.
    qsizetype block(qsizetype at)
    {
        const QByteArrayView line = m_lines.at(at);
        if (const Command command = commandIn(line); command.found) {
            m_command = command;
            return at + 1;
        }
        if (beginsYaml(line))
            return yaml(at);
        if (line.startsWith('{')
            && (line.trimmed() == "{" || line.contains("\"kind\"") || line.contains("\"apiVersion\"")))
            return json(at);
        if (isTableHead(line))
            return table(at);
        if (line.startsWith("Name:") && at + 1 < m_lines.size())
            return description(at);
        return at + 1;
    }
    qsizetype yaml(qsizetype at)
    {
        qsizetype end = at;
        while (end < m_lines.size() && goesOnYaml(m_lines.at(end)) && !m_lines.at(end).startsWith("```"))
            ++end;
        if (!objects(at, end))
            return at + 1;
        return end;
    }
    qsizetype json(qsizetype at)
    {
        // To the brace at the left edge, or the end of the line when all of it is there.
        qsizetype end = at + 1;
        if (m_lines.at(at).trimmed() == "{" || !m_lines.at(at).trimmed().endsWith('}')) {
            while (end < m_lines.size() && !m_lines.at(end).startsWith('}'))
                ++end;
            end = std::min(end + 1, m_lines.size());
        }
        if (!objects(at, end))
            return at + 1;
        return end;
    }
    /// False: there is no object in it.
    bool objects(qsizetype at, qsizetype end)
    {
        QByteArray text = m_lines.sliced(at, end - at).join('\n');
        QBuffer buffer(&text);
        buffer.open(QIODevice::ReadOnly);
        bool any = false;
        BundleProblems mine(m_limits.problems);
        PieceTaker taker;
        taker.take = [&](const ObjectPiece &piece) {
            const QList<QJsonObject> read = readPiece(piece, m_part, m_limits, mine, int(at));
            any = any || !read.isEmpty();
            m_result.objects += read;
            return true;
        };
        taker.tooLarge = [&](int number) {
            any = true;
            mine.add(BundleProblem::Code::ObjectTooLarge, m_part, {}, number + int(at));
        };
        cutObjects(buffer, m_limits, taker);
        // Half an object is one too, whatever may be in it: it is not kept as a log.
        const bool half
            = !any && (text.startsWith("apiVersion:") || text.contains("\nkind: ") || text.contains("\"kind\""));
        if (!any && !half)
            return false;
        for (const BundleProblem &problem : mine.all())
            m_problems.add(problem);
        for (qsizetype i = at; i < end; ++i)
            m_lines[i].clear();
        return true;
    }
    qsizetype table(qsizetype at)
    {
        qsizetype end = at + 1;
        while (end < m_lines.size() && !m_lines.at(end).trimmed().isEmpty() && !isTableHead(m_lines.at(end))
            && !m_lines.at(end).startsWith("```") && !commandIn(m_lines.at(end)).found)
            ++end;
        m_result.objects += objectsOfTable(m_lines.sliced(at, end - at), m_command.resource, m_command.ns, m_now);
        return end;
    }
    qsizetype description(qsizetype at)
    {
        qsizetype end = at + 1;
        while (end < m_lines.size() && !m_lines.at(end).startsWith("Name:") && !m_lines.at(end).startsWith("```")
            && !commandIn(m_lines.at(end)).found)
            ++end;
        const QList<QJsonObject> found = objectsOfDescription(m_lines.sliced(at, end - at), m_command.resource, m_now);
        if (found.isEmpty())
            return at + 1;
        m_result.objects += found;
        return end;
    }

    QString m_part;
    QDateTime m_now;
    const BundleLimits &m_limits;
    BundleProblems &m_problems;
    QList<QByteArray> m_lines;
    Command m_command;
    PastedText m_result;
};

} // namespace

PastedText readPasted(const QByteArray &text, const QString &part, const QDateTime &now, const BundleLimits &limits,
    BundleProblems &problems)
{
    return Reader(part, now, limits, problems).read(text);
}

} // namespace evidence
