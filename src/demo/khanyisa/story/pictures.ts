import sharp from 'sharp';
import { stagePhoto } from '#lib/photos/server/index.ts';
import type { Db } from '#lib/platform/server/db.ts';
import { dice } from './dice.ts';
import type { Scene } from './scenes.ts';

const width = 800;
const height = 600;

/** A photo of the demonstration, drawn by code: sky, street, houses, and what is wrong in it. */
export async function stagePicture(
	db: Db,
	municipalityId: string,
	kind: Scene['photo'],
	seed: number,
	now: Date
) {
	const bytes = await sharp(Buffer.from(picture(kind, seed)))
		.jpeg({ quality: 80 })
		.toBuffer();
	return stagePhoto(db, municipalityId, { name: `${kind}-${seed}.jpg`, bytes }, now);
}

function picture(kind: Scene['photo'], seed: number): string {
	const rolled = dice(seed);
	const skies = kind === 'light' ? ['#1b2238', '#232b45'] : ['#bcd3e6', '#d7e3ea', '#e8d9c2'];
	const horizon = 230 + rolled.below(60);
	const houses = Array.from({ length: 4 }, (_, n) =>
		house(40 + n * 200 + rolled.below(60), horizon, rolled.share(), kind)
	);
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
		<rect width="${width}" height="${height}" fill="${rolled.of(skies)}"/>
		<path d="M0 ${horizon - 20} Q 200 ${horizon - 110} 400 ${horizon - 30} T 800 ${horizon - 50} V ${horizon} H 0 Z" fill="#7f8f82"/>
		<rect y="${horizon}" width="${width}" height="${height}" fill="${kind === 'light' ? '#3a3d42' : '#a89878'}"/>
		${houses.join('')}
		<path d="M330 ${horizon} L470 ${horizon} L760 600 L40 600 Z" fill="${kind === 'light' ? '#2a2c31' : '#6f6f72'}"/>
		${trouble[kind](rolled.share(), horizon)}
	</svg>`;
}

function house(x: number, horizon: number, share: number, kind: Scene['photo']) {
	const wall =
		kind === 'light' ? '#4a4c55' : ['#d9c7a8', '#c9a98b', '#e6ddcc'][Math.floor(share * 3)];
	const roof =
		kind === 'light' ? '#33343b' : ['#8d4b3a', '#6d6f74', '#94683f'][Math.floor(share * 3)];
	const tall = 60 + share * 30;
	return `<rect x="${x}" y="${horizon - tall}" width="110" height="${tall}" fill="${wall}"/><path d="M${x - 12} ${horizon - tall} L${x + 55} ${horizon - tall - 42} L${x + 122} ${horizon - tall} Z" fill="${roof}"/><rect x="${x + 42}" y="${horizon - 42}" width="26" height="42" fill="#54463a"/>`;
}

/** What is wrong, by kind: drawn large enough to be seen in a thumbnail. */
const trouble: Record<Scene['photo'], (share: number, horizon: number) => string> = {
	water: (share) =>
		`<path d="M${300 + share * 120} 330 C 480 380 260 440 420 500 S 300 590 520 600 L 250 600 C 200 520 330 450 280 400 Z" fill="#8fb7cf"/><path d="M350 420 q40 -14 90 4 M320 500 q60 -16 130 6" stroke="#e4f1f8" stroke-width="5" fill="none"/>`,
	sewer: (share) =>
		`<ellipse cx="${380 + share * 60}" cy="470" rx="200" ry="64" fill="#5b5136"/><ellipse cx="${380 + share * 60}" cy="452" rx="66" ry="22" fill="#2d2a22"/><path d="M300 500 q70 30 190 8" stroke="#837650" stroke-width="7" fill="none"/>`,
	road: (share) =>
		`<ellipse cx="${360 + share * 90}" cy="480" rx="130" ry="44" fill="#3b3833"/><ellipse cx="${360 + share * 90}" cy="488" rx="96" ry="28" fill="#7d8f99"/>`,
	light: (share, horizon) =>
		`<rect x="${200 + share * 380}" y="${horizon - 190}" width="9" height="330" fill="#77777d"/><path d="M${204 + share * 380} ${horizon - 186} h-64" stroke="#77777d" stroke-width="8"/><ellipse cx="${140 + share * 380}" cy="${horizon - 180}" rx="20" ry="8" fill="#22242a"/>`,
	waste: (share) =>
		`<g transform="translate(${200 + share * 160} 400)"><path d="M0 150 Q 40 20 150 40 T 330 150 Z" fill="#6b6257"/><rect x="60" y="70" width="60" height="44" fill="#3d6b8a" transform="rotate(14 90 92)"/><rect x="170" y="60" width="46" height="60" fill="#b8482f" transform="rotate(-18 190 90)"/><circle cx="250" cy="110" r="26" fill="#e6e0cf"/><circle cx="40" cy="120" r="20" fill="#2f2f33"/></g>`,
	tree: (share) =>
		`<g transform="rotate(${-68 - share * 12} 250 520)"><rect x="238" y="180" width="28" height="350" fill="#5b4330"/><circle cx="252" cy="170" r="92" fill="#3f5d37"/><circle cx="200" cy="220" r="64" fill="#4d6f42"/><circle cx="310" cy="220" r="60" fill="#37502f"/></g>`
};
