import { areaFaults } from './area-faults.ts';
import type { CapAlert, CapInfo } from './document.ts';
import { referencesFault } from './references.ts';
import { instantOf } from './time.ts';

/** A rule of meaning that a message breaks: the schema alone lets much through. */
export interface CapFault {
	/** CAP's own name of the element. */
	field: string;
	says: string;
}

const fault = (field: string, broken: unknown, says: string): CapFault[] =>
	broken ? [{ field, says }] : [];

/** No space, comma, `<` or `&` (CAP 1.2, 3.2.1). */
const isPlain = (text: string) => text !== '' && !/[\s,<&]/.test(text);
/** UTC is written `-00:00`: `+00:00` would name a zone. */
const isZoned = (time: string | undefined) => !time?.endsWith('+00:00');

/**
 * What is wrong with a CAP message beyond its schema, whoever wrote it; none is an empty list.
 * Rules: OASIS CAP 1.2 and `docs/alerts-genuine.md`.
 */
export function capFaults(alert: CapAlert): CapFault[] {
	const { info, scope, status, msgType } = alert;
	return [
		...fault(
			'identifier',
			!isPlain(alert.identifier),
			'holds a space, a comma, < or &, or nothing'
		),
		...fault('sender', !isPlain(alert.sender), 'holds a space, a comma, < or &, or nothing'),
		...fault('sent', !isZoned(alert.sent), 'UTC is written -00:00'),
		...fault('status', status === 'Draft', 'a draft never leaves the house'),
		...fault('note', status === 'Exercise' && !alert.note, 'an exercise says so in its note'),
		...fault(
			'restriction',
			(scope === 'Restricted') !== Boolean(alert.restriction),
			'belongs to the scope Restricted, and to no other'
		),
		...fault(
			'addresses',
			scope === 'Private' && !alert.addresses,
			'a private message names whom it is for'
		),
		...referencesFault(alert),
		...fault('info', !info.length && msgType !== 'Ack' && msgType !== 'Error', 'says nothing'),
		...languagesFault(info),
		...info.flatMap((each) => infoFaults(each, alert))
	];
}

function languagesFault(info: CapInfo[]): CapFault[] {
	const [first] = info;
	const same = (of: (each: CapInfo) => unknown) =>
		info.every((each) => JSON.stringify(of(each)) === JSON.stringify(of(first)));
	return [
		...fault(
			'language',
			info.some(({ language }) => !language),
			'without one it would count as American English'
		),
		...fault(
			'language',
			new Set(info.map(keyOf)).size < info.length,
			'one block for each language and area'
		),
		...fault(
			'category',
			!same(({ category }) => category),
			'differs from one language to the next'
		),
		...fault(
			'eventCode',
			!same(({ eventCode }) => eventCode),
			'differs from one language to the next'
		),
		...fault(
			'headline',
			info.some((each) => info.some((other) => isMixed(each, other))),
			'one language holds the words of another'
		)
	];
}

const keyOf = ({ language, area }: CapInfo) =>
	`${language?.toLowerCase()}/${area.map(({ areaDesc }) => areaDesc).join('/')}`;

const isMixed = (each: CapInfo, other: CapInfo) =>
	each !== other &&
	each.language !== other.language &&
	Boolean(other.headline) &&
	`${each.headline}\n${each.description}\n${each.instruction}`.includes(other.headline!);

const saidTwice = ({ headline, description, instruction }: CapInfo) => {
	const said = [headline, description, instruction].filter(Boolean);
	return new Set(said).size < said.length;
};

const wanted = [
	'senderName',
	'headline',
	'description',
	'instruction',
	'web',
	'contact',
	'expires'
] as const;

function infoFaults(info: CapInfo, { sent, msgType }: CapAlert): CapFault[] {
	const ends = instantOf(info.expires);
	const clear = info.responseType.includes('AllClear');
	const scale = `${info.urgency}/${info.severity}/${info.certainty}`;
	return [
		...wanted.flatMap((field) => fault(field, !info[field], 'is missing')),
		...fault('event', !info.event, 'is missing'),
		...fault('area', !info.area.length, 'is missing'),
		...fault('headline', (info.headline?.length ?? 0) >= 140, 'is 140 characters or longer'),
		...fault(
			'headline',
			saidTwice(info),
			'headline, description and instruction repeat each other'
		),
		...fault('expires', ends <= instantOf(sent), 'lies before the message was sent'),
		...fault('onset', instantOf(info.onset) > ends, 'lies after the end'),
		...fault('effective', instantOf(info.effective) > ends, 'lies after the end'),
		...[info.effective, info.onset, info.expires].flatMap((time) =>
			fault('expires', !isZoned(time), 'UTC is written -00:00')
		),
		...fault('urgency', scale.includes('Unknown'), 'Unknown helps nobody decide'),
		...fault(
			'responseType',
			clear && msgType !== 'Update',
			'an all-clear is an Update: a Cancel says that the alert was wrong'
		),
		...fault(
			'urgency',
			clear && scale !== 'Past/Minor/Observed',
			'an all-clear is Past, Minor, Observed'
		),
		...info.area.flatMap(areaFaults)
	];
}
