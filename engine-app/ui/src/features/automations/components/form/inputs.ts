import type { Entity } from '@/api/records';
import type { Setting } from '@/features/automations/api/getCatalogue';
import type { FlowNode } from '@/lib/bpmn/document';

export type Settings = Record<string, unknown>;

/** What a form for settings knows about its automation. */
export interface FormContext {
  trigger: string | undefined;
  /** The cards of the automation, for the tasks and answers that earlier ones made. */
  nodes: FlowNode[];
  /** The kind of record whose fields are offered. */
  entity: Entity;
}

export interface InputProps extends FormContext {
  setting: Setting;
  value: unknown;
  onChange: (value: unknown) => void;
}

/** Whether a setting is of use with the others as they are. */
export function isShown({ when }: Setting, settings: Settings): boolean {
  return Object.entries(when ?? {}).every(([key, values]) => values.includes(String(settings[key] ?? '')));
}

/** The settings with one changed; what is of no use with it any more is left out. */
export function withSetting(form: Setting[], settings: Settings, key: string, value: unknown): Settings {
  const { [key]: _before, ...others } = settings;
  const changed = value === undefined ? others : { ...others, [key]: value };
  const hidden = form.filter((setting) => !isShown(setting, changed)).map((setting) => setting.key);
  return Object.fromEntries(Object.entries(changed).filter(([name]) => !hidden.includes(name)));
}
