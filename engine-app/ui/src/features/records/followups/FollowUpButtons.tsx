import { ActionIcon, Tooltip } from '@mantine/core';
import { IconClockPlus, IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RecordData, titleOf } from '@/api/records';
import { useMayWith } from '@/api/rights';
import { useRowTab } from '@/components/list/rowFocus';

interface Props {
  lead: RecordData;
  onFollowUp: (lead: RecordData) => void;
  onQuickView: (lead: RecordData) => void;
}

/** What a row of the leads offers without opening the lead (LEAD-078). */
export function FollowUpButtons({ lead, onFollowUp, onQuickView }: Props) {
  const { t } = useTranslation();
  const tab = useRowTab();
  const mayEdit = useMayWith('leads', 'edit', lead);
  const name = titleOf('leads', lead);
  return (
    <>
      <Tooltip label={t('followUp.quick')}>
        <ActionIcon
          tabIndex={tab}
          aria-label={t('followUp.quickOf', { name })}
          onClick={(event) => {
            event.stopPropagation();
            onQuickView(lead);
          }}
        >
          <IconEye size={16} />
        </ActionIcon>
      </Tooltip>
      {mayEdit && (
        <Tooltip label={t('followUp.new')}>
          <ActionIcon
            tabIndex={tab}
            aria-label={t('followUp.newOf', { name })}
            onClick={(event) => {
              event.stopPropagation();
              onFollowUp(lead);
            }}
          >
            <IconClockPlus size={16} />
          </ActionIcon>
        </Tooltip>
      )}
    </>
  );
}
