// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/diagnosisprint.h"

#include "cli/boardprint.h"
#include "cli/console.h"
#include "upgrade/boardjson.h"
#include "upgrade/boardtext.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace cli {

using namespace Qt::StringLiterals;
using diagnosis::Finding;

namespace {

constexpr qsizetype problemsPrinted = 20;
constexpr qsizetype evidencePrinted = 6;

QString tr(const char *text, const char *comment = nullptr, int n = -1)
{
    return QCoreApplication::translate("cli", text, comment, n);
}

QString shapeText(evidence::BundleShape shape)
{
    switch (shape) {
    case evidence::BundleShape::SupportBundle:
        return tr("Support bundle");
    case evidence::BundleShape::UpgradeLogArchive:
        return tr("Upgrade log archive");
    case evidence::BundleShape::GleanerBundle:
        return tr("Gleaner bundle");
    case evidence::BundleShape::Folder:
        return tr("Folder");
    case evidence::BundleShape::Text:
        return tr("Text");
    }
    return {};
}

QString certaintyText(diagnosis::Certainty certainty)
{
    switch (certainty) {
    case diagnosis::Certainty::High:
        return tr("sure", "of a cause");
    case diagnosis::Certainty::Likely:
        return tr("likely", "of a cause");
    case diagnosis::Certainty::Low:
        return tr("unsure", "of a cause");
    }
    return {};
}

QString restartText(diagnosis::RestartAdvice advice)
{
    switch (advice) {
    case diagnosis::RestartAdvice::NotNeeded:
        return tr("Stopping the upgrade and starting it again is not needed.");
    case diagnosis::RestartAdvice::Safe:
        return tr("The upgrade may be stopped and started again because of this.");
    case diagnosis::RestartAdvice::AfterBundle:
        return tr("Make a support bundle before the upgrade is stopped and started again.");
    case diagnosis::RestartAdvice::No:
        return tr("Do not stop the upgrade because of this.");
    }
    return {};
}

QString evidenceLine(const diagnosis::Evidence &evidence)
{
    QString where;
    if (evidence.object.isEmpty()) {
        where = plain(evidence.log);
        if (evidence.line > 0)
            where += u':' + QString::number(evidence.line);
    } else {
        where = plain(evidence.object.text());
        if (!evidence.field.isEmpty())
            where += u' ' + plain(evidence.field);
    }
    QString line = where;
    if (!evidence.text.isEmpty())
        line += (line.isEmpty() ? QString() : u": "_s) + plain(evidence.text.trimmed());
    if (evidence.count > 1)
        line += u" (×"_s + QString::number(evidence.count) + u')';
    return line;
}

QStringList findingLines(const Finding &finding, qsizetype number, const QString &language, int width)
{
    QStringList out;
    QStringList tags{certaintyText(diagnosis::certainty(finding.confidence))};
    if (finding.symptom)
        tags.append(tr("a symptom"));
    if (!finding.effectOf.isEmpty())
        tags.append(tr("follows from %1").arg(finding.effectOf));
    if (finding.phase)
        tags.append(upgrade::phaseTitle(*finding.phase));
    if (!finding.node.isEmpty())
        tags.append(plain(finding.node));
    out += wrapped(
        QString::number(number) + u". "_s + plain(finding.title.in(language)) + u" ["_s + tags.join(u", "_s) + u']',
        width, 3);
    const auto paragraph = [&](const QString &text) { out += wrapped(u"   "_s + plain(text), width, 3); };
    if (!finding.cause.isEmpty())
        paragraph(finding.cause.in(language));
    if (!finding.waitingFor.isEmpty())
        paragraph(tr("Waits for: %1").arg(finding.waitingFor.in(language)));
    for (const diagnosis::Evidence &evidence :
        finding.evidence.first(std::min(evidencePrinted, finding.evidence.size())))
        out += wrapped(u"   › "_s + evidenceLine(evidence), width, 5);
    for (const diagnosis::Step &step : finding.remedy) {
        out += wrapped(u"   - "_s + plain(step.text.in(language)), width, 5);
        // To be copied: never broken.
        if (!step.command.isEmpty())
            out.append(u"     $ "_s + plain(step.command));
    }
    paragraph(restartText(finding.restart));
    QStringList more;
    if (!finding.versions.isEmpty())
        more.append(tr("Affects %1").arg(plain(finding.versions)));
    more.append(finding.id + u" ("_s + finding.family + u')');
    paragraph(more.join(u" · "_s));
    for (const QString &link : finding.links)
        out.append(u"   "_s + plain(link));
    return out;
}

QJsonValue timeJson(const QDateTime &time)
{
    return time.isValid() ? QJsonValue(time.toUTC().toString(Qt::ISODateWithMs)) : QJsonValue();
}

QJsonValue textJson(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

QJsonObject evidenceJson(const diagnosis::Evidence &evidence)
{
    QJsonObject json{{u"text"_s, evidence.text}, {u"count"_s, evidence.count}, {u"time"_s, timeJson(evidence.time)},
        {u"firstTime"_s, timeJson(evidence.first)}};
    if (evidence.object.isEmpty()) {
        json.insert(u"type"_s, u"log"_s);
        json.insert(u"log"_s, evidence.log);
        json.insert(u"line"_s, evidence.line > 0 ? QJsonValue(evidence.line) : QJsonValue());
        json.insert(u"namespace"_s, textJson(evidence.ns));
        json.insert(u"pod"_s, textJson(evidence.pod));
        json.insert(u"container"_s, textJson(evidence.container));
    } else {
        json.insert(u"type"_s, u"object"_s);
        json.insert(u"group"_s, evidence.object.group);
        json.insert(u"kind"_s, evidence.object.kind);
        json.insert(u"namespace"_s, textJson(evidence.object.ns));
        json.insert(u"name"_s, evidence.object.name);
        json.insert(u"field"_s, textJson(evidence.field));
    }
    return json;
}

QJsonObject findingJson(const Finding &finding, const QString &language)
{
    QJsonArray evidence, remedy;
    for (const diagnosis::Evidence &one : finding.evidence)
        evidence.append(evidenceJson(one));
    for (const diagnosis::Step &step : finding.remedy)
        remedy.append(QJsonObject{{u"text"_s, step.text.in(language)}, {u"command"_s, textJson(step.command)}});
    return {{u"family"_s, finding.family}, {u"id"_s, finding.id}, {u"confidence"_s, finding.confidence},
        {u"certainty"_s, diagnosis::certaintyWord(diagnosis::certainty(finding.confidence))},
        {u"severity"_s, diagnosis::severityWord(finding.severity)}, {u"symptom"_s, finding.symptom},
        {u"phase"_s, finding.phase ? QJsonValue(upgrade::phaseWord(*finding.phase)) : QJsonValue()},
        {u"node"_s, textJson(finding.node)}, {u"title"_s, finding.title.in(language)},
        {u"cause"_s, finding.cause.in(language)}, {u"waitingFor"_s, textJson(finding.waitingFor.in(language))},
        {u"evidence"_s, evidence}, {u"remedy"_s, remedy}, {u"restart"_s, diagnosis::restartWord(finding.restart)},
        {u"versions"_s, textJson(finding.versions)}, {u"links"_s, QJsonArray::fromStringList(finding.links)},
        {u"effectOf"_s, textJson(finding.effectOf)}};
}

QString asOfWord(evidence::Bundle::AsOfSource source)
{
    switch (source) {
    case evidence::Bundle::AsOfSource::Stated:
        return u"stated"_s;
    case evidence::Bundle::AsOfSource::Objects:
        return u"objects"_s;
    case evidence::Bundle::AsOfSource::Logs:
        return u"logs"_s;
    case evidence::Bundle::AsOfSource::File:
        return u"file"_s;
    }
    return {};
}

} // namespace

QStringList printDiagnosis(const Diagnosis &diagnosis, const QString &language, int width)
{
    QStringList out;
    if (diagnosis.bundle) {
        out += wrapped(tr("%1 %2, as of %3")
                           .arg(shapeText(diagnosis.bundle->shape()), plain(diagnosis.bundle->name()),
                               diagnosis.now.toUTC().toString(u"yyyy-MM-dd HH:mm:ss'Z'"_s)),
            width, 2);
    }
    if (diagnosis.hasBoard) {
        // The board's headline: what stands above its phases and nodes.
        for (const QString &line : printBoard(diagnosis.state, diagnosis.now, width)) {
            if (line.isEmpty())
                break;
            out.append(line);
        }
    } else {
        out.append(tr("It has no Upgrade object, so where the upgrade stands is not known."));
    }
    out.append(QString());
    if (diagnosis.findings.isEmpty()) {
        out += wrapped(tr("Nothing was found that is known to go wrong (%1 objects, %2 logs read).")
                           .arg(diagnosis.objects)
                           .arg(diagnosis.logs),
            width, 2);
        return out;
    }
    for (qsizetype i = 0; i < diagnosis.findings.size(); ++i) {
        if (i > 0)
            out.append(QString());
        out += findingLines(diagnosis.findings.at(i), i + 1, language, width);
    }
    return out;
}

QStringList printProblems(const Diagnosis &diagnosis)
{
    QStringList out;
    if (diagnosis.bundle) {
        for (const evidence::BundleProblem &problem : diagnosis.bundle->problems())
            out.append(plain(problem.text()));
    }
    for (const QString &kind : diagnosis.denied)
        out.append(tr("Not allowed to read %1.").arg(plain(kind)));
    for (const QString &text : diagnosis.unread)
        out.append(plain(text));
    if (out.size() > problemsPrinted) {
        const int more = int(out.size() - problemsPrinted);
        out.resize(problemsPrinted);
        out.append(tr("… and %n more; -o json lists them", nullptr, more));
    }
    return out;
}

QJsonObject diagnosisJson(const Diagnosis &diagnosis, const QString &language)
{
    QJsonArray findings, problems;
    for (const Finding &finding : diagnosis.findings)
        findings.append(findingJson(finding, language));
    QJsonObject source, cluster;
    if (const auto &bundle = diagnosis.bundle) {
        source = {{u"type"_s, u"bundle"_s}, {u"shape"_s, evidence::shapeWord(bundle->shape())},
            {u"name"_s, bundle->name()}, {u"asOfSource"_s, asOfWord(bundle->asOfSource())}};
        cluster = {{u"name"_s, textJson(bundle->cluster().name)},
            {u"kubernetesVersion"_s, textJson(bundle->cluster().kubernetesVersion)},
            {u"harvesterVersion"_s, textJson(bundle->cluster().harvesterVersion)}};
        for (const evidence::BundleProblem &problem : bundle->problems()) {
            problems.append(
                QJsonObject{{u"part"_s, textJson(problem.part)}, {u"problem"_s, evidence::problemWord(problem.code)},
                    {u"line"_s, problem.line > 0 ? QJsonValue(problem.line) : QJsonValue()},
                    {u"message"_s, problem.text()}});
        }
    } else {
        source = {{u"type"_s, u"cluster"_s}, {u"context"_s, diagnosis.state.context}};
        cluster = {{u"name"_s, textJson(diagnosis.state.context)},
            {u"kubernetesVersion"_s, textJson(diagnosis.state.connection.serverVersion)},
            {u"harvesterVersion"_s, textJson(diagnosis.state.board.harvesterVersion)}};
        for (const QString &text : diagnosis.unread)
            problems.append(QJsonObject{{u"part"_s, QJsonValue()}, {u"problem"_s, u"not-readable"_s},
                {u"line"_s, QJsonValue()}, {u"message"_s, text}});
    }
    return {{u"schema"_s, u"gleaner.diagnosis/v1"_s}, {u"language"_s, language}, {u"source"_s, source},
        {u"cluster"_s, cluster}, {u"asOf"_s, timeJson(diagnosis.now)},
        {u"board"_s,
            diagnosis.hasBoard ? QJsonValue(upgrade::toJson(diagnosis.state.board, diagnosis.now)) : QJsonValue()},
        {u"objects"_s, diagnosis.objects}, {u"logs"_s, diagnosis.logs}, {u"findings"_s, findings},
        {u"problems"_s, problems}, {u"denied"_s, QJsonArray::fromStringList(diagnosis.denied)}};
}

} // namespace cli
