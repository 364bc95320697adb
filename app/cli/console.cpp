// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/console.h"

#include <QStringEncoder>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace cli {

namespace {

void write(std::FILE *file, const QString &text)
{
    const QByteArray bytes = text.toUtf8() + '\n';
    // A message that nobody can read changes nothing.
    static_cast<void>(std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file));
    static_cast<void>(std::fflush(file));
}

struct Range {
    char32_t from, to;
};
// The wide and fullwidth ranges of EastAsianWidth.txt that names, messages and our translations can hold.
constexpr std::array wide{
    Range{0x1100, 0x115f},
    Range{0x231a, 0x231b},
    Range{0x2329, 0x232a},
    Range{0x23e9, 0x23ec},
    Range{0x23f0, 0x23f0},
    Range{0x23f3, 0x23f3},
    Range{0x2705, 0x2705},
    Range{0x274c, 0x274c},
    Range{0x2e80, 0x303e},
    Range{0x3041, 0x33ff},
    Range{0x3400, 0x4dbf},
    Range{0x4e00, 0x9fff},
    Range{0xa000, 0xa4cf},
    Range{0xa960, 0xa97f},
    Range{0xac00, 0xd7a3},
    Range{0xf900, 0xfaff},
    Range{0xfe10, 0xfe19},
    Range{0xfe30, 0xfe6f},
    Range{0xff00, 0xff60},
    Range{0xffe0, 0xffe6},
    Range{0x1f300, 0x1f64f},
    Range{0x1f680, 0x1f6ff},
    Range{0x1f900, 0x1f9ff},
    Range{0x20000, 0x3fffd},
};

} // namespace

void out(const QString &text)
{
    write(stdout, text);
}

void err(const QString &text)
{
    write(stderr, text);
}

Written outBytes(QByteArrayView bytes)
{
    const auto size = size_t(bytes.size());
    if (std::fwrite(bytes.data(), 1, size, stdout) == size && std::fflush(stdout) == 0)
        return Written::Yes;
    return errno == EPIPE ? Written::Gone : Written::Failed;
}

void surviveGoneReader()
{
#ifdef Q_OS_UNIX
    static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
#endif
}

bool outIsTerminal()
{
#ifdef Q_OS_UNIX
    return ::isatty(STDOUT_FILENO) != 0;
#else
    return false;
#endif
}

QStringList explanation(const kube::Error &error)
{
    const kube::ErrorText text = kube::describe(error);
    QStringList lines;
    for (const QString &line : {text.headline, text.cause, text.advice}) {
        if (!line.isEmpty() && !lines.contains(plain(line)))
            lines.append(plain(line));
    }
    return lines;
}

void explain(const kube::Error &error)
{
    const QStringList lines = explanation(error);
    for (const QString &line : lines)
        err(line);
}

int cells(QStringView text)
{
    int count = 0;
    const QList<uint> points = text.toUcs4();
    for (const uint point : points) {
        const QChar::Category category = QChar::category(point);
        if (category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing || category == QChar::Other_Format)
            continue;
        const bool two = std::ranges::any_of(wide, [&](const Range &r) { return point >= r.from && point <= r.to; });
        count += two ? 2 : 1;
    }
    return count;
}

QString plain(const QString &text)
{
    QString result = text;
    for (QChar &c : result) {
        // Escape sequences and turns of direction could change what a person reads.
        if (c.category() == QChar::Other_Control || (c >= QChar(0x202a) && c <= QChar(0x202e))
            || (c >= QChar(0x2066) && c <= QChar(0x2069)))
            c = u' ';
    }
    return result.simplified();
}

QStringList table(const QList<QStringList> &rows)
{
    QList<int> widths;
    for (const QStringList &row : rows) {
        for (qsizetype i = 0; i < row.size(); ++i) {
            if (i == widths.size())
                widths.append(0);
            widths[i] = std::max(widths[i], cells(row[i]));
        }
    }
    QStringList lines;
    for (const QStringList &row : rows) {
        QString line;
        for (qsizetype i = 0; i < row.size(); ++i) {
            line += row[i];
            if (i + 1 < row.size())
                line += QString(widths[i] - cells(row[i]) + 2, u' ');
        }
        while (line.endsWith(u' '))
            line.chop(1);
        lines.append(line);
    }
    return lines;
}

int outputWidth()
{
#ifdef Q_OS_UNIX
    if (!::isatty(STDOUT_FILENO))
        return 0;
    constexpr int least = 80;
    constexpr int most = 10000;
    int columns = qEnvironmentVariableIntValue("COLUMNS");
    winsize size{};
    if (columns <= 0 && ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        columns = size.ws_col;
    return std::clamp(columns, least, most);
#else
    return 0;
#endif
}

QString elided(const QString &text, int width)
{
    if (cells(text) <= width)
        return text;
    if (width <= 1)
        return {width, QChar(u'…')};
    qsizetype left = 0;
    qsizetype right = text.size();
    // The end of a name tells more than its begin: it may be the longer half.
    for (bool fromLeft = false; left < right; fromLeft = !fromLeft) {
        const QString next = fromLeft ? text.left(left + 1) + text.mid(right) : text.left(left) + text.mid(right - 1);
        if (cells(next) > width - 1)
            break;
        fromLeft ? ++left : --right;
    }
    return text.left(left) + u'…' + text.mid(right);
}

QStringList wrapped(const QString &text, int width, int indent)
{
    QStringList lines;
    QString rest = text;
    while (width > 0 && cells(rest) > width) {
        qsizetype begin = 0;
        while (begin < rest.size() && rest.at(begin) == u' ')
            ++begin;
        qsizetype cut = -1;
        for (qsizetype blank = rest.indexOf(u' ', begin); blank >= 0; blank = rest.indexOf(u' ', blank + 1)) {
            if (cut >= 0 && cells(QStringView(rest).left(blank)) > width)
                break;
            cut = blank;
        }
        if (cut < 0)
            break; // one word, longer than a line
        QString line = rest.left(cut);
        while (line.endsWith(u' '))
            line.chop(1);
        lines.append(line);
        rest = QString(indent, u' ') + rest.mid(cut).trimmed();
    }
    lines.append(rest);
    return lines;
}

} // namespace cli
