import { Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { Moment } from '@/components/Moment';
import { ProblemAlert } from '@/components/ProblemAlert';
import { get } from '@/lib/http';
import classes from '../components/Panels.module.css';

const schema = z.looseObject({
  items: z.array(
    z.looseObject({
      userId: z.number(),
      userName: z.nullish(z.string()),
      from: z.string(),
      to: z.nullish(z.string()),
    }),
  ),
});

/** Who has had the lead, and when (LEAD-123). */
export function OwnersPanel({ id }: { id: number }) {
  const { t } = useTranslation();
  const owners = useQuery({
    queryKey: ['lead', id, 'owners'],
    queryFn: () => get(schema, `/leads/${id}/owners`),
  });
  return (
    <section className={classes.panel} aria-label={t('lead.owners')}>
      <Title order={3} mb={4}>
        {t('lead.owners')}
      </Title>
      {owners.error ? (
        <ProblemAlert error={owners.error} onRetry={() => void owners.refetch()} />
      ) : owners.data?.items.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('lead.noOwners')}
        </Text>
      ) : (
        <ul className={classes.plain}>
          {owners.data?.items.map((owner) => (
            <li key={`${owner.userId}-${owner.from}`}>
              <Text size="sm">{owner.userName ?? `#${owner.userId}`}</Text>
              <Text size="xs" c="dimmed">
                <Moment at={owner.from} /> – {owner.to ? <Moment at={owner.to} /> : t('lead.untilNow')}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
