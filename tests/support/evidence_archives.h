// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Archives byte by byte, honest and not: zips as Go's writer makes them (sizes behind the contents) and with every
/// field as a test wants it, tars, gzip.
#pragma once

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>

namespace support {

struct ZipEntry {
    QByteArray name, data;
    bool deflate = true;
    bool descriptor = true;  ///< sizes stand behind the contents
    quint16 flags = 0;       ///< 1: encrypted
    quint16 method = 0xffff; ///< 0xffff: as `deflate` says
    quint32 mode = 0100644;
    quint32 crc = 0; ///< 0: the true one
};

using Files = QMap<QString, QByteArray>; ///< name → bytes

[[nodiscard]] QByteArray zipBytes(const QList<ZipEntry> &entries);
[[nodiscard]] QByteArray zipOf(const Files &files, const QString &folder = {});
/// `copies` names for the same bytes: what small archives unpack to petabytes with.
[[nodiscard]] QByteArray overlappingZip(const QByteArray &data, int copies);
struct TarEntry {
    QByteArray name, data;
    char type = '0';
    QByteArray link;
};
[[nodiscard]] QByteArray tarBytes(const QList<TarEntry> &entries);
[[nodiscard]] QByteArray gzip(const QByteArray &data);

/// A support bundle of an upgrade that is stuck in phase 3, by the layout of support-bundle-kit, empty texts as "null".
[[nodiscard]] Files supportBundle();
/// Writes the files below `folder`.
void writeFiles(const QString &folder, const Files &files);

} // namespace support
