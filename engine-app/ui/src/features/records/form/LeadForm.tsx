import { Alert, Box, Button, Checkbox, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRecord } from '@/api/changeRecord';
import { useChoices, useOffered } from '@/api/getChoices';
import { type FormValues, isShown, useSaveLeadForm } from '@/api/leadForm';
import { type RecordData, recordSchema, titleOf } from '@/api/records';
import { FieldInput } from '@/components/fields/FieldInput';
import { LeaveGuard } from '@/components/LeaveGuard';
import { PageHeader } from '@/components/PageHeader';
import { ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { Problem, type Violation } from '@/lib/http';
import classes from './LeadForm.module.css';
import { type Asked, NAMED, SECTIONS } from './sections';

interface Props {
  /** The lead to change; undefined for a new one. */
  lead: RecordData | undefined;
  inputs: Asked[];
}

/** What is chosen while a tick is not set: whoever cannot choose it cannot make a new one either. */
const WITHOUT = { newCompany: 'no-new-company', newContact: 'no-new-contact' } as const;

/** How a new contact is reached. */
const REACHING = ['contactPhone', 'contactEmail'];

function startOf(lead: RecordData | undefined, inputs: Asked[]): FormValues {
  if (!lead) return {};
  const own = inputs.filter(({ field, key }) => field.key === key && lead.values[key] != null);
  const names = ['firstName', 'middleName', 'lastName'];
  const reaching = inputs.filter(
    ({ field, key }) => REACHING.includes(key) && lead.values[field.key] != null,
  );
  return Object.fromEntries([
    ...own.filter(({ key }) => !names.includes(key)).map(({ key }) => [key, lead.values[key]] as const),
    // A new contact is reached as the lead is.
    ...reaching.map(({ field, key }) => [key, lead.values[field.key]] as const),
  ]);
}

function mayTick(tick: keyof typeof WITHOUT, inputs: Asked[]): boolean {
  return inputs.some(({ shown, readOnly }) => shown === WITHOUT[tick] && !readOnly);
}

function isBlank(value: unknown): boolean {
  return value == null || (typeof value === 'string' && value.trim() === '');
}

/** The record as it is by now, when somebody else was faster. */
function currentOf(error: unknown): RecordData | undefined {
  if (!(error instanceof Problem) || error.status !== 409) return undefined;
  const parsed = recordSchema.safeParse(error.body['current']);
  return parsed.success ? parsed.data : undefined;
}

/** The complete form of a lead: what is wrong stands beside the inputs, and nothing that was typed is lost (LEAD-205). */
export function LeadForm({ lead, inputs }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useRef<HTMLFormElement>(null);
  const save = useSaveLeadForm(lead?.id);
  const { offered: offeredStatus } = useOffered('leads');
  const sources = useChoices('source').data;
  const [base, setBase] = useState(lead);
  const [values, setValues] = useState(() => startOf(lead, inputs));
  /** Inputs that were changed after the last refusal. */
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());

  const start = startOf(base, inputs);
  const shown = inputs.filter((input) => isShown(input, values));
  const dirty = JSON.stringify(cleaned(values)) !== JSON.stringify(cleaned(start));
  const contactId = typeof values['contact'] === 'number' ? values['contact'] : undefined;
  const contact = useRecord('contacts', contactId ?? 0, contactId !== undefined).data;

  const violations = violationsOf(save.error).filter(({ field }) => !touched.has(field));
  const places = new Set([...shown.map(({ key }) => key), 'newCompany', 'newContact']);
  const placed = violations.filter(({ field }) => places.has(field));
  const current = currentOf(save.error);
  const unplaced = violationsOf(save.error).filter(({ field }) => !places.has(field));
  const elsewhere =
    save.error !== null &&
    !current &&
    (unplaced.length > 0 || violationsOf(save.error).every((one) => !places.has(one.field)));
  const errorOf = (key: string) => {
    const violation = placed.find(({ field }) => field === key);
    if (!violation) return undefined;
    return isBlank(values[key]) && violation.value == null
      ? t(
          key === 'account'
            ? 'leadForm.chooseCompany'
            : key === 'contact'
              ? 'leadForm.chooseContact'
              : 'leadForm.required',
        )
      : violation.expectation;
  };

  // Whoever has to correct something is there at once.
  useEffect(() => {
    if (!save.error) return;
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [save.error]);

  const set = (key: string, value: unknown) => {
    const also: FormValues = {};
    if (key === 'newCompany' && value === true) also['account'] = null;
    if (key === 'account' && value != null) {
      for (const typed of ['companyName', 'companyWebsite', 'companyTin']) also[typed] = null;
      // Only contacts of the company are offered (LEAD-195).
      const of = contact?.values['account'];
      if (contactId !== undefined && of != null && of !== value) also['contact'] = null;
    }
    // A status belongs to its stage.
    if (key === 'stage') also['status'] = null;
    if (key === 'partnerCompany') also['partnerRepresentative'] = null;
    setValues((before) => ({ ...before, ...also, [key]: value }));
    setTouched((before) => new Set([...before, key, ...Object.keys(also)]));
  };

  const submit = (exit: boolean, version = base?.version) => {
    if (save.isPending) return;
    setTouched(new Set());
    const known = shown.filter(({ readOnly }) => !readOnly).map(({ key }) => key);
    const sent = Object.fromEntries(
      known
        .filter((key) =>
          base ? REACHING.includes(key) || !same(values[key], start[key]) : !isBlank(values[key]),
        )
        .map((key) => [key, values[key] ?? null]),
    );
    if (values['newCompany'] === true) sent['newCompany'] = true;
    if (values['newContact'] === true) sent['newContact'] = true;
    save.mutate(
      { values: sent, ...(base && { version }) },
      {
        onSuccess: (record) => {
          toast(base ? t('common.saved') : t('record.created', { name: titleOf('leads', record) }));
          void navigate({ href: exit ? '/leads' : `/leads/${record.id}` });
        },
      },
    );
  };

  const input = (one: Asked) => {
    const { key } = one;
    const narrowed =
      key === 'source'
        ? {
            ...one.field,
            // What a connector brought stays where it stands and is not offered (LEAD-168).
            options: (sources ?? []).filter((source) => source.offered !== false).map(({ label }) => label),
          }
        : offeredStatus(one.field, values);
    const account = values['account'];
    return (
      <div key={key} className={one.field.type === 'longText' ? classes.wide : undefined}>
        <FieldInput
          field={{ ...narrowed, mandatory: one.mandatory }}
          label={
            (NAMED as readonly string[]).includes(key) && one.field.renamed !== true
              ? t(`leadForm.inputs.${key as 'account'}`)
              : one.field.label
          }
          value={values[key] ?? null}
          error={errorOf(key)}
          autoFocus={!lead && key === 'leadName'}
          disabled={one.readOnly}
          beside={values}
          among={
            key === 'contact' && typeof account === 'number'
              ? `account = ${account} or account is empty`
              : undefined
          }
          onChange={(value) => set(key, value)}
        />
      </div>
    );
  };

  const inSections = new Set<string>(SECTIONS.flatMap((section) => section.inputs));
  const sections = [
    ...SECTIONS.map((section) => ({
      ...section,
      tick: 'tick' in section && mayTick(section.tick, inputs) ? section.tick : undefined,
      asked: section.inputs.flatMap((key) => shown.find((one) => one.key === key) ?? []),
    })),
    { key: 'more' as const, tick: undefined, asked: shown.filter(({ key }) => !inSections.has(key)) },
  ].filter((section) => section.asked.length > 0);

  return (
    <Box component="main" className={classes.page}>
      {/* The inputs hear the keys through the form. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form
        ref={form}
        noValidate
        aria-label={lead ? t('leadForm.edit') : t('record.new.leads')}
        onSubmit={(event) => {
          event.preventDefault();
          submit(false);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            submit(event.shiftKey);
          }
        }}
      >
        <LeaveGuard dirty={dirty && !save.isPending && !save.isSuccess} />
        <div className={classes.bar}>
          <PageHeader
            title={lead ? titleOf('leads', lead) : t('record.new.leads')}
            actions={
              <>
                <Button
                  variant="subtle"
                  onClick={() => void navigate({ href: lead ? `/leads/${lead.id}` : '/leads' })}
                >
                  {t('common.cancel')}
                </Button>
                <Button variant="default" disabled={save.isPending} onClick={() => submit(true)}>
                  {t('leadForm.saveAndExit')}
                </Button>
                <Button type="submit" loading={save.isPending}>
                  {t('common.save')}
                </Button>
              </>
            }
          />
        </div>
        <Box px="md" maw={1120} data-guide="content">
          {current && (
            <Alert
              color="yellow"
              role="alert"
              icon={<IconAlertTriangle size={18} />}
              title={t('leadForm.changed')}
              mb="md"
            >
              <Text size="sm">{t('leadForm.changedText')}</Text>
              <Group gap="xs" mt="xs">
                <Button
                  variant="default"
                  onClick={() => {
                    setBase(current);
                    setValues(startOf(current, inputs));
                    save.reset();
                  }}
                >
                  {t('leadForm.takeTheirs')}
                </Button>
                <Button variant="default" onClick={() => submit(false, current.version)}>
                  {t('leadForm.saveMine')}
                </Button>
              </Group>
            </Alert>
          )}
          {elsewhere && (
            <ProblemAlert error={placed.length > 0 ? only(save.error, unplaced) : save.error} mb="md" />
          )}
          {placed.length > 0 && (
            <Text size="sm" c="red" role="alert" mb="xs">
              {t('leadForm.failing', { count: placed.length })}
            </Text>
          )}
          {sections.map((section) => (
            <section
              key={section.key}
              className={classes.section}
              aria-label={t(`leadForm.sections.${section.key}`)}
            >
              <div className={classes.head}>
                <Title order={2}>{t(`leadForm.sections.${section.key}`)}</Title>
                {section.tick && (
                  <Checkbox
                    size="xs"
                    label={t(`leadForm.ticks.${section.tick}`)}
                    checked={values[section.tick] === true}
                    error={placed.find(({ field }) => field === section.tick)?.expectation}
                    onChange={(event) => set(section.tick ?? '', event.currentTarget.checked || null)}
                  />
                )}
              </div>
              <div className={classes.grid}>{section.asked.map(input)}</div>
            </section>
          ))}
        </Box>
      </form>
    </Box>
  );
}

/** A refusal for those of its reasons that stand at no input. */
function only(error: unknown, violations: Violation[]): unknown {
  return error instanceof Problem ? new Problem(error.status, error.title, error.detail, violations) : error;
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one ?? null) === JSON.stringify(other ?? null);
}

/** The values that are filled in, in a fixed order. */
function cleaned(values: FormValues): [string, unknown][] {
  return Object.entries(values)
    .filter(([, value]) => !isBlank(value))
    .sort(([one], [other]) => one.localeCompare(other));
}
