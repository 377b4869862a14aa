import {
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import * as z from 'zod/mini';
import { call, get, Problem, upload } from '@/lib/http';

const text = z.nullish(z.string());

const leadSchema = z.looseObject({
  id: z.number(),
  list: z.number(),
  values: z.record(z.string(), z.unknown()),
  createdAt: z.string(),
});
export type ListLead = z.infer<typeof leadSchema>;

const wholeSchema = z.looseObject({
  id: z.number(),
  createdAt: z.string(),
  moves: z.nullish(
    z.array(z.looseObject({ from: z.string(), to: z.string(), at: z.string(), by: z.nullish(z.number()) })),
  ),
});

const uploadSchema = z.looseObject({
  id: z.number(),
  list: z.number(),
  fileName: z.string(),
  status: z.string(),
  mode: z.string(),
  headers: z.array(z.string()),
  ignored: z.array(z.string()),
  problem: text,
  counts: z.looseObject({
    created: z.number(),
    updated: z.number(),
    migrated: z.number(),
    skipped: z.number(),
    failed: z.number(),
  }),
  bytes: z.number(),
  totalBytes: z.number(),
  createdAt: z.string(),
  endedAt: text,
});
export type ListUpload = z.infer<typeof uploadSchema>;

const leadsSchema = z.looseObject({ items: z.array(leadSchema), next: text });
const uploadsSchema = z.looseObject({ items: z.array(uploadSchema), next: text });

/** The leads of a list in pages, the newest first. */
export function useListLeads(process: number, list: number, search: string) {
  return useInfiniteQuery({
    queryKey: ['processes', process, 'leads', list, search],
    queryFn: ({ pageParam }) =>
      get(leadsSchema, `/lead-lists/${list}/leads`, { search, limit: 50, cursor: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (read) => read.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

/** One lead, with the lists that it came through. */
export function useListLead(process: number, lead: number) {
  return useQuery({
    queryKey: ['processes', process, 'lead', lead],
    queryFn: () => get(wholeSchema, `/list-leads/${lead}`),
  });
}

/** Everything about the lists of a process is read anew. */
function useAnew(process: number) {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ['processes', process] });
}

export function useAddContact(process: number, list: number) {
  const anew = useAnew(process);
  return useMutation({
    mutationFn: (values: Record<string, unknown>) =>
      call('POST', leadSchema, `/lead-lists/${list}/leads`, { values }),
    onSuccess: () => void anew(),
    onError: (error) => {
      if (error instanceof Problem && [403, 404].includes(error.status)) void anew();
    },
  });
}

export interface UploadWish {
  file: File;
  update: boolean;
  migrate: boolean;
  map: boolean;
  encoding: string;
}

export function useSendUpload(process: number, list: number, onSent: (part: number) => void) {
  const anew = useAnew(process);
  return useMutation({
    mutationFn: ({ file, ...wish }: UploadWish) =>
      upload(uploadSchema, `/lead-lists/${list}/uploads`, file, { ...wish, name: file.name }, onSent),
    onSuccess: () => void anew(),
  });
}

export function useStartUpload(process: number) {
  const anew = useAnew(process);
  return useMutation({
    mutationFn: ({ id, mapping }: { id: number; mapping: Record<string, string> }) =>
      call('POST', uploadSchema, `/list-uploads/${id}/start`, { mapping }),
    onSuccess: () => void anew(),
  });
}

export function useCancelUpload(process: number) {
  const anew = useAnew(process);
  return useMutation({
    mutationFn: (id: number) => call('POST', uploadSchema, `/list-uploads/${id}/cancel`),
    onSuccess: () => void anew(),
  });
}

/** The last uploads into a list, read again and again while one of them is under way. */
export function useUploads(process: number, list: number) {
  return useQuery({
    queryKey: ['processes', process, 'uploads', list],
    queryFn: async () => (await get(uploadsSchema, `/lead-lists/${list}/uploads`, { limit: 10 })).items,
    refetchInterval: (query) => (query.state.data?.some((each) => each.status === 'running') ? 1000 : false),
  });
}
