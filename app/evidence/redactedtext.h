// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Text with its secrets masked, as a stream: logs, events, configuration files, whatever was printed. It may be
/// fed in pieces of any size; a secret that is cut by them, or by ends of lines, is found all the same. Memory: a few
/// times the longest line, at most 16 MiB of one. Pure but for its state.
#pragma once

#include "evidence/knownsecrets.h"
#include "evidence/secretnames.h"

#include <QByteArray>

#include <array>
#include <functional>
#include <optional>

namespace evidence {

/// How often each kind was masked.
using SecretCounts = std::array<qint64, secretKinds>;

/// What stands where a secret was: "[redacted:token]".
[[nodiscard]] QByteArray maskOf(SecretKind kind);

/// A place that is masked, and why.
struct Masked {
    Span at;
    SecretKind kind;
};

class TextRedactor {
public:
    /// `known` may be null; it must outlive this and not change meanwhile.
    /// `stamped`: each line begins with a time, as `kubectl logs --timestamps` and spools have it; it stays.
    explicit TextRedactor(const KnownSecrets *known = nullptr, bool stamped = false)
        : m_known(known)
        , m_stamped(stamped)
    {
    }
    /// What is certain by now, masked; the rest comes with later calls.
    [[nodiscard]] QByteArray feed(QByteArrayView text);
    /// All that was fed, at the end of a line; the text goes on.
    [[nodiscard]] QByteArray flush() { return take(true); }
    /// The rest. The next text is another one.
    [[nodiscard]] QByteArray finish();
    [[nodiscard]] const SecretCounts &counts() const { return m_counts; }

    /// Of a text that is there as a whole.
    [[nodiscard]] static QByteArray redact(
        QByteArrayView text, SecretCounts &counts, const KnownSecrets *known = nullptr);

private:
    /// What earlier lines mean for the next.
    struct State {
        std::optional<SecretKind> block; ///< lines indented deeper than `indent` belong to a secret
        qsizetype indent = 0;
        std::optional<SecretKind> pending; ///< the next value is one: its name was in the line before
        QByteArray quote;                  ///< a quoted value goes on up to this
        SecretKind quoted = SecretKind::Token;
        bool key = false;         ///< inside a PEM block
        bool cloudConfig = false; ///< after "#cloud-config"
        bool data = false;        ///< inside `data:` of what may be a Secret
        qsizetype dataIndent = 0;
        bool encoded = false; ///< the line before was base64 and nothing else
    };
    [[nodiscard]] QByteArray take(bool all);
    void line(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found);
    [[nodiscard]] bool goesOn(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found);
    void names(QByteArrayView text, qsizetype from, qsizetype end, QList<Masked> &found);
    /// Where the value ends, that is where to look on.
    qsizetype value(QByteArrayView text, qsizetype at, qsizetype end, qsizetype indent, SecretKind kind, bool spaced,
        QList<Masked> &found);

    const KnownSecrets *m_known;
    bool m_stamped;
    QByteArray m_waiting;
    State m_state;
    SecretCounts m_counts{};
};

} // namespace evidence
