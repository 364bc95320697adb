// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/yaml.h"

#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace ui {

using namespace Qt::StringLiterals;

namespace {

QString quoted(const QString &text)
{
    QString out = u"\""_s;
    for (const QChar c : text) {
        switch (c.unicode()) {
        case '"':
            out += u"\\\""_s;
            break;
        case '\\':
            out += u"\\\\"_s;
            break;
        case '\n':
            out += u"\\n"_s;
            break;
        case '\t':
            out += u"\\t"_s;
            break;
        case '\r':
            out += u"\\r"_s;
            break;
        default:
            if (c.unicode() < 0x20 || (c.unicode() >= 0x7f && c.unicode() < 0xa0))
                out += u"\\x%1"_s.arg(c.unicode(), 2, 16, '0'_L1);
            else
                out += c;
        }
    }
    return out + u'"';
}

bool isPlain(const QString &text)
{
    static const QRegularExpression safe(u"\\A[A-Za-z0-9_./(][A-Za-z0-9_./@+=,()\\- %:]*\\z"_s);
    static const QRegularExpression odd(
        u"\\A(null|true|false|yes|no|on|off|y|n|~|[-+]?[0-9.][0-9_.,:eExXoO+\\-a-fA-F]*|\\.inf|\\.nan)\\z"_s,
        QRegularExpression::CaseInsensitiveOption);
    return safe.match(text).hasMatch() && !odd.match(text).hasMatch() && !text.contains(": "_L1) && !text.endsWith(u':')
        && !text.endsWith(u' ') && !text.contains(" #"_L1);
}

bool isBlock(const QString &text)
{
    return text.contains(u'\n') && !text.startsWith(u' ') && !text.startsWith(u'\n')
        && std::all_of(text.cbegin(), text.cend(), [](QChar c) { return c == u'\n' || c == u'\t' || c.isPrint(); });
}

class Writer {
public:
    void object(const QJsonObject &object, int indent, bool top = false)
    {
        QStringList keys = object.keys();
        if (top) {
            // In the order in which people write and read them.
            static const QStringList first{u"apiVersion"_s, u"kind"_s, u"type"_s, u"metadata"_s, u"spec"_s};
            std::ranges::stable_sort(keys, {}, [](const QString &key) {
                const qsizetype at = first.indexOf(key);
                return at >= 0 ? at : key == "status"_L1 ? first.size() + 1 : first.size();
            });
        } else if (const qsizetype name = keys.indexOf(u"name"_s); name > 0) {
            keys.move(name, 0);
        }
        bool follows = m_inItem;
        m_inItem = false;
        for (const QString &key : std::as_const(keys)) {
            if (!follows)
                m_out += QString(indent, u' ');
            follows = false;
            m_out += isPlain(key) ? key : quoted(key);
            m_out += u':';
            value(object.value(key), indent + 2, indent);
        }
    }
    void value(const QJsonValue &value, int indent, int listIndent)
    {
        switch (value.type()) {
        case QJsonValue::Object: {
            const QJsonObject inner = value.toObject();
            if (inner.isEmpty()) {
                m_out += u" {}\n"_s;
                return;
            }
            m_out += u'\n';
            object(inner, indent);
            return;
        }
        case QJsonValue::Array: {
            const QJsonArray inner = value.toArray();
            if (inner.isEmpty()) {
                m_out += u" []\n"_s;
                return;
            }
            m_out += u'\n';
            array(inner, listIndent);
            return;
        }
        default:
            m_out += u' ';
            scalar(value, indent);
        }
    }
    [[nodiscard]] QByteArray take() const { return m_out.toUtf8(); }

private:
    void array(const QJsonArray &array, int indent)
    {
        for (const QJsonValue &item : array) {
            m_out += QString(indent, u' ') + u'-';
            if (item.isObject() && !item.toObject().isEmpty()) {
                m_out += u' ';
                m_inItem = true;
                object(item.toObject(), indent + 2);
            } else {
                value(item, indent + 2, indent + 2);
            }
        }
    }
    void scalar(const QJsonValue &value, int indent)
    {
        if (value.isString()) {
            const QString text = value.toString();
            if (isBlock(text)) {
                m_out += text.endsWith(u'\n') ? u"|\n"_s : u"|-\n"_s;
                QString body = text;
                if (body.endsWith(u'\n'))
                    body.chop(1);
                // More line ends at the end than one would be lost.
                if (!body.endsWith(u'\n')) {
                    for (const QString &line : body.split(u'\n'))
                        m_out += line.isEmpty() ? u"\n"_s : QString(indent, u' ') + line + u'\n';
                    return;
                }
                m_out.chop(text.endsWith(u'\n') ? 2 : 3);
            }
            m_out += (isPlain(text) ? text : quoted(text)) + u'\n';
        } else if (value.isBool()) {
            m_out += value.toBool() ? u"true\n"_s : u"false\n"_s;
        } else if (value.isDouble()) {
            const double number = value.toDouble();
            if (number == std::floor(number) && std::abs(number) < 9e18)
                m_out += QString::number(value.toInteger()) + u'\n';
            else
                m_out += QString::number(number, 'g', QLocale::FloatingPointShortest) + u'\n';
        } else {
            m_out += u"null\n"_s;
        }
    }
    QString m_out;
    bool m_inItem = false; ///< the next key follows "- "
};

/// Names stay, for they explain; values go.
QJsonObject hidden(const QJsonObject &data)
{
    QJsonObject result;
    for (auto it = data.constBegin(); it != data.constEnd(); ++it)
        result.insert(it.key(), u"(not shown)"_s);
    return result;
}

/// Without what nobody reads and nobody should.
QJsonObject forReading(const QJsonObject &object)
{
    QJsonObject shown = object;
    QJsonObject metadata = shown.value("metadata"_L1).toObject();
    if (!metadata.isEmpty()) {
        metadata.remove("managedFields"_L1);
        QJsonObject annotations = metadata.value("annotations"_L1).toObject();
        constexpr auto applied = "kubectl.kubernetes.io/last-applied-configuration"_L1;
        if (annotations.contains(applied)) {
            // Holds the whole object once more, of a Secret with all it keeps.
            annotations.insert(applied, u"(not shown)"_s);
            metadata.insert("annotations"_L1, annotations);
        }
        shown.insert("metadata"_L1, metadata);
    }
    if (shown.value("kind"_L1).toString().contains("Secret"_L1)) {
        for (const QLatin1StringView key : {"data"_L1, "stringData"_L1}) {
            if (shown.contains(key))
                shown.insert(key, hidden(shown.value(key).toObject()));
        }
    }
    if (shown.value("items"_L1).isArray()) {
        QJsonArray items;
        for (const QJsonValue &item : shown.value("items"_L1).toArray())
            items.append(item.isObject() ? QJsonValue(forReading(item.toObject())) : item);
        shown.insert("items"_L1, items);
    }
    return shown;
}

} // namespace

QByteArray toYaml(const QJsonObject &object)
{
    Writer writer;
    writer.object(forReading(object), 0, true);
    return writer.take();
}

qint64 yamlRow(const QByteArray &yaml, const QString &field)
{
    const QStringList path = field.split(u'.', Qt::SkipEmptyParts);
    qsizetype depth = 0;
    qint64 found = -1;
    qint64 row = -1;
    for (QByteArrayView line : QLatin1StringView(yaml).tokenize(u'\n')) {
        ++row;
        if (depth == path.size())
            break;
        const QByteArrayView text = line.trimmed();
        const qsizetype indent = text.isEmpty() ? 0 : text.data() - line.data();
        // Left of where the rest of the path would stand, it is not there.
        if (depth > 0 && !text.isEmpty() && indent < 2 * depth && !text.startsWith('-'))
            break;
        // A list's name may be followed by an index or a condition: "conditions[Ready]".
        const QByteArray key = path.at(depth).section(u'[', 0, 0).toUtf8() + ':';
        if (indent == 2 * depth && text.startsWith(key)) {
            found = row;
            ++depth;
        }
    }
    return found;
}

} // namespace ui
