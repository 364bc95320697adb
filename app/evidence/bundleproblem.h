// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// What was wrong with a part of a bundle: one sentence a person can act on, made when it is shown. Never carries the
/// contents of the part.
#pragma once

#include <QList>
#include <QString>

namespace evidence {

struct BundleProblem {
    enum class Code {
        NotReadable,   ///< detail: the system's words
        LeavesArchive, ///< its name leads out of the archive, or is absolute
        Link,          ///< a symbolic or hard link; never followed
        Special,       ///< neither file nor folder: a pipe, a device
        Encrypted,
        UnknownPacking, ///< detail: the method
        Truncated,      ///< ends before its end
        Damaged,        ///< does not unpack, or is not what its checksum says
        Overlapping,    ///< shares bytes with other parts
        Inflates,       ///< unpacks to more than limits.ratio times its size; what came before is used
        TooLarge,       ///< of a part or all of them; what came before is used
        TooManyParts,   ///< number: the limit
        TooDeep,        ///< an archive in too many others
        NotArchive,     ///< named like an archive, is none
        ObjectTooLarge, ///< line
        TooManyObjects, ///< the rest is left out
        NotYaml,        ///< line, detail
        NotJson,        ///< line, detail
        NotUtf8,        ///< read with replacement characters
        NoObject,       ///< a document without kind or name; line
        NoSpace,        ///< no room to unpack
        Absent,         ///< the layout says there should be such a part
        NotCollected,   ///< the bundle says so itself; detail: its words
        NewerFormat,    ///< of a Gleaner bundle; detail: the version
        Binary,         ///< no text; number: how many such parts
        NothingInIt,    ///< neither an object nor a text
        More,           ///< number: further problems that are not listed
    };
    Code code = Code::NotReadable;
    QString part; ///< its name in the bundle, "nodes/n1.zip/logs/kubelet.log"; empty: the bundle itself
    QString detail;
    int line = 0; ///< 1-based; 0: no place
    qint64 number = 0;

    [[nodiscard]] QString text() const; ///< translated, with the part's name
    friend bool operator==(const BundleProblem &, const BundleProblem &) = default;
};

/// A word for each code that never changes, for JSON.
[[nodiscard]] QString problemWord(BundleProblem::Code code);

/// Collects problems up to a limit and counts the rest.
class BundleProblems {
public:
    explicit BundleProblems(qsizetype most)
        : m_most(most)
    {
    }
    void add(BundleProblem problem);
    void add(BundleProblem::Code code, const QString &part, const QString &detail = {}, int line = 0, qint64 number = 0)
    {
        add(BundleProblem{code, part, detail, line, number});
    }
    [[nodiscard]] QList<BundleProblem> all() const; ///< with the count of those left out as the last

private:
    qsizetype m_most;
    qint64 m_more = 0;
    QList<BundleProblem> m_list;
};

} // namespace evidence
