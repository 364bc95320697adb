// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One file of the kubeconfig list, split into its named entries but not yet merged or checked. Pure; any thread.
#pragma once

#include "kube/kubeconfig.h"
#include "kube/kubeconfigyaml.h"

namespace kube {

/// A cluster, user or context as written; `body` may be null when the entry is empty.
struct ConfigEntry {
    QString name;
    QString file; ///< absolute
    int line = 0;
    YamlPtr body;
    QList<ConfigProblem> problems; ///< of the entry's outside: no name, twice in the file
};

struct ConfigFile {
    QString file;
    QString currentContext;
    int currentContextLine = 0;
    QList<ConfigEntry> clusters;
    QList<ConfigEntry> users;
    QList<ConfigEntry> contexts;
    QList<ConfigProblem> problems; ///< of the file as a whole; with a syntax error there are no entries
};

[[nodiscard]] ConfigFile readConfigFile(const QByteArray &yaml, const QString &file);

/// `user "admin"`: what problems call an entry.
[[nodiscard]] QString entryLabel(const char *kind, const QString &name);

/// Typed access to the fields of one entry; what does not fit becomes a problem that names file, line, entry and field.
/// Values never get into a message.
class ConfigFields {
public:
    ConfigFields(const ConfigEntry &entry, const QString &label, QList<ConfigProblem> *problems);
    /// The fields of a map inside this entry, named with a prefix.
    [[nodiscard]] ConfigFields map(const char *key);

    [[nodiscard]] bool exists() const { return bool(m_node); }
    [[nodiscard]] bool has(const char *key) const; ///< present and not null
    [[nodiscard]] YamlPtr node(const char *key) const;
    [[nodiscard]] QString text(const char *key);
    [[nodiscard]] QByteArray bytes(const char *key) { return text(key).toUtf8(); }
    [[nodiscard]] bool flag(const char *key);
    [[nodiscard]] QByteArray base64(const char *key);
    [[nodiscard]] QStringList texts(const char *key);
    [[nodiscard]] QMap<QString, QStringList> textLists(const char *key);
    /// The maps of a sequence, named key[0], key[1] …
    [[nodiscard]] QList<ConfigFields> maps(const char *key);
    /// A path, made absolute against the file the entry stands in.
    [[nodiscard]] QString path(const char *key);
    [[nodiscard]] QString resolved(const QString &path) const;
    [[nodiscard]] QString file() const { return m_file; }

    void error(const char *key, const QString &message, const QString &hint = {});
    void warn(const char *key, const QString &message, const QString &hint = {});

private:
    void report(ConfigProblem::Severity severity, const char *key, const QString &message, const QString &hint);
    [[nodiscard]] QString asText(const YamlPtr &node, const char *key);
    [[nodiscard]] const YamlNode *typed(const char *key, YamlNode::Kind kind);

    QString m_file;
    QString m_label;
    QString m_prefix;
    int m_line = 0;
    YamlPtr m_node;
    QList<ConfigProblem> *m_problems = nullptr;
};

} // namespace kube
