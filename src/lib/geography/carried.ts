import { wardsAround, type WardsAround } from './doubt.ts';
import type { Position } from './position.ts';
import { indexWards } from './ward-index.ts';

/** Ward lines as a phone carries them: rings as x, y, x, y, … in degrees. */
export type WardLines = Array<{ code: string; simplified: boolean; rings: number[][] }>;

/** Which ward a phone without signal is in, by the lines it carries; `accuracy` is its fix's, in metres. */
export function wardsByLines(lines: WardLines, point: Position, accuracy: number): WardsAround {
	const index = indexWards(
		lines.map(({ code, simplified, rings }) => ({
			code,
			simplified,
			municipalityId: '',
			boundarySetId: '',
			rings: rings.map((ring) => Float64Array.from(ring))
		}))
	);
	return wardsAround(index, null, point, accuracy);
}
