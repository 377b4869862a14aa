import { Button, Group, Paper, SegmentedControl, Text } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Entity, singular } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import { WhyList } from '@/components/why/WhyList';

const KINDS = ['leads', 'contacts', 'accounts', 'opportunities'] as const;
type Kind = (typeof KINDS)[number];

/** Asks of one automation whether it started for a record, and what said no; the address keeps the question. */
export function WhySearch({ id }: { id: number }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { why } = useSearch({ from: '/shell/automations/$id' });
  const ask = (next: string | undefined) =>
    void navigate({
      to: '.',
      search: ((before: object) => ({ ...before, why: next })) as never,
      replace: true,
    });
  if (why === undefined) {
    return (
      <Button
        variant="default"
        leftSection={<IconHelpCircle size={16} aria-hidden />}
        onClick={() => ask('leads')}
      >
        {t('whyNot.search')}
      </Button>
    );
  }
  const [kind, chosen] = why.split('/');
  const entity: Kind = KINDS.find((known) => known === kind) ?? 'leads';
  const record = chosen && /^\d+$/.test(chosen) ? Number(chosen) : undefined;
  return (
    <Paper withBorder p="sm" w="100%" component="section" aria-label={t('whyNot.search')}>
      <Group justify="space-between" mb={4}>
        <Text fw={600}>{t('whyNot.search')}</Text>
        <Button variant="subtle" size="compact-sm" onClick={() => ask(undefined)}>
          {t('common.close')}
        </Button>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">
        {t('whyNot.searchText')}
      </Text>
      <Group align="flex-end" mb="sm">
        <div style={{ overflowX: 'auto', maxWidth: '100%' }}>
          <SegmentedControl
            aria-label={t('whyNot.entity')}
            value={entity}
            onChange={(next) => ask(next)}
            data={KINDS.map((value) => ({ value, label: t(`nav.${value}`) }))}
          />
        </div>
        <div style={{ flex: '1 1 240px', maxWidth: 420 }}>
          <FieldInput
            key={entity}
            field={{
              key: 'record',
              type: 'recordLink',
              link: singular(entity),
              options: [],
              mandatory: false,
            }}
            ariaLabel={t('whyNot.record')}
            value={record ?? null}
            onChange={(next) => ask(typeof next === 'number' ? `${entity}/${next}` : entity)}
          />
        </div>
      </Group>
      {record !== undefined && <WhyList entity={entity as Entity} id={record} automation={id} />}
    </Paper>
  );
}
