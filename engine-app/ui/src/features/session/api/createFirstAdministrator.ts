import { useMutation } from '@tanstack/react-query';
import { act } from '@/lib/http';

export interface FirstAdministrator {
  name: string;
  login: string;
  password: string;
}

export function useCreateFirstAdministrator() {
  return useMutation({ mutationFn: (body: FirstAdministrator) => act('POST', '/setup', body) });
}
