// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// The rows of a document as they were at one moment. Immutable and thread-safe: the window reads rows from it while
/// workers search it, and a search that outlives the document it began with keeps what it needs.
#pragma once

#include "logs/level.h"
#include "logs/pattern.h"
#include "logs/rowset.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>

#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace logs {

/// What a row is that is no line.
struct Divider {
    enum class Kind : quint8 {
        None,
        Source,      ///< lines of another source (pod) begin; the row's source says which
        Restart,     ///< the container was restarted
        Reconnected, ///< the connection was lost and resumed without loss
        Gap,         ///< lines may be missing here
        Cut,         ///< the line above was longer than the limit and is kept in part
        Ended,       ///< the container ended; text has the reason
        Dropped,     ///< lines were here and are no longer kept
        Replaced,    ///< the file was replaced or cut from outside; what follows is read from its begin
    };
    Kind kind = Kind::None;
    QByteArray time; ///< RFC 3339; may be empty
    QString text;    ///< a code or the cluster's words, not for translation
    friend bool operator==(const Divider &, const Divider &) = default;
};

struct Row {
    [[nodiscard]] bool isDivider() const { return divider.kind != Divider::Kind::None; }

    qint64 row = -1;  ///< its number in the document it comes from at last: a filtered view gives the unfiltered number
    int source = 0;   ///< index into Content::sources()
    qint64 line = -1; ///< number in the source, from 0; -1 for dividers
    Divider divider;
    QByteArray stamp;  ///< the server's time of the line; empty: none
    QByteArray text;   ///< without stamp and line end, at most as many bytes as were asked for
    qint64 length = 0; ///< the whole text's bytes, also when `text` is less
    Level level = Level::None;
};

class Content {
public:
    using Stop = std::atomic<bool>;

    Content() = default;
    Content(const Content &) = delete;
    Content &operator=(const Content &) = delete;
    virtual ~Content() = default;

    [[nodiscard]] virtual qint64 rowCount() const = 0;
    /// At most `count` rows from `first` on. Of each text at most `maxBytes`; memory is bounded by count × maxBytes.
    /// Fewer rows than exist mean that the file under them vanished.
    [[nodiscard]] virtual QList<Row> rows(qint64 first, qint64 count, qsizetype maxBytes = 4096) const = 0;
    /// Part of a row's text: [offset, offset + length) as far as it goes.
    [[nodiscard]] virtual QByteArray part(qint64 row, qint64 offset, qsizetype length) const = 0;
    /// The names of where lines come from; at least one.
    [[nodiscard]] virtual QStringList sources() const = 0;
    /// Which rows are dividers.
    [[nodiscard]] virtual RowSet dividers() const { return {}; }

    struct Scan {
        Pattern::Outcome outcome = Pattern::Outcome::Done;
        qint64 row = 0; ///< GaveUp: at this row
    };
    /// Appends the matching rows of [first, end), ascending, as numbers less `first`. Dividers never match.
    [[nodiscard]] virtual Scan scan(
        qint64 first, qint64 end, const Pattern &pattern, std::vector<quint32> &hits, const Stop &stop) const
        = 0;
    /// The end of a piece of work for one worker that begins with row `first`: about half a megabyte of text.
    [[nodiscard]] virtual qint64 chunkEnd(qint64 first) const = 0;
};

using ContentPointer = std::shared_ptr<const Content>;

} // namespace logs

Q_DECLARE_METATYPE(logs::ContentPointer)
