// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "evidence/bundleproblem.h"

#include <QCoreApplication>

namespace evidence {

using namespace Qt::StringLiterals;
using Code = BundleProblem::Code;

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("evidence", text);
}

QString tr(const char *text, const char *comment, qint64 number)
{
    return QCoreApplication::translate("evidence", text, comment, int(qMin<qint64>(number, INT_MAX)));
}

QString sentence(const BundleProblem &problem)
{
    switch (problem.code) {
    case Code::NotReadable:
        return tr("cannot be read: %1").arg(problem.detail);
    case Code::LeavesArchive:
        return tr("the name leads out of the archive; left out");
    case Code::Link:
        return tr("is a link; links are not followed");
    case Code::Special:
        return tr("is neither a file nor a folder; left out");
    case Code::Encrypted:
        return tr("is encrypted; left out");
    case Code::UnknownPacking:
        return tr("is packed by a method that is not known (%1); left out").arg(problem.detail);
    case Code::Truncated:
        return tr("ends too early; what is there is used");
    case Code::Damaged:
        return tr("is damaged; what could be read is used");
    case Code::Overlapping:
        return tr("shares its bytes with other parts, as no honest archive does; left out");
    case Code::Inflates:
        return tr("unpacks to a suspicious multiple of its size; only the beginning is used");
    case Code::TooLarge:
        return tr("is larger than what is taken in; only the beginning is used");
    case Code::TooManyParts:
        return tr("has more than %n parts; the rest is left out", nullptr, problem.number);
    case Code::TooDeep:
        return tr("is an archive inside of too many others; left out");
    case Code::NotArchive:
        return tr("is not the archive its name says");
    case Code::ObjectTooLarge:
        return tr("an object is too large; left out");
    case Code::TooManyObjects:
        return tr("there are more objects than are taken in; the rest is left out");
    case Code::NotYaml:
    case Code::NotJson:
        return problem.detail;
    case Code::NotUtf8:
        return tr("is not valid UTF-8; what is not is shown as a replacement character");
    case Code::NoObject:
        return tr("is not a Kubernetes object: kind or name is missing");
    case Code::NoSpace:
        return tr("there is no room on the disk to unpack it: %1").arg(problem.detail);
    case Code::Absent:
        return tr("is missing");
    case Code::NotCollected:
        return tr("the bundle says what it could not collect: %1").arg(problem.detail);
    case Code::NewerFormat:
        return tr("was written in format %1, which is newer than this program; what is understood is shown")
            .arg(problem.detail);
    case Code::Binary:
        return tr("%n files are no text and were left out", nullptr, problem.number);
    case Code::NothingInIt:
        return tr("there is nothing in it that can be read");
    case Code::More:
        return tr("%n more problems are not listed", nullptr, problem.number);
    }
    return {};
}

/// Not in the class: its name would be the context that texts are looked for in.
QString withLine(int line, const QString &text)
{
    return line > 0 ? tr("line %1: %2").arg(QString::number(line), text) : text;
}

} // namespace

QString BundleProblem::text() const
{
    const QString text = withLine(line, sentence(*this));
    return part.isEmpty() ? text : part + u": "_s + text;
}

QString problemWord(Code code)
{
    switch (code) {
    case Code::NotReadable:
        return u"not-readable"_s;
    case Code::LeavesArchive:
        return u"leaves-archive"_s;
    case Code::Link:
        return u"link"_s;
    case Code::Special:
        return u"special-file"_s;
    case Code::Encrypted:
        return u"encrypted"_s;
    case Code::UnknownPacking:
        return u"unknown-packing"_s;
    case Code::Truncated:
        return u"truncated"_s;
    case Code::Damaged:
        return u"damaged"_s;
    case Code::Overlapping:
        return u"overlapping"_s;
    case Code::Inflates:
        return u"inflates"_s;
    case Code::TooLarge:
        return u"too-large"_s;
    case Code::TooManyParts:
        return u"too-many-parts"_s;
    case Code::TooDeep:
        return u"too-deep"_s;
    case Code::NotArchive:
        return u"not-an-archive"_s;
    case Code::ObjectTooLarge:
        return u"object-too-large"_s;
    case Code::TooManyObjects:
        return u"too-many-objects"_s;
    case Code::NotYaml:
        return u"not-yaml"_s;
    case Code::NotJson:
        return u"not-json"_s;
    case Code::NotUtf8:
        return u"not-utf8"_s;
    case Code::NoObject:
        return u"no-object"_s;
    case Code::NoSpace:
        return u"no-space"_s;
    case Code::Absent:
        return u"missing"_s;
    case Code::NotCollected:
        return u"not-collected"_s;
    case Code::NewerFormat:
        return u"newer-format"_s;
    case Code::Binary:
        return u"binary"_s;
    case Code::NothingInIt:
        return u"nothing-in-it"_s;
    case Code::More:
        return u"more"_s;
    }
    return {};
}

void BundleProblems::add(BundleProblem problem)
{
    if (m_list.size() < m_most)
        m_list.append(std::move(problem));
    else
        ++m_more;
}

QList<BundleProblem> BundleProblems::all() const
{
    QList<BundleProblem> list = m_list;
    if (m_more > 0)
        list.append({Code::More, {}, {}, 0, m_more});
    return list;
}

} // namespace evidence
