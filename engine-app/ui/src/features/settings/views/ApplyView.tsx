import { Checkbox, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/components/FormDialog';
import { ListsProblem } from '@/components/ListsProblem';
import { isOutdated, ProblemAlert } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { useApplyView, useLeadViews } from './views';
import { FormFooter } from '../components/FormFooter';

const STANDARD = 'standard';

interface Props {
  team: { id: number; name: string };
  /** The view that is offered first; that of the team when missing. */
  offered: number | undefined;
  onClose: () => void;
}

function ApplyForm({ team, offered, onClose }: Props) {
  const { t } = useTranslation();
  const views = useLeadViews();
  const apply = useApplyView();
  const items = views.data?.items ?? [];
  const present = items.find((view) => view.teams.some((one) => one.id === team.id))?.id;
  const given = items.some((view) => view.id === offered) ? offered : present;
  const [chosen, setChosen] = useState<string | null>(null);
  /** What the team had when this was opened: of two administrators the second is told. */
  const [opened, setOpened] = useState(views.data ? (present ?? 0) : undefined);
  const seen = opened ?? present ?? 0;
  const [ticked, setTicked] = useState(false);
  const shown = chosen ?? (given === undefined ? STANDARD : String(given));
  const standard = shown === STANDARD;
  useUnsaved({ chosen, ticked }, apply.isPending || apply.isSuccess);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply.mutate(
          { team: team.id, view: standard ? null : Number(shown), replace: ticked && !standard, seen },
          {
            onSuccess: ({ ownTabsRemoved }) => {
              toast(
                ownTabsRemoved > 0 ? t('leadViews.tabsGone', { count: ownTabsRemoved }) : t('common.saved'),
              );
              onClose();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        {apply.error && (
          <ProblemAlert
            error={apply.error}
            retry={t('common.loadAgain')}
            onRetry={
              isOutdated(apply.error)
                ? () => {
                    apply.reset();
                    setChosen(null);
                    setOpened(undefined);
                    void views.refetch();
                  }
                : undefined
            }
          />
        )}
        <ListsProblem lists={[views]} />
        <Select
          label={t('leadViews.view')}
          description={t('leadViews.viewText')}
          data={[
            { value: STANDARD, label: t('leadViews.standard') },
            ...items.map((view) => ({ value: String(view.id), label: view.name })),
          ]}
          value={shown}
          onChange={(next) => next && setChosen(next)}
          allowDeselect={false}
          data-autofocus
        />
        <Checkbox
          label={t('leadViews.replace')}
          description={t('leadViews.replaceText')}
          checked={ticked && !standard}
          disabled={standard}
          onChange={(event) => setTicked(event.currentTarget.checked)}
        />
        <FormFooter
          submit={t('common.save')}
          loading={apply.isPending}
          disabled={!views.data}
          onCancel={onClose}
        />
      </Stack>
    </form>
  );
}

/** Gives a team a details view of leads, and takes its users' own tabs away where that is wanted (PLT-053, PLT-055). */
export function ApplyView(props: Props) {
  const { t } = useTranslation();
  return (
    <FormDialog opened onClose={props.onClose} title={t('leadViews.applyTo', { name: props.team.name })}>
      <ApplyForm {...props} />
    </FormDialog>
  );
}
