import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, isNull, lte, or } from 'drizzle-orm';
import { canonical, record } from '../../audit/server/index.ts';
import { can, type Actor } from '../../identity/permissions.ts';
import { linkedPeople } from '../../identity/server/index.ts';
import { grants, people } from '../../identity/server/schema.ts';
import { newId } from '../../platform/ids.ts';
import { notFound, Refusal } from '../../platform/refusal.ts';
import type { Db } from '../../platform/server/db.ts';
import { cleanText } from '../../platform/text.ts';
import type { Approved } from '../compose.ts';
import {
	isTemplate,
	templateCodes,
	unknownSlots,
	wordNames,
	type TemplateCode,
	type TemplateWords
} from '../templates.ts';
import { alertLanguages, firstWords } from '../words/index.ts';
import { alertTemplateReviews, alertTemplates, alertTranslators } from './schema.ts';

/** One text of a template, and who stands behind it. */
export interface TemplateText {
	template: TemplateCode;
	language: string;
	words: TemplateWords;
	hash: string;
	writtenBy: string | null;
	/** The named person who approved exactly this; null makes it unusable. */
	reviewedBy: string | null;
	reviewedAt: Date | null;
}

const commonOf = (language: string) => {
	const { source, times } = firstWords[language];
	return { source, times };
};

/** SHA-256, hex, of all that people would read: a changed letter is another text. */
export const hashWords = (language: string, words: TemplateWords) =>
	createHash('sha256')
		.update(canonical({ language, words, common: commonOf(language) }))
		.digest('hex');

const keyOf = (template: string, language: string) => `${template}/${language}`;

interface Books {
	/** Every text that was ever written, by its hash. */
	texts: Map<string, TemplateText>;
	/** The newest text of each. */
	newest: Map<string, TemplateText>;
	/** The one that is approved now. */
	inForce: Map<string, TemplateText>;
}

async function read(db: Db, municipalityId: string): Promise<Books> {
	const texts = new Map<string, TemplateText>();
	const newest = new Map<string, TemplateText>();
	const keep = (text: Omit<TemplateText, 'reviewedBy' | 'reviewedAt'>) => {
		const kept = { ...text, reviewedBy: null, reviewedAt: null };
		texts.set(`${keyOf(text.template, text.language)}/${text.hash}`, kept);
		newest.set(keyOf(text.template, text.language), kept);
	};
	for (const language of alertLanguages)
		for (const template of templateCodes) {
			const words = firstWords[language].templates[template];
			keep({ template, language, words, hash: hashWords(language, words), writtenBy: null });
		}
	const written = await db
		.select()
		.from(alertTemplates)
		.where(eq(alertTemplates.municipalityId, municipalityId))
		.orderBy(asc(alertTemplates.writtenAt), asc(alertTemplates.id));
	for (const { template, language, words, hash, writtenBy } of written)
		if (isTemplate(template) && alertLanguages.includes(language))
			keep({ template, language, words, hash, writtenBy });

	const reviews = await db
		.select()
		.from(alertTemplateReviews)
		.where(eq(alertTemplateReviews.municipalityId, municipalityId))
		.orderBy(asc(alertTemplateReviews.at), asc(alertTemplateReviews.id));
	const inForce = new Map<string, TemplateText>();
	for (const { template, language, hash, approved, byName, at } of reviews) {
		const key = keyOf(template, language);
		const text = texts.get(`${key}/${hash}`);
		if (!text || hashWords(language, text.words) !== hash) continue;
		text.reviewedBy = approved ? byName : null;
		text.reviewedAt = approved ? at : null;
		if (approved) inForce.set(key, text);
		else if (inForce.get(key)?.hash === hash) inForce.delete(key);
	}
	return { texts, newest, inForce };
}

/** The approved texts of a municipality, by `template/language`: all that a warning may be made of. */
export const textsInForce = async (db: Db, municipalityId: string) =>
	(await read(db, municipalityId)).inForce;

/** As `compose` wants it. */
export const toApproved = ({ language, words, reviewedBy }: TemplateText): Approved => ({
	language,
	words,
	common: commonOf(language),
	reviewedBy
});

export interface TemplateState {
	template: TemplateCode;
	language: string;
	newest: TemplateText;
	inForce: TemplateText | null;
}

/** Every template in every language, with what is approved and what waits for a translator. */
export async function templateStates(db: Db, actor: Actor, municipalityId: string) {
	if (!can(actor, 'alert.texts', { municipalityId })) throw notFound();
	const { newest, inForce } = await read(db, municipalityId);
	return [...newest].map(([key, text]): TemplateState => ({
		template: text.template,
		language: text.language,
		newest: text,
		inForce: inForce.get(key) ?? null
	}));
}

const longest = 400;

/**
 * Writes a new text. It waits for a named person; until then the approved one stays in force.
 * @throws Refusal 404 for whoever does not keep the templates, 400 naming what is wrong
 */
export const writeTemplate = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; template: string; language: string; words: TemplateWords },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId, template, language } = facts;
		if (!can(actor, 'alert.templates', { municipalityId })) throw notFound();
		if (!isTemplate(template) || !alertLanguages.includes(language)) throw notFound();
		const words = cleanWords(facts.words);
		for (const name of wordNames) {
			if (name !== 'plainSms' && !words[name])
				throw new Refusal(400, 'Write every part of the text.', name);
			if ((words[name] ?? '').length > longest)
				throw new Refusal(400, `Use at most ${longest} characters.`, name);
		}
		const unknown = unknownSlots(template, words);
		if (unknown.length)
			throw new Refusal(
				400,
				`This template has no {${unknown[0]}}: it would go out empty.`,
				'headline'
			);
		const hash = hashWords(language, words);
		const id = newId(now);
		await tx.insert(alertTemplates).values({
			id,
			municipalityId,
			template,
			language,
			words,
			hash,
			writtenBy: actor.id,
			writtenAt: now
		});
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: 'alert_template.written',
				thing: 'alert_template',
				thingId: id,
				details: { template, language, hash }
			},
			now
		);
	});

const cleanWords = (words: TemplateWords): TemplateWords => {
	const clean = Object.fromEntries(
		wordNames.map((name) => [name, cleanText(words[name] ?? '')])
	) as unknown as TemplateWords;
	if (!clean.plainSms) delete clean.plainSms;
	return clean;
};

export interface Review {
	municipalityId: string;
	template: string;
	language: string;
	/** Exactly the text that was read. */
	hash: string;
	approved: boolean;
}

/**
 * A named translator stands behind a text, or no longer. Nobody approves what they wrote.
 * @throws Refusal 404 for whoever does not answer for the language, 409 when the text is another by now
 */
export const reviewTemplate = (
	db: Db,
	actor: Actor,
	review: Review,
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId, template, language, hash, approved } = review;
		if (!can(actor, 'alert.translate', { municipalityId }) || !isTemplate(template))
			throw notFound();
		const named = await languagesOf(tx, municipalityId, actor.id);
		if (!named.includes(language)) throw notFound();
		const { texts, newest } = await read(tx, municipalityId);
		const key = keyOf(template, language);
		const text = texts.get(`${key}/${hash}`);
		if (!text || (approved && newest.get(key)?.hash !== hash))
			throw new Refusal(409, 'Somebody changed this text while you were reading. Read it again.');
		if (
			text.writtenBy &&
			[actor.id, ...(await linkedPeople(tx, actor.id))].includes(text.writtenBy)
		)
			throw new Refusal(409, 'You wrote it, so somebody else has to approve it.');
		const id = newId(now);
		await tx.insert(alertTemplateReviews).values({
			id,
			municipalityId,
			template,
			language,
			hash,
			approved,
			by: actor.id,
			byName: actor.name,
			at: now
		});
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: approved ? 'alert_template.approved' : 'alert_template.withdrawn',
				thing: 'alert_template',
				thingId: id,
				details: { template, language, hash }
			},
			now
		);
	});

/** The languages a translator answers for in a municipality. */
export const languagesOf = async (db: Db, municipalityId: string, personId: string) =>
	(
		await db
			.select({ language: alertTranslators.language })
			.from(alertTranslators)
			.where(
				and(
					eq(alertTranslators.municipalityId, municipalityId),
					eq(alertTranslators.personId, personId)
				)
			)
	).map(({ language }) => language);

/** Who answers for which language. */
export const translators = (db: Db, municipalityId: string) =>
	db
		.select({
			personId: alertTranslators.personId,
			name: people.name,
			language: alertTranslators.language
		})
		.from(alertTranslators)
		.innerJoin(people, eq(people.id, alertTranslators.personId))
		.where(eq(alertTranslators.municipalityId, municipalityId))
		.orderBy(asc(alertTranslators.language), desc(alertTranslators.namedAt));

/** Whoever holds the role of a translator here and can be named for a language. */
export async function translatorsToName(
	db: Db,
	actor: Actor,
	municipalityId: string,
	now = new Date()
) {
	if (!can(actor, 'alert.templates', { municipalityId })) throw notFound();
	return await db
		.selectDistinct({ id: people.id, name: people.name })
		.from(grants)
		.innerJoin(people, eq(people.id, grants.personId))
		.where(
			and(
				eq(grants.municipalityId, municipalityId),
				eq(grants.role, 'translator'),
				lte(grants.startsAt, now),
				or(isNull(grants.endsAt), gt(grants.endsAt, now)),
				isNull(people.erasedAt)
			)
		)
		.orderBy(asc(people.name));
}

/** Names a translator for a language, or takes it back. */
export const nameTranslator = (
	db: Db,
	actor: Actor,
	facts: { municipalityId: string; personId: string; language: string; named: boolean },
	now = new Date()
): Promise<void> =>
	db.transaction(async (tx) => {
		const { municipalityId, personId, language, named } = facts;
		if (!can(actor, 'alert.templates', { municipalityId })) throw notFound();
		if (!alertLanguages.includes(language))
			throw new Refusal(400, 'Choose a language.', 'language');
		if (personId === actor.id) throw new Refusal(409, 'Nobody names themselves.', 'person');
		if (named)
			await tx
				.insert(alertTranslators)
				.values({ municipalityId, personId, language, namedBy: actor.id, namedAt: now })
				.onConflictDoNothing();
		else
			await tx
				.delete(alertTranslators)
				.where(
					and(
						eq(alertTranslators.municipalityId, municipalityId),
						eq(alertTranslators.personId, personId),
						eq(alertTranslators.language, language)
					)
				);
		await record(
			tx,
			actor,
			{
				municipalityId,
				deed: named ? 'alert_translator.named' : 'alert_translator.released',
				thing: 'person',
				thingId: personId,
				details: { language }
			},
			now
		);
	});
