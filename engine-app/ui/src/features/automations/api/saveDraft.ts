import { useMutation, useQueryClient } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { readDocument } from '@/lib/bpmn/document';
import { call } from '@/lib/http';
import { type Automation, automationKey } from './getAutomation';

const schema = z.nullish(z.looseObject({ version: z.nullish(z.number()) }));

export function useSaveDraft(id: number) {
  const client = useQueryClient();
  return useMutation({
    // One after the other, so that each save knows the version that the one before made.
    scope: { id: `draft-${id}` },
    mutationFn: async (bpmn: string) => {
      const known = client.getQueryData<Automation>(automationKey(id));
      const saved = await call('PUT', schema, `/automations/${id}/draft`, {
        version: known?.version ?? 0,
        bpmn,
        // Lists, runs and notices call it what the editor calls it.
        name: readDocument(bpmn)?.name || undefined,
      });
      client.setQueryData<Automation>(
        automationKey(id),
        (before) =>
          before && {
            ...before,
            ...(saved ?? {}),
            draft: bpmn,
            draftChanged: true,
            version: saved?.version ?? before.version + 1,
          },
      );
    },
    onSuccess: () => client.invalidateQueries({ queryKey: ['automations'] }),
  });
}
