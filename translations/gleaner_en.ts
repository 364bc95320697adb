<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>cli</name>
    <message numerus="yes">
        <source>… and %n more; -o json lists them</source>
        <translation>
            <numerusform>… and %n more; -o json lists it</numerusform>
            <numerusform>… and %n more; -o json lists them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evidence</name>
    <message numerus="yes">
        <source>has more than %n parts; the rest is left out</source>
        <translation>
            <numerusform>has more than %n part; the rest is left out</numerusform>
            <numerusform>has more than %n parts; the rest is left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n files are no text and were left out</source>
        <translation>
            <numerusform>%n file is no text and was left out</numerusform>
            <numerusform>%n files are no text and were left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more problems are not listed</source>
        <translation>
            <numerusform>%n more problem is not listed</numerusform>
            <numerusform>%n more problems are not listed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>kube::Error</name>
    <message numerus="yes">
        <source>Trying again in %n second(s).</source>
        <translation>
            <numerusform>Trying again in %n second.</numerusform>
            <numerusform>Trying again in %n seconds.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>logs::Search</name>
    <message numerus="yes">
        <source>The expression is too complex for %Ln line(s), the first is line %1; not searched there.</source>
        <extracomment>%1 is the number of the first of them</extracomment>
        <translation>
            <numerusform>The expression is too complex for %Ln line, line %1; not searched there.</numerusform>
            <numerusform>The expression is too complex for %Ln lines, the first is line %1; not searched there.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>session::LiveDiagnosis</name>
    <message numerus="yes">
        <source>%n more log(s): no time was left</source>
        <translation>
            <numerusform>%n more log: no time was left</numerusform>
            <numerusform>%n more logs: no time was left</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more log(s): there are too many</source>
        <translation>
            <numerusform>%n more log: there are too many</numerusform>
            <numerusform>%n more logs: there are too many</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui</name>
    <message numerus="yes">
        <source>%1 and %n more file(s)</source>
        <translation>
            <numerusform>%1 and %n more file</numerusform>
            <numerusform>%1 and %n more files</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n object(s)</source>
        <translation>
            <numerusform>%n object</numerusform>
            <numerusform>%n objects</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n log(s)</source>
        <translation>
            <numerusform>%n log</numerusform>
            <numerusform>%n logs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::ClustersView</name>
    <message numerus="yes">
        <source>%n problem(s) in kubeconfig files</source>
        <translation>
            <numerusform>%n problem in kubeconfig files</numerusform>
            <numerusform>%n problems in kubeconfig files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::Guidance</name>
    <message numerus="yes">
        <source>%n page(s) found</source>
        <translation>
            <numerusform>%n page found</numerusform>
            <numerusform>%n pages found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::HeaderView</name>
    <message numerus="yes">
        <source>%n older upgrade(s) in this cluster</source>
        <translation>
            <numerusform>%n older upgrade in this cluster</numerusform>
            <numerusform>%n older upgrades in this cluster</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::JobModel</name>
    <message numerus="yes">
        <source>%n attempt(s)</source>
        <translation>
            <numerusform>%n attempt</numerusform>
            <numerusform>%n attempts</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::LogPane</name>
    <message numerus="yes">
        <source>the first %n line(s) are no longer kept</source>
        <translation>
            <numerusform>the first line is no longer kept</numerusform>
            <numerusform>the first %n lines are no longer kept</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::LogViewer</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n line(s)</source>
        <translation>
            <numerusform>%n line</numerusform>
            <numerusform>%n lines</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ui::PastBar</name>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n parts could not be read as they should: %1</source>
        <translation>
            <numerusform>%n part could not be read as it should: %1</numerusform>
            <numerusform>%n parts could not be read as they should: %1</numerusform>
        </translation>
    </message>
</context>
</TS>
