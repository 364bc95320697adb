// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// A watch stream of any bytes through framing, decoding, reflector and store. The first byte says how the network
// splits it; the split must not matter.

#include "kube/lineframer.h"
#include "kube/objectstore.h"
#include "kube/reflector.h"
#include "kube/watchevent.h"

#include <cstdlib>

using namespace kube;

namespace {

struct Copy {
    reflector::State state;
    ObjectStore store;
    qint64 now = 0;

    void feed(reflector::What what)
    {
        now += 10;
        auto step = reflector::step(std::move(state), {std::move(what), 0, now, 0.5}, {});
        state = std::move(step.next);
        for (const auto &action : step.actions) {
            if (const auto *apply = std::get_if<reflector::Apply>(&action))
                store.apply(apply->object);
            else if (const auto *remove = std::get_if<reflector::Remove>(&action))
                remove->last ? store.remove(remove->last) : store.remove(remove->key);
        }
    }
};

QList<ObjectKey> play(QByteArrayView bytes, qsizetype slice)
{
    Copy copy;
    copy.feed(reflector::Start{});
    reflector::Page empty;
    empty.rv = QStringLiteral("1");
    copy.feed(empty);
    copy.feed(reflector::Opened{});
    LineFramer framer(64 * 1024);
    for (qsizetype at = 0; at < bytes.size(); at += slice) {
        for (const LineFramer::Line &line : framer.feed(bytes.sliced(at, std::min(slice, bytes.size() - at)))) {
            if (copy.state.phase == reflector::Phase::Waiting || copy.state.phase == reflector::Phase::Parked)
                copy.feed(reflector::WaitOver{});
            if (copy.state.phase == reflector::Phase::Listing)
                copy.feed(empty);
            if (copy.state.phase == reflector::Phase::Opening)
                copy.feed(reflector::Opened{});
            const WatchEvent event = decodeWatchEvent(line.text, {}, {}, {});
            switch (event.type) {
            case WatchEvent::Type::Added:
            case WatchEvent::Type::Modified:
                copy.feed(reflector::Event{event.object, false});
                break;
            case WatchEvent::Type::Deleted:
                copy.feed(reflector::Event{event.object, true});
                break;
            case WatchEvent::Type::Bookmark:
                copy.feed(reflector::Bookmark{event.resourceVersion});
                break;
            case WatchEvent::Type::Error:
                copy.feed(reflector::ErrorEvent{event.error});
                break;
            case WatchEvent::Type::Undecodable:
                copy.feed(reflector::Undecodable{event.error, event.key, event.resourceVersion, event.deleted});
                break;
            }
        }
    }
    QList<ObjectKey> keys;
    for (const ObjectPtr &object : copy.store.objects())
        keys.append(object->key);
    std::ranges::sort(keys);
    return keys;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
    if (size == 0)
        return 0;
    const QByteArrayView bytes(data + 1, qsizetype(size) - 1);
    if (play(bytes, data[0] + 1) != play(bytes, std::max<qsizetype>(1, bytes.size())))
        std::abort();
    return 0;
}
