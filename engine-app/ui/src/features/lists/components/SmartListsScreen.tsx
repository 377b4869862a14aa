import { ActionIcon, Anchor, Badge, Group, Progress, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { IconCopy, IconGripVertical, IconListSearch, IconPencil, IconTrash } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLists } from '@/api/getLists';
import { useAllFields } from '@/api/getSchema';
import { useUsers } from '@/api/getUsers';
import {
  LISTED,
  type Listed,
  type SmartList,
  useCopySmartList,
  useDeleteSmartList,
  useOrderSmartLists,
  useSmartLists,
} from '@/api/smartLists';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { describeItem } from '@/components/list/describe';
import { SharingIcon } from '@/components/list/SharingIcon';
import { SmartListForm } from '@/components/list/SmartListForm';
import { useReorder } from '@/components/list/useReorder';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { parseFilter } from '@/lib/filter/parse';
import { toTree } from '@/lib/filter/tree';
import { formatNumber } from '@/lib/format';
import classes from './SmartLists.module.css';

/** What a list asks for, in words. */
function FilterText({ entity, filter }: { entity: Listed; filter: string }) {
  const { t } = useTranslation();
  const fields = useAllFields(entity).data ?? [];
  const users = useUsers().data;
  const lists = useLists().data;
  const names = {
    user: (id: string) => users?.find((user) => String(user.id) === id)?.name,
    list: (id: string) => lists?.find((list) => String(list.id) === id)?.name,
  };
  let text = filter;
  try {
    const tree = toTree(parseFilter(filter));
    text = tree.items
      .map((item) => describeItem(item, fields, names, t))
      .join(` ${t(`filter.${tree.join}`)} `);
    if (tree.not) text = `${t('filter.notSo')} (${text})`;
  } catch {
    // Shown as it is written.
  }
  return (
    <Text size="sm" c="dimmed" className={classes.filter} title={text}>
      {text || t('smart.noFilter')}
    </Text>
  );
}

/** How far the upkeep of a live list is. */
function Upkeep({ list }: { list: SmartList }) {
  const { t } = useTranslation();
  const upkeep = list.upkeep;
  if (!upkeep) return null;
  if (upkeep.state === 'broken') {
    return (
      <Text size="sm" c="var(--ll-bad)">
        {t('smart.broken', { why: upkeep.problem ?? '' })}
      </Text>
    );
  }
  if (upkeep.state === 'ready') {
    return upkeep.members == null ? null : (
      <Text size="xs" c="dimmed">
        {t('smart.members', { count: upkeep.members, shown: formatNumber(upkeep.members) })}
      </Text>
    );
  }
  const part = upkeep.total === 0 ? 0 : Math.min(100, (100 * upkeep.done) / upkeep.total);
  return (
    <Progress
      value={part}
      w={160}
      aria-label={t('smart.filling', { done: formatNumber(upkeep.done), total: formatNumber(upkeep.total) })}
    />
  );
}

function Cards({ entity, lists, mayShare }: { entity: Listed; lists: SmartList[]; mayShare: boolean }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const order = useOrderSmartLists(entity);
  const copy = useCopySmartList();
  const remove = useDeleteSmartList();
  const [editing, setEditing] = useState<SmartList | null>(null);
  const [removing, setRemoving] = useState<SmartList | null>(null);
  const [focused, setFocused] = useState<number | null>(null);
  const cards = useRef<HTMLUListElement>(null);
  const onError = (error: Error) => toast(problemText(error), { kind: 'bad' });
  const reorder = useReorder(lists, (next) =>
    order.mutate(
      next.map((list) => list.id),
      { onError },
    ),
  );

  // The grip that is moved with the keys keeps the focus.
  useEffect(() => {
    if (focused !== null) cards.current?.querySelector<HTMLElement>(`[data-list="${focused}"]`)?.focus();
  }, [focused, lists]);

  return (
    <>
      <ul className={classes.cards} ref={cards} aria-label={t('smart.title')}>
        {lists.map((list, index) => (
          <li key={list.id} className={classes.card} {...reorder.place(index)}>
            <button
              type="button"
              className={classes.grip}
              data-list={list.id}
              aria-label={t('smart.move', { name: list.name, place: index + 1 })}
              onFocus={() => setFocused(list.id)}
              onBlur={() => setFocused(null)}
              {...reorder.grip(index)}
            >
              <IconGripVertical size={16} aria-hidden />
            </button>
            <div style={{ minWidth: 0 }}>
              <div className={classes.head}>
                <Anchor
                  size="sm"
                  fw={600}
                  renderRoot={(props) => <AppLink {...props} href={`/${entity}?list=${list.id}`} />}
                >
                  {list.name}
                </Anchor>
                <SharingIcon list={list} size={16} />
                {!list.mine && (
                  <Text size="xs" c="dimmed">
                    {t('smart.by', { name: list.owner.name })}
                  </Text>
                )}
                {list.live && <Badge color="loom">{t('smart.live')}</Badge>}
              </div>
              <FilterText entity={entity} filter={list.filter} />
              <Upkeep list={list} />
            </div>
            <Group gap={2} wrap="nowrap" className={classes.actions ?? ''}>
              {list.mayChange && (
                <Tooltip label={t('smart.edit', { name: list.name })}>
                  <ActionIcon
                    aria-label={t('smart.edit', { name: list.name })}
                    onClick={() => setEditing(list)}
                  >
                    <IconPencil size={16} />
                  </ActionIcon>
                </Tooltip>
              )}
              <Tooltip label={t('smart.duplicate', { name: list.name })}>
                <ActionIcon
                  aria-label={t('smart.duplicate', { name: list.name })}
                  loading={copy.isPending && copy.variables === list.id}
                  onClick={() =>
                    copy.mutate(list.id, {
                      onSuccess: (made) => toast(t('smart.duplicated', { name: made.name })),
                      onError,
                    })
                  }
                >
                  <IconCopy size={16} />
                </ActionIcon>
              </Tooltip>
              {list.mayChange && (
                <Tooltip label={t('smart.delete', { name: list.name })}>
                  <ActionIcon
                    aria-label={t('smart.delete', { name: list.name })}
                    onClick={() => setRemoving(list)}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Tooltip>
              )}
            </Group>
          </li>
        ))}
      </ul>
      {editing && (
        <SmartListForm entity={entity} list={editing} mayShare={mayShare} onClose={() => setEditing(null)} />
      )}
      <RemovalDialog
        what={removing?.id ?? null}
        removal={remove}
        title={t('smart.deleteTitle', { name: removing?.name ?? '' })}
        confirm={t('common.delete')}
        onClose={() => setRemoving(null)}
      >
        {t('smart.deleteText')}
      </RemovalDialog>
    </>
  );
}

/** All smart lists of a kind of record, one card each (ENG-082 to ENG-089). */
export function SmartListsScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { of: entity = 'leads' } = useSearch({ from: '/shell/smart-lists' });
  const lists = useSmartLists(entity, true, true);
  return (
    <Page
      title={t('smart.title')}
      tools={
        <SegmentedControl
          size="xs"
          aria-label={t('smart.kind')}
          data={LISTED.map((kind) => ({ value: kind, label: t(`nav.${kind}`) }))}
          value={entity}
          onChange={(next) => void navigate({ to: '/smart-lists', search: { of: next as Listed } })}
        />
      }
    >
      {lists.error ? (
        <ProblemAlert error={lists.error} onRetry={() => void lists.refetch()} />
      ) : lists.isPending ? (
        <PageSkeleton />
      ) : lists.data.items.length === 0 ? (
        <EmptyState icon={IconListSearch} title={t('smart.empty')} text={t('smart.emptyText')}>
          <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/${entity}`} />}>
            {t('smart.toRecords', { what: t(`nav.${entity}`) })}
          </Anchor>
        </EmptyState>
      ) : (
        <Cards key={entity} entity={entity} lists={lists.data.items} mayShare={lists.data.mayShare} />
      )}
    </Page>
  );
}
