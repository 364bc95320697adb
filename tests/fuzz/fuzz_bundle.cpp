// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

// Any bytes as a bundle: an archive, packed or not, a list of objects, a pasted text. No crash, no hang, nothing kept
// of a Secret, and every limit holds.

#include "evidence/bundle.h"

#include <QBuffer>

#include <cstdlib>

namespace {

void require(bool condition)
{
    if (!condition)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    QBuffer in(&bytes);
    in.open(QIODevice::ReadOnly);
    evidence::BundleOptions options;
    options.limits.parts = 64;
    options.limits.part = 4 * 1024 * 1024;
    options.limits.total = 8 * 1024 * 1024;
    options.limits.ratioFrom = 256 * 1024;
    options.limits.object = 64 * 1024;
    options.limits.objects = 200;
    options.limits.problems = 50;
    options.limits.pasted = 256 * 1024;
    const auto bundle = evidence::Bundle::fromDevice(in, QStringLiteral("input"), options);
    if (!bundle) {
        require(!bundle.error().text().isEmpty());
        return 0;
    }
    require(bundle->asOf().isValid());
    require(bundle->objectCount() <= options.limits.objects);
    require(bundle->logs().size() <= options.limits.parts);
    require(bundle->problems().size() <= options.limits.problems + 1);
    for (const auto &problem : bundle->problems()) {
        require(!problem.text().isEmpty() && !evidence::problemWord(problem.code).isEmpty());
        require(!problem.part.contains(QLatin1Char('\0')));
    }
    for (const auto &objects : bundle->objects()) {
        for (const kube::ObjectPtr &object : objects) {
            require(!object->key.name.isEmpty());
            if (object->json.value(QLatin1String("kind")).toString() == QLatin1String("Secret"))
                require(!object->json.contains(QLatin1String("data"))
                    && !object->json.contains(QLatin1String("stringData")));
        }
    }
    for (const evidence::BundleLog &log : bundle->logs()) {
        const auto device = bundle->openLog(log);
        if (!device)
            continue;
        qint64 length = 0;
        while (!(*device)->atEnd()) {
            const qsizetype got = (*device)->read(65536).size();
            if (got <= 0)
                break;
            length += got;
        }
        // UTF-16 grows to at most three bytes for two.
        require(length <= 2 * (options.limits.part + 1024 * 1024));
    }
    return 0;
}
