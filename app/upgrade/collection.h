// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

/// Objects by key, ordered by namespace and name, cheap to copy and cheap to change after it was copied: a session
/// hands out a copy twenty times a second and goes on changing its own. Entries stand in small chunks which copies
/// share until one of them changes; a change then copies one chunk of some dozens, not ten thousand entries. Values are
/// never null.
#pragma once

#include "kube/resource.h"

#include <QList>
#include <QSharedData>

#include <algorithm>
#include <iterator>
#include <memory>
#include <vector>

namespace upgrade {

template<class T>
class Collection {
public:
    using Key = kube::ObjectKey;
    using Value = std::shared_ptr<const T>;

private:
    struct Entry {
        Key key;
        Value value;
    };
    struct Chunk : QSharedData {
        std::vector<Entry> entries; ///< in order, never empty
    };
    using Chunks = QList<QSharedDataPointer<Chunk>>;

public:
    /// Read only; goes through the entries in order. Valid until the collection changes.
    class const_iterator {
    public:
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = Value;
        using difference_type = qptrdiff;
        using pointer = const Value *;
        using reference = const Value &;

        const_iterator() = default;
        [[nodiscard]] const Key &key() const { return entry().key; }
        [[nodiscard]] const Value &value() const { return entry().value; }
        reference operator*() const { return entry().value; }
        pointer operator->() const { return &entry().value; }
        const_iterator &operator++()
        {
            if (++m_entry == m_chunks->at(m_chunk)->entries.size()) {
                ++m_chunk;
                m_entry = 0;
            }
            return *this;
        }
        const_iterator operator++(int)
        {
            const const_iterator before = *this;
            ++*this;
            return before;
        }
        const_iterator &operator--()
        {
            if (m_entry == 0)
                m_entry = m_chunks->at(--m_chunk)->entries.size();
            --m_entry;
            return *this;
        }
        const_iterator operator--(int)
        {
            const const_iterator before = *this;
            --*this;
            return before;
        }
        friend bool operator==(const const_iterator &a, const const_iterator &b)
        {
            return a.m_chunk == b.m_chunk && a.m_entry == b.m_entry;
        }

    private:
        friend class Collection;
        const_iterator(const Chunks *chunks, qsizetype chunk, size_t entry)
            : m_chunks(chunks)
            , m_chunk(chunk)
            , m_entry(entry)
        {
        }
        [[nodiscard]] const Entry &entry() const { return m_chunks->at(m_chunk)->entries[m_entry]; }
        const Chunks *m_chunks = nullptr;
        qsizetype m_chunk = 0;
        size_t m_entry = 0;
    };
    using iterator = const_iterator;

    [[nodiscard]] qsizetype size() const { return m_size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] const_iterator begin() const { return {&m_chunks, 0, 0}; }
    [[nodiscard]] const_iterator end() const { return {&m_chunks, m_chunks.size(), 0}; }
    [[nodiscard]] const_iterator constBegin() const { return begin(); }
    [[nodiscard]] const_iterator constEnd() const { return end(); }
    [[nodiscard]] const Value &first() const { return *begin(); } ///< of a collection that is not empty

    [[nodiscard]] const_iterator constFind(const Key &key) const
    {
        const qsizetype chunk = chunkOf(key);
        if (chunk < 0)
            return end();
        const auto &entries = m_chunks.at(chunk)->entries;
        const auto found = std::ranges::lower_bound(entries, key, {}, &Entry::key);
        return found != entries.end() && found->key == key
            ? const_iterator{&m_chunks, chunk, size_t(found - entries.begin())}
            : end();
    }
    [[nodiscard]] bool contains(const Key &key) const { return constFind(key) != end(); }
    [[nodiscard]] Value value(const Key &key) const
    {
        const auto found = constFind(key);
        return found == end() ? Value() : *found;
    }

    void insert(const Key &key, Value value)
    {
        if (m_chunks.isEmpty()) {
            QSharedDataPointer<Chunk> chunk(new Chunk);
            chunk->entries.push_back({key, std::move(value)});
            m_chunks.append(std::move(chunk));
            m_size = 1;
            return;
        }
        const qsizetype at = std::max<qsizetype>(0, chunkOf(key));
        auto &entries = m_chunks[at]->entries;
        const auto place = std::ranges::lower_bound(entries, key, {}, &Entry::key);
        if (place != entries.end() && place->key == key) {
            place->value = std::move(value);
            return;
        }
        entries.insert(place, {key, std::move(value)});
        ++m_size;
        if (entries.size() <= most)
            return;
        const auto middle = entries.begin() + qptrdiff(entries.size() / 2);
        QSharedDataPointer<Chunk> upper(new Chunk);
        upper->entries.assign(std::make_move_iterator(middle), std::make_move_iterator(entries.end()));
        entries.erase(middle, entries.end());
        m_chunks.insert(at + 1, std::move(upper));
    }

    void remove(const Key &key)
    {
        const qsizetype at = chunkOf(key);
        if (at < 0 || !contains(key))
            return;
        auto &entries = m_chunks[at]->entries;
        entries.erase(std::ranges::lower_bound(entries, key, {}, &Entry::key));
        --m_size;
        if (entries.empty())
            m_chunks.removeAt(at);
        else if (!join(at))
            join(at - 1);
    }
    void clear()
    {
        m_chunks.clear();
        m_size = 0;
    }

private:
    static constexpr size_t most = 64; ///< entries of a chunk

    /// The chunk that has the key if any has; -1: it is before all of them.
    [[nodiscard]] qsizetype chunkOf(const Key &key) const
    {
        const auto after = std::ranges::upper_bound(m_chunks, key, {},
            [](const QSharedDataPointer<Chunk> &chunk) -> const Key & { return chunk->entries.front().key; });
        return after - m_chunks.begin() - 1;
    }

    /// A chunk and the one after it become one when both are small: churn must not leave a chunk for every entry.
    bool join(qsizetype at)
    {
        if (at < 0 || at + 1 >= m_chunks.size()
            || m_chunks.at(at)->entries.size() + m_chunks.at(at + 1)->entries.size() > most / 2)
            return false;
        auto &entries = m_chunks[at]->entries;
        const auto &next = m_chunks.at(at + 1)->entries;
        entries.insert(entries.end(), next.begin(), next.end());
        m_chunks.removeAt(at + 1);
        return true;
    }

    Chunks m_chunks;
    qsizetype m_size = 0;
};

} // namespace upgrade
