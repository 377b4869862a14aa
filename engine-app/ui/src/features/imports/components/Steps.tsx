import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './Imports.module.css';

const STEPS = ['file', 'columns', 'check', 'result'] as const;
export type ImportStep = (typeof STEPS)[number];

/** Where in the import the reader is. */
export function Steps({ current }: { current: ImportStep }) {
  const { t } = useTranslation();
  const at = STEPS.indexOf(current);
  return (
    <ol className={classes.steps} aria-label={t('imports.steps.title')}>
      {STEPS.map((step, index) => (
        <li
          key={step}
          aria-current={step === current ? 'step' : undefined}
          data-done={index < at || undefined}
        >
          <span className={classes.number} aria-hidden>
            {index < at ? <IconCheck size={12} /> : index + 1}
          </span>
          {t(`imports.steps.${step}`)}
        </li>
      ))}
    </ol>
  );
}
