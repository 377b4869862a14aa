import { ActionIcon, Anchor, Group, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFields } from '@/api/getSchema';
import { useRecords } from '@/api/listRecords';
import { type Entity, type RecordData, singular, text, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { AppLink } from '@/components/AppLink';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { CreateRecord } from '../components/CreateRecord';
import { Nothing, Panel } from '../components/Panel';
import classes from '../components/Panels.module.css';

/** The opportunities of a lead, contact or account with their status, those under way first (REV-014, ENG-097). */
export function DealsPanel({ entity, record }: { entity: Entity; record: RecordData }) {
  const { t } = useTranslation();
  const [adding, setAdding] = useState(false);
  const mayCreate = useMayWith('opportunities', 'create');
  const fields = useFields('opportunities');
  const value = fields.data?.find((field) => field.key === 'value');
  const link = singular(entity);
  const of = `${link} = ${record.id}`;
  // Those under way are the ones that somebody looks for (ENG-097). From whom it is hidden whether they are gets all in one.
  const told = fields.data?.some((field) => field.key === 'statusKind') === true;
  const open = useRecords(
    'opportunities',
    { filter: told ? `${of} and statusKind = "open"` : of, sort: '-createdAt', limit: 20 },
    !fields.isPending,
  );
  const closed = useRecords(
    'opportunities',
    { filter: `${of} and statusKind != "open"`, sort: '-createdAt', limit: 20 },
    told,
  );
  const deals = open.error ? open : closed;
  const pending = open.isPending || (told && closed.isPending);
  const items = [...(open.data?.items ?? []), ...(closed.data?.items ?? [])];
  const more = open.data?.next != null || closed.data?.next != null;
  const given = Object.fromEntries(
    Object.entries({
      ...(entity === 'leads' && { contact: record.values['contact'], account: record.values['account'] }),
      ...(entity === 'contacts' && { account: record.values['account'] }),
      [link]: record.id,
    }).filter(([, of]) => of != null),
  );
  return (
    <Panel
      title={t('nav.opportunities')}
      action={
        mayCreate && (
          <ActionIcon aria-label={t('record.add.opportunities')} onClick={() => setAdding(true)}>
            <IconPlus size={16} />
          </ActionIcon>
        )
      }
    >
      {deals.error ? (
        <ProblemAlert error={deals.error} onRetry={() => void deals.refetch()} />
      ) : pending ? (
        <PageSkeleton rows={1} />
      ) : items.length === 0 ? (
        <Nothing>{t('record.noOpportunities')}</Nothing>
      ) : (
        <ul className={classes.plain}>
          {items.map((deal) => (
            <li key={deal.id}>
              <Anchor
                size="sm"
                renderRoot={(props) => <AppLink {...props} href={`/opportunities/${deal.id}`} />}
              >
                {titleOf('opportunities', deal)}
              </Anchor>
              <Group gap="xs" wrap="nowrap">
                <Text size="xs" c="dimmed" truncate>
                  {[text(deal, 'status'), text(deal, 'stage')].filter(Boolean).join(' · ')}
                </Text>
                {value && !isEmpty(deal.values['value']) && (
                  <Text size="xs" ml="auto" component="span">
                    <FieldValue field={value} value={deal.values['value']} />
                  </Text>
                )}
              </Group>
            </li>
          ))}
          {more && (
            <li>
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <AppLink {...props} href={`/opportunities?filter=${encodeURIComponent(of)}`} />
                )}
              >
                {t('record.allOpportunities')}
              </Anchor>
            </li>
          )}
        </ul>
      )}
      <CreateRecord
        entity="opportunities"
        opened={adding}
        onClose={() => setAdding(false)}
        asked={['name', 'contact', 'pipeline', 'stage', 'value', 'owner']}
        given={given}
        openAfter={false}
      />
    </Panel>
  );
}
