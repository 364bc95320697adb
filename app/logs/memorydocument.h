// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// A text in memory as a document: an object as YAML, the output of a command.
#pragma once

#include "logs/document.h"

namespace logs {

class MemoryDocument final : public Document {
    Q_OBJECT

public:
    explicit MemoryDocument(QObject *parent = nullptr);
    explicit MemoryDocument(const QByteArray &text, QObject *parent = nullptr);

    /// Another text; reset() follows.
    void setText(const QByteArray &text);
    /// More text at the end; grew() follows.
    void append(QByteArrayView text);

    [[nodiscard]] ContentPointer content() const override { return m_content; }
    [[nodiscard]] bool isComplete() const override { return true; }

private:
    QByteArray m_text;
    ContentPointer m_content;
};

} // namespace logs
