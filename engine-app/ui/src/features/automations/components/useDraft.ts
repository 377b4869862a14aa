import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDocument } from '@/lib/bpmn/document';
import { FlowDraft } from '@/lib/bpmn/flowDraft';
import type { Automation } from '../api/getAutomation';
import { useSaveDraft } from '../api/saveDraft';

const SAVE_AFTER = 800;
const MOST_STEPS_BACK = 100;

/** The draft of an automation as it is edited: kept here, saved a moment after each change. */
export function useDraft(automation: Automation, onFailed: (error: unknown) => void) {
  const { t } = useTranslation();
  const save = useSaveDraft(automation.id);
  const [bpmn, setBpmn] = useState(automation.draft ?? '');
  const [unsaved, setUnsaved] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const document = useMemo(() => readDocument(bpmn), [bpmn]);
  const [past, setPast] = useState<string[]>([]);
  const [future, setFuture] = useState<string[]>([]);

  /** What is typed in one go is one step back; a change of the steps is one of its own, however soon it follows. */
  const change = (next: string, ofItsOwn = true) => {
    if (next === bpmn) return;
    if (ofItsOwn || timer.current === undefined)
      setPast((steps) => [...steps.slice(1 - MOST_STEPS_BACK), bpmn]);
    setFuture([]);
    take(next);
  };

  const take = (next: string) => {
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
    change: (next: string) => change(next),
    edit: (action: (draft: FlowDraft) => void) => {
      const draft = new FlowDraft(bpmn, { end: t('editor.kinds.end') });
      action(draft);
      change(draft.text(), draft.restructured);
    },
    canUndo: past.length > 0,
    canRedo: future.length > 0,
    undo: () => {
      const before = past.at(-1);
      if (before === undefined) return;
      setPast(past.slice(0, -1));
      setFuture([...future, bpmn]);
      take(before);
    },
    redo: () => {
      const next = future.at(-1);
      if (next === undefined) return;
      setFuture(future.slice(0, -1));
      setPast([...past, bpmn]);
      take(next);
    },
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
