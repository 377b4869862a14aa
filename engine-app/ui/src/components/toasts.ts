/** Short messages at the bottom of the page, with at most one thing to do about them. */
export interface Toast {
  id: number;
  text: string;
  kind: 'good' | 'bad';
  action?: { label: string; run: () => void } | undefined;
}

let toasts: readonly Toast[] = [];
let nextId = 1;
const watchers = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const watcher of watchers) watcher();
}

export function dismiss(id: number): void {
  set(toasts.filter((toast) => toast.id !== id));
}

/** Shows a message; errors stay until they are closed. */
export function toast(text: string, options: Partial<Pick<Toast, 'kind' | 'action'>> = {}): void {
  const entry: Toast = { id: nextId++, text, kind: options.kind ?? 'good', action: options.action };
  set([...toasts.slice(-2), entry]);
  if (entry.kind === 'good') setTimeout(() => dismiss(entry.id), entry.action ? 10_000 : 4_000);
}

export const toastStore = {
  subscribe(watcher: () => void) {
    watchers.add(watcher);
    return () => watchers.delete(watcher);
  },
  snapshot: () => toasts,
};
