// Where the knots of a network stand: ties pull, knots push apart. The same network always gives the same picture.

export interface Spot {
  x: number;
  y: number;
}

const STEPS = 220;

/** Places between 0 and 1 for `count` knots; of the ties, the heavier pull more. */
export function layout(count: number, ties: readonly { a: number; b: number; weight: number }[]): Spot[] {
  // A spiral to begin with: no two at one place, and no chance in it.
  const spots: Spot[] = Array.from({ length: count }, (_, n) => {
    const radius = Math.sqrt((n + 0.5) / Math.max(1, count));
    return { x: radius * Math.cos(n * 2.399963), y: radius * Math.sin(n * 2.399963) };
  });
  const apart = 1.6 / Math.sqrt(Math.max(1, count));
  for (let step = 0; step < STEPS; step++) {
    const moves = pushes(spots, apart);
    pull(spots, ties, moves, apart);
    const most = 0.12 * (1 - step / STEPS) + 0.002;
    spots.forEach((spot, n) => {
      const move = moves[n]!;
      // A little towards the middle, so that what is not tied does not drift away.
      move.x -= spot.x * 2.2 * apart;
      move.y -= spot.y * 2.2 * apart;
      const length = Math.hypot(move.x, move.y) || 1;
      const far = Math.min(length, most);
      spot.x += (move.x / length) * far;
      spot.y += (move.y / length) * far;
    });
  }
  return fitted(spots);
}

function pushes(spots: readonly Spot[], apart: number): Spot[] {
  const moves = spots.map(() => ({ x: 0, y: 0 }));
  for (let a = 0; a < spots.length; a++) {
    for (let b = a + 1; b < spots.length; b++) {
      const [one, other] = [spots[a]!, spots[b]!];
      const [dx, dy] = [one.x - other.x, one.y - other.y];
      const square = Math.max(dx * dx + dy * dy, 1e-6);
      const force = (apart * apart) / square;
      moves[a]!.x += dx * force;
      moves[a]!.y += dy * force;
      moves[b]!.x -= dx * force;
      moves[b]!.y -= dy * force;
    }
  }
  return moves;
}

function pull(spots: readonly Spot[], ties: readonly { a: number; b: number; weight: number }[], moves: Spot[], apart: number): void {
  for (const { a, b, weight } of ties) {
    const [one, other] = [spots[a]!, spots[b]!];
    const [dx, dy] = [one.x - other.x, one.y - other.y];
    const force = (Math.hypot(dx, dy) / apart) * Math.min(2, 0.5 + Math.log2(1 + weight) / 3);
    moves[a]!.x -= dx * force;
    moves[a]!.y -= dy * force;
    moves[b]!.x += dx * force;
    moves[b]!.y += dy * force;
  }
}

function fitted(spots: readonly Spot[]): Spot[] {
  const [left, right] = [Math.min(...spots.map(({ x }) => x)), Math.max(...spots.map(({ x }) => x))];
  const [top, bottom] = [Math.min(...spots.map(({ y }) => y)), Math.max(...spots.map(({ y }) => y))];
  const part = (at: number, first: number, last: number) => (last > first ? (at - first) / (last - first) : 0.5);
  return spots.map(({ x, y }) => ({ x: part(x, left, right), y: part(y, top, bottom) }));
}

export interface Label {
  n: number;
  x: number;
  y: number;
  anchor: "start" | "end" | "middle";
}

interface Box { left: number; right: number; top: number; bottom: number }

/** The labels that can be read: the first knots first, none over another or over a knot's middle, none cut off. */
export function labels(knots: readonly { x: number; y: number; radius: number; name: string }[], width: number, height: number): Label[] {
  const taken: Box[] = knots.map(({ x, y, radius }) => ({ left: x - radius * 0.7, right: x + radius * 0.7, top: y - radius * 0.7, bottom: y + radius * 0.7 }));
  const found: Label[] = [];
  knots.forEach(({ x, y, radius, name }, n) => {
    const wide = Array.from(name).length * 7 + 4;
    const places: Label[] = [
      { n, x: x + radius + 4, y: y + 4, anchor: "start" },
      { n, x: x - radius - 4, y: y + 4, anchor: "end" },
      { n, x, y: y - radius - 5, anchor: "middle" },
      { n, x, y: y + radius + 14, anchor: "middle" },
    ];
    for (const place of places) {
      const left = place.anchor === "start" ? place.x : place.anchor === "end" ? place.x - wide : place.x - wide / 2;
      const box = { left, right: left + wide, top: place.y - 12, bottom: place.y + 4 };
      if (box.left < 0 || box.right > width || box.top < 0 || box.bottom > height) continue;
      if (taken.some((other, at) => at !== n && overlap(box, other))) continue;
      taken.push(box);
      found.push(place);
      return;
    }
  });
  return found;
}

const overlap = (a: Box, b: Box) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
