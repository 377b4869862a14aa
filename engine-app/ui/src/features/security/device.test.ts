import { describe, expect, it } from 'vitest';
import { deviceName } from './device';

describe('the name of a device', () => {
  it('says browser and system in a few words', () => {
    expect(
      deviceName('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0'),
    ).toBe('Firefox, Windows');
    expect(
      deviceName(
        'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1',
      ),
    ).toBe('Safari, iOS');
    expect(
      deviceName(
        'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140.0.0.0 Safari/537.36 Edg/140.0',
      ),
    ).toBe('Edge, Linux');
    expect(deviceName('curl/8.0')).toBe('curl');
    expect(deviceName('')).toBe('?');
  });
});
