import { Group, SegmentedControl, Text } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '@/api/rights';
import type { Mark } from '@/components/BpmnCanvas';
import { BpmnDiagram } from '@/components/BpmnDiagram';
import { PageHeader } from '@/components/PageHeader';
import { useProblemText, violationsOf } from '@/components/ProblemAlert';
import { Split, TallPage } from '@/components/SplitPage';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { Problem } from '@/lib/http';
import { type Automation, isLive } from '../api/getAutomation';
import { useCards, useTriggers } from '../api/getCatalogue';
import { useFigures } from '../api/getFigures';
import {
  type DraftProblem,
  type DraftWarning,
  problemsOf,
  type Step,
  useLifecycle,
  useValidate,
} from '../api/lifecycle';
import { counters } from './counters';
import { EditorActions } from './EditorActions';
import { FlowView } from './flow/FlowView';
import { IncidentAlert } from './IncidentAlert';
import { LifecycleDialog } from './LifecycleDialog';
import { ProblemList } from './ProblemList';
import { Properties } from './Properties';
import { RunsTab } from './RunsTab';
import { SourceDialog } from './SourceDialog';
import { useDraft } from './useDraft';
import { VersionsTab } from './VersionsTab';

const NONE: never[] = [];

/** The draft of an automation: cards or diagram, settings of the chosen step, problems; its runs and versions beside it. */
export function Editor({ automation }: { automation: Automation }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { tab = 'flow', element } = useSearch({ from: '/shell/automations/$id' });
  const { id } = automation;
  const mayEdit = useMay('automations', 'edit');
  const cards = useCards().data ?? NONE;
  const triggers = useTriggers().data ?? NONE;
  const counted = useFigures(id, automation.publishedVersion).data;
  const figures = useMemo(() => counted ?? [], [counted]);
  const validate = useValidate(id);
  const lifecycle = useLifecycle(id);
  const [problems, setProblems] = useState<DraftProblem[] | null>(null);
  const [warnings, setWarnings] = useState<DraftWarning[]>(NONE);
  const [asking, setAsking] = useState<'publish' | 'unpublish' | null>(null);
  const [textOpen, setTextOpen] = useState(false);

  const failed = (error: unknown) => {
    const stale = error instanceof Problem && error.status === 409;
    toast(stale ? t('editor.stale') : problemText(error), { kind: 'bad' });
  };
  const draft = useDraft(automation, failed);
  const { bpmn, document } = draft;

  const marked = useMemo(
    () => (problems ?? []).flatMap((problem) => (problem.element ? [problem.element] : [])),
    [problems],
  );
  const marks = useMemo<Record<string, Mark>>(() => {
    const found = Object.fromEntries(marked.map((id): [string, Mark] => [id, 'problem']));
    return element ? { ...found, [element]: 'chosen' } : found;
  }, [marked, element]);
  const badges = useMemo(() => counters(figures, t), [figures, t]);

  const check = async () => {
    try {
      await draft.flush();
      const found = await validate.mutateAsync();
      setProblems(found.problems);
      setWarnings(found.warnings);
      return found.problems.length === 0;
    } catch (error) {
      failed(error);
      return false;
    }
  };

  const go = (step: Step, done: string) =>
    lifecycle.mutate(step, {
      onSuccess: () => {
        setProblems(null);
        toast(done);
      },
      onError: (error) => {
        const violations = violationsOf(error);
        if (violations.length > 0) setProblems(problemsOf(violations));
        failed(error);
      },
      onSettled: () => setAsking(null),
    });

  const set = (search: { tab?: string | undefined; element?: string | undefined }) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...search })) as never,
      replace: true,
    });
  const choose = (chosen: string | undefined) => set({ element: chosen });

  return (
    <TallPage>
      <PageHeader
        title={document?.name ?? automation.name}
        beside={
          <Group gap="xs" wrap="nowrap">
            <Status state={automation.state} />
            <Text size="xs" c="dimmed" visibleFrom="sm" role="status">
              {[
                draft.notSaved
                  ? t('editor.notSaved')
                  : draft.saving
                    ? t('editor.saving')
                    : draft.saved && t('editor.saved'),
                isLive(automation) && automation.draftChanged && t('automations.changed'),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
          </Group>
        }
        actions={
          <EditorActions
            automation={automation}
            bpmn={bpmn}
            unsaved={draft.unsaved}
            checking={validate.isPending}
            onPause={() => go({ kind: 'pause' }, t('editor.did.pause'))}
            onResume={() => go({ kind: 'resume' }, t('editor.did.resume'))}
            onCheck={() => void check()}
            onPublish={() => void check().then((fine) => fine && setAsking('publish'))}
            onUnpublish={() => setAsking('unpublish')}
            onImport={draft.change}
            onText={() => setTextOpen(true)}
          />
        }
      >
        <SegmentedControl
          aria-label={t('editor.views')}
          value={tab}
          onChange={(next) => set({ tab: next === 'flow' ? undefined : next })}
          data={[
            { value: 'flow', label: t('editor.tabs.flow') },
            { value: 'diagram', label: t('editor.tabs.diagram') },
            { value: 'runs', label: t('editor.tabs.runs') },
            { value: 'versions', label: t('editor.tabs.versions') },
          ]}
        />
        <IncidentAlert
          automation={automation}
          mayCheck={mayEdit}
          checking={validate.isPending}
          onCheck={() => {
            set({ tab: undefined });
            void check();
          }}
        />
      </PageHeader>
      {tab === 'runs' && <RunsTab id={id} />}
      {tab === 'versions' && (
        <VersionsTab
          automation={automation}
          busy={lifecycle.isPending}
          onRollback={(version) => go({ kind: 'rollback', version }, t('editor.did.rollback', { version }))}
          onCancelRuns={(version) =>
            go({ kind: 'cancelRuns', version }, t('editor.did.cancelRuns', { version }))
          }
        />
      )}
      {(tab === 'diagram' || tab === 'flow') && (
        <Split
          canvas={
            tab === 'flow' ? (
              document && (
                <FlowView
                  document={document}
                  chosen={element}
                  fixed={!mayEdit}
                  problems={marked}
                  badges={badges}
                  cards={cards}
                  triggers={triggers}
                  canUndo={draft.canUndo}
                  canRedo={draft.canRedo}
                  onUndo={draft.undo}
                  onRedo={draft.redo}
                  onChoose={choose}
                  onEdit={draft.edit}
                />
              )
            ) : (
              <BpmnDiagram
                bpmn={bpmn}
                label={t('editor.diagram')}
                marks={marks}
                badges={badges}
                onChoose={choose}
              />
            )
          }
          below={problems && <ProblemList problems={problems} warnings={warnings} onChoose={choose} />}
          sideLabel={t('editor.properties')}
          side={
            document ? (
              <Properties
                document={document}
                chosen={element}
                fixed={!mayEdit}
                onChoose={choose}
                onEdit={draft.edit}
                cards={cards}
                triggers={triggers}
                figures={figures}
              />
            ) : (
              <Text size="sm">{t('editor.notBpmn', { why: '' })}</Text>
            )
          }
        />
      )}
      <LifecycleDialog
        automation={automation}
        document={document}
        cards={cards}
        triggers={triggers}
        warnings={warnings}
        asking={asking}
        busy={lifecycle.isPending}
        onConfirm={() => asking && go({ kind: asking }, t(`editor.did.${asking}`))}
        onClose={() => setAsking(null)}
      />
      {textOpen && <SourceDialog bpmn={bpmn} onTake={draft.change} onClose={() => setTextOpen(false)} />}
    </TallPage>
  );
}
