import { Button } from '@mantine/core';
import { IconError404 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Problem } from '@/lib/http';
import { AppLink } from './AppLink';
import { EmptyState } from './EmptyState';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  error: unknown;
  onRetry: () => void;
  /** Where to look for it instead, when there is no such thing. */
  back: { href: string; label: string };
}

/** What a page shows when what it is about cannot be read. */
export function ScreenProblem({ error, onRetry, back }: Props) {
  const { t } = useTranslation();
  if (error instanceof Problem && error.status === 404) {
    return (
      <EmptyState icon={IconError404} title={error.detail || error.title} text={t('problem.missing')}>
        <Button variant="default" renderRoot={(props) => <AppLink {...props} href={back.href} />}>
          {back.label}
        </Button>
      </EmptyState>
    );
  }
  return <ProblemAlert error={error} m="md" onRetry={onRetry} />;
}
