import { ActionIcon, Button, Checkbox, Group, Text, TextInput, Title } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useUsers } from '@/api/getUsers';
import { ListsProblem } from '@/components/ListsProblem';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { type LeadList, useAssignments, useCampaigns, useMoveCampaigns } from '../api/calling';
import classes from './Calling.module.css';

interface Entry {
  id: number;
  name: string;
}

interface SectionProps {
  title: string;
  campaigns: Entry[];
  selected: Set<number>;
  onSelect: (ids: number[], on: boolean) => void;
}

function Entries({ title, campaigns, selected, onSelect }: SectionProps) {
  const { t } = useTranslation();
  const ids = campaigns.map((campaign) => campaign.id);
  const chosen = ids.filter((id) => selected.has(id));
  return (
    <div role="group" aria-label={title} className={classes.section}>
      <div className={classes.head}>
        <Checkbox
          size="xs"
          label={`${title} (${campaigns.length})`}
          aria-label={t('calling.assign.all', { section: title, count: campaigns.length })}
          checked={ids.length > 0 && chosen.length === ids.length}
          indeterminate={chosen.length > 0 && chosen.length < ids.length}
          disabled={ids.length === 0}
          onChange={(event) => onSelect(ids, event.currentTarget.checked)}
        />
      </div>
      <ul className={classes.entries}>
        {campaigns.map((campaign) => (
          <li key={campaign.id}>
            <Checkbox
              size="xs"
              label={campaign.name}
              checked={selected.has(campaign.id)}
              onChange={(event) => onSelect([campaign.id], event.currentTarget.checked)}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}

/** The campaigns of a list's process: those it is assigned to and the others (LEAD-030 to LEAD-037). */
export function CampaignsOfList({ list, onManage }: { list: LeadList; onManage: () => void }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const assignments = useAssignments(list.process, list.id);
  const campaigns = useCampaigns(list.process);
  const users = useUsers();
  // Told wherever the user is by then.
  const move = useMoveCampaigns(list, (error) => toast(problemText(error), { kind: 'bad' }));
  const [search, setSearch] = useState('');
  const [selected, setSelected] = useState<Set<number>>(new Set());
  /** Whether the campaigns that were moved are to be assigned, until Apply. */
  const [moved, setMoved] = useState<Map<number, boolean>>(new Map());
  if (assignments.error) {
    return <ProblemAlert error={assignments.error} onRetry={() => void assignments.refetch()} />;
  }
  if (assignments.isPending) return <PageSkeleton />;
  const wanted = search.trim().toLowerCase();
  const found = new Set(
    (users.data ?? []).filter((user) => user.name.toLowerCase().includes(wanted)).map((user) => user.id),
  );
  const called = new Set(
    (campaigns.data ?? [])
      .filter((campaign) => campaign.members.some((member) => found.has(member)))
      .map((campaign) => campaign.id),
  );
  const fits = (campaign: Entry) => campaign.name.toLowerCase().includes(wanted) || called.has(campaign.id);
  const all = assignments.data.map(({ campaign, assigned }) => ({
    campaign,
    assigned: moved.get(campaign.id) ?? assigned,
    changed: (moved.get(campaign.id) ?? assigned) !== assigned,
  }));
  const shown = (assigned: boolean) =>
    all.filter((each) => each.assigned === assigned && fits(each.campaign)).map((each) => each.campaign);
  const available = shown(false);
  const assigned = shown(true);
  const select = (ids: number[], on: boolean) =>
    setSelected((before) => {
      const next = new Set(before);
      for (const id of ids) {
        if (on) next.add(id);
        else next.delete(id);
      }
      return next;
    });
  const chosen = (entries: Entry[]) =>
    entries.filter((campaign) => selected.has(campaign.id)).map((campaign) => campaign.id);
  const go = (ids: number[], on: boolean) => {
    setMoved((before) => new Map([...before, ...ids.map((id) => [id, on] as const)]));
    select(ids, false);
  };
  const changes = all.filter((each) => each.changed);
  const apply = () => {
    const sent = new Map(changes.map((each) => [each.campaign.id, each.assigned]));
    const of = (assign: boolean) => [...sent].filter(([, to]) => to === assign).map(([id]) => id);
    move.mutate(
      { assign: of(true), release: of(false) },
      {
        onSuccess: () => {
          // What was moved since stays as it is until the next time.
          setMoved((before) => new Map([...before].filter(([id, to]) => sent.get(id) !== to)));
          toast(t('calling.assign.applied'));
        },
      },
    );
  };
  return (
    <section aria-label={t('calling.assign.title', { name: list.name })} className={classes.assign}>
      <Group justify="space-between" gap="xs" mb="xs" wrap="nowrap" align="start">
        <Title order={3} fz="sm" style={{ overflowWrap: 'anywhere' }}>
          {t('calling.assign.title', { name: list.name })}
        </Title>
        <Button size="compact-xs" variant="default" onClick={onManage} style={{ flex: 'none' }}>
          {t('calling.assign.manage')}
        </Button>
      </Group>
      {all.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('calling.assign.none')}
        </Text>
      ) : (
        <>
          <ListsProblem lists={[users, campaigns]} />
          <TextInput
            size="xs"
            mb="xs"
            aria-label={t('calling.assign.search')}
            placeholder={t('calling.assign.search')}
            leftSection={<IconSearch size={14} />}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <div className={classes.sections}>
            <Entries
              title={t('calling.assign.available')}
              campaigns={available}
              selected={selected}
              onSelect={select}
            />
            <div className={classes.arrows}>
              <ActionIcon
                variant="default"
                aria-label={t('calling.assign.right')}
                disabled={chosen(available).length === 0}
                onClick={() => go(chosen(available), true)}
              >
                <IconArrowRight size={16} />
              </ActionIcon>
              <ActionIcon
                variant="default"
                aria-label={t('calling.assign.left')}
                disabled={chosen(assigned).length === 0}
                onClick={() => go(chosen(assigned), false)}
              >
                <IconArrowLeft size={16} />
              </ActionIcon>
            </div>
            <Entries
              title={t('calling.assign.assigned')}
              campaigns={assigned}
              selected={selected}
              onSelect={select}
            />
          </div>
          <Group justify="space-between" mt="xs" gap="xs" wrap="nowrap">
            <Text size="xs" c="dimmed" role="status">
              {changes.length > 0 ? t('calling.assign.pending', { count: changes.length }) : ''}
            </Text>
            <Button size="xs" loading={move.isPending} disabled={changes.length === 0} onClick={apply}>
              {t('calling.assign.apply')}
            </Button>
          </Group>
        </>
      )}
    </section>
  );
}
