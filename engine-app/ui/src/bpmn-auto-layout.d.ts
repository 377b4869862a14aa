declare module 'bpmn-auto-layout' {
  /** Gives a BPMN document without positions a diagram. */
  export function layoutProcess(bpmn: string): Promise<string>;
}
