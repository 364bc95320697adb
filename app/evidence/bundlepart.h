// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// One file of a bundle, wherever it is: in a folder, a zip, a tar, an archive inside of one. It is a range of bytes of
/// a file on disk and how they are packed; reading it is one stream from front to end in constant memory. Nothing is
/// ever written under a name that came from an archive.
#pragma once

#include "evidence/bundlelimits.h"
#include "evidence/bundleproblem.h"
#include "evidence/disk.h"

#include <QDateTime>
#include <QIODevice>

#include <expected>
#include <memory>
#include <optional>

class KFilterBase;

namespace evidence {

enum class Packing { Deflate, Gzip, Bzip2, Xz, Zstd };

struct Part {
    QString name;               ///< in the bundle, with '/', through the archives it is in; shown to people
    QString file;               ///< on disk
    qint64 offset = 0;          ///< of its bytes there
    qint64 packed = -1;         ///< bytes there; -1: up to the file's end
    qint64 size = -1;           ///< bytes when unpacked, as far as something says so; -1: not known
    QList<Packing> packing;     ///< outermost first; empty: as it is
    std::optional<quint32> crc; ///< CRC-32 of the bytes behind the first packing
    QDateTime modified;         ///< invalid: not known
    [[nodiscard]] bool isPlainFile() const { return offset == 0 && packed < 0 && packing.isEmpty(); }
};

/// A stream of bytes that can say why it ended. Sequential, read only.
class PartDevice : public QIODevice {
    Q_OBJECT
public:
    /// Set at the end, when what was read is not all there is.
    [[nodiscard]] std::optional<BundleProblem::Code> trouble() const { return m_trouble; }
    [[nodiscard]] bool isSequential() const override { return true; }

protected:
    qint64 writeData(const char *, qint64) override { return -1; }
    void setTrouble(BundleProblem::Code code)
    {
        if (!m_trouble)
            m_trouble = code;
    }

private:
    std::optional<BundleProblem::Code> m_trouble;
};

/// The part's bytes, unpacked. The error names the part.
[[nodiscard]] std::expected<std::unique_ptr<PartDevice>, BundleProblem> openPart(
    const Part &part, const BundleLimits &limits);
/// The same as text: UTF-16 and UTF-32 with a byte-order mark become UTF-8, the mark of UTF-8 is dropped.
[[nodiscard]] std::expected<std::unique_ptr<PartDevice>, BundleProblem> openText(
    const Part &part, const BundleLimits &limits);
/// What the first bytes say it is packed with; nullopt: not packed, or an archive.
[[nodiscard]] std::optional<Packing> packingOf(QByteArrayView begin);

/// Lines of a stream, without their ends, in constant memory.
class LineReader {
public:
    /// A line longer than `most` is cut; isCut() tells. `begin`: what was read from the stream already.
    LineReader(QIODevice &from, qsizetype most, QByteArray begin = {});
    [[nodiscard]] bool next();                                   ///< false: there is none
    [[nodiscard]] QByteArrayView line() const { return m_line; } ///< until next()
    [[nodiscard]] qint64 number() const { return m_number; }     ///< from 1
    [[nodiscard]] bool isCut() const { return m_cut; }

private:
    QIODevice &m_from;
    qsizetype m_most;
    QByteArray m_buffer;
    qsizetype m_at = 0;
    QByteArrayView m_line;
    qint64 m_number = 0;
    bool m_cut = false;
    bool m_ended = false;
};

[[nodiscard]] quint32 crc32(quint32 before, QByteArrayView bytes);

} // namespace evidence
