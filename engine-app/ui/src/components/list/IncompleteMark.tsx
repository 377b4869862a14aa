import { Tooltip } from '@mantine/core';
import { IconProgressAlert } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { RecordData } from '@/api/records';
import classes from './RecordGrid.module.css';

/** Marks a lead that came in without all that the form asks for (LEAD-217). */
export function IncompleteMark({ record }: { record: RecordData }) {
  const { t } = useTranslation();
  if (record.values['incomplete'] !== true) return null;
  return (
    <Tooltip label={t('leadForm.incompleteMark')}>
      <span className={classes.mark} role="img" aria-label={t('leadForm.incompleteMark')}>
        <IconProgressAlert size={14} color="var(--ll-warn)" aria-hidden />
      </span>
    </Tooltip>
  );
}
