// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/highlight.h"

#include "ui/statecolours.h"

#include <KSyntaxHighlighting/AbstractHighlighter>
#include <KSyntaxHighlighting/Definition>
#include <KSyntaxHighlighting/Format>
#include <KSyntaxHighlighting/Repository>
#include <KSyntaxHighlighting/State>
#include <KSyntaxHighlighting/Theme>

#include <QHash>

#include <optional>

namespace ui {

using namespace Qt::StringLiterals;

namespace {
KSyntaxHighlighting::Repository &repository()
{
    static KSyntaxHighlighting::Repository *const shared = [] {
        auto *made = new KSyntaxHighlighting::Repository; // lives as long as the program: definitions point into it
        made->addCustomSearchPath(u":"_s);                // resources/syntax
        return made;
    }();
    return *shared;
}

/// Moved towards the text colour until it can be read on the surface.
QColor readable(QColor colour, const QPalette &palette)
{
    const QColor base = palette.color(QPalette::Base);
    const QColor text = palette.color(QPalette::Text);
    for (double share = 0.8; contrast(colour, base) < 4.5 && share > 0; share -= 0.2)
        colour = blend(colour, text, share);
    return colour;
}
} // namespace

class Highlight::Engine final : public KSyntaxHighlighting::AbstractHighlighter {
public:
    void setUp(Kind kind, const QPalette &palette)
    {
        m_palette = palette;
        m_formats.clear();
        setTheme(repository().defaultTheme(isDark(palette) ? KSyntaxHighlighting::Repository::DarkTheme
                                                           : KSyntaxHighlighting::Repository::LightTheme));
        setDefinition(repository().definitionForName(kind == Kind::Log ? u"Upgrade Log"_s : u"YAML"_s));
    }
    QList<QTextLayout::FormatRange> of(const QString &line)
    {
        m_found.clear();
        if (definition().isValid())
            highlightLine(line, KSyntaxHighlighting::State());
        return std::exchange(m_found, {});
    }

protected:
    void applyFormat(int offset, int length, const KSyntaxHighlighting::Format &format) override
    {
        if (length <= 0)
            return;
        const auto known = m_formats.constFind(format.id());
        const QTextCharFormat &made = known == m_formats.cend() ? *m_formats.insert(format.id(), make(format)) : *known;
        if (!made.isEmpty())
            m_found.append({offset, length, made});
    }

private:
    /// The theme draws strings red and numbers in the colour of warnings; here those two say that something is wrong.
    [[nodiscard]] std::optional<QColor> ownColour(KSyntaxHighlighting::Theme::TextStyle style) const
    {
        using Style = KSyntaxHighlighting::Theme::TextStyle;
        const bool dark = isDark(m_palette);
        switch (style) {
        case Style::String:
        case Style::Char:
        case Style::SpecialString:
        case Style::VerbatimString:
            return QColor(dark ? 0x7cc5b8 : 0x0b6e63);
        case Style::SpecialChar:
        case Style::DecVal:
        case Style::BaseN:
        case Style::Float:
        case Style::Constant:
            return QColor(dark ? 0xa5b4fc : 0x4451a8);
        case Style::DataType:
        case Style::Attribute:
        case Style::Keyword:
        case Style::Variable:
            return QColor(dark ? 0x9ecbff : 0x1f5f99);
        default:
            return std::nullopt;
        }
    }
    [[nodiscard]] QTextCharFormat make(const KSyntaxHighlighting::Format &format) const
    {
        QTextCharFormat made;
        const QString name = format.name();
        // Levels take the colours that states have everywhere in the window.
        if (name == "Level Error"_L1 || name == "Level Fatal"_L1)
            made.setForeground(toneText(Tone::Failed, m_palette, m_palette.color(QPalette::Base)));
        else if (name == "Level Warning"_L1)
            made.setForeground(toneText(Tone::Warning, m_palette, m_palette.color(QPalette::Base)));
        else if (name == "Level Info"_L1)
            made.setForeground(toneText(Tone::Running, m_palette, m_palette.color(QPalette::Base)));
        else if (name == "Level Debug"_L1 || name == "Quiet"_L1)
            made.setForeground(quietText(m_palette));
        else if (const std::optional<QColor> own = ownColour(format.textStyle()))
            made.setForeground(readable(*own, m_palette));
        else if (format.hasTextColor(theme()))
            made.setForeground(readable(format.textColor(theme()), m_palette));
        if (format.isBold(theme()))
            made.setFontWeight(QFont::Bold);
        if (format.isItalic(theme()))
            made.setFontItalic(true);
        if (format.isUnderline(theme()))
            made.setFontUnderline(true);
        return made;
    }
    QPalette m_palette;
    QHash<quint16, QTextCharFormat> m_formats;
    QList<QTextLayout::FormatRange> m_found;
};

Highlight::Highlight() = default;
Highlight::~Highlight() = default;

void Highlight::setKind(Kind kind)
{
    if (kind == m_kind)
        return;
    m_kind = kind;
    m_engine.reset();
}

void Highlight::setPalette(const QPalette &palette)
{
    m_palette = palette;
    m_engine.reset();
}

QList<QTextLayout::FormatRange> Highlight::ranges(const QString &line) const
{
    if (m_kind == Kind::Plain || line.isEmpty())
        return {};
    if (!m_engine) {
        m_engine = std::make_unique<Engine>();
        m_engine->setUp(m_kind, m_palette);
    }
    return m_engine->of(line.size() > limit ? line.first(limit) : line);
}

} // namespace ui
