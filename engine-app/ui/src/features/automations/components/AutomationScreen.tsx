import { useParams } from '@tanstack/react-router';
import { PageSkeleton } from '@/components/PageSkeleton';
import { ProblemAlert } from '@/components/ProblemAlert';
import { useAutomation } from '../api/getAutomation';
import { Editor } from './Editor';

/** One automation: its diagram and settings, its runs, its versions. */
export function AutomationScreen() {
  const { id } = useParams({ from: '/shell/automations/$id' });
  const automation = useAutomation(id);
  if (automation.error && !automation.data) {
    return <ProblemAlert error={automation.error} m="md" onRetry={() => void automation.refetch()} />;
  }
  if (!automation.data) return <PageSkeleton />;
  return <Editor key={id} automation={automation.data} />;
}
