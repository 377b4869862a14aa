import { ActionIcon, Anchor, Button, Collapse, Group, Text } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconPlus } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { incidentText } from '@/api/getRun';
import type { Entity, RecordData } from '@/api/records';
import { useMayStart } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { Moment } from '@/components/Moment';
import { ProblemAlert } from '@/components/ProblemAlert';
import { Status } from '@/components/Status';
import { WhyToggle } from '@/components/why/WhyToggle';
import { formatNumber } from '@/lib/format';
import { useRecordRuns } from '../api/getRecordRuns';
import { Nothing, Panel } from './Panel';
import classes from './Panels.module.css';
import { StartAutomation } from './StartAutomation';

/** Runs that go on, or those that have ended, below a line that closes and opens them. */
function Runs({
  entity,
  id,
  open,
  label,
  none,
}: {
  entity: Entity;
  id: number;
  open: boolean;
  label: string;
  none: string;
}) {
  const { t } = useTranslation();
  const list = useId();
  // What an automation has just done is looked for here, also when it did it within a second.
  const [shown, setShown] = useState(true);
  const runs = useRecordRuns(entity, id, open);
  const items = runs.data?.pages.flatMap((page) => page.items) ?? [];
  const Chevron = shown ? IconChevronDown : IconChevronRight;
  const count = runs.data && `${formatNumber(items.length)}${runs.hasNextPage ? '+' : ''}`;
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        ml={-8}
        leftSection={<Chevron size={14} aria-hidden />}
        aria-expanded={shown}
        aria-controls={list}
        onClick={() => setShown((before) => !before)}
      >
        {label}
        {count !== undefined && ` (${count})`}
      </Button>
      <Collapse expanded={shown} id={list}>
        {runs.error ? (
          <ProblemAlert error={runs.error} onRetry={() => void runs.refetch()} />
        ) : runs.data && items.length === 0 ? (
          <Nothing>{none}</Nothing>
        ) : (
          <ul className={classes.plain} aria-label={label}>
            {items.map((run) => (
              <li key={run.id} className={classes.run}>
                <Group justify="space-between" wrap="nowrap" gap="xs">
                  <Anchor
                    size="sm"
                    c="inherit"
                    renderRoot={(props) => <AppLink {...props} href={`/runs/${run.id}`} />}
                  >
                    {run.automation?.name ?? `#${run.id}`}
                  </Anchor>
                  <Status state={run.status} />
                </Group>
                <Text size="xs" c="dimmed">
                  <Moment at={run.endedAt ?? run.startedAt} />
                  {run.status === 'failed' &&
                    incidentText(run.incident) &&
                    ` · ${incidentText(run.incident)}`}
                </Text>
              </li>
            ))}
          </ul>
        )}
        {runs.hasNextPage && (
          <Button
            variant="subtle"
            size="compact-sm"
            loading={runs.isFetchingNextPage}
            onClick={() => void runs.fetchNextPage()}
          >
            {t('record.older')}
          </Button>
        )}
      </Collapse>
    </>
  );
}

/** The automations that a record is in now, with adding it to one, and those it was in earlier (ENG-095, ENG-096). */
export function AutomationsPanel({ entity, record }: { entity: Entity; record: RecordData }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const mayStart = useMayStart(entity, record);
  return (
    <Panel
      title={t('record.runs')}
      action={
        mayStart &&
        record.trashedAt == null && (
          <ActionIcon aria-label={t('bulk.offer.start-automation')} onClick={() => setAdding(true)}>
            <IconPlus size={16} />
          </ActionIcon>
        )
      }
    >
      <Runs entity={entity} id={record.id} open label={t('record.runsNow')} none={t('record.noRunsNow')} />
      <Runs
        entity={entity}
        id={record.id}
        open={false}
        label={t('record.runsEarlier')}
        none={t('record.noRunsEarlier')}
      />
      <WhyToggle entity={entity} id={record.id} />
      <StartAutomation entity={entity} record={record} opened={adding} onClose={() => setAdding(false)} />
    </Panel>
  );
}
