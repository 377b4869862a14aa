import {
  ActionIcon,
  Button,
  Group,
  NumberInput,
  Progress,
  SegmentedControl,
  Select,
  SimpleGrid,
  Stack,
  Text,
  Title,
} from '@mantine/core';
import { IconMinus, IconPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LeaveGuard } from '@/components/LeaveGuard';
import { isOutdated, ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useDraft } from '@/lib/draft';
import { formatNumber } from '@/lib/format';
import {
  type ScoreChange,
  type ScorePreview,
  type ScoreSettings,
  usePreviewScore,
  useSaveScore,
} from './api';
import { changeOf, maximumOf, type ScoreValues, sumOf, valuesOf } from './change';
import { ConsequencesDialog } from './ConsequencesDialog';
import classes from './Score.module.css';

const WHOLE = 100;

interface PartProps {
  settings: ScoreSettings;
  values: ScoreValues;
  onChange: (changed: Partial<ScoreValues>) => void;
}

/** The fields that score, each with its percentage between a minus and a plus (LEAD-143, LEAD-144). */
function FieldShares({ settings, values, onChange, error }: PartProps & { error: string | undefined }) {
  const { t } = useTranslation();
  const sum = sumOf(values);
  const picked = settings.fields.filter(({ field }) => field in values.fields);
  const others = settings.fields.filter(({ field }) => !(field in values.fields));
  const set = (field: string, percentage: number) =>
    onChange({ fields: { ...values.fields, [field]: Math.min(WHOLE, Math.max(0, percentage)) } });
  return (
    <section aria-label={t('score.fields')}>
      <Title order={3}>{t('score.fields')}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('score.fieldsText')}
      </Text>
      <Group gap="sm" mb="xs" maw={640}>
        <Progress
          value={Math.min(WHOLE, sum)}
          color={sum > WHOLE ? 'red' : 'blue'}
          aria-label={t('score.sum')}
          style={{ flex: 1 }}
        />
        <Text size="sm" className={classes.figure} c={sum > WHOLE ? 'red' : undefined} role="status">
          {t(sum > WHOLE ? 'score.sumAbove' : 'score.sumOf', { sum: formatNumber(sum) })}
        </Text>
      </Group>
      {error && (
        <Text size="sm" c="red" mb="xs" role="alert">
          {t('score.refused', { expectation: error })}
        </Text>
      )}
      <ul className={classes.rows}>
        {picked.map(({ field, label }) => (
          <li key={field} className={classes.row}>
            <span className={classes.name}>{label}</span>
            <ActionIcon
              variant="default"
              size={32}
              aria-label={t('score.lower', { name: label })}
              disabled={values.fields[field] === 0}
              onClick={() => set(field, (values.fields[field] ?? 0) - 1)}
            >
              <IconMinus size={14} />
            </ActionIcon>
            <NumberInput
              className={classes.number}
              aria-label={t('score.percentageOf', { name: label })}
              value={values.fields[field] ?? 0}
              min={0}
              max={WHOLE}
              allowDecimal={false}
              allowNegative={false}
              suffix=" %"
              hideControls
              onChange={(next) => set(field, Number(next) || 0)}
            />
            <ActionIcon
              variant="default"
              size={32}
              aria-label={t('score.raise', { name: label })}
              disabled={values.fields[field] === WHOLE}
              onClick={() => set(field, (values.fields[field] ?? 0) + 1)}
            >
              <IconPlus size={14} />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={32}
              aria-label={t('score.drop', { name: label })}
              onClick={() => {
                const { [field]: gone, ...rest } = values.fields;
                onChange({ fields: rest });
              }}
            >
              <IconX size={14} />
            </ActionIcon>
          </li>
        ))}
      </ul>
      {picked.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('score.noFields')}
        </Text>
      )}
      <Select
        mt="xs"
        maw={320}
        placeholder={t('score.addField')}
        aria-label={t('score.addField')}
        searchable
        value={null}
        data={others.map(({ field, label }) => ({ value: field, label }))}
        onChange={(field) => field && set(field, Math.max(0, Math.min(10, WHOLE - sum)))}
      />
    </section>
  );
}

/** What the choices of a classifying field are worth (LEAD-146). */
function ChoiceScores({ settings, values, onChange }: PartProps) {
  const { t } = useTranslation();
  const [kind, setKind] = useState(settings.kinds[0]?.field ?? '');
  const shown = settings.kinds.find(({ field }) => field === kind);
  return (
    <section aria-label={t('score.choices')}>
      <Title order={3}>{t('score.choices')}</Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t('score.choicesText')}
      </Text>
      <SegmentedControl
        size="xs"
        mb="xs"
        aria-label={t('score.choices')}
        value={kind}
        onChange={setKind}
        data={settings.kinds.map(({ field, label, choices }) => ({
          value: field,
          label: choices.some(({ id }) => Number(values.choices[String(id)]) !== 0)
            ? t('score.scoredKind', { label })
            : label,
        }))}
      />
      <ul className={classes.rows} aria-label={shown?.label}>
        {shown?.choices.map(({ id, label, colour }) => (
          <li key={id} className={classes.row}>
            <span className={classes.name}>
              {colour && <span className={classes.dot} style={{ background: colour }} aria-hidden />}
              {label}
            </span>
            <NumberInput
              className={classes.number}
              aria-label={t('score.pointsOf', { name: label })}
              placeholder="–"
              value={values.choices[String(id)] ?? ''}
              min={-1000}
              max={1000}
              allowDecimal={false}
              hideControls
              onChange={(next) =>
                onChange({
                  choices: { ...values.choices, [String(id)]: next === '' ? '' : Number(next) || 0 },
                })
              }
            />
            <Text size="sm" c="dimmed">
              {t('score.pointsUnit')}
            </Text>
          </li>
        ))}
      </ul>
    </section>
  );
}

function WebsiteAndDisplay({
  values,
  onChange,
  errorOf,
}: PartProps & { errorOf: (key: string) => string | undefined }) {
  const { t } = useTranslation();
  return (
    <>
      <section aria-label={t('score.website')}>
        <Title order={3}>{t('score.website')}</Title>
        <Text size="sm" c="dimmed" mb="xs">
          {t('score.websiteText')}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} maw={640}>
          <NumberInput
            label={t('score.pointsPerView')}
            value={values.pointsPerView}
            min={0}
            max={1000}
            allowDecimal={false}
            error={errorOf('pointsPerView')}
            onChange={(next) => onChange({ pointsPerView: next === '' ? '' : Number(next) })}
          />
          <NumberInput
            label={t('score.websiteCap')}
            value={values.websiteCap}
            min={0}
            max={100_000}
            allowDecimal={false}
            error={errorOf('websiteCap')}
            onChange={(next) => onChange({ websiteCap: next === '' ? '' : Number(next) })}
          />
        </SimpleGrid>
      </section>
      <section aria-label={t('score.display')}>
        <Title order={3}>{t('score.display')}</Title>
        <Text size="sm" c="dimmed" mb="xs">
          {t('score.displayText')}
        </Text>
        <SegmentedControl
          aria-label={t('score.display')}
          value={values.display}
          onChange={(next) => onChange({ display: next as ScoreValues['display'] })}
          data={[
            { value: 'percentage', label: t('score.percentage') },
            { value: 'total', label: t('score.total') },
          ]}
        />
      </section>
    </>
  );
}

/** What leads earn points by; saving shows first what that would do. */
export function ScoreForm({
  settings,
  onLoadAgain,
}: {
  settings: ScoreSettings;
  onLoadAgain: () => Promise<ScoreSettings | undefined>;
}) {
  const { t } = useTranslation();
  const draft = useDraft(settings, valuesOf);
  const save = useSaveScore();
  const preview = usePreviewScore();
  const [asked, setAsked] = useState<{ change: ScoreChange; preview: ScorePreview } | null>(null);
  const error = save.error ?? preview.error;
  const violations = violationsOf(error);
  const errorOf = (key: string) => violations.find(({ field }) => field === key)?.expectation;
  const placed = violations.some(({ field }) => ['fields', 'pointsPerView', 'websiteCap'].includes(field));
  const unclear = draft.values.pointsPerView === '' || draft.values.websiteCap === '';
  const send = (change: ScoreChange) =>
    save.mutate(change, {
      onSuccess: (saved) => {
        draft.take(saved);
        toast(t('common.saved'));
      },
      onSettled: () => setAsked(null),
    });
  const part = { settings, values: draft.values, onChange: draft.change };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save.reset();
        const change = changeOf(draft.values, draft.version);
        preview.mutate(change, {
          onSuccess: (found) => (found.leads === 0 ? send(change) : setAsked({ change, preview: found })),
        });
      }}
    >
      <LeaveGuard dirty={draft.dirty && !save.isPending} />
      <Stack gap="xl">
        {error && !placed && (
          <ProblemAlert
            error={error}
            retry={t('common.loadAgain')}
            onRetry={
              isOutdated(error)
                ? () =>
                    void onLoadAgain().then((present) => {
                      if (present) draft.take(present);
                      save.reset();
                    })
                : undefined
            }
          />
        )}
        <FieldShares {...part} error={errorOf('fields')} />
        <ChoiceScores {...part} />
        <WebsiteAndDisplay {...part} errorOf={errorOf} />
      </Stack>
      <Group justify="space-between" mt="xl" className={classes.foot}>
        <Text size="sm" className={classes.figure}>
          {t('score.maximum', { points: formatNumber(maximumOf(settings, draft.values)) })}
        </Text>
        <Group gap="xs">
          {draft.dirty && (
            <Button variant="default" onClick={() => draft.take(settings)}>
              {t('score.discard')}
            </Button>
          )}
          <Button
            type="submit"
            disabled={!draft.dirty || unclear}
            loading={preview.isPending || (save.isPending && asked === null)}
          >
            {t('common.save')}
          </Button>
        </Group>
      </Group>
      <ConsequencesDialog
        preview={asked?.preview ?? null}
        busy={save.isPending}
        onClose={() => setAsked(null)}
        onConfirm={() => asked && send(asked.change)}
      />
    </form>
  );
}
