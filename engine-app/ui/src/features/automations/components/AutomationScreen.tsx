import {
  ActionIcon,
  Button,
  FileButton,
  Group,
  Menu,
  Modal,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import {
  IconAlertTriangle,
  IconCode,
  IconDots,
  IconDownload,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconUpload,
} from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Mark } from '@/components/BpmnCanvas';
import { BpmnDiagram } from '@/components/BpmnDiagram';
import { PageHeader } from '@/components/PageHeader';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText, violationsOf } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { toast } from '@/components/toasts';
import { BpmnDocument, edited } from '@/lib/bpmn/document';
import { formatNumber } from '@/lib/format';
import { Problem } from '@/lib/http';
import { type Automation, useAutomation } from '../api/getAutomation';
import { useCards, useTriggers } from '../api/getCatalogue';
import { useFigures } from '../api/getFigures';
import { type DraftProblem, type Step, useLifecycle, useValidate } from '../api/lifecycle';
import { useSaveDraft } from '../api/saveDraft';
import classes from './Automation.module.css';
import { Properties } from './Properties';
import { RunsTab } from './RunsTab';
import { VersionsTab } from './VersionsTab';

const SAVE_AFTER = 800;

function read(bpmn: string): BpmnDocument | undefined {
  try {
    return new BpmnDocument(bpmn);
  } catch {
    return undefined;
  }
}

function Editor({ automation }: { automation: Automation }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const problemText = useProblemText();
  const { tab = 'diagram', element } = useSearch({ from: '/shell/automations/$id' });
  const { id } = automation;
  const cards = useCards().data ?? [];
  const triggers = useTriggers().data ?? [];
  const counted = useFigures(id, automation.publishedVersion).data;
  const figures = useMemo(() => counted ?? [], [counted]);
  const save = useSaveDraft(id);
  const validate = useValidate(id);
  const lifecycle = useLifecycle(id);

  const [bpmn, setBpmn] = useState(automation.draft ?? '');
  const [unsaved, setUnsaved] = useState(false);
  const [problems, setProblems] = useState<DraftProblem[] | null>(null);
  const [asking, setAsking] = useState<'publish' | 'unpublish' | null>(null);
  const [asText, setAsText] = useState<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  const document = useMemo(() => read(bpmn), [bpmn]);
  const marks = useMemo<Record<string, Mark>>(() => {
    const found: Record<string, Mark> = {};
    for (const problem of problems ?? []) if (problem.element) found[problem.element] = 'problem';
    return element ? { ...found, [element]: 'chosen' } : found;
  }, [problems, element]);
  const badges = useMemo(
    () =>
      Object.fromEntries(
        figures.map((figure) => [
          figure.card,
          [
            ...(figure.entered != null && figure.entered > 0
              ? [
                  {
                    text: formatNumber(figure.entered),
                    title: t('editor.entered', { count: figure.entered }),
                  },
                ]
              : []),
            ...((figure.waiting ?? 0) > 0
              ? [
                  {
                    text: `⧗ ${formatNumber(figure.waiting ?? 0)}`,
                    title: t('editor.waiting', { count: figure.waiting ?? 0 }),
                    tone: 'warn' as const,
                  },
                ]
              : []),
            ...((figure.failed ?? 0) > 0
              ? [
                  {
                    text: `! ${formatNumber(figure.failed ?? 0)}`,
                    title: t('editor.failed', { count: figure.failed ?? 0 }),
                    tone: 'bad' as const,
                  },
                ]
              : []),
          ],
        ]),
      ),
    [figures, t],
  );

  const failed = (error: unknown) => {
    const stale = error instanceof Problem && error.status === 409;
    toast(stale ? t('editor.stale') : problemText(error), { kind: 'bad' });
  };

  const change = (next: string) => {
    setBpmn(next);
    setUnsaved(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      save.mutate(next, { onSuccess: () => setUnsaved(false), onError: failed });
    }, SAVE_AFTER);
  };
  const edit = (action: (draft: BpmnDocument) => void) => change(edited(bpmn, action));

  const flush = async () => {
    clearTimeout(timer.current);
    if (unsaved) {
      await save.mutateAsync(bpmn);
      setUnsaved(false);
    }
  };

  const check = async () => {
    try {
      await flush();
      const found = await validate.mutateAsync();
      setProblems(found);
      return found.length === 0;
    } catch (error) {
      failed(error);
      return false;
    }
  };

  const go = (step: Step, done: string) =>
    lifecycle.mutate(step, {
      onSuccess: () => {
        setAsking(null);
        setProblems(null);
        toast(done);
      },
      onError: (error) => {
        setAsking(null);
        const violations = violationsOf(error);
        if (violations.length > 0) {
          setProblems(
            violations.map(({ field, value, expectation }) => {
              const [at, ...rest] = field.split('.');
              return { element: at, name: at, field: rest.join('.'), value, expectation };
            }),
          );
        }
        failed(error);
      },
    });

  const set = (search: { tab?: string | undefined; element?: string | undefined }) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, ...search })) as never,
      replace: true,
    });

  const download = () => {
    const link = window.document.createElement('a');
    link.href = URL.createObjectURL(new Blob([bpmn], { type: 'application/xml' }));
    link.download = `${automation.key}.bpmn`;
    link.click();
    URL.revokeObjectURL(link.href);
  };

  const open = async (file: File | null) => {
    if (!file) return;
    const text = await file.text();
    if (read(text)) change(text);
    else toast(t('editor.notBpmn', { why: file.name }), { kind: 'bad' });
  };

  const published = automation.state === 'published';
  const paused = automation.state === 'paused';
  const live = published || paused;
  const saveState = save.isPending || unsaved ? t('editor.saving') : t('editor.saved');

  return (
    <main className={classes.page}>
      <PageHeader
        title={document?.name ?? automation.name}
        beside={
          <Group gap="xs" wrap="nowrap">
            <Status state={automation.state} />
            <Text size="xs" c="dimmed" visibleFrom="sm" role="status">
              {save.error ? t('editor.notSaved') : saveState}
              {live && automation.draftChanged && ` · ${t('automations.changed')}`}
            </Text>
          </Group>
        }
        actions={
          <>
            {published && (
              <Button
                variant="default"
                leftSection={<IconPlayerPause size={14} />}
                onClick={() => go({ kind: 'pause' }, t('editor.did.pause'))}
              >
                {t('editor.pause')}
              </Button>
            )}
            {paused && (
              <Button
                variant="default"
                leftSection={<IconPlayerPlay size={14} />}
                onClick={() => go({ kind: 'resume' }, t('editor.did.resume'))}
              >
                {t('editor.resume')}
              </Button>
            )}
            <Button variant="default" loading={validate.isPending} onClick={() => void check()}>
              {t('editor.check')}
            </Button>
            <Button
              disabled={live && !automation.draftChanged && !unsaved}
              onClick={() => void check().then((fine) => fine && setAsking('publish'))}
            >
              {t('editor.publish')}
            </Button>
            <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
              <Menu.Target>
                <ActionIcon size={30} variant="default" aria-label={t('common.more')}>
                  <IconDots size={16} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                <FileButton onChange={(file) => void open(file)} accept=".bpmn,.xml">
                  {(props) => (
                    <Menu.Item {...props} leftSection={<IconUpload size={16} />} closeMenuOnClick={false}>
                      {t('editor.import')}
                    </Menu.Item>
                  )}
                </FileButton>
                <Menu.Item leftSection={<IconDownload size={16} />} onClick={download}>
                  {t('editor.export')}
                </Menu.Item>
                <Menu.Item leftSection={<IconCode size={16} />} onClick={() => setAsText(bpmn)}>
                  {t('editor.asText')}
                </Menu.Item>
                {live && (
                  <Menu.Item
                    leftSection={<IconPlayerStop size={16} />}
                    color="red"
                    onClick={() => setAsking('unpublish')}
                  >
                    {t('editor.unpublish')}
                  </Menu.Item>
                )}
              </Menu.Dropdown>
            </Menu>
          </>
        }
      >
        <Group gap="sm">
          <SegmentedControl
            aria-label={t('editor.views')}
            value={tab}
            onChange={(next) => set({ tab: next === 'diagram' ? undefined : next })}
            data={[
              { value: 'diagram', label: t('editor.tabs.diagram') },
              { value: 'runs', label: t('editor.tabs.runs') },
              { value: 'versions', label: t('editor.tabs.versions') },
            ]}
          />
          {tab === 'diagram' && document && (
            <TextInput
              size="xs"
              aria-label={t('editor.name')}
              value={document.name}
              onChange={(event) => {
                const { value } = event.currentTarget;
                edit((draft) => {
                  draft.name = value;
                });
              }}
            />
          )}
        </Group>
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
      {tab === 'diagram' && (
        <div className={classes.split}>
          <div className={classes.middle}>
            <div className={classes.canvas}>
              {bpmn && (
                <BpmnDiagram
                  bpmn={bpmn}
                  label={t('editor.diagram')}
                  marks={marks}
                  badges={badges}
                  onChoose={(chosen) => set({ element: chosen })}
                />
              )}
            </div>
            {problems && (
              <section className={classes.problems} aria-label={t('editor.problems')} role="status">
                {problems.length === 0 ? (
                  <Text size="sm">{t('editor.noProblems')}</Text>
                ) : (
                  <>
                    <Text size="sm" fw={600}>
                      <IconAlertTriangle size={14} color="var(--ll-bad)" aria-hidden />{' '}
                      {t('editor.problemCount', { count: problems.length })}
                    </Text>
                    <ul>
                      {problems.map((problem, index) => (
                        <li key={index}>
                          <button
                            type="button"
                            className={classes.problem}
                            onClick={() => set({ element: problem.element ?? undefined })}
                          >
                            <b>{problem.name || problem.element}</b>
                            {problem.field && ` · ${problem.field}`}: {problem.expectation}
                            {problem.value && ` (${problem.value})`}
                            {problem.line != null && ` · ${t('editor.line', { line: problem.line })}`}
                          </button>
                        </li>
                      ))}
                    </ul>
                  </>
                )}
              </section>
            )}
          </div>
          <section className={classes.properties} aria-label={t('editor.properties')}>
            {document ? (
              <Properties
                document={document}
                chosen={element}
                onChoose={(chosen) => set({ element: chosen })}
                onEdit={edit}
                cards={cards}
                triggers={triggers}
                figures={figures}
              />
            ) : (
              <Text size="sm">{t('editor.notBpmn', { why: '' })}</Text>
            )}
          </section>
        </div>
      )}
      <Modal
        opened={asking !== null}
        onClose={() => setAsking(null)}
        title={t(asking === 'unpublish' ? 'editor.unpublishTitle' : 'editor.publishTitle', {
          name: automation.name,
        })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md">
          <Text size="sm">
            {asking === 'unpublish'
              ? t('editor.unpublishText')
              : t('editor.publishText', { version: (automation.publishedVersion ?? 0) + 1 })}
          </Text>
          {(automation.figures?.waiting ?? 0) > 0 && (
            <Text size="sm">{t('editor.underWay', { count: automation.figures?.waiting ?? 0 })}</Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsking(null)}>
              {t('common.cancel')}
            </Button>
            <Button
              color={asking === 'unpublish' ? 'red' : 'loom'}
              loading={lifecycle.isPending}
              onClick={() =>
                asking === 'unpublish'
                  ? go({ kind: 'unpublish' }, t('editor.did.unpublish'))
                  : go({ kind: 'publish' }, t('editor.did.publish'))
              }
            >
              {t(asking === 'unpublish' ? 'editor.unpublish' : 'editor.publishNow')}
            </Button>
          </Group>
        </Stack>
      </Modal>
      <Modal
        opened={asText !== null}
        onClose={() => setAsText(null)}
        size="xl"
        title={t('editor.asText')}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack>
          <Textarea
            aria-label={t('editor.asText')}
            autosize
            minRows={12}
            maxRows={26}
            spellCheck={false}
            value={asText ?? ''}
            onChange={(event) => setAsText(event.currentTarget.value)}
            styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
            error={asText !== null && !read(asText) ? t('editor.notBpmn', { why: '' }) : undefined}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setAsText(null)}>
              {t('common.cancel')}
            </Button>
            <Button
              disabled={asText === null || !read(asText)}
              onClick={() => {
                if (asText !== null) change(asText);
                setAsText(null);
              }}
            >
              {t('editor.take')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </main>
  );
}

/** One automation: its diagram and settings, its runs, its versions. */
export function AutomationScreen() {
  const { id } = useParams({ from: '/shell/automations/$id' });
  const automation = useAutomation(id);
  if (automation.error && !automation.data) {
    return <ProblemAlert error={automation.error} m="md" onRetry={() => void automation.refetch()} />;
  }
  if (!automation.data) return <PageSkeleton />;
  return <Editor key={id} automation={automation.data} />;
}
