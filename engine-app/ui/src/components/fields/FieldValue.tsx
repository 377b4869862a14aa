import { Anchor, Badge, Group } from '@mantine/core';
import { IconCheck, IconStarFilled } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isChoiceKind } from '@/api/getChoices';
import type { Field } from '@/api/getSchema';
import { useTypes } from '@/api/getTypes';
import { useUsers } from '@/api/getUsers';
import { useRecordName } from '@/api/recordNames';
import { plural } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { AUTOMATIC, FLAG } from '@/lib/flag';
import { Moment } from '@/components/Moment';
import { ChoiceValue } from './ChoiceValue';
import { ScoreValue } from './ScoreValue';
import { formatDay, formatMoney, formatNumber } from '@/lib/format';

export function isEmpty(value: unknown): boolean {
  return value == null || value === '' || (Array.isArray(value) && value.length === 0);
}

function UserName({ id }: { id: number }) {
  const users = useUsers().data;
  return <>{users?.find((user) => user.id === id)?.name ?? `#${id}`}</>;
}

function RecordName({ link, id }: { link: string | null | undefined; id: number }) {
  const entity = link ? plural(link) : undefined;
  const name = useRecordName(entity, id);
  if (!entity) return <>{`#${id}`}</>;
  return (
    <Anchor
      size="sm"
      renderRoot={(props) => <AppLink {...props} href={`/${entity}/${id}`} />}
      onClick={(event) => event.stopPropagation()}
    >
      {name ?? `#${id}`}
    </Anchor>
  );
}

/** An activity or task type by its label. */
function TypeName({ type }: { type: string }) {
  const activities = useTypes('activity-types').data ?? [];
  const tasks = useTypes('task-types').data ?? [];
  return <>{[...tasks, ...activities].find((known) => known.key === type)?.label ?? type}</>;
}

function asText(value: unknown): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

interface Props {
  field: Pick<Field, 'key' | 'type' | 'link' | 'system'>;
  value: unknown;
  /** The percentage of a lead beside its score. */
  percentage?: unknown;
  /** In a table: nothing that takes the eye or the click. */
  compact?: boolean;
}

/** A value as its type is read. */
export function FieldValue({ field, value, percentage, compact = false }: Props): ReactNode {
  const { t, i18n } = useTranslation();
  if (isEmpty(value)) return null;
  switch (field.type) {
    case 'boolean':
      if (field.key === 'starred') {
        return value ? (
          <IconStarFilled size={14} color="var(--ll-warn)" aria-label={t('common.yes')} />
        ) : null;
      }
      if (compact) return value ? <IconCheck size={16} aria-label={t('common.yes')} /> : null;
      return value ? t('common.yes') : t('common.no');
    case 'wholeNumber':
      if (field.key === 'createdByRun' && field.system) {
        return (
          <Anchor size="sm" renderRoot={(props) => <AppLink {...props} href={`/runs/${asText(value)}`} />}>
            {t('run.title', { id: value })}
          </Anchor>
        );
      }
      if (field.key === 'score' && field.system) {
        return <ScoreValue total={Number(value)} percentage={percentage} />;
      }
      return Number.isFinite(Number(value)) ? formatNumber(Number(value)) : asText(value);
    case 'decimal':
      return Number.isFinite(Number(value))
        ? formatNumber(Number(value), { maximumFractionDigits: 6 })
        : asText(value);
    case 'money': {
      const money = value as { amount?: unknown; currency?: unknown };
      return formatMoney(String(money.amount ?? ''), String(money.currency ?? ''), compact);
    }
    case 'date':
      return formatDay(asText(value));
    case 'dateTime':
      return <Moment at={asText(value)} />;
    case 'user':
      return <UserName id={Number(value)} />;
    case 'recordLink':
      return <RecordName link={field.link} id={Number(value)} />;
    case 'multiSelect':
      return (
        <Group gap={4} wrap={compact ? 'nowrap' : 'wrap'} component="span">
          {(Array.isArray(value) ? value : [value]).map((option) => (
            <Badge key={asText(option)} color="gray" component="span">
              {asText(option)}
            </Badge>
          ))}
        </Group>
      );
    case 'email':
      return compact ? (
        asText(value)
      ) : (
        <Anchor size="sm" href={`mailto:${asText(value)}`}>
          {asText(value)}
        </Anchor>
      );
    case 'phone':
      return compact ? (
        asText(value)
      ) : (
        <Anchor size="sm" href={`tel:${asText(value)}`}>
          {asText(value)}
        </Anchor>
      );
    case 'url': {
      const address = asText(value);
      const shown = address.replace(/^https?:\/\//, '').replace(/\/$/, '');
      if (compact || !/^https?:\/\//.test(address)) return shown;
      return (
        <Anchor size="sm" href={address} target="_blank" rel="noopener noreferrer">
          {shown}
        </Anchor>
      );
    }
    default: {
      const text = asText(value);
      if (!field.system) return text;
      if (field.key === 'type') return <TypeName type={text} />;
      if (field.key === FLAG) return t(text === AUTOMATIC ? 'flag.automatic' : 'flag.byHand');
      if (field.type === 'dropdown' && isChoiceKind(field.key) && !i18n.exists(`states.${text}`)) {
        return <ChoiceValue kind={field.key} label={text} />;
      }
      const state = `states.${text}`;
      return field.key === 'status' && i18n.exists(state) ? t(state as 'states.pending') : text;
    }
  }
}

/** Fields whose values stand right in their column, so that digits line up. */
export function isNumeric(field: Pick<Field, 'type'>): boolean {
  return ['wholeNumber', 'decimal', 'money'].includes(field.type);
}
