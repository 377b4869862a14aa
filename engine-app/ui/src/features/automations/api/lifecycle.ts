import { useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, type Violation } from '@/lib/http';
import { automationKey } from './getAutomation';

const problemSchema = z.looseObject({
  element: z.nullish(z.string()),
  name: z.nullish(z.string()),
  field: z.nullish(z.string()),
  value: z.nullish(z.string()),
  expectation: z.string(),
  line: z.nullish(z.number()),
});
export type DraftProblem = z.infer<typeof problemSchema>;

const warningSchema = z.looseObject({
  kind: z.string(),
  element: z.nullish(z.string()),
  name: z.nullish(z.string()),
  text: z.string(),
});
export type DraftWarning = z.infer<typeof warningSchema>;

const foundSchema = z.looseObject({
  problems: z.array(problemSchema),
  warnings: z.array(warningSchema),
});

/** What would keep the draft from being published, and what its author may not have meant. */
export function useValidate(id: number) {
  return useMutation({
    mutationFn: () => call('POST', foundSchema, `/automations/${id}/validate`, { warnings: true }),
  });
}

export type Step =
  | { kind: 'publish' }
  | { kind: 'unpublish' }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'rollback'; version: number }
  | { kind: 'cancelRuns'; version: number };

function path(id: number, step: Step): string {
  switch (step.kind) {
    case 'rollback':
      return `/automations/${id}/versions/${step.version}/publish`;
    case 'cancelRuns':
      return `/automations/${id}/versions/${step.version}/cancel-runs`;
    default:
      return `/automations/${id}/${step.kind}`;
  }
}

/** Publishing and all that follows from it. */
export function useLifecycle(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (step: Step) => act('POST', path(id, step), {}),
    onSettled: () => {
      void client.invalidateQueries({ queryKey: automationKey(id) });
      void client.invalidateQueries({ queryKey: ['automations'] });
      void client.invalidateQueries({ queryKey: ['runs', id] });
    },
  });
}

/** The problems that a refused publication names; a violation's field is "element.field". */
export function problemsOf(violations: Violation[]): DraftProblem[] {
  return violations.map(({ field, value, expectation }) => {
    const [element, ...rest] = field.split('.');
    return { element, name: element, field: rest.join('.'), value, expectation };
  });
}
