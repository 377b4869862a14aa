import { Alert, Button, Group, Radio, Select, Stack, Switch, Text, Title } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLeadSettings } from '@/api/getChoices';
import { type Field, type FieldType, useFields } from '@/api/getSchema';
import { plural } from '@/api/records';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { type ColumnSample, type ImportJob, useCancelImport, useCheckImport } from '../api/imports';
import { FileFacts } from './FileFacts';
import classes from './Imports.module.css';
import { LEAVE_OUT, matchable, NEW_FIELD, suggested, targets, usualMatch } from './mapping';

interface RowProps {
  header: string;
  sample: ColumnSample | undefined;
  choice: string;
  fields: Field[];
  /** The fields that other columns go to. */
  taken: string[];
  onChoose: (choice: string) => void;
}

function camel(type: string): string {
  return type.toLowerCase().replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function ColumnRow({ header, sample, choice, fields, taken, onChoose }: RowProps) {
  const { t, i18n } = useTranslation();
  const type = camel(sample?.type ?? 'TEXT');
  const typeName = i18n.exists(`fieldTypes.${type}`) ? t(`fieldTypes.${type as FieldType}`) : type;
  return (
    <li className={classes.column}>
      <div className={classes.source}>
        <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
          {header || t('imports.noHeader')}
        </Text>
        <Text size="xs" c="dimmed" className={classes.samples}>
          {sample && sample.values.length > 0 ? sample.values.join(' · ') : t('imports.noValues')}
        </Text>
      </div>
      <IconArrowRight size={16} className={classes.arrow} aria-hidden />
      <Select
        size="xs"
        aria-label={t('imports.targetOf', { column: header })}
        data={[
          { value: LEAVE_OUT, label: t('imports.leaveOut') },
          { value: NEW_FIELD, label: t('imports.newField', { type: typeName }), disabled: !header.trim() },
          {
            group: t('filter.fields'),
            items: fields.map((field) => ({
              value: field.key,
              label: field.label,
              disabled: field.key !== choice && taken.includes(field.key),
            })),
          },
        ]}
        value={choice}
        searchable
        allowDeselect={false}
        onChange={(next) => next && onChoose(next)}
        data-left-out={choice === LEAVE_OUT || undefined}
        className={classes.target}
      />
    </li>
  );
}

function Form({ job, fields }: { job: ImportJob; fields: Field[] }) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const check = useCheckImport(job.id);
  const cancel = useCancelImport();
  const columns = job.columns ?? [];
  const [choices, setChoices] = useState(() => suggested(job));
  const [match, setMatch] = useState<string | null>(() =>
    job.remembered ? (job.match ?? null) : (job.match ?? usualMatch(fields, suggested(job))),
  );
  const [duplicates, setDuplicates] = useState<'update' | 'skip'>(
    job.duplicates === 'skip' ? 'skip' : 'update',
  );
  const [unreachable, setUnreachable] = useState(job.unreachable ?? false);
  const possible = matchable(fields, choices);
  const matched = possible.some((field) => field.key === match) ? match : null;
  const leftOut = choices.filter((choice, at) => choice === LEAVE_OUT && columns[at]?.header.trim()).length;
  const used = choices.filter((choice) => choice !== LEAVE_OUT).length;

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        check.mutate({ match: matched, duplicates, columns: targets(choices), unreachable });
      }}
    >
      <Stack gap="md">
        <FileFacts job={job} />
        {job.remembered && (
          <Alert color="blue" p="xs">
            {t('imports.remembered')}
          </Alert>
        )}
        <Group justify="space-between" align="end">
          <div>
            <Title order={2}>{t('imports.columnsTitle')}</Title>
            <Text size="sm" c="dimmed">
              {t('imports.columnsText', { used, count: columns.length })}
            </Text>
          </div>
          {leftOut > 0 && (
            <Button
              variant="default"
              onClick={() =>
                setChoices((before) =>
                  before.map((choice, at) =>
                    choice === LEAVE_OUT && columns[at]?.header.trim() ? NEW_FIELD : choice,
                  ),
                )
              }
            >
              {t('imports.makeFields', { count: leftOut })}
            </Button>
          )}
        </Group>
        <ul className={classes.columns}>
          {columns.map((column, index) => (
            <ColumnRow
              key={index}
              header={column.header}
              sample={job.samples?.[index]}
              choice={choices[index] ?? LEAVE_OUT}
              fields={fields}
              taken={choices}
              onChoose={(next) =>
                setChoices((before) => before.map((choice, at) => (at === index ? next : choice)))
              }
            />
          ))}
        </ul>
        <Select
          label={t('imports.match')}
          description={t('imports.matchText')}
          placeholder={t('imports.noMatch')}
          maw={420}
          data={possible.map((field) => ({ value: field.key, label: field.label }))}
          value={matched}
          onChange={setMatch}
          allowDeselect={false}
          clearable
        />
        {matched !== null && (
          <Radio.Group
            label={t('imports.duplicates')}
            value={duplicates}
            onChange={(value) => setDuplicates(value === 'skip' ? 'skip' : 'update')}
          >
            <Stack gap={6} mt={4}>
              {(['update', 'skip'] as const).map((mode) => (
                <Radio
                  key={mode}
                  size="sm"
                  value={mode}
                  label={t(`imports.${mode}`)}
                  description={t(`imports.${mode}Text`)}
                />
              ))}
            </Stack>
          </Radio.Group>
        )}
        {matched === null && (
          <Alert color="yellow" p="xs">
            {t('imports.allNew')}
          </Alert>
        )}
        {job.entity === 'lead' && (
          <Switch
            label={t('imports.unreachable')}
            description={t('imports.unreachableText')}
            checked={unreachable}
            onChange={(event) => setUnreachable(event.currentTarget.checked)}
          />
        )}
        {check.error && <ProblemAlert error={check.error} />}
        <Group justify="flex-end" gap="xs">
          <Button
            variant="default"
            loading={cancel.isPending}
            onClick={() =>
              cancel.mutate(job.id, { onError: (error) => toast(problemText(error), { kind: 'bad' }) })
            }
          >
            {t('imports.giveUp')}
          </Button>
          <Button type="submit" disabled={used === 0} loading={check.isPending}>
            {t('imports.check')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

/** What becomes of each column of a file that waits to be imported. */
export function Mapping({ job }: { job: ImportJob }) {
  const fields = useFields(plural(job.entity ?? 'lead') ?? 'leads');
  const settings = useLeadSettings((job.entity ?? 'lead') === 'lead');
  const stage = settings.data?.stageImport ?? true;
  if (fields.error) return <ProblemAlert error={fields.error} onRetry={() => void fields.refetch()} />;
  if (!fields.data) return <PageSkeleton />;
  return (
    <Form
      key={`${job.id} ${job.encoding} ${job.delimiter}`}
      job={job}
      fields={fields.data.filter((field) => !field.readOnly && (stage || field.key !== 'stage'))}
    />
  );
}
