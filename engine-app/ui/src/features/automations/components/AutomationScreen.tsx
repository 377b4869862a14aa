import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ScreenProblem } from '@/components/ScreenProblem';
import { useAutomation } from '../api/getAutomation';
import { Editor } from './Editor';

/** One automation: its diagram and settings, its runs, its versions. */
export function AutomationScreen() {
  const { t } = useTranslation();
  const { id } = useParams({ from: '/shell/automations/$id' });
  const automation = useAutomation(id);
  if (automation.error && !automation.data) {
    return (
      <ScreenProblem
        error={automation.error}
        onRetry={() => void automation.refetch()}
        back={{ href: '/automations', label: t('nav.automations') }}
      />
    );
  }
  if (!automation.data) return <PageSkeleton />;
  return <Editor key={id} automation={automation.data} />;
}
