import { createHash } from 'node:crypto';
import { canonical } from '../../audit/server/index.ts';
import { originOf } from '../../delivery/server/index.ts';
import type { Municipality } from '../../identity/server/index.ts';
import type { Db } from '../../platform/server/db.ts';
import type { AlertText, CapStatus, Kind, LegalBasis } from '../alert.ts';
import { areaWords, type AreaObstacle, type AreaWish } from '../area.ts';
import { checklist, type Check } from '../checklist.ts';
import { compose, type SlotValues } from '../compose.ts';
import type { Frozen } from '../content.ts';
import { templateOf, type TemplateCode } from '../templates.ts';
import { alertLanguages } from '../words/index.ts';
import { measureArea, type Measured } from './measure-area.ts';
import { textsInForce, toApproved } from './templates.ts';
import {
	conflictsWithin,
	estimate,
	namesWithin,
	wardsWithin,
	type Estimate,
	type WardWithin
} from './within.ts';

/** What an alert would say, before it is frozen. */
export interface ToPreview {
	number: string;
	version: number;
	kind: Kind;
	capStatus: CapStatus;
	template: TemplateCode;
	/** What the all clear or the correction is about. */
	about: TemplateCode | null;
	values: SlotValues;
	gazette: string;
	areaWish: AreaWish;
	expiresAt: Date | null;
	nextUpdateAt: Date | null;
}

export interface Preview {
	texts: AlertText[];
	correction: AlertText[];
	/** Languages without an approved text: shown as missing. */
	missing: string[];
	checks: Check[];
	measured: Measured | null;
	obstacle: AreaObstacle | null;
	wards: WardWithin[];
	names: string[];
	estimate: Estimate | null;
	/** Ready to be frozen, when every check passes. */
	content: Frozen | null;
}

/** SHA-256, hex, over the canonical JSON of what is said and where. */
export const hashContent = (content: Frozen) =>
	createHash('sha256').update(canonical(content)).digest('hex');

/** Where people read it, on the municipality's own domain. */
export const linkOf = (municipality: Pick<Municipality, 'hosts'>, number: string) =>
	`${originOf(municipality)}/alerts/${number}`;

const fallbackNumber = '112';

/** Everything a person has to see before it goes out, worked out from what is approved now. */
export async function previewAlert(
	db: Db,
	municipality: Municipality,
	alert: ToPreview,
	now: Date
): Promise<Preview> {
	const said = await say(db, municipality, alert, now);
	const measuring = await measureArea(db, municipality.id, alert.areaWish, now);
	const measured = 'measured' in measuring ? measuring.measured : null;
	const obstacle = 'obstacle' in measuring ? measuring.obstacle : null;
	const where = measured
		? {
				names: await namesWithin(db, municipality.id, measured.area),
				wards: await wardsWithin(db, municipality.id, measured.area, now),
				conflicts: templateOf(alert.template).dangerous
					? await conflictsWithin(db, municipality.id, measured.area)
					: []
			}
		: { names: [], wards: [], conflicts: [] };
	const template = templateOf(alert.template);
	const legalBasis: LegalBasis = alert.gazette
		? { kind: 'direction', gazette: alert.gazette }
		: { kind: 'advice' };
	const names = [
		...new Set([
			...where.wards.flatMap(({ areas, share }) => (share > 0.5 ? areas : [])),
			...where.names
		])
	];
	const checks = checklist(
		{
			template,
			values: alert.values,
			texts: said.texts,
			correction: said.correction,
			hazards: said.hazards,
			link: linkOf(municipality, alert.number),
			expiresAt: alert.expiresAt,
			nextUpdateAt: alert.nextUpdateAt,
			legalBasis,
			areaProblem: obstacle ? areaWords[obstacle] : null,
			// A zone is a ward: its name says enough about who may go back.
			names:
				alert.kind === 'all_clear'
					? [...where.wards.map(({ number }) => `Ward ${number}`), ...names]
					: names,
			conflicts: where.conflicts,
			promisesNews: alert.kind === 'alert' || alert.kind === 'update'
		},
		now
	);
	return {
		...said,
		checks,
		measured,
		obstacle,
		wards: where.wards,
		names,
		estimate: measured ? await estimate(db, municipality.id, where.wards) : null,
		content:
			measured && alert.expiresAt && checks.every(({ why }) => !why)
				? {
						number: alert.number,
						version: alert.version,
						kind: alert.kind,
						capStatus: alert.capStatus,
						template: alert.template,
						level: template.level,
						cap: template.cap,
						texts: said.texts,
						correction: said.correction,
						area: measured.area,
						areaHash: measured.hash,
						wards: where.wards.map(({ code, number }) => ({ code, name: `Ward ${number}` })),
						places: names,
						legalBasis,
						templates: said.templates,
						expiresAt: alert.expiresAt.toISOString(),
						nextUpdateAt: alert.nextUpdateAt?.toISOString() ?? null
					}
				: null
	};
}

interface Words {
	texts: AlertText[];
	correction: AlertText[];
	missing: string[];
	hazards: Record<string, string>;
	templates: Record<string, string>;
}

/** The texts of every language that is approved, and those that would take them back. */
async function say(
	db: Db,
	municipality: Municipality,
	alert: ToPreview,
	now: Date
): Promise<Words> {
	const inForce = await textsInForce(db, municipality.id);
	const words: Words = { texts: [], correction: [], missing: [], hazards: {}, templates: {} };
	for (const language of alertLanguages) {
		const text = inForce.get(`${alert.template}/${language}`);
		const taken = inForce.get(`correction/${language}`);
		const about = alert.about ? inForce.get(`${alert.about}/${language}`) : text;
		if (!text || !taken || !about) {
			words.missing.push(language);
			continue;
		}
		const given = {
			municipality: municipality.name,
			emergency: municipality.emergencyNumbers[0]?.number ?? fallbackNumber,
			timeZone: municipality.timezone,
			expiresAt: alert.expiresAt,
			nextUpdateAt: alert.nextUpdateAt,
			link: linkOf(municipality, alert.number),
			status: alert.capStatus,
			hazard: about.words.hazard
		};
		words.texts.push(compose(toApproved(text), alert.values, given, now));
		words.correction.push(
			compose(toApproved(taken), alert.values, { ...given, nextUpdateAt: null }, now)
		);
		words.hazards[language] = text.words.hazard;
		for (const each of [text, taken]) words.templates[`${each.template}/${language}`] = each.hash;
	}
	return words;
}
