import { measure, outside } from '../delivery/gsm7.ts';
import type { AlertText, LegalBasis } from './alert.ts';
import type { SlotValues } from './compose.ts';
import { lifeObstacle } from './rules.ts';
import { slots, type Template } from './templates.ts';

/** What gates submitting, in the order of the page. */
export const checkNames = [
	'slots',
	'source',
	'hazard',
	'place',
	'to_where',
	'times',
	'life',
	'action',
	'cannot',
	'link',
	'no_code',
	'one_language',
	'distinct',
	'lengths',
	'sms',
	'reviewed',
	'correction',
	'legal',
	'area',
	'shelters'
] as const;
export type CheckName = (typeof checkNames)[number];

export interface Check {
	name: CheckName;
	/** What is wrong with it; null when it passes. */
	why: string | null;
	/** The field of the form it belongs to. */
	field: string;
}

export interface ToCheck {
	template: Template;
	values: SlotValues;
	texts: AlertText[];
	/** The false-alert texts that are approved together with it. */
	correction: AlertText[];
	/** Hazard words by language, as the templates have them. */
	hazards: Record<string, string>;
	link: string;
	expiresAt: Date | null;
	nextUpdateAt: Date | null;
	legalBasis: LegalBasis;
	/** Why the area cannot be used, in words; null when it can. */
	areaProblem: string | null;
	/** Suburbs, streets and landmarks inside the area. */
	names: string[];
	/** Shelters and routes that lie inside the area and would be offered. */
	conflicts: string[];
	/** A correction or an all clear promises no further news. */
	promisesNews: boolean;
}

/** Headline, push text and area as CAP and phones hold them, in characters. */
export const mostHeadline = 139;
export const mostPush = 360;
export const mostArea = 49;
/** More parts than this arrive out of order or not at all on a busy network. */
export const mostSmsParts = 3;

const text = ({ headline, description, instruction }: AlertText) =>
	`${headline} ${description} ${instruction}`;

type Rule = (alert: ToCheck, now: Date) => string | null;

/** Each check: what is wrong, or null. */
const rules: Record<CheckName, Rule> = {
	slots: ({ template, values }) => {
		const empty = template.slots.filter((slot) => !values[slot]);
		return empty.length
			? `Fill in: ${empty.map((slot) => slots[slot].label.toLowerCase()).join(', ')}.`
			: null;
	},
	source: ({ texts }) =>
		texts.every(
			({ source }) => source.trim().split(/\s+/).length > 1 && !/\b[A-Z]{2,5}\b/.test(source)
		)
			? null
			: 'Say the full name of who speaks, without an acronym.',
	hazard: ({ texts, hazards }) =>
		texts.every(({ language, headline, description }) => {
			const hazard = hazards[language] ?? '';
			return (
				hazard === hazard.toUpperCase() && headline.includes(hazard) && description.includes(hazard)
			);
		})
			? null
			: 'The hazard has to stand in capitals in the headline and in the description.',
	place: ({ values, names }) =>
		names.some((name) => saysName(values.place, name))
			? null
			: names.length
				? `Name a place inside the area, as people call it. It holds: ${names.slice(0, 12).join(', ')}.`
				: 'No place inside the area has a name we know. Choose another area.',
	to_where: ({ template, values }) =>
		!template.evacuation || (values.from && values.towards && values.route)
			? null
			: 'Whoever is told to leave is told from where the danger comes, where to go and which way.',
	times: ({ values, expiresAt, nextUpdateAt, promisesNews }, now) =>
		timesProblem({ values, expiresAt, nextUpdateAt, promisesNews }, now),
	life: ({ expiresAt }, now) => {
		const obstacle = expiresAt ? lifeObstacle(expiresAt, now) : 'too_short';
		if (!obstacle) return null;
		return obstacle === 'too_short'
			? 'It has to hold for at least 5 minutes.'
			: 'It may hold for at most 22 hours and 30 minutes. Renew it by an update.';
	},
	action: ({ texts }) =>
		texts.every(({ instruction }) => /^(EXERCISE: )?\p{Lu}{2,}(\s\p{Lu}{2,})*/u.test(instruction))
			? null
			: 'One action in capitals has to come first.',
	cannot: ({ texts }) =>
		texts.every(({ instruction }) => instruction.split(/[.:]\s/).length > 1)
			? null
			: 'Say what to do for those who cannot.',
	link: ({ texts, link }) =>
		texts.every(({ sms }) => sms.endsWith(` ${link}`) && sms.split('http').length === 2)
			? null
			: 'One link, at the end.',
	no_code: ({ values }) =>
		/\b(level|vlak|stage|phase|code|category)\s*\d+\b|\b(SET|READY|GO)\b(?!\s*\p{L})/iu.test(
			Object.values(values)
				.filter((each) => typeof each === 'string')
				.join(' ')
		)
			? 'Say it in words: no code, number or level alone.'
			: null,
	one_language: ({ texts }) =>
		new Set(texts.map(({ instruction }) => instruction)).size === texts.length &&
		new Set(texts.map(({ language }) => language)).size === texts.length
			? null
			: 'Two languages say the same words: one of them is not translated.',
	distinct: ({ texts }) =>
		texts.every(
			({ headline, description, instruction }) =>
				new Set([headline, description, instruction]).size === 3
		)
			? null
			: 'Headline, description and instruction have to say different things.',
	lengths: ({ texts, correction }) => {
		for (const each of [...texts, ...correction]) {
			if (each.headline.length > mostHeadline)
				return tooLong('headline', each, each.headline.length, mostHeadline);
			if (each.push.body.length > mostPush)
				return tooLong('push text', each, each.push.body.length, mostPush);
			if (each.areaDescription.length > mostArea)
				return tooLong('area', each, each.areaDescription.length, mostArea);
		}
		return null;
	},
	sms: ({ texts }) => {
		for (const { sms, language } of texts) {
			const { segments, encoding } = measure(sms);
			if (segments > mostSmsParts)
				return `The SMS in ${language} has ${segments} parts; at most ${mostSmsParts}. ${encoding === 'ucs2' ? `These letters cost more: ${outside(sms).join(' ')}` : 'Shorten what you filled in.'}`;
		}
		return null;
	},
	reviewed: ({ texts }) =>
		texts.some(({ language }) => language === 'en') && texts.every(({ reviewedBy }) => reviewedBy)
			? null
			: 'Nobody has approved the English text of this template. An unapproved text never goes out.',
	correction: ({ texts, correction }) =>
		texts.every(({ language }) =>
			correction.some((each) => each.language === language && each.reviewedBy)
		)
			? null
			: 'The “false alert” text has to be approved in the same languages: it is approved with the warning.',
	legal: ({ legalBasis, values, texts }) => {
		if (legalBasis.kind === 'direction')
			return /\d/.test(legalBasis.gazette)
				? null
				: 'A direction needs the number of the Provincial Gazette (Disaster Management Act, section 55).';
		const said = [
			...Object.values(values).filter((each) => typeof each === 'string'),
			...texts.map(text)
		].join(' ');
		return orderWords.test(said)
			? 'This is advice: it must not order anybody. Take out “order”, “must”, “compulsory” or “by law”.'
			: null;
	},
	area: ({ areaProblem }) => areaProblem,
	shelters: ({ conflicts }) =>
		conflicts.length
			? `In the area lies what would be offered as safe: ${conflicts.join(', ')}. Close it first, or change the area.`
			: null
};

const orderWords = /\b(order(ed|s)?|mandatory|compulsory|by law|you must|verplig|bevel)\b/i;

const tooLong = (what: string, { language }: AlertText, length: number, most: number) =>
	`The ${what} in ${language} has ${length} characters; at most ${most}. Shorten what you filled in.`;

/** Whether a text says a name as a whole: `Mill` is not said by `Miller Street`. */
export const saysName = (said: string, name: string) =>
	new RegExp(
		`(^|[^\\p{L}\\p{N}])${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[^\\p{L}\\p{N}])`,
		'iu'
	).test(said);

function timesProblem(
	{
		values,
		expiresAt,
		nextUpdateAt,
		promisesNews
	}: Pick<ToCheck, 'values' | 'expiresAt' | 'nextUpdateAt' | 'promisesNews'>,
	now: Date
): string | null {
	if (!expiresAt) return 'Say until when it holds.';
	if (!promisesNews) return null;
	if (!values.actBy) return 'Say before when people have to act.';
	if (!nextUpdateAt) return 'Promise when the next news comes.';
	if (values.actBy <= now) return 'The time to act before is over already.';
	if (values.actBy > expiresAt) return 'The time to act before lies after the end of the warning.';
	if (nextUpdateAt <= now) return 'The next news cannot come in the past.';
	return nextUpdateAt > expiresAt ? 'The next news has to come before the warning ends.' : null;
}

// prettier-ignore
const fieldOf: Record<CheckName, string> = {
	slots: 'place', source: '', hazard: 'template', place: 'place', to_where: 'towards', times: 'actBy', life: 'expires', action: 'template', cannot: 'template',
	link: '', no_code: 'place', one_language: 'template', distinct: 'template', lengths: 'place', sms: 'place', reviewed: 'template', correction: 'template', legal: 'gazette', area: 'wards', shelters: 'wards'
};

/** Every check with its answer. */
export const checklist = (alert: ToCheck, now: Date): Check[] =>
	checkNames.map((name) => ({ name, why: rules[name](alert, now), field: fieldOf[name] }));

/** What each check asks, as the office reads it. */
export const checkWords: Record<CheckName, string> = {
	slots: 'Everything filled in',
	source: 'Full name of who speaks',
	hazard: 'Hazard in capitals, with its effect',
	place: 'A place inside the area, by name',
	to_where: 'From where and to where',
	times: 'Act before, next news, valid until',
	life: 'Not too short and not too long',
	action: 'One action, in capitals',
	cannot: 'What to do if you cannot',
	link: 'One link, at the end',
	no_code: 'Words instead of codes and levels',
	one_language: 'Each language by itself',
	distinct: 'Nothing said twice',
	lengths: 'Short enough for every phone',
	sms: 'At most three SMS parts',
	reviewed: 'Texts approved by a named person',
	correction: '“False alert” text ready',
	legal: 'Advice, or a direction with its Gazette number',
	area: 'The area is sound and inside the municipality',
	shelters: 'Shelters and roads clear of the danger'
};
