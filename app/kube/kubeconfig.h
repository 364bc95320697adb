// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Loading and merging kubeconfig files by client-go's rules (tools/clientcmd/loader.go, validation.go), with every
/// problem collected instead of the first one thrown: one broken file or entry disables only what depends on it.
/// Functions here read files and block for that long; they know no network.
#pragma once

#include "kube/clusterconfig.h"
#include "kube/error.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace kube {

struct ConfigProblem {
    enum class Severity { Warning, Error };
    Severity severity = Severity::Error;
    QString file;                       ///< absolute path
    int line = 0;                       ///< 1-based; 0 when it is about the whole file
    QString entry;                      ///< "user \"admin\"", "cluster \"x\"", "context \"y\""; empty: the file
    QString field;                      ///< "exec.command"; empty: the entry
    QString message;                    ///< translated, complete sentence
    QString hint;                       ///< translated, what to do; may be empty
    [[nodiscard]] QString text() const; ///< file:line: entry: field: message — one line
    friend bool operator==(const ConfigProblem &, const ConfigProblem &) = default;
};

/// One context of the merged view. `config` is there only when nothing it needs is broken.
struct Context {
    QString name;
    QString file; ///< where the context entry came from
    QString clusterName;
    QString clusterFile;
    QString userName;
    QString userFile;
    QString ns;
    QString server; ///< as text, also when broken
    std::optional<ClusterConfig> config;
    QList<ConfigProblem> problems; ///< all that concern this context, its cluster and its user
    friend bool operator==(const Context &, const Context &) = default;
};

struct Kubeconfig {
    QStringList files; ///< in order, existing or not; what to watch for changes
    QString currentContext;
    QList<Context> contexts;       ///< in order of appearance
    QList<ConfigProblem> problems; ///< everything, files first
    QStringList unreadable;        ///< files that entries name and that cannot be read now: also worth watching
    [[nodiscard]] const Context *find(const QString &name) const;
    friend bool operator==(const Kubeconfig &, const Kubeconfig &) = default;
};

/// The files in force: `explicitFile` alone when given; else $KUBECONFIG split by the system's separator, duplicates
/// and empty names dropped; else ~/.kube/config.
[[nodiscard]] QStringList kubeconfigFiles(const QString &explicitFile = {});

/// Loads and merges. With an explicit file a missing one is an error, in a list it is skipped.
/// Limits against hostile YAML: 16 MiB a file, depth 64, 100,000 nodes after alias expansion.
[[nodiscard]] Kubeconfig loadKubeconfig(const QStringList &files, bool explicitFile = false);

/// The same from bytes, for tests, fuzzing and dropped text. `file` is used for relative paths and messages.
[[nodiscard]] Kubeconfig parseKubeconfig(const QByteArray &yaml, const QString &file);

} // namespace kube

Q_DECLARE_METATYPE(kube::Kubeconfig)
