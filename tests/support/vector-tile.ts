/** A shape to write into a tile: corners in 4096ths of its width. */
export interface Drawn {
	layer: string;
	type: 'point' | 'line' | 'area';
	tags?: Record<string, string>;
	parts: Array<Array<[x: number, y: number]>>;
}

function varint(number: number): number[] {
	const bytes = [];
	for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) + 128);
	return [...bytes, number];
}
const bytesOf = (field: number, bytes: Iterable<number>) => {
	const all = [...bytes];
	return [...varint(field * 8 + 2), ...varint(all.length), ...all];
};
const text = (field: number, said: string) => bytesOf(field, Buffer.from(said));
const zigzag = (number: number) => varint(number < 0 ? -number * 2 - 1 : number * 2);

function geometry(parts: Drawn['parts'], closed: boolean): number[] {
	let [x, y] = [0, 0];
	const step = ([nextX, nextY]: [number, number]) => {
		const bytes = [...zigzag(nextX - x), ...zigzag(nextY - y)];
		[x, y] = [nextX, nextY];
		return bytes;
	};
	return parts.flatMap(([first, ...rest]) => [
		...varint(8 + 1),
		...step(first),
		...(rest.length ? varint(rest.length * 8 + 2) : []),
		...rest.flatMap(step),
		...(closed ? varint(8 + 7) : [])
	]);
}

/** A Mapbox Vector Tile 2.1 of these shapes. */
export function vectorTile(shapes: Drawn[]): Buffer {
	const layers = [...new Set(shapes.map(({ layer }) => layer))];
	return Buffer.from(
		layers.flatMap((name) => {
			const own = shapes.filter(({ layer }) => layer === name);
			const keys = [...new Set(own.flatMap(({ tags = {} }) => Object.keys(tags)))];
			const values = [...new Set(own.flatMap(({ tags = {} }) => Object.values(tags)))];
			const features = own.flatMap(({ type, tags = {}, parts }) =>
				bytesOf(2, [
					...bytesOf(
						2,
						Object.entries(tags).flatMap(([key, value]) => [
							...varint(keys.indexOf(key)),
							...varint(values.indexOf(value))
						])
					),
					3 * 8,
					['', 'point', 'line', 'area'].indexOf(type),
					...bytesOf(4, geometry(parts, type === 'area'))
				])
			);
			return bytesOf(3, [
				...varint(15 * 8),
				2,
				...text(1, name),
				...features,
				...keys.flatMap((key) => text(3, key)),
				...values.flatMap((value) => bytesOf(4, text(1, value))),
				...varint(5 * 8),
				...varint(4096)
			]);
		})
	);
}
