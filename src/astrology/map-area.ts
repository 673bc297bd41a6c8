/** Areas on a map, small enough that the earth's curve does not matter. */
export interface Corner {
  latitude: number;
  longitude: number;
}

/** @param text corners in order, `48.5 7.1, 49 8`: latitude, then longitude */
export function cornersOf(text: string): Corner[] {
  return text.split(',').map((corner) => {
    const [latitude = 0, longitude = 0] = corner.trim().split(' ').map(Number);
    return { latitude, longitude };
  });
}

/** Whether a line from the point to the west crosses the area's edge an odd number of times. */
export function isInside(point: Corner, area: readonly Corner[]): boolean {
  let inside = false;
  let before = area.at(-1);
  for (const corner of area) {
    if (before && before.latitude > point.latitude !== corner.latitude > point.latitude) {
      const share = (point.latitude - before.latitude) / (corner.latitude - before.latitude);
      const crossing = before.longitude + share * (corner.longitude - before.longitude);
      if (crossing < point.longitude) inside = !inside;
    }
    before = corner;
  }
  return inside;
}
