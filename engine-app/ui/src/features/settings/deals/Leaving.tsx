import { Checkbox, NativeSelect, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** Where opportunities go that lose their stage; with `sure` as many as it says are deleted along (REV-030). */
export type Leaving = { to: number } | { sure: number | null };

/** Whether it is said what becomes of them: a stage that is there, or the word for the number that there is. */
export function decided(leaving: Leaving | undefined, live: number, targets: { id: number }[]): boolean {
  if (leaving === undefined) return false;
  return 'sure' in leaving ? leaving.sure === live : targets.some(({ id }) => id === leaving.to);
}

interface Props {
  /** What is deleted. */
  name: string;
  /** So many opportunities lose their stage, those in the trash included. */
  count: number;
  /** So many of them are not in the trash. */
  live: number;
  targets: { id: number; label: string }[];
  /** Whether they can be deleted along. */
  deletable: boolean;
  leaving: Leaving | undefined;
  onLeaving: (next: Leaving | undefined) => void;
}

/** Asks for the stage that opportunities move to, or for the word that they are deleted along. */
export function LeavingChoice({ name, count, live, targets, deletable, leaving, onLeaving }: Props) {
  const { t } = useTranslation();
  const deletes = leaving !== undefined && 'sure' in leaving;
  return (
    <Stack gap={6}>
      <NativeSelect
        label={t('settings.pipelines.holds', { name, count })}
        value={
          deletes
            ? 'delete'
            : leaving && targets.some(({ id }) => id === leaving.to)
              ? String(leaving.to)
              : ''
        }
        onChange={({ currentTarget: { value } }) =>
          onLeaving(value === '' ? undefined : value === 'delete' ? { sure: null } : { to: Number(value) })
        }
        required
        data={[
          { value: '', label: t('settings.pipelines.chooseTarget') },
          ...targets
            .filter(({ label }) => label.trim() !== '')
            .map(({ id, label }) => ({
              value: String(id),
              label: t('settings.pipelines.moveThem', { stage: label }),
            })),
          ...(deletable
            ? [{ value: 'delete', label: t('settings.pipelines.deleteThem', { count: live }) }]
            : []),
        ]}
      />
      {deletes && (
        <Checkbox
          color="red"
          label={t('settings.pipelines.sure', { count: live })}
          // The word is for the number that was read with it.
          checked={leaving.sure === live}
          onChange={(event) => onLeaving({ sure: event.currentTarget.checked ? live : null })}
        />
      )}
    </Stack>
  );
}
