import { Button, Group, Menu, ActionIcon, Progress, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { IconDots, IconLock, IconPlus, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { comparing, MATCH_KINDS, type MatchKind } from '@/api/duplicates';
import { useAllFields } from '@/api/getSchema';
import { MERGED, type Mergeable } from '@/api/merges';
import { isAdministrator, useSession } from '@/api/session';
import { AppLink } from '@/components/AppLink';
import { DataTable } from '@/components/DataTable';
import { EmptyState } from '@/components/EmptyState';
import { FormDialog } from '@/components/FormDialog';
import { Moment } from '@/components/Moment';
import { PageSkeleton } from '@/components/PageSkeleton';
import { fieldErrors, ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { RemovalDialog } from '@/components/RemovalDialog';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { useRuleName } from '@/components/useRuleName';
import { formatNumber } from '@/lib/format';
import {
  type MatchRule,
  useAddMatchRule,
  useChangeMatchRule,
  useMatchRules,
  useRemoveMatchRule,
  useRunMatchRule,
} from '../api/matchRules';
import { Section } from '../components/Section';

const COMPARABLE = ['text', 'email', 'phone', 'url'];

function RuleForm({ entity, onDone }: { entity: Mergeable; onDone: () => void }) {
  const { t } = useTranslation();
  const fields = useAllFields(entity).data ?? [];
  const add = useAddMatchRule();
  const [kind, setKind] = useState<MatchKind>('field');
  const [field, setField] = useState<string | null>(null);
  const [match, setMatch] = useState('likely');
  useUnsaved({ kind, field, match }, add.isPending || add.isSuccess);
  const { errorOf, elsewhere } = fieldErrors(add.error, ['kind', 'field']);
  const kinds = MATCH_KINDS.filter((one) => one !== 'email' || entity !== 'accounts');
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        add.mutate(
          { entity, kind, sure: match === 'sure', ...(kind === 'field' && field !== null ? { field } : {}) },
          {
            onSuccess: () => {
              toast(t('common.saved'));
              onDone();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {elsewhere && <ProblemAlert error={add.error} />}
        <Select
          label={t('duplicates.form.kind')}
          value={kind}
          allowDeselect={false}
          onChange={(next) => setKind((next ?? 'field') as MatchKind)}
          data={kinds.map((one) => ({
            value: one,
            label: one === 'name' ? t(`duplicates.rules.name.${entity}`) : t(`duplicates.form.kinds.${one}`),
          }))}
          error={errorOf('kind')}
          data-autofocus
        />
        {kind === 'field' && (
          <Select
            label={t('duplicates.form.field')}
            description={t('duplicates.form.fieldText')}
            searchable
            required
            value={field}
            onChange={setField}
            data={fields
              .filter(({ type }) => COMPARABLE.includes(type))
              .map(({ key, label }) => ({ value: key, label }))}
            error={errorOf('field')}
          />
        )}
        {kind === 'name' && (
          <Text size="sm" c="dimmed">
            {t('duplicates.form.likeText')}
          </Text>
        )}
        <Select
          label={t('duplicates.form.match')}
          description={t('duplicates.form.matchText')}
          value={match}
          allowDeselect={false}
          onChange={(next) => setMatch(next ?? 'likely')}
          data={[
            { value: 'sure', label: t('duplicates.sure') },
            { value: 'likely', label: t('duplicates.likely') },
          ]}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onDone}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" loading={add.isPending} disabled={kind === 'field' && field === null}>
            {t('common.add')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** How far a rule is, or what it has found. */
function Progressing({ rule, name }: { rule: MatchRule; name: string }) {
  const { t } = useTranslation();
  if (comparing(rule)) {
    const known = rule.state === 'comparing' && rule.total > 0;
    return (
      <div>
        <Progress
          value={known ? (100 * rule.looked) / rule.total : 100}
          animated={!known}
          my={4}
          aria-label={t('duplicates.progressOf', { name })}
        />
        <Text size="xs" c="dimmed">
          {rule.state === 'comparing'
            ? t('duplicates.looked', { done: formatNumber(rule.looked), total: formatNumber(rule.total) })
            : t('duplicates.emptying')}
        </Text>
      </div>
    );
  }
  if (rule.state === 'off') return <Text size="sm">{t('duplicates.off')}</Text>;
  return (
    <Text size="sm">
      {t('duplicates.groups', { count: rule.groups, number: formatNumber(rule.groups) })}
      {rule.madeAt && (
        <Text span size="xs" c="dimmed">
          {' · '}
          {t('duplicates.made')} <Moment at={rule.madeAt} />
        </Text>
      )}
    </Text>
  );
}

function Rules({ entity, rules }: { entity: Mergeable; rules: MatchRule[] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const nameOf = useRuleName(entity);
  const change = useChangeMatchRule();
  const again = useRunMatchRule();
  const remove = useRemoveMatchRule();
  const [adding, setAdding] = useState(false);
  const [gone, setGone] = useState<MatchRule | null>(null);
  const told = {
    onSuccess: () => toast(t('common.saved')),
    onError: (error: Error) => toast(problemText(error), { kind: 'bad' }),
  };
  return (
    <section aria-label={t(`nav.${entity}`)}>
      <Group justify="space-between" mb="xs">
        <Title order={3}>{t(`nav.${entity}`)}</Title>
        <Group gap="xs">
          <Button
            variant="default"
            renderRoot={(props) => <AppLink {...props} href={`/duplicates?entity=${entity}`} />}
          >
            {t(`duplicates.show.${entity}`)}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={14} />}
            aria-label={t('duplicates.addFor', { what: t(`nav.${entity}`) })}
            onClick={() => setAdding(true)}
          >
            {t('duplicates.add')}
          </Button>
        </Group>
      </Group>
      {rules.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('duplicates.noRules')}
        </Text>
      ) : (
        <DataTable
          label={t(`nav.${entity}`)}
          items={rules}
          rowKey={(rule) => rule.id}
          columns={[
            { key: 'rule', label: t('duplicates.rule'), cell: nameOf },
            {
              key: 'match',
              label: t('duplicates.class'),
              width: 150,
              cell: (rule) => (
                <Select
                  size="xs"
                  aria-label={t('duplicates.classOf', { name: nameOf(rule) })}
                  value={rule.sure ? 'sure' : 'likely'}
                  allowDeselect={false}
                  onChange={(next) =>
                    change.mutate({ id: rule.id, version: rule.version, sure: next === 'sure' }, told)
                  }
                  data={[
                    { value: 'sure', label: t('duplicates.sure') },
                    { value: 'likely', label: t('duplicates.likely') },
                  ]}
                />
              ),
            },
            {
              key: 'on',
              label: t('duplicates.on'),
              width: 70,
              cell: (rule) => (
                <Switch
                  size="sm"
                  aria-label={t('duplicates.onOf', { name: nameOf(rule) })}
                  checked={rule.enabled}
                  onChange={(event) =>
                    change.mutate(
                      { id: rule.id, version: rule.version, enabled: event.currentTarget.checked },
                      told,
                    )
                  }
                />
              ),
            },
            {
              key: 'state',
              label: t('duplicates.state'),
              width: 280,
              cell: (rule) => <Progressing rule={rule} name={nameOf(rule)} />,
            },
            {
              key: 'actions',
              label: '',
              width: 48,
              cell: (rule) => (
                <Menu position="bottom-end" transitionProps={{ duration: 80 }}>
                  <Menu.Target>
                    <ActionIcon
                      size={28}
                      variant="subtle"
                      color="gray"
                      aria-label={t('duplicates.moreOf', { name: nameOf(rule) })}
                    >
                      <IconDots size={16} />
                    </ActionIcon>
                  </Menu.Target>
                  <Menu.Dropdown>
                    {rule.enabled && rule.state === 'ready' && (
                      <Menu.Item
                        leftSection={<IconRefresh size={16} />}
                        onClick={() => again.mutate(rule.id, told)}
                      >
                        {t('duplicates.again')}
                      </Menu.Item>
                    )}
                    <Menu.Item
                      color="red"
                      leftSection={<IconTrash size={16} />}
                      onClick={() => setGone(rule)}
                    >
                      {t('common.remove')}
                    </Menu.Item>
                  </Menu.Dropdown>
                </Menu>
              ),
            },
          ]}
        />
      )}
      <FormDialog
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('duplicates.addFor', { what: t(`nav.${entity}`) })}
      >
        {adding && <RuleForm entity={entity} onDone={() => setAdding(false)} />}
      </FormDialog>
      <RemovalDialog
        what={gone === null ? null : gone.id}
        removal={remove}
        title={t('duplicates.removeTitle', { name: gone ? nameOf(gone) : '' })}
        confirm={t('common.remove')}
        onClose={() => setGone(null)}
      >
        {t('duplicates.removeText')}
      </RemovalDialog>
    </section>
  );
}

/** The rules by which records are likely to mean the same. */
export function DuplicateRulesPage() {
  const { t } = useTranslation();
  const session = useSession();
  const administrator = isAdministrator(session.data);
  const rules = useMatchRules();
  if (session.isPending) return <PageSkeleton />;
  if (!administrator) return <EmptyState icon={IconLock} title={t('duplicates.adminsOnly')} />;
  return (
    <Section title={t('settings.pages.duplicates')} text={t('duplicates.what')}>
      {rules.error && !rules.data ? (
        <ProblemAlert error={rules.error} onRetry={() => void rules.refetch()} />
      ) : !rules.data ? (
        <PageSkeleton rows={6} />
      ) : (
        <Stack gap="xl">
          {MERGED.map((entity) => (
            <Rules
              key={entity}
              entity={entity}
              rules={(rules.data?.items ?? []).filter((rule) => rule.entity === entity)}
            />
          ))}
          <Text size="xs" c="dimmed" maw={720}>
            {t('duplicates.how')}
          </Text>
        </Stack>
      )}
    </Section>
  );
}
