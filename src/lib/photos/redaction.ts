import type { Rectangle } from './server/schema.ts';

/** The grid over a picture by which parts of it are covered: it works with keys and without a mouse. */
export const grid = { columns: 8, rows: 6 } as const;

/** The number of a cell, row by row from the top left, as a rectangle in fractions. */
export const cellRectangle = (cell: number): Rectangle => ({
	x: (cell % grid.columns) / grid.columns,
	y: Math.floor(cell / grid.columns) / grid.rows,
	width: 1 / grid.columns,
	height: 1 / grid.rows
});

/** Ticked cells as rectangles: neighbours in a row become one. Nonsense is left out. */
export function cellsToRectangles(cells: number[]): Rectangle[] {
	const ticked = [...new Set(cells)]
		.filter((cell) => Number.isInteger(cell) && cell >= 0 && cell < grid.columns * grid.rows)
		.sort((a, b) => a - b);
	const runs: Array<{ first: number; last: number }> = [];
	for (const cell of ticked) {
		const run = runs.at(-1);
		if (run && cell === run.last + 1 && cell % grid.columns !== 0) run.last = cell;
		else runs.push({ first: cell, last: cell });
	}
	return runs.map(({ first, last }) => ({
		...cellRectangle(first),
		width: (last - first + 1) / grid.columns
	}));
}

/** Whether a cell lies under one of the rectangles: what the grid shows as ticked. */
export const isCovered = (cell: number, rectangles: Rectangle[]): boolean => {
	const { x, y, width, height } = cellRectangle(cell);
	const [left, top] = [x + width / 2, y + height / 2];
	return rectangles.some(
		(each) =>
			left > each.x && left < each.x + each.width && top > each.y && top < each.y + each.height
	);
};

/** Whether a rectangle lies within the picture and covers something. */
export const isSound = ({ x, y, width, height }: Rectangle): boolean =>
	[x, y, width, height].every((n) => Number.isFinite(n) && n >= 0 && n <= 1) &&
	width > 0 &&
	height > 0 &&
	x + width <= 1.0001 &&
	y + height <= 1.0001;

/** A rectangle as whole pixels of a picture, rounded outwards. */
export function inPixels(
	{ x, y, width, height }: Rectangle,
	size: { width: number; height: number }
) {
	const left = Math.max(0, Math.floor(x * size.width));
	const top = Math.max(0, Math.floor(y * size.height));
	return {
		left,
		top,
		width: Math.min(size.width, Math.ceil((x + width) * size.width)) - left,
		height: Math.min(size.height, Math.ceil((y + height) * size.height)) - top
	};
}
