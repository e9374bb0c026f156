import { metresPerDegree } from '../geography/position.ts';
import { templateCodes, templateOf, type TemplateCode } from './templates.ts';

/** What somebody else's warning says in one language, in its own words. */
export interface ImportedInfo {
	language: string;
	category: string[];
	event: string;
	responseType: string[];
	urgency: string;
	severity: string;
	certainty: string;
	senderName: string;
	headline: string;
	description: string;
	instruction: string;
	areas: string[];
	/** GeoJSON rings, longitude first. */
	rings: number[][][];
	/** Outlines and circles that cannot be used: whoever makes a draft is told. */
	unread: number;
}

/** Words in the name of an event, and what we would write about it. */
// prettier-ignore
const events: Array<[words: RegExp, template: TemplateCode]> = [
	[/flood|overflow|tsunami|storm surge/i,      'flood'],
	[/boil|contaminat|drinking/i,                'boil_water'],
	[/smoke|gas|chemical|hazardous|spill/i,      'hazardous_smoke'],
	[/wind|storm|tornado|cyclone|thunder/i,      'severe_wind'],
	[/water (interruption|outage|supply)/i,      'water_interruption'],
	[/unrest|riot|protest|civil/i,               'unrest'],
	[/child|missing|abduct|amber/i,              'missing_child'],
	[/shelter/i,                                 'shelter_open']
];

/** Which template comes nearest to what was read; null where an official has to choose without a hint. */
export function templateFor({
	category,
	event,
	responseType
}: Pick<ImportedInfo, 'category' | 'event' | 'responseType'>): TemplateCode | null {
	if (category.includes('Fire') || /fire/i.test(event))
		return responseType.includes('Evacuate') ? 'wildfire_leave_now' : 'wildfire_prepare';
	return events.find(([words]) => words.test(event))?.[1] ?? null;
}

/** Those an official may choose from: what belongs to a warning that was sent is none. */
export const importTemplates = templateCodes.filter((code) => !templateOf(code).belongs);

const circleCorners = 48;

/** `-33.9,18.8 5` (CAP 1.2, 3.2.4: kilometres) as a ring that covers the circle; null for what is no circle. */
export function ringOfCircle(text: string): number[][] | null {
	const said = /^(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?) (\d+(?:\.\d+)?)$/.exec(text.trim());
	const [lat, lon, kilometres] = said?.slice(1).map(Number) ?? [];
	if (!(kilometres > 0) || Math.abs(lat) > 89 || Math.abs(lon) > 180) return null;
	const scale = metresPerDegree(lat);
	// Corners a little outside, so that the straight lines between them do not cut the circle.
	const metres = (kilometres * 1000) / Math.cos(Math.PI / circleCorners);
	const ring = Array.from({ length: circleCorners }, (_, i) => {
		const angle = (2 * Math.PI * i) / circleCorners;
		return [
			Number((lon + (metres * Math.cos(angle)) / scale.lon).toFixed(6)),
			Number((lat + (metres * Math.sin(angle)) / scale.lat).toFixed(6))
		];
	});
	return [...ring, ring[0]];
}
