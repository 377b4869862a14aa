import { createContext, useContext, useId, useLayoutEffect, useState } from 'react';

/** The dialog around a form: it is told whether something is not saved, and asks before that is lost. */
export interface Guarding {
  report: (form: string, dirty: boolean) => void;
  leave: (go: () => void) => void;
}
export const GuardContext = createContext<Guarding | null>(null);

/**
 * Whether what is filled in differs from how the form began (SET-002). In a dialog, the dialog then asks before it closes;
 * elsewhere the form shows a LeaveGuard.
 *
 * @param values all that somebody can fill in
 * @param settled whether it is being saved, or saved already
 */
export function useUnsaved(values: unknown, settled = false): boolean {
  const form = useId();
  const guard = useContext(GuardContext);
  const present = JSON.stringify(values);
  const [first] = useState(present);
  const dirty = present !== first && !settled;
  const report = guard?.report;
  // Before anything else can be pressed.
  useLayoutEffect(() => {
    report?.(form, dirty);
    return () => report?.(form, false);
  }, [report, form, dirty]);
  return dirty;
}

/** Goes elsewhere within a dialog, and asks first when that would lose something. */
export function useLeave(): (go: () => void) => void {
  const guard = useContext(GuardContext);
  return guard?.leave ?? ((go) => go());
}
