import { sign } from 'node:crypto';
import type { Alert, AlertText } from '../../alert.ts';
import {
	mostCapsuleBytes,
	mostScannedBytes,
	type Capsule,
	type CapsuleWords
} from '../../capsule.ts';
import type { SigningKey } from './keys.ts';
import { packCapsule } from './pack.ts';

const seconds = (at: Date) => Math.floor(at.getTime() / 1000);
const short = (hex: string) => Buffer.from(hex, 'hex').toString('base64url');

/** How little may be said, least first left out: paper holds less than a link. */
const cuts: Array<(text: AlertText) => CapsuleWords> = [
	({ source, headline, description, instruction }) => ({
		source,
		headline,
		description,
		instruction
	}),
	({ source, headline, instruction }) => ({ source, headline, instruction }),
	({ source, headline, instruction }) => ({
		source,
		headline,
		instruction: /^.+?[.!](?=\s|$)/.exec(instruction)?.[0] ?? instruction
	})
];

/** Where a capsule leads when it is opened as a link. Without signal the app answers there too. */
export const capsuleLink = (origin: string, capsule: string) => `${origin}/verify?c=${capsule}`;

/** One text for every reviewed language, as a link or pasted; the last languages are left out where it grows too long. */
export function capsuleOf(alert: Alert, code: string, key: SigningKey, origin: string): string {
	const texts = reviewed(alert);
	for (let many = texts.length; many > 0; many--) {
		const text = fits(alert, code, key, texts.slice(0, many), origin, mostCapsuleBytes);
		if (text) return text;
	}
	throw new Error(`Alert ${alert.number} fits into no capsule`);
}

/** The form for paper, one for each reviewed language that fits a code people can scan. */
export function scannedOf(alert: Alert, code: string, key: SigningKey, origin: string) {
	const forms: Record<string, string> = {};
	for (const text of reviewed(alert)) {
		const form = fits(alert, code, key, [text], origin, mostScannedBytes);
		if (form) forms[text.language] = form;
	}
	return forms;
}

const reviewed = ({ texts }: Alert) => texts.filter(({ reviewedBy }) => reviewedBy);

function fits(
	alert: Alert,
	code: string,
	key: SigningKey,
	texts: AlertText[],
	origin: string,
	most: number
) {
	for (const cut of cuts) {
		const text = signed(factsOf(alert, code, key.id, texts, cut), key);
		if (capsuleLink(origin, text).length <= most) return text;
	}
	return null;
}

function factsOf(
	alert: Alert,
	code: string,
	key: string,
	texts: AlertText[],
	cut: (text: AlertText) => CapsuleWords
): Capsule {
	return {
		v: 1,
		key,
		of: code,
		incident: alert.incidentId,
		number: alert.number,
		version: alert.version,
		status: alert.status,
		kind: alert.kind,
		level: alert.level,
		issued: seconds(alert.issuedAt!),
		expires: seconds(alert.expiresAt),
		next: alert.nextUpdateAt ? seconds(alert.nextUpdateAt) : undefined,
		wards: alert.wards.map((ward) => ward.code),
		content: short(alert.contentHash),
		area: short(alert.areaHash),
		said: Object.fromEntries(texts.map((text) => [text.language, cut(text)]))
	};
}

/** Signs the exact bytes that travel; nobody writes them anew to check them. */
export function signed(facts: object, { privateKey }: SigningKey): string {
	const bytes = Buffer.from(JSON.stringify(facts));
	return packCapsule(bytes, sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
}
