// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/bundlepart.h"

#include <KCompressionDevice>
#include <KFilterBase>

#include <QStringDecoder>

#include <algorithm>
#include <array>
#include <cstring>

namespace evidence {

using Code = BundleProblem::Code;

namespace {

constexpr qsizetype chunk = 128 * 1024;

/// Bytes of a file as they are.
class RangeDevice final : public PartDevice {
public:
    RangeDevice(Descriptor file, qint64 offset, qint64 length)
        : m_file(std::move(file))
        , m_at(offset)
        , m_left(length)
    {
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool atEnd() const override { return m_left == 0; }

protected:
    qint64 readData(char *bytes, qint64 most) override
    {
        const qint64 wanted = std::min(most, m_left);
        if (wanted <= 0)
            return 0;
        const auto got = readAt(m_file.get(), bytes, wanted, m_at);
        if (!got) {
            setTrouble(Code::Damaged);
            m_left = 0;
            return 0;
        }
        m_at += *got;
        m_left -= *got;
        if (*got < wanted) {
            setTrouble(Code::Truncated);
            m_left = 0;
        }
        return *got;
    }

private:
    Descriptor m_file;
    qint64 m_at;
    qint64 m_left;
};

KCompressionDevice::CompressionType typeOf(Packing packing)
{
    switch (packing) {
    case Packing::Deflate:
    case Packing::Gzip:
        return KCompressionDevice::GZip;
    case Packing::Bzip2:
        return KCompressionDevice::BZip2;
    case Packing::Xz:
        return KCompressionDevice::Xz;
    case Packing::Zstd:
        return KCompressionDevice::Zstd;
    }
    return KCompressionDevice::None;
}

/// Unpacks what another device gives. KCompressionDevice cannot say whether a stream ended by itself or was cut, nor go
/// on behind the end of one gzip member of several; its filters can.
class UnpackDevice final : public PartDevice {
public:
    UnpackDevice(std::unique_ptr<PartDevice> from, Packing packing, const BundleLimits &limits,
        std::optional<quint32> crc, qint64 size)
        : m_from(std::move(from))
        , m_packing(packing)
        , m_limits(limits)
        , m_crc(crc)
        , m_size(size)
        , m_filter(KCompressionDevice::filterForCompressionType(typeOf(packing)))
        , m_in(chunk, Qt::Uninitialized)
    {
        if (m_filter) {
            m_filter->setFilterFlags(packing == Packing::Deflate ? KFilterBase::NoHeaders : KFilterBase::WithHeaders);
            m_good = m_filter->init(QIODevice::ReadOnly);
        }
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }
    [[nodiscard]] bool works() const { return m_good; }
    [[nodiscard]] bool atEnd() const override { return m_over; }

protected:
    qint64 readData(char *bytes, qint64 most) override
    {
        most = std::min<qint64>(most, 1024 * 1024);
        qint64 done = 0;
        while (done == 0 && !m_over)
            done = step(bytes, most);
        if (done > 0) {
            m_sum = crc32(m_sum, QByteArrayView(bytes, done));
            m_out += done;
            if (m_out > m_limits.part)
                end(Code::TooLarge);
            else if (m_out > m_limits.ratioFrom && m_out / std::max<qint64>(1, m_taken) > m_limits.ratio)
                end(Code::Inflates);
        }
        if (m_over && !trouble() && ((m_crc && *m_crc != m_sum) || (m_size >= 0 && m_size != m_out)))
            setTrouble(Code::Damaged);
        return done;
    }

private:
    void end(std::optional<Code> code)
    {
        m_over = true;
        if (code)
            setTrouble(*code);
    }
    bool fill()
    {
        m_filled = 0;
        while (m_filled < m_in.size()) {
            const qint64 got = m_from->read(m_in.data() + m_filled, m_in.size() - m_filled);
            if (got <= 0)
                break;
            m_filled += got;
        }
        m_taken += m_filled;
        m_filter->setInBuffer(m_in.constData(), uint(m_filled));
        return m_filled > 0;
    }
    /// Goes on with what is left in the buffer as a new member: `cat a.gz b.gz` is one file, and a logger that appends
    /// makes such files.
    bool beginMember()
    {
        const int left = m_filter->inBufferAvailable();
        if (m_packing == Packing::Deflate || !m_filter->init(QIODevice::ReadOnly))
            return false;
        m_filter->setInBuffer(m_in.constData() + m_filled - left, uint(left));
        return m_filter->readHeader();
    }
    /// One call of the filter; the bytes it gave.
    qint64 step(char *bytes, qint64 most)
    {
        if (m_filter->inBufferAvailable() == 0 && !fill()) {
            // The last member was whole, or the file ends inside of one.
            const auto outer = m_from->trouble();
            end(outer || m_ended ? outer : std::optional(Code::Truncated));
            return 0;
        }
        if (std::exchange(m_ended, false) && !beginMember()) {
            end(Code::Damaged);
            return 0;
        }
        // The filters learn from it that it is packed at all.
        if (!std::exchange(m_begun, true) && m_packing != Packing::Deflate && !m_filter->readHeader()) {
            end(Code::Damaged);
            return 0;
        }
        m_filter->setOutBuffer(bytes, uint(most));
        const KFilterBase::Result result = m_filter->uncompress();
        if (result == KFilterBase::Error)
            end(Code::Damaged);
        m_ended = result == KFilterBase::End;
        return most - m_filter->outBufferAvailable();
    }

    std::unique_ptr<PartDevice> m_from;
    Packing m_packing;
    BundleLimits m_limits;
    std::optional<quint32> m_crc;
    qint64 m_size;
    std::unique_ptr<KFilterBase> m_filter;
    QByteArray m_in;
    qint64 m_filled = 0; ///< bytes of m_in
    qint64 m_taken = 0;
    qint64 m_out = 0;
    quint32 m_sum = 0;
    bool m_good = false;
    bool m_begun = false;
    bool m_ended = false;
    bool m_over = false;
};

/// Drops the mark of UTF-8; makes UTF-8 of UTF-16 and UTF-32 with a mark. Other bytes stay as they are.
class TextDevice final : public PartDevice {
public:
    explicit TextDevice(std::unique_ptr<PartDevice> from)
        : m_from(std::move(from))
        , m_ready(m_from->read(chunk))
    {
        // A mark may be cut by the first read in theory only: chunks are large.
        const auto encoding = QStringConverter::encodingForData(m_ready);
        const QByteArrayView begin(m_ready);
        if (begin.startsWith("\xef\xbb\xbf")) {
            m_at = 3;
        } else if (encoding && *encoding != QStringConverter::Utf8
            && (begin.startsWith("\xff\xfe") || begin.startsWith("\xfe\xff")
                || begin.startsWith(QByteArrayView("\0\0\xfe\xff", 4)))) {
            m_decode = QStringDecoder(*encoding);
            m_ready = QString(m_decode(m_ready)).toUtf8();
        }
        open(QIODevice::ReadOnly | QIODevice::Unbuffered);
    }

protected:
    qint64 readData(char *bytes, qint64 most) override
    {
        while (m_at >= m_ready.size()) {
            m_at = 0;
            m_ready = m_from->read(chunk);
            if (m_ready.isEmpty()) {
                if (const auto code = m_from->trouble())
                    setTrouble(*code);
                return 0;
            }
            if (m_decode.isValid())
                m_ready = QString(m_decode(m_ready)).toUtf8();
        }
        const qint64 count = std::min<qint64>(most, m_ready.size() - m_at);
        std::memcpy(bytes, m_ready.constData() + m_at, size_t(count));
        m_at += count;
        return count;
    }

private:
    std::unique_ptr<PartDevice> m_from;
    QByteArray m_ready;
    qsizetype m_at = 0;
    QStringDecoder m_decode;
};

} // namespace

std::expected<std::unique_ptr<PartDevice>, BundleProblem> openPart(const Part &part, const BundleLimits &limits)
{
    auto file = openForReading(part.file);
    if (!file)
        return std::unexpected(BundleProblem{Code::NotReadable, part.name, file.error().message});
    const qint64 length = part.packed >= 0 ? part.packed : std::max<qint64>(0, sizeOf(file->get()) - part.offset);
    std::unique_ptr<PartDevice> device = std::make_unique<RangeDevice>(std::move(*file), part.offset, length);
    bool first = true;
    for (const Packing packing : part.packing) {
        auto unpack = std::make_unique<UnpackDevice>(std::move(device), packing, limits,
            first ? part.crc : std::nullopt, first && packing == Packing::Deflate ? part.size : -1);
        if (!unpack->works())
            return std::unexpected(BundleProblem{Code::UnknownPacking, part.name, QString::number(int(packing))});
        device = std::move(unpack);
        first = false;
    }
    return device;
}

std::expected<std::unique_ptr<PartDevice>, BundleProblem> openText(const Part &part, const BundleLimits &limits)
{
    auto device = openPart(part, limits);
    if (!device)
        return device;
    return std::make_unique<TextDevice>(std::move(*device));
}

std::optional<Packing> packingOf(QByteArrayView begin)
{
    if (begin.startsWith("\x1f\x8b"))
        return Packing::Gzip;
    if (begin.startsWith("BZh"))
        return Packing::Bzip2;
    if (begin.startsWith(QByteArrayView("\xfd\x37\x7a\x58\x5a\x00", 6)))
        return Packing::Xz;
    if (begin.startsWith("\x28\xb5\x2f\xfd"))
        return Packing::Zstd;
    return std::nullopt;
}

LineReader::LineReader(QIODevice &from, qsizetype most, QByteArray begin)
    : m_from(from)
    , m_most(most)
    , m_buffer(std::move(begin))
{
}

bool LineReader::next()
{
    // What the last line was is gone from here on.
    m_cut = false;
    qsizetype searched = m_at;
    for (;;) {
        const qsizetype end = m_buffer.indexOf('\n', searched);
        if (end >= 0 || (m_ended && m_at < m_buffer.size())) {
            const qsizetype stop = end >= 0 ? end : m_buffer.size();
            qsizetype length = stop - m_at;
            if (length > m_most) {
                length = m_most;
                m_cut = true;
            }
            m_line = QByteArrayView(m_buffer).sliced(m_at, length);
            if (!m_cut && m_line.endsWith('\r'))
                m_line.chop(1);
            m_at = end >= 0 ? end + 1 : m_buffer.size();
            ++m_number;
            return true;
        }
        if (m_ended)
            return false;
        m_buffer.remove(0, m_at);
        m_at = 0;
        if (m_buffer.size() > m_most) {
            // A line without end: its beginning is kept, the rest passes by.
            m_cut = true;
            const QByteArray kept = m_buffer.first(m_most);
            for (;;) {
                m_buffer = m_from.read(chunk);
                if (m_buffer.isEmpty()) {
                    m_ended = true;
                    break;
                }
                if (const qsizetype newline = m_buffer.indexOf('\n'); newline >= 0) {
                    m_buffer.remove(0, newline);
                    break;
                }
            }
            m_buffer.prepend(kept);
            m_line = QByteArrayView(m_buffer).first(m_most);
            m_at = m_ended ? m_buffer.size() : m_most + 1;
            ++m_number;
            return true;
        }
        searched = m_buffer.size();
        const QByteArray more = m_from.read(chunk);
        m_ended = more.isEmpty();
        m_buffer += more;
    }
}

quint32 crc32(quint32 before, QByteArrayView bytes)
{
    static const auto table = [] {
        std::array<std::array<quint32, 256>, 8> made{};
        for (quint32 i = 0; i < 256; ++i) {
            quint32 value = i;
            for (int bit = 0; bit < 8; ++bit)
                value = (value >> 1) ^ (value & 1 ? 0xedb88320U : 0U);
            made[0][i] = value;
        }
        for (size_t slice = 1; slice < 8; ++slice) {
            for (size_t i = 0; i < 256; ++i)
                made[slice][i] = (made[slice - 1][i] >> 8) ^ made[0][made[slice - 1][i] & 0xff];
        }
        return made;
    }();
    quint32 sum = ~before;
    const auto *at = reinterpret_cast<const uchar *>(bytes.data());
    qsizetype left = bytes.size();
    // Eight bytes at a time: this must not be what makes reading slow.
    for (; left >= 8; left -= 8, at += 8) {
        const quint32 low = sum ^ (quint32(at[0]) | quint32(at[1]) << 8 | quint32(at[2]) << 16 | quint32(at[3]) << 24);
        sum = table[7][low & 0xff] ^ table[6][(low >> 8) & 0xff] ^ table[5][(low >> 16) & 0xff] ^ table[4][low >> 24]
            ^ table[3][at[4]] ^ table[2][at[5]] ^ table[1][at[6]] ^ table[0][at[7]];
    }
    for (; left > 0; --left, ++at)
        sum = table[0][(sum ^ *at) & 0xff] ^ (sum >> 8);
    return ~sum;
}

} // namespace evidence
