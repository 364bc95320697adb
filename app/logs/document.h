// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Something made of rows that a view shows and a search goes through: a file, several logs merged, a filtered view of
/// another document, a text in memory. Lives in one thread (the window's); never blocks it longer than reading what is
/// asked for. All that a worker needs is in content().
#pragma once

#include "logs/content.h"

#include <QObject>

namespace logs {

class Document : public QObject {
    Q_OBJECT

public:
    using QObject::QObject;

    /// The rows as they are now. Cheap.
    [[nodiscard]] virtual ContentPointer content() const = 0;
    /// Everything that is there by now is in content(); lines that are written later make it grow all the same.
    [[nodiscard]] virtual bool isComplete() const = 0;
    /// 0..1, how much of what is there is in content(): for a progress line.
    [[nodiscard]] virtual double progress() const { return isComplete() ? 1.0 : 0.0; }
    /// Why nothing or no more is read, in the system's words; empty: all is well.
    [[nodiscard]] virtual QString errorText() const { return {}; }

    [[nodiscard]] qint64 rowCount() const { return content()->rowCount(); }
    [[nodiscard]] QList<Row> rows(qint64 first, qint64 count, qsizetype maxBytes = 4096) const
    {
        return content()->rows(first, count, maxBytes);
    }

signals:
    /// Rows from `firstChanged` on are new or changed; those before are as they were. At most twenty times a second.
    void grew(qint64 firstChanged);
    /// All is different: another file under the same name, other filters.
    void reset();
    /// isComplete(), progress() or errorText() changed.
    void stateChanged();
};

/// Writes rows [first, end) of `content` as lines, as a person saves or copies them; dividers are left out. Lines of
/// any length, in bounded memory. Any thread. `write` returns false to end it. False: it was ended or stopped.
struct TextOptions {
    bool stamps = false;      ///< "stamp SPACE" before each line that has one
    bool escapes = true;      ///< false: without colours and control characters
    bool sourceNames = false; ///< "[source] " before each line
};
[[nodiscard]] bool writeText(const Content &content, qint64 first, qint64 end, TextOptions options,
    const std::function<bool(QByteArrayView)> &write, const Content::Stop &stop);

} // namespace logs
