import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { act, call, get, Problem } from '@/lib/http';

const text = z.nullish(z.string());

const columnSchema = z.looseObject({
  name: z.string(),
  field: z.string(),
  label: z.string(),
  type: z.string(),
  nullable: z.boolean(),
  unique: z.boolean(),
  primary: z.boolean(),
});
export type TableColumn = z.infer<typeof columnSchema>;

const tableSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  columns: z.array(columnSchema),
  processes: z.number(),
  version: z.number(),
});
export type TableDefinition = z.infer<typeof tableSchema>;

const processSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  tableDefinition: z.number(),
  timeZone: z.string(),
  defaultCountry: text,
  supervisors: z.array(z.number()),
  agents: z.array(z.number()),
  lists: z.number(),
  version: z.number(),
});
export type Process = z.infer<typeof processSchema>;

const listSchema = z.looseObject({
  id: z.number(),
  process: z.number(),
  name: z.string(),
  timeZone: z.string(),
  owner: z.number(),
  description: text,
  enabled: z.boolean(),
  campaigns: z.number(),
  leads: z.number(),
  version: z.number(),
});
export type LeadList = z.infer<typeof listSchema>;

const campaignSchema = z.looseObject({
  id: z.number(),
  name: z.string(),
  members: z.array(z.number()),
  lists: z.number(),
  version: z.number(),
});
export type Campaign = z.infer<typeof campaignSchema>;

const assignmentsSchema = z.looseObject({
  items: z.array(
    z.looseObject({ campaign: z.looseObject({ id: z.number(), name: z.string() }), assigned: z.boolean() }),
  ),
});

const columnsSchema = z.looseObject({ name: z.string(), columns: z.array(columnSchema) });

const page = <T extends z.ZodMiniType>(items: T) => z.looseObject({ items: z.array(items), next: text });
const tablesSchema = page(tableSchema);
const processesSchema = page(processSchema);
const listsSchema = page(listSchema);
const campaignsSchema = z.looseObject({ items: z.array(campaignSchema) });

/** All table definitions by name; only administrators may ask. */
export function useTables() {
  return useQuery({
    queryKey: ['table-definitions'],
    queryFn: async () => {
      const all: TableDefinition[] = [];
      let cursor: string | null | undefined;
      do {
        const read = await get(tablesSchema, '/table-definitions', { limit: 200, cursor });
        all.push(...read.items);
        cursor = read.next;
      } while (cursor);
      return all;
    },
  });
}

/** The processes by name that the user keeps: all for administrators, for others those that they supervise. */
export function useProcesses() {
  return useQuery({
    queryKey: ['processes', 'all'],
    queryFn: async () => {
      const all: Process[] = [];
      let cursor: string | null | undefined;
      do {
        const read = await get(processesSchema, '/processes', { limit: 200, cursor });
        all.push(...read.items);
        cursor = read.next;
      } while (cursor);
      return all;
    },
  });
}

/**
 * Whether there is a process that the user supervises.
 *
 * @param enabled whether to ask at all
 */
export function useKeepsProcess(enabled: boolean): boolean {
  const first = useQuery({
    queryKey: ['processes', 'first'],
    queryFn: () => get(processesSchema, '/processes', { limit: 1 }),
    // Menus ask for it everywhere, and it seldom changes.
    staleTime: 60_000,
    enabled,
  });
  return (first.data?.items.length ?? 0) > 0;
}

/** The columns of a process, for who keeps it. */
export function useTableOf(process: number, enabled: boolean) {
  return useQuery({
    queryKey: ['processes', process, 'table'],
    queryFn: () => get(columnsSchema, `/processes/${process}/table`),
    enabled,
  });
}

/** The lead lists of a process by name, in pages. */
export function useLeadLists(process: number, search: string) {
  return useInfiniteQuery({
    queryKey: ['processes', process, 'lead-lists', search],
    queryFn: ({ pageParam }) =>
      get(listsSchema, `/processes/${process}/lead-lists`, { search, limit: 50, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (read) => read.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One lead list of a process that its pages may not have come to yet. */
export function useLeadList(process: number, id: number | null) {
  return useQuery({
    queryKey: ['processes', process, 'lead-lists', 'one', id],
    queryFn: () => fetchLeadList(id ?? 0),
    enabled: id !== null,
  });
}

export function useCampaigns(process: number) {
  return useQuery({
    queryKey: ['processes', process, 'campaigns'],
    queryFn: async () => (await get(campaignsSchema, `/processes/${process}/campaigns`)).items,
  });
}

/** All campaigns of a list's process, and which of them it is assigned to. */
export function useAssignments(process: number, list: number) {
  return useQuery({
    queryKey: ['processes', process, 'assignments', list],
    queryFn: async () => (await get(assignmentsSchema, `/lead-lists/${list}/campaigns`)).items,
  });
}

/** What a change is of; everything where nothing else is said. */
interface Place {
  process: number;
  /** Whether nothing but what is told of lists changes. */
  listsOnly?: boolean;
}

interface Manner<T> {
  of?: (value: T) => Place;
  /** Whether the change is under way until what it made is shown. */
  shown?: boolean;
  /** Whether a refusal means that something else is there now than was shown. */
  refusedWhenOld?: boolean;
  onError?: (error: Error) => void;
}

/** Changes something in processes; what shows it is read anew, and all of it when something turns out to be gone. */
function useCallingChange<T, R>(change: (value: T) => Promise<R>, manner: Manner<T> = {}) {
  const client = useQueryClient();
  const all = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['processes'] }),
      client.invalidateQueries({ queryKey: ['table-definitions'] }),
    ]);
  const within = async ({ process, listsOnly }: Place) => {
    // How many lists each process has is told when its page is opened again.
    void client.invalidateQueries({ queryKey: ['processes', 'all'], refetchType: 'none' });
    await client.invalidateQueries({
      queryKey: listsOnly ? ['processes', process, 'lead-lists'] : ['processes', process],
    });
  };
  return useMutation({
    mutationFn: change,
    onSuccess: async (_, value) => {
      const read = manner.of ? within(manner.of(value)) : all();
      if (manner.shown) await read;
    },
    onError: (error) => {
      const old = manner.refusedWhenOld ? [403, 404, 409, 422] : [403, 404];
      if (error instanceof Problem && old.includes(error.status)) void all();
      manner.onError?.(error);
    },
  });
}

/** One lead list as it is now. */
export function fetchLeadList(id: number): Promise<LeadList> {
  return get(listSchema, `/lead-lists/${id}`);
}

export interface ColumnValues {
  name: string;
  field: string;
  nullable: boolean;
  unique: boolean;
  primary: boolean;
}

export function useSaveTable(table: TableDefinition | undefined) {
  return useCallingChange((values: { name: string; columns: ColumnValues[] }) =>
    table
      ? act('PATCH', `/table-definitions/${table.id}`, { ...values, version: table.version })
      : act('POST', '/table-definitions', values),
  );
}

export function useDeleteTable() {
  return useCallingChange((id: number) => act('DELETE', `/table-definitions/${id}`));
}

export interface ProcessValues {
  name: string;
  tableDefinition: number | null;
  timeZone: string;
  defaultCountry: string;
  supervisors: number[];
  agents: number[];
}

export function useSaveProcess(process: Process | undefined) {
  return useCallingChange((values: ProcessValues) =>
    process
      ? act('PATCH', `/processes/${process.id}`, { ...values, version: process.version })
      : act('POST', '/processes', values),
  );
}

export function useDeleteProcess() {
  return useCallingChange((id: number) => act('DELETE', `/processes/${id}`));
}

export interface ListValues {
  name: string;
  timeZone: string;
  owner: number | null;
  description: string;
}

export function useSaveLeadList(process: number, list: LeadList | undefined) {
  return useCallingChange(
    (values: ListValues) =>
      list
        ? call('PATCH', listSchema, `/lead-lists/${list.id}`, { ...values, version: list.version })
        : call('POST', listSchema, `/processes/${process}/lead-lists`, values),
    { of: () => ({ process }) },
  );
}

export function useEnableLeadList() {
  return useCallingChange(
    ({ list, enabled }: { list: LeadList; enabled: boolean }) =>
      act('PATCH', `/lead-lists/${list.id}`, { enabled }),
    { of: ({ list }) => ({ process: list.process, listsOnly: true }), shown: true },
  );
}

export function useDeleteLeadList(process: number) {
  return useCallingChange((id: number) => act('DELETE', `/lead-lists/${id}`), { of: () => ({ process }) });
}

/** Assigns a list to campaigns; refused when one of them is gone, for example. */
export function useMoveCampaigns(list: LeadList, onError: (error: Error) => void) {
  return useCallingChange(
    (move: { assign: number[]; release: number[] }) => act('PATCH', `/lead-lists/${list.id}/campaigns`, move),
    { of: () => ({ process: list.process }), shown: true, refusedWhenOld: true, onError },
  );
}

export function useSaveCampaign(process: number, campaign: Campaign | undefined) {
  return useCallingChange(
    (values: { name: string; members: number[] }) =>
      campaign
        ? act('PATCH', `/dialling-campaigns/${campaign.id}`, { ...values, version: campaign.version })
        : act('POST', `/processes/${process}/campaigns`, values),
    { of: () => ({ process }) },
  );
}

export function useDeleteCampaign(process: number) {
  return useCallingChange((id: number) => act('DELETE', `/dialling-campaigns/${id}`), {
    of: () => ({ process }),
  });
}
