import { Anchor } from '@mantine/core';
import { plural } from '@/api/records';
import { AppLink } from './AppLink';

/** What a step of a run says; a record that it made is a link, and its page tells only those who may see it. */
export function StepMessage({ message }: { message: string }) {
  const [, said, kind, id] = /^(Created )(opportunity)\/(\d+)$/.exec(message) ?? [];
  const entity = kind === undefined ? undefined : plural(kind);
  if (entity === undefined || said === undefined) return message;
  return (
    <>
      {said}
      <Anchor inherit renderRoot={(props) => <AppLink {...props} href={`/${entity}/${id}`} />}>
        {`${kind}/${id}`}
      </Anchor>
    </>
  );
}
