/** The two places that the API of the tests knows. */
import type { KnownPlace } from '../../src/domain/birth.ts';

const VIENNA: KnownPlace = {
  id: 'vienna',
  name: 'Vienna',
  country: 'AT',
  region: 'Vienna',
  population: 1_691_468,
  latitude: 48.2085,
  longitude: 16.3721,
  timeZone: 'Europe/Vienna',
};

/** Two zones are in use there. */
export const URUMQI: KnownPlace = {
  id: '1529102',
  name: 'Ürümqi',
  country: 'CN',
  region: 'Xinjiang',
  population: 3_029_372,
  latitude: 43.80096,
  longitude: 87.60046,
  timeZone: 'Asia/Urumqi',
  otherZone: { timeZone: 'Asia/Shanghai', from: null, to: null },
};

export const places = {
  search: (query: string) => ({
    places: query.toLowerCase().startsWith('vi') ? [VIENNA] : [],
    ignored: query.split(', ')[1] ?? null,
  }),
  find: (id: string) => [VIENNA, URUMQI].find((one) => one.id === id) ?? null,
};
