import { Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '@/components/FormDialog';
import { ProblemAlert, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';
import { useUnsaved } from '@/components/unsaved';
import { formatNumber } from '@/lib/format';
import { Problem } from '@/lib/http';
import { type Place, useMove, useMoveEffect } from '../api/hierarchy';
import { below } from './tree';

export interface Asked {
  place: Place;
  /** Where it was dropped; null for the top, undefined when that is to be chosen. */
  superior: number | null | undefined;
}

interface Props {
  asked: Asked | null;
  places: Place[];
  onClose: () => void;
}

const TOP = 'top';

function toValue(superior: number | null | undefined): string | null {
  return superior === undefined ? null : superior === null ? TOP : String(superior);
}

/** Asks under whom somebody is to come, and says what that does before it is done. */
export function MoveDialog({ asked, places, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <FormDialog
      opened={asked !== null}
      onClose={onClose}
      title={t('hierarchy.move', { name: asked?.place.name ?? '' })}
    >
      {asked && <MoveForm asked={asked} places={places} onClose={onClose} />}
    </FormDialog>
  );
}

function MoveForm({ asked, places, onClose }: Omit<Props, 'asked'> & { asked: Asked }) {
  const { t } = useTranslation();
  const { place } = asked;
  const [chosen, setChosen] = useState(asked.superior);
  const effect = useMoveEffect(place.id, chosen);
  const move = useMove();
  useUnsaved(chosen ?? null, move.isPending || move.isSuccess);
  const problemText = useProblemText();
  const nameOf = (id: number | null | undefined) =>
    id == null ? t('settings.users.nobody') : (places.find((other) => other.id === id)?.name ?? `#${id}`);
  const choices = useMemo(() => {
    const under = below(places, place.id);
    return places.filter(
      (other) =>
        other.id === asked.superior || (other.active && other.id !== place.id && !under.has(other.id)),
    );
  }, [places, place.id, asked.superior]);
  const outdated = move.error instanceof Problem && move.error.status === 409;
  const same = chosen !== undefined && chosen === (place.reportsTo ?? null);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen === undefined) return;
        move.mutate(
          { id: place.id, version: place.version, superior: chosen },
          {
            onSuccess: (moved) => {
              const back = place.reportsTo ?? null;
              toast(t('hierarchy.moved', { name: place.name, superior: nameOf(chosen) }), {
                action: {
                  label: t('common.undo'),
                  // The dialog is gone by then: what goes wrong is told where the offer was.
                  run: () =>
                    void move
                      .mutateAsync({ id: place.id, version: moved.version, superior: back })
                      .catch((error: unknown) => toast(problemText(error), { kind: 'bad' })),
                },
              });
              onClose();
            },
          },
        );
      }}
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t('hierarchy.now', { superior: nameOf(place.reportsTo) })}
        </Text>
        <Select
          label={t('hierarchy.under')}
          placeholder={t('hierarchy.choose')}
          data={[
            { value: TOP, label: t('hierarchy.top') },
            ...choices.map((other) => ({ value: String(other.id), label: other.name })),
          ]}
          value={toValue(chosen)}
          onChange={(value) => setChosen(value === null ? undefined : value === TOP ? null : Number(value))}
          searchable
          nothingFoundMessage={t('list.nothingFound')}
          limit={100}
          data-autofocus={asked.superior === undefined || undefined}
        />
        <div aria-live="polite">
          {same ? (
            <Text size="sm">{t('hierarchy.sameAsNow')}</Text>
          ) : effect.error ? (
            <ProblemAlert error={effect.error} />
          ) : chosen !== undefined && effect.isPending ? (
            <Skeleton h={20} w="80%" />
          ) : effect.data && chosen !== undefined ? (
            <Text size="sm">
              {t(chosen === null ? 'hierarchy.effectTop' : 'hierarchy.effect', {
                people: t('hierarchy.people', {
                  count: effect.data.people,
                  amount: formatNumber(effect.data.people),
                }),
                records: t('hierarchy.records', {
                  count: effect.data.total,
                  amount: formatNumber(effect.data.total),
                }),
                superior: nameOf(chosen),
              })}
            </Text>
          ) : null}
        </div>
        {move.error && <ProblemAlert error={move.error} />}
        {outdated && <Text size="sm">{t('hierarchy.outdated')}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t(outdated ? 'common.close' : 'common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={move.isPending}
            disabled={chosen === undefined || same || !effect.data || effect.error !== null || outdated}
          >
            {t('hierarchy.doMove')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
