// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Colours of one line of text by KSyntaxHighlighting: no state goes from line to line, so any line can be coloured
/// alone. Colours fit the palette, light or dark. UI thread.
#pragma once

#include <QList>
#include <QPalette>
#include <QTextCharFormat>
#include <QTextLayout>

#include <memory>

namespace ui {

class Highlight {
public:
    enum class Kind { Plain, Log, Yaml };

    Highlight();
    ~Highlight();
    void setKind(Kind kind);
    [[nodiscard]] Kind kind() const { return m_kind; }
    void setPalette(const QPalette &palette);
    /// Ascending, not overlapping; positions in UTF-16 units. Beyond `limit` nothing is coloured.
    [[nodiscard]] QList<QTextLayout::FormatRange> ranges(const QString &line) const;
    static constexpr qsizetype limit = 4096;

private:
    class Engine;
    Kind m_kind = Kind::Plain;
    QPalette m_palette;
    mutable std::unique_ptr<Engine> m_engine; ///< made when first needed: the definitions take some milliseconds
};

} // namespace ui
