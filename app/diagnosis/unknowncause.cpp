// SPDX-FileCopyrightText: 2026 The Gleaner developers
// SPDX-License-Identifier: GPL-3.0-or-later

#include "diagnosis/unknowncause.h"

#include "diagnosis/matching.h"

#include "logs/level.h"

using namespace Qt::StringLiterals;

namespace diagnosis {
namespace {

using upgrade::PhaseId;
using upgrade::State;

Text nameOf(PhaseId phase)
{
    switch (phase) {
    case PhaseId::LogInfra:
        return {u"log infrastructure"_s, u"日志基础设施"_s};
    case PhaseId::Repository:
        return {u"upgrade repository"_s, u"创建升级仓库"_s};
    case PhaseId::Preload:
        return {u"image preload"_s, u"预加载容器镜像"_s};
    case PhaseId::SystemServices:
        return {u"system services"_s, u"升级系统服务"_s};
    case PhaseId::Nodes:
        return {u"nodes"_s, u"升级节点"_s};
    case PhaseId::Cleanup:
        break;
    }
    return {u"cleanup"_s, u"清理"_s};
}

/// Of what a person gave: the last line that tells of an error, else the last line.
QList<Evidence> tellingLines(const Facts &facts)
{
    QList<Evidence> out;
    for (const LogSource &source : facts.logs) {
        if (source.writer != writer::pasted || !source.read)
            continue;
        Evidence error;
        Evidence last;
        source.read([&](const LogLine &line) {
            if (line.text.trimmed().isEmpty())
                return true;
            last.log = source.name;
            last.line = line.number;
            last.time = line.time;
            last.text = QString::fromUtf8(line.text.first(std::min<qsizetype>(line.text.size(), 1000)));
            if (logs::levelOf(line.text) >= logs::Level::Error)
                error = last;
            return true;
        });
        if (error.line > 0)
            out.append(error);
        else if (last.line > 0)
            out.append(last);
    }
    return out;
}

Finding unknown()
{
    Finding finding;
    finding.id = u"unknown-cause"_s;
    finding.family = u"unknown"_s;
    finding.severity = Severity::Warning;
    finding.confidence = 0.2;
    finding.symptom = true;
    finding.cause = {u"No known cause matches what is seen. The evidence below is all that can be said from it."_s,
        u"现有信息不符合任何已知原因。下面的证据就是目前能够确定的全部内容。"_s};
    finding.remedy = {
        {{u"Collect a diagnostics bundle now, before anything is changed."_s, u"在做任何改动之前，先收集诊断包。"_s},
            {}},
        {{u"Read the log of the Job that is at work and the events of its pods from the evidence on."_s,
             u"从证据处开始阅读正在运行的 Job 的日志以及其 Pod 的事件。"_s},
            {}},
    };
    finding.restart = RestartAdvice::No;
    return finding;
}

} // namespace

std::optional<Finding> unknownCause(const Facts &facts, const LogHits &hits)
{
    Q_UNUSED(hits)
    Finding finding = unknown();
    const auto &board = facts.board;
    const bool upgrading = board && board->presence == upgrade::Board::Presence::Upgrade;
    const bool failed = upgrading && board->state == State::Failed;
    const bool stuck = upgrading && (board->state == State::Stuck || (board->waiting && board->waiting->stuck));
    if (failed || stuck) {
        finding.phase = board->failedPhase ? board->failedPhase : board->currentPhase;
        const Text phase = finding.phase ? nameOf(*finding.phase) : Text{u"?"_s, u"?"_s};
        if (failed) {
            finding.severity = Severity::Error;
            finding.title = {u"The upgrade failed in the phase “%1”; the cause is not known"_s.arg(phase.en),
                u"升级在“%1”阶段失败，原因未知"_s.arg(phase.zh)};
            if (board->failure) {
                finding.node = board->failure->node;
                finding.evidence.append(ofBoard(board->failure->evidence));
            }
        } else {
            finding.title = {u"The upgrade does not go on in the phase “%1”; the cause is not known"_s.arg(phase.en),
                u"升级在“%1”阶段没有进展，原因未知"_s.arg(phase.zh)};
        }
        if (board->waiting) {
            finding.node = finding.node.isEmpty() ? board->waiting->node : finding.node;
            const Evidence evidence = ofBoard(board->waiting->evidence);
            if (!finding.evidence.contains(evidence))
                finding.evidence.append(evidence);
            finding.waitingFor = {evidence.text, evidence.text};
        }
        if (finding.phase && int(*finding.phase) <= int(PhaseId::Preload))
            finding.restart = RestartAdvice::Safe;
        else if (finding.phase == PhaseId::SystemServices)
            finding.restart = RestartAdvice::AfterBundle;
        if (finding.evidence.isEmpty()) {
            Evidence evidence;
            evidence.object = {u"harvesterhci.io"_s, u"Upgrade"_s, board->upgrade.ns, board->upgrade.name};
            evidence.field = u"status.conditions"_s;
            evidence.text = (board->reason + u' ' + board->message).trimmed();
            finding.evidence.append(evidence);
        }
        return finding;
    }
    finding.evidence = tellingLines(facts);
    if (finding.evidence.isEmpty())
        return {};
    finding.title = {u"The cause is not known"_s, u"原因未知"_s};
    return finding;
}

} // namespace diagnosis
