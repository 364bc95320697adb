// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/logprint.h"

#include "cli/console.h"
#include "kube/logline.h"
#include "logs/ansi.h"
#include "logs/stamp.h"

#include <QCoreApplication>
#include <QUtf8StringView>

namespace cli {

using namespace Qt::StringLiterals;
using Kind = logs::Divider::Kind;

namespace {

constexpr qint64 rowsAtOnce = 256;
constexpr qsizetype shortText = 4096;
constexpr qsizetype pieceBytes = qsizetype(1024) * 1024;
constexpr qsizetype enough = qsizetype(256) * 1024; ///< to write at once

QString tr(const char *text)
{
    return QCoreApplication::translate("cli", text);
}

/// The rest of a line of which rows() gave the beginning.
QByteArray wholeText(const logs::Content &content, const logs::Row &row, qint64 number)
{
    if (row.length == row.text.size())
        return row.text;
    QByteArray text;
    text.reserve(qsizetype(row.length));
    while (text.size() < row.length) {
        const QByteArray piece = content.part(number, text.size(), pieceBytes);
        if (piece.isEmpty())
            break;
        text += piece;
    }
    return text;
}

} // namespace

QByteArray jsonString(QByteArrayView text)
{
    // Decoding and encoding again puts U+FFFD where bytes are no UTF-8.
    const QByteArray good = QUtf8StringView(text).isValidUtf8() ? text.toByteArray() : QString::fromUtf8(text).toUtf8();
    QByteArray json;
    json.reserve(good.size() + 2);
    json += '"';
    for (const char c : good) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (c == '\t') {
            json += "\\t";
        } else if (byte < 0x20) {
            constexpr auto digits = "0123456789abcdef";
            json += "\\u00";
            json += digits[byte >> 4];
            json += digits[byte & 15];
        } else {
            json += c;
        }
    }
    json += '"';
    return json;
}

QByteArray dividerWord(Kind kind)
{
    switch (kind) {
    case Kind::None:
        break;
    case Kind::Source:
        return "begin"_ba;
    case Kind::Restart:
        return "restart"_ba;
    case Kind::Reconnected:
        return "reconnected"_ba;
    case Kind::Gap:
        return "gap"_ba;
    case Kind::Cut:
        return "cut"_ba;
    case Kind::Ended:
        return "ended"_ba;
    case Kind::Dropped:
        return "dropped"_ba;
    case Kind::Replaced:
        return "replaced"_ba;
    }
    return {};
}

QString dividerText(const logs::Divider &divider)
{
    switch (divider.kind) {
    case Kind::None:
        break;
    case Kind::Source:
        return tr("begin");
    case Kind::Restart:
        return tr("restart");
    case Kind::Reconnected:
        return tr("reconnected, no line is missing");
    case Kind::Gap:
        return tr("gap: lines may be missing here");
    case Kind::Cut:
        return tr("the line above was too long, its end is not kept");
    case Kind::Ended: {
        const QString reason = plain(kube::logEndText(divider.text.toUtf8()));
        return reason.isEmpty() ? tr("ended") : tr("ended: %1").arg(reason);
    }
    case Kind::Dropped:
        return tr("a limit is reached (%1), what follows is not kept").arg(plain(divider.text));
    case Kind::Replaced:
        return tr("the file was replaced, it is read from its beginning");
    }
    return {};
}

void LogPrinter::setSources(const QList<LogSource> &sources)
{
    for (qsizetype i = m_sources.size(); i < sources.size(); ++i) {
        const LogSource &from = sources.at(i);
        Source source;
        source.name = plain(from.key.pod + u'/' + from.key.container).toUtf8() + ' ';
        const auto field = [&](const char *name, const QString &value) {
            source.objects += ",\""_ba + name + "\":" + (value.isEmpty() ? "null"_ba : jsonString(value.toUtf8()));
        };
        field("namespace", from.key.ns);
        field("pod", from.key.pod);
        field("podUid", from.key.podUid);
        field("container", from.key.container);
        field("job", from.job);
        field("node", from.node);
        field("phase", from.phase ? upgrade::phaseWord(*from.phase) : QString());
        m_sources.append(source);
    }
}

bool LogPrinter::print(const logs::Content &content, qint64 first, qint64 end)
{
    while (first < end) {
        const qint64 count = std::min(rowsAtOnce, end - first);
        const QList<logs::Row> rows = content.rows(first, count, shortText);
        if (rows.size() < count)
            return false;
        for (qsizetype i = 0; i < rows.size(); ++i) {
            if (rows.at(i).source >= m_sources.size())
                return false;
            if (rows.at(i).isDivider())
                divider(rows.at(i));
            else
                line(content, rows.at(i), first + i);
            if (m_out.size() >= enough) {
                if (!m_write(m_out))
                    return false;
                m_out.resize(0);
            }
        }
        first += count;
    }
    const bool good = m_out.isEmpty() || m_write(m_out);
    m_out.resize(0);
    return good;
}

void LogPrinter::line(const logs::Content &content, const logs::Row &row, qint64 number)
{
    Source &source = m_sources[row.source];
    source.bytes += row.length + 1 + (row.stamp.isEmpty() ? 0 : row.stamp.size() + 1);
    if (m_format.since) {
        // A line without a time is of the time of the one before.
        if (const auto time = logs::stampTime(row.stamp))
            source.time = *time;
        if (source.time < *m_format.since)
            return;
    }
    if (!source.begun && source.began) {
        const logs::Divider begins{Kind::Source, row.stamp, {}};
        m_format.json ? jsonDivider(source, begins) : textDivider(source, begins);
    }
    source.begun = true;
    if (m_format.json) {
        const QByteArray text = wholeText(content, row, number);
        m_out += R"({"schema":"gleaner.log/v1","type":"line","time":)"
            + (row.stamp.isEmpty() ? "null"_ba : jsonString(row.stamp)) + source.objects
            + ",\"text\":" + jsonString(text);
        if (!QUtf8StringView(text).isValidUtf8())
            m_out += ",\"base64\":\"" + text.toBase64() + '"';
        m_out += "}\n";
        return;
    }
    if (m_names)
        m_out += source.name;
    if (m_format.timestamps && !row.stamp.isEmpty())
        m_out += row.stamp + ' ';
    const QByteArray text = wholeText(content, row, number);
    m_out += m_format.visible ? logs::displayText(text).text.toUtf8() : text;
    m_out += '\n';
}

void LogPrinter::divider(const logs::Row &row)
{
    Source &source = m_sources[row.source];
    if (row.divider.kind == Kind::Source) {
        source.began = true;
        return;
    }
    if (m_format.since) {
        const auto time = logs::stampTime(row.divider.time);
        if (time ? *time < *m_format.since : !source.begun)
            return;
    }
    m_format.json ? jsonDivider(source, row.divider) : textDivider(source, row.divider);
}

void LogPrinter::textDivider(const Source &source, const logs::Divider &divider)
{
    if (m_names)
        m_out += source.name;
    if (m_format.timestamps && !divider.time.isEmpty())
        m_out += divider.time + ' ';
    m_out += "--- " + dividerText(divider).toUtf8() + " ---\n";
}

void LogPrinter::jsonDivider(const Source &source, const logs::Divider &divider)
{
    m_out += R"({"schema":"gleaner.log/v1","type":"divider","time":)"
        + (divider.time.isEmpty() ? "null"_ba : jsonString(divider.time)) + source.objects + ",\"kind\":\""
        + dividerWord(divider.kind)
        + "\",\"text\":" + (divider.text.isEmpty() ? "null"_ba : jsonString(divider.text.toUtf8())) + "}\n";
}

} // namespace cli
