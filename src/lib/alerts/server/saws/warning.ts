import { createHash } from 'node:crypto';
import type { CapAlert, CapInfo } from '../cap/document.ts';
import { capFaults } from '../cap/faults.ts';
import { readRing } from '../cap/ring.ts';
import { instantOf } from '../cap/time.ts';

/** One info of a message of the Weather Service, as we keep it: its own words, nothing derived. */
export interface Weather {
	sameAs: string;
	identifier: string;
	sentAt: Date;
	event: string;
	level: string;
	senderName: string;
	headline: string;
	description: string;
	instruction: string;
	areas: string[];
	onsetAt: Date | null;
	expiresAt: Date;
	faults: Array<{ field: string; says: string }>;
	/** GeoJSON rings (longitude first) that can be used; broken ones are left out. */
	rings: number[][][];
	cancelled: boolean;
}

/** Colours the service itself joins to its levels (Impact-based Forecast, 1 to 10). */
const colours: Array<[most: number, word: string]> = [
	[4, 'Yellow'],
	[8, 'Orange'],
	[10, 'Red']
];

/** `Warning Level 2` as people are told it: the number never stands alone. Empty without a level. */
export function levelWords(level: string): string {
	const number = Number(/^Warning Level (\d{1,2})$/i.exec(level.trim())?.[1]);
	const colour = colours.find(([most]) => number >= 1 && number <= most)?.[1];
	return colour ? `${colour} level ${number} warning` : level;
}

/**
 * What a message of the Weather Service warns of. Its scope, its severity and an update that refers to
 * nothing are taken as they come; a message that is over, a draft, a test or an exercise is none.
 */
export function weatherOf(alert: CapAlert, now: Date): Weather[] {
	if (alert.status !== 'Actual' || alert.msgType === 'Ack' || alert.msgType === 'Error') return [];
	const faults = capFaults(alert);
	return alert.info.flatMap((info) => {
		const expires = instantOf(info.expires);
		if (!(expires > now.getTime())) return [];
		const onset = instantOf(info.onset);
		const areas = info.area.map(({ areaDesc }) => areaDesc);
		return {
			sameAs: sameAs(info, areas),
			identifier: alert.identifier,
			sentAt: new Date(instantOf(alert.sent)),
			event: info.event,
			level: info.parameter.find(({ valueName }) => valueName === 'alertType')?.value ?? '',
			senderName: info.senderName ?? '',
			headline: info.headline ?? info.event,
			description: info.description ?? '',
			instruction: info.instruction ?? '',
			areas,
			onsetAt: Number.isNaN(onset) ? null : new Date(onset),
			expiresAt: new Date(expires),
			faults,
			rings: ringsOf(info),
			cancelled: alert.msgType === 'Cancel'
		};
	});
}

/** Event, areas and the day it begins: it is issued again under new identifiers, a few minutes moved. */
const sameAs = (info: CapInfo, areas: string[]) =>
	createHash('sha256')
		.update(
			JSON.stringify([
				info.event.toLowerCase(),
				[...areas].sort(),
				(info.onset ?? info.expires)!.slice(0, 10)
			])
		)
		.digest('hex');

const ringsOf = ({ area }: CapInfo) =>
	area
		.flatMap(({ polygon }) => polygon)
		.map(readRing)
		.filter((ring) => ring !== null && ring.length > 3)
		.map((ring) => ring!.map(([lat, lon]) => [lon, lat]));

/** Whether an area is named after a municipality: `Knysna / Knysna`, `uMlalazi / uMhlathuze / M6 Richards Bay`. */
export const isNamedAfter = (areas: string[], municipality: string) =>
	areas.some((area) => area.split('/').some((part) => plain(part) === plain(municipality)));

const plain = (name: string) =>
	name
		.trim()
		.toLowerCase()
		.normalize('NFD')
		.replace(/\p{M}/gu, '')
		.replace(/\s+(local|metropolitan|district)? ?municipality$/, '');
