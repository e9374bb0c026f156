import type { CapWords, Level } from './alert.ts';

/** What differs from one warning to the next. Everything else in a text is locked. */
// prettier-ignore
export const slots = {
	place:   { label: 'Where', hint: 'Suburbs or streets of the area, with their edges: Aloe Ridge, north of Vlei Street', kind: 'text', most: 90 },
	from:    { label: 'Where it comes from', hint: 'Blouklip Pass, the north', kind: 'text', most: 50 },
	towards: { label: 'Where people go', hint: 'Thembeni Community Hall', kind: 'text', most: 60 },
	route:   { label: 'Which way', hint: 'Mill Road towards the coast', kind: 'text', most: 60 },
	person:  { label: 'First name', hint: 'The name the family uses', kind: 'text', most: 40 },
	age:     { label: 'Age', hint: 'In years', kind: 'number', most: 3 },
	actBy:   { label: 'Act before', hint: 'The last safe moment', kind: 'time', most: 16 }
} as const satisfies Record<string, { label: string; hint: string; kind: 'text' | 'number' | 'time'; most: number }>;

export type SlotName = keyof typeof slots;
export const slotNames = Object.keys(slots) as SlotName[];

export interface Template {
	/** As the office chooses it. */
	name: string;
	level: Level;
	cap: CapWords;
	/** Always with `place`. */
	slots: SlotName[];
	/** People leave their homes: the way and where it leads are told (domain, slot "place"). */
	evacuation?: boolean;
	/** Nobody is safe inside its area: no shelter or way out is offered there. */
	dangerous?: true;
	/** How long it usually holds, in hours. */
	life: number;
	/** Not offered for a new warning: it belongs to one that was sent. */
	belongs?: true;
}

const now = { urgency: 'Immediate', severity: 'Extreme', certainty: 'Observed' };
const soon = { urgency: 'Expected', severity: 'Severe', certainty: 'Likely' };

/** Every kind of warning, with its words for CAP 1.2. */
// prettier-ignore
export const templates = {
	wildfire_prepare:   { name: 'Wildfire: get ready', level: 'watch_and_act', cap: { category: 'Fire', event: 'Wildfire', responseType: 'Prepare', ...soon }, slots: ['place', 'from', 'towards', 'actBy'], life: 8, dangerous: true },
	wildfire_leave_now: { name: 'Wildfire: leave now', level: 'emergency_warning', cap: { category: 'Fire', event: 'Wildfire', responseType: 'Evacuate', ...now }, slots: ['place', 'from', 'towards', 'route', 'actBy'], evacuation: true, life: 8, dangerous: true },
	flood:              { name: 'Flood: go to higher ground', level: 'emergency_warning', cap: { category: 'Met', event: 'Flood', responseType: 'Evacuate', ...now }, slots: ['place', 'from', 'towards', 'route', 'actBy'], evacuation: true, life: 12, dangerous: true },
	severe_wind:        { name: 'Severe wind', level: 'watch_and_act', cap: { category: 'Met', event: 'Severe wind', responseType: 'Shelter', ...soon }, slots: ['place', 'from', 'actBy'], life: 12 },
	boil_water:         { name: 'Boil water', level: 'watch_and_act', cap: { category: 'Health', event: 'Boil water notice', responseType: 'Execute', urgency: 'Immediate', severity: 'Severe', certainty: 'Likely' }, slots: ['place', 'actBy'], life: 22 },
	water_interruption: { name: 'Water interruption', level: 'advice', cap: { category: 'Infra', event: 'Water interruption', responseType: 'Prepare', urgency: 'Expected', severity: 'Moderate', certainty: 'Likely' }, slots: ['place', 'towards', 'actBy'], life: 22 },
	hazardous_smoke:    { name: 'Hazardous smoke', level: 'watch_and_act', cap: { category: 'CBRNE', event: 'Hazardous smoke', responseType: 'Shelter', urgency: 'Immediate', severity: 'Severe', certainty: 'Observed' }, slots: ['place', 'from', 'actBy'], life: 6, dangerous: true },
	unrest:             { name: 'Unrest near', level: 'watch_and_act', cap: { category: 'Security', event: 'Civil unrest', responseType: 'Avoid', urgency: 'Immediate', severity: 'Severe', certainty: 'Observed' }, slots: ['place', 'route', 'actBy'], life: 6, dangerous: true },
	missing_child:      { name: 'Missing child', level: 'advice', cap: { category: 'Rescue', event: 'Missing child', responseType: 'Monitor', urgency: 'Immediate', severity: 'Severe', certainty: 'Observed' }, slots: ['person', 'age', 'place', 'actBy'], life: 12 },
	shelter_open:       { name: 'Shelter open', level: 'advice', cap: { category: 'Safety', event: 'Shelter open', responseType: 'Shelter', urgency: 'Immediate', severity: 'Moderate', certainty: 'Observed' }, slots: ['place', 'towards', 'route', 'actBy'], life: 20 },
	all_clear:          { name: 'All clear', level: 'advice', cap: { category: 'Safety', event: 'All clear', responseType: 'AllClear', urgency: 'Past', severity: 'Minor', certainty: 'Observed' }, slots: ['place'], life: 12, belongs: true },
	correction:         { name: 'Correction: it was wrong', level: 'advice', cap: { category: 'Safety', event: 'Correction', responseType: 'None', urgency: 'Past', severity: 'Minor', certainty: 'Observed' }, slots: ['place'], life: 12, belongs: true }
} as const satisfies Record<string, Template>;

export type TemplateCode = keyof typeof templates;
export const templateCodes = Object.keys(templates) as TemplateCode[];
export const isTemplate = (text: unknown): text is TemplateCode =>
	typeof text === 'string' && Object.hasOwn(templates, text);
export const templateOf = (code: TemplateCode): Template => templates[code];

/** Those inside whose area nobody is safe. */
export const dangerousCodes = templateCodes.filter((code) => templateOf(code).dangerous);

/** What one template says in one language. `{place}` and the like are slots; nothing else varies. */
export interface TemplateWords {
	/** What it is about, for the all clear and for a correction. */
	hazard: string;
	headline: string;
	/** Hazard and impact in one clause; from where, to where. */
	description: string;
	/** One action, in capitals, then what belongs to it. */
	instruction: string;
	/** What to do if you cannot. */
	cannot: string;
	push: string;
	/** The link follows it. */
	sms: string;
	/** The same without a letter that costs more, where `sms` has one. */
	plainSms?: string;
}

/** What a language needs besides its templates. */
export interface AlertWords {
	/** `{municipality}` is the only slot. */
	source: string;
	/** `{next}`, `{until}`. */
	times: string;
	templates: Record<TemplateCode, TemplateWords>;
}

/** The parts of a template that people read, in the order of the page. */
export const wordNames = [
	'hazard',
	'headline',
	'description',
	'instruction',
	'cannot',
	'push',
	'sms',
	'plainSms'
] as const satisfies Array<keyof TemplateWords>;

/** Slots besides those people fill: worked out for every warning. */
const givenSlots = ['source', 'emergency', 'until', 'next', 'hazard', 'municipality'];

/** Slots a text names that this template does not have: each would go out empty. */
export const unknownSlots = (code: TemplateCode, words: TemplateWords): string[] => {
	const known: string[] = [...givenSlots, ...templateOf(code).slots];
	const named = wordNames.flatMap((name) =>
		[...(words[name] ?? '').matchAll(/\{(\w*)\}/g)].map(([, slot]) => slot)
	);
	return [...new Set(named)].filter((slot) => !known.includes(slot));
};

/** What each part is, as whoever writes or approves it reads it. */
export const wordLabels: Record<keyof TemplateWords, string> = {
	hazard: 'The hazard, in capitals',
	headline: 'Headline',
	description: 'What happens, and where',
	instruction: 'What to do',
	cannot: 'For those who cannot',
	push: 'Push',
	sms: 'SMS; the link follows it',
	plainSms: 'SMS without letters that cost more'
};
