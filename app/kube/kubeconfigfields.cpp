// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/kubeconfigfields.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QSet>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

QString quoteHint()
{
    return QCoreApplication::translate("kube::Kubeconfig", "Put it in quotes.");
}

ConfigProblem fileProblem(
    const QString &file, int line, const QString &field, const QString &message, const QString &hint = {})
{
    return {ConfigProblem::Severity::Error, file, line, {}, field, message, hint};
}

/// The entries of one section: a list of {name, <kind>: {…}}.
QList<ConfigEntry> readSection(const YamlPtr &root, const char *section, const char *kind, ConfigFile &into)
{
    const YamlPtr list = root->value(section);
    if (!list || list->kind == YamlNode::Kind::Null)
        return {};
    const QString field = QString::fromLatin1(section);
    if (list->kind != YamlNode::Kind::Sequence) {
        into.problems += fileProblem(into.file, list->line, field,
            QCoreApplication::translate("kube::Kubeconfig", "This must be a list of entries."));
        return {};
    }
    QList<ConfigEntry> entries;
    for (qsizetype i = 0; i < list->items.size(); ++i) {
        const YamlPtr &item = list->items.at(i);
        const QString place = u"%1[%2]"_s.arg(field).arg(i);
        if (item->kind != YamlNode::Kind::Map) {
            into.problems += fileProblem(into.file, item->line, place,
                QCoreApplication::translate("kube::Kubeconfig", "This must be an entry with a name."));
            continue;
        }
        ConfigEntry entry;
        entry.file = into.file;
        entry.line = item->line;
        const YamlPtr name = item->value("name");
        if (name && name->kind == YamlNode::Kind::Scalar)
            entry.name = QString::fromUtf8(name->text);
        if (entry.name.isEmpty()) {
            into.problems += fileProblem(into.file, item->line, place + ".name"_L1,
                QCoreApplication::translate("kube::Kubeconfig", "The entry has no name."));
            continue;
        }
        const QString label = entryLabel(kind, entry.name);
        if (name->type() != YamlNode::Type::Text) {
            entry.problems += ConfigProblem{ConfigProblem::Severity::Error, into.file, name->line, label, u"name"_s,
                QCoreApplication::translate("kube::Kubeconfig", "The name is a number or a boolean, not text."),
                quoteHint()};
        }
        if (const YamlPtr body = item->value(kind); body && body->kind == YamlNode::Kind::Map) {
            entry.body = body;
        } else if (body && body->kind != YamlNode::Kind::Null) {
            entry.problems += ConfigProblem{ConfigProblem::Severity::Error, into.file, body->line, label,
                QString::fromLatin1(kind),
                QCoreApplication::translate("kube::Kubeconfig", "This must be a map of fields."), {}};
        }
        entries += entry;
    }
    return entries;
}

void markDuplicates(QList<ConfigEntry> &entries, const char *kind)
{
    QHash<QString, qsizetype> first;
    QList<ConfigEntry> kept;
    for (const ConfigEntry &entry : std::as_const(entries)) {
        const auto known = first.constFind(entry.name);
        if (known == first.cend()) {
            first.insert(entry.name, kept.size());
            kept += entry;
            continue;
        }
        ConfigEntry &original = kept[*known];
        original.problems += ConfigProblem{ConfigProblem::Severity::Error, entry.file, entry.line,
            entryLabel(kind, entry.name), {},
            QCoreApplication::translate("kube::Kubeconfig", "The name is used twice in this file, first in line %1.")
                .arg(original.line),
            QCoreApplication::translate("kube::Kubeconfig", "Rename or remove one of the two.")};
    }
    entries = kept;
}

void readDocument(const YamlPtr &root, ConfigFile &into)
{
    if (root->kind == YamlNode::Kind::Null)
        return;
    if (root->kind != YamlNode::Kind::Map) {
        into.problems += fileProblem(
            into.file, root->line, {}, QCoreApplication::translate("kube::Kubeconfig", "This is not a kubeconfig."));
        return;
    }
    const auto textOf = [&](const char *key) {
        const YamlPtr node = root->value(key);
        return node && node->kind == YamlNode::Kind::Scalar ? QString::fromUtf8(node->text) : QString();
    };
    const QString apiVersion = textOf("apiVersion");
    const QString kind = textOf("kind");
    if ((!apiVersion.isEmpty() && apiVersion != "v1"_L1) || (!kind.isEmpty() && kind != "Config"_L1)) {
        into.problems += fileProblem(into.file, root->line,
            !kind.isEmpty() && kind != "Config"_L1 ? u"kind"_s : u"apiVersion"_s,
            QCoreApplication::translate("kube::Kubeconfig", "This is not a kubeconfig (kind Config, apiVersion v1)."));
        return;
    }
    if (const YamlPtr current = root->value("current-context"); current && current->kind != YamlNode::Kind::Null) {
        if (current->kind != YamlNode::Kind::Scalar || current->type() != YamlNode::Type::Text) {
            into.problems += fileProblem(into.file, current->line, u"current-context"_s,
                QCoreApplication::translate("kube::Kubeconfig", "The value must be text."), quoteHint());
        } else if (into.currentContext.isEmpty() && !current->text.isEmpty()) {
            into.currentContext = QString::fromUtf8(current->text);
            into.currentContextLine = current->line;
        }
    }
    into.clusters += readSection(root, "clusters", "cluster", into);
    into.users += readSection(root, "users", "user", into);
    into.contexts += readSection(root, "contexts", "context", into);
}

} // namespace

QString entryLabel(const char *kind, const QString &name)
{
    return u"%1 \"%2\""_s.arg(QString::fromLatin1(kind), name);
}

ConfigFile readConfigFile(const QByteArray &yaml, const QString &file)
{
    ConfigFile config;
    config.file = file;
    const YamlText text = parseYaml(yaml);
    if (text.failure) {
        config.problems += fileProblem(file, text.failure->line, {}, text.failure->message,
            QCoreApplication::translate("kube::Kubeconfig", "Nothing of this file is used until it is corrected."));
        return config;
    }
    for (const YamlPtr &document : text.documents)
        readDocument(document, config);
    markDuplicates(config.clusters, "cluster");
    markDuplicates(config.users, "user");
    markDuplicates(config.contexts, "context");
    return config;
}

ConfigFields::ConfigFields(const ConfigEntry &entry, const QString &label, QList<ConfigProblem> *problems)
    : m_file(entry.file)
    , m_label(label)
    , m_line(entry.line)
    , m_node(entry.body)
    , m_problems(problems)
{
}

void ConfigFields::report(
    ConfigProblem::Severity severity, const char *key, const QString &message, const QString &hint)
{
    const YamlPtr value = node(key);
    const QString field = *key ? m_prefix + QString::fromLatin1(key) : m_prefix.chopped(m_prefix.isEmpty() ? 0 : 1);
    const int line = value && value->line > 0 ? value->line : m_node && m_node->line > 0 ? m_node->line : m_line;
    *m_problems += ConfigProblem{severity, m_file, line, m_label, field, message, hint};
}

void ConfigFields::error(const char *key, const QString &message, const QString &hint)
{
    report(ConfigProblem::Severity::Error, key, message, hint);
}

void ConfigFields::warn(const char *key, const QString &message, const QString &hint)
{
    report(ConfigProblem::Severity::Warning, key, message, hint);
}

YamlPtr ConfigFields::node(const char *key) const
{
    return m_node ? m_node->value(key) : nullptr;
}

bool ConfigFields::has(const char *key) const
{
    const YamlPtr value = node(key);
    return value && value->kind != YamlNode::Kind::Null;
}

const YamlNode *ConfigFields::typed(const char *key, YamlNode::Kind kind)
{
    if (!has(key))
        return nullptr;
    const YamlPtr value = node(key);
    if (value->kind == kind)
        return value.get();
    switch (kind) {
    case YamlNode::Kind::Map:
        error(key, QCoreApplication::translate("kube::Kubeconfig", "This must be a map of fields."));
        break;
    case YamlNode::Kind::Sequence:
        error(key, QCoreApplication::translate("kube::Kubeconfig", "This must be a list."));
        break;
    case YamlNode::Kind::Null:
    case YamlNode::Kind::Scalar:
        error(key, QCoreApplication::translate("kube::Kubeconfig", "This must be a single value."));
        break;
    }
    return nullptr;
}

QString ConfigFields::asText(const YamlPtr &value, const char *key)
{
    if (value->kind == YamlNode::Kind::Null)
        return {};
    if (value->kind != YamlNode::Kind::Scalar) {
        error(key, QCoreApplication::translate("kube::Kubeconfig", "This must be a single value."));
        return {};
    }
    if (value->type() != YamlNode::Type::Text) {
        error(key, QCoreApplication::translate("kube::Kubeconfig", "The value is a number or a boolean, not text."),
            quoteHint());
        return {};
    }
    return QString::fromUtf8(value->text);
}

QString ConfigFields::text(const char *key)
{
    return has(key) ? asText(node(key), key) : QString();
}

bool ConfigFields::flag(const char *key)
{
    const YamlNode *value = typed(key, YamlNode::Kind::Scalar);
    if (!value)
        return false;
    if (value->type() != YamlNode::Type::Boolean) {
        error(key, QCoreApplication::translate("kube::Kubeconfig", "The value must be true or false, without quotes."));
        return false;
    }
    return value->truth();
}

QByteArray ConfigFields::base64(const char *key)
{
    QByteArray encoded = bytes(key);
    encoded.replace("\n", "").replace("\r", ""); // Go's decoder skips exactly these
    if (encoded.isEmpty())
        return {};
    const auto decoded
        = QByteArray::fromBase64Encoding(encoded, QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || encoded.size() % 4 != 0 || decoded.decoded.isEmpty()) {
        error(key, QCoreApplication::translate("kube::Kubeconfig", "The value is not valid base64."),
            QCoreApplication::translate("kube::Kubeconfig", "It may be cut off; copy the kubeconfig again."));
        return {};
    }
    return *decoded;
}

QStringList ConfigFields::texts(const char *key)
{
    QStringList list;
    if (const YamlNode *value = typed(key, YamlNode::Kind::Sequence)) {
        for (const YamlPtr &item : value->items)
            list += asText(item, key);
    }
    return list;
}

QMap<QString, QStringList> ConfigFields::textLists(const char *key)
{
    QMap<QString, QStringList> lists;
    const YamlNode *value = typed(key, YamlNode::Kind::Map);
    if (!value)
        return lists;
    for (const YamlNode::Member &member : value->members) {
        QStringList list;
        if (member.value->kind != YamlNode::Kind::Sequence && member.value->kind != YamlNode::Kind::Null) {
            error(key, QCoreApplication::translate("kube::Kubeconfig", "This must be a list."));
            continue;
        }
        for (const YamlPtr &item : member.value->items)
            list += asText(item, key);
        lists.insert(QString::fromUtf8(member.key), list);
    }
    return lists;
}

ConfigFields ConfigFields::map(const char *key)
{
    ConfigFields inner = *this;
    inner.m_node = typed(key, YamlNode::Kind::Map) ? node(key) : nullptr;
    inner.m_prefix = m_prefix + QString::fromLatin1(key) + u'.';
    return inner;
}

QList<ConfigFields> ConfigFields::maps(const char *key)
{
    QList<ConfigFields> list;
    const YamlNode *value = typed(key, YamlNode::Kind::Sequence);
    if (!value)
        return list;
    for (qsizetype i = 0; i < value->items.size(); ++i) {
        ConfigFields inner = *this;
        inner.m_node = value->items.at(i);
        inner.m_prefix = u"%1%2[%3]."_s.arg(m_prefix, QString::fromLatin1(key)).arg(i);
        if (inner.m_node->kind == YamlNode::Kind::Map)
            list += inner;
        else
            inner.error("", QCoreApplication::translate("kube::Kubeconfig", "This must be a map of fields."));
    }
    return list;
}

QString ConfigFields::resolved(const QString &path) const
{
    if (path.isEmpty() || QDir::isAbsolutePath(path))
        return path;
    return QDir::cleanPath(QFileInfo(m_file).absolutePath() + u'/' + path);
}

QString ConfigFields::path(const char *key)
{
    return resolved(text(key));
}

} // namespace kube
