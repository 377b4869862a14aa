/** Does something for each item, a few at a time; says how many went well and what went wrong first. */
export async function inParallel<T>(
  items: readonly T[],
  action: (item: T) => Promise<unknown>,
  width = 6,
): Promise<{ done: number; failed: number; firstError: unknown }> {
  const waiting = [...items];
  let done = 0;
  let failed = 0;
  let firstError: unknown;
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await action(item);
        done += 1;
      } catch (error) {
        failed += 1;
        firstError ??= error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
  return { done, failed, firstError };
}
