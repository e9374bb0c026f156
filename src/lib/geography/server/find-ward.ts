import { municipalityById } from '../../identity/server/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { cleanLine } from '../../platform/text.ts';
import type { Db } from '../../platform/server/db.ts';
import { decodePlusCode, findPlusCode } from '../plus-code.ts';
import { readPosition, type Position, type SentPosition } from '../position.ts';
import { mostMaybes, wardsAround } from '../doubt.ts';
import { positionSentence } from '../wording.ts';
import { m } from '../../i18n/index.ts';
import type { FoundWard, WardIndex } from '../ward-index.ts';
import { searchPlaces, type Place, type PlaceKind } from './places.ts';
import { wardIndex } from './ward-index.ts';
import { wardsOf } from './wards.ts';

export type Located = 'position' | 'pin' | 'plus_code' | 'place' | 'ward' | 'none';

export interface Whereabouts extends SentPosition {
	/** Address, landmark, pole number, Plus Code or coordinates, as somebody typed it. */
	place?: string | null;
	/** The ward the resident chose: its code, or its number in this municipality. */
	wardCode?: string | null;
}

export interface WardFinding {
	wardCode: string | null;
	/** Other wards it may lie in, nearest first. */
	maybe: string[];
	located: Located;
	point: Position | null;
	/** Metres of doubt around the point, where known. */
	accuracy: number | null;
	boundarySetId: string | null;
	/** The position lies in none of this municipality's wards. */
	outside: boolean;
	/** The ward of another municipality that covers it instead. */
	elsewhere: FoundWard | null;
	/** Places the words may have meant. */
	suggestions: Place[];
}

/** How far the point of a named place may lie from what somebody meant, in metres. */
const doubtOfPlace: Record<PlaceKind, number> = {
	pole: 100,
	landmark: 100,
	street: 200,
	settlement: 200,
	suburb: 0
};
const surely = 0.8;

const nothing: WardFinding = {
	wardCode: null,
	maybe: [],
	located: 'none',
	point: null,
	accuracy: null,
	boundarySetId: null,
	outside: false,
	elsewhere: null,
	suggestions: []
};

/**
 * The ward of what a person said about where: a position first, then a Plus Code, then the name of a
 * place, then the ward they picked. Throws a `Refusal` naming the field when a position cannot be
 * right or the picked ward is not one of this municipality. Finding nothing is an answer, not a fault.
 */
export async function findWard(
	db: Db,
	municipalityId: string,
	sent: Whereabouts,
	now = new Date()
): Promise<WardFinding> {
	const read = readPosition(sent);
	if (read.obstacle)
		throw new Refusal(400, positionSentence(read.obstacle, read.swapped), read.field);

	const picked = await pickedWard(db, municipalityId, sent.wardCode, now);
	const index = await wardIndex(db, now);
	const { position, accuracy } = read;
	const said = position
		? findPoint(index, municipalityId, position, accuracy, accuracy === null ? 'pin' : 'position')
		: await findByWords(db, index, municipalityId, sent.place, now);
	return picked ? settle(said, picked) : said;
}

async function pickedWard(
	db: Db,
	municipalityId: string,
	sent: string | null | undefined,
	now: Date
) {
	const wanted = sent?.trim();
	if (!wanted) return null;
	const ward = (await wardsOf(db, municipalityId, now)).find(
		({ code, number }) => code === wanted || String(number) === wanted
	);
	if (!ward) throw new Refusal(400, m.wards_not_of_here(), 'ward');
	return ward;
}

/** What the resident picked decides where the place leaves a doubt, never against a clear position. */
function settle(said: WardFinding, picked: { code: string; boundarySetId: string }): WardFinding {
	const among = [said.wardCode, ...said.maybe].filter((code): code is string => Boolean(code));
	if (among.includes(picked.code))
		return {
			...said,
			wardCode: picked.code,
			maybe: among.filter((code) => code !== picked.code),
			boundarySetId: picked.boundarySetId
		};
	if (said.point && said.located !== 'place' && said.wardCode)
		return { ...said, maybe: [...said.maybe, picked.code].slice(-mostMaybes) };
	return {
		...nothing,
		suggestions: said.suggestions,
		wardCode: picked.code,
		boundarySetId: picked.boundarySetId,
		located: 'ward'
	};
}

function findPoint(
	index: WardIndex,
	municipalityId: string,
	point: Position,
	accuracy: number | null,
	located: Located,
	doubt = 0
): WardFinding {
	const { ward, maybe, elsewhere, near } = wardsAround(
		index,
		municipalityId,
		point,
		Math.max(accuracy ?? 0, doubt)
	);
	return {
		...nothing,
		wardCode: ward?.code ?? null,
		maybe: maybe.map(({ code }) => code),
		located,
		point,
		accuracy,
		boundarySetId: ward?.boundarySetId ?? near[0]?.boundarySetId ?? null,
		outside: !ward,
		elsewhere
	};
}

async function findByWords(
	db: Db,
	index: WardIndex,
	municipalityId: string,
	words: string | null | undefined,
	now: Date
): Promise<WardFinding> {
	const text = cleanLine(words ?? '');
	if (!text) return nothing;

	const plusCode = findPlusCode(text);
	if (plusCode) {
		const near = plusCode.short
			? await townCentre(db, municipalityId, plusCode.rest, now)
			: { lon: 0, lat: 0 };
		if (near) {
			const { position, accuracy } = decodePlusCode(plusCode, near);
			return findPoint(index, municipalityId, position, accuracy, 'plus_code');
		}
	}

	const pair = coordinatesIn(text);
	if (pair) return findPoint(index, municipalityId, pair, null, 'pin');
	return byPlaces(index, municipalityId, await searchPlaces(db, municipalityId, text, { now }));
}

/** `-33.22, 28.51` typed into the field for a place. */
function coordinatesIn(text: string): Position | null {
	const match = /^([+\-−]?\d{1,2}\.\d{2,})[\s,;]+([+\-−]?\d{1,3}\.\d{2,})$/.exec(text);
	if (!match) return null;
	const read = readPosition({ lat: match[1], lon: match[2] });
	if (read.obstacle) throw new Refusal(400, positionSentence(read.obstacle, read.swapped), 'place');
	return read.position;
}

/** What a short Plus Code is near to: the place named beside it, else the middle of the municipality. */
async function townCentre(
	db: Db,
	municipalityId: string,
	beside: string,
	now: Date
): Promise<Position | null> {
	const named = beside
		? (await searchPlaces(db, municipalityId, beside, { now, least: 0.7 })).find(
				({ point }) => point
			)
		: undefined;
	if (named?.point) return named.point;
	const bounds = (await municipalityById(db, municipalityId))?.bounds;
	return bounds ? { lon: (bounds[0] + bounds[2]) / 2, lat: (bounds[1] + bounds[3]) / 2 } : null;
}

/** A name settles the ward only when it fits well and every equally good meaning lies in the same one. */
function byPlaces(index: WardIndex, municipalityId: string, suggestions: Place[]): WardFinding {
	const [best] = suggestions;
	if (!best || best.fit < surely) return { ...nothing, suggestions };

	const rivals = suggestions.filter(({ fit, kind }) => best.fit - fit < 0.05 && kind === best.kind);
	const codes = [...new Set(rivals.flatMap(({ wardCodes }) => wardCodes))];
	const around = best.point
		? findPoint(index, municipalityId, best.point, null, 'place', doubtOfPlace[best.kind])
		: { ...nothing, located: 'place' as const };
	if (rivals.length > 1 && codes.length > 1)
		return { ...nothing, located: 'place', maybe: codes.slice(0, mostMaybes), suggestions };

	// An area's own list of wards says more than the one point drawn for it.
	const wardCode = codes.length === 1 ? codes[0] : best.point ? around.wardCode : null;
	const others = best.kind === 'suburb' ? codes : [...codes, around.wardCode, ...around.maybe];
	return {
		...around,
		wardCode,
		maybe: [...new Set(others)]
			.filter((code): code is string => Boolean(code) && code !== wardCode)
			.slice(0, mostMaybes),
		outside: false,
		elsewhere: null,
		suggestions
	};
}
