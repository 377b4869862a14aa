import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconLayoutKanban, IconTargetArrow } from '@tabler/icons-react';
import { lazy, type ReactNode, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllFields } from '@/api/getSchema';
import { usePipelines } from '@/api/pipelines';
import { useMay } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import type { OtherLook } from '@/components/list/ListPage';
import type { ListSearch } from '@/components/list/listSearch';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useBoardView, useKeepBoardView } from './board';

const Board = lazy(() => import('./Board').then((module) => ({ default: module.Board })));

function NoPipeline() {
  const { t } = useTranslation();
  const mayAdd = useMay('schema', 'create');
  return (
    <EmptyState
      icon={IconTargetArrow}
      title={t('board.noPipeline')}
      text={t(mayAdd ? 'board.noPipelineText' : 'board.noPipelineAsk')}
    >
      {mayAdd && (
        <Button renderRoot={(props) => <AppLink {...props} href="/settings/pipelines" />}>
          {t('settings.pipelines.add')}
        </Button>
      )}
    </EmptyState>
  );
}

interface Look {
  /** Undefined for what has no board. */
  board: OtherLook | undefined;
  /** Whether there is no pipeline, so that no opportunity can be added (REV-009). */
  barren: boolean;
}

/** The board of opportunities beside their list: what the address says, else what the reader has kept. */
export function useBoardLook(
  enabled: boolean,
  search: ListSearch,
  onSearch: (change: Partial<ListSearch>) => void,
): Look {
  const { t } = useTranslation();
  const { data, error, refetch } = usePipelines(enabled);
  const pipelines = data?.items;
  const fields = useAllFields('opportunities', enabled).data;
  const kept = useBoardView(enabled);
  const keep = useKeepBoardView();
  const seen = (key: string) => !fields || fields.some((field) => field.key === key);
  // Without them there are no columns; the list does without them.
  if (!enabled || !seen('pipeline') || !seen('stage')) {
    return { board: undefined, barren: enabled && pipelines?.length === 0 };
  }
  if (pipelines?.length === 0) {
    return { board: { tools: null, shown: true, body: () => <NoPipeline /> }, barren: true };
  }
  const shown = search.view === undefined ? (kept.data?.board ?? true) : search.view === 'board';
  const find = (id: number | null | undefined) => pipelines?.find((one) => one.id === id);
  const pipeline = find(search.pipeline) ?? find(kept.data?.pipeline) ?? pipelines?.[0];
  const choose = (board: boolean, id: number | undefined) => {
    keep.mutate({ board, pipeline: id ?? null });
    onSearch({ view: board ? 'board' : 'list', pipeline: board ? id : undefined });
  };
  const known = pipeline !== undefined && (search.view !== undefined || !kept.isPending);
  const body = (filter: string | undefined, nothing: ReactNode) =>
    known && fields ? (
      <Suspense fallback={<PageSkeleton rows={6} />}>
        <Board key={pipeline.id} pipeline={pipeline.id} filter={filter} nothing={nothing} />
      </Suspense>
    ) : error && !pipelines ? (
      <ProblemAlert error={error} m="md" onRetry={() => void refetch()} />
    ) : (
      <PageSkeleton rows={6} />
    );
  const tools = (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('board.look')}
        value={shown ? 'board' : 'list'}
        onChange={(next) => choose(next === 'board', pipeline?.id)}
        data={[
          { value: 'board', label: t('board.title') },
          { value: 'list', label: t('board.list') },
        ]}
      />
      {shown && pipelines && pipelines.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={t('board.pipeline')}
          leftSection={<IconLayoutKanban size={14} />}
          value={String(pipeline?.id ?? '')}
          onChange={(event) => choose(true, Number(event.currentTarget.value))}
          data={pipelines.map(({ id, name }) => ({ value: String(id), label: name }))}
        />
      )}
    </>
  );
  return { board: { tools, shown, body }, barren: false };
}
