import { useQuery } from '@tanstack/react-query';
import * as z from 'zod/mini';
import { get } from '@/lib/http';

const rightsSchema = z.looseObject({
  everything: z.boolean(),
  sections: z.record(z.string(), z.record(z.string(), z.string())),
});
export type Rights = z.infer<typeof rightsSchema>;

/** What the reader may do, in words of the server; pages leave out what would be refused. */
export function useRights() {
  return useQuery({
    queryKey: ['session', 'rights'],
    queryFn: () => get(rightsSchema, '/session/rights'),
    staleTime: 60_000,
  });
}

/** Whether the reader may do something with anything of a section; yes until it is known. */
export function allows(rights: Rights | undefined, section: string, action: string): boolean {
  return rights === undefined || rights.everything || rights.sections[section]?.[action] !== undefined;
}

export function useMay(section: string, action: string): boolean {
  return allows(useRights().data, section, action);
}
