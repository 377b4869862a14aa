import { Alert, Anchor, Button, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { IconArrowMerge, IconInfoCircle } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type CSSProperties, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Field, useAllFields } from '@/api/getSchema';
import { titleOf } from '@/api/records';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { FieldValue, isEmpty } from '@/components/fields/FieldValue';
import { Moment } from '@/components/Moment';
import { Page } from '@/components/Page';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, isOutdated, violationsOf } from '@/components/ProblemAlert';
import { ScreenProblem } from '@/components/ScreenProblem';
import { toast } from '@/components/toasts';
import { Problem } from '@/lib/http';
import { type Candidate, type Candidates, type Mergeable, useCandidates, useMerge } from '@/api/merges';
import { differs, standard } from './choices';
import classes from './Merge.module.css';

/** Choices about the records that are merged, until it is done. */
function Choices({
  entity,
  candidates,
  fields,
  onRefresh,
}: {
  entity: Mergeable;
  candidates: Candidates;
  fields: Field[];
  onRefresh: () => void;
}) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const name = useId();
  const merge = useMerge(entity);
  const records = candidates.items;
  const [survivor, setSurvivor] = useState(candidates.suggested);
  const [chosen, setChosen] = useState<Record<string, number>>({});
  const [equal, setEqual] = useState(false);
  const choosable = fields.filter(
    ({ key }) => candidates.fields.includes(key) && records.some(({ values }) => !isEmpty(values[key])),
  );
  const asked = choosable.filter(({ key }) => differs(key, records));
  const rest = choosable.filter(({ key }) => !differs(key, records));
  const from = (key: string) => chosen[key] ?? standard(key, survivor, records, chosen);
  const kept = records.find(({ id }) => id === survivor);
  const others = records.filter(({ id }) => id !== survivor);
  const violations = violationsOf(merge.error);
  const errorOf = (key: string) =>
    violations.find(({ field }) => field === key || field === `take.${key}`)?.expectation;
  const elsewhere =
    merge.error != null &&
    (violations.length === 0 ||
      violations.some(({ field }) => !asked.some(({ key }) => field === key || field === `take.${key}`)));
  const outdated = isOutdated(merge.error) || (merge.error instanceof Problem && merge.error.status === 409);

  const submit = () => {
    if (!kept) return;
    merge.mutate(
      {
        survivor,
        version: kept.version,
        records: others.map(({ id, version }) => ({ id, version })),
        take: Object.fromEntries(asked.map(({ key }) => [key, from(key)])),
      },
      {
        onSuccess: () => {
          toast(t('merge.done', { count: records.length, name: titleOf(entity, kept) }));
          void navigate({ href: `/${entity}/${survivor}` });
        },
      },
    );
  };

  // Then none of them goes into another.
  const several = records.some(({ bar }) => bar === 'severalConverted');

  const value = (field: Field, record: Candidate) =>
    isEmpty(record.values[field.key]) ? (
      <i className={classes.none}>{t('record.emptyValue')}</i>
    ) : (
      <FieldValue field={field} value={record.values[field.key]} compact />
    );

  return (
    <Stack gap="md" style={{ '--records': records.length } as CSSProperties}>
      <Text size="sm" c="dimmed" maw={720}>
        {t('merge.intro')}
      </Text>
      <div className={classes.grid} role="group" aria-label={t('merge.values')}>
        <fieldset className={classes.row}>
          <VisuallyHidden component="legend">{t('merge.stays')}</VisuallyHidden>
          <div className={classes.label} aria-hidden>
            {t('merge.stays')}
          </div>
          {records.map((record) => (
            <div
              key={record.id}
              className={`${classes.cell} ${classes.head}`}
              data-fixed
              data-chosen={record.id === survivor || undefined}
            >
              <label className={classes.stays}>
                <input
                  type="radio"
                  name={`${name}-survivor`}
                  checked={record.id === survivor && !several}
                  disabled={!record.mayKeep}
                  onChange={() => {
                    setSurvivor(record.id);
                    setChosen({});
                  }}
                />
                <Text span size="sm" fw={600}>
                  {titleOf(entity, record)}
                </Text>
              </label>
              <Text span size="xs" c="dimmed">
                <Anchor
                  size="xs"
                  underline="always"
                  renderRoot={(props) => (
                    <AppLink {...props} href={`/${entity}/${record.id}`} target="_blank" />
                  )}
                >
                  {t('merge.number', { id: record.id })}
                </Anchor>
                {' · '}
                {t('merge.created')} <Moment at={String(record.values['createdAt'] ?? '')} />
              </Text>
              <ul className={classes.counts}>
                {Object.entries(record.related).map(([kind, count]) => (
                  <li key={kind}>{t(`merge.related.${kind as 'notes'}`, { count })}</li>
                ))}
              </ul>
              {!record.mayKeep && record.bar !== 'severalConverted' && (
                <Text span size="xs" c="dimmed">
                  {t(record.bar === 'otherConverted' ? 'merge.notConverted' : 'merge.mayNot')}
                </Text>
              )}
            </div>
          ))}
        </fieldset>
        {asked.map((field) => (
          <fieldset key={field.key} className={classes.row}>
            <VisuallyHidden component="legend">{field.label}</VisuallyHidden>
            <div className={classes.label} aria-hidden>
              {field.label}
            </div>
            {records.map((record) => (
              <label
                key={record.id}
                className={classes.cell}
                data-chosen={from(field.key) === record.id || undefined}
              >
                <input
                  type="radio"
                  name={`${name}-${field.key}`}
                  checked={from(field.key) === record.id}
                  onChange={() => setChosen({ ...chosen, [field.key]: record.id })}
                />
                <span>{value(field, record)}</span>
              </label>
            ))}
            {errorOf(field.key) && (
              <div className={classes.error} role="alert">
                {t('merge.expected', { what: errorOf(field.key) })}
              </div>
            )}
          </fieldset>
        ))}
        {equal &&
          rest.map((field) => (
            <div key={field.key} className={classes.row}>
              <div className={classes.label}>{field.label}</div>
              {kept && (
                <div className={classes.cell} data-fixed>
                  <span>{value(field, kept)}</span>
                </div>
              )}
            </div>
          ))}
      </div>
      {rest.length > 0 && (
        <Anchor component="button" type="button" size="sm" ta="start" onClick={() => setEqual(!equal)}>
          {equal ? t('merge.hideEqual') : t('merge.showEqual', { count: rest.length })}
        </Anchor>
      )}
      <Alert color="gray" icon={<IconInfoCircle size={18} />} p="sm">
        {several ? (
          <Text size="sm">{t('merge.severalConverted')}</Text>
        ) : (
          <>
            {candidates.fixed && <Text size="sm">{t('merge.fixed')}</Text>}
            <Text size="sm">{t('merge.consequences', { count: others.length })}</Text>
          </>
        )}
      </Alert>
      {outdated ? (
        <ProblemAlert error={merge.error} retry={t('merge.readAgain')} onRetry={onRefresh} />
      ) : (
        elsewhere && <ProblemAlert error={merge.error} />
      )}
      <Group gap="xs">
        <Button
          leftSection={<IconArrowMerge size={16} />}
          loading={merge.isPending}
          disabled={!kept?.mayKeep}
          onClick={submit}
        >
          {t('merge.submit', { count: records.length })}
        </Button>
        <Button variant="default" onClick={() => window.history.back()}>
          {t('common.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Records beside each other, and what one record made of them has. */
export function MergeScreen() {
  const { t } = useTranslation();
  const { entity } = useParams({ from: '/shell/merge/$entity' });
  const { ids } = useSearch({ from: '/shell/merge/$entity' });
  const candidates = useCandidates(entity, ids);
  const fields = useAllFields(entity);
  const [round, setRound] = useState(0);

  if (ids.length < 2) {
    return (
      <EmptyState icon={IconArrowMerge} title={t('merge.tooFew')} text={t('merge.tooFewText')}>
        <Button variant="default" renderRoot={(props) => <AppLink {...props} href={`/${entity}`} />}>
          {t(`nav.${entity}`)}
        </Button>
      </EmptyState>
    );
  }
  if (candidates.error ?? fields.error) {
    return (
      <ScreenProblem
        error={candidates.error ?? fields.error}
        back={{ href: `/${entity}`, label: t(`nav.${entity}`) }}
        onRetry={() => {
          void candidates.refetch();
          void fields.refetch();
        }}
      />
    );
  }
  if (!candidates.data || !fields.data) return <PageSkeleton />;
  return (
    <Page title={t(`merge.title.${entity}`, { count: ids.length })}>
      <Choices
        key={round}
        entity={entity}
        candidates={candidates.data}
        fields={fields.data}
        onRefresh={() => void candidates.refetch().then(() => setRound(round + 1))}
      />
    </Page>
  );
}
