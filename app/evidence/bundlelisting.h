// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What is in a folder, a zip or a tar, as parts. The contents decide what an archive is, not its name. Names are
/// checked here: what would lead out of the archive, links and devices are left out and told. Zips are read by their
/// directory at the end, or, when that is cut off, by the heads in front of each file. Memory: the list.
#pragma once

#include "evidence/bundlepart.h"

namespace evidence {

enum class ArchiveKind { None, Zip, Tar };
/// `begin`: at least its first 512 bytes, if it has so many.
[[nodiscard]] ArchiveKind archiveKind(QByteArrayView begin);

class Listing {
public:
    Listing(const BundleLimits &limits, BundleProblems &problems)
        : m_limits(limits)
        , m_problems(problems)
    {
    }
    /// Each appends its parts; names begin with `prefix`.
    void addFolder(const QString &path, const QString &prefix);
    void addZip(const QString &file, const QString &prefix);
    void addTar(const QString &file, const QString &prefix);

    [[nodiscard]] QList<Part> &parts() { return m_parts; }
    /// Takes the part if there is room and its name is fit; says so if not.
    void add(Part part, const QString &prefix, const QByteArray &rawName);

private:
    BundleLimits m_limits;
    BundleProblems &m_problems;
    QList<Part> m_parts;
    bool m_full = false;
};

/// A name from an archive, with '/' between folders and without "." and empty ones; nullopt: it leads out of the
/// archive, is absolute, or too long.
[[nodiscard]] std::optional<QString> cleanPartName(const QByteArray &raw);

} // namespace evidence
