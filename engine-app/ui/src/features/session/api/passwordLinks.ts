import { useMutation } from '@tanstack/react-query';
import { act } from '@/lib/http';

/** Asks for a link by mail that sets a new password. */
export function useAskForLink() {
  return useMutation({ mutationFn: (login: string) => act('POST', '/password-links', { login }) });
}

export function useSetPasswordByLink() {
  return useMutation({
    mutationFn: (body: { token: string; password: string }) => act('PUT', '/password-links', body),
  });
}
