/** The wheel's geometry: from longitudes in the zodiac to points in the figure. */

export interface Dial {
  /** side of the square figure, points */
  size: number;
  /** @param radius as a share of the figure's size, 0-0.5 */
  at(longitude: number, radius: number): { x: number; y: number };
  /** smallest angle, in degrees, at which two squares of this side cannot touch, wherever they are */
  room(side: number, radius: number): number;
}

/** @param left the longitude at nine o'clock; the zodiac runs counter-clockwise from there */
export function dialOf(size: number, left: number): Dial {
  return {
    size,
    at(longitude, radius) {
      const angle = ((180 + longitude - left) * Math.PI) / 180;
      return {
        x: tidy(size / 2 + Math.cos(angle) * radius * size),
        y: tidy(size / 2 - Math.sin(angle) * radius * size),
      };
    },
    room(side, radius) {
      const chord = side * Math.SQRT2; // two squares that touch at their corners
      return (2 * Math.asin(chord / 2 / (radius * size)) * 180) / Math.PI;
    },
  };
}

/** A hundredth of a point is finer than any printer, and gives the same chart the same bytes. */
function tidy(value: number): number {
  return Math.round(value * 100) / 100;
}
