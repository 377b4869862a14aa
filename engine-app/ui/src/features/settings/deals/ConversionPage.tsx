import { Button, Group, NativeSelect, Stack, Tabs, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '@/components/DataTable';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { Section } from '../components/Section';
import { type Mapping, MAPPINGS, type MappingPage, useMapping, useSaveMapping } from './deals';

function Pairs({ page, mapping }: { page: MappingPage; mapping: Mapping }) {
  const { t } = useTranslation();
  const save = useSaveMapping(page);
  const [chosen, setChosen] = useState<Record<number, number>>(() =>
    Object.fromEntries(mapping.pairs.map(({ lead, target }) => [lead, target])),
  );
  useUnsaved({ chosen }, save.isPending || save.isSuccess);
  const used = new Set(Object.values(chosen));
  const several = page === 'client';
  const offered = (lead: Mapping['leadFields'][number]) =>
    mapping.targets
      .filter(({ id }) => lead.fits.includes(id) && (!used.has(id) || chosen[lead.id] === id))
      .map((target) => ({
        value: String(target.id),
        label: several ? `${t(`entities.${target.entity as 'contact'}`)}: ${target.label}` : target.label,
      }));
  return (
    <Stack gap="sm">
      {save.error && <ProblemAlert error={save.error} />}
      <DataTable
        label={t(`settings.conversion.pages.${page}`)}
        items={mapping.leadFields}
        rowKey={({ id }) => id}
        columns={[
          { key: 'lead', label: t('settings.conversion.lead'), width: '45%', cell: ({ label }) => label },
          {
            key: 'target',
            label: t(`settings.conversion.target.${page}`),
            cell: (lead) => (
              <NativeSelect
                size="xs"
                aria-label={lead.label}
                value={chosen[lead.id] === undefined ? '' : String(chosen[lead.id])}
                onChange={(event) => {
                  const target = event.currentTarget.value;
                  setChosen((before) => {
                    const rest = Object.entries(before).filter(([id]) => id !== String(lead.id));
                    return Object.fromEntries(target ? [...rest, [lead.id, Number(target)]] : rest) as Record<
                      number,
                      number
                    >;
                  });
                }}
                data={[{ value: '', label: t('settings.conversion.none') }, ...offered(lead)]}
              />
            ),
          },
        ]}
      />
      <Group justify="flex-end">
        <Button
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              Object.entries(chosen).map(([lead, target]) => ({ lead: Number(lead), target })),
              { onSuccess: () => toast(t('common.saved')) },
            )
          }
        >
          {t('settings.conversion.update')}
        </Button>
      </Group>
    </Stack>
  );
}

function Page({ page }: { page: MappingPage }) {
  const { t } = useTranslation();
  const mapping = useMapping(page);
  if (mapping.error) {
    return <ProblemAlert error={mapping.error} onRetry={() => void mapping.refetch()} />;
  }
  if (!mapping.data) return <PageSkeleton />;
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t(`settings.conversion.text.${page}`)}
      </Text>
      <Pairs key={page} page={page} mapping={mapping.data} />
    </>
  );
}

/** Which field of a lead goes where when it is converted (LEAD-157 to LEAD-163). */
export function ConversionPage() {
  const { t } = useTranslation();
  const [page, setPage] = useState<MappingPage>('client');
  return (
    <Section title={t('settings.pages.conversion')} text={t('settings.about.conversion')}>
      <Tabs
        value={page}
        onChange={(next) => setPage(MAPPINGS.find((one) => one === next) ?? 'client')}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {MAPPINGS.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`settings.conversion.pages.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {MAPPINGS.map((one) => (
          <Tabs.Panel key={one} value={one}>
            <Page page={one} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </Section>
  );
}
