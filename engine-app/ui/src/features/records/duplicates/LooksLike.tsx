import { Alert, Anchor, Button, List, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Likes, useLikeDraft, useLikeRecord } from '@/api/duplicates';
import type { Mergeable } from '@/api/merges';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { useRuleName } from '@/components/useRuleName';

/** So many are named before the others are only counted. */
const NAMED = 3;

function Found({
  entity,
  likes,
  record,
  elsewhere = false,
}: {
  entity: Mergeable;
  likes: Likes | undefined;
  /** The record that they look like, when there is one. */
  record?: RecordData;
  /** Whether links open a page of their own, so that a form stays. */
  elsewhere?: boolean;
}) {
  const { t } = useTranslation();
  const nameOf = useRuleName(entity);
  const mayMerge = useMayWith(entity, 'delete');
  const items = likes?.items ?? [];
  if (items.length === 0 || !likes) return null;
  const why = (ids: number[]) =>
    likes.rules
      .filter(({ id }) => ids.includes(id))
      .map(nameOf)
      .join(', ');
  const target = elsewhere ? { target: '_blank' } : {};
  const ids = record ? [record.id, ...items.map((item) => item.record.id)].slice(0, 10) : [];
  return (
    <Alert
      color="yellow"
      p="sm"
      icon={<IconCopy size={18} />}
      title={t('duplicates.looksLike', { count: items.length })}
      role="status"
    >
      <List size="sm" listStyleType="none" spacing={6}>
        {items.slice(0, NAMED).map((item) => (
          <List.Item key={item.record.id}>
            <Anchor
              size="sm"
              underline="always"
              renderRoot={(props) => <AppLink {...props} {...target} href={`/${entity}/${item.record.id}`} />}
            >
              {titleOf(entity, item.record)}
            </Anchor>{' '}
            <Text span size="xs" c="dimmed">
              {why(item.rules)}
            </Text>
          </List.Item>
        ))}
      </List>
      {items.length > NAMED && (
        <Text size="xs" c="dimmed">
          {t('duplicates.andMore', { count: items.length - NAMED })}
        </Text>
      )}
      {record && mayMerge && (
        <Button
          size="compact-sm"
          variant="default"
          mt={6}
          renderRoot={(props) => (
            <AppLink {...props} href={`/merge/${entity}?ids=${encodeURIComponent(JSON.stringify(ids))}`} />
          )}
        >
          {t('duplicates.compare')}
        </Button>
      )}
    </Alert>
  );
}

/** Says on a record's page that others look like it; nothing when there are none. */
export function LooksLike({ entity, record }: { entity: Mergeable; record: RecordData }) {
  const likes = useLikeRecord(entity, record.id);
  return <Found entity={entity} likes={likes.data} record={record} />;
}

/** Says in a form that there are records that look like the new one; it stands in nobody's way. */
export function DraftLooksLike({ entity, values }: { entity: Mergeable; values: Record<string, unknown> }) {
  const filled = Object.fromEntries(
    Object.entries(values).filter(
      ([, value]) => typeof value === 'number' || (typeof value === 'string' && value.trim() !== ''),
    ),
  );
  const [asked] = useDebouncedValue(filled, 400);
  const some = Object.keys(asked).length > 0;
  const likes = useLikeDraft(entity, asked, some);
  return <Found entity={entity} likes={some ? likes.data : undefined} elsewhere />;
}
