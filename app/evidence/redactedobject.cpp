// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/redactedobject.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace evidence {

using namespace Qt::StringLiterals;

namespace {

constexpr int deepest = 200;

/// Goes through an object in the order of its fields; what is done with a secret is the owner's: masked or learned.
class Walk {
public:
    Walk(SecretCounts *counts, const KnownSecrets *known, KnownSecrets *learned)
        : m_counts(counts)
        , m_known(known)
        , m_learned(learned)
    {
    }

    QJsonObject object(const QJsonObject &object, int depth)
    {
        QJsonObject result;
        const QString kind = object.value("kind"_L1).toString();
        const auto named = namedValue(object);
        for (auto it = object.begin(); it != object.end(); ++it) {
            const QString &key = it.key();
            if (kind == "Secret"_L1 && (key == "data"_L1 || key == "stringData"_L1))
                result.insert(key, all(it.value(), SecretKind::SecretData, depth + 1));
            else if (named && (key == "value"_L1 || key == "values"_L1 || key == "default"_L1))
                result.insert(key, all(it.value(), *named, depth + 1));
            else if (const auto secret = secretNamed(key.toUtf8()))
                result.insert(key, under(it.value(), *secret, depth + 1));
            else
                result.insert(key, value(it.value(), depth + 1));
        }
        return result;
    }

private:
    /// {name: DB_PASSWORD, value: …}, and Harvester's settings, which have their value beside metadata.name.
    static std::optional<SecretKind> namedValue(const QJsonObject &object)
    {
        for (const QLatin1StringView key : {"name"_L1, "key"_L1, "header"_L1}) {
            if (const auto kind = secretNamed(object.value(key).toString().toUtf8()))
                return kind;
        }
        const QJsonValue metadata = object.value("metadata"_L1);
        if (!metadata.isObject() || !object.contains("value"_L1))
            return std::nullopt;
        const QString setting = metadata.toObject().value("name"_L1).toString();
        if (setting == "ssl-certificates"_L1 || setting == "registry-secret"_L1)
            return SecretKind::PrivateKey;
        return secretNamed(setting.toUtf8());
    }

    /// Under a name of a secret: a text is one, a list of texts too; an object has names of its own.
    QJsonValue under(const QJsonValue &value, SecretKind kind, int depth)
    {
        if (value.isString() || value.isDouble())
            return masked(value, kind);
        if (value.isArray()) {
            QJsonArray result;
            for (const QJsonValue &item : value.toArray())
                result.append(item.isString() ? masked(item, kind) : this->value(item, depth + 1));
            return result;
        }
        return kind == SecretKind::CloudInit || kind == SecretKind::RegistryAuth ? all(value, kind, depth)
                                                                                 : this->value(value, depth);
    }

    /// Everything in it, names kept.
    QJsonValue all(const QJsonValue &value, SecretKind kind, int depth)
    {
        if (depth > deepest)
            return masked(u"too deep"_s, kind);
        if (value.isObject()) {
            QJsonObject result;
            const QJsonObject object = value.toObject();
            for (auto it = object.begin(); it != object.end(); ++it)
                result.insert(it.key(), all(it.value(), kind, depth + 1));
            return result;
        }
        if (value.isArray()) {
            QJsonArray result;
            for (const QJsonValue &item : value.toArray())
                result.append(all(item, kind, depth + 1));
            return result;
        }
        return value.isString() || value.isDouble() ? masked(value, kind) : value;
    }

    QJsonValue masked(const QJsonValue &value, SecretKind kind)
    {
        const QString text = value.isString() ? value.toString() : QString::number(value.toDouble(), 'g', 17);
        const QByteArray bytes = text.toUtf8();
        if (isNoSecret(bytes))
            return value;
        if (m_learned) {
            m_learned->add(bytes);
            if (kind == SecretKind::SecretData) // and what it is in clear
                m_learned->add(QByteArray::fromBase64(bytes));
            return value;
        }
        ++(*m_counts)[size_t(kind)];
        return QString::fromLatin1(maskOf(kind));
    }

    QJsonValue value(const QJsonValue &value, int depth)
    {
        if (depth > deepest)
            return masked(u"too deep"_s, SecretKind::Encoded);
        if (value.isObject())
            return object(value.toObject(), depth);
        if (value.isArray()) {
            QJsonArray result;
            std::optional<SecretKind> flag; // ["--password", "VALUE"]
            for (const QJsonValue &item : value.toArray()) {
                const QString word = item.toString();
                if (flag && item.isString() && !word.startsWith(u'-')) {
                    result.append(masked(item, *flag));
                    flag.reset();
                    continue;
                }
                flag = word.startsWith(u'-') && !word.contains(u'=') ? secretNamed(word.toUtf8()) : std::nullopt;
                result.append(this->value(item, depth + 1));
            }
            return result;
        }
        return value.isString() ? text(value.toString(), depth) : value;
    }

    QJsonValue text(const QString &text, int depth)
    {
        // JSON in a text is read as such: its escapes hide nothing then.
        const QStringView trimmed = QStringView(text).trimmed();
        if ((trimmed.startsWith(u'{') && trimmed.endsWith(u'}'))
            || (trimmed.startsWith(u'[') && trimmed.endsWith(u']'))) {
            const QJsonDocument inner = QJsonDocument::fromJson(text.toUtf8());
            if (!inner.isNull()) {
                const QJsonValue before = inner.isArray() ? QJsonValue(inner.array()) : QJsonValue(inner.object());
                const QJsonValue after = value(before, depth + 1);
                if (after == before)
                    return text;
                const QJsonDocument document
                    = after.isArray() ? QJsonDocument(after.toArray()) : QJsonDocument(after.toObject());
                return QString::fromUtf8(document.toJson(QJsonDocument::Compact));
            }
        }
        if (m_learned)
            return text;
        const QByteArray before = text.toUtf8();
        const QByteArray after = TextRedactor::redact(before, *m_counts, m_known);
        return after == before ? text : QString::fromUtf8(after);
    }

    SecretCounts *m_counts;
    const KnownSecrets *m_known;
    KnownSecrets *m_learned;
};

} // namespace

QJsonObject redactedObject(const QJsonObject &object, SecretCounts &counts, const KnownSecrets *known)
{
    return Walk(&counts, known, nullptr).object(object, 0);
}

void learnSecrets(const QJsonObject &object, KnownSecrets &known)
{
    (void)Walk(nullptr, nullptr, &known).object(object, 0);
}

} // namespace evidence
