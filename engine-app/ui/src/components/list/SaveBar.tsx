import { Button, Group, Text } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type SmartList, useChangeSmartList } from '@/api/smartLists';
import { isOutdated, useProblemText } from '@/components/ProblemAlert';
import { toast } from '@/components/toasts';

interface Props {
  list: SmartList | undefined;
  filter: string;
  sort: string;
  columns: string[];
  /** Whether the filter differs from what is saved. */
  changed: boolean;
  onSaved: () => void;
  onSaveAs: () => void;
  onReset: () => void;
}

/** What can be done with a filter that is not saved (yet). */
export function SaveBar({ list, filter, sort, columns, changed, onSaved, onSaveAs, onReset }: Props) {
  const { t } = useTranslation();
  const problemText = useProblemText();
  const save = useChangeSmartList();
  if (!changed) return null;
  return (
    <Group gap="xs" role="region" aria-label={t('smart.unsaved')}>
      {list && (
        <Text size="sm" c="var(--ll-warn)">
          {t('smart.unsaved')}
        </Text>
      )}
      {list?.mayChange && (
        <Button
          variant="light"
          leftSection={<IconDeviceFloppy size={14} />}
          loading={save.isPending}
          onClick={() =>
            save.mutate(
              { id: list.id, version: list.version, filter, sort, columns },
              {
                onSuccess: () => {
                  toast(t('common.saved'));
                  onSaved();
                },
                onError: (error) =>
                  toast(isOutdated(error) ? t('smart.outdated') : problemText(error), { kind: 'bad' }),
              },
            )
          }
        >
          {t('common.save')}
        </Button>
      )}
      <Button
        variant={list ? 'default' : 'light'}
        leftSection={list ? undefined : <IconDeviceFloppy size={14} />}
        onClick={onSaveAs}
      >
        {t(list ? 'smart.saveAs' : 'smart.saveAsList')}
      </Button>
      {list && (
        <Button variant="subtle" onClick={onReset}>
          {t('smart.reset')}
        </Button>
      )}
    </Group>
  );
}
