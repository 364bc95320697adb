<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>cli</name>
    <message>
        <source>There is no command &quot;%1&quot;. See gleaner --help.</source>
        <translation>没有命令“%1”。请查看 gleaner --help。</translation>
    </message>
    <message>
        <source>There is no option &quot;%1&quot; here. See --help.</source>
        <translation>此处没有选项“%1”。请查看 --help。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is one word too many. See --help.</source>
        <translation>多了一个参数“%1”。请查看 --help。</translation>
    </message>
    <message>
        <source>The option %1 needs a value.</source>
        <translation>选项 %1 需要一个值。</translation>
    </message>
    <message>
        <source>The option --%1 cannot be &quot;%2&quot;. See --help.</source>
        <translation>选项 --%1 不能是“%2”。请查看 --help。</translation>
    </message>
    <message>
        <source>no such node</source>
        <translation>没有此节点</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>not ready for %1</source>
        <translation>未就绪已 %1</translation>
    </message>
    <message>
        <source>cordoned</source>
        <translation>已封锁</translation>
    </message>
    <message>
        <source>, line %1</source>
        <comment>of a log</comment>
        <translation>，第 %1 行</translation>
    </message>
    <message>
        <source>(skipped)</source>
        <translation>（已跳过）</translation>
    </message>
    <message>
        <source>attempt %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
    <message>
        <source>NODE</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>ROLES</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>STEPS</source>
        <translation>步骤</translation>
    </message>
    <message>
        <source>STATE</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>SINCE</source>
        <translation>时长</translation>
    </message>
    <message>
        <source>JOB</source>
        <translation>JOB</translation>
    </message>
    <message>
        <source>OS</source>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>VMS</source>
        <translation>VM</translation>
    </message>
    <message>
        <source>REMARKS</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Nothing is known of this cluster yet.</source>
        <translation>对这个集群还一无所知。</translation>
    </message>
    <message>
        <source>%1 answers, but it is not a Harvester cluster: it has no upgrades.harvesterhci.io.</source>
        <translation>%1 有响应，但不是 Harvester 集群：它没有 upgrades.harvesterhci.io。</translation>
    </message>
    <message>
        <source>No upgrade. Harvester %1</source>
        <translation>没有升级。Harvester %1</translation>
    </message>
    <message>
        <source>Offered: %1</source>
        <translation>可升级到：%1</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>大约还需 %1</translation>
    </message>
    <message>
        <source>being deleted</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>Earlier upgrades: %1</source>
        <translation>更早的升级：%1</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>uncordoned</source>
        <translation>已取消封锁</translation>
    </message>
    <message>
        <source>Not allowed to read: %1</source>
        <translation>没有权限读取：%1</translation>
    </message>
    <message>
        <source>This build has no window. See gleaner --help for the commands.</source>
        <translation>此构建不含窗口。可用命令见 gleaner --help。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>certificate</source>
        <translation>证书</translation>
    </message>
    <message>
        <source>token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>token file</source>
        <translation>令牌文件</translation>
    </message>
    <message>
        <source>password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>plugin %1</source>
        <translation>插件 %1</translation>
    </message>
    <message>
        <source>cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>TLS not verified</source>
        <translation>未验证 TLS</translation>
    </message>
    <message>
        <source>see below</source>
        <translation>见下文</translation>
    </message>
    <message>
        <source>CONTEXT</source>
        <translation>上下文</translation>
    </message>
    <message>
        <source>SERVER</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>SIGN-IN</source>
        <translation>登录方式</translation>
    </message>
    <message>
        <source>NAMESPACE</source>
        <translation>命名空间</translation>
    </message>
    <message>
        <source>No context found. Looked in: %1</source>
        <translation>没有找到上下文。已查找：%1</translation>
    </message>
    <message>
        <source>There is no scenario &quot;%1&quot;. The scenarios are:</source>
        <translation>没有场景“%1”。可用的场景：</translation>
    </message>
    <message>
        <source>The simulated cluster cannot be served: %1</source>
        <translation>无法运行模拟集群：%1</translation>
    </message>
    <message>
        <source>The kubeconfig cannot be written to %1: %2</source>
        <translation>无法把 kubeconfig 写入 %1：%2</translation>
    </message>
    <message>
        <source>Serving the scenario &quot;%1&quot; at https://127.0.0.1:%2 until Ctrl+C.</source>
        <translation>正在 https://127.0.0.1:%2 运行场景“%1”，按 Ctrl+C 结束。</translation>
    </message>
    <message>
        <source>No context is the current one. Choose with --context; gleaner contexts lists them.</source>
        <translation>没有当前上下文。请用 --context 选择；gleaner contexts 会列出所有上下文。</translation>
    </message>
    <message>
        <source>There is no context &quot;%1&quot;. gleaner contexts lists them.</source>
        <translation>没有上下文“%1”。gleaner contexts 会列出所有上下文。</translation>
    </message>
    <message>
        <source>The context &quot;%1&quot; cannot be used:</source>
        <translation>无法使用上下文“%1”：</translation>
    </message>
    <message>
        <source>The cluster of the context &quot;%1&quot; did not answer in time.</source>
        <translation>上下文“%1”的集群没有及时响应。</translation>
    </message>
    <message>
        <source>Usage: gleaner status [options]

Prints where the Harvester upgrade of a cluster stands.

  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config
  --context NAME        this context; else the current one
  -o, --output FORMAT   text (default) or json (schema gleaner.status/v1)
  -w, --watch           go on and print what changes, until interrupted
  --timeout SECONDS     how long to wait for the board (default 30)
  --exec-timeout SECONDS  how long a login plugin may take (default 60)
  --language LANGUAGE   en or zh_CN; else by the environment
  -h, --help            print this

Exit codes: 0 the board was printed, whatever it says; 1 local failure; 2 cluster not reached;
3 not allowed: login refused, a login plugin that failed or took too long, no permission;
4 not a Harvester cluster; 5 kubeconfig: no such context, or it cannot be used;
64 wrong usage; 130 interrupted before there was a board.</source>
        <translation>用法：gleaner status [选项]

显示集群的 Harvester 升级进行到哪里。

  --kubeconfig FILE     只用这个文件；否则用 $KUBECONFIG，再否则用 ~/.kube/config
  --context NAME        这个上下文；否则用当前上下文
  -o, --output FORMAT   text（默认）或 json（schema gleaner.status/v1）
  -w, --watch           持续运行，有变化就输出，直到被中断
  --timeout SECONDS     最多等待升级看板多久（默认 30）
  --exec-timeout SECONDS  登录插件最多可用多久（默认 60）
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  -h, --help            显示此帮助

退出码：0 已输出看板，无论内容如何；1 本机问题；2 无法到达集群；
3 没有权限：登录被拒绝、登录插件失败或超时、缺少权限；
4 不是 Harvester 集群；5 kubeconfig：没有这个上下文，或无法使用；
64 用法错误；130 在得到看板之前被中断。</translation>
    </message>
    <message>
        <source>Usage: gleaner contexts [options]

Lists the contexts of the kubeconfig files with server, way of signing in, file and problems.

  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config
  -o, --output FORMAT   text (default) or json (schema gleaner.contexts/v1)
  --language LANGUAGE   en or zh_CN; else by the environment
  -h, --help            print this

Exit codes: 0 every context can be used; 5 there are errors, or no context at all; 64 wrong usage.</source>
        <translation>用法：gleaner contexts [选项]

列出 kubeconfig 文件中的上下文及其服务器、登录方式、文件和问题。

  --kubeconfig FILE     只用这个文件；否则用 $KUBECONFIG，再否则用 ~/.kube/config
  -o, --output FORMAT   text（默认）或 json（schema gleaner.contexts/v1）
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  -h, --help            显示此帮助

退出码：0 所有上下文都可用；5 存在错误，或根本没有上下文；64 用法错误。</translation>
    </message>
    <message>
        <source>Usage: gleaner demo [SCENARIO] [options]

Serves a simulated Harvester cluster on this machine until interrupted.

  --nodes N             number of nodes (default 3)
  --speed X             simulated seconds per second (default 60)
  --start-at SECONDS    begin that far into the scenario
  --port PORT           listen there; else any free port
  --seed N              same seed, same names and timings
  --kubeconfig-out FILE write the kubeconfig there, readable by you only
  --language LANGUAGE   en or zh_CN; else by the environment
  -h, --help            print this

Exit codes: 0 ended by Ctrl+C; 1 the port is taken, or the file cannot be written; 64 wrong usage.

Scenarios:</source>
        <translation>用法：gleaner demo [场景] [选项]

在本机运行一个模拟的 Harvester 集群，直到被中断。

  --nodes N             节点数（默认 3）
  --speed X             每个真实秒对应的模拟秒数（默认 60）
  --start-at SECONDS    从场景的这一时刻开始
  --port PORT           监听这个端口；否则用任意空闲端口
  --seed N              种子相同，名称和时间就相同
  --kubeconfig-out FILE 把 kubeconfig 写到那里，只有你可以读取
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  -h, --help            显示此帮助

退出码：0 由 Ctrl+C 结束；1 端口已被占用，或文件无法写入；64 用法错误。

场景：</translation>
    </message>
    <message>
        <source>reached: %1</source>
        <translation>已进行到：%1</translation>
    </message>
    <message>
        <source>connection lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>connection lost: %1</source>
        <translation>连接已断开：%1</translation>
    </message>
    <message>
        <source>connection lost for %1, retrying</source>
        <translation>连接已断开 %1，正在重试</translation>
    </message>
    <message>
        <source>connection lost for %1, retrying in %2</source>
        <translation>连接已断开 %1，%2后重试</translation>
    </message>
    <message>
        <source>connection back after %1</source>
        <translation>连接已恢复，中断了 %1</translation>
    </message>
    <message>
        <source>FILE</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>Everything can be read again.</source>
        <translation>现在又可以读取全部内容。</translation>
    </message>
    <message>
        <source>Only one of %1 can be given.</source>
        <translation>%1 只能给出一个。</translation>
    </message>
    <message>
        <source>Nothing more comes from a past upgrade: --history cannot go with --follow.</source>
        <translation>过去的升级不会再有新内容：--history 不能与 --follow 同用。</translation>
    </message>
    <message>
        <source>Of which upgrade? --history NAME; gleaner logs --history lists them.</source>
        <translation>哪一个升级？用 --history NAME 指定；gleaner logs --history 会列出所有升级。</translation>
    </message>
    <message>
        <source>Usage: gleaner logs [options]

Prints every line of the upgrade&apos;s logs, merged by time: from the cluster, keeping them on this machine,
or from what was kept of a past upgrade.

  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config
  --context NAME        this context; else the current one
  --job NAME            of this Job: all its pods, those that are gone too
  --pod NAME            of this pod; the only way to get those of controllers
  --phase PHASE         log-infra, repository, preload, system-services, nodes or cleanup
  --node NAME           of what ran on this node
  -c, --container NAME  of containers of this name only
  -f, --follow          go on and print what comes, until interrupted
  --since TIME          from then on: 90s, 15m, 1h30m, 2d ago, or 2026-01-31T12:00:00Z
  --timestamps          print the time before each line
  --history [UPGRADE]   no cluster: list past upgrades, or print the logs of this one (name or UID)
  -o, --output FORMAT   text (default) or json (schema gleaner.log/v1, an object a line)
  --timeout SECONDS     how long to wait for the cluster, and for logs that do not come (default 30)
  --exec-timeout SECONDS  how long a login plugin may take (default 60)
  --language LANGUAGE   en or zh_CN; else by the environment
  -h, --help            print this

Exit codes: 0 everything there is was printed; 1 local failure; 2 cluster not reached, or a log not read
to its end; 3 not allowed; 4 not a Harvester cluster; 5 kubeconfig: no such context, or it cannot be
used; 6 no upgrade, or nothing of that name; 64 wrong usage; 130 interrupted before the end.</source>
        <translation>用法：gleaner logs [选项]

按时间合并输出升级的每一行日志：来自集群（同时保存在本机），
或来自已保存的过去的升级。

  --kubeconfig FILE     只用这个文件；否则用 $KUBECONFIG，再否则用 ~/.kube/config
  --context NAME        这个上下文；否则用当前上下文
  --job NAME            这个 Job：它的所有 Pod，包括已消失的
  --pod NAME            这个 Pod；要看控制器的日志只能用此选项
  --phase PHASE         log-infra、repository、preload、system-services、nodes 或 cleanup
  --node NAME           在这个节点上运行过的
  -c, --container NAME  只看这个名称的容器
  -f, --follow          持续输出新内容，直到被中断
  --since TIME          从这时起：90s、15m、1h30m、2d 之前，或 2026-01-31T12:00:00Z
  --timestamps          在每行前输出时间
  --history [UPGRADE]   不连接集群：列出过去的升级，或输出这个升级的日志（名称或 UID）
  -o, --output FORMAT   text（默认）或 json（schema gleaner.log/v1，每行一个对象）
  --timeout SECONDS     最多等待集群和迟迟不来的日志多久（默认 30）
  --exec-timeout SECONDS  登录插件最多可用多久（默认 60）
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  -h, --help            显示此帮助

退出码：0 已输出全部内容；1 本机问题；2 无法到达集群，或有日志没有读完；
3 没有权限；4 不是 Harvester 集群；5 kubeconfig：没有这个上下文，或无法使用；
6 没有升级，或没有这个名称的内容；64 用法错误；130 在结束之前被中断。</translation>
    </message>
    <message>
        <source>A kept log was replaced while it was read. Start again.</source>
        <translation>读取时一份已保存的日志被替换。请重新开始。</translation>
    </message>
    <message>
        <source>Cannot write: %1</source>
        <translation>无法写入：%1</translation>
    </message>
    <message>
        <source>A kept log cannot be read any more.</source>
        <translation>一份已保存的日志已无法读取。</translation>
    </message>
    <message>
        <source>begin</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>restart</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>reconnected, no line is missing</source>
        <translation>已重新连接，没有缺行</translation>
    </message>
    <message>
        <source>gap: lines may be missing here</source>
        <translation>间隙：此处可能缺行</translation>
    </message>
    <message>
        <source>the line above was too long, its end is not kept</source>
        <translation>上面的行过长，没有保存其末尾</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>ended: %1</source>
        <translation>已结束：%1</translation>
    </message>
    <message>
        <source>a limit is reached (%1), what follows is not kept</source>
        <translation>已达到上限（%1），之后的内容不会保存</translation>
    </message>
    <message>
        <source>the file was replaced, it is read from its beginning</source>
        <translation>文件已被替换，从头开始读取</translation>
    </message>
    <message>
        <source>There is no Job &quot;%1&quot; in this upgrade. Its Jobs: %2</source>
        <translation>此升级中没有 Job“%1”。它的 Job：%2</translation>
    </message>
    <message>
        <source>There is no pod &quot;%1&quot; whose log is kept. There are: %2</source>
        <translation>没有保存过 Pod“%1”的日志。已有：%2</translation>
    </message>
    <message>
        <source>There is no node &quot;%1&quot;. Nodes: %2</source>
        <translation>没有节点“%1”。节点：%2</translation>
    </message>
    <message>
        <source>There is no container &quot;%1&quot; here. Containers: %2</source>
        <translation>此处没有容器“%1”。容器：%2</translation>
    </message>
    <message>
        <source>No upgrade is kept in %1.</source>
        <translation>%1 中没有保存任何升级。</translation>
    </message>
    <message>
        <source>CLUSTER</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>UPGRADE</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>VERSIONS</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>FIRST SEEN</source>
        <translation>首次看到</translation>
    </message>
    <message>
        <source>LAST SEEN</source>
        <translation>最后看到</translation>
    </message>
    <message>
        <source>SIZE</source>
        <translation>大小</translation>
    </message>
    <message>
        <source>UID</source>
        <translation>UID</translation>
    </message>
    <message>
        <source>No longer kept, because of its age: %1 of %2, last seen %3</source>
        <translation>已不再保留（时间过久）：%2 的 %1，最后看到于 %3</translation>
    </message>
    <message>
        <source>No longer kept, because of the size of all: %1 of %2, last seen %3</source>
        <translation>已不再保留（总大小超限）：%2 的 %1，最后看到于 %3</translation>
    </message>
    <message>
        <source>No upgrade &quot;%1&quot; is kept. gleaner logs --history lists those that are.</source>
        <translation>没有保存升级“%1”。gleaner logs --history 会列出已保存的升级。</translation>
    </message>
    <message>
        <source>Several upgrades &quot;%1&quot; are kept. Choose by UID:</source>
        <translation>保存了多个升级“%1”。请用 UID 选择：</translation>
    </message>
    <message>
        <source>Logs of upgrades that were seen before: gleaner logs --history</source>
        <translation>查看以前的升级的日志：gleaner logs --history</translation>
    </message>
    <message>
        <source>Either a file or a cluster is diagnosed: %1 cannot go with --context or --kubeconfig.</source>
        <translation>只能诊断文件或集群之一：%1 不能与 --context 或 --kubeconfig 同时使用。</translation>
    </message>
    <message>
        <source>The path of the file is empty.</source>
        <translation>文件路径为空。</translation>
    </message>
    <message>
        <source>Support bundle</source>
        <translation>支持包</translation>
    </message>
    <message>
        <source>Upgrade log archive</source>
        <translation>升级日志归档</translation>
    </message>
    <message>
        <source>Gleaner bundle</source>
        <translation>Gleaner 诊断包</translation>
    </message>
    <message>
        <source>Folder</source>
        <translation>文件夹</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>sure</source>
        <comment>of a cause</comment>
        <translation>确定</translation>
    </message>
    <message>
        <source>likely</source>
        <comment>of a cause</comment>
        <translation>很可能</translation>
    </message>
    <message>
        <source>unsure</source>
        <comment>of a cause</comment>
        <translation>不确定</translation>
    </message>
    <message>
        <source>Stopping the upgrade and starting it again is not needed.</source>
        <translation>无需停止并重新开始升级。</translation>
    </message>
    <message>
        <source>The upgrade may be stopped and started again because of this.</source>
        <translation>可以因此停止并重新开始升级。</translation>
    </message>
    <message>
        <source>Make a support bundle before the upgrade is stopped and started again.</source>
        <translation>在停止并重新开始升级之前，请先生成支持包。</translation>
    </message>
    <message>
        <source>Do not stop the upgrade because of this.</source>
        <translation>不要因此停止升级。</translation>
    </message>
    <message>
        <source>a symptom</source>
        <translation>现象</translation>
    </message>
    <message>
        <source>follows from %1</source>
        <translation>由 %1 引起</translation>
    </message>
    <message>
        <source>Waits for: %1</source>
        <translation>目前：%1</translation>
    </message>
    <message>
        <source>Affects %1</source>
        <translation>影响版本：%1</translation>
    </message>
    <message>
        <source>%1 %2, as of %3</source>
        <translation>%1 %2，截至 %3</translation>
    </message>
    <message>
        <source>It has no Upgrade object, so where the upgrade stands is not known.</source>
        <translation>其中没有 Upgrade 对象，因此无法得知升级进行到哪一步。</translation>
    </message>
    <message>
        <source>Nothing was found that is known to go wrong (%1 objects, %2 logs read).</source>
        <translation>没有发现已知的问题（已读取 %1 个对象、%2 个日志）。</translation>
    </message>
    <message>
        <source>Not allowed to read %1.</source>
        <translation>没有权限读取 %1。</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more; -o json lists them</source>
        <translation>
            <numerusform>……另有 %n 条；使用 -o json 列出全部</numerusform>
        </translation>
    </message>
    <message>
        <source>Usage: gleaner diagnose [PATH | -] [options]

Prints what is wrong with an upgrade, how that is known and what to do: of a cluster, or of a file.

PATH is Harvester&apos;s support bundle or an upgrade-log archive (zip, tar or unpacked), a folder of YAML and
logs, or one file. With - it is read from standard input: any of those, or a text that was copied, such as
an error message or the output of kubectl. Without a PATH the cluster of the context is asked.

  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config
  --context NAME        this context; else the current one
  -o, --output FORMAT   text (default) or json (schema gleaner.diagnosis/v1)
  --timeout SECONDS     how long to wait for the cluster, and for its logs (default 30)
  --exec-timeout SECONDS  how long a login plugin may take (default 60)
  --language LANGUAGE   en or zh_CN; else by the environment
  -h, --help            print this

Exit codes: 0 the findings were printed, whatever they are, also none; 1 the file cannot be read, or there
is nothing in it; 2 cluster not reached; 3 not allowed; 4 not a Harvester cluster; 5 kubeconfig: no such
context, or it cannot be used; 64 wrong usage; 130 interrupted before the end.</source>
        <translation>用法：gleaner diagnose [PATH | -] [选项]

输出升级出了什么问题、判断依据以及处理方法：针对集群或文件。

PATH 可以是 Harvester 的支持包或升级日志归档（zip、tar 或已解压）、存放 YAML 和日志的文件夹，
或者单个文件。使用 - 时从标准输入读取：上述任意内容，或者复制的文本，例如错误消息或 kubectl 的
输出。不提供 PATH 时查询上下文对应的集群。

  --kubeconfig FILE     仅使用此文件；否则使用 $KUBECONFIG，再否则使用 ~/.kube/config
  --context NAME        使用此上下文；否则使用当前上下文
  -o, --output FORMAT   text（默认）或 json（模式 gleaner.diagnosis/v1）
  --timeout SECONDS     等待集群及其日志的时间（默认 30）
  --exec-timeout SECONDS  登录插件最多可以运行的时间（默认 60）
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  -h, --help            输出此说明

退出码：0 已输出诊断结果（无论内容如何，包括没有结果）；1 文件无法读取或没有内容；2 无法连接集群；
3 没有权限；4 不是 Harvester 集群；5 kubeconfig：没有此上下文或无法使用；64 用法错误；
130 在结束之前被中断。</translation>
    </message>
    <message>
        <source>Checking: %1 of %2 requests answered</source>
        <translation>正在检查：%2 个请求中已有 %1 个得到回应</translation>
    </message>
    <message>
        <source>From %1 to: no version</source>
        <translation>从 %1 升级到：没有版本</translation>
    </message>
    <message>
        <source>%1 passed, %2 with a warning, %3 failed, %4 could not be checked</source>
        <translation>通过 %1 项，警告 %2 项，失败 %3 项，无法检查 %4 项</translation>
    </message>
    <message>
        <source>Usage: gleaner verdict [options]

Prints whether the upgrade of a cluster may be stopped and started again, why, and what to do.

  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config
  --context NAME        this context; else the current one
  -o, --output FORMAT   text (default) or json (schema gleaner.verdict/v1)
  --exit-code           exit with 7 unless the verdict is &quot;safe&quot;
  --timeout SECONDS     how long to wait for the cluster (default 30)
  --exec-timeout SECONDS  how long a login plugin may take (default 60)
  --language LANGUAGE   en or zh_CN; else by the environment
  -h, --help            print this

Exit codes: 0 the verdict was printed, whatever it is; 1 local failure; 2 cluster not reached;
3 not allowed; 4 not a Harvester cluster; 5 kubeconfig: no such context, or it cannot be used;
7 with --exit-code: not &quot;safe&quot;; 64 wrong usage; 130 interrupted before there was a verdict.</source>
        <translation>用法：gleaner verdict [选项]

显示集群的升级能否停止并重新开始、原因，以及该怎么做。

  --kubeconfig FILE     只用这个文件；否则用 $KUBECONFIG，再否则用 ~/.kube/config
  --context NAME        这个上下文；否则用当前的
  -o, --output FORMAT   text（默认）或 json（格式 gleaner.verdict/v1）
  --exit-code           判定不是 &quot;safe&quot; 时以 7 退出
  --timeout SECONDS     等待集群多久（默认 30）
  --exec-timeout SECONDS  登录插件最多运行多久（默认 60）
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  -h, --help            显示此帮助

退出码：0 已显示判定，无论是什么；1 本机问题；2 无法到达集群；
3 没有权限；4 不是 Harvester 集群；5 kubeconfig：没有这个上下文，或无法使用；
7 使用 --exit-code 时：不是 &quot;safe&quot;；64 用法错误；130 在有判定之前被中断。</translation>
    </message>
    <message>
        <source>Usage: gleaner check [options]

Makes the pre-checks of an upgrade and asks the server itself by a dry run. Nothing is changed.

  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config
  --context NAME        this context; else the current one
  --target VERSION      to this version; else the same again, or the newest that is offered
  -o, --output FORMAT   text (default) or json (schema gleaner.check/v1)
  --exit-code           exit with 7 when something blocks, or a blocking check could not be made
  --timeout SECONDS     how long to wait for an answer (default 30)
  --exec-timeout SECONDS  how long a login plugin may take (default 60)
  --language LANGUAGE   en or zh_CN; else by the environment
  -h, --help            print this

Exit codes: 0 the checks were printed, whatever they say; 1 local failure; 2 cluster not reached;
3 login refused; 5 kubeconfig: no such context, or it cannot be used; 7 with --exit-code: something
blocks; 64 wrong usage; 130 interrupted before all were made.</source>
        <translation>用法：gleaner check [选项]

进行升级前检查，并用 dry run 询问服务器本身。不会改变任何内容。

  --kubeconfig FILE     只用这个文件；否则用 $KUBECONFIG，再否则用 ~/.kube/config
  --context NAME        这个上下文；否则用当前的
  --target VERSION      升级到这个版本；否则再来一次同样的升级，或升级到可用的最新版本
  -o, --output FORMAT   text（默认）或 json（格式 gleaner.check/v1）
  --exit-code           有阻止升级的问题，或有阻止性检查无法进行时，以 7 退出
  --timeout SECONDS     等待回答多久（默认 30）
  --exec-timeout SECONDS  登录插件最多运行多久（默认 60）
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  -h, --help            显示此帮助

退出码：0 已显示检查，无论结果如何；1 本机问题；2 无法到达集群；
3 登录被拒绝；5 kubeconfig：没有这个上下文，或无法使用；7 使用 --exit-code 时：有阻止升级的问题；
64 用法错误；130 在全部完成之前被中断。</translation>
    </message>
    <message>
        <source>Usage: gleaner [options]
       gleaner status | verdict | check | logs | diagnose | contexts | demo [options]

Without a command the window opens.

  --kubeconfig FILE     this file only; else $KUBECONFIG, else ~/.kube/config
  --context NAME        open this context
  --demo                open the window on simulated clusters
  --tour DIR            walk through every view, write pictures to DIR and end
  --theme THEME         light, dark or system
  --language LANGUAGE   en or zh_CN; else by the environment
  --version             print the version
  -h, --help            print this

  gleaner status        print where the upgrade of a cluster stands
  gleaner verdict       print whether the upgrade may be stopped and started again
  gleaner check         print the pre-checks of an upgrade and what the server says to it
  gleaner logs          print the logs of an upgrade, present or past
  gleaner diagnose      print what is wrong with an upgrade: of a cluster, a bundle, a text
  gleaner contexts      list the contexts and their problems
  gleaner demo          serve a simulated cluster
  gleaner COMMAND --help, or gleaner help COMMAND: the options of a command

Exit codes: 0 done; 1 something on this machine; 64 wrong usage. Commands have more of them.</source>
        <translation>用法：gleaner [选项]
      gleaner status | verdict | check | logs | diagnose | contexts | demo [选项]

不带命令时打开窗口。

  --kubeconfig FILE     只用这个文件；否则用 $KUBECONFIG，再否则用 ~/.kube/config
  --context NAME        打开这个上下文
  --demo                用模拟集群打开窗口
  --tour DIR            走遍每个视图，把图片写到 DIR，然后结束
  --theme THEME         light、dark 或 system
  --language LANGUAGE   en 或 zh_CN；否则由环境决定
  --version             显示版本
  -h, --help            显示此帮助

  gleaner status        显示集群的升级进行到哪里
  gleaner verdict       显示升级能否停止并重新开始
  gleaner check         显示升级前检查，以及服务器的回答
  gleaner logs          输出当前或过去的升级的日志
  gleaner diagnose      输出升级出了什么问题：针对集群、支持包或文本
  gleaner contexts      列出上下文及其问题
  gleaner demo          运行模拟集群
  gleaner COMMAND --help 或 gleaner help COMMAND：某个命令的选项

退出码：0 完成；1 本机问题；64 用法错误。各命令还有更多退出码。</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What is not known</source>
        <translation>尚不清楚的</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>该怎么做</translation>
    </message>
</context>
<context>
    <name>cli::LogSettling</name>
    <message>
        <source>%1: its log cannot be read: %2</source>
        <translation>%1：无法读取其日志：%2</translation>
    </message>
    <message>
        <source>not known why</source>
        <translation>原因未知</translation>
    </message>
    <message>
        <source>%1: its log cannot be kept: %2</source>
        <translation>%1：无法保存其日志：%2</translation>
    </message>
    <message>
        <source>%1: its log is longer than the limit of what is kept</source>
        <translation>%1：其日志超出保存上限</translation>
    </message>
    <message>
        <source>%1: the pod was gone before its log was read to the end</source>
        <translation>%1：日志读完之前 Pod 已消失</translation>
    </message>
    <message>
        <source>%1: its log was not read to the end in time</source>
        <translation>%1：其日志没有在限定时间内读完</translation>
    </message>
</context>
<context>
    <name>cli::Logs</name>
    <message>
        <source>The cluster of the context &quot;%1&quot; is not a Harvester cluster.</source>
        <translation>上下文“%1”的集群不是 Harvester 集群。</translation>
    </message>
    <message>
        <source>There is no upgrade in the cluster of the context &quot;%1&quot;.</source>
        <translation>上下文“%1”的集群中没有升级。</translation>
    </message>
    <message>
        <source>Logs cannot be kept: %1</source>
        <translation>无法保存日志：%1</translation>
    </message>
    <message>
        <source>Another process keeps these logs (%1); printing what it has.</source>
        <translation>另一个进程（%1）正在保存这些日志；输出它已有的内容。</translation>
    </message>
    <message>
        <source>The place where logs are kept could not be opened in time.</source>
        <translation>没能及时打开日志的保存位置。</translation>
    </message>
    <message>
        <source>The cluster of the context &quot;%1&quot; did not answer in time.</source>
        <translation>上下文“%1”的集群没有及时响应。</translation>
    </message>
</context>
<context>
    <name>evidence</name>
    <message>
        <source>cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>the name leads out of the archive; left out</source>
        <translation>名称指向归档之外，已忽略</translation>
    </message>
    <message>
        <source>is a link; links are not followed</source>
        <translation>是链接；不会跟随链接</translation>
    </message>
    <message>
        <source>is neither a file nor a folder; left out</source>
        <translation>既不是文件也不是文件夹，已忽略</translation>
    </message>
    <message>
        <source>is encrypted; left out</source>
        <translation>已加密，已忽略</translation>
    </message>
    <message>
        <source>is packed by a method that is not known (%1); left out</source>
        <translation>使用了未知的压缩方法（%1），已忽略</translation>
    </message>
    <message>
        <source>ends too early; what is there is used</source>
        <translation>内容不完整，仅使用现有部分</translation>
    </message>
    <message>
        <source>is damaged; what could be read is used</source>
        <translation>已损坏，仅使用可以读取的部分</translation>
    </message>
    <message>
        <source>shares its bytes with other parts, as no honest archive does; left out</source>
        <translation>与其他部分共用相同的字节，正常的归档不会如此，已忽略</translation>
    </message>
    <message>
        <source>unpacks to a suspicious multiple of its size; only the beginning is used</source>
        <translation>解压后的大小与压缩大小之比异常，仅使用开头部分</translation>
    </message>
    <message>
        <source>is larger than what is taken in; only the beginning is used</source>
        <translation>超出读取上限，仅使用开头部分</translation>
    </message>
    <message numerus="yes">
        <source>has more than %n parts; the rest is left out</source>
        <translation>
            <numerusform>包含超过 %n 个部分，其余已忽略</numerusform>
        </translation>
    </message>
    <message>
        <source>is an archive inside of too many others; left out</source>
        <translation>归档嵌套层数过多，已忽略</translation>
    </message>
    <message>
        <source>is not the archive its name says</source>
        <translation>并非其名称所示的归档</translation>
    </message>
    <message>
        <source>an object is too large; left out</source>
        <translation>对象过大，已忽略</translation>
    </message>
    <message>
        <source>there are more objects than are taken in; the rest is left out</source>
        <translation>对象数量超出读取上限，其余已忽略</translation>
    </message>
    <message>
        <source>is not valid UTF-8; what is not is shown as a replacement character</source>
        <translation>不是有效的 UTF-8，无效部分显示为替换字符</translation>
    </message>
    <message>
        <source>is not a Kubernetes object: kind or name is missing</source>
        <translation>不是 Kubernetes 对象：缺少 kind 或名称</translation>
    </message>
    <message>
        <source>there is no room on the disk to unpack it: %1</source>
        <translation>磁盘空间不足，无法解压：%1</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>the bundle says what it could not collect: %1</source>
        <translation>支持包自述未能收集的内容：%1</translation>
    </message>
    <message>
        <source>was written in format %1, which is newer than this program; what is understood is shown</source>
        <translation>使用了格式 %1，比本程序更新；仅显示可以理解的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n files are no text and were left out</source>
        <translation>
            <numerusform>有 %n 个文件不是文本，已忽略</numerusform>
        </translation>
    </message>
    <message>
        <source>there is nothing in it that can be read</source>
        <translation>其中没有可以读取的内容</translation>
    </message>
    <message numerus="yes">
        <source>%n more problems are not listed</source>
        <translation>
            <numerusform>另有 %n 个问题未列出</numerusform>
        </translation>
    </message>
    <message>
        <source>line %1: %2</source>
        <translation>第 %1 行：%2</translation>
    </message>
</context>
<context>
    <name>kube::Credentials</name>
    <message>
        <source>Check that the file is there and may be read.</source>
        <translation>请确认该文件存在并且可读。</translation>
    </message>
    <message>
        <source>Kubeconfigs need a key without a passphrase.</source>
        <translation>kubeconfig 需要没有口令的密钥。</translation>
    </message>
</context>
<context>
    <name>kube::Error</name>
    <message>
        <source>the server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The object</source>
        <translation>该对象</translation>
    </message>
    <message>
        <source>use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>%1 does not allow this</source>
        <translation>%1 不允许此操作</translation>
    </message>
    <message>
        <source>User &quot;%1&quot; may not %2 %3 in namespace &quot;%4&quot;</source>
        <extracomment>%1 a user, %2 a Kubernetes verb (get, list, delete), %3 resource and name, %4 a namespace</extracomment>
        <translation>用户“%1”没有权限在命名空间“%4”中 %2 %3</translation>
    </message>
    <message>
        <source>User &quot;%1&quot; may not %2 %3</source>
        <translation>用户“%1”没有权限 %2 %3</translation>
    </message>
    <message>
        <source>You may not %1 %2 in namespace &quot;%3&quot;</source>
        <extracomment>%1 a Kubernetes verb (get, list, delete), %2 resource and name, %3 a namespace</extracomment>
        <translation>你没有权限在命名空间“%3”中 %1 %2</translation>
    </message>
    <message>
        <source>You may not %1 %2</source>
        <translation>你没有权限 %1 %2</translation>
    </message>
    <message>
        <source>%1 does not serve %2</source>
        <translation>%1 不提供 %2</translation>
    </message>
    <message>
        <source>%1 has nothing at this address</source>
        <translation>%1 的这个地址上什么也没有</translation>
    </message>
    <message>
        <source>%1 does not exist in namespace &quot;%2&quot;</source>
        <translation>命名空间“%2”中不存在 %1</translation>
    </message>
    <message>
        <source>%1 does not exist</source>
        <translation>%1 不存在</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>This kubeconfig entry cannot be used</source>
        <translation>无法使用此 kubeconfig 条目</translation>
    </message>
    <message>
        <source>The kubeconfig entry %1 cannot be used</source>
        <translation>无法使用 kubeconfig 条目 %1</translation>
    </message>
    <message>
        <source>No usable credentials</source>
        <translation>没有可用的凭据</translation>
    </message>
    <message>
        <source>No usable credentials from %1</source>
        <translation>%1 没有给出可用的凭据</translation>
    </message>
    <message>
        <source>Signing in runs the program %1</source>
        <translation>登录需要运行程序 %1</translation>
    </message>
    <message>
        <source>The host name of %1 is not known</source>
        <translation>无法解析 %1 的主机名</translation>
    </message>
    <message>
        <source>%1 refuses the connection</source>
        <translation>%1 拒绝连接</translation>
    </message>
    <message>
        <source>%1 cannot be reached</source>
        <translation>无法到达 %1</translation>
    </message>
    <message>
        <source>%1 does not answer</source>
        <translation>%1 没有响应</translation>
    </message>
    <message>
        <source>The certificate of %1 is from an issuer that is not trusted</source>
        <translation>%1 的证书由不受信任的机构签发</translation>
    </message>
    <message>
        <source>The certificate of %1 is expired or not yet valid</source>
        <translation>%1 的证书已过期或尚未生效</translation>
    </message>
    <message>
        <source>The certificate of %1 is for another name</source>
        <translation>%1 的证书属于另一个名称</translation>
    </message>
    <message>
        <source>No secure connection to %1</source>
        <translation>无法与 %1 建立安全连接</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 does not pass the connection</source>
        <translation>通往 %1 的代理没有放行连接</translation>
    </message>
    <message>
        <source>The proxy on the way to %1 wants a login</source>
        <translation>通往 %1 的代理要求登录</translation>
    </message>
    <message>
        <source>%1 does not accept the credentials</source>
        <translation>%1 不接受这些凭据</translation>
    </message>
    <message>
        <source>%1 exists already</source>
        <translation>%1 已经存在</translation>
    </message>
    <message>
        <source>%1 was changed by somebody else</source>
        <translation>%1 已被他人修改</translation>
    </message>
    <message>
        <source>%1 no longer has the history that was asked for</source>
        <translation>%1 已不再保留所请求的历史</translation>
    </message>
    <message>
        <source>%1 is behind what was already seen</source>
        <translation>%1 的数据比已经看到的更旧</translation>
    </message>
    <message>
        <source>%1 does not take the request</source>
        <translation>%1 不接受此请求</translation>
    </message>
    <message>
        <source>%1 has too many requests</source>
        <translation>%1 的请求过多</translation>
    </message>
    <message>
        <source>%1 is not ready</source>
        <translation>%1 尚未就绪</translation>
    </message>
    <message>
        <source>%1 failed to answer the request</source>
        <translation>%1 未能回应请求</translation>
    </message>
    <message>
        <source>%1 sends us to another address</source>
        <translation>%1 要求转到另一个地址</translation>
    </message>
    <message>
        <source>The connection to %1 ended in the middle of an answer</source>
        <translation>与 %1 的连接在响应中途断开</translation>
    </message>
    <message>
        <source>The answer of %1 is not what a Kubernetes API sends</source>
        <translation>%1 的响应不是 Kubernetes API 的响应</translation>
    </message>
    <message>
        <source>The answer of %1 is too large</source>
        <translation>%1 的响应过大</translation>
    </message>
    <message>
        <source>Correct the kubeconfig file; it is read again by itself.</source>
        <translation>请更正 kubeconfig 文件，它会自动重新读取。</translation>
    </message>
    <message>
        <source>Check that signing in works in a terminal with the same kubeconfig, for example with &quot;kubectl get nodes&quot;, then try again.</source>
        <translation>请在终端中用同一个 kubeconfig 确认能够登录，例如运行“kubectl get nodes”，然后重试。</translation>
    </message>
    <message>
        <source>Allow it only if you know the program and trust the kubeconfig file.</source>
        <translation>只有在你认识该程序并信任该 kubeconfig 文件时才允许。</translation>
    </message>
    <message>
        <source>Check the server address in the kubeconfig, the name service (DNS) and whether a VPN must be connected.</source>
        <translation>请检查 kubeconfig 中的服务器地址、域名解析（DNS），以及是否需要连接 VPN。</translation>
    </message>
    <message>
        <source>Nothing listens on that port: the API server is down or restarting, or the address is wrong. Check the port and the cluster&apos;s virtual IP.</source>
        <translation>该端口上没有服务在监听：API server 已停止或正在重启，或者地址有误。请检查端口和集群的虚拟 IP。</translation>
    </message>
    <message>
        <source>There is no way to that address: check the network, the VPN and firewalls.</source>
        <translation>没有通往该地址的路由：请检查网络、VPN 和防火墙。</translation>
    </message>
    <message>
        <source>The host is off or overloaded, or a firewall drops the packets. Check that the node with the cluster&apos;s virtual IP is up.</source>
        <translation>主机已关机或负载过高，或者防火墙丢弃了数据包。请确认持有集群虚拟 IP 的节点正在运行。</translation>
    </message>
    <message>
        <source>Put the cluster&apos;s CA into certificate-authority-data of the kubeconfig; downloading the kubeconfig again does that.</source>
        <translation>请把集群的 CA 写入 kubeconfig 的 certificate-authority-data；重新下载 kubeconfig 即可。</translation>
    </message>
    <message>
        <source>Check this computer&apos;s clock, then renew the certificate of the cluster.</source>
        <translation>请先检查本机时钟，再更新集群的证书。</translation>
    </message>
    <message>
        <source>Use an address the certificate names, or set tls-server-name in the kubeconfig to a name it has.</source>
        <translation>请使用证书中包含的地址，或在 kubeconfig 中把 tls-server-name 设为证书中的名称。</translation>
    </message>
    <message>
        <source>Check that the address and port are those of the API server, and the client certificate of the kubeconfig.</source>
        <translation>请确认地址和端口属于 API server，并检查 kubeconfig 中的客户端证书。</translation>
    </message>
    <message>
        <source>Check proxy-url in the kubeconfig and HTTPS_PROXY and NO_PROXY in the environment.</source>
        <translation>请检查 kubeconfig 中的 proxy-url，以及环境变量 HTTPS_PROXY 和 NO_PROXY。</translation>
    </message>
    <message>
        <source>Put user and password into proxy-url or HTTPS_PROXY, or name the server in NO_PROXY.</source>
        <translation>请把用户名和密码写入 proxy-url 或 HTTPS_PROXY，或者把服务器加入 NO_PROXY。</translation>
    </message>
    <message>
        <source>The token or certificate is expired or was withdrawn: sign in again or download a new kubeconfig.</source>
        <translation>令牌或证书已过期或被撤销：请重新登录，或下载新的 kubeconfig。</translation>
    </message>
    <message>
        <source>Ask an administrator of the cluster for a role with this right, or use another context.</source>
        <translation>请向集群管理员申请具有此权限的角色，或使用其他上下文。</translation>
    </message>
    <message>
        <source>The cluster does not have this kind: it is not a Harvester cluster, or of another version. Check the server address in the kubeconfig.</source>
        <translation>集群没有这种资源：它不是 Harvester 集群，或版本不同。请检查 kubeconfig 中的服务器地址。</translation>
    </message>
    <message>
        <source>It was deleted meanwhile, or has another name or namespace.</source>
        <translation>它已被删除，或者名称或命名空间不同。</translation>
    </message>
    <message>
        <source>Look at the existing one, or choose another name.</source>
        <translation>请查看已有的对象，或换一个名称。</translation>
    </message>
    <message>
        <source>Look at its present state, then decide again. Nothing was changed.</source>
        <translation>请查看它的当前状态后再决定。没有做任何更改。</translation>
    </message>
    <message>
        <source>The list is read anew by itself.</source>
        <translation>列表会自动重新读取。</translation>
    </message>
    <message>
        <source>It catches up by itself, unless the cluster was restored from a backup.</source>
        <translation>它会自行追上，除非集群是从备份恢复的。</translation>
    </message>
    <message>
        <source>The server&apos;s version may be too old or too new for this action; its own words say what it rejects.</source>
        <translation>服务器的版本对此操作来说可能过旧或过新；它的原话说明了拒绝的原因。</translation>
    </message>
    <message numerus="yes">
        <source>Trying again in %n second(s).</source>
        <translation>
            <numerusform>%n 秒后重试。</numerusform>
        </translation>
    </message>
    <message>
        <source>Wait a little; close other programs that read much from this cluster.</source>
        <translation>请稍等，并关闭其他大量读取此集群的程序。</translation>
    </message>
    <message>
        <source>This is normal while control-plane nodes restart. If it lasts, look at kube-apiserver and etcd on the control-plane nodes.</source>
        <translation>control plane 节点重启时这是正常现象。如果一直如此，请检查 control plane 节点上的 kube-apiserver 和 etcd。</translation>
    </message>
    <message>
        <source>Redirects are not followed, since credentials would be sent along. Put the final address of the API server into the kubeconfig.</source>
        <translation>不会跟随重定向，否则凭据会一并发出。请在 kubeconfig 中填写 API server 的最终地址。</translation>
    </message>
    <message>
        <source>The server or something on the way closed it, as when a node reboots. Trying again helps.</source>
        <translation>服务器或中间设备关闭了连接，例如节点重启时。重试即可。</translation>
    </message>
    <message>
        <source>Check that the address is an API server and not a login page or another service.</source>
        <translation>请确认该地址是 API server，而不是登录页面或其他服务。</translation>
    </message>
    <message>
        <source>Narrow the request, for example to one namespace.</source>
        <translation>请缩小请求范围，例如只限一个命名空间。</translation>
    </message>
    <message>
        <source>The proxy&apos;s certificate must be from an authority of the kubeconfig&apos;s cluster entry, or of this computer when that names none; kubectl asks the same.</source>
        <translation>代理的证书必须由 kubeconfig 集群条目中的 CA 签发；条目中没有指定 CA 时，必须由本机信任的 CA 签发。kubectl 的要求相同。</translation>
    </message>
    <message>
        <source>the certificate has expired</source>
        <translation>证书已过期</translation>
    </message>
    <message>
        <source>the certificate is not yet valid</source>
        <translation>证书尚未生效</translation>
    </message>
    <message>
        <source>the certificate has no proper dates</source>
        <translation>证书的日期无效</translation>
    </message>
    <message>
        <source>the certificate is for other host names</source>
        <translation>证书属于其他主机名</translation>
    </message>
    <message>
        <source>the certificate is self-signed and not trusted</source>
        <translation>证书是自签名的，不受信任</translation>
    </message>
    <message>
        <source>the root certificate of the chain is not trusted</source>
        <translation>证书链的根证书不受信任</translation>
    </message>
    <message>
        <source>the issuer of the certificate is not known</source>
        <translation>证书的颁发者未知</translation>
    </message>
    <message>
        <source>the signature of the certificate does not fit its issuer</source>
        <translation>证书的签名与其颁发者不符</translation>
    </message>
    <message>
        <source>the certificate or its issuer may not be used for this</source>
        <translation>证书或其颁发者不得用于此用途</translation>
    </message>
    <message>
        <source>the certificate is not trusted for this</source>
        <translation>证书在此用途下不受信任</translation>
    </message>
    <message>
        <source>the certificate was withdrawn</source>
        <translation>证书已被吊销</translation>
    </message>
    <message>
        <source>the server shows no certificate</source>
        <translation>服务器没有出示证书</translation>
    </message>
    <message>
        <source>the certificate cannot be checked</source>
        <translation>无法检查证书</translation>
    </message>
    <message>
        <source>the TLS handshake failed</source>
        <translation>TLS 握手失败</translation>
    </message>
    <message>
        <source>read empty token from file</source>
        <translation>从文件读到的令牌为空</translation>
    </message>
    <message>
        <source>the token has a line break or a control character in it</source>
        <translation>令牌中有换行或控制字符</translation>
    </message>
    <message>
        <source>the client certificate is not a PEM certificate</source>
        <translation>客户端证书不是 PEM 证书</translation>
    </message>
    <message>
        <source>the client key is encrypted</source>
        <translation>客户端密钥已加密</translation>
    </message>
    <message>
        <source>the client key is not a PEM key of type RSA or EC</source>
        <translation>客户端密钥不是 RSA 或 EC 类型的 PEM 密钥</translation>
    </message>
    <message>
        <source>the client key does not belong to the client certificate</source>
        <translation>客户端密钥与客户端证书不匹配</translation>
    </message>
    <message>
        <source>certificate-authority cannot be read: %1</source>
        <translation>无法读取 certificate-authority：%1</translation>
    </message>
    <message>
        <source>certificate-authority is larger than 16 MiB</source>
        <translation>certificate-authority 大于 16 MiB</translation>
    </message>
    <message>
        <source>%1 holds no PEM certificate</source>
        <translation>%1 中没有 PEM 证书</translation>
    </message>
    <message>
        <source>%1 wants to run %2</source>
        <translation>%1 要运行 %2</translation>
    </message>
    <message>
        <source>exec: executable %1 did not answer within %2 s and was ended</source>
        <translation>exec：程序 %1 在 %2 秒内没有应答，已被结束</translation>
    </message>
    <message>
        <source>exec: executable %1 cannot be started: %2</source>
        <translation>exec：无法启动程序 %1：%2</translation>
    </message>
    <message>
        <source>exec: executable %1 printed more than 1 MiB and was ended</source>
        <translation>exec：程序 %1 的输出超过 1 MiB，已被结束</translation>
    </message>
    <message>
        <source>exec: executable %1 crashed or was ended by a signal</source>
        <translation>exec：程序 %1 崩溃或被信号结束</translation>
    </message>
    <message>
        <source>exec: executable %1 failed with exit code %2</source>
        <translation>exec：程序 %1 失败，退出码为 %2</translation>
    </message>
    <message>
        <source>exec: executable %1 was cancelled</source>
        <translation>exec：程序 %1 已被取消</translation>
    </message>
    <message>
        <source>exec: executable %1 not found</source>
        <translation>exec：找不到程序 %1</translation>
    </message>
    <message>
        <source>exec plugin cannot run: standard input is not a terminal (interactiveMode: Always)</source>
        <translation>exec 插件无法运行：标准输入不是终端（interactiveMode: Always）</translation>
    </message>
    <message>
        <source>exec plugin printed nothing</source>
        <translation>exec 插件没有任何输出</translation>
    </message>
    <message>
        <source>exec plugin did not print an ExecCredential as JSON (at byte %1)</source>
        <translation>exec 插件输出的不是 JSON 格式的 ExecCredential（位于第 %1 字节）</translation>
    </message>
    <message>
        <source>exec plugin did not print an object of kind ExecCredential</source>
        <translation>exec 插件输出的不是 ExecCredential 类型的对象</translation>
    </message>
    <message>
        <source>exec plugin is configured to use API version %1, plugin returned version %2</source>
        <translation>exec 插件配置为使用 API 版本 %1，但插件返回的版本是 %2</translation>
    </message>
    <message>
        <source>exec plugin didn&apos;t return a status field</source>
        <translation>exec 插件没有返回 status 字段</translation>
    </message>
    <message>
        <source>exec plugin didn&apos;t return a token or cert/key pair</source>
        <translation>exec 插件没有返回令牌，也没有返回证书和密钥</translation>
    </message>
    <message>
        <source>exec plugin returned only certificate or key, not both</source>
        <translation>exec 插件只返回了证书或密钥之一，没有同时返回两者</translation>
    </message>
    <message>
        <source>exec plugin returned a token with a control character</source>
        <translation>exec 插件返回的令牌中有控制字符</translation>
    </message>
    <message>
        <source>exec plugin returned an expirationTimestamp that is not RFC 3339</source>
        <translation>exec 插件返回的 expirationTimestamp 不符合 RFC 3339</translation>
    </message>
    <message>
        <source>no byte within %1 s, through the proxy %2</source>
        <translation>通过代理 %2 在 %1 秒内没有收到任何数据</translation>
    </message>
    <message>
        <source>no byte within %1 s</source>
        <translation>%1 秒内没有收到任何数据</translation>
    </message>
    <message>
        <source>no answer within %1 s</source>
        <translation>%1 秒内没有应答</translation>
    </message>
    <message>
        <source>nothing came for %1 s, although the server answers; the connection is replaced</source>
        <translation>服务器有应答，但 %1 秒内没有收到任何数据；正在更换连接</translation>
    </message>
    <message>
        <source>nothing came for %1 s, not even the end of the watch</source>
        <translation>%1 秒内没有收到任何数据，连 watch 的结束也没有收到</translation>
    </message>
    <message>
        <source>the connection was ended because certificates changed</source>
        <translation>证书已更改，因此连接已结束</translation>
    </message>
    <message>
        <source>the server&apos;s address is not an http or https URL</source>
        <translation>服务器地址不是 http 或 https URL</translation>
    </message>
    <message>
        <source>%1 holds control characters and cannot be sent</source>
        <translation>%1 含有控制字符，无法发送</translation>
    </message>
    <message>
        <source>the answer ended before it began</source>
        <translation>应答尚未开始就已结束</translation>
    </message>
    <message>
        <source>the answer is empty</source>
        <translation>应答为空</translation>
    </message>
    <message>
        <source>the answer is larger than %1 MiB</source>
        <translation>应答大于 %1 MiB</translation>
    </message>
    <message>
        <source>%1 of %2 bytes came</source>
        <translation>%2 字节中只收到 %1 字节</translation>
    </message>
    <message>
        <source>the watch ended at once without an event</source>
        <translation>watch 立即结束，没有任何事件</translation>
    </message>
    <message>
        <source>a watch event is longer than %1 MiB</source>
        <translation>一个 watch 事件大于 %1 MiB</translation>
    </message>
    <message>
        <source>a watch event is not a JSON object</source>
        <translation>一个 watch 事件不是 JSON 对象</translation>
    </message>
    <message>
        <source>a watch event has no object</source>
        <translation>一个 watch 事件中没有对象</translation>
    </message>
    <message>
        <source>a bookmark has no resourceVersion</source>
        <translation>一个 bookmark 没有 resourceVersion</translation>
    </message>
    <message>
        <source>the list gave the same continue token twice</source>
        <translation>列表两次给出相同的 continue 令牌</translation>
    </message>
    <message>
        <source>the list has no resourceVersion</source>
        <translation>列表没有 resourceVersion</translation>
    </message>
    <message>
        <source>discovery was asked for, &quot;%1&quot; came</source>
        <translation>请求的是 API 发现信息，收到的却是 &quot;%1&quot;</translation>
    </message>
    <message>
        <source>%1 was asked for, &quot;%2&quot; came</source>
        <translation>请求的是 %1，收到的却是 &quot;%2&quot;</translation>
    </message>
    <message>
        <source>the proxy address is not a URL with a host</source>
        <translation>代理地址不是带有主机的 URL</translation>
    </message>
    <message>
        <source>proxies of the kind &quot;%1&quot; are not supported; http, https and socks5 are</source>
        <translation>不支持 &quot;%1&quot; 类型的代理；支持 http、https 和 socks5</translation>
    </message>
    <message>
        <source>the relay to the proxy cannot listen on loopback: %1</source>
        <translation>到代理的中继无法在环回地址上监听：%1</translation>
    </message>
    <message>
        <source>pod %1 has no container &quot;%2&quot;</source>
        <translation>Pod %1 没有容器 &quot;%2&quot;</translation>
    </message>
    <message>
        <source>pod %1 was replaced by another of the same name</source>
        <translation>Pod %1 已被另一个同名的 Pod 取代</translation>
    </message>
    <message>
        <source>the other side closed the connection</source>
        <translation>对方关闭了连接</translation>
    </message>
</context>
<context>
    <name>kube::Exec</name>
    <message>
        <source>Allow it only if you know the program and trust the kubeconfig file.</source>
        <translation>只有在你认识该程序并信任该 kubeconfig 文件时才允许。</translation>
    </message>
    <message>
        <source>It wants to ask questions in a terminal. Run it there: %1 — then use a kubeconfig whose plugin does not need one.</source>
        <translation>它需要在终端中提问。请在终端中运行：%1 —— 然后使用插件不需要终端的 kubeconfig。</translation>
    </message>
    <message>
        <source>Run it in a terminal to see why: %1</source>
        <translation>请在终端中运行以查看原因：%1</translation>
    </message>
    <message>
        <source>Install the program, or write its full path as command into the kubeconfig.</source>
        <translation>请安装该程序，或在 kubeconfig 的 command 中写上它的完整路径。</translation>
    </message>
</context>
<context>
    <name>kube::Kubeconfig</name>
    <message>
        <source>it is a folder</source>
        <translation>它是一个文件夹</translation>
    </message>
    <message>
        <source>it is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
    <message>
        <source>It may be in a file that could not be read.</source>
        <translation>它可能在某个无法读取的文件中。</translation>
    </message>
    <message>
        <source>Correct the name, or add the file that has the entry.</source>
        <translation>请更正名称，或添加包含该条目的文件。</translation>
    </message>
    <message>
        <source>The cluster &quot;%1&quot; does not exist.</source>
        <translation>集群“%1”不存在。</translation>
    </message>
    <message>
        <source>The user &quot;%1&quot; does not exist.</source>
        <translation>用户“%1”不存在。</translation>
    </message>
    <message>
        <source>The credentials are not sent: the server&apos;s address is not https://.</source>
        <translation>不会发送凭据：服务器地址不是 https://。</translation>
    </message>
    <message>
        <source>The context &quot;%1&quot; does not exist.</source>
        <translation>上下文“%1”不存在。</translation>
    </message>
    <message>
        <source>The file cannot be read: %1.</source>
        <translation>无法读取该文件：%1。</translation>
    </message>
    <message>
        <source>There is no kubeconfig file here.</source>
        <translation>这里没有 kubeconfig 文件。</translation>
    </message>
    <message>
        <source>Put the cluster&apos;s kubeconfig there, set KUBECONFIG, or open a file.</source>
        <translation>请把集群的 kubeconfig 放在那里，设置 KUBECONFIG，或打开一个文件。</translation>
    </message>
    <message>
        <source>The cluster has no server address.</source>
        <translation>该集群没有服务器地址。</translation>
    </message>
    <message>
        <source>Set server, for example to https://192.0.2.10:6443.</source>
        <translation>请设置 server，例如 https://192.0.2.10:6443。</translation>
    </message>
    <message>
        <source>The address has no https://; it is assumed.</source>
        <translation>地址没有 https://，按 https:// 处理。</translation>
    </message>
    <message>
        <source>The address has no scheme; http:// is assumed, as kubectl does.</source>
        <translation>地址没有协议前缀；与 kubectl 一样按 http:// 处理。</translation>
    </message>
    <message>
        <source>Write the scheme in front of the address.</source>
        <translation>请在地址前写上协议。</translation>
    </message>
    <message>
        <source>The server address is not a valid https:// or http:// address.</source>
        <translation>服务器地址不是有效的 https:// 或 http:// 地址。</translation>
    </message>
    <message>
        <source>User and password in the server address are not used.</source>
        <translation>服务器地址中的用户名和密码不会被使用。</translation>
    </message>
    <message>
        <source>Set username and password of the user entry instead.</source>
        <translation>请改为在用户条目中设置 username 和 password。</translation>
    </message>
    <message>
        <source>There is no PEM certificate in it.</source>
        <translation>其中没有 PEM 证书。</translation>
    </message>
    <message>
        <source>The file is not used: certificate-authority-data is set too and wins.</source>
        <translation>不使用该文件：同时设置了 certificate-authority-data，以它为准。</translation>
    </message>
    <message>
        <source>Remove one of the two; kubectl refuses the entry until then.</source>
        <translation>请删除其中一个；在此之前 kubectl 会拒绝该条目。</translation>
    </message>
    <message>
        <source>The file %1 cannot be read: %2.</source>
        <translation>无法读取文件 %1：%2。</translation>
    </message>
    <message>
        <source>The entry has a certificate authority and says not to check certificates.</source>
        <translation>该条目设置了证书颁发机构，却又要求不检查证书。</translation>
    </message>
    <message>
        <source>Remove insecure-skip-tls-verify to have the certificate checked.</source>
        <translation>请删除 insecure-skip-tls-verify，以便检查证书。</translation>
    </message>
    <message>
        <source>The proxy address is not valid.</source>
        <translation>代理地址无效。</translation>
    </message>
    <message>
        <source>The proxy address must begin with http://, https:// or socks5://.</source>
        <translation>代理地址必须以 http://、https:// 或 socks5:// 开头。</translation>
    </message>
    <message>
        <source>The context names no cluster.</source>
        <translation>该上下文没有指定集群。</translation>
    </message>
    <message>
        <source>The context names no user.</source>
        <translation>该上下文没有指定用户。</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is not a possible name of a namespace.</source>
        <translation>“%1”不能作为命名空间的名称。</translation>
    </message>
    <message>
        <source>Lower-case letters, digits and hyphens, at most 63.</source>
        <translation>只能使用小写字母、数字和连字符，最多 63 个。</translation>
    </message>
    <message>
        <source>Put it in quotes.</source>
        <translation>请加上引号。</translation>
    </message>
    <message>
        <source>This must be a list of entries.</source>
        <translation>这里必须是条目列表。</translation>
    </message>
    <message>
        <source>This must be an entry with a name.</source>
        <translation>这里必须是带名称的条目。</translation>
    </message>
    <message>
        <source>The entry has no name.</source>
        <translation>该条目没有名称。</translation>
    </message>
    <message>
        <source>The name is a number or a boolean, not text.</source>
        <translation>名称是数字或布尔值，不是文本。</translation>
    </message>
    <message>
        <source>This must be a map of fields.</source>
        <translation>这里必须是字段映射。</translation>
    </message>
    <message>
        <source>The name is used twice in this file, first in line %1.</source>
        <translation>该名称在此文件中出现了两次，第一次在第 %1 行。</translation>
    </message>
    <message>
        <source>Rename or remove one of the two.</source>
        <translation>请重命名或删除其中一个。</translation>
    </message>
    <message>
        <source>This is not a kubeconfig.</source>
        <translation>这不是 kubeconfig。</translation>
    </message>
    <message>
        <source>This is not a kubeconfig (kind Config, apiVersion v1).</source>
        <translation>这不是 kubeconfig（kind Config，apiVersion v1）。</translation>
    </message>
    <message>
        <source>The value must be text.</source>
        <translation>值必须是文本。</translation>
    </message>
    <message>
        <source>Nothing of this file is used until it is corrected.</source>
        <translation>在更正之前，不会使用此文件中的任何内容。</translation>
    </message>
    <message>
        <source>This must be a list.</source>
        <translation>这里必须是列表。</translation>
    </message>
    <message>
        <source>This must be a single value.</source>
        <translation>这里必须是单个值。</translation>
    </message>
    <message>
        <source>The value is a number or a boolean, not text.</source>
        <translation>值是数字或布尔值，不是文本。</translation>
    </message>
    <message>
        <source>The value must be true or false, without quotes.</source>
        <translation>值必须是不带引号的 true 或 false。</translation>
    </message>
    <message>
        <source>The value is not valid base64.</source>
        <translation>值不是有效的 base64。</translation>
    </message>
    <message>
        <source>It may be cut off; copy the kubeconfig again.</source>
        <translation>它可能被截断了，请重新复制 kubeconfig。</translation>
    </message>
    <message>
        <source>The token has a line break or a control character in it.</source>
        <translation>令牌中有换行或控制字符。</translation>
    </message>
    <message>
        <source>Write it on one line.</source>
        <translation>请写在一行内。</translation>
    </message>
    <message>
        <source>The token of the entry is used until it can.</source>
        <translation>在能够读取之前，使用条目中的令牌。</translation>
    </message>
    <message>
        <source>The entry has a token and a user name with password; only one of the two is allowed.</source>
        <translation>该条目同时有令牌和用户名密码，只允许其中一种。</translation>
    </message>
    <message>
        <source>Remove one of the two.</source>
        <translation>请删除其中一个。</translation>
    </message>
    <message>
        <source>The password is not used without a username.</source>
        <translation>没有用户名，密码不会被使用。</translation>
    </message>
    <message>
        <source>The file is not used: %1 is set too and wins.</source>
        <translation>不使用该文件：同时设置了 %1，以它为准。</translation>
    </message>
    <message>
        <source>There is a client certificate without its key.</source>
        <translation>有客户端证书，但没有对应的密钥。</translation>
    </message>
    <message>
        <source>Set client-key-data or client-key.</source>
        <translation>请设置 client-key-data 或 client-key。</translation>
    </message>
    <message>
        <source>There is a client key without its certificate; it is not used.</source>
        <translation>有客户端密钥，但没有对应的证书；不会使用它。</translation>
    </message>
    <message>
        <source>There is no PEM key in it.</source>
        <translation>其中没有 PEM 密钥。</translation>
    </message>
    <message>
        <source>The exec plugin has no apiVersion.</source>
        <translation>exec 插件没有 apiVersion。</translation>
    </message>
    <message>
        <source>Set it to client.authentication.k8s.io/v1.</source>
        <translation>请设为 client.authentication.k8s.io/v1。</translation>
    </message>
    <message>
        <source>Kubernetes removed version v1alpha1 of exec plugins.</source>
        <translation>Kubernetes 已移除 exec 插件的 v1alpha1 版本。</translation>
    </message>
    <message>
        <source>Update the plugin and set client.authentication.k8s.io/v1beta1 or v1; getting the kubeconfig anew usually does both.</source>
        <translation>请更新插件，并设为 client.authentication.k8s.io/v1beta1 或 v1；重新获取 kubeconfig 通常就能同时做到。</translation>
    </message>
    <message>
        <source>The apiVersion of the exec plugin is not known.</source>
        <translation>不认识该 exec 插件的 apiVersion。</translation>
    </message>
    <message>
        <source>Set it to client.authentication.k8s.io/v1 or v1beta1.</source>
        <translation>请设为 client.authentication.k8s.io/v1 或 v1beta1。</translation>
    </message>
    <message>
        <source>The exec plugin has no interactiveMode, which v1 demands.</source>
        <translation>exec 插件没有 interactiveMode，而 v1 要求必须设置。</translation>
    </message>
    <message>
        <source>Set it to IfAvailable.</source>
        <translation>请设为 IfAvailable。</translation>
    </message>
    <message>
        <source>The interactiveMode must be Never, IfAvailable or Always.</source>
        <translation>interactiveMode 必须是 Never、IfAvailable 或 Always。</translation>
    </message>
    <message>
        <source>The exec plugin has no command.</source>
        <translation>exec 插件没有 command。</translation>
    </message>
    <message>
        <source>The environment variable has no usable name.</source>
        <translation>环境变量没有可用的名称。</translation>
    </message>
    <message>
        <source>The entry has exec and auth-provider; only one of the two is allowed.</source>
        <translation>该条目同时有 exec 和 auth-provider，只允许其中一个。</translation>
    </message>
    <message>
        <source>Remove auth-provider.</source>
        <translation>请删除 auth-provider。</translation>
    </message>
    <message>
        <source>The exec plugin is not used: the entry has a token, password or certificate.</source>
        <translation>不使用 exec 插件：该条目已有令牌、密码或证书。</translation>
    </message>
    <message>
        <source>Install gke-gcloud-auth-plugin and run &quot;gcloud container clusters get-credentials&quot; again; it writes an exec entry.</source>
        <translation>请安装 gke-gcloud-auth-plugin，并重新运行“gcloud container clusters get-credentials”，它会写入 exec 条目。</translation>
    </message>
    <message>
        <source>Install kubelogin and run &quot;kubelogin convert-kubeconfig&quot;; it writes an exec entry.</source>
        <translation>请安装 kubelogin，并运行“kubelogin convert-kubeconfig”，它会写入 exec 条目。</translation>
    </message>
    <message>
        <source>Install kubelogin (the kubectl plugin oidc-login) and use it in an exec entry.</source>
        <translation>请安装 kubelogin（kubectl 插件 oidc-login），并在 exec 条目中使用它。</translation>
    </message>
    <message>
        <source>Install client-keystone-auth and use it in an exec entry.</source>
        <translation>请安装 client-keystone-auth，并在 exec 条目中使用它。</translation>
    </message>
    <message>
        <source>Use an exec entry with the provider&apos;s credential plugin.</source>
        <translation>请使用带有该提供方凭据插件的 exec 条目。</translation>
    </message>
    <message>
        <source>Built-in auth providers are not supported; Kubernetes replaced them with exec plugins.</source>
        <translation>不支持内置的 auth provider；Kubernetes 已用 exec 插件取代它们。</translation>
    </message>
    <message>
        <source>The auth provider &quot;%1&quot; is not supported; Kubernetes replaced auth providers with exec plugins.</source>
        <translation>不支持 auth provider“%1”；Kubernetes 已用 exec 插件取代 auth provider。</translation>
    </message>
    <message>
        <source>as-uid, as-groups and as-user-extra need the user name in as.</source>
        <translation>as-uid、as-groups 和 as-user-extra 需要在 as 中指定用户名。</translation>
    </message>
    <message>
        <source>An alias refers to something it is part of.</source>
        <translation>别名引用了包含它自身的内容。</translation>
    </message>
    <message>
        <source>The text is nested deeper than %1 levels.</source>
        <translation>文本的嵌套超过 %1 层。</translation>
    </message>
    <message>
        <source>The text has more than %1 values.</source>
        <translation>文本中的值超过 %1 个。</translation>
    </message>
    <message>
        <source>A key must be plain text.</source>
        <translation>键必须是纯文本。</translation>
    </message>
    <message>
        <source>The text is not valid Unicode.</source>
        <translation>文本不是有效的 Unicode。</translation>
    </message>
    <message>
        <source>The text has a control character.</source>
        <translation>文本中有控制字符。</translation>
    </message>
    <message>
        <source>The text is not valid UTF-8.</source>
        <translation>文本不是有效的 UTF-8。</translation>
    </message>
    <message>
        <source>The file is larger than %1 MiB.</source>
        <translation>文件大于 %1 MiB。</translation>
    </message>
    <message>
        <source>This is not YAML: %1.</source>
        <translation>这不是 YAML：%1。</translation>
    </message>
    <message>
        <source>The text cannot be parsed.</source>
        <translation>无法解析该文本。</translation>
    </message>
</context>
<context>
    <name>kube::LogFollower</name>
    <message>
        <source>The pod is gone</source>
        <translation>Pod 已不存在</translation>
    </message>
    <message>
        <source>The pod was replaced by another of the same name</source>
        <translation>Pod 已被另一个同名的 Pod 取代</translation>
    </message>
    <message>
        <source>%1, exit code %2</source>
        <extracomment>%1 the runtime&apos;s own word for how a container ended, such as Completed, Error or OOMKilled</extracomment>
        <translation>%1，退出码 %2</translation>
    </message>
    <message>
        <source>The container never ran</source>
        <translation>容器从未运行</translation>
    </message>
</context>
<context>
    <name>logs::LogFile</name>
    <message>
        <source>It is not a regular file</source>
        <translation>它不是普通文件</translation>
    </message>
</context>
<context>
    <name>logs::Pattern</name>
    <message>
        <source>%1, at character %2</source>
        <translation>%1（第 %2 个字符处）</translation>
    </message>
</context>
<context>
    <name>logs::Search</name>
    <message>
        <source>The expression is too complex: ended at line %L1.</source>
        <translation>表达式过于复杂：在第 %L1 行中止。</translation>
    </message>
    <message numerus="yes">
        <source>The expression is too complex for %Ln line(s), the first is line %1; not searched there.</source>
        <extracomment>%1 is the number of the first of them</extracomment>
        <translation>
            <numerusform>表达式对 %Ln 行来说过于复杂，其中第一行是第 %1 行；这些行未被搜索。</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>restart</name>
    <message>
        <source>The upgrade names a version or an image</source>
        <translation>升级指定了版本或镜像</translation>
    </message>
    <message>
        <source>The Version exists</source>
        <translation>Version 对象存在</translation>
    </message>
    <message>
        <source>No other upgrade is under way</source>
        <translation>没有其他升级正在进行</translation>
    </message>
    <message>
        <source>The clean-up of earlier upgrades is over</source>
        <translation>之前升级的清理已结束</translation>
    </message>
    <message>
        <source>The pause map is valid</source>
        <translation>pause map 有效</translation>
    </message>
    <message>
        <source>No volume is degraded</source>
        <translation>没有已降级的卷</translation>
    </message>
    <message>
        <source>The cluster is provisioned</source>
        <translation>集群已就绪（Provisioned）</translation>
    </message>
    <message>
        <source>No VM backup is running</source>
        <translation>没有虚拟机备份正在运行</translation>
    </message>
    <message>
        <source>Backup and snapshot schedules are suspended</source>
        <translation>备份和快照计划已暂停</translation>
    </message>
    <message>
        <source>Managed charts are ready</source>
        <translation>ManagedChart 已就绪</translation>
    </message>
    <message>
        <source>Add-ons are deployed or disabled</source>
        <translation>插件已部署或已禁用</translation>
    </message>
    <message>
        <source>All nodes are ready</source>
        <translation>所有节点均已就绪</translation>
    </message>
    <message>
        <source>All nodes are schedulable</source>
        <translation>所有节点均可调度</translation>
    </message>
    <message>
        <source>Nodes have room for the new images</source>
        <translation>节点有足够空间存放新镜像</translation>
    </message>
    <message>
        <source>Nodes have 30 GiB of free space</source>
        <translation>节点有 30 GiB 可用空间</translation>
    </message>
    <message>
        <source>Nodes tell their internal address</source>
        <translation>节点提供了内部地址</translation>
    </message>
    <message>
        <source>All machines are running</source>
        <translation>所有 Machine 都在运行</translation>
    </message>
    <message>
        <source>Nodes and machines match</source>
        <translation>节点与 Machine 一一对应</translation>
    </message>
    <message>
        <source>No volume has a single replica</source>
        <translation>没有单副本卷</translation>
    </message>
    <message>
        <source>All VMs can migrate</source>
        <translation>所有虚拟机都可以热迁移</translation>
    </message>
    <message>
        <source>No stale hot-plugged volumes</source>
        <translation>没有残留的热插拔卷</translation>
    </message>
    <message>
        <source>Certificates do not expire soon</source>
        <translation>证书不会很快过期</translation>
    </message>
    <message>
        <source>Certificates on the nodes do not expire soon</source>
        <translation>节点上的证书不会很快过期</translation>
    </message>
    <message>
        <source>Nodes have room for the new images (script)</source>
        <translation>节点有足够空间存放新镜像（脚本检查）</translation>
    </message>
    <message>
        <source>Helm bundles are ready</source>
        <translation>Helm Bundle 已就绪</translation>
    </message>
    <message>
        <source>Harvester&apos;s bundle is ready</source>
        <translation>Harvester 的 Bundle 已就绪</translation>
    </message>
    <message>
        <source>Nodes are ready, schedulable, with at most one proper witness</source>
        <translation>节点就绪、可调度，且最多有一个正确配置的见证节点</translation>
    </message>
    <message>
        <source>No Longhorn eviction is requested</source>
        <translation>没有请求 Longhorn 驱逐</translation>
    </message>
    <message>
        <source>The CAPI cluster is not paused</source>
        <translation>CAPI 集群未暂停</translation>
    </message>
    <message>
        <source>As many machines as nodes</source>
        <translation>Machine 数量与节点数量一致</translation>
    </message>
    <message>
        <source>Longhorn volumes and engines are healthy</source>
        <translation>Longhorn 卷和引擎健康</translation>
    </message>
    <message>
        <source>No attached volume is without a running workload</source>
        <translation>没有已挂载但无工作负载运行的卷</translation>
    </message>
    <message>
        <source>Backing images have enough copies</source>
        <translation>后备镜像有足够的副本</translation>
    </message>
    <message>
        <source>No running VM holds a CD-ROM or host device</source>
        <translation>没有运行中的虚拟机占用 CD-ROM 或主机设备</translation>
    </message>
    <message>
        <source>Pods are ready</source>
        <translation>Pod 已就绪</translation>
    </message>
    <message>
        <source>Secret local-kubeconfig carries its label</source>
        <translation>Secret local-kubeconfig 带有所需标签</translation>
    </message>
    <message>
        <source>The backup target has a refresh interval</source>
        <translation>备份目标设置了刷新间隔</translation>
    </message>
    <message>
        <source>The node&apos;s network configuration is in its place</source>
        <translation>节点的网络配置在正确的位置</translation>
    </message>
    <message>
        <source>COS_STATE is at least 15 GB</source>
        <translation>COS_STATE 至少有 15 GB</translation>
    </message>
    <message>
        <source>Image volumes are as large as their images</source>
        <translation>镜像卷与其镜像一样大</translation>
    </message>
    <message>
        <source>The version can be reached from this one</source>
        <translation>可以从当前版本升级到该版本</translation>
    </message>
    <message>
        <source>No recurring snapshot or backup runs</source>
        <translation>没有定期快照或备份正在运行</translation>
    </message>
    <message>
        <source>VMs say that they can migrate</source>
        <translation>虚拟机表明自己可以热迁移</translation>
    </message>
    <message>
        <source>Nodes boot by UEFI</source>
        <translation>节点以 UEFI 启动</translation>
    </message>
    <message>
        <source>The management address does not change</source>
        <translation>管理地址不会改变</translation>
    </message>
    <message>
        <source>No own network scripts</source>
        <translation>没有自定义网络脚本</translation>
    </message>
    <message>
        <source>KubeVirt does not migrate all VMs at once</source>
        <translation>KubeVirt 不会同时迁移所有虚拟机</translation>
    </message>
    <message>
        <source>CDI has memory enough</source>
        <translation>CDI 有足够内存</translation>
    </message>
    <message>
        <source>No shared block volumes with automatic pod deletion</source>
        <translation>没有启用了 Pod 自动删除的共享块存储卷</translation>
    </message>
    <message>
        <source>The default storage class is Harvester&apos;s</source>
        <translation>默认存储类是 Harvester 的存储类</translation>
    </message>
    <message>
        <source>passive.img fits</source>
        <translation>passive.img 放得下</translation>
    </message>
    <message>
        <source>CPUs are alike for VMs</source>
        <translation>各节点的 CPU 对虚拟机而言一致</translation>
    </message>
    <message>
        <source>No secondary VLANs on the management network</source>
        <translation>管理网络上没有其他 VLAN</translation>
    </message>
    <message>
        <source>No running VM with several threads per core</source>
        <translation>没有每核多线程的运行中虚拟机</translation>
    </message>
    <message>
        <source>Shared volumes do not use the storage network</source>
        <translation>共享卷不使用存储网络</translation>
    </message>
    <message>
        <source>All VMs are stopped</source>
        <translation>所有虚拟机都已停止</translation>
    </message>
    <message>
        <source>The management bond and VLAN are as expected</source>
        <translation>管理接口的 bond 和 VLAN 符合预期</translation>
    </message>
    <message>
        <source>The node&apos;s name is short enough</source>
        <translation>节点名称足够短</translation>
    </message>
    <message>
        <source>Choose a version</source>
        <translation>选择一个版本</translation>
    </message>
    <message>
        <source>Create the Version again</source>
        <translation>重新创建 Version 对象</translation>
    </message>
    <message>
        <source>Let the other upgrade end, or look at it first</source>
        <translation>让另一个升级先结束，或先查看它</translation>
    </message>
    <message>
        <source>Wait until it is over</source>
        <translation>等待它结束</translation>
    </message>
    <message>
        <source>Name existing nodes, each with pause or unpause</source>
        <translation>填写存在的节点，每个节点取值 pause 或 unpause</translation>
    </message>
    <message>
        <source>Wait for volumes to rebuild, or repair their replicas</source>
        <translation>等待卷重建，或修复其副本</translation>
    </message>
    <message>
        <source>See what Rancher waits for in cluster fleet-local/local</source>
        <translation>查看 Rancher 在集群 fleet-local/local 中等待什么</translation>
    </message>
    <message>
        <source>Wait until the backups have ended</source>
        <translation>等待备份结束</translation>
    </message>
    <message>
        <source>Suspend the schedules</source>
        <translation>暂停这些计划</translation>
    </message>
    <message>
        <source>Find out why the chart is not ready and fix that</source>
        <translation>查明 Chart 未就绪的原因并解决</translation>
    </message>
    <message>
        <source>Wait for the add-on, or fix or disable it</source>
        <translation>等待插件就绪，或修复、禁用它</translation>
    </message>
    <message>
        <source>Bring the nodes back to Ready</source>
        <translation>让节点恢复就绪（Ready）</translation>
    </message>
    <message>
        <source>Uncordon the nodes or leave maintenance mode</source>
        <translation>取消封锁节点，或退出维护模式</translation>
    </message>
    <message>
        <source>Remove unused images on the nodes (crictl rmi --prune)</source>
        <translation>删除节点上未使用的镜像（crictl rmi --prune）</translation>
    </message>
    <message>
        <source>Free space on the system partition</source>
        <translation>在系统分区上释放空间</translation>
    </message>
    <message>
        <source>Look at rke2 on the node: it writes this annotation</source>
        <translation>检查节点上的 rke2：这个注解由它写入</translation>
    </message>
    <message>
        <source>Look at the machine; one without a node may be a leftover</source>
        <translation>检查这个 Machine；没有节点的 Machine 可能是残留</translation>
    </message>
    <message>
        <source>Look for leftover machines and missing annotations</source>
        <translation>查找残留的 Machine 和缺失的注解</translation>
    </message>
    <message>
        <source>Give the volumes more replicas, or detach and accept the risk</source>
        <translation>为卷增加副本，或分离卷并接受风险</translation>
    </message>
    <message>
        <source>Stop these VMs, or let the upgrade stop and restore them (restoreVM)</source>
        <translation>停止这些虚拟机，或让升级停止并恢复它们（restoreVM）</translation>
    </message>
    <message>
        <source>Stop and start the VMs, or make the volumes persistent</source>
        <translation>停止再启动这些虚拟机，或把卷设为持久卷</translation>
    </message>
    <message>
        <source>Rotate the RKE2 certificates; those of etcd and kubelet can only be seen on the nodes</source>
        <translation>轮换 RKE2 证书；etcd 和 kubelet 的证书只能在节点上查看</translation>
    </message>
    <message>
        <source>Rotate the RKE2 certificates</source>
        <translation>轮换 RKE2 证书</translation>
    </message>
    <message>
        <source>Find out why the bundle is not ready</source>
        <translation>查明 Bundle 未就绪的原因</translation>
    </message>
    <message>
        <source>Find out why mcc-harvester is not ready</source>
        <translation>查明 mcc-harvester 未就绪的原因</translation>
    </message>
    <message>
        <source>Bring the nodes back, uncordon them, correct the witness&apos;s taint</source>
        <translation>恢复节点、取消封锁，并改正见证节点的污点</translation>
    </message>
    <message>
        <source>Cancel the eviction and wait</source>
        <translation>取消驱逐并等待</translation>
    </message>
    <message>
        <source>Set spec.paused to false: a paused cluster stalls the upgrade</source>
        <translation>把 spec.paused 设为 false：集群暂停会使升级卡住</translation>
    </message>
    <message>
        <source>Look for leftover machines</source>
        <translation>查找残留的 Machine</translation>
    </message>
    <message>
        <source>Wait for rebuilding, repair replicas, avoid single replicas</source>
        <translation>等待重建完成，修复副本，避免单副本</translation>
    </message>
    <message>
        <source>Detach the volumes</source>
        <translation>分离这些卷</translation>
    </message>
    <message>
        <source>Set minNumberOfCopies to 3</source>
        <translation>把 minNumberOfCopies 设为 3</translation>
    </message>
    <message>
        <source>Stop these VMs or eject the CD-ROM</source>
        <translation>停止这些虚拟机，或弹出 CD-ROM</translation>
    </message>
    <message>
        <source>Look at these pods</source>
        <translation>查看这些 Pod</translation>
    </message>
    <message>
        <source>Label the Secret with cluster.x-k8s.io/cluster-name=local</source>
        <translation>给 Secret 加上标签 cluster.x-k8s.io/cluster-name=local</translation>
    </message>
    <message>
        <source>Set refreshIntervalInSeconds, for example to 300</source>
        <translation>设置 refreshIntervalInSeconds，例如 300</translation>
    </message>
    <message>
        <source>Correct /oem/90_custom.yaml and /oem/harvester.config</source>
        <translation>改正 /oem/90_custom.yaml 和 /oem/harvester.config</translation>
    </message>
    <message>
        <source>Install the node anew: a small partition gives a corrupt system</source>
        <translation>重新安装该节点：分区过小会导致系统损坏</translation>
    </message>
    <message>
        <source>Enlarge the claims</source>
        <translation>扩大这些 PVC</translation>
    </message>
    <message>
        <source>Upgrade to a release in between first</source>
        <translation>先升级到中间版本</translation>
    </message>
    <message>
        <source>Remove the jobs for the time of the upgrade</source>
        <translation>升级期间移除这些任务</translation>
    </message>
    <message>
        <source>Stop these VMs, or accept that they are shut down</source>
        <translation>停止这些虚拟机，或接受它们会被关闭</translation>
    </message>
    <message>
        <source>Plan to install nodes with legacy BIOS anew</source>
        <translation>计划重新安装使用传统 BIOS 的节点</translation>
    </message>
    <message>
        <source>Give the node a fixed lease</source>
        <translation>为节点分配固定的 DHCP 租约</translation>
    </message>
    <message>
        <source>Move them to /oem/harvester.config</source>
        <translation>把它们移到 /oem/harvester.config</translation>
    </message>
    <message>
        <source>Set workloadUpdateMethods to [] and restore it afterwards</source>
        <translation>把 workloadUpdateMethods 设为 []，之后再恢复</translation>
    </message>
    <message>
        <source>Raise the limit to 4G before the upgrade</source>
        <translation>升级前把上限提高到 4G</translation>
    </message>
    <message>
        <source>Disable auto-delete-pod-when-volume-detached-unexpectedly during the upgrade</source>
        <translation>升级期间禁用 auto-delete-pod-when-volume-detached-unexpectedly</translation>
    </message>
    <message>
        <source>Set storageClass.defaultStorageClass to false in the chart&apos;s values</source>
        <translation>在 Chart 的 values 中把 storageClass.defaultStorageClass 设为 false</translation>
    </message>
    <message>
        <source>Punch holes into the file</source>
        <translation>为该文件打洞，释放空白块</translation>
    </message>
    <message>
        <source>Use a common CPU model</source>
        <translation>使用共同的 CPU 型号</translation>
    </message>
    <message>
        <source>Add them again after the upgrade</source>
        <translation>升级后再重新添加</translation>
    </message>
    <message>
        <source>Shut these VMs down before the upgrade</source>
        <translation>升级前关闭这些虚拟机</translation>
    </message>
    <message>
        <source>Read the known issue before the upgrade</source>
        <translation>升级前阅读该已知问题</translation>
    </message>
    <message>
        <source>Stop all VMs</source>
        <translation>停止所有虚拟机</translation>
    </message>
    <message>
        <source>Do not upgrade before this is changed</source>
        <translation>改变此项之前请不要升级</translation>
    </message>
    <message>
        <source>Use the documented workaround</source>
        <translation>使用文档中的临时解决方案</translation>
    </message>
    <message>
        <source>Passed</source>
        <translation>通过</translation>
    </message>
    <message>
        <source>Warning</source>
        <translation>警告</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>未通过</translation>
    </message>
    <message>
        <source>Could not check</source>
        <translation>无法检查</translation>
    </message>
    <message>
        <source>What will happen</source>
        <translation>将会发生什么</translation>
    </message>
    <message>
        <source>Collect evidence</source>
        <translation>收集证据</translation>
    </message>
    <message>
        <source>Check before the new attempt</source>
        <translation>再次尝试前的检查</translation>
    </message>
    <message>
        <source>Confirm</source>
        <translation>确认</translation>
    </message>
    <message>
        <source>Look once more</source>
        <translation>再查看一次</translation>
    </message>
    <message>
        <source>Delete the Upgrade</source>
        <translation>删除 Upgrade</translation>
    </message>
    <message>
        <source>Wait until the Upgrade is gone</source>
        <translation>等待 Upgrade 消失</translation>
    </message>
    <message>
        <source>Look for what was left behind</source>
        <translation>查找残留</translation>
    </message>
    <message>
        <source>Resume paused charts</source>
        <translation>恢复已暂停的 Chart</translation>
    </message>
    <message>
        <source>Wait until the charts are ready</source>
        <translation>等待 Chart 就绪</translation>
    </message>
    <message>
        <source>Look whether the cluster is clean</source>
        <translation>检查集群是否干净</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>Provide the version</source>
        <translation>提供版本</translation>
    </message>
    <message>
        <source>Upload the image again</source>
        <translation>重新上传镜像</translation>
    </message>
    <message>
        <source>Ask the cluster whether it would accept the new upgrade</source>
        <translation>询问集群是否会接受新的升级</translation>
    </message>
    <message>
        <source>Create the new upgrade</source>
        <translation>创建新的升级</translation>
    </message>
    <message>
        <source>Wait until Harvester has taken it up</source>
        <translation>等待 Harvester 开始处理</translation>
    </message>
    <message>
        <source>The new upgrade is under way</source>
        <translation>新的升级正在进行</translation>
    </message>
    <message>
        <source>Ended after the deletion</source>
        <translation>删除后结束</translation>
    </message>
    <message>
        <source>Not possible</source>
        <translation>无法进行</translation>
    </message>
    <message>
        <source>This upgrade is run by the upgrade manager (V2); Gleaner does not restart those</source>
        <translation>这个升级由 upgrade manager（V2）执行；Gleaner 不会重新开始这种升级</translation>
    </message>
    <message>
        <source>Cancelled; nothing was changed</source>
        <translation>已取消，没有做任何更改</translation>
    </message>
    <message>
        <source>There is another Upgrade now; nothing was deleted</source>
        <translation>现在是另一个 Upgrade；没有删除任何内容</translation>
    </message>
    <message>
        <source>The Upgrade changed meanwhile; nothing was deleted. Look again and confirm anew</source>
        <translation>Upgrade 在此期间发生了变化；没有删除任何内容。请重新查看并再次确认</translation>
    </message>
    <message>
        <source>That is not the Upgrade&apos;s name</source>
        <translation>这不是该 Upgrade 的名称</translation>
    </message>
    <message>
        <source>Evidence has to be collected first</source>
        <translation>必须先收集证据</translation>
    </message>
    <message>
        <source>The Upgrade names neither a version nor an image</source>
        <translation>Upgrade 既没有指定版本，也没有指定镜像</translation>
    </message>
    <message>
        <source>This was interrupted. What had not happened yet has to be confirmed anew</source>
        <translation>操作被中断。尚未执行的步骤需要重新确认</translation>
    </message>
    <message>
        <source>Somebody has started another upgrade: %1</source>
        <translation>有人启动了另一个升级：%1</translation>
    </message>
    <message>
        <source>The verdict does not allow it (%1)</source>
        <translation>当前判定不允许此操作（%1）</translation>
    </message>
    <message>
        <source>You are not allowed to do this: %1</source>
        <translation>你没有权限执行此操作：%1</translation>
    </message>
    <message>
        <source>The cluster refused: %1</source>
        <translation>集群拒绝了请求：%1</translation>
    </message>
    <message>
        <source>No usable answer: %2</source>
        <translation>没有可用的响应：%2</translation>
    </message>
    <message>
        <source>A check fails: %1</source>
        <translation>一项检查未通过：%1</translation>
    </message>
    <message>
        <source>Cluster fleet-local/local is provisioning: wait until it is Provisioned</source>
        <translation>集群 fleet-local/local 正在置备：请等待它变为 Provisioned</translation>
    </message>
    <message>
        <source>Harvester has not finished the deletion in %1 min. Look at Plan skip-manifests-remove and the harvester pods. Never remove the finalizer</source>
        <translation>Harvester 在 %1 分钟内没有完成删除。请查看 Plan skip-manifests-remove 和 harvester Pod。切勿移除 finalizer</translation>
    </message>
    <message>
        <source>Left from the stopped upgrade: %1. Look at it before a new one is started</source>
        <translation>已停止的升级残留：%1。启动新的升级之前请先查看</translation>
    </message>
    <message>
        <source>ManagedChart %1 does not become ready</source>
        <translation>ManagedChart %1 一直没有就绪</translation>
    </message>
    <message>
        <source>Harvester has not taken up %1 within a minute</source>
        <translation>Harvester 在一分钟内没有开始处理 %1</translation>
    </message>
    <message>
        <source>There is no upgrade</source>
        <translation>没有升级</translation>
    </message>
    <message>
        <source>The cluster has no Harvester API</source>
        <translation>集群没有 Harvester API</translation>
    </message>
    <message>
        <source>Not everything that decides is known</source>
        <translation>并非所有决定性因素都已知</translation>
    </message>
    <message>
        <source>%1 has completed</source>
        <translation>%1 已完成</translation>
    </message>
    <message>
        <source>Harvester has not taken up %1 yet</source>
        <translation>Harvester 尚未开始处理 %1</translation>
    </message>
    <message>
        <source>The clean-up of %1 is not over: a new upgrade would be refused</source>
        <translation>%1 的清理尚未结束：新的升级会被拒绝</translation>
    </message>
    <message>
        <source>%1 is being deleted for %2 min</source>
        <translation>%1 正在删除，已 %2 分钟</translation>
    </message>
    <message>
        <source>The clean-up of %1 has not ended in %2 min</source>
        <translation>%1 的清理在 %2 分钟内没有结束</translation>
    </message>
    <message>
        <source>It is in the phase “%1”; no node has been touched</source>
        <translation>它处于“%1”阶段；尚未触及任何节点</translation>
    </message>
    <message>
        <source>It failed in the phase “%1”; no node has been touched</source>
        <translation>它在“%1”阶段失败；尚未触及任何节点</translation>
    </message>
    <message>
        <source>This version was refused, and would be again: %1</source>
        <translation>这个版本已被拒绝，再次尝试仍会被拒绝：%1</translation>
    </message>
    <message>
        <source>Preloading on %1 runs for %2 min; up to 60 min are normal</source>
        <translation>%1 上的预加载已运行 %2 分钟；60 分钟以内都属正常</translation>
    </message>
    <message>
        <source>A preload Job failed: that is phase 2, not the node phase</source>
        <translation>一个预加载 Job 失败：这是阶段 2，不是节点阶段</translation>
    </message>
    <message>
        <source>Upgrading the system services failed (%1); no node has been touched</source>
        <translation>升级系统服务失败（%1）；尚未触及任何节点</translation>
    </message>
    <message>
        <source>%1 is still trying: pods at work %2, failed %3 of 7</source>
        <translation>%1 仍在尝试：工作中的 Pod %2 个，失败 %3 次，上限 7 次</translation>
    </message>
    <message>
        <source>%1 has ended, its result is about to be written</source>
        <translation>%1 已结束，即将写入结果</translation>
    </message>
    <message>
        <source>The system services are upgraded: the node phase is next and may begin at any moment</source>
        <translation>系统服务已升级：接下来是节点阶段，随时可能开始</translation>
    </message>
    <message>
        <source>%1 has succeeded: the node phase is next and may begin at any moment</source>
        <translation>%1 已成功：接下来是节点阶段，随时可能开始</translation>
    </message>
    <message>
        <source>The node phase is running</source>
        <translation>节点阶段正在进行</translation>
    </message>
    <message>
        <source>All nodes are upgraded, the upgrade is about to complete</source>
        <translation>所有节点已升级，升级即将完成</translation>
    </message>
    <message>
        <source>The node phase failed</source>
        <translation>节点阶段失败</translation>
    </message>
    <message>
        <source>The Upgrade&apos;s label says that the node phase has begun</source>
        <translation>Upgrade 的标签表明节点阶段已经开始</translation>
    </message>
    <message>
        <source>NodesUpgraded has the unknown status “%1”: the node phase may have begun</source>
        <translation>NodesUpgraded 的状态“%1”无法识别：节点阶段可能已经开始</translation>
    </message>
    <message>
        <source>Job %1 belongs to the node phase</source>
        <translation>Job %1 属于节点阶段</translation>
    </message>
    <message>
        <source>Plan %1 belongs to the node phase</source>
        <translation>Plan %1 属于节点阶段</translation>
    </message>
    <message>
        <source>Annotation %1 is written when the node phase begins</source>
        <translation>注解 %1 是在节点阶段开始时写入的</translation>
    </message>
    <message>
        <source>Rancher has been told to drain nodes for an upgrade</source>
        <translation>已要求 Rancher 为升级清空节点</translation>
    </message>
    <message>
        <source>The UpgradePlan is in phase %1</source>
        <translation>UpgradePlan 处于阶段 %1</translation>
    </message>
    <message>
        <source>Another upgrade, %1, is in its node phase</source>
        <translation>另一个升级 %1 正处于节点阶段</translation>
    </message>
    <message>
        <source>Another upgrade, %1, is not over: a new one would be refused</source>
        <translation>另一个升级 %1 尚未结束：新的升级会被拒绝</translation>
    </message>
    <message>
        <source>%1 is paused in the node phase</source>
        <translation>%1 在节点阶段暂停</translation>
    </message>
    <message>
        <source>%1 failed in the node phase</source>
        <translation>%1 在节点阶段失败</translation>
    </message>
    <message>
        <source>%1 has been touched: its state is %2</source>
        <translation>%1 已被触及：它的状态是 %2</translation>
    </message>
    <message>
        <source>Rancher has begun to drain the node of machine %1</source>
        <translation>Rancher 已开始清空 Machine %1 的节点</translation>
    </message>
    <message>
        <source>%1 has been touched: it carries the taint %2</source>
        <translation>%1 已被触及：它带有污点 %2</translation>
    </message>
    <message>
        <source>%1 has been touched: it waits for a reboot into %2</source>
        <translation>%1 已被触及：它正等待重启进入 %2</translation>
    </message>
    <message>
        <source>%1 has been touched: it already runs %2, others do not</source>
        <translation>%1 已被触及：它已在运行 %2，其他节点还没有</translation>
    </message>
    <message>
        <source>Nodes run different versions: %1</source>
        <translation>各节点运行的版本不同：%1</translation>
    </message>
    <message>
        <source>Cluster fleet-local/local is provisioning: deleting would be refused</source>
        <translation>集群 fleet-local/local 正在置备：删除会被拒绝</translation>
    </message>
    <message>
        <source>Cluster fleet-local/local is in phase %1, not Provisioned</source>
        <translation>集群 fleet-local/local 处于阶段 %1，而不是 Provisioned</translation>
    </message>
    <message>
        <source>%1 is not ready</source>
        <translation>%1 未就绪</translation>
    </message>
    <message>
        <source>%1 is cordoned</source>
        <translation>%1 已被封锁</translation>
    </message>
    <message>
        <source>%1 is in maintenance mode</source>
        <translation>%1 处于维护模式</translation>
    </message>
    <message>
        <source>%1 still carries the mark of a reboot that is over</source>
        <translation>%1 仍带有已结束的重启的标记</translation>
    </message>
    <message>
        <source>Volume %1 of %3 is %2</source>
        <translation>%3 的卷 %1 状态为 %2</translation>
    </message>
    <message>
        <source>A new upgrade can be started from Harvester&apos;s dashboard</source>
        <translation>可以在 Harvester 仪表板中启动新的升级</translation>
    </message>
    <message>
        <source>Dismiss the result; that also deletes the upgrade&apos;s logs</source>
        <translation>关闭结果提示；这也会删除升级的日志</translation>
    </message>
    <message>
        <source>Then stop the upgrade and start it again</source>
        <translation>然后停止升级并重新开始</translation>
    </message>
    <message>
        <source>Collect a diagnostic bundle and a Harvester support bundle now</source>
        <translation>现在收集诊断包和 Harvester Support Bundle</translation>
    </message>
    <message>
        <source>Ask SUSE support or the Harvester community with the bundle; do not delete the Upgrade</source>
        <translation>带着诊断包联系 SUSE 支持或 Harvester 社区；请不要删除 Upgrade</translation>
    </message>
    <message>
        <source>Collect a diagnostic bundle: deleting the Upgrade deletes its Jobs and logs</source>
        <translation>收集诊断包：删除 Upgrade 会一并删除它的 Job 和日志</translation>
    </message>
    <message>
        <source>Collect a bundle of this upgrade first; without it the cause is lost</source>
        <translation>先收集这个升级的诊断包；没有它就无法查明原因</translation>
    </message>
    <message>
        <source>Find and remove the cause, or it fails again</source>
        <translation>找到并消除原因，否则会再次失败</translation>
    </message>
    <message>
        <source>See what the node waits for and remove that: the upgrade goes on by itself</source>
        <translation>查看节点在等待什么并消除它：升级会自行继续</translation>
    </message>
    <message>
        <source>See what the Job waits for and fix that in place, or delete its pod: the script begins again and may run twice</source>
        <translation>查看 Job 在等待什么并就地修复，或删除它的 Pod：脚本会从头开始，可能会运行两次</translation>
    </message>
    <message>
        <source>Wait until the cluster can be read again</source>
        <translation>等待集群可以再次读取</translation>
    </message>
    <message>
        <source>Look at the objects named here; something is not as Harvester leaves it</source>
        <translation>查看此处列出的对象；其中有些与 Harvester 正常留下的状态不符</translation>
    </message>
    <message>
        <source>Wait until the clean-up has ended</source>
        <translation>等待清理结束</translation>
    </message>
    <message>
        <source>Wait until Harvester has finished the deletion</source>
        <translation>等待 Harvester 完成删除</translation>
    </message>
    <message>
        <source>It takes long: look at Plan skip-manifests-remove and the harvester pods. Never remove the finalizer</source>
        <translation>时间较长：请查看 Plan skip-manifests-remove 和 harvester Pod。切勿移除 finalizer</translation>
    </message>
    <message>
        <source>Wait until cluster fleet-local/local is Provisioned</source>
        <translation>等待集群 fleet-local/local 变为 Provisioned</translation>
    </message>
    <message>
        <source>Wait a moment; if nothing changes look at the harvester pods</source>
        <translation>请稍候；如果没有变化，请查看 harvester Pod</translation>
    </message>
    <message>
        <source>Keep the Version %1: it may be deleted by then</source>
        <translation>保存好 Version %1：到那时它可能已被删除</translation>
    </message>
    <message>
        <source>Choose a version that can be reached from this one; this needs at least %1</source>
        <translation>选择可以从当前版本升级到的版本；目标版本要求至少为 %1</translation>
    </message>
    <message>
        <source>Choose a version that can be reached from this one</source>
        <translation>选择可以从当前版本升级到的版本</translation>
    </message>
    <message>
        <source>Resume the paused node: %1</source>
        <translation>恢复已暂停的节点：%1</translation>
    </message>
    <message>
        <source>%1 may only be slow: waiting is better</source>
        <translation>%1 可能只是较慢：等待更稳妥</translation>
    </message>
    <message>
        <source>Bring %1 back to Ready</source>
        <translation>让 %1 恢复就绪（Ready）</translation>
    </message>
    <message>
        <source>Find out who cordoned %1, then uncordon it</source>
        <translation>查明是谁封锁了 %1，然后取消封锁</translation>
    </message>
    <message>
        <source>Take %1 out of maintenance mode</source>
        <translation>让 %1 退出维护模式</translation>
    </message>
    <message>
        <source>Let %1 end, or look at it first</source>
        <translation>让 %1 先结束，或先查看它</translation>
    </message>
    <message>
        <source>Ask for the permission to read %1</source>
        <translation>申请读取 %1 的权限</translation>
    </message>
    <message>
        <source>%1 has not been read yet</source>
        <translation>尚未读取 %1</translation>
    </message>
    <message>
        <source>The cluster does not serve %1</source>
        <translation>集群不提供 %1</translation>
    </message>
    <message>
        <source>%1 is not up to date: %2</source>
        <translation>%1 不是最新的：%2</translation>
    </message>
    <message>
        <source>You may not read %1: %2</source>
        <translation>你没有权限读取 %1：%2</translation>
    </message>
    <message>
        <source>The connection is lost</source>
        <translation>连接已断开</translation>
    </message>
    <message>
        <source>Cluster fleet-local/local (CAPI) has no phase or does not exist</source>
        <translation>集群 fleet-local/local（CAPI）没有阶段信息或不存在</translation>
    </message>
    <message>
        <source>Cluster fleet-local/local (provisioning) does not exist</source>
        <translation>集群 fleet-local/local（provisioning）不存在</translation>
    </message>
    <message>
        <source>There are no nodes</source>
        <translation>没有节点</translation>
    </message>
    <message>
        <source>The Upgrade is not labelled as the latest one</source>
        <translation>这个 Upgrade 没有被标记为最新</translation>
    </message>
    <message>
        <source>The UpgradePlan does not say in which phase it failed</source>
        <translation>UpgradePlan 没有说明它在哪个阶段失败</translation>
    </message>
    <message>
        <source>%1 Upgrades are labelled as the latest one</source>
        <translation>有 %1 个 Upgrade 被标记为最新</translation>
    </message>
    <message>
        <source>Condition %1 has the unknown status “%2”</source>
        <translation>状况 %1 的状态“%2”无法识别</translation>
    </message>
    <message>
        <source>Condition %1 is there twice</source>
        <translation>状况 %1 出现了两次</translation>
    </message>
    <message>
        <source>The label “%1” does not fit the conditions</source>
        <translation>标签“%1”与状况不符</translation>
    </message>
    <message>
        <source>The UpgradePlan&apos;s phase “%1” is not known</source>
        <translation>UpgradePlan 的阶段“%1”无法识别</translation>
    </message>
    <message>
        <source>%1 does not fit the earlier conditions</source>
        <translation>%1 与之前的状况不符</translation>
    </message>
    <message>
        <source>%1 has the unknown state “%2”</source>
        <translation>%1 的状态“%2”无法识别</translation>
    </message>
    <message>
        <source>Node %1 takes part in the upgrade and does not exist</source>
        <translation>节点 %1 参与升级，但不存在</translation>
    </message>
    <message>
        <source>Whether %1 is being drained is not known: its machine plan was not found</source>
        <translation>无法得知 %1 是否正在被清空：没有找到它的 machine plan</translation>
    </message>
    <message>
        <source>Whether %1 is ready is not known</source>
        <translation>无法得知 %1 是否就绪</translation>
    </message>
    <message>
        <source>Which versions %1 runs is not known</source>
        <translation>无法得知 %1 运行的是哪些版本</translation>
    </message>
    <message>
        <source>The Job %1 of this phase was not found</source>
        <translation>没有找到此阶段的 Job %1</translation>
    </message>
    <message>
        <source>Nothing to restart</source>
        <translation>无需重新开始</translation>
    </message>
    <message>
        <source>Wait</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Restart is safe</source>
        <translation>可以安全地重新开始</translation>
    </message>
    <message>
        <source>Restart after a bundle</source>
        <translation>收集诊断包后可重新开始</translation>
    </message>
    <message>
        <source>Better fix it in place</source>
        <translation>最好就地修复</translation>
    </message>
    <message>
        <source>Fix first</source>
        <translation>先修复</translation>
    </message>
    <message>
        <source>Do not restart</source>
        <translation>请不要重新开始</translation>
    </message>
    <message>
        <source>There is no upgrade that could be stopped and started again.</source>
        <translation>没有可以停止并重新开始的升级。</translation>
    </message>
    <message>
        <source>Not now: the cluster is busy with it, or not enough is known.</source>
        <translation>现在不行：集群正忙于此事，或已知信息不足。</translation>
    </message>
    <message>
        <source>The upgrade may be stopped and started again.</source>
        <translation>可以停止升级并重新开始。</translation>
    </message>
    <message>
        <source>The upgrade may be stopped and started again, once a bundle of it has been collected.</source>
        <translation>收集诊断包之后，可以停止升级并重新开始。</translation>
    </message>
    <message>
        <source>The upgrade is still trying: most causes can be fixed in place, and it goes on.</source>
        <translation>升级仍在尝试：大多数原因可以就地修复，升级会继续。</translation>
    </message>
    <message>
        <source>Stopping would leave the cluster without an upgrade: a new one would be refused until this is fixed.</source>
        <translation>停止后集群将处于没有升级的状态：在修复之前，新的升级会被拒绝。</translation>
    </message>
    <message>
        <source>Stopping now leaves nodes with different versions and can cost the cluster.</source>
        <translation>现在停止会使各节点停留在不同版本，并可能导致集群不可用。</translation>
    </message>
    <message>
        <source>No upgrade, or a finished one</source>
        <translation>没有升级，或升级已完成</translation>
    </message>
    <message>
        <source>Deletion under way</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>Failed, clean-up not over</source>
        <translation>已失败，清理尚未结束</translation>
    </message>
    <message>
        <source>Log infrastructure or repository</source>
        <translation>日志基础设施或仓库</translation>
    </message>
    <message>
        <source>Refused by the version guard</source>
        <translation>被版本检查拒绝</translation>
    </message>
    <message>
        <source>Preload, no node touched</source>
        <translation>预加载，尚未触及任何节点</translation>
    </message>
    <message>
        <source>System services failed, no node touched</source>
        <translation>系统服务失败，尚未触及任何节点</translation>
    </message>
    <message>
        <source>System services still retrying</source>
        <translation>系统服务仍在重试</translation>
    </message>
    <message>
        <source>At the door of the node phase</source>
        <translation>节点阶段即将开始</translation>
    </message>
    <message>
        <source>Node phase running</source>
        <translation>节点阶段正在进行</translation>
    </message>
    <message>
        <source>Node phase failed, or a node touched</source>
        <translation>节点阶段失败，或已触及节点</translation>
    </message>
    <message>
        <source>Node phase paused</source>
        <translation>节点阶段已暂停</translation>
    </message>
    <message>
        <source>A failed preload, not the node phase</source>
        <translation>预加载失败，不是节点阶段</translation>
    </message>
    <message>
        <source>Cluster is provisioning</source>
        <translation>集群正在置备</translation>
    </message>
    <message>
        <source>Node or volume not healthy</source>
        <translation>节点或卷不健康</translation>
    </message>
    <message>
        <source>Upgrade manager (V2)</source>
        <translation>Upgrade manager（V2）</translation>
    </message>
    <message>
        <source>Check of the webhook: one upgrade at a time</source>
        <translation>Webhook 检查：同一时间只有一个升级</translation>
    </message>
    <message>
        <source>Check of the webhook: clean-up over</source>
        <translation>Webhook 检查：清理已结束</translation>
    </message>
    <message>
        <source>Check of the webhook: cluster provisioned</source>
        <translation>Webhook 检查：集群已就绪（Provisioned）</translation>
    </message>
    <message>
        <source>Check of the webhook: nodes schedulable</source>
        <translation>Webhook 检查：节点可调度</translation>
    </message>
    <message>
        <source>%1 has ended or is being deleted</source>
        <translation>%1 已结束或正在被删除</translation>
    </message>
    <message>
        <source>Node %1 is not paused; its state is “%2”</source>
        <translation>节点 %1 没有暂停；它的状态是“%2”</translation>
    </message>
    <message>
        <source>The upgrade of node %1 has begun (“%2”); it can be paused no more</source>
        <translation>节点 %1 的升级已经开始（“%2”）；不能再暂停</translation>
    </message>
    <message>
        <source>Node %1 is to be paused already</source>
        <translation>节点 %1 已设为暂停</translation>
    </message>
    <message>
        <source>The Upgrade&apos;s pause map cannot be understood: %1</source>
        <translation>无法理解 Upgrade 的 pause map：%1</translation>
    </message>
    <message>
        <source>The storage network has addresses enough</source>
        <translation>存储网络的地址足够</translation>
    </message>
    <message>
        <source>The network of shared volumes has a free address</source>
        <translation>共享卷的网络还有空闲地址</translation>
    </message>
    <message>
        <source>Clocks of the nodes agree</source>
        <translation>各节点的时钟一致</translation>
    </message>
    <message>
        <source>Nothing else is going on in the cluster</source>
        <translation>集群中没有其他操作正在进行</translation>
    </message>
    <message>
        <source>No Intel i40e or ice network card changes its name</source>
        <translation>没有会改名的 Intel i40e 或 ice 网卡</translation>
    </message>
    <message>
        <source>Logging images are there or can be pulled</source>
        <translation>日志镜像已有或可以拉取</translation>
    </message>
    <message>
        <source>The BackingImage definition is new enough</source>
        <translation>BackingImage 的定义足够新</translation>
    </message>
    <message>
        <source>With a private registry nothing is preloaded</source>
        <translation>使用私有镜像仓库时不预加载</translation>
    </message>
    <message>
        <source>The log buffer has room for a long upgrade</source>
        <translation>日志缓冲区足够应付长时间的升级</translation>
    </message>
    <message>
        <source>Rancher and its Harvester extension fit the new version</source>
        <translation>Rancher 及其 Harvester 扩展适合新版本</translation>
    </message>
    <message>
        <source>No guest cluster runs on this cluster</source>
        <translation>这个集群上没有运行 guest 集群</translation>
    </message>
    <message>
        <source>There is a support bundle of the time before</source>
        <translation>有升级之前的 Support Bundle</translation>
    </message>
    <message>
        <source>Free addresses or enlarge the range: managers come twice for a while</source>
        <translation>释放地址或扩大范围：manager 会有一段时间成倍出现</translation>
    </message>
    <message>
        <source>Free an address or enlarge the range</source>
        <translation>释放一个地址或扩大范围</translation>
    </message>
    <message>
        <source>Correct the NTP servers of the nodes</source>
        <translation>更正节点的 NTP 服务器</translation>
    </message>
    <message>
        <source>Wait until it has ended; do not begin anything else during the upgrade</source>
        <translation>等它结束；升级期间不要开始其他操作</translation>
    </message>
    <message>
        <source>Look at the drivers on the nodes (ethtool -i); keep the names by kernel arguments</source>
        <translation>在节点上查看驱动（ethtool -i）；用内核参数保持网卡名称</translation>
    </message>
    <message>
        <source>Without Internet access import the logging images first</source>
        <translation>不能访问互联网时，先导入日志镜像</translation>
    </message>
    <message>
        <source>Apply the new BackingImage definition first</source>
        <translation>先应用新的 BackingImage 定义</translation>
    </message>
    <message>
        <source>Set the preload strategy to skip if the nodes pull from the registry</source>
        <translation>如果节点从镜像仓库拉取，把预加载策略设为 skip</translation>
    </message>
    <message>
        <source>Enlarge the claim if the upgrade will take long</source>
        <translation>如果升级会很久，扩大这个声明</translation>
    </message>
    <message>
        <source>Look there: the release notes name the versions that fit</source>
        <translation>到那里查看：发行说明写明了适合的版本</translation>
    </message>
    <message>
        <source>Plan for their nodes being moved or stopped</source>
        <translation>为其节点被迁移或停止做好计划</translation>
    </message>
    <message>
        <source>Generate one before you begin</source>
        <translation>开始之前先生成一个</translation>
    </message>
    <message>
        <source>not fetched</source>
        <translation>没有取得</translation>
    </message>
    <message>
        <source>no statistics</source>
        <translation>没有统计数据</translation>
    </message>
    <message>
        <source>no usable statistics</source>
        <translation>没有可用的统计数据</translation>
    </message>
    <message>
        <source>no node</source>
        <translation>没有节点</translation>
    </message>
    <message>
        <source>no Machine</source>
        <translation>没有 Machine</translation>
    </message>
    <message>
        <source>no ManagedChart</source>
        <translation>没有 ManagedChart</translation>
    </message>
    <message>
        <source>no certificate seen</source>
        <translation>没有看到证书</translation>
    </message>
    <message>
        <source>a version is not known</source>
        <translation>有版本未知</translation>
    </message>
    <message>
        <source>not in the table of releases</source>
        <translation>不在版本表中</translation>
    </message>
    <message>
        <source>not an IPv4 range</source>
        <translation>不是 IPv4 范围</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>未找到</translation>
    </message>
    <message>
        <source>names no version</source>
        <translation>没有写明版本</translation>
    </message>
    <message>
        <source>no lease and no NTP status</source>
        <translation>没有 Lease，也没有 NTP 状态</translation>
    </message>
    <message>
        <source>the driver of a network card is only known to the node</source>
        <translation>网卡的驱动只有节点知道</translation>
    </message>
    <message>
        <source>the Rancher that manages this cluster is another cluster</source>
        <translation>管理这个集群的 Rancher 是另一个集群</translation>
    </message>
    <message>
        <source>the server does not have it</source>
        <translation>服务器没有它</translation>
    </message>
    <message>
        <source>the connection has no certificate</source>
        <translation>连接没有证书</translation>
    </message>
    <message>
        <source>cannot be seen through an https proxy</source>
        <translation>经过 https 代理无法看到</translation>
    </message>
    <message>
        <source>the certificate shown is not the API server&apos;s own</source>
        <translation>看到的证书不是 API server 自己的</translation>
    </message>
    <message>
        <source>no answer in time</source>
        <translation>没有及时回答</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>已取消</translation>
    </message>
    <message>
        <source>no version to upgrade to</source>
        <translation>没有可以升级到的版本</translation>
    </message>
    <message>
        <source>What Harvester checks itself</source>
        <translation>Harvester 自己的检查</translation>
    </message>
    <message>
        <source>What the upgrade helper script checks</source>
        <translation>升级辅助脚本的检查</translation>
    </message>
    <message>
        <source>Documentation and release notes</source>
        <translation>文档与发行说明</translation>
    </message>
    <message>
        <source>Only on the nodes</source>
        <translation>只能在节点上进行</translation>
    </message>
    <message>
        <source>blocks the upgrade</source>
        <translation>阻止升级</translation>
    </message>
    <message>
        <source>the upgrade may hang</source>
        <translation>升级可能卡住</translation>
    </message>
    <message>
        <source>worth a look</source>
        <translation>值得一看</translation>
    </message>
    <message>
        <source>good to know</source>
        <translation>供参考</translation>
    </message>
    <message>
        <source>The server has not been asked</source>
        <translation>还没有询问服务器</translation>
    </message>
    <message>
        <source>The server would accept this upgrade</source>
        <translation>服务器会接受这次升级</translation>
    </message>
    <message>
        <source>The server would refuse this upgrade</source>
        <translation>服务器会拒绝这次升级</translation>
    </message>
    <message>
        <source>You may not create upgrades, so the server could not be asked</source>
        <translation>你没有创建升级的权限，因此无法询问服务器</translation>
    </message>
    <message>
        <source>The server gave no answer</source>
        <translation>服务器没有回答</translation>
    </message>
</context>
<context>
    <name>session::LiveDiagnosis</name>
    <message>
        <source>: not read to its end in time</source>
        <translation>：未能及时读完</translation>
    </message>
    <message numerus="yes">
        <source>%n more log(s): no time was left</source>
        <translation>
            <numerusform>另有 %n 个日志：没有剩余时间</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more log(s): there are too many</source>
        <translation>
            <numerusform>另有 %n 个日志：数量过多</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>session::Session</name>
    <message>
        <source>Waiting for the login plugin %1</source>
        <translation>正在等待登录插件 %1</translation>
    </message>
</context>
<context>
    <name>ui</name>
    <message>
        <source>Being deleted</source>
        <translation>正在删除</translation>
    </message>
    <message>
        <source>Cleaning up</source>
        <translation>正在清理</translation>
    </message>
    <message>
        <source>Not connected</source>
        <translation>未连接</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connected in part</source>
        <translation>部分连接</translation>
    </message>
    <message>
        <source>Waits for your consent</source>
        <translation>等待你的同意</translation>
    </message>
    <message>
        <source>Login refused</source>
        <translation>登录被拒绝</translation>
    </message>
    <message>
        <source>Not reachable</source>
        <translation>无法到达</translation>
    </message>
    <message>
        <source>Cannot connect</source>
        <translation>无法连接</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>正在连接</translation>
    </message>
    <message>
        <source>retrying now</source>
        <translation>正在重试</translation>
    </message>
    <message>
        <source>retry in %1</source>
        <translation>%1后重试</translation>
    </message>
    <message>
        <source>Not a Harvester cluster</source>
        <translation>不是 Harvester 集群</translation>
    </message>
    <message>
        <source>No upgrade</source>
        <translation>没有升级</translation>
    </message>
    <message>
        <source>No other version is offered.</source>
        <translation>没有其他可用版本。</translation>
    </message>
    <message>
        <source>There is no context “%1”</source>
        <translation>没有名为“%1”的上下文</translation>
    </message>
    <message>
        <source>It was asked for when Gleaner was started, but %1 does not have it. Choose a cluster in the list; when the context is added to the file, it opens by itself.</source>
        <translation>启动 Gleaner 时指定了它，但 %1 中没有。请在列表中选择一个集群；将该上下文添加到文件后，它会自动打开。</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more file(s)</source>
        <translation>
            <numerusform>%1 以及另外 %n 个文件</numerusform>
        </translation>
    </message>
    <message>
        <source>Offered versions: %1</source>
        <translation>可用版本：%1</translation>
    </message>
    <message>
        <source>Started %1, finished %2</source>
        <translation>开始于 %1，结束于 %2</translation>
    </message>
    <message>
        <source>Started %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation>大约还需 %1</translation>
    </message>
    <message>
        <source>as of %1 ago</source>
        <translation>%1前的数据</translation>
    </message>
    <message>
        <source>To sign in, this kubeconfig runs a program on your computer.</source>
        <translation>登录时，此 kubeconfig 会在你的电脑上运行一个程序。</translation>
    </message>
    <message>
        <source>It sets the variables %1.</source>
        <translation>它会设置变量 %1。</translation>
    </message>
    <message>
        <source>Named in %1</source>
        <translation>来自 %1</translation>
    </message>
    <message>
        <source>Run it only when you trust the file. You are asked again when the command changes.</source>
        <translation>只有在你信任该文件时才运行。命令更改后会再次询问。</translation>
    </message>
    <message>
        <source>The rest of the board is up to date.</source>
        <translation>升级看板的其余部分是最新的。</translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>复制详细信息</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run %1</source>
        <comment>a program</comment>
        <translation>运行 %1</translation>
    </message>
    <message>
        <source>Do not run it</source>
        <translation>不运行</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>%1 %</source>
        <comment>a percentage; %1 is a whole number</comment>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Skipped</source>
        <translation>已跳过</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>no</source>
        <translation>否</translation>
    </message>
    <message>
        <source>not known</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Preloaded: %1
Pre-drained: %2
RKE2 runtime: %3
Operating system: %4
Back: %5</source>
        <translation>预加载：%1
预清空：%2
RKE2 运行时：%3
操作系统：%4
恢复：%5</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>……以及另外 %n 个</numerusform>
        </translation>
    </message>
    <message>
        <source>No kubeconfig yet</source>
        <translation>还没有 kubeconfig</translation>
    </message>
    <message>
        <source>Gleaner reaches clusters through kubeconfig files. None was found in %1. In Harvester, “Download KubeConfig” is on the Support page; on a node it is /etc/rancher/rke2/rke2.yaml.</source>
        <translation>Gleaner 通过 kubeconfig 文件连接集群，但在 %1 中没有找到。在 Harvester 中，可在支持（Support）页面单击“Download KubeConfig”；在节点上，该文件是 /etc/rancher/rke2/rke2.yaml。</translation>
    </message>
    <message>
        <source>No cluster can be used</source>
        <translation>没有可用的集群</translation>
    </message>
    <message>
        <source>The kubeconfig was read, but nothing in it can be connected. Correct it; changes are noticed by themselves.</source>
        <translation>已读取 kubeconfig，但其中没有可以连接的集群。请更正它，更改会被自动发现。</translation>
    </message>
    <message>
        <source>Open kubeconfig…</source>
        <translation>打开 kubeconfig……</translation>
    </message>
    <message>
        <source>Try the demo</source>
        <translation>试用演示</translation>
    </message>
    <message>
        <source>Reading the kubeconfig</source>
        <translation>正在读取 kubeconfig</translation>
    </message>
    <message>
        <source>Choose a cluster</source>
        <translation>选择集群</translation>
    </message>
    <message>
        <source>Click a cluster in the list to connect to it. Nothing is contacted before that.</source>
        <translation>单击列表中的集群即可连接。在此之前不会连接任何集群。</translation>
    </message>
    <message>
        <source>%1 cannot be used</source>
        <translation>无法使用 %1</translation>
    </message>
    <message>
        <source>Its kubeconfig entry has problems. Correct the file; changes are noticed by themselves.</source>
        <translation>它的 kubeconfig 条目有问题。请更正文件，更改会被自动发现。</translation>
    </message>
    <message>
        <source>Reload kubeconfig</source>
        <translation>重新加载 kubeconfig</translation>
    </message>
    <message>
        <source>%1 is not connected</source>
        <translation>%1 未连接</translation>
    </message>
    <message>
        <source>Server %1</source>
        <translation>服务器 %1</translation>
    </message>
    <message>
        <source>Connect to %1</source>
        <translation>连接到 %1</translation>
    </message>
    <message>
        <source>%1 is not a Harvester cluster</source>
        <translation>%1 不是 Harvester 集群</translation>
    </message>
    <message>
        <source>The server answers, but has no API group harvesterhci.io. In a kubeconfig from Rancher, choose the context of the Harvester cluster itself.</source>
        <translation>服务器有响应，但没有 API 组 harvesterhci.io。如果 kubeconfig 来自 Rancher，请选择 Harvester 集群本身的上下文。</translation>
    </message>
    <message>
        <source>Connecting to %1</source>
        <translation>正在连接 %1</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>%1 waits for your consent</source>
        <translation>%1 等待你的同意</translation>
    </message>
    <message>
        <source>Nothing was run yet.</source>
        <translation>尚未运行任何程序。</translation>
    </message>
    <message>
        <source>There is no earlier board of %1 to show.</source>
        <translation>没有 %1 的历史看板可以显示。</translation>
    </message>
    <message>
        <source>This past upgrade cannot be read</source>
        <translation>无法读取这个过去的升级</translation>
    </message>
    <message>
        <source>Close the past upgrade</source>
        <translation>关闭过去的升级</translation>
    </message>
    <message>
        <source>There is no board of this upgrade</source>
        <translation>没有这个升级的看板</translation>
    </message>
    <message>
        <source>No history of its objects was kept. Logs that were kept are files in %1.</source>
        <translation>没有保留它的对象历史。已保留的日志是 %1 中的文件。</translation>
    </message>
    <message>
        <source>Opening the past upgrade</source>
        <translation>正在打开过去的升级</translation>
    </message>
    <message>
        <source>Read from %1</source>
        <comment>a folder</comment>
        <translation>读取自 %1</translation>
    </message>
    <message>
        <source>Logs are kept in %1</source>
        <comment>a folder</comment>
        <translation>日志保存在 %1</translation>
    </message>
    <message>
        <source>Every log line of the upgrade and each version of its objects, from the moment Gleaner was connected. Secrets are never kept.</source>
        <translation>从 Gleaner 连接的那一刻起，保存升级的每一行日志和各对象的每个版本。绝不保存 Secret。</translation>
    </message>
    <message>
        <source>The limit of what is kept is reached; the rest is not kept</source>
        <translation>已达到保存上限；其余内容不会保存</translation>
    </message>
    <message>
        <source>Another window keeps the logs</source>
        <translation>另一个窗口正在保存日志</translation>
    </message>
    <message>
        <source>Another window (%1) keeps the logs</source>
        <comment>host and process</comment>
        <translation>另一个窗口（%1）正在保存日志</translation>
    </message>
    <message>
        <source>This window reads what the other one writes, and goes on by itself when it closes.</source>
        <translation>此窗口读取另一个窗口写入的内容；那个窗口关闭后，由此窗口自动接着保存。</translation>
    </message>
    <message>
        <source>Logs are not kept</source>
        <translation>日志没有被保存</translation>
    </message>
    <message>
        <source>Logs are not kept: %1</source>
        <translation>日志没有被保存：%1</translation>
    </message>
    <message>
        <source>The keeping of logs has stopped: %1</source>
        <translation>日志保存已停止：%1</translation>
    </message>
    <message>
        <source>The disk is full: logs are not kept at present.</source>
        <translation>磁盘已满：目前无法保存日志。</translation>
    </message>
    <message>
        <source>Logs are not kept at present: the folder cannot be written.</source>
        <translation>目前无法保存日志：文件夹不可写入。</translation>
    </message>
    <message>
        <source>Free some space there; Gleaner goes on by itself. What was kept before is safe, and what the pods still have is read then.</source>
        <translation>请在该磁盘上释放一些空间；Gleaner 会自动继续。之前保存的内容是安全的，Pod 中仍有的内容届时会读取。</translation>
    </message>
    <message>
        <source>Make the folder writable for you; Gleaner tries again by itself. What was kept before is safe.</source>
        <translation>请让你对该文件夹有写入权限；Gleaner 会自动重试。之前保存的内容是安全的。</translation>
    </message>
    <message>
        <source>Gleaner tries again by itself. What was kept before is safe.</source>
        <translation>Gleaner 会自动重试。之前保存的内容是安全的。</translation>
    </message>
    <message>
        <source>Cannot be read: %1</source>
        <translation>无法读取：%1</translation>
    </message>
    <message>
        <source>%1 · being kept now</source>
        <comment>state of an upgrade</comment>
        <translation>%1 · 正在保存</translation>
    </message>
    <message>
        <source>%1 when last seen</source>
        <comment>state of an upgrade</comment>
        <translation>最后一次看到时：%1</translation>
    </message>
    <message>
        <source>Kept from %1 to %2</source>
        <translation>保存时段：%1 至 %2</translation>
    </message>
    <message>
        <source>No longer kept: dropped for its age on %1</source>
        <translation>已不再保留：因时间过久于 %1 删除</translation>
    </message>
    <message>
        <source>No longer kept: dropped on %1 to make room</source>
        <translation>已不再保留：为腾出空间于 %1 删除</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>Put back</source>
        <comment>a failed upgrade&apos;s changes; state of the cleanup phase</comment>
        <translation>已复原</translation>
    </message>
    <message>
        <source>Putting back</source>
        <comment>a failed upgrade&apos;s changes; state of the cleanup</comment>
        <translation>正在复原</translation>
    </message>
    <message>
        <source>Nothing was known yet at this moment</source>
        <translation>此刻还一无所知</translation>
    </message>
    <message>
        <source>Gleaner had just been connected and was still reading the cluster. Choose a later moment.</source>
        <translation>Gleaner 刚刚连接，仍在读取集群。请选择更晚的时刻。</translation>
    </message>
    <message>
        <source>Another context of this window keeps the logs</source>
        <translation>此窗口的另一个上下文正在保存日志</translation>
    </message>
    <message>
        <source>Both contexts lead to the same cluster. Every log is kept once.</source>
        <translation>两个上下文指向同一个集群。每份日志只保存一次。</translation>
    </message>
    <message>
        <source>Close the bundle</source>
        <translation>关闭诊断包</translation>
    </message>
    <message>
        <source>This bundle cannot be read</source>
        <translation>无法读取此诊断包</translation>
    </message>
    <message>
        <source>There is no board in this bundle</source>
        <translation>此诊断包中没有看板</translation>
    </message>
    <message>
        <source>It has no Upgrade object, so where the upgrade stands is not known. What its objects and logs say is printed by the command below.</source>
        <translation>其中没有 Upgrade 对象，因此无法得知升级进行到哪一步。下面的命令会输出其中的对象和日志所说明的问题。</translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n 个对象</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n log(s)</source>
        <translation>
            <numerusform>%n 个日志</numerusform>
        </translation>
    </message>
    <message>
        <source>Opening the bundle</source>
        <translation>正在打开诊断包</translation>
    </message>
</context>
<context>
    <name>ui::BoardMenu</name>
    <message>
        <source>Show as YAML</source>
        <translation>显示为 YAML</translation>
    </message>
    <message>
        <source>Show the log of %1</source>
        <translation>显示 %1 的日志</translation>
    </message>
</context>
<context>
    <name>ui::BoardView</name>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Nodes or timeline</source>
        <translation>节点或时间线</translation>
    </message>
    <message>
        <source>Node %1 is done.</source>
        <translation>节点 %1 已完成。</translation>
    </message>
    <message>
        <source>Upgrade: %1.</source>
        <translation>升级：%1。</translation>
    </message>
    <message>
        <source>Past upgrades</source>
        <translation>过去的升级</translation>
    </message>
</context>
<context>
    <name>ui::CheckModel</name>
    <message>
        <source>The server&apos;s own answer</source>
        <translation>服务器自己的回答</translation>
    </message>
    <message>
        <source>%1 of %2 passed</source>
        <extracomment>of a group of checks: passed, all</extracomment>
        <translation>通过 %1 / %2</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>手动</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>正在检查…</translation>
    </message>
    <message>
        <source>Not made</source>
        <translation>未检查</translation>
    </message>
    <message>
        <source>%1 and %2 more</source>
        <extracomment>an object and how many others</extracomment>
        <translation>%1 及另外 %2 个</translation>
    </message>
    <message>
        <source>It stops at its first refusal; the checks below show everything at once.</source>
        <translation>它在第一个拒绝处停止；下面的检查一次显示全部。</translation>
    </message>
    <message>
        <source>Only a shell on the node can tell. As root on each node:</source>
        <translation>只有在节点的 shell 中才能知道。以 root 身份在每个节点上运行：</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>发现的内容</translation>
    </message>
</context>
<context>
    <name>ui::ChecksView</name>
    <message>
        <source>Pre-checks</source>
        <translation>升级前检查</translation>
    </message>
    <message>
        <source>%1 passed, %2 with a warning, %3 failed, %4 could not be checked</source>
        <translation>通过 %1 项，警告 %2 项，失败 %3 项，无法检查 %4 项</translation>
    </message>
    <message>
        <source>Checking: %1 of %2 requests answered</source>
        <translation>正在检查：%2 个请求中已有 %1 个得到回应</translation>
    </message>
    <message>
        <source>Not made yet</source>
        <translation>尚未检查</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Check all again</source>
        <translation>全部重新检查</translation>
    </message>
    <message>
        <source>Save the pre-checks</source>
        <translation>保存升级前检查</translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation>JSON (*.json)</translation>
    </message>
    <message>
        <source>Saved to %1</source>
        <translation>已保存到 %1</translation>
    </message>
    <message>
        <source>%1 cannot be written: %2</source>
        <translation>无法写入 %1：%2</translation>
    </message>
    <message>
        <source>%1 of %2 passed</source>
        <translation>通过 %1 / %2</translation>
    </message>
    <message>
        <source>Check this one again</source>
        <translation>重新检查这一项</translation>
    </message>
    <message>
        <source>Save as JSON…</source>
        <translation>另存为 JSON…</translation>
    </message>
    <message>
        <source>Back to the board</source>
        <translation>返回看板</translation>
    </message>
    <message>
        <source>What is known of the selected check</source>
        <translation>所选检查的详情</translation>
    </message>
    <message>
        <source>Progress of the pre-checks</source>
        <translation>升级前检查的进度</translation>
    </message>
</context>
<context>
    <name>ui::ClusterModel</name>
    <message>
        <source>Cannot be used</source>
        <translation>无法使用</translation>
    </message>
    <message>
        <source>User %1</source>
        <translation>用户 %1</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>已加星标</translation>
    </message>
    <message>
        <source>Demo clusters</source>
        <translation>演示集群</translation>
    </message>
</context>
<context>
    <name>ui::ClustersView</name>
    <message numerus="yes">
        <source>%n problem(s) in kubeconfig files</source>
        <translation>
            <numerusform>kubeconfig 文件中有 %n 个问题</numerusform>
        </translation>
    </message>
    <message>
        <source>Retry now</source>
        <translation>立即重试</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Connect</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>Remove star</source>
        <translation>取消星标</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>加星标</translation>
    </message>
    <message>
        <source>Copy context name</source>
        <translation>复制上下文名称</translation>
    </message>
    <message>
        <source>Clusters</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Filter clusters</source>
        <translation>筛选集群</translation>
    </message>
</context>
<context>
    <name>ui::Guidance</name>
    <message>
        <source>any release</source>
        <translation>任何版本</translation>
    </message>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Caution.</source>
        <translation>注意：</translation>
    </message>
    <message>
        <source>Tip.</source>
        <translation>提示：</translation>
    </message>
    <message>
        <source>Note.</source>
        <translation>说明：</translation>
    </message>
    <message>
        <source>When upgrading from a release before v%1:</source>
        <translation>从 v%1 之前的版本升级时：</translation>
    </message>
    <message>
        <source>When upgrading from v%1 or older:</source>
        <translation>从 v%1 或更早版本升级时：</translation>
    </message>
    <message>
        <source>When upgrading from v%1:</source>
        <translation>从 v%1 升级时：</translation>
    </message>
    <message>
        <source>When upgrading from v%1 or newer:</source>
        <translation>从 v%1 或更高版本升级时：</translation>
    </message>
    <message>
        <source>When upgrading from a release after v%1:</source>
        <translation>从 v%1 之后的版本升级时：</translation>
    </message>
    <message>
        <source>When upgrading to a release before v%1:</source>
        <translation>升级到 v%1 之前的版本时：</translation>
    </message>
    <message>
        <source>When upgrading to v%1 or older:</source>
        <translation>升级到 v%1 或更早版本时：</translation>
    </message>
    <message>
        <source>When upgrading to v%1:</source>
        <translation>升级到 v%1 时：</translation>
    </message>
    <message>
        <source>When upgrading to v%1 or newer:</source>
        <translation>升级到 v%1 或更高版本时：</translation>
    </message>
    <message>
        <source>When upgrading to a release after v%1:</source>
        <translation>升级到 v%1 之后的版本时：</translation>
    </message>
    <message>
        <source>Names in &lt;angle brackets&gt; are not known here: put yours in.</source>
        <translation>&lt;尖括号&gt; 中的名称在此未知，请替换为实际名称。</translation>
    </message>
    <message>
        <source>Known issue %1</source>
        <translation>已知问题 %1</translation>
    </message>
    <message>
        <source>Phases</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Common operations</source>
        <translation>常用操作</translation>
    </message>
    <message>
        <source>Known issues</source>
        <translation>已知问题</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>概述</translation>
    </message>
    <message>
        <source>From %1 to %2</source>
        <comment>releases</comment>
        <translation>从 %1 升级到 %2</translation>
    </message>
    <message>
        <source>Not reported for this cluster&apos;s releases (%1).</source>
        <translation>没有针对此集群版本（%1）的报告。</translation>
    </message>
    <message>
        <source>Restarting the upgrade: allowed</source>
        <translation>重新开始升级：可以</translation>
    </message>
    <message>
        <source>Restarting the upgrade: only after a support bundle</source>
        <translation>重新开始升级：必须先生成 Support Bundle</translation>
    </message>
    <message>
        <source>Restarting the upgrade: never without SUSE support</source>
        <translation>重新开始升级：未经 SUSE 技术支持同意不可以</translation>
    </message>
    <message>
        <source>Restarting the upgrade: not needed</source>
        <translation>重新开始升级：不需要</translation>
    </message>
    <message>
        <source>Known issues, %1 → %2</source>
        <translation>已知问题，%1 → %2</translation>
    </message>
    <message>
        <source>Known issues of other releases</source>
        <translation>其他版本的已知问题</translation>
    </message>
    <message>
        <source>See also</source>
        <translation>相关链接</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s) found</source>
        <translation>
            <numerusform>找到 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing about “%1”</source>
        <translation>没有关于“%1”的内容</translation>
    </message>
    <message>
        <source>Try fewer words, or a word of the log or the message.</source>
        <translation>请减少搜索词，或使用日志或消息中的词语。</translation>
    </message>
</context>
<context>
    <name>ui::GuidancePane</name>
    <message>
        <source>Guidance</source>
        <translation>操作指南</translation>
    </message>
    <message>
        <source>No browser opens links here. The address is %1</source>
        <translation>此处没有可打开链接的浏览器。地址为 %1</translation>
    </message>
    <message>
        <source>Copied: %1</source>
        <translation>已复制：%1</translation>
    </message>
    <message>
        <source>The page was copied.</source>
        <translation>页面已复制。</translation>
    </message>
    <message>
        <source>Search the manual</source>
        <translation>搜索手册</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>目录</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>后退</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>前进</translation>
    </message>
    <message>
        <source>Copy the page</source>
        <translation>复制页面</translation>
    </message>
    <message>
        <source>Print the page…</source>
        <translation>打印页面…</translation>
    </message>
    <message>
        <source>Close guidance</source>
        <translation>关闭操作指南</translation>
    </message>
</context>
<context>
    <name>ui::HeaderView</name>
    <message>
        <source>Context %1</source>
        <translation>上下文 %1</translation>
    </message>
    <message>
        <source>Last news %1</source>
        <translation>最后一次更新：%1</translation>
    </message>
    <message>
        <source>Elapsed %1</source>
        <translation>已用 %1</translation>
    </message>
    <message>
        <source>TLS not verified</source>
        <translation>未验证 TLS</translation>
    </message>
    <message>
        <source>This context says insecure-skip-tls-verify: anybody on the way can read and change what you see.</source>
        <translation>此上下文设置了 insecure-skip-tls-verify：网络路径上的任何人都能读取并篡改你看到的内容。</translation>
    </message>
    <message>
        <source>Acting as %1</source>
        <translation>以 %1 的身份操作</translation>
    </message>
    <message>
        <source>Demo</source>
        <translation>演示</translation>
    </message>
    <message>
        <source>Simulated clusters on this computer. Nothing here is real.</source>
        <translation>这些集群是在本机上模拟的，没有任何内容是真实的。</translation>
    </message>
    <message>
        <source>Stuck</source>
        <translation>卡住</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>%1, line %2</source>
        <comment>an object and a line of its log</comment>
        <translation>%1，第 %2 行</translation>
    </message>
    <message>
        <source>Show the evidence: %1</source>
        <translation>显示依据：%1</translation>
    </message>
    <message numerus="yes">
        <source>%n older upgrade(s) in this cluster</source>
        <translation>
            <numerusform>此集群中还有 %n 个更早的升级</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::JobModel</name>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n 次尝试</numerusform>
        </translation>
    </message>
    <message>
        <source>Job is gone, its pod is left</source>
        <translation>Job 已不存在，只剩下它的 Pod</translation>
    </message>
    <message>
        <source>Started %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>Finished %1</source>
        <translation>结束于 %1</translation>
    </message>
    <message>
        <source>Pod of no Job</source>
        <translation>不属于任何 Job 的 Pod</translation>
    </message>
</context>
<context>
    <name>ui::KeepingLine</name>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
</context>
<context>
    <name>ui::LogFilterBar</name>
    <message>
        <source>Show only lines with</source>
        <translation>只显示包含以下内容的行</translation>
    </message>
    <message>
        <source>Hide lines with</source>
        <translation>隐藏包含以下内容的行</translation>
    </message>
    <message>
        <source>Regular expressions</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Show all lines</source>
        <translation>显示所有行</translation>
    </message>
    <message>
        <source>All levels</source>
        <translation>所有级别</translation>
    </message>
    <message>
        <source>Warnings and errors</source>
        <translation>警告和错误</translation>
    </message>
    <message>
        <source>Errors</source>
        <translation>错误</translation>
    </message>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
</context>
<context>
    <name>ui::LogPane</name>
    <message>
        <source>Jobs</source>
        <translation>Job</translation>
    </message>
    <message>
        <source>Jobs (%1)</source>
        <translation>Job（%1）</translation>
    </message>
    <message>
        <source>No Jobs yet.</source>
        <translation>还没有 Job。</translation>
    </message>
    <message>
        <source>No Jobs for this selection.</source>
        <translation>所选内容没有 Job。</translation>
    </message>
    <message>
        <source>This Job has no pods left, so it has no log in the cluster.</source>
        <translation>这个 Job 已经没有 Pod，因此集群中没有它的日志。</translation>
    </message>
    <message>
        <source>No lines yet.</source>
        <translation>还没有日志行。</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在打开</translation>
    </message>
    <message>
        <source>Following</source>
        <translation>正在跟踪</translation>
    </message>
    <message>
        <source>Live; the view stays where you are</source>
        <translation>实时更新；视图停留在当前位置</translation>
    </message>
    <message>
        <source>Waits for the container to start</source>
        <translation>等待容器启动</translation>
    </message>
    <message>
        <source>Reconnecting</source>
        <translation>正在重新连接</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Cannot be read</source>
        <translation>无法读取</translation>
    </message>
    <message numerus="yes">
        <source>the first %n line(s) are no longer kept</source>
        <translation>
            <numerusform>最早的 %n 行已不再保留</numerusform>
        </translation>
    </message>
    <message>
        <source>Jobs (%1 of %2)</source>
        <translation>Job（%1 / %2）</translation>
    </message>
    <message>
        <source>Show as YAML</source>
        <translation>以 YAML 显示</translation>
    </message>
    <message>
        <source>Pod or container</source>
        <translation>Pod 或容器</translation>
    </message>
    <message>
        <source>All pods</source>
        <translation>所有 Pod</translation>
    </message>
    <message>
        <source>Kept by another window</source>
        <translation>由另一个窗口保存</translation>
    </message>
    <message>
        <source>Waits for its turn or for the container to start</source>
        <translation>正在排队，或等待容器启动</translation>
    </message>
    <message>
        <source>Being read</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>The pod went before everything was read</source>
        <translation>Pod 在全部读完之前就消失了</translation>
    </message>
    <message>
        <source>The disk takes nothing at present; reading waits, and no line is lost while the pod has it</source>
        <translation>磁盘目前无法写入；读取暂停，只要 Pod 还在就不会丢失任何一行</translation>
    </message>
    <message>
        <source>The limit for this log is reached; the rest is not kept</source>
        <translation>已达到此日志的上限；其余内容不会保存</translation>
    </message>
</context>
<context>
    <name>ui::LogRules</name>
    <message>
        <source>Yellow</source>
        <translation>黄色</translation>
    </message>
    <message>
        <source>Green</source>
        <translation>绿色</translation>
    </message>
    <message>
        <source>Blue</source>
        <translation>蓝色</translation>
    </message>
    <message>
        <source>Violet</source>
        <translation>紫色</translation>
    </message>
    <message>
        <source>Pink</source>
        <translation>粉色</translation>
    </message>
    <message>
        <source>Orange</source>
        <translation>橙色</translation>
    </message>
</context>
<context>
    <name>ui::LogRulesDialog</name>
    <message>
        <source>Highlight rules</source>
        <translation>高亮规则</translation>
    </message>
    <message>
        <source>Text that is coloured in every log. Rules further down go over those above.</source>
        <translation>在所有日志中着色的文本。靠下的规则优先于靠上的规则。</translation>
    </message>
    <message>
        <source>Add a rule</source>
        <translation>添加规则</translation>
    </message>
    <message>
        <source>Use this rule</source>
        <translation>使用此规则</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文本</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Remove this rule</source>
        <translation>删除此规则</translation>
    </message>
</context>
<context>
    <name>ui::LogSaver</name>
    <message>
        <source>The log changed while it was read</source>
        <translation>读取时日志发生了变化</translation>
    </message>
</context>
<context>
    <name>ui::LogSearchBar</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Find in the log</source>
        <translation>在日志中查找</translation>
    </message>
    <message>
        <source>Match case</source>
        <translation>区分大小写</translation>
    </message>
    <message>
        <source>Whole words</source>
        <translation>全字匹配</translation>
    </message>
    <message>
        <source>Regular expression</source>
        <translation>正则表达式</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>上一个匹配</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>下一个匹配</translation>
    </message>
    <message>
        <source>List all matches</source>
        <translation>列出所有匹配</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>关闭搜索</translation>
    </message>
    <message>
        <source>Lines around each match</source>
        <translation>每个匹配前后的行数</translation>
    </message>
</context>
<context>
    <name>ui::LogView</name>
    <message>
        <source>Log</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Copy lines</source>
        <translation>复制所选行</translation>
    </message>
    <message>
        <source>Select all</source>
        <translation>全选</translation>
    </message>
    <message>
        <source>Go to the end</source>
        <translation>跳到末尾</translation>
    </message>
    <message>
        <source>Pod %1</source>
        <translation>Pod %1</translation>
    </message>
    <message>
        <source>Container restarted: %1</source>
        <translation>容器已重启：%1</translation>
    </message>
    <message>
        <source>Reconnected; no line is missing</source>
        <translation>已重新连接，没有丢失日志行</translation>
    </message>
    <message>
        <source>Lines may be missing here: the log was rotated or the earlier container is gone</source>
        <translation>此处可能缺少日志行：日志已轮转，或之前的容器已不存在</translation>
    </message>
    <message>
        <source>Container ended: %1</source>
        <translation>容器已结束：%1</translation>
    </message>
    <message>
        <source>Container ended: %1, %2</source>
        <translation>容器已结束：%1，%2</translation>
    </message>
    <message>
        <source>Copy selected text</source>
        <translation>复制所选文本</translation>
    </message>
    <message>
        <source>Copy lines with times</source>
        <translation>复制行（含时间）</translation>
    </message>
    <message>
        <source>Container restarted</source>
        <translation>容器已重启</translation>
    </message>
    <message>
        <source>The line above was longer than can be kept; its end is missing</source>
        <translation>上面的行超出可保存的长度，末尾部分缺失</translation>
    </message>
    <message>
        <source>%1 lines were here; they went over the limit and are not kept</source>
        <translation>此处有 %1 行超出上限，没有保存</translation>
    </message>
    <message>
        <source>Lines were here; they went over the limit and are not kept</source>
        <translation>此处有若干行超出上限，没有保存</translation>
    </message>
    <message>
        <source>The file was replaced; it is read from its begin</source>
        <translation>文件已被替换，从头开始读取</translation>
    </message>
</context>
<context>
    <name>ui::LogViewer</name>
    <message>
        <source>%1 of %2</source>
        <translation>第 %1 个，共 %2 个</translation>
    </message>
    <message>
        <source>No match</source>
        <translation>没有匹配</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n 个匹配</numerusform>
        </translation>
    </message>
    <message>
        <source>Went on from the end</source>
        <translation>已从末尾继续</translation>
    </message>
    <message>
        <source>Went on from the begin</source>
        <translation>已从开头继续</translation>
    </message>
    <message>
        <source>No warning and no error in this log</source>
        <translation>此日志中没有警告和错误</translation>
    </message>
    <message>
        <source>No warning and no error before this line</source>
        <translation>此行之前没有警告和错误</translation>
    </message>
    <message>
        <source>No warning and no error after this line</source>
        <translation>此行之后没有警告和错误</translation>
    </message>
    <message>
        <source>%1 of %2 lines shown</source>
        <translation>显示 %2 行中的 %1 行</translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n 行</numerusform>
        </translation>
    </message>
    <message>
        <source>counted %1 %</source>
        <translation>已统计 %1 %</translation>
    </message>
    <message>
        <source>Save the whole log</source>
        <translation>保存整个日志</translation>
    </message>
    <message>
        <source>That is too much for the clipboard. Save the log instead.</source>
        <translation>内容过多，无法放入剪贴板。请改为保存日志。</translation>
    </message>
    <message>
        <source>Saved as %1</source>
        <translation>已保存为 %1</translation>
    </message>
    <message>
        <source>Not saved</source>
        <translation>未保存</translation>
    </message>
    <message>
        <source>%1 could not be saved: %2</source>
        <translation>无法保存 %1：%2</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Filter lines</source>
        <translation>筛选行</translation>
    </message>
    <message>
        <source>Previous warning or error</source>
        <translation>上一个警告或错误</translation>
    </message>
    <message>
        <source>Next warning or error</source>
        <translation>下一个警告或错误</translation>
    </message>
    <message>
        <source>Times</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Wrap long lines</source>
        <translation>长行自动换行</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Go to the end and follow</source>
        <translation>跳到末尾并跟踪</translation>
    </message>
    <message>
        <source>Stop saving</source>
        <translation>停止保存</translation>
    </message>
    <message>
        <source>Saving</source>
        <translation>正在保存</translation>
    </message>
    <message>
        <source>No times</source>
        <translation>不显示时间</translation>
    </message>
    <message>
        <source>Since the first line</source>
        <translation>自第一行起</translation>
    </message>
    <message>
        <source>Local time</source>
        <translation>本地时间</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>Save the whole log …</source>
        <translation>保存整个日志……</translation>
    </message>
    <message>
        <source>Save the whole log with times …</source>
        <translation>保存整个日志（含时间）……</translation>
    </message>
    <message>
        <source>Open a log file …</source>
        <translation>打开日志文件……</translation>
    </message>
    <message>
        <source>Highlight rules …</source>
        <translation>高亮规则……</translation>
    </message>
    <message>
        <source>Larger text</source>
        <translation>放大文字</translation>
    </message>
    <message>
        <source>Smaller text</source>
        <translation>缩小文字</translation>
    </message>
    <message>
        <source>Usual size</source>
        <translation>正常大小</translation>
    </message>
    <message>
        <source>All matches</source>
        <translation>所有匹配</translation>
    </message>
    <message>
        <source>Save as a file …</source>
        <translation>另存为文件 …</translation>
    </message>
</context>
<context>
    <name>ui::LogWindow</name>
    <message>
        <source>Open a log file</source>
        <translation>打开日志文件</translation>
    </message>
    <message>
        <source>%1 — Gleaner</source>
        <extracomment>title of a window; %1 is a file&apos;s name</extracomment>
        <translation>%1 — Gleaner</translation>
    </message>
    <message>
        <source>The file has no lines yet.</source>
        <translation>文件还没有任何行。</translation>
    </message>
</context>
<context>
    <name>ui::MainWindow</name>
    <message>
        <source>&amp;File</source>
        <translation>文件(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>视图(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Cluster</source>
        <translation>集群(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>帮助(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>语言(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>主题(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Open kubeconfig…</source>
        <translation>打开 kubeconfig(&amp;O)……</translation>
    </message>
    <message>
        <source>&amp;Reload kubeconfig</source>
        <translation>重新加载 kubeconfig(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>退出(&amp;Q)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>跟随系统(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>浅色(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>深色(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Clusters</source>
        <translation>集群(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Logs</source>
        <translation>日志(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Connect</source>
        <translation>连接(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Disconnect</source>
        <translation>断开连接(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Retry now</source>
        <translation>立即重试(&amp;R)</translation>
    </message>
    <message>
        <source>Copy context &amp;name</source>
        <translation>复制上下文名称(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;About Gleaner</source>
        <translation>关于 Gleaner(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Leave the demo</source>
        <translation>离开演示(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Try the demo</source>
        <translation>试用演示(&amp;T)</translation>
    </message>
    <message>
        <source>About Gleaner</source>
        <translation>关于 Gleaner</translation>
    </message>
    <message>
        <source>A console for people who upgrade Harvester clusters.</source>
        <translation>为升级 Harvester 集群的人准备的控制台。</translation>
    </message>
    <message>
        <source>The demo could not start: no port on 127.0.0.1 can be opened.</source>
        <translation>无法启动演示：在 127.0.0.1 上打不开任何端口。</translation>
    </message>
    <message>
        <source>Details copied.</source>
        <translation>已复制详细信息。</translation>
    </message>
    <message>
        <source>Open kubeconfig</source>
        <translation>打开 kubeconfig</translation>
    </message>
    <message>
        <source>&amp;Past upgrades…</source>
        <translation>过去的升级(&amp;P)……</translation>
    </message>
    <message>
        <source>Past upgrade</source>
        <translation>过去的升级</translation>
    </message>
    <message>
        <source>%1, past upgrade</source>
        <comment>a cluster</comment>
        <translation>%1，过去的升级</translation>
    </message>
    <message>
        <source>No program opens folders here. The folder is %1</source>
        <translation>这里没有可以打开文件夹的程序。文件夹是 %1</translation>
    </message>
    <message>
        <source>&amp;Guidance</source>
        <translation>操作指南(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Search the manual…</source>
        <translation>搜索手册(&amp;S)…</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>操作指南</translation>
    </message>
    <message>
        <source>Open a &amp;log file…</source>
        <translation>打开日志文件(&amp;L)…</translation>
    </message>
    <message>
        <source>Objects as &amp;YAML</source>
        <translation>以 YAML 查看对象(&amp;Y)</translation>
    </message>
    <message>
        <source>Open &amp;bundle…</source>
        <translation>打开诊断包(&amp;B)…</translation>
    </message>
    <message>
        <source>A support bundle, an upgrade log archive, a folder or a file; nothing is changed</source>
        <translation>支持包、升级日志归档、文件夹或文件；不会更改任何内容</translation>
    </message>
    <message>
        <source>&amp;Verdict on a restart</source>
        <translation>重新开始的判定(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Pre-checks</source>
        <translation>升级前检查(&amp;P)</translation>
    </message>
    <message>
        <source>The cluster no longer has an object of this.</source>
        <translation>集群中已没有与此对应的对象。</translation>
    </message>
    <message>
        <source>Open bundle</source>
        <translation>打开诊断包</translation>
    </message>
    <message>
        <source>Bundles and archives (%1)</source>
        <translation>诊断包和归档 (%1)</translation>
    </message>
    <message>
        <source>YAML, JSON and logs (%1)</source>
        <translation>YAML、JSON 和日志 (%1)</translation>
    </message>
    <message>
        <source>All files (%1)</source>
        <translation>所有文件 (%1)</translation>
    </message>
    <message>
        <source>%1, bundle</source>
        <comment>a file</comment>
        <translation>%1（诊断包）</translation>
    </message>
</context>
<context>
    <name>ui::NodeModel</name>
    <message>
        <source>control plane</source>
        <translation>control plane</translation>
    </message>
    <message>
        <source>witness</source>
        <translation>见证</translation>
    </message>
    <message>
        <source>worker</source>
        <translation>worker</translation>
    </message>
    <message>
        <source>not managed by Harvester</source>
        <translation>不受 Harvester 管理</translation>
    </message>
    <message>
        <source>no Node object</source>
        <translation>没有 Node 对象</translation>
    </message>
    <message>
        <source>cordoned</source>
        <translation>已封锁</translation>
    </message>
    <message>
        <source>not ready</source>
        <translation>未就绪</translation>
    </message>
    <message>
        <source>not ready for %1</source>
        <translation>未就绪已 %1</translation>
    </message>
    <message>
        <source>Preloaded, pre-drained, RKE2 runtime, operating system, back</source>
        <translation>预加载、预清空、RKE2 运行时、操作系统、恢复</translation>
    </message>
    <message>
        <source>Node</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Role</source>
        <translation>角色</translation>
    </message>
    <message>
        <source>Steps</source>
        <comment>column: five pips of a node</comment>
        <translation>步骤</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>OS</source>
        <comment>column: operating system of a node</comment>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>Cordoned, not ready</source>
        <translation>已封锁、未就绪</translation>
    </message>
    <message>
        <source>Operating system</source>
        <translation>操作系统</translation>
    </message>
    <message>
        <source>VMs</source>
        <comment>column: running virtual machines</comment>
        <translation>VM</translation>
    </message>
    <message>
        <source>Health</source>
        <comment>column: cordoned, not ready</comment>
        <translation>健康</translation>
    </message>
    <message>
        <source>Message</source>
        <translation>消息</translation>
    </message>
    <message>
        <source>over %1</source>
        <comment>at least this long</comment>
        <translation>超过 %1</translation>
    </message>
    <message>
        <source>Since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>First seen then; it may have begun earlier.</source>
        <translation>那时首次看到，实际可能开始得更早。</translation>
    </message>
    <message>
        <source>Virtual machines cannot be read with these credentials.</source>
        <translation>当前凭据无权读取虚拟机。</translation>
    </message>
    <message>
        <source>Show its log</source>
        <translation>显示它的日志</translation>
    </message>
</context>
<context>
    <name>ui::NodeTable</name>
    <message>
        <source>Nodes</source>
        <translation>节点</translation>
    </message>
    <message>
        <source>Nodes (%1)</source>
        <translation>节点（%1）</translation>
    </message>
    <message>
        <source>Filter nodes</source>
        <translation>筛选节点</translation>
    </message>
    <message>
        <source>Choose columns</source>
        <translation>选择列</translation>
    </message>
</context>
<context>
    <name>ui::ObjectWindow</name>
    <message>
        <source>%1 — Gleaner</source>
        <extracomment>title of a window; %1 is an object&apos;s name</extracomment>
        <translation>%1 — Gleaner</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Objects behind what is selected on the board</source>
        <translation>看板上所选内容对应的对象</translation>
    </message>
    <message>
        <source>Object as YAML</source>
        <translation>YAML 格式的对象</translation>
    </message>
    <message>
        <source>The parts an upgrade is told by; managedFields and credentials are left out</source>
        <translation>判断升级状态所需的部分；不含 managedFields 和凭据</translation>
    </message>
</context>
<context>
    <name>ui::PastBar</name>
    <message>
        <source>Past upgrade</source>
        <translation>过去的升级</translation>
    </message>
    <message>
        <source>Read from disk. Nothing here is of now, and nothing can be changed.</source>
        <translation>读取自磁盘。此处显示的都不是当前状态，也无法做任何更改。</translation>
    </message>
    <message>
        <source>Close the past upgrade</source>
        <translation>关闭过去的升级</translation>
    </message>
    <message>
        <source>Back to %1</source>
        <comment>a cluster</comment>
        <translation>返回 %1</translation>
    </message>
    <message>
        <source>The change before</source>
        <translation>上一处变化</translation>
    </message>
    <message>
        <source>The next change</source>
        <translation>下一处变化</translation>
    </message>
    <message>
        <source>Moment of the past upgrade</source>
        <translation>过去的升级的时刻</translation>
    </message>
    <message>
        <source>Arrow keys go from change to change.</source>
        <translation>用方向键在各处变化之间移动。</translation>
    </message>
    <message>
        <source>Support bundle %1</source>
        <translation>支持包 %1</translation>
    </message>
    <message>
        <source>Upgrade log archive %1</source>
        <translation>升级日志归档 %1</translation>
    </message>
    <message>
        <source>Gleaner bundle %1</source>
        <translation>Gleaner 诊断包 %1</translation>
    </message>
    <message>
        <source>Folder %1</source>
        <translation>文件夹 %1</translation>
    </message>
    <message>
        <source>File %1</source>
        <translation>文件 %1</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>诊断包</translation>
    </message>
    <message>
        <source>%1 — as of %2</source>
        <translation>%1 — 截至 %2</translation>
    </message>
    <message>
        <source>Close the bundle</source>
        <translation>关闭诊断包</translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>……另有 %n 个</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parts could not be read as they should: %1</source>
        <translation>
            <numerusform>有 %n 个部分无法正常读取：%1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::PastDialog</name>
    <message>
        <source>Past upgrades</source>
        <translation>过去的升级</translation>
    </message>
    <message>
        <source>Open the upgrade</source>
        <translation>打开升级</translation>
    </message>
</context>
<context>
    <name>ui::PastList</name>
    <message>
        <source>No upgrade is kept yet. Gleaner keeps the logs and the history of an upgrade from the moment it is connected to the cluster.</source>
        <translation>还没有保存任何升级。从连接到集群的那一刻起，Gleaner 会保存升级的日志和历史。</translation>
    </message>
    <message>
        <source>Reading what is kept…</source>
        <translation>正在读取已保存的内容……</translation>
    </message>
    <message>
        <source>Past upgrades</source>
        <translation>过去的升级</translation>
    </message>
</context>
<context>
    <name>ui::PastModel</name>
    <message>
        <source>Upgrade</source>
        <translation>升级</translation>
    </message>
    <message>
        <source>Cluster</source>
        <translation>集群</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Seen</source>
        <comment>when an upgrade was seen, from and to</comment>
        <translation>时间</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>大小</translation>
    </message>
</context>
<context>
    <name>ui::Stepper</name>
    <message>
        <source>Phases</source>
        <translation>阶段</translation>
    </message>
    <message>
        <source>Log</source>
        <comment>short caption of the log infrastructure pre-step</comment>
        <translation>日志</translation>
    </message>
    <message>
        <source>Started %1</source>
        <translation>开始于 %1</translation>
    </message>
    <message>
        <source>Finished %1</source>
        <translation>结束于 %1</translation>
    </message>
    <message>
        <source>Attempt %1</source>
        <translation>第 %1 次尝试</translation>
    </message>
    <message>
        <source>Pre-step, %1: %2</source>
        <translation>前置步骤，%1：%2</translation>
    </message>
    <message>
        <source>Phase %1 of %2, %3: %4</source>
        <translation>第 %1 阶段（共 %2 个），%3：%4</translation>
    </message>
</context>
<context>
    <name>ui::Timeline</name>
    <message>
        <source>Timeline</source>
        <translation>时间线</translation>
    </message>
    <message>
        <source>Reboot</source>
        <translation>重启</translation>
    </message>
    <message>
        <source>Not connected: nothing is known of this time</source>
        <translation>未连接：这段时间的情况未知</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Failed: %1</source>
        <translation>失败：%1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>state, duration</comment>
        <translation>%1，%2</translation>
    </message>
    <message>
        <source>since %1</source>
        <translation>自 %1 起</translation>
    </message>
    <message>
        <source>Nothing has happened yet.</source>
        <translation>还没有发生任何事。</translation>
    </message>
</context>
<context>
    <name>ui::Tour</name>
    <message>
        <source>The folder %1 cannot be made.</source>
        <translation>无法创建文件夹 %1。</translation>
    </message>
</context>
<context>
    <name>ui::VerdictChip</name>
    <message>
        <source>Restart: %1</source>
        <translation>重新开始：%1</translation>
    </message>
    <message>
        <source>Press for the reasons</source>
        <translation>按下查看原因</translation>
    </message>
</context>
<context>
    <name>ui::VerdictPanel</name>
    <message>
        <source>Show %1</source>
        <translation>显示 %1</translation>
    </message>
    <message>
        <source>Pre-checks</source>
        <translation>升级前检查</translation>
    </message>
    <message>
        <source>Copy the reasons</source>
        <translation>复制原因</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reasons of the verdict</source>
        <translation>判定的原因</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What is not known</source>
        <translation>尚不清楚的</translation>
    </message>
    <message>
        <source>What to do</source>
        <translation>该怎么做</translation>
    </message>
</context>
<context>
    <name>upgrade</name>
    <message>
        <source>Log infrastructure: %1 of 3 steps ready</source>
        <translation>日志基础设施：3 步中已完成 %1 步</translation>
    </message>
    <message>
        <source>Preparing the upgrade image</source>
        <translation>正在准备升级镜像</translation>
    </message>
    <message>
        <source>Downloading image %1: %2 %</source>
        <translation>正在下载镜像 %1：%2 %</translation>
    </message>
    <message>
        <source>Downloading image %1 again: %2 of %3 attempts failed</source>
        <translation>正在重新下载镜像 %1：%3 次尝试中已失败 %2 次</translation>
    </message>
    <message>
        <source>Creating the upgrade repository</source>
        <translation>正在创建升级仓库</translation>
    </message>
    <message>
        <source>Starting %1: %2 of %3 replicas ready</source>
        <translation>正在启动 %1：%3 个副本中 %2 个就绪</translation>
    </message>
    <message>
        <source>Starting repository VM %1 (%2)</source>
        <translation>正在启动仓库 VM %1（%2）</translation>
    </message>
    <message>
        <source>The upgrade was refused when its release information was checked</source>
        <translation>检查版本信息时升级被拒绝</translation>
    </message>
    <message>
        <source>Preloading images on %1 · %2 of %3 nodes done</source>
        <translation>正在 %1 上预加载镜像 · %3 个节点中 %2 个已完成</translation>
    </message>
    <message>
        <source>Preloading images · %2 of %3 nodes done</source>
        <translation>正在预加载镜像 · %3 个节点中 %2 个已完成</translation>
    </message>
    <message>
        <source>Preloading images on %1 nodes · %2 of %3 done</source>
        <translation>正在 %1 个节点上预加载镜像 · %3 个中 %2 个已完成</translation>
    </message>
    <message>
        <source>%3 (step %1 of %2)</source>
        <translation>%3（第 %1 步，共 %2 步）</translation>
    </message>
    <message>
        <source>Job %1 is running</source>
        <translation>Job %1 正在运行</translation>
    </message>
    <message>
        <source>%1 of %2 nodes done</source>
        <translation>%2 个节点中 %1 个已完成</translation>
    </message>
    <message>
        <source>%1: %2 · %3 of %4 nodes done</source>
        <translation>%1：%2 · %4 个节点中 %3 个已完成</translation>
    </message>
    <message>
        <source>Removing old images: %1 of %2 nodes done</source>
        <translation>正在删除旧镜像：%2 个节点中 %1 个已完成</translation>
    </message>
    <message>
        <source>Waiting, the log says: %1</source>
        <translation>正在等待，日志显示：%1</translation>
    </message>
    <message>
        <source>The Job failed and tries again every 10 minutes (retry %2)</source>
        <translation>Job 失败，每 10 分钟重试一次（第 %2 次重试）</translation>
    </message>
    <message>
        <source>Pod %1 cannot start container %2: %3</source>
        <translation>Pod %1 无法启动容器 %2：%3</translation>
    </message>
    <message>
        <source>Pod %1 cannot start: %2</source>
        <translation>Pod %1 无法启动：%2</translation>
    </message>
    <message>
        <source>Waiting for UpgradeLog %1: %2</source>
        <translation>等待 UpgradeLog %1：%2</translation>
    </message>
    <message>
        <source>Waiting for image %1 (%2 %, %3 failed attempts)</source>
        <translation>等待镜像 %1（%2 %，失败 %3 次）</translation>
    </message>
    <message>
        <source>Waiting for repository %1: %2 of %3 replicas ready</source>
        <translation>等待仓库 %1：%3 个副本中 %2 个就绪</translation>
    </message>
    <message>
        <source>Waiting for bundle %1 to be ready</source>
        <translation>等待 Bundle %1 就绪</translation>
    </message>
    <message>
        <source>Waiting for volume %1 (%2) of %3</source>
        <translation>等待 %3 的卷 %1（%2）</translation>
    </message>
    <message>
        <source>Waiting for virtual machine %3 to leave %2</source>
        <translation>等待虚拟机 %3 离开 %2</translation>
    </message>
    <message>
        <source>Waiting for %1 virtual machines to leave %2, for example %3</source>
        <translation>等待 %1 个虚拟机离开 %2，例如 %3</translation>
    </message>
    <message>
        <source>Virtual machine %1 cannot leave %2: its migration failed</source>
        <translation>虚拟机 %1 无法离开 %2：热迁移失败</translation>
    </message>
    <message>
        <source>Draining %2 is blocked by PodDisruptionBudget %1</source>
        <translation>清空 %2 被 PodDisruptionBudget %1 阻止</translation>
    </message>
    <message>
        <source>Rancher cannot drain %1</source>
        <translation>Rancher 无法清空 %1</translation>
    </message>
    <message>
        <source>Waiting for Rancher: %1</source>
        <translation>等待 Rancher：%1</translation>
    </message>
    <message>
        <source>Waiting for %1 to reboot into the new system</source>
        <translation>等待 %1 重启进入新系统</translation>
    </message>
    <message>
        <source>Waiting for %1 to come back: it is rebooting</source>
        <translation>等待 %1 恢复：它正在重启</translation>
    </message>
    <message>
        <source>The upgrade of %1 is paused until somebody resumes it</source>
        <translation>%1 的升级已暂停，需要有人恢复</translation>
    </message>
    <message>
        <source>Waiting for Harvester to take up %1</source>
        <translation>等待 Harvester 开始处理 %1</translation>
    </message>
    <message>
        <source>Waiting for Harvester to undo what %1 changed before it goes</source>
        <translation>等待 Harvester 在删除 %1 之前撤销它所做的更改</translation>
    </message>
    <message>
        <source>%1 goes when plan %2 has run on every node</source>
        <translation>Plan %2 在每个节点上运行后，%1 才会消失</translation>
    </message>
    <message>
        <source>Cleaning up after %1</source>
        <translation>正在清理 %1</translation>
    </message>
    <message>
        <source>Waiting for node %1 to be Ready</source>
        <translation>等待节点 %1 就绪（Ready）</translation>
    </message>
    <message>
        <source>Waiting for RKE2 on %1 to go from %2 to %3</source>
        <translation>等待 %1 上的 RKE2 从 %2 升级到 %3</translation>
    </message>
    <message>
        <source>%1 runs the new system, but Harvester has not noticed</source>
        <translation>%1 已运行新系统，但 Harvester 尚未察觉</translation>
    </message>
    <message>
        <source>%2 cannot begin: Job %1 has not succeeded</source>
        <translation>%2 无法开始：Job %1 尚未成功</translation>
    </message>
    <message>
        <source>Rancher asked for the pre-drain of %1; Harvester has not started its Job</source>
        <translation>Rancher 已请求 %1 的 pre-drain，但 Harvester 尚未启动对应的 Job</translation>
    </message>
    <message>
        <source>Waiting for Rancher to uncordon %1</source>
        <translation>等待 Rancher 取消封锁 %1</translation>
    </message>
    <message>
        <source>Node %1 stays in “%2”</source>
        <translation>节点 %1 停留在“%2”</translation>
    </message>
    <message>
        <source>Nodes still need their images, but no Job is preloading them</source>
        <translation>节点仍需要镜像，但没有 Job 在预加载</translation>
    </message>
    <message>
        <source>from the node that is done</source>
        <translation>根据已完成的节点估算</translation>
    </message>
    <message>
        <source>from the %1 nodes that are done</source>
        <translation>根据已完成的 %1 个节点估算</translation>
    </message>
    <message>
        <source>from the speed of this phase; later phases from typical durations for one node</source>
        <translation>根据本阶段的速度估算；后续阶段按一个节点的典型用时</translation>
    </message>
    <message>
        <source>from the speed of this phase; later phases from typical durations for %1 nodes</source>
        <translation>根据本阶段的速度估算；后续阶段按 %1 个节点的典型用时</translation>
    </message>
    <message>
        <source>from typical durations for one node, not from this cluster</source>
        <translation>按一个节点的典型用时估算，并非来自此集群</translation>
    </message>
    <message>
        <source>from typical durations for %1 nodes, not from this cluster</source>
        <translation>按 %1 个节点的典型用时估算，并非来自此集群</translation>
    </message>
    <message>
        <source>You may not read %1; what depends on it is not shown</source>
        <translation>你没有权限读取 %1，依赖它的内容不会显示</translation>
    </message>
    <message>
        <source>%1 Upgrade objects are labelled as the latest; the newest is shown, and node upgrades will not go on</source>
        <translation>有 %1 个 Upgrade 对象被标记为最新；显示其中最新的一个，节点升级不会继续</translation>
    </message>
    <message>
        <source>No Upgrade object is labelled as the latest; the newest, %1, is shown</source>
        <translation>没有 Upgrade 对象被标记为最新；显示最新的一个：%1</translation>
    </message>
    <message>
        <source>Node %1 has a state that is not known here: %2</source>
        <translation>节点 %1 的状态无法识别：%2</translation>
    </message>
    <message>
        <source>Node %1 is part of the upgrade, but there is no such node now</source>
        <translation>节点 %1 属于此升级，但现在没有这个节点</translation>
    </message>
    <message>
        <source>Virtual machines stopped on %1 for the upgrade and still off: %2</source>
        <translation>为升级在 %1 上关闭、至今仍未启动的虚拟机：%2</translation>
    </message>
    <message>
        <source>Old container images could not be removed from every node</source>
        <translation>未能从所有节点删除旧的容器镜像</translation>
    </message>
    <message>
        <source>There are Upgrade and UpgradePlan objects; the one made last, %1, is shown</source>
        <translation>同时存在 Upgrade 和 UpgradePlan 对象；显示最后创建的 %1</translation>
    </message>
    <message>
        <source>The pause map on the Upgrade object cannot be read</source>
        <translation>无法读取 Upgrade 对象上的 pause map</translation>
    </message>
    <message>
        <source>Waiting for the upgrade repository</source>
        <translation>等待升级仓库</translation>
    </message>
    <message>
        <source>Keeping rancher-system-agent from restarting</source>
        <translation>阻止 rancher-system-agent 重启</translation>
    </message>
    <message>
        <source>Upgrading Rancher</source>
        <translation>正在升级 Rancher</translation>
    </message>
    <message>
        <source>Waiting for Rancher to be upgraded</source>
        <translation>等待 Rancher 升级完成</translation>
    </message>
    <message>
        <source>Waiting for Rancher&apos;s Helm releases</source>
        <translation>等待 Rancher 的 Helm release</translation>
    </message>
    <message>
        <source>Waiting for the CAPI cluster to be provisioned</source>
        <translation>等待 CAPI 集群就绪（Provisioned）</translation>
    </message>
    <message>
        <source>Upgrading the Harvester cluster repository</source>
        <translation>正在升级 Harvester 集群仓库</translation>
    </message>
    <message>
        <source>Upgrading the Harvester charts</source>
        <translation>正在升级 Harvester Chart</translation>
    </message>
    <message>
        <source>Waiting for KubeVirt to be upgraded</source>
        <translation>等待 KubeVirt 升级完成</translation>
    </message>
    <message>
        <source>Waiting for Longhorn to be upgraded</source>
        <translation>等待 Longhorn 升级完成</translation>
    </message>
    <message>
        <source>Upgrading the monitoring and logging charts</source>
        <translation>正在升级监控和日志 Chart</translation>
    </message>
    <message>
        <source>Upgrading add-ons</source>
        <translation>正在升级插件</translation>
    </message>
    <message>
        <source>Waiting for all bundles to be ready</source>
        <translation>等待所有 Bundle 就绪</translation>
    </message>
    <message>
        <source>Upgrading system services</source>
        <translation>正在升级系统服务</translation>
    </message>
    <message>
        <source>Log infrastructure</source>
        <translation>日志基础设施</translation>
    </message>
    <message>
        <source>Provision upgrade repository</source>
        <translation>预配置升级仓库</translation>
    </message>
    <message>
        <source>Preload container images</source>
        <translation>预加载容器镜像</translation>
    </message>
    <message>
        <source>Upgrade system services</source>
        <translation>升级系统服务</translation>
    </message>
    <message>
        <source>Upgrade nodes</source>
        <translation>升级节点</translation>
    </message>
    <message>
        <source>Cleanup</source>
        <translation>清理</translation>
    </message>
    <message>
        <source>Pending</source>
        <translation>等待中</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Succeeded</source>
        <translation>成功</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>Stuck</source>
        <translation>卡住</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>未知</translation>
    </message>
    <message>
        <source>Images preloading</source>
        <translation>正在预加载镜像</translation>
    </message>
    <message>
        <source>Images preloaded</source>
        <translation>镜像预加载完成</translation>
    </message>
    <message>
        <source>Node-upgrade paused</source>
        <translation>节点升级已暂停</translation>
    </message>
    <message>
        <source>Pre-draining</source>
        <translation>预清空中</translation>
    </message>
    <message>
        <source>Pre-drained</source>
        <translation>预清空完成</translation>
    </message>
    <message>
        <source>Post-draining</source>
        <translation>升级操作系统中</translation>
    </message>
    <message>
        <source>Waiting Reboot</source>
        <translation>等待重启</translation>
    </message>
    <message>
        <source>Upgrading</source>
        <translation>正在升级</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 秒</translation>
    </message>
    <message>
        <source>%1 min</source>
        <comment>minutes</comment>
        <translation>%1 分钟</translation>
    </message>
    <message>
        <source>%1 h %2 min</source>
        <comment>hours and minutes</comment>
        <translation>%1 小时 %2 分钟</translation>
    </message>
    <message>
        <source>%1 d %2 h</source>
        <comment>days and hours</comment>
        <translation>%1 天 %2 小时</translation>
    </message>
    <message>
        <source>Reading the cluster</source>
        <translation>正在读取集群</translation>
    </message>
    <message>
        <source>This cluster is not Harvester</source>
        <translation>这个集群不是 Harvester</translation>
    </message>
    <message>
        <source>No upgrade</source>
        <translation>没有升级</translation>
    </message>
    <message>
        <source>No upgrade · Harvester %1</source>
        <translation>没有升级 · Harvester %1</translation>
    </message>
    <message>
        <source>Being stopped: %1 is deleted</source>
        <translation>正在停止：%1 正被删除</translation>
    </message>
    <message>
        <source>Succeeded, cleaning up</source>
        <translation>已成功，正在清理</translation>
    </message>
    <message>
        <source>Succeeded after %1</source>
        <translation>已成功，用时 %1</translation>
    </message>
    <message>
        <source>Failed in “%1”</source>
        <translation>在“%1”中失败</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <extracomment>state, phase: &quot;Running: Upgrade nodes&quot;</extracomment>
        <translation>%1：%2</translation>
    </message>
    <message>
        <source>Put back what the failed upgrade had changed; its Jobs are kept</source>
        <translation>已复原失败的升级所做的更改；其 Job 会保留</translation>
    </message>
    <message>
        <source>%1 waits for its turn: %2 is paused</source>
        <translation>%1 正在排队：%2 已暂停</translation>
    </message>
    <message>
        <source>UpgradePlan %1 says that it is degraded</source>
        <translation>UpgradePlan %1 表明它已降级（Degraded）</translation>
    </message>
    <message>
        <source>Job %1 failed: %2</source>
        <translation>Job %1 失败：%2</translation>
    </message>
    <message>
        <source>Image %1 could not be made ready</source>
        <translation>镜像 %1 未能准备就绪</translation>
    </message>
    <message>
        <source>The upgrade of node %1 failed</source>
        <translation>节点 %1 升级失败</translation>
    </message>
    <message>
        <source>%1 failed: %2</source>
        <translation>%1 失败：%2</translation>
    </message>
    <message>
        <source>Harvester gave up: %1</source>
        <translation>Harvester 已放弃：%1</translation>
    </message>
</context>
</TS>
