// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "kube/kubeconfigyaml.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonArray>
#include <QJsonObject>
#include <QRegularExpression>
#include <QStringDecoder>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <sstream>

namespace kube {
namespace {

using namespace Qt::StringLiterals;

/// Ends yaml-cpp's parse from inside a handler.
struct Stop {
    int line;
    QString message;
};

class TreeBuilder : public YAML::EventHandler {
public:
    explicit TreeBuilder(const YamlLimits &limits)
        : m_limits(limits)
    {
    }
    QList<YamlPtr> documents;

    void OnDocumentStart(const YAML::Mark &) override
    {
        m_open.clear();
        m_anchors.clear();
        m_root.reset();
    }
    void OnDocumentEnd() override { documents.append(m_root ? m_root : std::make_shared<YamlNode>()); }
    void OnNull(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        auto node = begin(mark, YamlNode::Kind::Null);
        finish(std::move(node), anchor);
    }
    void OnAlias(const YAML::Mark &mark, YAML::anchor_t anchor) override
    {
        const auto found = m_anchors.constFind(anchor);
        if (found == m_anchors.cend())
            throw Stop{mark.line + 1,
                QCoreApplication::translate("kube::Kubeconfig", "An alias refers to something it is part of.")};
        // Counted like a copy, or nested aliases would make gigabytes of a kilobyte.
        count((*found)->nodes, mark.line + 1);
        if (m_open.size() + (*found)->height > m_limits.depth)
            throw tooDeep(mark.line + 1);
        add(*found, mark.line + 1);
    }
    void OnScalar(
        const YAML::Mark &mark, const std::string &tag, YAML::anchor_t anchor, const std::string &value) override
    {
        auto node = begin(mark, YamlNode::Kind::Scalar);
        node->text = QByteArray(value.data(), qsizetype(value.size()));
        node->plain = tag == "?";
        finish(std::move(node), anchor);
    }
    void OnSequenceStart(
        const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, YamlNode::Kind::Sequence, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(
        const YAML::Mark &mark, const std::string &, YAML::anchor_t anchor, YAML::EmitterStyle::value) override
    {
        open(mark, YamlNode::Kind::Map, anchor);
    }
    void OnMapEnd() override { close(); }

private:
    using NodePtr = std::shared_ptr<YamlNode>;
    struct Level {
        NodePtr node;
        YAML::anchor_t anchor;
        std::optional<YamlNode::Member> key; ///< of a map, waiting for its value
        QHash<QByteArray, qsizetype> seen;
        QList<YamlPtr> merges;
    };

    Stop tooDeep(int line) const
    {
        return {line,
            QCoreApplication::translate("kube::Kubeconfig", "The text is nested deeper than %1 levels.")
                .arg(m_limits.depth)};
    }
    void count(int nodes, int line)
    {
        m_count += nodes;
        if (m_count > m_limits.nodes) {
            throw Stop{line,
                QCoreApplication::translate("kube::Kubeconfig", "The text has more than %1 values.")
                    .arg(m_limits.nodes)};
        }
    }
    NodePtr begin(const YAML::Mark &mark, YamlNode::Kind kind)
    {
        count(1, mark.line + 1);
        auto node = std::make_shared<YamlNode>();
        node->kind = kind;
        node->line = mark.line + 1;
        return node;
    }
    void open(const YAML::Mark &mark, YamlNode::Kind kind, YAML::anchor_t anchor)
    {
        if (m_open.size() >= m_limits.depth)
            throw tooDeep(mark.line + 1);
        m_open.append({begin(mark, kind), anchor, {}, {}, {}});
    }
    void close()
    {
        Level level = m_open.takeLast();
        for (const YamlPtr &merge : std::as_const(level.merges))
            mergeInto(level, merge);
        for (const YamlPtr &item : std::as_const(level.node->items))
            measure(*level.node, *item);
        for (const YamlNode::Member &member : std::as_const(level.node->members))
            measure(*level.node, *member.value);
        finish(std::move(level.node), level.anchor);
    }
    static void measure(YamlNode &node, const YamlNode &child)
    {
        node.nodes += child.nodes;
        node.height = qMax(node.height, child.height + 1);
    }
    void mergeInto(Level &level, const YamlPtr &source)
    {
        if (source->kind == YamlNode::Kind::Sequence) {
            for (const YamlPtr &item : source->items) {
                if (item->kind == YamlNode::Kind::Map)
                    mergeInto(level, item);
            }
            return;
        }
        for (const YamlNode::Member &member : source->members) {
            if (level.seen.contains(member.key))
                continue; // own keys win, then the first merged
            level.seen.insert(member.key, level.node->members.size());
            level.node->members.append(member);
        }
    }
    void finish(NodePtr node, YAML::anchor_t anchor)
    {
        if (anchor != YAML::NullAnchor)
            m_anchors.insert(anchor, node);
        const int line = node->line;
        add(node, line);
    }
    void add(const YamlPtr &node, int line)
    {
        if (m_open.isEmpty()) {
            m_root = node;
            return;
        }
        Level &level = m_open.last();
        if (level.node->kind == YamlNode::Kind::Sequence) {
            level.node->items.append(node);
            return;
        }
        if (!level.key) {
            if (node->kind != YamlNode::Kind::Scalar)
                throw Stop{line, QCoreApplication::translate("kube::Kubeconfig", "A key must be plain text.")};
            level.key = YamlNode::Member{node->text, line, nullptr};
            return;
        }
        YamlNode::Member member = *std::exchange(level.key, std::nullopt);
        member.value = node;
        if (member.key == "<<" && (node->kind == YamlNode::Kind::Map || node->kind == YamlNode::Kind::Sequence)) {
            level.merges.append(node);
            return;
        }
        const auto known = level.seen.constFind(member.key);
        if (known != level.seen.cend()) {
            level.node->members[*known] = std::move(member); // as client-go's parser: the last one counts
            return;
        }
        level.seen.insert(member.key, level.node->members.size());
        level.node->members.append(std::move(member));
    }

    YamlLimits m_limits;
    QList<Level> m_open;
    QHash<YAML::anchor_t, YamlPtr> m_anchors;
    YamlPtr m_root;
    int m_count = 0;
};

/// yaml-cpp's words without what it quotes from the text (after a colon), which may be half a token.
QString withoutQuotes(const std::string &message)
{
    QString text = QString::fromStdString(message);
    const qsizetype colon = text.indexOf(u':');
    if (colon > 0)
        text.truncate(colon);
    return text;
}

std::optional<YamlText::Failure> toUtf8(QByteArray &bytes)
{
    if (bytes.startsWith("\xef\xbb\xbf"))
        bytes.remove(0, 3);
    const auto encoding = QStringConverter::encodingForData(bytes);
    if (encoding && *encoding != QStringConverter::Utf8 && !bytes.isEmpty()
        && (uchar(bytes.at(0)) >= 0xfe || bytes.startsWith(QByteArray("\0\0\xfe\xff", 4)))) {
        QStringDecoder decode(*encoding);
        const QString text = decode(bytes);
        if (decode.hasError())
            return YamlText::Failure{
                0, QCoreApplication::translate("kube::Kubeconfig", "The text is not valid Unicode.")};
        bytes = text.toUtf8();
    }
    int line = 1;
    for (const char c : std::as_const(bytes)) {
        if (c == '\n')
            ++line;
        // yaml-cpp takes 0x04 for the end of the text and would hide the rest.
        const uchar byte = uchar(c);
        if ((byte < 0x20 && c != '\n' && c != '\r' && c != '\t') || byte == 0x7f)
            return YamlText::Failure{
                line, QCoreApplication::translate("kube::Kubeconfig", "The text has a control character.")};
    }
    if (!bytes.isValidUtf8())
        return YamlText::Failure{0, QCoreApplication::translate("kube::Kubeconfig", "The text is not valid UTF-8.")};
    return {};
}

} // namespace

YamlPtr YamlNode::value(const char *key) const
{
    for (const Member &member : members) {
        if (member.key == key)
            return member.value;
    }
    return nullptr;
}

YamlNode::Type YamlNode::type() const
{
    if (kind != Kind::Scalar || !plain)
        return Type::Text;
    static const QRegularExpression boolean(
        u"^(y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE|n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$"_s);
    static const QRegularExpression integer(u"^[-+]?(0|[1-9][0-9_]*|0[0-7_]+|0x[0-9a-fA-F_]+|0b[01_]+|0o[0-7_]+)$"_s);
    static const QRegularExpression floating(
        u"^([-+]?[0-9]*\\.?[0-9]+([eE][-+]?[0-9]+)?|[-+]?[0-9]+\\.|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN))$"_s);
    if (text.size() > 64)
        return Type::Text; // no number anybody means; and base64 of digits stays text
    // Most scalars are words, and lists of objects have millions of them.
    static constexpr QByteArrayView begins("0123456789+-.yYnNtTfFoO");
    if (text.isEmpty() || !begins.contains(text.at(0)) || (text.at(0) > '9' && text.size() > 5))
        return Type::Text;
    const QString string = QString::fromUtf8(text);
    if (boolean.match(string).hasMatch())
        return Type::Boolean;
    if (integer.match(string).hasMatch())
        return Type::Integer;
    if (floating.match(string).hasMatch())
        return Type::Float;
    return Type::Text;
}

bool YamlNode::truth() const
{
    const QByteArray word = text.toLower();
    return word == "true" || word == "yes" || word == "y" || word == "on";
}

QJsonValue YamlNode::toJson() const
{
    switch (kind) {
    case Kind::Null:
        return {};
    case Kind::Sequence: {
        QJsonArray array;
        for (const YamlPtr &item : items)
            array.append(item->toJson());
        return array;
    }
    case Kind::Map: {
        QJsonObject object;
        for (const Member &member : members)
            object.insert(QString::fromUtf8(member.key), member.value->toJson());
        return object;
    }
    case Kind::Scalar:
        break;
    }
    QByteArray digits = text;
    digits.replace("_", "");
    bool ok = false;
    switch (type()) {
    case Type::Boolean:
        return truth();
    case Type::Integer:
        if (const qint64 number = digits.toLongLong(&ok, 0); ok)
            return number;
        break;
    case Type::Float:
        if (const double number = digits.toDouble(&ok); ok && qIsFinite(number))
            return number;
        break;
    case Type::Text:
        break;
    }
    return QString::fromUtf8(text);
}

YamlText parseYaml(const QByteArray &bytes, const YamlLimits &limits)
{
    if (bytes.size() > limits.bytes) {
        return {{},
            YamlText::Failure{0,
                QCoreApplication::translate("kube::Kubeconfig", "The file is larger than %1 MiB.")
                    .arg(limits.bytes / (1024 * 1024))}};
    }
    QByteArray text = bytes;
    if (auto failure = toUtf8(text))
        return {{}, failure};
    TreeBuilder builder(limits);
    try {
        std::istringstream stream(text.toStdString());
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(builder)) { }
    } catch (const Stop &stop) {
        return {{}, YamlText::Failure{stop.line, stop.message}};
    } catch (const YAML::Exception &exception) {
        return {{},
            YamlText::Failure{exception.mark.line + 1,
                QCoreApplication::translate("kube::Kubeconfig", "This is not YAML: %1.")
                    .arg(withoutQuotes(exception.msg))}};
    } catch (const std::exception &) {
        return {
            {}, YamlText::Failure{0, QCoreApplication::translate("kube::Kubeconfig", "The text cannot be parsed.")}};
    }
    return {std::move(builder.documents), {}};
}

} // namespace kube
