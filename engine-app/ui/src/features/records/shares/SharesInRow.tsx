import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RecordData, titleOf } from '@/api/records';

/** Opens the share history of an opportunity from its row (AUT-080). */
export function SharesInRow({ deal, onOpen }: { deal: RecordData; onOpen: (deal: RecordData) => void }) {
  const { t } = useTranslation();
  const label = t('shares.historyOf', { name: titleOf('opportunities', deal) });
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} onClick={() => onOpen(deal)}>
        <IconHistory size={16} />
      </ActionIcon>
    </Tooltip>
  );
}
