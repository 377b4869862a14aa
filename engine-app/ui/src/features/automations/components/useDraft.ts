import { useEffect, useMemo, useRef, useState } from 'react';
import { type BpmnDocument, edited, readDocument } from '@/lib/bpmn/document';
import type { Automation } from '../api/getAutomation';
import { useSaveDraft } from '../api/saveDraft';

const SAVE_AFTER = 800;

/** The draft of an automation as it is edited: kept here, saved a moment after each change. */
export function useDraft(automation: Automation, onFailed: (error: unknown) => void) {
  const save = useSaveDraft(automation.id);
  const [bpmn, setBpmn] = useState(automation.draft ?? '');
  const [unsaved, setUnsaved] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const document = useMemo(() => readDocument(bpmn), [bpmn]);

  const change = (next: string) => {
    setBpmn(next);
    setUnsaved(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      timer.current = undefined;
      save.mutate(next, { onSuccess: () => setUnsaved(timer.current !== undefined), onError: onFailed });
    }, SAVE_AFTER);
  };

  // Whoever leaves the page right after typing has saved as well.
  const leave = useRef<() => void>(undefined);
  useEffect(() => {
    leave.current = () => {
      if (timer.current === undefined) return;
      clearTimeout(timer.current);
      save.mutate(bpmn);
    };
  });
  useEffect(() => () => leave.current?.(), []);

  return {
    bpmn,
    document,
    unsaved,
    saving: save.isPending || unsaved,
    saved: save.isSuccess,
    notSaved: save.error !== null,
    change,
    edit: (action: (draft: BpmnDocument) => void) => change(edited(bpmn, action)),
    /** Saves what is not saved yet. */
    flush: async () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      if (!unsaved) return;
      await save.mutateAsync(bpmn);
      setUnsaved(false);
    },
  };
}
