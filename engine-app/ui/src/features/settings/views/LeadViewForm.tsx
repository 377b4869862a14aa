import { Button, Group, Modal, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadLayout, LeadTab } from '@/api/leadPage';
import { isOutdated, ProblemAlert, violationsOf } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useLeave, useUnsaved } from '@/components/unsaved';
import { ActionsStep } from './ActionsStep';
import classes from './LeadViews.module.css';
import { TabsStep } from './TabsStep';
import { VCardStep } from './VCardStep';
import { type LeadView, useSaveView } from './views';
import type { Placed } from './zones';

const STEPS = ['details', 'vcard', 'tabs', 'actions'] as const;

interface Props {
  /** Undefined for a new one. */
  view: LeadView | undefined;
  /** What a new one begins with. */
  standard: LeadLayout;
  onDone: () => void;
  /** Somebody else has changed the view: begins anew with what it is now. */
  onLoadAgain: () => void;
}

/** A details view in four steps: Details, vCard, Tabs, Actions (PLT-030 to PLT-051). */
export function LeadViewForm({ view, standard, onDone, onLoadAgain }: Props) {
  const { t } = useTranslation();
  const first = view?.layout ?? standard;
  const save = useSaveView(view);
  const form = useId();
  const stackId = useId();
  const [step, setStep] = useState(0);
  // Whoever changes a view may go to any step at once.
  const [reached, setReached] = useState(view ? STEPS.length - 1 : 0);
  const [name, setName] = useState(view?.name ?? '');
  const [description, setDescription] = useState(view?.description ?? '');
  const [facts, setFacts] = useState<Placed>({ metrics: first.metrics, properties: first.properties });
  const [tabs, setTabs] = useState<LeadTab[]>(first.tabs);
  const [made, setMade] = useState<LeadTab[]>(first.tabs.filter((tab) => tab.kind !== 'system'));
  const [defaultTab, setDefaultTab] = useState(first.defaultTab);
  const [actions, setActions] = useState<Placed>({ buttons: first.buttons, dropdown: first.dropdown });
  const [tried, setTried] = useState(false);
  const [making, setMaking] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const values = {
    name,
    description,
    layout: {
      metrics: facts['metrics'] ?? [],
      properties: facts['properties'] ?? [],
      tabs,
      defaultTab: tabs.some((tab) => tab.key === defaultTab) ? defaultTab : (tabs[0]?.key ?? ''),
      buttons: actions['buttons'] ?? [],
      dropdown: actions['dropdown'] ?? [],
    },
  };
  useUnsaved(values, save.isPending || save.isSuccess);
  const leave = useLeave();
  const violations = violationsOf(save.error);
  const nameProblem =
    (tried && name.trim() === '' ? t('leadViews.nameMissing') : undefined) ??
    violations.find((entry) => entry.field === 'name')?.expectation;
  const noTabs = tabs.length === 0;
  const go = (to: number) => {
    setTried(true);
    if (to > 0 && name.trim() === '') {
      setStep(0);
      return;
    }
    if (to > 2 && noTabs) {
      setStep(2);
      return;
    }
    setStep(to);
    setReached((before) => Math.max(before, to));
  };
  const run = () =>
    save.mutate(values, {
      onSuccess: () => {
        toast(t('common.saved'));
        onDone();
      },
      onError: (error) => {
        setConfirming(false);
        if (violationsOf(error).some((entry) => entry.field === 'name')) setStep(0);
      },
    });
  const last = step === STEPS.length - 1;
  const teams = view?.teams.length ?? 0;

  return (
    <>
      <ol className={classes.steps} aria-label={t('leadViews.steps')}>
        {STEPS.map((key, index) => (
          <li key={key} className={classes.step}>
            <button
              type="button"
              className={classes.stepButton}
              aria-current={index === step ? 'step' : undefined}
              disabled={index > reached || making}
              onClick={() => go(index)}
            >
              <span className={classes.number} aria-hidden>
                {index + 1}
              </span>
              {t(`leadViews.step.${key}`)}
            </button>
          </li>
        ))}
      </ol>
      {save.error && (!nameProblem || violations.length > 1) && (
        <ProblemAlert
          mb="sm"
          error={save.error}
          retry={t('common.loadAgain')}
          onRetry={isOutdated(save.error) ? () => leave(onLoadAgain) : undefined}
        />
      )}
      {step === 0 && (
        <form
          id={form}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            go(1);
          }}
        >
          <Stack gap="sm">
            <TextInput
              label={t('common.name')}
              value={name}
              maxLength={200}
              error={nameProblem}
              onChange={(event) => setName(event.currentTarget.value)}
              required
              data-autofocus
            />
            <Textarea
              label={t('settings.groups.description')}
              value={description}
              maxLength={1000}
              autosize
              minRows={2}
              maxRows={6}
              onChange={(event) => setDescription(event.currentTarget.value)}
            />
          </Stack>
        </form>
      )}
      {step === 1 && <VCardStep placed={facts} onPlaced={setFacts} />}
      {step === 2 && (
        <TabsStep
          tabs={tabs}
          onTabs={setTabs}
          made={made}
          onMade={setMade}
          defaultTab={values.layout.defaultTab}
          onDefault={setDefaultTab}
          onReset={() => {
            setTabs(first.tabs);
            setMade(made.map((tab) => first.tabs.find((other) => other.key === tab.key) ?? tab));
            setDefaultTab(first.defaultTab);
          }}
          onMaking={setMaking}
          problem={tried && noTabs ? t('leadViews.noTabs') : undefined}
        />
      )}
      {step === 3 && <ActionsStep placed={actions} onPlaced={setActions} />}
      {!making && (
        <Group justify="space-between" mt="md">
          <Button variant="default" onClick={step === 0 ? onDone : () => setStep(step - 1)}>
            {t(step === 0 ? 'common.cancel' : 'common.back')}
          </Button>
          {last ? (
            <Button onClick={() => setConfirming(true)}>{t('common.save')}</Button>
          ) : step === 0 ? (
            <Button type="submit" form={form}>
              {t('leadViews.next')}
            </Button>
          ) : (
            <Button onClick={() => go(step + 1)}>{t('leadViews.next')}</Button>
          )}
        </Group>
      )}
      <Modal
        opened={confirming}
        stackId={stackId}
        onClose={() => setConfirming(false)}
        title={t('leadViews.confirm', { name })}
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Text size="sm">
          {teams > 0 ? t('leadViews.confirmTeams', { count: teams }) : t('leadViews.confirmNobody')}
        </Text>
        <Group justify="flex-end" gap="xs" mt="md">
          <Button variant="default" onClick={() => setConfirming(false)}>
            {t('common.cancel')}
          </Button>
          <Button loading={save.isPending} onClick={run} data-autofocus>
            {t('common.save')}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
