import { Button, Divider, Group, Stack, Tabs, Title } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Choice, type ChoiceKind, isChoiceKind, useChoices } from '@/api/getChoices';
import { useMay, useRights } from '@/api/rights';
import { EmptyState } from '@/components/EmptyState';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { Section } from '../components/Section';
import { ChoiceForm } from './ChoiceForm';
import { ChoiceRows } from './ChoiceRows';
import { useOrderChoices } from './choices';
import { DeleteChoice } from './DeleteChoice';
import { LeadSwitches } from './LeadSwitches';

const KINDS: ChoiceKind[] = [
  'stage',
  'status',
  'source',
  'group',
  'rating',
  'salesDirection',
  'serviceProduct',
  'marketingCampaign',
  'distributionChannel',
];
/** What leads are like beside their choices (LEAD-214). */
const ADVANCED = 'advanced';
const ADVANCED_PROPERTIES = ['flagOnAllocation', 'followUpMail', 'withoutCompany'] as const;
const STAGE_PROPERTIES = ['stageComments', 'stageMandatory', 'stageQuickAdd', 'stageImport'] as const;

/** Choices that stand together, and what a new one among them is. */
interface Bundle {
  key: string;
  title: string | undefined;
  choices: Choice[];
  fresh: { active?: boolean; parent?: number };
}

function Choices({ kind }: { kind: ChoiceKind }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const choices = useChoices(kind);
  const stages = useChoices('stage', kind === 'status');
  const order = useOrderChoices(kind);
  const mayEdit = useMay('schema', 'edit');
  const mayAdd = useMay('schema', 'create');
  const mayDelete = useMay('schema', 'delete');
  const [form, setForm] = useState<{ choice?: Choice; fresh: Bundle['fresh'] } | null>(null);
  const [gone, setGone] = useState<Choice | null>(null);

  // What was read before stays, and with it a form that somebody fills in.
  const error = choices.data && (kind !== 'status' || stages.data) ? null : (choices.error ?? stages.error);
  if (error) {
    return (
      <ProblemAlert
        error={error}
        onRetry={() => {
          void choices.refetch();
          void stages.refetch();
        }}
      />
    );
  }
  if (!choices.data || (kind === 'status' && !stages.data)) return <PageSkeleton rows={5} />;
  const all = choices.data;
  const bundles: Bundle[] =
    kind === 'stage'
      ? [true, false].map((active) => ({
          key: String(active),
          title: t(active ? 'leadSettings.activeStages' : 'leadSettings.inactiveStages'),
          choices: all.filter((choice) => choice.active === active),
          fresh: { active },
        }))
      : kind === 'status'
        ? (stages.data ?? []).map((stage) => ({
            key: String(stage.id),
            title: stage.label,
            choices: all.filter((choice) => choice.parent === stage.id),
            fresh: { parent: stage.id },
          }))
        : [{ key: kind, title: undefined, choices: all, fresh: {} }];

  return (
    <Stack gap="lg">
      {bundles.map((bundle) => (
        <section key={bundle.key} aria-label={bundle.title ?? t(`leadSettings.kinds.${kind}`)}>
          <Group justify="space-between" mb="xs" mih={32}>
            {bundle.title ? <Title order={3}>{bundle.title}</Title> : <span />}
            {mayAdd && (
              <Button
                variant="default"
                leftSection={<IconPlus size={14} />}
                aria-label={
                  bundle.title
                    ? t('leadSettings.addTo', { kind: t(`leadSettings.add.${kind}`), group: bundle.title })
                    : undefined
                }
                onClick={() => setForm({ fresh: bundle.fresh })}
              >
                {t(`leadSettings.add.${kind}`)}
              </Button>
            )}
          </Group>
          <ChoiceRows
            label={bundle.title ?? t(`leadSettings.kinds.${kind}`)}
            choices={bundle.choices}
            mayEdit={mayEdit}
            mayDelete={mayDelete}
            onEdit={(choice) => setForm({ choice, fresh: {} })}
            onDelete={setGone}
            onOrder={(ids) =>
              order.mutate(
                bundles.flatMap((each) => (each.key === bundle.key ? ids : each.choices.map(({ id }) => id))),
                { onError: (problem) => toast(problemText(problem), { kind: 'bad' }) },
              )
            }
          />
        </section>
      ))}
      {kind === 'stage' && (
        <>
          <Divider />
          <section aria-label={t('leadSettings.properties')}>
            <Title order={3} mb="sm">
              {t('leadSettings.properties')}
            </Title>
            <LeadSwitches keys={STAGE_PROPERTIES} mayEdit={mayEdit} />
          </section>
        </>
      )}
      {form && (
        <ChoiceForm
          key={form.choice?.id ?? 'new'}
          kind={kind}
          choice={form.choice}
          group={form.fresh}
          onClose={() => setForm(null)}
        />
      )}
      {gone && <DeleteChoice kind={kind} choice={gone} onClose={() => setGone(null)} />}
    </Stack>
  );
}

/** Stages, statuses, sources, groups and ratings of leads (LEAD-127, LEAD-131 to LEAD-142, PLT-001 to PLT-020). */
export function LeadsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { tab } = useSearch({ from: '/shell/settings/leads' });
  const shown = tab !== undefined && (isChoiceKind(tab) || tab === ADVANCED) ? tab : 'stage';
  const mayEdit = useMay('schema', 'edit');
  const rights = useRights();
  if (rights.isPending) return <PageSkeleton />;
  if (!mayEdit) return <EmptyState icon={IconLock} title={t('leadSettings.adminsOnly')} />;
  return (
    <Section title={t('settings.pages.leads')} text={t('leadSettings.what')}>
      <Tabs
        value={shown}
        onChange={(next) => void navigate({ to: '.', search: { tab: next ?? undefined }, replace: true })}
        keepMounted={false}
      >
        <Tabs.List mb="md">
          {KINDS.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`leadSettings.kinds.${each}`)}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value={ADVANCED}>{t('leadSettings.advanced')}</Tabs.Tab>
        </Tabs.List>
        {KINDS.map((each) => (
          <Tabs.Panel key={each} value={each}>
            <Choices kind={each} />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value={ADVANCED}>
          <LeadSwitches keys={ADVANCED_PROPERTIES} mayEdit={mayEdit} />
        </Tabs.Panel>
      </Tabs>
    </Section>
  );
}
