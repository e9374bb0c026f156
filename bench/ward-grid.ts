import { seeded } from './figure.ts';

type Pair = [number, number];

const [west, south, across, up, columns, rows] = [16.5, -34.8, 16.4, 12.7, 68, 66];

/** Wards that tile the country with shared, wandering borders: `side` corners to a side, four sides. */
export function gridOfWards(count: number, side: number): Pair[][] {
	const random = seeded();
	const shift = (at: number, of: number) => (at && at < of ? (random() - 0.5) * 0.4 : 0);
	const corners = Array.from({ length: rows + 1 }, (_, j) =>
		Array.from({ length: columns + 1 }, (_, i): Pair => [
			west + (across * (i + shift(i, columns))) / columns,
			south + (up * (j + shift(j, rows))) / rows
		])
	);
	const wander = (a: Pair, b: Pair): Pair[] => {
		const line: Pair[] = [];
		let aside = 0;
		for (let k = 1; k < side; k++) {
			const t = k / side;
			aside = Math.max(-0.02, Math.min(0.02, aside + (random() - 0.5) * 0.004));
			const s = aside * Math.sin(Math.PI * t) * 4;
			line.push([
				a[0] + (b[0] - a[0]) * t + s * (b[1] - a[1]),
				a[1] + (b[1] - a[1]) * t - s * (b[0] - a[0])
			]);
		}
		return line;
	};
	const level = corners.map((row) => row.slice(1).map((corner, i) => wander(row[i], corner)));
	const upright = corners
		.slice(1)
		.map((row, j) => row.map((corner, i) => wander(corners[j][i], corner)));

	const wards: Pair[][] = [];
	for (let j = 0; j < rows; j++)
		for (let i = 0; i < columns && wards.length < count; i++)
			wards.push([
				corners[j][i],
				...level[j][i],
				corners[j][i + 1],
				...upright[j][i + 1],
				corners[j + 1][i + 1],
				...level[j + 1][i].toReversed(),
				corners[j + 1][i],
				...upright[j][i].toReversed(),
				corners[j][i]
			]);
	return wards;
}

/** A position somewhere on the grid. */
export const somewhere = (random: () => number) => ({
	lon: west + 0.1 + random() * (across - 0.2),
	lat: south + 0.1 + random() * (up - 0.6)
});
