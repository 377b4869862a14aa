import * as z from 'zod/mini';

/** One thing wrong with an input, as the server says it. */
export interface Violation {
  field: string;
  value?: string | null | undefined;
  expectation: string;
}

const problemSchema = z.looseObject({
  type: z.optional(z.string()),
  title: z.optional(z.nullable(z.string())),
  detail: z.optional(z.nullable(z.string())),
  status: z.optional(z.number()),
  violations: z.optional(
    z.array(
      z.looseObject({
        field: z.string(),
        value: z.optional(z.nullable(z.string())),
        expectation: z.string(),
      }),
    ),
  ),
});

/** A refusal or failure of a server call (RFC 9457 problem+json where the server sent one). */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 when the server could not be reached. */
    readonly status: number,
    readonly title: string,
    readonly detail: string,
    readonly violations: Violation[] = [],
    /** The whole body, for problems that carry more (a conflict brings the current record). */
    readonly body: Record<string, unknown> = {},
  ) {
    super(detail || title);
    this.name = 'Problem';
  }
}

export type Query = Record<string, string | number | boolean | null | undefined>;

export function url(path: string, query?: Query): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value));
  }
  const text = search.toString();
  return `/api/v1${path}${text ? `?${text}` : ''}`;
}

function cookie(name: string): string | undefined {
  const part = document.cookie.split('; ').find((entry) => entry.startsWith(`${name}=`));
  return part === undefined ? undefined : decodeURIComponent(part.slice(name.length + 1));
}

const signedOutListeners = new Set<() => void>();

/** Called when the server says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

async function problemOf(response: Response): Promise<Problem> {
  let body: unknown = null;
  try {
    body = await response.json();
  } catch {
    // Not JSON: the status says it all.
  }
  const parsed = z.safeParse(problemSchema, body);
  if (!parsed.success) return new Problem(response.status, response.statusText, '');
  const { title, detail, violations } = parsed.data;
  return new Problem(
    response.status,
    title ?? response.statusText,
    detail ?? '',
    violations ?? [],
    body as Record<string, unknown>,
  );
}

const ACCEPTED = 'application/json, application/problem+json';

async function send(method: string, address: string, body?: unknown, once?: string): Promise<Response> {
  const headers: Record<string, string> = { Accept: ACCEPTED };
  if (method !== 'GET') {
    const token = cookie('XSRF-TOKEN');
    if (token) headers['X-XSRF-TOKEN'] = token;
    if (once !== undefined || method === 'POST') headers['Idempotency-Key'] = once ?? crypto.randomUUID();
  }
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      headers,
      credentials: 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    throw new Problem(0, 'unreachable', '');
  }
  return refused(response, address);
}

/** Throws what a refusal says; gives any other answer back. */
async function refused(response: Response, address: string): Promise<Response> {
  if (response.ok) return response;
  const problem = await problemOf(response);
  if (response.status === 401 && !address.startsWith('/api/v1/session')) {
    for (const listener of signedOutListeners) listener();
  }
  throw problem;
}

async function read<T extends z.ZodMiniType>(response: Response, schema: T): Promise<z.output<T>> {
  const text = await response.text();
  let body: unknown = null;
  try {
    body = text === '' ? null : JSON.parse(text);
  } catch {
    throw new Problem(response.status, 'unexpected', new URL(response.url || location.href).pathname);
  }
  const parsed = z.safeParse(schema, body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where = `${new URL(response.url || location.href).pathname} ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`;
    throw new Problem(response.status, 'unexpected', where, [], { issues: parsed.error.issues });
  }
  return parsed.data;
}

/** Reads JSON and checks its shape. */
export async function get<T extends z.ZodMiniType>(schema: T, path: string, query?: Query) {
  return read(await send('GET', url(path, query)), schema);
}

/**
 * Sends JSON and checks the shape of the answer.
 *
 * @param once with the same key a POST or PATCH takes effect once, however often it is sent
 */
export async function call<T extends z.ZodMiniType>(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  schema: T,
  path: string,
  body?: unknown,
  query?: Query,
  once?: string,
) {
  return read(await send(method, url(path, query), body, once), schema);
}

/** Sends JSON where the answer does not matter. */
export async function act(
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE',
  path: string,
  body?: unknown,
  query?: Query,
): Promise<void> {
  await send(method, url(path, query), body);
}

/** Puts a small file where it belongs, as it is. */
export async function putFile<T extends z.ZodMiniType>(schema: T, path: string, file: Blob) {
  return sendFile('PUT', schema, url(path), file, {
    'Content-Type': file.type || 'application/octet-stream',
  });
}

/** Sends a small CSV file; with the same key it takes effect once, however often it is sent. */
export async function uploadOnce<T extends z.ZodMiniType>(
  schema: T,
  path: string,
  file: Blob,
  query: Query,
  key: string,
) {
  return sendFile('POST', schema, url(path, query), file, {
    'Content-Type': 'text/csv',
    'Idempotency-Key': key,
  });
}

async function sendFile<T extends z.ZodMiniType>(
  method: string,
  schema: T,
  address: string,
  file: Blob,
  headers: Record<string, string>,
) {
  const token = cookie('XSRF-TOKEN');
  let response: Response;
  try {
    response = await fetch(address, {
      method,
      headers: { Accept: ACCEPTED, ...headers, ...(token ? { 'X-XSRF-TOKEN': token } : {}) },
      credentials: 'same-origin',
      body: file,
    });
  } catch {
    throw new Problem(0, 'unreachable', '');
  }
  return read(await refused(response, address), schema);
}

/**
 * Streams a file to the server.
 *
 * @param onSent is told again and again which part of the file has left, from 0 to 1
 */
export async function upload<T extends z.ZodMiniType>(
  schema: T,
  path: string,
  file: Blob,
  query?: Query,
  onSent?: (part: number) => void,
) {
  const address = url(path, query);
  // Only this older way of sending tells how far it has got.
  const response = await new Promise<Response>((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', address);
    request.setRequestHeader('Accept', ACCEPTED);
    const token = cookie('XSRF-TOKEN');
    if (token) request.setRequestHeader('X-XSRF-TOKEN', token);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onSent?.(event.loaded / event.total);
    };
    request.onload = () =>
      resolve(new Response(request.responseText, { status: request.status, statusText: request.statusText }));
    request.onerror = () => reject(new Problem(0, 'unreachable', ''));
    request.send(file);
  });
  return read(await refused(response, address), schema);
}
