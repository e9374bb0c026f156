/** Public levels after the Australian Warning System: shape, word and colour, never a number. */
export const levels = ['advice', 'watch_and_act', 'emergency_warning'] as const;
export type Level = (typeof levels)[number];

/** CAP's status, taken from the tenant when an alert is created, and never changed afterwards. */
export const statuses = ['actual', 'exercise', 'test'] as const;
export type CapStatus = (typeof statuses)[number];

/** In CAP: Alert, Update, Update with AllClear, Cancel. */
export const kinds = ['alert', 'update', 'all_clear', 'cancel'] as const;
export type Kind = (typeof kinds)[number];

export const states = [
	'draft',
	'pending',
	'releasing',
	'held',
	'live',
	'rejected',
	'superseded',
	'retracted',
	'cleared',
	'expired'
] as const;
export type State = (typeof states)[number];

/** From these nothing leads on. */
export const ended: readonly State[] = [
	'rejected',
	'superseded',
	'retracted',
	'cleared',
	'expired'
];

/** GeoJSON order (longitude, latitude), rings closed, at most 6 decimals. */
export interface AlertArea {
	type: 'MultiPolygon';
	coordinates: number[][][][];
}

/** The words of one language, composed from a locked template and its slots. Plain text, no markup. */
export interface AlertText {
	/** `en`, `af`, `zu` … */
	language: string;
	/** Full name of who speaks, no acronym: CAP's senderName. */
	source: string;
	/** Under 140 characters, the hazard in CAPS. */
	headline: string;
	/** Hazard and impact, place (from where, to where), time. */
	description: string;
	/** The action first, in CAPS; then what to do if you cannot. */
	instruction: string;
	/** Under 50 characters: CAP's areaDesc. */
	areaDescription: string;
	/** A body of at most 360 characters. */
	push: { title: string; body: string };
	/** With the link last. */
	sms: string;
	/** The named translator who approved the template; what nobody approved can never go out. */
	reviewedBy: string | null;
}

/** CAP 1.2 words of an `info`. */
export interface CapWords {
	category: string;
	event: string;
	responseType: string;
	urgency: string;
	severity: string;
	certainty: string;
}

/** Advice, or a direction under section 55 of the Disaster Management Act 57 of 2002. */
export type LegalBasis = { kind: 'advice' } | { kind: 'direction'; gazette: string };

/** An earlier message of the same incident that has not expired, as CAP's references name it. */
export interface Reference {
	identifier: string;
	sender: string;
	sent: Date;
}

/** One version of an alert, frozen when it is submitted: everything any output needs. */
export interface Alert {
	id: string;
	/** The same for every version. */
	incidentId: string;
	/** A short code people can type, `K7F-2QD`; the same for every version. */
	number: string;
	/** 1, 2, … */
	version: number;
	municipalityId: string;
	status: CapStatus;
	kind: Kind;
	state: State;
	template: string;
	level: Level;
	cap: CapWords;
	/** English first. */
	texts: AlertText[];
	area: AlertArea;
	wards: Array<{ code: string; name: string }>;
	/** Suburbs and streets in it, for the list beside the map. */
	places: string[];
	legalBasis: LegalBasis;
	/** When it was approved. */
	issuedAt: Date | null;
	onsetAt: Date | null;
	expiresAt: Date;
	nextUpdateAt: Date | null;
	/** SHA-256, hex, over the canonical JSON of what is said and where. */
	contentHash: string;
	areaHash: string;
	references: Reference[];
}
