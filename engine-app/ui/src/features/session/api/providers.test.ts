import { describe, expect, it } from 'vitest';
import { providerAddress } from './providers';

describe('the way to a provider', () => {
  it('names the provider', () => {
    expect(providerAddress(7, undefined)).toBe('/oauth2/authorization/7');
  });

  it('takes along the page that was asked for, with its filter as it stands', () => {
    const address = providerAddress(7, '/leads?filter=city%20%3D%20%22Pune%22&sort=-createdAt');
    expect(new URL(address, 'http://localhost').searchParams.get('next')).toBe(
      '/leads?filter=city%20%3D%20%22Pune%22&sort=-createdAt',
    );
  });
});
