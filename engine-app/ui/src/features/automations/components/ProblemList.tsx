import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DraftProblem, DraftWarning } from '../api/lifecycle';
import classes from './Automation.module.css';

interface Props {
  problems: DraftProblem[];
  warnings: DraftWarning[];
  onChoose: (element: string | undefined) => void;
}

/** What keeps a draft from being published, and what to think about before; each leads to its place in the diagram. */
export function ProblemList({ problems, warnings, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <section className={classes.problems} aria-label={t('editor.problems')} role="status">
      {problems.length === 0 ? (
        <Text size="sm">{t('editor.noProblems')}</Text>
      ) : (
        <>
          <Text size="sm" fw={600}>
            <IconAlertTriangle size={14} color="var(--ll-bad)" aria-hidden />{' '}
            {t('editor.problemCount', { count: problems.length })}
          </Text>
          <ul>
            {problems.map((problem, index) => (
              <li key={index}>
                <button
                  type="button"
                  className={classes.problem}
                  onClick={() => onChoose(problem.element ?? undefined)}
                >
                  <b>{problem.name || problem.element}</b>
                  {problem.field && ` · ${problem.field}`}: {problem.expectation}
                  {problem.value && ` (${problem.value})`}
                  {problem.line != null && ` · ${t('editor.line', { line: problem.line })}`}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {warnings.length > 0 && (
        <>
          <Text size="sm" fw={600} mt="xs">
            {t('editor.warnings')}
          </Text>
          <ul>
            {warnings.map((warning, index) => (
              <li key={index}>
                <button
                  type="button"
                  className={classes.problem}
                  onClick={() => onChoose(warning.element ?? undefined)}
                >
                  <b>{warning.name || warning.element}</b>: {warning.text}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
