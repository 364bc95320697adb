// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Bytes that must never reach a log, a setting, a message or a crash text: tokens, passwords, private keys.
/// There is no conversion to QString or QByteArray; reveal() is the one door and easy to find by search.
#pragma once

#include <QByteArray>
#include <QDebug>

namespace kube {

class Secret {
public:
    Secret() = default;
    explicit Secret(QByteArray bytes) : m_bytes(std::move(bytes)) { }
    ~Secret() { wipe(); }
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &other)
    {
        if (this != &other) {
            wipe();
            m_bytes = other.m_bytes;
        }
        return *this;
    }
    Secret &operator=(Secret &&other) noexcept
    {
        m_bytes.swap(other.m_bytes);
        return *this;
    }

    [[nodiscard]] bool isEmpty() const { return m_bytes.isEmpty(); }
    /// The bytes themselves, for the request header, the TLS key or the child's environment; nothing else.
    [[nodiscard]] const QByteArray &reveal() const { return m_bytes; }
    friend bool operator==(const Secret &a, const Secret &b) { return a.m_bytes == b.m_bytes; }

private:
    /// Overwrites the memory when this is the last owner. Qt shares copies, so only the last one can.
    void wipe()
    {
        if (!m_bytes.isEmpty() && m_bytes.isDetached())
            m_bytes.fill('\0');
    }
    QByteArray m_bytes;
};

inline QDebug operator<<(QDebug debug, const Secret &secret)
{
    return debug << (secret.isEmpty() ? "Secret()" : "Secret(***)");
}

} // namespace kube
