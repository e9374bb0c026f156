import { chance, lineBetween, toEarth, wander, type Position } from './geography-shapes.ts';

type Local = readonly [east: number, north: number];

interface Suburb {
	ward: number;
	name: string;
	at: Local;
	/** Which way its streets run, in degrees from east. */
	turn: number;
	streets: string[];
}

// prettier-ignore
const khanyisa: Suburb[] = [
	{ ward: 1, name: 'Kelp Bay', at: [9, 21.5], turn: 12, streets: ['Kelp Street', 'Mussel Street', 'Tern Street'] },
	{ ward: 1, name: 'Duineveld', at: [5, 30], turn: -20, streets: ['Duine Street', 'Waxberry Lane'] },
	{ ward: 2, name: 'Ntabeni', at: [18, 62], turn: 30, streets: ['Ntabeni Road', 'Kraal Lane', 'Spring Street'] },
	{ ward: 2, name: 'Blouklip', at: [40, 72], turn: -15, streets: ['Klip Street', 'Shepherd Lane'] },
	{ ward: 3, name: 'Lighthouse Hill', at: [20, 23], turn: 8, streets: ['Beacon Street', 'Keeper Street', 'Fynbos Street'] },
	{ ward: 3, name: 'Strandview', at: [29, 21.5], turn: -6, streets: ['Strand Street', 'Anchor Street', 'Gannet Street'] },
	{ ward: 4, name: 'Old Harbour', at: [38, 20], turn: 10, streets: ['Quay Street', 'Slipway Street', 'Net Lane'] },
	{ ward: 4, name: 'Station Town', at: [49.5, 25.5], turn: 24, streets: ['Station Street', 'Platform Street', 'Signal Street'] },
	{ ward: 5, name: 'Khanya Town', at: [29.5, 33], turn: 4, streets: ['Market Street', 'Church Street', 'Court Street'] },
	{ ward: 5, name: 'Bloekomvlei', at: [22, 35], turn: 28, streets: ['Bloekom Street', 'Reed Street'] },
	{ ward: 6, name: 'Phakamani', at: [30, 48], turn: -8, streets: ['Sunrise Street', 'Unity Street', 'Drum Street'] },
	{ ward: 6, name: 'Silver Tree', at: [46, 49], turn: 15, streets: ['Silver Street', 'Protea Street', 'Sugarbush Street'] },
	{ ward: 7, name: 'Thembeni', at: [36, 35.4], turn: 6, streets: ['Vlei Street', 'Ntaba Street', 'Umthi Street', 'Sparrow Street'] },
	{ ward: 7, name: 'Lower Thembeni', at: [36.2, 30.3], turn: -8, streets: ['Inyoni Street', 'River Lane', 'Standpipe Lane'] },
	{ ward: 7, name: 'Old Mill', at: [41.2, 30.8], turn: 12, streets: ['Miller Street', 'Flour Street', 'Weir Street'] },
	{ ward: 7, name: 'Aloe Ridge', at: [41.2, 37.6], turn: -10, streets: ['Ridge Street', 'Aalwyn Street', 'Sunbird Street'] },
	{ ward: 8, name: 'Sizwe Heights', at: [47, 38.4], turn: 10, streets: ['Sizwe Street', 'Heights Road', 'Plover Street'] },
	{ ward: 8, name: 'Riverside', at: [50.5, 33.8], turn: -5, streets: ['Long Drive', 'Willow Street', 'Ferry Street'] },
	{ ward: 9, name: 'Mvubu Flats', at: [61, 25], turn: 18, streets: ['Mvubu Road', 'Plough Street'] },
	{ ward: 9, name: 'Ehlanzeni', at: [61, 66], turn: -25, streets: ['Hlanze Street', 'Borehole Lane'] }
];
// prettier-ignore
const thokozani: Suburb[] = [
	{ ward: 1, name: 'Thokozani Town', at: [77, 28], turn: 8, streets: ['Main Street', 'Joy Street', 'Drift Street'] },
	{ ward: 2, name: 'Seven Dunes', at: [92, 29], turn: -12, streets: ['Dune Street', 'Sandpiper Street'] },
	{ ward: 3, name: 'Goedehoop', at: [77, 47], turn: 20, streets: ['Hoop Street', 'Weaver Street'] },
	{ ward: 4, name: 'Emafini', at: [88, 72], turn: -30, streets: ['Cloud Street', 'Valley Road'] }
];

type LandmarkKind = 'landmark' | 'pole' | 'settlement';

interface Landmark {
	ward: number;
	name: string;
	at: Local;
	kind?: LandmarkKind;
}

// prettier-ignore
const khanyisaLandmarks: Landmark[] = [
	{ ward: 1, name: 'Kelp Bay Slipway', at: [8.5, 19.6] },
	{ ward: 2, name: 'Ntabeni Primary School', at: [18.5, 63] }, { ward: 2, name: 'Blouklip Pass', at: [37.5, 66] },
	{ ward: 3, name: 'Lighthouse', at: [23.5, 17.4] }, { ward: 3, name: 'Strandview Library', at: [29.4, 23] },
	{ ward: 4, name: 'Khanyisa Harbour', at: [40, 18] }, { ward: 4, name: 'Khanyisa Station', at: [49.6, 24.6] },
	{ ward: 5, name: 'Civic Centre', at: [30.2, 33.4] }, { ward: 5, name: 'Khanya Town Library', at: [28.6, 34] }, { ward: 5, name: 'Khanyisa Hospital', at: [26.5, 37.5] },
	{ ward: 6, name: 'Phakamani Clinic', at: [30.6, 49.4] }, { ward: 6, name: 'Silver Tree Secondary School', at: [45, 50.4] }, { ward: 6, name: 'Phakamani Extension', at: [34.5, 51.5], kind: 'settlement' },
	{ ward: 7, name: 'Thembeni Community Hall', at: [38.2, 36.4] }, { ward: 7, name: 'Thembeni Clinic', at: [37.6, 34.2] }, { ward: 7, name: 'Old Mill Primary School', at: [40.6, 29.9] },
	{ ward: 7, name: 'Old Mill Bridge', at: [38.55, 32.7] }, { ward: 7, name: 'Aloe Ridge Park', at: [41.6, 39] }, { ward: 7, name: 'Thembeni Library', at: [37.9, 37.6] }, { ward: 7, name: 'Thembeni Taxi Rank', at: [39, 34.2] }, { ward: 7, name: 'Riverbank', at: [35.4, 32.6], kind: 'settlement' },
	{ ward: 8, name: 'Sizwe Hall', at: [47.6, 37.4] }, { ward: 8, name: 'Riverside Sports Field', at: [51.6, 35.2] },
	{ ward: 9, name: 'Mvubu Clinic', at: [61.8, 26.2] }, { ward: 9, name: 'Ehlanzeni Primary School', at: [61.6, 67.2] },
	...Array.from({ length: 6 }, (_, i): Landmark => ({ ward: 7, name: `Pole MR7-0${i + 11}`, at: [38.45 + i * 0.11, 29 + i * 1.7], kind: 'pole' }))
];
// prettier-ignore
const thokozaniLandmarks: Landmark[] = [
	{ ward: 1, name: 'Thokozani Town Hall', at: [77.4, 29.2] }, { ward: 2, name: 'Seven Dunes Clinic', at: [92.4, 30] },
	{ ward: 3, name: 'Goedehoop School', at: [77.6, 48.4] }, { ward: 4, name: 'Emafini Hall', at: [88.4, 73.2] }
];

export interface DemoStreet {
	ward: number;
	suburb: string;
	name: string;
	line: Position[];
}

/** Streets lie side by side around the middle of their suburb, each a little crooked. */
function streetsOf({ ward, name: suburb, at, turn, streets }: Suburb): DemoStreet[] {
	const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
	const place = (along: number, across: number): Local => [
		at[0] + along * cos - across * sin,
		at[1] + along * sin + across * cos
	];
	return streets.map((name, i) => {
		const across = (i - (streets.length - 1) / 2) * 0.75;
		const [from, to] = [place(-1.3 - chance(name) * 0.4, across), place(1.5, across)];
		return { ward, suburb, name, line: [...wander(from, to, name, 0.06, 2), to].map(toEarth) };
	});
}

export interface DemoCountry {
	suburbs: Array<{ ward: number; name: string; point: Position }>;
	streets: DemoStreet[];
	landmarks: Array<{
		ward: number;
		name: string;
		point: Position;
		kind: LandmarkKind;
	}>;
}

const countryOf = (suburbs: Suburb[], landmarks: Landmark[]): DemoCountry => ({
	suburbs: suburbs.map(({ ward, name, at }) => ({ ward, name, point: toEarth(at) })),
	streets: suburbs.flatMap(streetsOf),
	landmarks: landmarks.map(({ at, kind, ...landmark }) => ({
		...landmark,
		point: toEarth(at),
		kind: kind ?? ('landmark' as const)
	}))
});

/** What people name when they say where something is. */
export const demoCountry: Record<'KHA' | 'THO', DemoCountry> = {
	KHA: countryOf(khanyisa, khanyisaLandmarks),
	THO: countryOf(thokozani, thokozaniLandmarks)
};

type FeatureKind = 'coast' | 'river' | 'lake' | 'road' | 'main_road' | 'park' | 'rail';

export interface DemoFeature {
	kind: FeatureKind;
	name: string;
	geometry:
		| { type: 'LineString'; coordinates: Position[] }
		| { type: 'Polygon'; coordinates: Position[][] };
}

const through = (kind: FeatureKind, name: string, points: Local[]): DemoFeature => ({
	kind,
	name,
	geometry: {
		type: 'LineString',
		coordinates: [
			...points.slice(1).flatMap((to, i) => wander(points[i], to, name + i, 0.06, 2)),
			points[points.length - 1]
		].map(toEarth)
	}
});

/** An area around a point, rounder or flatter. */
const around = (
	kind: FeatureKind,
	name: string,
	[x, y]: Local,
	rx: number,
	ry: number
): DemoFeature => {
	const ring = Array.from({ length: 14 }, (_, i): Local => {
		const angle = (i / 14) * 2 * Math.PI;
		const r = 0.8 + chance(`${name}${i}`) * 0.4;
		return [x + Math.cos(angle) * rx * r, y + Math.sin(angle) * ry * r];
	}).map(toEarth);
	return { kind, name, geometry: { type: 'Polygon', coordinates: [[...ring, ring[0]]] } };
};

const coast = (from: number, to: number): DemoFeature => ({
	kind: 'coast',
	name: 'Coast',
	geometry: {
		type: 'LineString',
		coordinates: Array.from({ length: to - from }, (_, i) =>
			lineBetween(`C${from + i}`, `C${from + i + 1}`)
		)
			.flat()
			.map(toEarth)
	}
});

/** Lanes across the named streets, which nobody names. */
const lanesOf = (suburbs: Suburb[]): DemoFeature[] =>
	suburbs.flatMap(({ name, at: [x, y], turn, streets }) => {
		const [cos, sin] = [Math.cos((turn * Math.PI) / 180), Math.sin((turn * Math.PI) / 180)];
		const reach = (streets.length / 2) * 0.75;
		return [-1, -0.3, 0.45, 1.15].map((along, i) => {
			const end = (across: number): Local => [
				x + along * cos - across * sin,
				y + along * sin + across * cos
			];
			const lane = `${name} lane ${i}`;
			const points = [end(-reach + chance(lane) * 0.4), end(reach - chance(`${lane}!`) * 0.5)];
			return { ...through('road', lane, points), name: '' };
		});
	});

const roadsOf = (country: DemoCountry): DemoFeature[] =>
	country.streets.map(({ name, line }) => ({
		kind: 'road',
		name,
		geometry: { type: 'LineString', coordinates: line }
	}));

/** What a map without a basemap shows: coast, river, roads, rail, parks. */
// prettier-ignore
export const demoFeatures: Record<'KHA' | 'THO', DemoFeature[]> = {
	KHA: [
		coast(0, 7),
		around('park', 'Aloe Ridge Park', [41.6, 39], 1.1, 0.7), around('park', 'Kelp Bay Reserve', [3, 22], 2.6, 3.4), around('park', 'Commonage', [38, 47.5], 2.4, 1.8), around('park', 'Riverside Sports Field', [51.6, 35.4], 0.8, 0.6), around('park', 'Blouklip Reserve', [30, 76], 8, 5),
		around('lake', 'Bloekom Vlei', [26.4, 34.8], 1.1, 0.8),
		through('river', 'Umlambo River', [[22, 89], [25, 75], [30, 64], [31.5, 54], [34.5, 47], [34, 40.5], [34.6, 33.4], [38.55, 32.7], [42, 33.5], [46, 31.5], [47, 24.5], [45, 16.5]]),
		through('main_road', 'Mill Road', [[39.6, 17.6], [39, 22], [38.4, 27.6], [38.55, 32.7], [39.1, 38], [38.5, 44], [40, 55], [37.5, 66], [30, 91]]),
		through('main_road', 'Coast Road', [[0.4, 27], [12, 29], [23, 31.2], [33, 34.2], [38.8, 34.6], [48, 35.6], [58, 32], [71.8, 29]]),
		around('lake', 'Blouklip Dam', [45, 78], 2.6, 1.5), around('lake', 'Mvubu Pan', [64, 27.5], 1.6, 1),
		around('park', 'Dune Forest', [56.5, 21.5], 2.6, 1.4), around('park', 'Lighthouse Point', [24, 16.6], 1.3, 1.1), around('park', 'Thembeni Cemetery', [34.8, 37.6], 0.6, 0.5),
		through('river', 'Spring Stream', [[45, 77], [44, 70], [40, 62], [35.5, 56], [33.4, 50.5]]), through('river', 'Bloekom Stream', [[14, 44], [19, 39.5], [25.6, 35.2], [28, 30.6], [31, 24], [30.4, 17.4]]), through('river', 'Mvubu River', [[66, 84], [63.4, 70], [65, 52], [62.6, 40], [64.6, 27.8], [66, 17.6]]),
		through('main_road', 'Ntabeni Road', [[23, 31.2], [21, 42], [18.6, 52], [17.6, 62], [20, 74]]), through('main_road', 'Harbour Road', [[23, 31.2], [26, 26.4], [32, 22.6], [39, 22], [49.6, 25], [56, 32.6]]), through('main_road', 'Ring Road', [[29.5, 34], [27.6, 41], [32, 46.4], [38.6, 46.8], [45, 46.4], [49.4, 41.6], [48, 35.6]]), through('main_road', 'Hlanze Road', [[48, 42.4], [54, 52], [60.6, 64], [61.4, 76]]),
		through('rail', 'Harbour line', [[41, 18], [49.6, 24.9], [58, 29], [71.6, 33]]),
		...roadsOf(demoCountry.KHA), ...lanesOf(khanyisa)
	],
	THO: [
		coast(7, 10),
		around('park', 'Seven Dunes Reserve', [95, 25], 2, 1.5),
		through('main_road', 'Coast Road', [[71.8, 29], [84, 30], [100, 32]]),
		through('main_road', 'Valley Road', [[84, 30], [82, 45], [87, 74]]),
		...roadsOf(demoCountry.THO), ...lanesOf(thokozani)
	]
};
