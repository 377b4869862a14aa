import type { Step } from '@/api/getRun';
import type { Mark } from '@/components/BpmnCanvas';
import type { SequenceFlow } from '@/lib/bpmn/document';

const BY_RESULT: Record<string, Mark> = { failed: 'failed', waiting: 'current' };

/** Which elements and flows of the diagram the run went through, and where it stands. */
export function pathMarks(steps: readonly Step[], flows: readonly SequenceFlow[]): Record<string, Mark> {
  const marks: Record<string, Mark> = {};
  for (const step of steps) {
    // Somebody skipped a card and says so; what a run only waited for in vain is not on its way.
    const inVain = step.result === 'skipped' && !step.message;
    if (!inVain) marks[step.card] = BY_RESULT[step.result?.toLowerCase() ?? ''] ?? 'taken';
  }
  const branches = new Set(steps.map((step) => step.branch).filter(Boolean));
  const deciding = new Set(steps.filter((step) => step.branch).map((step) => step.card));
  for (const flow of flows) {
    const chosen = branches.has(flow.id);
    // Only a gateway chooses; after any other step the flow was taken when the step behind it was reached.
    const followed = !deciding.has(flow.source) && marks[flow.source] === 'taken' && flow.target in marks;
    if (chosen || followed) marks[flow.id] = 'taken';
  }
  return marks;
}
