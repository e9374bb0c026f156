import type { Alert, AlertArea, AlertText, Kind } from '../../alert.ts';
import type { CapAlert, CapArea, CapInfo, CapResource, CapValue } from './document.ts';
import { writeRing } from './ring.ts';
import { capTimeOf } from './time.ts';

/** What a message needs beside the alert itself. */
export interface CapHouse {
	/** `khanyisa`: the municipality's part of the identifier. */
	slug: string;
	/** `dmc@khanyisa.gov.za`. */
	sender: string;
	timezone: string;
	/** Where pages of this municipality are, `https://khanyisa.gov.za`. */
	origin: string;
	/** A number people can call, as CAP's contact. */
	contact: string;
	/** Map, poster and recording of a language, where they were made. */
	resources?: (language: string) => CapResource[];
}

/** A piece of the area that touches no other, counted from 1, with the wards it lies in. */
export interface CapPart {
	n: number;
	of: number;
	area: AlertArea;
	wards: Alert['wards'];
}

/** `za.khanyisa.0193…-….3`, of its second part `….3.2`: never the same for two messages, and never changed. */
export const capIdentifier = (
	{ id, version }: Pick<Alert, 'id' | 'version'>,
	slug: string,
	part = 1
) => `za.${slug}.${id}.${version}${part > 1 ? `.${part}` : ''}`;

const capStatuses = { actual: 'Actual', exercise: 'Exercise', test: 'Test' } as const;
const messageTypes: Record<Kind, string> = {
	alert: 'Alert',
	update: 'Update',
	all_clear: 'Update',
	cancel: 'Cancel'
};

/** An alert as a message for each part of its area: receivers expect zones that do not touch to come apart. */
export const capsOf = (alert: Alert, house: CapHouse, parts: CapPart[]): CapAlert[] =>
	parts.map((part) => capOf(alert, house, part));

/**
 * One part of an alert, or all of it, as a CAP 1.2 message, with one info for each language a named translator stands behind.
 * @throws when it was not issued, has holes in its area, or no reviewed words
 */
export function capOf(alert: Alert, house: CapHouse, part?: CapPart): CapAlert {
	if (!alert.issuedAt) throw new Error(`Alert ${alert.number} was not issued`);
	const texts = alert.texts.filter(({ reviewedBy }) => reviewedBy);
	if (!texts.length) throw new Error(`Alert ${alert.number} has no reviewed words`);
	const time = (at: Date) => capTimeOf(at, house.timezone);
	return {
		identifier: capIdentifier(alert, house.slug, part?.n),
		sender: house.sender,
		sent: time(alert.issuedAt),
		status: capStatuses[alert.status],
		msgType: messageTypes[alert.kind],
		scope: 'Public',
		code: ['ZA-DMC-1.0', `layer:ZA-DMC:${alert.legalBasis.kind}`],
		note: alert.status === 'exercise' ? 'EXERCISE: nobody is in danger' : undefined,
		references: referencesOf(alert, time),
		incidents: alert.incidentId,
		info: texts.map((text) => infoOf(alert, text, house, time, part))
	};
}

const referencesOf = ({ references }: Alert, time: (at: Date) => string) =>
	references.length
		? references
				.map(({ sender, identifier, sent }) => `${sender},${identifier},${time(sent)}`)
				.join(' ')
		: undefined;

function infoOf(
	alert: Alert,
	text: AlertText,
	house: CapHouse,
	time: (at: Date) => string,
	part?: CapPart
): CapInfo {
	return {
		language: `${text.language}-ZA`,
		category: [alert.cap.category],
		event: alert.cap.event,
		responseType: [alert.cap.responseType],
		urgency: alert.cap.urgency,
		severity: alert.cap.severity,
		certainty: alert.cap.certainty,
		eventCode: [{ valueName: 'ZA-DMC:template', value: alert.template }],
		effective: time(alert.issuedAt!),
		onset: alert.onsetAt ? time(alert.onsetAt) : undefined,
		expires: time(alert.expiresAt),
		senderName: text.source,
		headline: text.headline,
		description: text.description,
		instruction: text.instruction,
		web: `${house.origin}/alerts/${alert.number}`,
		contact: house.contact,
		parameter: parametersOf(alert, time, part),
		resource: house.resources?.(text.language) ?? [],
		area: [areaOf(part ?? alert, text)]
	};
}

function parametersOf(alert: Alert, time: (at: Date) => string, part?: CapPart): CapValue[] {
	const { legalBasis, nextUpdateAt } = alert;
	const basis = legalBasis.kind === 'direction' ? `direction ${legalBasis.gazette}` : 'advice';
	const said: Record<string, string | undefined> = {
		legalBasis: basis,
		nextUpdate: nextUpdateAt ? time(nextUpdateAt) : undefined,
		templateId: alert.template,
		contentHash: alert.contentHash,
		areaHash: alert.areaHash,
		part: part && part.of > 1 ? `${part.n} of ${part.of}` : undefined
	};
	return Object.entries(said).flatMap(([valueName, value]) =>
		value ? [{ valueName, value }] : []
	);
}

function areaOf({ area, wards }: Pick<Alert, 'area' | 'wards'>, text: AlertText): CapArea {
	if (area.coordinates.some((rings) => rings.length !== 1))
		throw new Error('CAP polygons have no holes');
	return {
		areaDesc: text.areaDescription,
		polygon: area.coordinates.map(([outline]) => writeRing(outline)),
		circle: [],
		geocode: wards.map(({ code }) => ({ valueName: 'ZA-MDB-ward', value: code }))
	};
}
